//! Measured values and the evidence of each: enough to recompute it by hand.

use std::sync::Arc;

use super::calendar::{Day, Window};
use super::metric::Aggregate;
use super::quantity::Number;
use crate::hash::Digest;

/// A value on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The day.
    pub day: Day,
    /// The value, in the metric's unit.
    pub value: Number,
}

/// A number on the way to a value is too large to compute with: there is no value, and that isn't for want of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// A metric's value for a window, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measurement {
    /// The value, in the metric's unit.
    pub value: Number,
    /// The first day with data that was used.
    pub first: Day,
    /// The last day with data that was used.
    pub last: Day,
    /// The evidence.
    pub receipt: Receipt,
}

/// The evidence of a value: enough to recompute it by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The exports that were read.
    pub files: Vec<FileEvidence>,
    /// Rows used, over all files.
    pub rows: u64,
    /// Rows left out of the window because a cell was bad.
    pub left_out: u64,
    /// How rows became one value.
    pub aggregate: Aggregate,
    /// The conditions on rows as a reader would say them: `severity is P1`; empty where all rows count.
    pub filter: Arc<str>,
    /// The days asked for.
    pub window: Window,
}

/// What was used of one export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEvidence {
    /// Path inside the book.
    pub path: Arc<str>,
    /// Digest of the whole file's bytes.
    pub sha256: Digest,
    /// Rows used.
    pub rows: u64,
    /// Line of the first row used, from 1; 0 where no row was used.
    pub first_line: u64,
    /// Line of the last row used.
    pub last_line: u64,
}

/// How many points were inside a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Points inside.
    pub inside: u64,
    /// All points.
    pub all: u64,
}
