//! `no-data`: a metric is named, and nothing was measured.

use crate::check::context::KeyResultAt;
use crate::check::measured;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::calendar::Day;
use crate::model::history::History;
use crate::model::metric::{Cadence, Metric};
use crate::model::scorecard::{QuarterState, Reason};

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-data",
    group: Group::Data,
    summary: "A key result's metric has no data in the quarter.",
    why: "A number that nobody has seen can be neither reached nor missed. Until the quarter's end the key result stands \
          as \"no data\"; after it, it counts 0, because otherwise not measuring would be the safest way to score well.",
    silent: "It is silent before the quarter begins and in its first two weeks; longer where the metric says that data \
             may be older (`fresh_within:`) or comes by the month, or where its own rows usually lie further apart; and \
             about exports that can't be read, which have findings of their own.",
    example: Sample::Files(&[
        ("quarters/2026-Q3/data.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/trace-time.csv", "asked_at,hours\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q3/data.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/trace-time.csv", "asked_at,hours\n2026-07-06,6.5\n2026-07-20,5\n2026-08-17,4.5\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-08-20\n";
const METRICS: &str = "trace-time:
  file: trace-time.csv
  source: Help desk of the finance team
  unit: h
";
const TEAM: &str = "objectives:
  - id: answers
    title: Anyone can show where a number comes from
    outcome: Reduce costs
    lever: Let colleagues decide without waiting
    changes: Whoever disputes a number traces it, with one of us beside them
    key_results:
      - trace-time: Reduce time to trace a disputed number from 6 hours to 1 hour
";

/// Days of a quarter in which nobody has to have measured yet.
const FIRST_DAYS: i32 = 14;
/// The same for what comes by the month.
const FIRST_DAYS_OF_MONTHLY: i32 = 45;

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let is_missing = |reason: &&Reason| matches!(reason, Reason::NoDataInWindow(_) | Reason::SilenceUnknown);
    let Some(reason) = at.score.reasons.iter().find(is_missing) else { return };
    let (Some(metric), Some(history)) = (at.metric(), at.history()) else { return };
    let Some(place) = &at.key_result.metric else { return };
    let team = at.at.at;
    let quarter = team.quarter.quarter;
    let day = quarter.capped(team.book.scorecard.as_of);
    let begun = day.since(quarter.window.start) + 1;
    let is_open = team.quarter_score.state == QuarterState::Open;
    if is_open && begun <= patience(metric, history, quarter.window.start) {
        return;
    }
    let last = match reason {
        Reason::NoDataInWindow(Some(last)) => format!("the last is of {last}"),
        _ => "and never had any".to_owned(),
    };
    let message = format!("`{}` has no data in {}, {last}", metric.id, quarter.id);
    let label = if is_open { format!("nothing in {begun} days") } else { "counts 0".to_owned() };
    let help = match reason {
        Reason::SilenceUnknown => {
            "if an empty export means none, say up to when: `complete_through:`; else bring the export up to date"
        }
        _ => "bring the export up to date, or write down by hand what is known: two columns, `date,value`",
    };
    let diagnostic = Diagnostic::warning(RULE.code, place, message).label(label).help(help);
    findings.push(measured::with_metric(diagnostic, metric));
}

/// Returns how many days a quarter may be old before its first data is missed.
fn patience(metric: &Metric, history: &History, start: Day) -> i32 {
    let said = metric.fresh_within.unwrap_or(0);
    let cadence = if metric.every == Some(Cadence::Month) { FIRST_DAYS_OF_MONTHLY } else { 0 };
    FIRST_DAYS.max(said).max(cadence).max(usual_gap(history, start).saturating_mul(3) / 2)
}

/// Returns how many days usually lie between two days with data in the half year before.
fn usual_gap(history: &History, start: Day) -> i32 {
    let days = history.point_floats(crate::model::calendar::Window { start: start.plus(-182), end: start });
    let mut gaps: Vec<i32> = days.windows(2).map(|pair| pair[1].0.since(pair[0].0)).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or(0)
}
