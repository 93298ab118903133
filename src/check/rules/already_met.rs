//! `already-met`: the target was reached before the work began.

use crate::check::context::KeyResultAt;
use crate::check::measured::{self, Measured};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::calendar::{Day, Window};
use crate::model::goal::{Bound, Goal, Hold};
use crate::model::quantity::{Number, Unit};
use crate::model::scorecard::{BaselineOrigin, QuarterState, Reason};

pub(in crate::check) const RULE: Rule = Rule {
    code: "already-met",
    group: Group::Data,
    summary: "When the quarter began, the metric was at the target already, or beyond it.",
    why: "Then nothing has to happen for a full score. A goal to stay inside a bound that was kept all the quarter \
          before asks for nothing either.",
    silent: "Of a target without a stated start whose first value reached it, it always tells. Else it is silent where the metric has fewer than three points in the hundred days before the quarter; where the \
             value at the start reached the target but the median of the last four weeks before it (or of the last \
             three points) did not; for sums and counts, where the export doesn't cover the quarter before; and for \
             bounds, where any point of the quarter before was outside, where it has fewer than eight points or lacks \
             its first or last three weeks, and for bounds on sums and counts.",
    example: Sample::Files(&[
        ("quarters/2026-Q3/shop.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/refunds.csv", "week,value\n2026-06-10,2.1\n2026-06-17,1.9\n2026-06-24,1.8\n2026-07-08,1.9\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q3/shop.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/refunds.csv", "week,value\n2026-06-10,6.1\n2026-06-17,5.9\n2026-06-24,6\n2026-07-08,5.2\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-07-10\n";
const METRICS: &str = "refunds:\n  file: refunds.csv\n  source: Refund desk\n  unit: days\n";
const TEAM: &str = "objectives:
  - id: refunds
    title: Money comes back without being asked for twice
    outcome: Reduce churn
    lever: Settle claims without a queue
    changes: A claim is believed first and checked afterwards
    key_results:
      - refunds: Reduce time to a refund from 6 days to 2 days
";

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let found = match &at.key_result.goal {
        Some(Goal::Hold(hold)) => of_hold(at, hold),
        Some(_) => without_a_way(at).or_else(|| of_move(at)),
        None => None,
    };
    findings.extend(found);
}

/// Tells of a goal without a stated start whose measured start is the target already or beyond it.
fn without_a_way(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let is_unscored = at.score.reasons.contains(&Reason::AlreadyThere);
    // A target with a way became a move.
    let is_beyond = matches!(at.score.goal, Some(Goal::Target(_))) && at.score.score.is_some();
    let baseline = at.score.baseline.as_ref().filter(|_| is_unscored || is_beyond)?;
    let measured = Measured::of(at);
    let value = match &measured {
        Some(measured) => measured.quantity(&baseline.quantity),
        None => measured::amount(baseline.quantity.number, &baseline.quantity.unit, &[]),
    };
    let on = match baseline.origin {
        BaselineOrigin::BeforeQuarter(day) | BaselineOrigin::FirstInQuarter(day) | BaselineOrigin::Locked(day) => {
            format!(" on {day}")
        }
        BaselineOrigin::Stated => String::new(),
    };
    let label =
        if is_beyond { "so that it was met before anything was done" } else { "so that no way is left to score" };
    Some(finding(at, &format!("{value}{on}"), label))
}

fn of_move(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let measured = Measured::of(at)?;
    if measured.is_flow() {
        let first = measured.history.first_day()?;
        let before = measured.before(measured.quarter.window.days());
        let covered = first <= before.start.plus(7) && measured.history.covered_days(before) == before.days();
        covered.then_some(())?;
    } else if measured.recent_progress()? < 1.0 {
        return None;
    }
    let start = measured.start().filter(|start| start.progress >= Number::ONE)?;
    let value = format!("{} on {}", measured.quantity(&start.quantity), start.on);
    let when = format!("before the {} began", measured.quarter.id.kind().noun());
    Some(finding(at, &value, &when))
}

fn finding(at: &KeyResultAt<'_>, value: &str, label: &str) -> Diagnostic {
    let message = format!("the target was reached already: {}{value}", named(at));
    let help =
        "set a target that asks for a change, or choose what matters now; what must not get worse is a guardrail";
    let diagnostic = Diagnostic::warning(RULE.code, &at.key_result.title, message).label(label).help(help);
    at.metric().into_iter().fold(diagnostic, measured::with_metric)
}

fn named(at: &KeyResultAt<'_>) -> String {
    at.metric().map_or_else(String::new, |metric| format!("`{}` was ", metric.id))
}

/// Points that the quarter before must have for a bound to count as kept.
const FEWEST: u64 = 8;
/// Days at either end of the quarter before that may be without points.
const EDGE: i32 = 21;

fn of_hold(at: &KeyResultAt<'_>, hold: &Hold) -> Option<Diagnostic> {
    let (metric, history) = (at.metric()?, at.history()?);
    let quarter = at.at.at.quarter.quarter.window;
    let begun = at.at.at.quarter_score.state != QuarterState::Upcoming;
    if !begun || !history.usable() || history.aggregate().is_flow() {
        return None;
    }
    let unit = metric.unit.as_ref().map_or(&hold.bound.limit.unit, |unit| &unit.value);
    let is_inside =
        |value: Number, bound: &Bound| unit.convert(value, &bound.limit.unit).is_some_and(|value| bound.admits(value));
    let inside = |value: Number| hold.bounds().all(|bound| is_inside(value, bound));
    // Most bounds were broken in the last weeks, too; only the others are worth counting.
    let days = |start: Day, end: Day| Window { start, end };
    let before = days(quarter.start.plus(-quarter.days()), quarter.start);
    let last_weeks = history.tally(days(before.end.plus(-EDGE), before.end), &inside);
    if last_weeks.all == 0 || last_weeks.inside < last_weeks.all {
        return None;
    }
    let first_weeks = history.days_with_data(days(before.start, before.start.plus(EDGE)));
    let tally = history.tally(before, &inside);
    if first_weeks == 0 || tally.all < FEWEST || tally.inside < tally.all {
        return None;
    }
    let worst: Vec<String> = hold.bounds().filter_map(|bound| worst(at, before, unit, bound)).collect();
    let worst = worst.join(" and ");
    let cycle = at.at.at.quarter.quarter.id.kind().noun();
    let message = format!("this bound was kept all the {cycle} before: {} of {} points", tally.inside, tally.all);
    let label = format!("`{}` was {worst} at its worst", metric.id);
    let help = "ask for a change, or make it a guardrail of the key result that could endanger it";
    let diagnostic = Diagnostic::warning(RULE.code, &at.key_result.title, message).label(label).help(help);
    Some(measured::with_metric(diagnostic, metric))
}

/// Returns the value nearest to the bound's limit, as a reader sees it.
fn worst(at: &KeyResultAt<'_>, window: Window, unit: &Unit, bound: &Bound) -> Option<String> {
    let points = at.history()?.points(window);
    let values = points.iter().map(|point| point.value);
    let worst = match bound.side {
        crate::model::goal::Side::Below => values.max(),
        crate::model::goal::Side::Above => values.min(),
    };
    let value = unit.convert(worst?, &bound.limit.unit)?;
    Some(measured::amount(value, &bound.limit.unit, &[bound.limit.number]))
}
