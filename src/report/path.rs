//! Where a key result started, where it is and where it is to go, as columns print it.
//!
//! In: a key result with its score. Out: finished strings.

use crate::model::goal::{Gain, Goal, Hold, Milestone, Move};
use crate::model::quantity::{Number, Per};
use crate::model::scorecard::{KeyResultScore, RunRate};

use super::KeyResultReport;
use super::format::Format;
use super::text::Phrases;

/// From, now and goal as columns print them.
#[derive(Debug, Default)]
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
    let path = by_goal(format, report);
    match &report.score.run_rate {
        Some(rate) => projected(format, report, rate, path),
        None => path,
    }
}

/// Returns the path of a sum or count that was projected: what there is so far, then where it is heading.
fn projected(format: Format, report: &KeyResultReport<'_>, rate: &RunRate, path: Path) -> Path {
    let phrases = Phrases::new(format);
    let Some(counted) = report.goal().and_then(Goal::quantity) else { return path };
    let own = report.metric().and_then(|metric| metric.per.as_ref());
    let per = counted.per.as_ref().filter(|per| matches!(per, Per::Time(_))).or(own);
    let now = phrases.so_far_of(&format.value(rate.so_far, &counted.unit));
    let heading = if path.now.is_empty() { String::new() } else { phrases.heading(&path.now, per) };
    Path { now, heading, ..path }
}

fn by_goal(format: Format, report: &KeyResultReport<'_>) -> Path {
    match report.goal() {
        Some(Goal::Move(goal)) => moved(format, goal, report.score),
        Some(Goal::Target(goal)) => {
            let to = format.quantity(&goal.to);
            Path { now: now(format, report.score, &[]), to, ..Path::default() }
        }
        Some(Goal::Gain(goal)) => gained(format, goal, report.score),
        Some(Goal::Hold(goal)) => held(format, goal, report.score),
        Some(Goal::Milestone(milestone) | Goal::Baseline(milestone)) => done(format, milestone),
        None => Path { now: now(format, report.score, &[]), ..Path::default() },
    }
}

fn moved(format: Format, goal: &Move, score: &KeyResultScore) -> Path {
    let value = score.value.as_ref().and_then(|value| value.number_in(&goal.to.unit));
    let near = [goal.from.number_in(&goal.to.unit).unwrap_or(goal.to.number), goal.to.number];
    Path {
        from: format.end(goal.from.number, &goal.from.unit),
        now: value.map(|value| format.measured(value, &goal.to.unit, &near)).unwrap_or_default(),
        to: format.end(goal.to.number, &goal.to.unit),
        heading: String::new(),
    }
}

fn gained(format: Format, goal: &Gain, score: &KeyResultScore) -> Path {
    let from = goal.from.as_ref().map(|from| format.amount(from.number, &from.unit)).unwrap_or_default();
    let sign = if goal.by.number.is_negative() { "" } else { "+" };
    let to = format!("{sign}{}", format.amount(goal.by.number, &goal.by.unit));
    Path { from, now: now(format, score, &[]), to, ..Path::default() }
}

fn held(format: Format, goal: &Hold, score: &KeyResultScore) -> Path {
    let to = format.language().bound(&goal.bound, format);
    Path { now: now(format, score, &[goal.bound.limit.number]), to, ..Path::default() }
}

fn now(format: Format, score: &KeyResultScore, near: &[Number]) -> String {
    score.value.as_ref().map(|value| format.measured(value.number, &value.unit, near)).unwrap_or_default()
}

fn done(format: Format, milestone: &Milestone) -> Path {
    let phrases = Phrases::new(format);
    Path { now: phrases.done(milestone.done), to: phrases.due(milestone.due), ..Path::default() }
}
