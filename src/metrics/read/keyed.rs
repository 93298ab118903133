//! Rows that a column makes one: of all rows of one text the newest counts, whatever it says.
//!
//! In: what each row comes to, by the text that makes it one. Out: what the newest comes to. The export that reaches the
//! furthest is the newest, of equals the last by its path; within it the row of the latest day, of equals the last one that says
//! anything. So what a later pull corrects, reopens or closes is as that pull says it. Memory grows with texts.

use std::collections::HashMap;

use crate::hash::Digest;
use crate::metrics::keep::series::Row;
use crate::model::calendar::Day;

/// What a row comes to; `L` is the text of its series.
#[derive(Debug, Clone)]
pub(in crate::metrics) enum Fate<L> {
    /// It counts in its series.
    Counts(Row, L),
    /// It is there from its date on, until a day that is known to have come.
    There(Row, L, Option<Day>),
    /// Its time has begun and not ended.
    Open,
    /// It is left out of a day, because a cell is bad.
    Wrong(Day),
    /// Nothing, by what its cells say.
    Nothing,
    /// Nothing, for want of cells that say anything.
    Blank,
}

impl Fate<&[u8]> {
    fn into_kept(self) -> Fate<Box<[u8]>> {
        match self {
            Self::Counts(row, label) => Fate::Counts(row, label.into()),
            Self::There(row, label, until) => Fate::There(row, label.into(), until),
            Self::Open => Fate::Open,
            Self::Wrong(day) => Fate::Wrong(day),
            Self::Nothing => Fate::Nothing,
            Self::Blank => Fate::Blank,
        }
    }
}

impl Fate<Box<[u8]>> {
    /// Returns the same without its own text.
    pub(super) fn borrowed(&self) -> Fate<&[u8]> {
        match self {
            Self::Counts(row, label) => Fate::Counts(*row, label),
            Self::There(row, label, until) => Fate::There(*row, label, *until),
            Self::Open => Fate::Open,
            Self::Wrong(day) => Fate::Wrong(*day),
            Self::Nothing => Fate::Nothing,
            Self::Blank => Fate::Blank,
        }
    }
}

/// The newest row of a text.
#[derive(Debug)]
struct Newest {
    /// Its export's place.
    file: usize,
    day: Option<Day>,
    line: u64,
    fate: Fate<Box<[u8]>>,
}

/// The newest rows by what makes them one.
#[derive(Debug, Default)]
pub(in crate::metrics) struct Keyed {
    newest: HashMap<Digest, Newest>,
    /// Those of the export at hand.
    here: HashMap<Digest, Newest>,
    /// The last day of each export's rows, in the exports' order.
    last_days: Vec<Option<Day>>,
    /// The last day of the export at hand.
    last_day: Option<Day>,
}

impl Keyed {
    /// Takes a row of the export at hand: its text, its day where it has one, its line, and what it comes to.
    pub(super) fn put(&mut self, key: &[u8], day: Option<Day>, line: u64, fate: Fate<&[u8]>) {
        self.last_day = self.last_day.max(day);
        let file = self.last_days.len();
        // A row without a day is as late as the line that it stands in. Further lines of an order whose cells are empty,
        // because only its first one has the sum, take nothing from it.
        let is_blank = matches!(fate, Fate::Blank);
        let is_later = |known: &Newest| match known.day.zip(day) {
            Some((known, day)) if known != day => known < day,
            _ => !is_blank || matches!(known.fate, Fate::Blank),
        };
        let key = Digest::of(key);
        if self.here.get(&key).is_none_or(is_later) {
            self.here.insert(key, Newest { file, day, line, fate: fate.into_kept() });
        }
    }

    /// Notes that the export at hand has ended.
    pub(super) fn end_file(&mut self) {
        let own = self.last_day.take();
        let mut rows: Vec<(Digest, Newest)> = self.here.drain().collect();
        rows.sort_unstable_by_key(|(_, row)| row.line);
        for (key, row) in rows {
            let is_older = |known: &Newest| self.last_days.get(known.file).is_some_and(|known| *known > own);
            if !self.newest.get(&key).is_some_and(is_older) {
                self.newest.insert(key, row);
            }
        }
        self.last_days.push(own);
    }

    /// Returns what the newest rows come to, for each export in the order of their lines.
    pub(super) fn finish(self) -> Vec<Vec<Fate<Box<[u8]>>>> {
        let mut rows: Vec<Newest> = self.newest.into_values().collect();
        rows.sort_unstable_by_key(|row| (row.file, row.line));
        let mut files = Vec::new();
        files.resize_with(self.last_days.len(), Vec::new);
        rows.into_iter().for_each(|row| files[row.file].push(row.fate));
        files
    }
}
