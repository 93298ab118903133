//! Rows that exports of one metric share: two pulls that overlap count them twice.
//!
//! In: the rows of each export, one after the other. Out: how many stand in an earlier export, too. Only rows that something
//! makes one are compared: a day's count of two regions may well be the same. What is kept has a limit.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;

use crate::diag::{Diagnostic, Place};

/// The most rows that are kept to be compared with.
const MOST: usize = 1 << 16;

/// The rows of exports that were read.
#[derive(Debug, Default)]
pub(super) struct SharedRows {
    known: HashMap<u64, usize>,
    hashing: RandomState,
    files: Vec<Arc<str>>,
    /// Of the export at hand: how many rows stand in which earlier one.
    shared: HashMap<usize, u64>,
}

impl SharedRows {
    /// Begins an export.
    pub(super) fn begin(&mut self, path: Arc<str>) {
        // Definitions that tell other delimiters read it once more.
        if self.files.last() != Some(&path) {
            self.files.push(path);
        }
        self.shared.clear();
    }

    /// Compares a row of the export at hand.
    pub(super) fn add(&mut self, raw: &[u8]) {
        let hash = self.hashing.hash_one(raw.trim_ascii());
        let own = self.files.len().saturating_sub(1);
        match self.known.get(&hash) {
            Some(&file) if file != own => *self.shared.entry(file).or_default() += 1,
            Some(_) => {}
            None if self.known.len() < MOST => _ = self.known.insert(hash, own),
            None => {}
        }
    }

    /// Tells of the rows that the export at hand shares with an earlier one; `key` is the column that makes a row one.
    /// Only exports count that one metric `reads` beside it.
    pub(super) fn told(&self, key: &str, reads: impl Fn(&Arc<str>) -> bool) -> Option<Diagnostic> {
        let both = self.shared.iter().filter(|(file, _)| self.files.get(**file).is_some_and(&reads));
        let (&file, &rows) = both.max_by_key(|(file, rows)| (**rows, std::cmp::Reverse(**file)))?;
        let what = if rows == 1 {
            "1 row of this export stands".to_owned()
        } else {
            format!("{rows} rows of this export stand")
        };
        let message = format!("{what} in {}, too, and would count twice", self.files.get(file)?);
        let help = format!("say what makes a row one in the metric's definition: `unique_by: {key}`");
        Some(Diagnostic::warning("shared-rows", Place::File(self.files.last()?.clone()), message).help(help))
    }
}
