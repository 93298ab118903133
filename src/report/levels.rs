//! How a key result stands against what was promised and what was hoped for.
//!
//! In: a key result with its score. Out: each of its levels as a value of its metric, and whether it was reached. Changes
//! no score.

use super::KeyResultReport;
use crate::model::goal::{Better, Gain, GainKind, Goal, Move};
use crate::model::levels::{Level, LevelKind};
use crate::model::quantity::{Number, Quantity};

/// A level of a key result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which it is, and the value that reaches it.
    pub level: Level,
    /// Whether the value that counts reaches it; nothing where that can't be told.
    pub reached: Option<bool>,
}

/// Returns the levels of a key result, as they were committed.
#[must_use]
pub fn of(report: &KeyResultReport<'_>) -> Vec<Standing> {
    let standing = |level: &Level| {
        let at = value_of(report, level)?;
        let reached = reached(report, &at);
        Some(Standing { level: Level { kind: level.kind, at }, reached })
    };
    report.levels().iter().filter_map(standing).collect()
}

/// Says whether a quarter that is over ended below what was promised, or whether what was hoped for is reached.
#[must_use]
pub fn is_told(report: &KeyResultReport<'_>, kind: LevelKind) -> bool {
    let wanted = kind == LevelKind::Stretch;
    (wanted || report.team.is_over())
        && of(report).iter().any(|known| known.level.kind == kind && known.reached == Some(wanted))
}

/// Returns how much of the way to the goal's end is promised, in tenths; nothing where that is no part of the way.
#[must_use]
pub fn promised_tenths(report: &KeyResultReport<'_>) -> Option<u8> {
    let Some(Goal::Move(goal)) = report.goal() else { return None };
    let commit = of(report).into_iter().find(|known| known.level.kind == LevelKind::Commit)?;
    let number = |quantity: &Quantity| quantity.number_in(&goal.from.unit);
    let (from, to, at) = (goal.from.number, number(&goal.to)?, number(&commit.level.at)?);
    let share = at.minus(from)?.times(Number::whole(10))?.over(to.minus(from)?)?;
    (0..=10).rev().find(|&tenths| Number::whole(i64::from(tenths)) <= share)
}

/// Returns the value at which a level is reached: of a gain, so far from where it started.
fn value_of(report: &KeyResultReport<'_>, level: &Level) -> Option<Quantity> {
    let stated = report.plan.commitment.locked().and_then(|locked| locked.terms.goal.as_ref());
    match (stated.or(report.plan.goal.as_ref()), report.goal()) {
        (Some(Goal::Gain(gain)), Some(Goal::Move(Move { from, .. }))) => gained(gain, from, &level.at),
        (Some(Goal::Gain(_)), _) => None,
        _ => Some(level.at.clone()),
    }
}

fn gained(gain: &Gain, from: &Quantity, by: &Quantity) -> Option<Quantity> {
    let difference = match gain.kind {
        GainKind::Absolute => by.number_in(&from.unit)?,
        GainKind::Relative => from.number.magnitude().times(by.number)?.over(Number::whole(100))?,
    };
    Some(Quantity { number: from.number.plus(difference)?, ..from.clone() })
}

fn reached(report: &KeyResultReport<'_>, at: &Quantity) -> Option<bool> {
    let value = report.score.value.as_ref()?.number_in(&at.unit)?;
    match report.goal()?.better()? {
        Better::Higher => Some(value >= at.number),
        Better::Lower => Some(value <= at.number),
    }
}
