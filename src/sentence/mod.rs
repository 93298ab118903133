//! Key-result sentences: "Reduce P1 incidents from 8/quarter to 2/quarter".
//!
//! In: a sentence as an author wrote it. Out: the goal that it states, if it states one, and remarks on what it
//! lacks. Never guesses: a sentence that can be read in two ways states no goal.

mod amount;
mod arrival;
mod bound;
mod decide;
mod difference;
mod lack;
mod limits;
mod mention;
mod name;
mod note;
mod number;
mod origin;
mod pair;
mod placeholder;
mod quantity;
mod rival;
mod show;
mod suffix;
mod unit;
mod verb;

use std::ops::Range;

pub use crate::model::remark::{Remark, RemarkKind};
pub use crate::words::{Word, WordKind};
pub use quantity::{QuantityError, duration_days, quantity};
pub use unit::{per, unit};

use crate::model::goal::{Better, Goal};
use crate::words::{LONGEST, Text};

/// What a sentence says.
///
/// `Display` shows it in one line, for tests and tools: `move 8 count/quarter → 2 count/quarter`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The goal, where the sentence states one that can be measured. Never a milestone.
    pub goal: Option<Goal>,
    /// The verb that says which way is better.
    pub verb: Option<Verb>,
    /// What it lacks, by place.
    pub remarks: Vec<Remark>,
}

/// A verb that says which way is better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verb {
    /// Which way: "reduce" is lower; "improve" says neither.
    pub better: Better,
    /// The verb's bytes in the sentence.
    pub range: Range<usize>,
}

/// Returns the words of a text, without links' targets, markup and struck-out text; none of one that is too long.
pub fn words(text: &str) -> impl Iterator<Item = Word> + use<> {
    Text::new(text).words.into_iter()
}

/// Reads a key-result sentence.
#[must_use]
pub fn read(sentence: &str) -> Reading {
    if sentence.len() > LONGEST {
        let remark = Remark { kind: RemarkKind::NotUnderstood, range: 0..sentence.len() };
        return Reading { goal: None, verb: None, remarks: vec![remark] };
    }
    decide::decide(&Text::new(sentence))
}

#[cfg(test)]
mod tests;
