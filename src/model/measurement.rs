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
    pub files: Files,
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

/// An export that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Path inside the book.
    pub path: Arc<str>,
    /// Digest of the whole file's bytes.
    pub sha256: Digest,
}

/// Which rows of an export were used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Used {
    /// Rows used.
    pub rows: u64,
    /// Line of the first row used, from 1; 0 where no row was used.
    pub first_line: u64,
    /// Line of the last row used.
    pub last_line: u64,
}

/// The exports of a metric, and what of them a value rests on. A metric may read hundreds, and the values of thousands of
/// key results rest on one or two each, so that they share the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    exports: Arc<[Export]>,
    /// What was used, by the places of exports of which anything was.
    used: Box<[(usize, Used)]>,
}

impl Files {
    /// Returns exports with what was used of each, in the same order.
    #[must_use]
    pub fn new(exports: Arc<[Export]>, used: impl IntoIterator<Item = Used>) -> Self {
        let used = used.into_iter().enumerate().filter(|(_, used)| *used != Used::default());
        Self { exports, used: used.collect() }
    }

    /// Returns these and others behind them.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        let all = || self.iter().chain(others.iter());
        Self::new(all().map(|(export, _)| export.clone()).collect(), all().map(|(_, used)| used))
    }

    /// Returns the exports, whether anything of them was used or not.
    #[must_use]
    pub fn exports(&self) -> &[Export] {
        &self.exports
    }

    /// Returns each export with what was used of it.
    pub fn iter(&self) -> impl Iterator<Item = (&Export, Used)> {
        let mut used = self.used.iter().peekable();
        self.exports.iter().enumerate().map(move |(place, export)| {
            let own = used.next_if(|(known, _)| *known == place);
            (export, own.map(|known| known.1).unwrap_or_default())
        })
    }

    /// Returns the same as values of their own.
    #[must_use]
    pub fn evidence(&self) -> Vec<FileEvidence> {
        let one = |(Export { path, sha256 }, Used { rows, first_line, last_line }): (&Export, Used)| FileEvidence {
            path: path.clone(),
            sha256: *sha256,
            rows,
            first_line,
            last_line,
        };
        self.iter().map(one).collect()
    }
}

impl From<Vec<FileEvidence>> for Files {
    fn from(files: Vec<FileEvidence>) -> Self {
        let used =
            |file: &FileEvidence| Used { rows: file.rows, first_line: file.first_line, last_line: file.last_line };
        let used: Vec<Used> = files.iter().map(used).collect();
        Self::new(files.into_iter().map(|file| Export { path: file.path, sha256: file.sha256 }).collect(), used)
    }
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
