//! `gaps-in-data`: periods without a value, where one was due.

use crate::check::context::KeyResultAt;
use crate::check::holidays;
use crate::check::measured;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, paying};
use crate::diag::Diagnostic;
use crate::model::calendar::{Day, Window};
use crate::model::history::History;
use crate::model::metric::{Cadence, Metric};
use crate::model::scorecard::QuarterState;
use crate::score::cadence;

pub(in crate::check) const RULE: Rule = Rule {
    code: "gaps-in-data",
    group: Group::Data,
    summary: "A metric misses more than a sixth of the days, weeks or months in which a value was due.",
    why: "What wasn't measured can't be bad. Days that are missing from a mean or a median may have been the bad ones, \
          and a team that stops measuring when it gets difficult should not look better for it.",
    silent: "It is silent where no cadence is declared (`every: day`) and the quarter before shows none: a value on 19 \
             of 20 days or weekdays, or every week; up to a sixth of the periods, and below three of them (one, for months); about single missing days, Easter, \
             the first of January and May, Christmas, and days that `calendar: { holidays: [2026-04-03] }` names; \
             after the last row, which is `stale-metric`; for counts and sums without a declared cadence, where a day \
             without rows is a day without events; and where the key result has no score.",
    example: Sample::Files(&[
        paying::TEAM,
        ("metrics.yaml", METRICS),
        (
            "metrics/page.csv",
            "week,value\n2026-03-29,3.2\n2026-04-05,3.1\n2026-04-12,3\n2026-04-19,2.9\n2026-05-31,2.6\n2026-06-07,2.5\n\
             2026-06-14,2.4\n2026-06-21,2.2\n2026-06-28,2.1\n",
        ),
        paying::SETTINGS,
    ]),
    instead: Sample::Files(&[
        paying::TEAM,
        ("metrics.yaml", METRICS),
        (
            "metrics/page.csv",
            "week,value\n2026-03-29,3.2\n2026-04-05,3.1\n2026-04-12,3\n2026-04-19,2.9\n2026-04-26,2.9\n2026-05-03,2.8\n\
             2026-05-10,2.8\n2026-05-17,2.7\n2026-05-24,2.6\n2026-05-31,2.6\n2026-06-07,2.5\n2026-06-14,2.4\n\
             2026-06-21,2.2\n2026-06-28,2.1\n",
        ),
        paying::SETTINGS,
    ]),
    check: Check::KeyResult(check),
};

const METRICS: &str = "page:\n  file: page.csv\n  source: Real user monitoring\n  unit: s\n  every: week\n";

/// Periods that must be missing.
const FEWEST: usize = 3;
/// More than one of so many periods must be missing.
const ONE_OF: usize = 6;
/// The same, of days.
const ONE_OF_DAYS: i32 = 6;

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    findings.extend(find(at));
}

fn find(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let (metric, history, place) = (at.metric()?, at.history()?, at.key_result.metric.as_ref()?);
    let quarter = at.at.at.quarter.quarter;
    if at.at.at.quarter_score.state == QuarterState::Upcoming || at.score.score.is_none() {
        return None;
    }
    // Up to the last row: what is missing after it makes the metric stale.
    let last = history.last_day()?.min(quarter.capped(at.book().scorecard.as_of));
    let window = quarter.window.until(last);
    // Most metrics have nearly every day, whatever their cadence; that is told without looking at one.
    let nearly_all = i32::try_from(history.days_with_data(window)).ok()?.saturating_mul(ONE_OF_DAYS);
    if nearly_all >= window.days().saturating_mul(ONE_OF_DAYS - 1) {
        return None;
    }
    let before = Window { start: quarter.window.start.plus(-91), end: quarter.window.start };
    let cadence = metric.every.or_else(|| own_cadence(metric, history, before))?;
    let due = cadence::periods(cadence, window);
    let is_empty = |period: &&Window| history.days_with_data(**period) == 0;
    let is_off = |period: &Window| holidays::is_off(&at.book().plan.holidays, *period);
    let (off, missing): (Vec<Window>, Vec<Window>) =
        due.iter().filter(is_empty).copied().partition(|period| is_off(period));
    let due = due.len() - off.len();
    let missing = if is_by_day(cadence) { without_single_days(&missing) } else { missing };
    let fewest = if cadence == Cadence::Month { 1 } else { FEWEST };
    if missing.len() < fewest || missing.len() * ONE_OF <= due {
        return None;
    }
    let (first, end) = longest(&missing)?;
    let periods = name(cadence);
    let message = format!("`{}` has no value in {} of {} {periods}", metric.id, missing.len(), due);
    let label = format!("the longest gap: {first} to {}", end.plus(-1));
    let help = "fill the gap from the tool that measures; if a value comes more rarely, say so: `every: week`; days off stand under \
                `calendar: { holidays: [2026-04-03] }`";
    let diagnostic = Diagnostic::warning(RULE.code, place, message).label(label).help(help);
    Some(measured::with_metric(diagnostic, metric))
}

/// Returns the cadence that the metric kept all the quarter before, where it kept one.
fn own_cadence(metric: &Metric, history: &History, before: Window) -> Option<Cadence> {
    if history.aggregate().is_flow() || metric.every.is_some() {
        return None;
    }
    let keeps = |cadence: Cadence| {
        let due = cadence::periods(cadence, before);
        let kept = due.iter().filter(|period| history.days_with_data(**period) > 0).count();
        kept * 20 >= due.len() * 19
    };
    let points = history.days_with_data(before);
    let cadence = match points {
        80.. => Cadence::Day,
        // Weekdays, and a few weekends at most.
        60..=70 => Cadence::Weekday,
        12..=14 => Cadence::Week,
        _ => return None,
    };
    keeps(cadence).then_some(cadence)
}

/// Returns first day and end of the longest run of missing periods.
fn longest(missing: &[Window]) -> Option<(Day, Day)> {
    let runs = missing.chunk_by(joined).filter_map(|run| Some((run.first()?.start, run.last()?.end)));
    runs.max_by_key(|(start, end)| (end.since(*start), std::cmp::Reverse(*start)))
}

/// Says whether two missing periods belong to one gap: a weekend between two missing weekdays does.
fn joined(a: &Window, b: &Window) -> bool {
    b.start.since(a.end) <= 2
}

/// Returns the missing days that have another one at their side.
fn without_single_days(missing: &[Window]) -> Vec<Window> {
    missing.chunk_by(joined).filter(|run| run.len() > 1).flatten().copied().collect()
}

const fn is_by_day(cadence: Cadence) -> bool {
    matches!(cadence, Cadence::Day | Cadence::Weekday)
}

const fn name(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Day => "days",
        Cadence::Weekday => "weekdays",
        Cadence::Week => "weeks",
        Cadence::Month => "months",
    }
}
