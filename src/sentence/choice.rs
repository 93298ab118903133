//! Choices: which of a sentence's numbers may state its goal.
//!
//! In: nothing. Out: a choice, and the parts of its numbers. `account` says what the others are beside it.

use super::mention::{Mention, Role};
use super::part::Part;

/// The numbers that may state a goal, by their places among a sentence's mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    /// The start.
    pub(super) from: Option<usize>,
    /// The end, the difference or the limit; nothing where it is "no" or "zero" of a thing.
    pub(super) to: Option<usize>,
}

impl Choice {
    /// Returns the part that the mention at `index` has in the goal.
    pub(super) fn part(self, mentions: &[Mention], index: usize) -> Option<Part> {
        match mentions[index].role {
            _ if self.from == Some(index) => Some(Part::Start),
            _ if self.to != Some(index) => None,
            Role::By(_) => Some(Part::Difference),
            Role::Bound | Role::Level if self.from.is_none() => Some(Part::Limit),
            _ => Some(Part::End),
        }
    }
}
