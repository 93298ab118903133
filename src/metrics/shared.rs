//! Rows that exports of one metric share: two pulls that overlap count them twice.
//!
//! In: the rows of each export, one after the other. Out: how many stand in an earlier export, too. A day's small count of two
//! regions may well be the same: where no column makes a row one, some of the shared rows must hold what is not the same by
//! chance. What is kept has a limit.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;

use crate::diag::{Diagnostic, Place};
use crate::metrics::split::record::Record;

/// How many shared rows must hold what is not the same by chance, where no column makes a row one.
const TELLING: u64 = 2;

/// The most rows that are kept to be compared with.
const MOST: usize = 1 << 16;

/// The rows of exports that were read.
#[derive(Debug, Default)]
pub(super) struct SharedRows {
    known: HashMap<u64, usize>,
    hashing: RandomState,
    files: Vec<Arc<str>>,
    /// Of the export at hand: how many rows stand in which earlier one, and how many of them are telling.
    shared: HashMap<usize, (u64, u64)>,
    /// Of the export at hand: the columns whose cells tell rows apart.
    telling: Vec<usize>,
    /// Of the export at hand: the column that makes a row one.
    key: Option<String>,
}

impl SharedRows {
    /// Begins an export, in which `key` makes a row one, and the cells of the columns `telling` tell rows apart.
    pub(super) fn begin(&mut self, path: Arc<str>, key: Option<String>, telling: Vec<usize>) {
        (self.key, self.telling) = (key, telling);
        // Definitions that tell other delimiters read it once more.
        if self.files.last() != Some(&path) {
            self.files.push(path);
        }
        self.shared.clear();
    }

    /// Compares a row of the export at hand.
    pub(super) fn add(&mut self, record: &Record<'_>) {
        let hash = self.hashing.hash_one(record.raw.trim_ascii());
        let own = self.files.len().saturating_sub(1);
        match self.known.get(&hash) {
            Some(&file) if file != own => {
                let tells = self.telling.iter().any(|&column| is_telling(record.bytes(column)));
                let (rows, telling) = self.shared.entry(file).or_default();
                *rows += 1;
                *telling += u64::from(tells);
            }
            Some(_) => {}
            None if self.known.len() < MOST => _ = self.known.insert(hash, own),
            None => {}
        }
    }

    /// Tells of the rows that the export at hand shares with an earlier one. Only exports count that one metric `reads` beside
    /// it.
    pub(super) fn told(&self, reads: impl Fn(&Arc<str>) -> bool) -> Option<Diagnostic> {
        let least = if self.key.is_some() { 0 } else { TELLING };
        let counts = |(file, (_, telling)): &(&usize, &(u64, u64))| {
            *telling >= least && self.files.get(**file).is_some_and(&reads)
        };
        let (&file, &(rows, _)) =
            self.shared.iter().filter(counts).max_by_key(|(file, rows)| (rows.0, std::cmp::Reverse(**file)))?;
        let what = if rows == 1 {
            "1 row of this export stands".to_owned()
        } else {
            format!("{rows} rows of this export stand")
        };
        let message = format!("{what} in {}, too, and would count twice", self.files.get(file)?);
        let help = match &self.key {
            Some(key) => format!("say what makes a row one in the metric's definition: `unique_by: {key}`"),
            None => "export days that don't overlap, or name the column that makes a row one: `unique_by: COLUMN`"
                .to_owned(),
        };
        Some(Diagnostic::warning("shared-rows", Place::File(self.files.last()?.clone()), message).help(help))
    }
}

/// Says whether two cells are hardly the same by chance: a word, or a number of three digits.
fn is_telling(cell: &[u8]) -> bool {
    let letters = cell.iter().filter(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii()).count();
    let digits = cell.iter().filter(|byte| byte.is_ascii_digit()).skip_while(|byte| **byte == b'0').count();
    letters >= 3 || digits >= 3
}
