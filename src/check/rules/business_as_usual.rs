//! `business-as-usual`: the trend before the quarter reaches the target by itself.

use crate::check::context::KeyResultAt;
use crate::check::measured::{self, Measured};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::trend::{Forecast, Weeks};
use crate::diag::Diagnostic;
use crate::model::calendar::Window;
use crate::model::metric::Aggregate;
use crate::score::trend::median;

pub(in crate::check) const RULE: Rule = Rule {
    code: "business-as-usual",
    group: Group::Data,
    summary: "The trend of the half year before the quarter reaches the target by itself.",
    why: "If nothing changes and the target is reached all the same, the key result asks for no work and shows none: the \
          team would do the same without it.",
    silent: "It is silent where the half year before the quarter has data in fewer than sixteen weeks, or in none of the \
             last three; where the trend (Theil–Sen through the weeks' medians), less all of its band, stays short of \
             the target (the band: three times the spread of the changes over four weeks, times the root of the months \
             ahead, and at least three times the spread around the trend, so that a wandering metric is not taken for \
             one with a trend); where a weak month just before ended the trend; where the quarter itself moved a quarter \
             faster than the trend, or is over and missed its target; and for sums, counts, smallest and largest \
             values.",
    example: Sample::Files(&[
        ("quarters/2026-Q3/shop.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/app-orders.csv", TREND),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q3/shop.yaml", AMBITIOUS),
        ("metrics.yaml", METRICS),
        ("metrics/app-orders.csv", TREND),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-07-10\n";
const METRICS: &str = "app-orders:\n  file: app-orders.csv\n  source: Order ledger of finance\n  unit: \"%\"\n";
const TEAM: &str = "objectives:
  - id: pocket
    title: The shop is in every pocket
    outcome: Grow revenue
    lever: Make the app worth keeping
    changes: The app gets every feature before the site does
    key_results:
      - app-orders: Raise orders from the app from 41% to 46%
";
const AMBITIOUS: &str = "objectives:
  - id: pocket
    title: The shop is in every pocket
    outcome: Grow revenue
    lever: Make the app worth keeping
    changes: The app gets every feature before the site does
    key_results:
      - app-orders: Raise orders from the app from 41% to 60%
";
const TREND: &str = "week,value
2026-03-01,31.1\n2026-03-08,31.6\n2026-03-15,32.3\n2026-03-22,32.8\n2026-03-29,33.4\n2026-04-05,34.1
2026-04-12,34.6\n2026-04-19,35.2\n2026-04-26,35.9\n2026-05-03,36.4\n2026-05-10,37.0\n2026-05-17,37.7
2026-05-24,38.2\n2026-05-31,38.8\n2026-06-07,39.5\n2026-06-14,40.0\n2026-06-21,40.6\n2026-06-28,41.2
2026-07-05,41.8
";

/// Days before the quarter that the trend is taken from: half a year in whole weeks.
const DAYS: i32 = 182;
/// Weeks of these that need data.
const FEWEST_WEEKS: usize = 16;
/// Days without data at the end of these.
const QUIET: i32 = 21;
/// Weeks of the quarter itself that tell how fast it moved.
const FEWEST_OWN_WEEKS: usize = 5;
/// How many times as fast as the trend the quarter may have moved.
const FASTER: f64 = 1.25;
/// The score from which a quarter that is over reached its target.
const REACHED: f64 = 0.9;

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    findings.extend(find(at));
}

fn find(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let measured = Measured::of(at)?;
    let missed = measured.is_over && at.score.score.is_none_or(|score| score.to_float() < REACHED);
    if missed || !is_level(&measured) || !may_reach(&measured) {
        return None;
    }
    let start = measured.quarter.window.start;
    let points = measured.points(measured.before(DAYS));
    let weeks = Weeks::before(start, &points);
    let lively = points.last().is_some_and(|point| start.since(point.0) <= QUIET);
    if weeks.len() < FEWEST_WEEKS || !lively {
        return None;
    }
    let days = judged_after(&measured);
    let forecast = weeks.forecast(days)?;
    let sign = measured.sign();
    // A last month below the trend, whose middle is two weeks back, pulls the forecast down; one above doesn't lift it.
    let lately = median(weeks.values.iter().rev().take(4).copied())?;
    let short = (sign * (forecast.level - 2.0 * forecast.per_week - lately)).max(0.0);
    let worst = sign * forecast.value - forecast.band - short;
    if worst < sign * measured.target() || sped_up(&measured, &forecast) {
        return None;
    }
    Some(tell(at, &measured, &forecast, &weeks))
}

/// Says whether daily values speak for the value that is scored.
const fn is_level(measured: &Measured<'_>) -> bool {
    matches!(
        measured.history.aggregate(),
        Aggregate::Last | Aggregate::Mean | Aggregate::Ratio | Aggregate::Percentile(_)
    )
}

/// Says whether the metric moved far enough before for a trend to the target: at least as far as is still to go.
fn may_reach(measured: &Measured<'_>) -> bool {
    let start = measured.quarter.window.start;
    let middle = |window: Window| median(measured.points(window).iter().map(|point| point.1));
    let Some(last) = middle(measured.before(28)) else { return false };
    let still = measured.sign() * (measured.target() - last);
    let first = Window { start: start.plus(-DAYS), end: start.plus(28 - DAYS) };
    // A younger metric has no first month to compare with; then its trend has to tell.
    still > 0.0 && middle(first).is_none_or(|first| measured.sign() * (last - first) >= still)
}

/// Returns the day, counted from the quarter's start, in the middle of the window whose value is scored.
fn judged_after(measured: &Measured<'_>) -> f64 {
    let days = measured.quarter.window.days();
    let window = match (measured.metric.window_days, measured.history.aggregate()) {
        (Some(window), _) => window.min(2 * days),
        (None, Aggregate::Last) => 0,
        (None, _) => days,
    };
    f64::from(days) - f64::from(window) / 2.0
}

/// Says whether the quarter itself moved clearly faster than the trend.
fn sped_up(measured: &Measured<'_>, before: &Forecast) -> bool {
    let so_far = measured.quarter.window.until(measured.as_of);
    let own = Weeks::before(so_far.end, &measured.points(so_far));
    if own.len() < FEWEST_OWN_WEEKS {
        return false;
    }
    own.forecast(0.0).is_none_or(|own| measured.sign() * (own.per_week - FASTER * before.per_week) > 0.0)
}

fn tell(at: &KeyResultAt<'_>, measured: &Measured<'_>, forecast: &Forecast, weeks: &Weeks) -> Diagnostic {
    let show = |value: f64| measured.estimate(value);
    let target = measured.goal.to.number_in(&measured.goal.from.unit).map(|to| measured.number(to));
    let message = format!(
        "the trend before the {} reaches {} without anything new: it leads to {}",
        measured.quarter.id.kind().noun(),
        target.unwrap_or_default(),
        show(forecast.value)
    );
    let label = format!(
        "{} + {} weeks × {} = {}, give or take {}",
        show(forecast.level),
        (judged_after(measured) / 7.0).round(),
        measured.difference(forecast.per_week),
        show(forecast.value),
        measured.difference(forecast.band)
    );
    let help = format!(
        "`{}` went this way in the {} weeks before; set a target beyond the trend, or write what would have ended it",
        measured.metric.id,
        weeks.len()
    );
    let diagnostic = Diagnostic::warning(RULE.code, &at.key_result.title, message).label(label).help(help);
    measured::with_metric(diagnostic, measured.metric)
}
