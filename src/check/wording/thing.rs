//! Things that a sentence delivers.
//!
//! In: nothing. Out: what a delivery is, and of which kind.

use std::ops::Range;

use crate::model::goal::{Goal, Side};
use crate::model::quantity::Unit;

/// A thing that is delivered.
#[derive(Debug, Clone)]
pub(super) struct Delivery {
    /// What kind of thing it is.
    pub(super) kind: Kind,
    /// The words that say so.
    pub(super) words: Range<usize>,
    /// The thing's own words.
    pub(super) thing: Range<usize>,
}

/// Returns the number that a goal counts things or a share of them up to, as a sentence has it.
pub(super) fn counted_to(goal: &Goal) -> Option<String> {
    let end = match goal {
        Goal::Move(goal) => &goal.to,
        Goal::Target(goal) => &goal.to,
        Goal::Hold(hold) if hold.bound.side == Side::Above => &hold.bound.limit,
        _ => return None,
    };
    matches!(end.unit, Unit::Count | Unit::Percent).then(|| end.number.to_string())
}

/// Kinds of deliveries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A thing that is then there.
    Made,
    /// Something that is then known or decided.
    Known,
    /// A person who then belongs to the team.
    Hired,
    /// Two or more things of a kind.
    Several,
    /// People who come of their own will: a result, if one without a start.
    Won,
}
