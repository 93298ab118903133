//! `inflated-baseline`: the stated start is far from what the metric showed.

use crate::check::context::KeyResultAt;
use crate::check::measured::{self, Measured};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::trend;
use crate::diag::Diagnostic;
use crate::model::calendar::{Day, Window};
use crate::model::metric::Aggregate;
use crate::model::scorecard::BaselineOrigin;
use crate::score::start::{self, Start};

pub(in crate::check) const RULE: Rule = Rule {
    code: "inflated-baseline",
    group: Group::Data,
    summary: "The stated start is worse than what the metric showed when the quarter began.",
    why: "Progress counts from the stated start. If the metric has left it behind before the first day, a part of the \
          way is given away, and the grade praises the quarter for what was there before it.",
    silent: "It is silent where less than a fifth of the way was given away; where the metric was within a tenth of the \
             way of the stated start at any time in the six weeks before (the plan was made then); where the distance \
             is within three times the spread of the points of those weeks; where these have fewer than five points; \
             for counts, where the export doesn't cover the quarter before or where chance alone could explain the \
             difference (twice the root of the expected count); for sums; and where the whole way was given away, \
             which is `already-met`.",
    example: Sample::Files(&[
        ("quarters/2026-Q3/devex.yaml", TEAM),
        ("metrics.yaml", METRICS),
        (
            "metrics/build-time.csv",
            "week,value\n2026-05-20,17.6\n2026-05-27,17.4\n2026-06-03,17.1\n2026-06-10,17.5\n2026-06-17,17.3\n\
             2026-06-24,17.2\n2026-07-08,16.4\n",
        ),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q3/devex.yaml", TEAM),
        ("metrics.yaml", METRICS),
        (
            "metrics/build-time.csv",
            "week,value\n2026-05-20,25.6\n2026-05-27,25.4\n2026-06-03,24.9\n2026-06-10,25.5\n2026-06-17,25.3\n\
             2026-06-24,25.2\n2026-07-08,24.4\n",
        ),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-07-10\n";
const METRICS: &str = "build-time:\n  file: build-time.csv\n  source: Company build farm\n  unit: min\n";
const TEAM: &str = "objectives:
  - id: flow
    title: A finished change reaches customers while it still matters
    outcome: Launch faster
    lever: Improve deployment velocity
    changes: A red main branch stops every squad until it is green again
    key_results:
      - build-time: Reduce build time from 25 minutes to 8 minutes
";

/// The share of the way that may be given away.
const FAR: f64 = 0.2;
/// A metric this near to the stated start was there.
const NEAR: f64 = 0.1;
/// Days before the quarter in which the plan was made.
const PLANNING: i32 = 45;
/// Points that these days must have.
const FEWEST: usize = 5;
/// How many times the spread of its points the metric must be away.
const SPREADS: f64 = 3.0;

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    findings.extend(find(at));
}

fn find(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let stated = at.score.baseline.as_ref().filter(|baseline| baseline.origin == BaselineOrigin::Stated)?;
    let measured = Measured::of(at)?;
    let start = if measured.is_flow() { of_count(&measured)? } else { of_level(&measured)? };
    let given = start.progress.to_float();
    if !(FAR..1.0).contains(&given) {
        return None;
    }
    let (value, from) = (measured.quantity(&start.quantity), measured.quantity(&stated.quantity));
    let message = format!("the stated start is {from}, but `{}` showed {value} on {}", measured.metric.id, start.on);
    let to = measured.number(measured.goal.to.number_in(&measured.goal.from.unit)?);
    let label = format!("{} of the way was there on day one", measured::score(start.progress));
    let help = format!(
        "write the start that was measured, `from {value}`: ({value} − {from}) ÷ ({to} − {from}) = {} is progress that \
         nobody made in the {}",
        measured::score(start.progress),
        measured.quarter.id.kind().noun()
    );
    let diagnostic = Diagnostic::warning(RULE.code, &at.key_result.title, message).label(label).help(help);
    Some(measured::with_metric(diagnostic, measured.metric))
}

/// Returns the start of a value that doesn't add up, where it was clearly elsewhere than stated.
fn of_level(measured: &Measured<'_>) -> Option<Start> {
    // Most starts are honest: the median of the last weeks tells it without exact arithmetic.
    if measured.recent_progress()? < FAR {
        return None;
    }
    let points = measured.points(measured.before(PLANNING));
    let values: Vec<f64> = points.iter().map(|point| point.1).collect();
    let noise = trend::spread(&values).filter(|_| values.len() >= FEWEST)?;
    let nearest = lately(measured, &values).into_iter().fold(f64::INFINITY, f64::min);
    let start = measured.start()?;
    let away = (start.quantity.number.to_float() - measured.goal.from.number.to_float()).abs();
    (nearest > NEAR && away > SPREADS * noise).then_some(start)
}

/// Returns the progress that the metric's values of the planning weeks would have; `points` are these weeks' days.
fn lately(measured: &Measured<'_>, points: &[f64]) -> Vec<f64> {
    if measured.history.aggregate() == Aggregate::Last && measured.metric.window_days.is_none() {
        return points.iter().map(|&value| measured.progress(value)).collect();
    }
    let quarter = measured.quarter.window;
    let length = measured.metric.window_days.unwrap_or_else(|| quarter.days());
    let ends = (0..=PLANNING).step_by(15).map(|back| quarter.start.plus(-back));
    let value = |end: Day| measured.history.measure(Window { start: end.plus(-length), end });
    let progress = |value| start::progress(measured.goal, measured.metric, value);
    ends.filter_map(|end| Some(progress(value(end)?.value)?.to_float())).collect()
}

/// Returns the start of a count, where chance alone doesn't explain its distance from the stated one.
fn of_count(measured: &Measured<'_>) -> Option<Start> {
    let before = measured.before(measured.quarter.window.days());
    let first = measured.history.first_day()?;
    let covered = first <= before.start.plus(7) && measured.history.covered_days(before) == before.days();
    if measured.history.aggregate() != Aggregate::Count || !covered {
        return None;
    }
    let start = measured.start()?;
    let counted = measured.history.measure(before)?.value.to_float();
    let (from, value) = (measured.goal.from.number.to_float(), start.quantity.number.to_float());
    // What a quarter at the stated rate would have counted.
    let expected = if value > 0.0 { counted * from / value } else { return None };
    ((counted - expected).abs() > 2.0 * expected.max(1.0).sqrt()).then_some(start)
}
