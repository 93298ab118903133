//! Things that a sentence delivers.
//!
//! In: nothing. Out: what a delivery is, and of which kind.

use std::ops::Range;

use crate::model::goal::{Goal, Side};
use crate::model::quantity::Unit;
use crate::words::Text;

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

impl Delivery {
    /// Says whether a goal's number is the one that counts the things.
    pub(super) fn is_about(&self, text: &Text<'_>, goal: &Goal) -> bool {
        let end = match goal {
            Goal::Move(goal) => &goal.to,
            Goal::Target(goal) => &goal.to,
            Goal::Hold(hold) if hold.bound.side == Side::Above => &hold.bound.limit,
            _ => return false,
        };
        let number = end.number.to_string();
        matches!(end.unit, Unit::Count | Unit::Percent) && self.words.clone().any(|at| text.word(at) == number)
    }
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
