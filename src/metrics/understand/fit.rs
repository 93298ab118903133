//! Rows whose cells stand one column too far: a separator or a quote too many, or one too few.
//!
//! In: what the first rows of an export have in common. Out: whether a row that differs from them in its form differs in
//! what its columns hold, too. Such a row is told; one that only leaves out empty cells is read.

use super::columns::Columns;
use crate::metrics::cells::blank::is_missing_cell;
use crate::metrics::cells::date::looks_like_date;
use crate::metrics::cells::number::{Evidence, evidence};
use crate::metrics::split::records::Record;

/// From how many rows on their form is a habit.
const FEWEST: usize = 3;

/// From how many rows on one cell tells that a row's cells are shifted; of fewer rows, two must tell.
const MANY: usize = 8;

/// What the first rows of an export have in common.
pub(in crate::metrics) struct Fit {
    /// How many cells a row has.
    cells: usize,
    /// How many cells must tell that a row's are shifted.
    needed: usize,
    habits: Vec<Habit>,
    /// The columns that are always empty.
    empty: Vec<usize>,
}

/// What the cells of a column have in common.
#[derive(Debug, Clone, Copy, Default)]
struct Habit {
    is_filled: bool,
    is_empty: bool,
    /// What all its values are, where they are alike.
    kind: Option<Kind>,
}

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Date,
    Number,
    Text,
}

impl Fit {
    /// Returns what an export's first rows have in common; nothing where they are too few, or of many lengths.
    pub(in crate::metrics) fn of(columns: &Columns<'_>) -> Option<Self> {
        let rows = columns.head().count();
        let lengths: Vec<usize> = columns.head().map(|record| record.cells.len()).collect();
        let cells = *lengths.iter().max_by_key(|&&length| lengths.iter().filter(|other| **other == length).count())?;
        let usual = lengths.iter().filter(|length| **length == cells).count();
        if rows < FEWEST || !nearly_all(usual, rows) {
            return None;
        }
        let habits: Vec<Habit> = (0..columns.shape.width).map(|column| Habit::of(columns, column, rows)).collect();
        let empty = (0..habits.len()).filter(|&column| habits[column].is_empty).collect();
        Some(Self { cells, needed: if rows < MANY { 2 } else { 1 }, habits, empty })
    }

    /// Returns a column whose cell is none of those that the column holds, where the row's form differs from the others'.
    pub(in crate::metrics) fn misfit(&self, record: &Record<'_>) -> Option<usize> {
        let is_odd =
            record.cells.len() != self.cells || self.empty.iter().any(|&column| !is_missing_cell(record.bytes(column)));
        if is_odd { self.misfits(record).nth(self.needed - 1) } else { None }
    }

    /// Says whether a row without a date in its column should have one: others have, and it holds more than sums.
    pub(in crate::metrics) fn misses(&self, record: &Record<'_>, date: usize) -> bool {
        let has_text = || self.of_kind(Kind::Text).any(|column| !is_missing_cell(record.bytes(column)));
        let texts = self.of_kind(Kind::Text).count();
        self.habits.get(date).is_some_and(|habit| habit.is_filled) && (texts == 0 || has_text()) && {
            let other = |column: &usize| *column != date && !is_missing_cell(record.bytes(*column));
            (0..record.cells.len()).filter(other).any(|column| kind(record.bytes(column)) != Kind::Text)
        }
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = usize> {
        (0..self.habits.len()).filter(move |&column| self.habits[column].kind == Some(kind))
    }

    fn misfits(&self, record: &Record<'_>) -> impl Iterator<Item = usize> {
        (0..self.habits.len().max(record.cells.len())).filter(|&column| {
            let cell = record.bytes(column);
            let is_blank = is_missing_cell(cell);
            match self.habits.get(column) {
                None => !is_blank,
                Some(habit) if is_blank => habit.is_filled,
                Some(habit) => habit.is_empty || habit.kind.is_some_and(|own| own != kind(cell)),
            }
        })
    }
}

impl Habit {
    fn of(columns: &Columns<'_>, column: usize, rows: usize) -> Self {
        let mut counts = [0; 3];
        for record in columns.head() {
            let cell = record.bytes(column);
            if !is_missing_cell(cell) {
                counts[kind(cell) as usize] += 1;
            }
        }
        let values = counts.iter().sum();
        let kinds = [Kind::Date, Kind::Number, Kind::Text];
        let kind = kinds.into_iter().find(|&kind| values > 0 && nearly_all(counts[kind as usize], values));
        Self { is_filled: nearly_all(values, rows), is_empty: nearly_all(rows - values, rows), kind }
    }
}

fn kind(cell: &[u8]) -> Kind {
    if looks_like_date(cell) {
        Kind::Date
    } else if evidence(cell) == Evidence::NotANumber {
        Kind::Text
    } else {
        Kind::Number
    }
}

/// Says whether a part is all of a whole but one in twenty, or but one.
const fn nearly_all(part: usize, whole: usize) -> bool {
    let others = whole - part;
    part > 0 && (others * 20 <= whole || (others <= 1 && whole >= FEWEST))
}
