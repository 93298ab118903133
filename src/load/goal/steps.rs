//! The check points of a milestone.
//!
//! In: the node of `steps`, and the goal that everything else states. Out: check points with their days, and the milestone
//! that they belong to. They are told and left out where the goal is a measured one.

use super::keys::day_or_not_yet;
use crate::diag::Diagnostic;
use crate::model::calendar::Day;
use crate::model::goal::{Goal, Milestone};
use crate::model::step::Step;
use crate::source::Span;
use crate::yaml::{Entry, Kind, Node, Reader};

/// Returns the check points that a node lists: `{ contract signed: 2026-08-14 }`, or `pilot live` alone.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Step> {
    let mut steps = Vec::new();
    for item in node.items().iter().filter(|item| !item.is_absent()) {
        match &item.kind {
            Kind::Map(map) => steps.extend(map.entries.iter().map(|entry| step(reader, entry))),
            Kind::Scalar(scalar) => steps.push(Step { name: scalar.text.trim().to_owned(), done: None }),
            Kind::Empty | Kind::List(_) => reader.wrong_kind(item, "a check point is `Name: day`"),
        }
    }
    steps.shrink_to_fit();
    steps
}

fn step<'a>(reader: &mut Reader<'a>, Entry { key, value }: &Entry<'a>) -> Step {
    let name = key.value.trim().to_owned();
    let done = if value.is_absent() { None } else { day_or_not_yet(reader, value, &format!("`{name}`")).flatten() };
    Step { name, done }
}

/// Makes a milestone of a goal that nothing else states: it is done once all its steps are, unless `done` says more.
pub(super) fn settle(reader: &mut Reader<'_>, goal: Option<Goal>, steps: &mut Vec<Step>, place: Span) -> Option<Goal> {
    if steps.is_empty() {
        return goal;
    }
    let milestone = match goal {
        None => {
            let days: Option<Vec<Day>> = steps.iter().map(|step| step.done).collect();
            return Some(Goal::Milestone(Milestone { done: days.and_then(|days| days.into_iter().max()), due: None }));
        }
        Some(Goal::Milestone(milestone)) => milestone,
        Some(goal) => {
            let message = "`steps` are check points of a milestone, and this key result is measured";
            let help = "remove them: the metric shows the way; what a team does for it belongs into its plan";
            reader.report(Diagnostic::error("contradiction", place, message).help(help));
            steps.clear();
            return Some(goal);
        }
    };
    let open = steps.iter().find(|step| step.done.is_none());
    if let (Some(done), Some(open)) = (milestone.done, open) {
        let message = format!("this milestone was done on {done}, but its check point `{}` has no day", open.name);
        let help = "give the check point its day, or say `done: no`";
        reader.report(Diagnostic::error("contradiction", place, message).help(help));
    }
    Some(Goal::Milestone(milestone))
}
