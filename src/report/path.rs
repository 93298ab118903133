//! Where a key result started, where it is and where it is to go, as columns print it.
//!
//! In: a key result with its score. Out: finished strings.

use crate::model::goal::{Gain, Goal, Hold, Move};
use crate::model::quantity::{Number, Per, Quantity};
use crate::model::scorecard::{KeyResultScore, RunRate};

use super::KeyResultReport;
use super::format::Format;
use super::text::Phrases;

/// From, now and goal as columns print them.
#[derive(Debug)]
pub struct Path {
    /// Where it started.
    pub from: String,
    /// Where it is; of a projected sum or count, what there is of it so far.
    pub now: String,
    /// Where a projected sum or count is heading; empty elsewhere.
    pub heading: String,
    /// Where it is to go.
    pub to: String,
}

impl Path {
    /// Returns the parts that are there, with arrows between.
    #[must_use]
    pub fn arrow(self) -> String {
        let filled = |parts: [String; 2]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        let now = filled([self.now, self.heading]).join(", ");
        let parts = [self.from, now, self.to].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" → ")
    }
}

/// Returns from, now and goal of a key result.
#[must_use]
pub fn of(format: Format, report: &KeyResultReport<'_>) -> Path {
    let (from, to) = ends(format, report);
    let (now, heading) = so_far(format, report);
    Path { from, now, heading, to }
}

/// Returns where a key result is, and where a projected sum or count is heading.
#[must_use]
pub fn so_far(format: Format, report: &KeyResultReport<'_>) -> (String, String) {
    let now = now(format, report);
    match &report.score.run_rate {
        Some(rate) => projected(format, report, rate, now),
        None => (now, String::new()),
    }
}

/// Returns what there is of a sum or count that was projected so far, and where it is heading.
fn projected(format: Format, report: &KeyResultReport<'_>, rate: &RunRate, now: String) -> (String, String) {
    let phrases = Phrases::new(format);
    let Some(counted) = report.goal().and_then(Goal::quantity) else { return (now, String::new()) };
    let own = report.metric().and_then(|metric| metric.per.as_ref());
    let per = counted.per.as_ref().filter(|per| matches!(per, Per::Time(_))).or(own);
    let heading = if now.is_empty() { String::new() } else { phrases.heading(&now, per) };
    (phrases.so_far_of(&format.value(rate.so_far, &counted.unit)), heading)
}

/// Returns the value that a key result is scored by; of a sum or count that was projected, the projected one.
#[must_use]
pub fn now(format: Format, report: &KeyResultReport<'_>) -> String {
    match report.goal() {
        Some(Goal::Move(goal)) => moved(format, goal, report.score),
        Some(Goal::Hold(goal)) => measured(format, report.score, &limits(goal)),
        Some(Goal::Milestone(milestone) | Goal::Baseline(milestone)) => Phrases::new(format).done(milestone.done),
        Some(Goal::Target(_) | Goal::Gain(_)) | None => measured(format, report.score, &[]),
    }
}

fn moved(format: Format, goal: &Move, score: &KeyResultScore) -> String {
    let value = score.value.as_ref().and_then(|value| value.number_in(&goal.to.unit));
    let near = [goal.from.number_in(&goal.to.unit).unwrap_or(goal.to.number), goal.to.number];
    value.map(|value| format.measured(value, &goal.to.unit, &near)).unwrap_or_default()
}

fn measured(format: Format, score: &KeyResultScore, near: &[Number]) -> String {
    score.value.as_ref().map(|value| format.measured(value.number, &value.unit, near)).unwrap_or_default()
}

/// Returns the limits of a hold.
fn limits(hold: &Hold) -> Vec<Number> {
    let unit = &hold.bound.limit.unit;
    hold.bounds().filter_map(|bound| bound.limit.number_in(unit)).collect()
}

/// Returns where a key result started, and where it is to go.
fn ends(format: Format, report: &KeyResultReport<'_>) -> (String, String) {
    match report.goal() {
        Some(Goal::Move(goal)) => {
            let end = |quantity: &Quantity| format.end(quantity.number, &quantity.unit);
            (end(&goal.from), end(&goal.to))
        }
        Some(Goal::Target(goal)) => (String::new(), format.quantity(&goal.to)),
        Some(Goal::Gain(goal)) => gained(format, goal),
        Some(Goal::Hold(goal)) => (String::new(), format.language().hold(goal, format)),
        Some(Goal::Milestone(milestone) | Goal::Baseline(milestone)) => {
            (String::new(), Phrases::new(format).due(milestone.due))
        }
        None => Default::default(),
    }
}

fn gained(format: Format, goal: &Gain) -> (String, String) {
    let from = goal.from.as_ref().map(|from| format.amount(from.number, &from.unit)).unwrap_or_default();
    let sign = if goal.by.number.is_negative() { "" } else { "+" };
    (from, format!("{sign}{}", format.amount(goal.by.number, &goal.by.unit)))
}
