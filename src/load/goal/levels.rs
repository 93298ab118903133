//! The levels of a key result, from their key and its sentence.
//!
//! In: the key, and what the sentence says. Out: each level once, counted in the goal's unit; those that stand on the wrong
//! side of the goal, or beside none, are told and left out.

use super::amounts::show;
use crate::diag::Diagnostic;
use crate::keys::team::LEVELS;
use crate::load::words;
use crate::model::goal::{Better, Goal, GoalKind, Hold};
use crate::model::levels::{Level, LevelKind};
use crate::model::quantity::{Number, Quantity, Unit};
use crate::source::Spanned;
use crate::yaml::{Fields, Reader};

/// Returns the levels that a key result states, as they are written; the key's win over the sentence's.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    fields: Option<Fields<'_, 'a>>,
    said: &[Spanned<Level>],
) -> Vec<Spanned<Level>> {
    let node = fields.and_then(|fields| fields.get("levels"));
    let keys = node.and_then(|node| reader.fields(node, LEVELS));
    let mut levels = Vec::new();
    for kind in LevelKind::ALL.iter().copied() {
        let said = said.iter().find(|level| level.value.kind == kind);
        let stated = keys.and_then(|keys| {
            let text = reader.text(keys.get(kind.name())?, &format!("`{}`", kind.name()))?;
            Some(Spanned::new(words::quantity(reader, text.value, text.span)?, text.span))
        });
        match (stated, said) {
            (Some(stated), said) => {
                let (at, span) = (stated.value, stated.span);
                if let Some(said) = said.filter(|said| !is_same(&at, &said.value.at)) {
                    let message =
                        format!("`{}` says {}, but the sentence says {}", kind.name(), show(&at), show(&said.value.at));
                    let diagnostic = Diagnostic::error("contradiction", span, message).label("this one is used");
                    let help = format!("leave `{}` out, or make both alike", kind.name());
                    reader.report(diagnostic.related(said.span, "the sentence").help(help));
                }
                levels.push(Spanned::new(Level { kind, at }, span));
            }
            (None, Some(said)) => levels.push(said.clone()),
            (None, None) => {}
        }
    }
    levels
}

/// Says whether a key says what the sentence says; a bare number takes the sentence's unit.
fn is_same(key: &Quantity, said: &Quantity) -> bool {
    let number = if key.unit == Unit::Count { Some(key.number) } else { key.number_in(&said.unit) };
    number == Some(said.number)
}

/// Counts levels as the goal counts, and tells those that can't be, or that lie on the wrong side of its end. `better` is
/// which way the metric says, where the goal doesn't.
pub(in crate::load) fn settle(
    levels: Vec<Spanned<Level>>,
    goal: Option<&Goal>,
    better: Option<Better>,
    told: &mut Vec<Diagnostic>,
) -> Vec<Level> {
    let mut settled: Vec<Level> = Vec::with_capacity(levels.len());
    for Spanned { value: Level { kind, mut at }, span } in levels {
        let Some(end) = goal.and_then(end) else {
            let what = if goal.is_some_and(|goal| goal.kind() == GoalKind::Hold) {
                "a range has no end to reach"
            } else {
                "this key result has no number to reach"
            };
            let message = format!("`{}` is a level of nothing: {what}", kind.name());
            let help = "state the goal first (`from` and `to`, or a bound); levels stand beside its end";
            told.push(Diagnostic::error("contradiction", span, message).help(help));
            continue;
        };
        let written = show(&at);
        if at.unit == Unit::Count {
            at.unit = end.unit.clone();
        }
        at.per = at.per.or_else(|| end.per.clone());
        if let Some(Goal::Gain(goal)) = goal {
            let magnitude = at.number.magnitude();
            at.number = if goal.by.number.is_negative() { magnitude.negated() } else { magnitude };
        }
        let Some(number) = at.number_in(&end.unit).filter(|_| at.per == end.per) else {
            let message = format!("the level is {written}, but the goal is {}", show(end));
            let help = "count both in one unit";
            told.push(Diagnostic::error("units-differ", span, message).help(help));
            continue;
        };
        match wrong_side(kind, number, end, goal.and_then(Goal::better).or(better)) {
            Some((message, help)) => told.push(Diagnostic::error("contradiction", span, message).help(help)),
            None => settled.push(Level { kind, at }),
        }
    }
    settled
}

/// Returns the end of a goal that levels stand beside.
const fn end(goal: &Goal) -> Option<&Quantity> {
    match goal {
        Goal::Move(goal) => Some(&goal.to),
        Goal::Target(goal) => Some(&goal.to),
        Goal::Gain(goal) => Some(&goal.by),
        Goal::Hold(Hold { bound, upper: None, .. }) => Some(&bound.limit),
        Goal::Hold(_) | Goal::Milestone(_) | Goal::Baseline(_) => None,
    }
}

/// Says what is wrong with a level that isn't short of the end, or beyond it, as its kind has to be.
fn wrong_side(
    kind: LevelKind,
    number: Number,
    end: &Quantity,
    better: Option<Better>,
) -> Option<(String, &'static str)> {
    let is_beyond = match better {
        _ if number == end.number => return Some(at_the_end(kind, end)),
        Some(Better::Higher) => number > end.number,
        Some(Better::Lower) => number < end.number,
        None => return None,
    };
    match kind {
        LevelKind::Commit if is_beyond => Some((
            format!("the commit level lies beyond the goal, which is {}", show(end)),
            "a commit level is what is promised at least: write one that is easier than the goal, or call it `stretch`",
        )),
        LevelKind::Stretch if !is_beyond => Some((
            format!("the stretch level lies short of the goal, which is {}", show(end)),
            "a stretch level is what would be splendid: write one that is harder than the goal, or call it `commit`",
        )),
        LevelKind::Commit | LevelKind::Stretch => None,
    }
}

fn at_the_end(kind: LevelKind, end: &Quantity) -> (String, &'static str) {
    (format!("the {} level is the goal itself, which is {}", kind.name(), show(end)), "leave it out")
}
