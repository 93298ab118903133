//! Things that a sentence delivers.
//!
//! In: nothing. Out: what a delivery is, and of which kind.

use std::ops::Range;

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
    /// Says whether it is so many things that the team itself does or makes.
    pub(super) fn is_deeds(&self, text: &Text<'_>, count: &str) -> bool {
        self.kind == Kind::Several && self.words.clone().any(|at| text.word(at) == count)
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
