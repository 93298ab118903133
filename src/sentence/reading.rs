//! Readings: what a sentence says.
//!
//! In: nothing. Out: what reading a sentence gives. `show` shows one in a line.

use std::ops::Range;

use super::part::Numeral;
use crate::model::deadline::Deadline;
use crate::model::goal::{Better, Goal};
use crate::model::levels::Level;
use crate::model::remark::Remark;

/// What a sentence says.
///
/// `Display` shows it in one line, for tests and tools: `move 8 count/quarter → 2 count/quarter`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The goal, where the sentence states one that can be measured. Never a milestone.
    pub goal: Option<Goal>,
    /// The levels that it names beside the goal, counted in the goal's unit where they name none.
    pub levels: Vec<Level>,
    /// The day on which a limit is to hold, where it names one.
    pub deadline: Option<Deadline>,
    /// The verb that says which way is better.
    pub verb: Option<Verb>,
    /// The bytes of what the goal measures, where there is a goal and its words are found.
    pub measure: Option<Range<usize>>,
    /// All its numbers, in order, each with its part.
    pub numerals: Vec<Numeral>,
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
