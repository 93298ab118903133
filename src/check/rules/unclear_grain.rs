//! `unclear-grain`: every row may speak of a day, or of the month or week that begins with it, and the grade depends on it.

use crate::check::context::KeyResultAt;
use crate::check::measured;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::metrics;
use crate::model::calendar::{Day, Window};
use crate::model::grain::Grain;
use crate::model::history::History;
use crate::model::metric::Query;
use crate::model::quantity::Number;
use crate::model::reading::Chosen;
use crate::model::scorecard::QuarterState;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unclear-grain",
    group: Group::Data,
    summary: "All dates of an export are firsts of months, or one day of the week, and nothing says whether a row speaks \
              of the whole period.",
    why: "Databases write `2026-07-01` for July and a Monday for its week. Read as days, the last month is not covered to \
          its end, and a week may count for the quarter before; the grade is another one.",
    silent: "It is silent where the book says `grain:`, where dates are written as months or weeks, for metrics that \
             add nothing up over the quarter, and where both readings give nearly the same value.",
    example: Sample::Files(&[
        ("quarters/2026-Q2/shop.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/returns.csv", ROWS),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q2/shop.yaml", TEAM),
        ("metrics.yaml", MONTHS),
        ("metrics/returns.csv", ROWS),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-07-02\n";
const ROWS: &str = "month,returns\n2026-03-01,900\n2026-04-01,840\n2026-05-01,790\n2026-06-01,610\n";
const METRICS: &str =
    "returns:\n  file: returns.csv\n  source: Warehouse\n  value: returns\n  aggregate: sum\n  per: quarter\n";
const MONTHS: &str = "returns:
  file: returns.csv
  source: Warehouse
  value: returns
  aggregate: sum
  per: quarter
  grain: month
";
const TEAM: &str = "objectives:
  - id: fit
    title: What people order fits when it comes
    outcome: Reduce costs
    lever: Say how things turn out in size before they are bought
    changes: Whoever writes a product's page measures it by hand
    key_results:
      - returns: Reduce things sent back from 2700/quarter to 2000/quarter
";

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    findings.extend(find(at));
}

fn find(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let (metric, history, place) = (at.metric()?, at.history()?, at.key_result.metric.as_ref()?);
    let is_open = matches!(&metric.query, Query::Rows(rows) if rows.grain.is_none());
    let team = at.at.at;
    let is_sum = history.aggregate().adds_up(metric.window_days);
    if !is_open || !is_sum || !history.usable() || team.quarter_score.state == QuarterState::Upcoming {
        return None;
    }
    let grain = history.likely_grain()?;
    let window = team.quarter.quarter.window.until(at.book().scorecard.as_of);
    let day = window.end.plus(-1);
    let ends = grain == Grain::Week && ends_weeks(history);
    if (ends || !ends_later(history, grain, day)) && !differs(history, grain, window, ends) {
        return None;
    }
    let (which, period, says) = match grain {
        Grain::Month => ("firsts of months", "month", "month"),
        _ if ends => ("one day of the week", "week", "week-ending"),
        _ => ("one day of the week", "week", "week"),
    };
    let message = format!("all dates of `{}` are {which}: a row may speak of its whole {period}", metric.id);
    let help = format!("if it does, say so in its definition: `grain: {says}`; if not, `grain: day`");
    let diagnostic = Diagnostic::warning(RULE.code, place, message).label("the grade depends on it").help(help);
    Some(measured::with_metric(diagnostic, metric))
}

/// Says whether a sum's last row would cover more days if it spoke of a period.
fn ends_later(history: &History, grain: Grain, day: Day) -> bool {
    let is_uncovered = |last: Day| last < day && grain.last(last) > last;
    history.heartbeat().is_some_and(is_uncovered)
}

/// Says whether the exports call the column of their dates like the end of a week.
fn ends_weeks(history: &History) -> bool {
    let readings = history.readings();
    let mut dates =
        readings.iter().flat_map(|reading| &*reading.choices).filter(|choice| choice.chosen == Chosen::Date).peekable();
    dates.peek().is_some() && dates.all(|date| metrics::names_end_of_week(&date.taken.replace('"', " ")))
}

/// Says whether a sum of weeks whose Thursday decides give another value by a hundredth.
fn differs(history: &History, grain: Grain, window: Window, ends: bool) -> bool {
    if grain != Grain::Week {
        return false;
    }
    // The day in the middle of a week lies three days from the one that names it.
    let to_middle = if ends { 3 } else { -3 };
    let by_thursday = Window { start: window.start.plus(to_middle), end: window.end.plus(to_middle) };
    let value = |window| history.value(window).ok().flatten();
    let (Some(days), Some(weeks)) = (value(window), value(by_thursday)) else { return false };
    let difference = days.minus(weeks).and_then(|number| number.magnitude().times(Number::whole(100)));
    difference.is_some_and(|difference| difference >= days.magnitude())
}
