//! Rows whose cells stand one column too far: a separator or a quote too many, or one too few.
//!
//! In: what the first rows of an export have in common. Out: whether a row that differs from them in its form differs in
//! what its columns hold, too. Such a row is told; one that only leaves out empty cells is read.

use super::columns::Columns;
use super::profile::Profile;
use crate::metrics::cells::blank::is_missing_cell;
use crate::metrics::cells::date::looks_like_date;
use crate::metrics::cells::number::{Evidence, evidence};
use crate::metrics::split::record::Record;

/// From how many rows on their form is a habit.
const FEWEST: usize = 3;

/// From how many rows on one cell tells that a row's cells are shifted; of fewer rows, two must tell.
const MANY: usize = 8;

/// For each so many columns, one cell more must tell: in wide exports some cell is always odd.
const WIDE: usize = 16;

/// What the first rows of an export have in common.
pub(in crate::metrics) struct Fit {
    /// How many cells a row has.
    cells: usize,
    /// How many cells must tell that a row's are shifted.
    needed: usize,
    habits: Vec<Habit>,
    /// From which column on all are always empty.
    empty: usize,
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
        let (cells, usual) = usual_length(columns)?;
        if rows < FEWEST || !nearly_all(usual, rows) {
            return None;
        }
        let width = columns.shape.width;
        let habits: Vec<Habit> = columns.profiles.iter().map(|&profile| Habit::of(profile, rows)).collect();
        let empty = habits.iter().rev().take_while(|habit| habit.is_empty).count();
        let needed = if rows < MANY { 2 } else { 1 } + width / WIDE;
        Some(Self { cells, needed, empty: width - empty, habits })
    }

    /// Returns a column whose cell is none of those that the column holds, where the row's form differs from the others'.
    pub(in crate::metrics) fn misfit(&self, record: &Record<'_>) -> Option<usize> {
        let is_odd = record.cells.len() != self.cells
            || (self.empty..self.habits.len()).any(|column| !is_missing_cell(record.bytes(column)));
        if is_odd { self.shifted(record) } else { None }
    }

    /// Returns a column whose cell is none of those that the column holds, where there are so many that the row's cells
    /// must have been shifted.
    pub(in crate::metrics) fn shifted(&self, record: &Record<'_>) -> Option<usize> {
        let misfits = |&column: &usize| {
            let (habit, cell) = (self.habits[column], record.bytes(column));
            match habit.kind {
                _ if is_missing_cell(cell) => habit.is_filled,
                Some(own) => own != kind(cell),
                None => false,
            }
        };
        let says_something =
            |column| !is_missing_cell(record.bytes(column)) && kind(record.bytes(column)) != Kind::Text;
        if !(0..record.cells.len()).any(says_something) {
            return None;
        }
        let found: Vec<usize> = (0..self.habits.len()).filter(misfits).collect();
        // A row of the usual length that only leaves cells empty tells of what hasn't happened yet, such as an open ticket.
        let is_read_elsewhere = |&column: &usize| !is_missing_cell(record.bytes(column));
        let is_shifted = record.cells.len() != self.cells || found.iter().any(is_read_elsewhere);
        found.get(self.needed - 1).copied().filter(|_| is_shifted)
    }
}

impl Habit {
    fn of(profile: Profile, rows: usize) -> Self {
        let (values, [dates, numbers]) = (profile.values, profile.parts());
        let counts = [(Kind::Date, dates), (Kind::Number, numbers), (Kind::Text, values - dates - numbers)];
        let kind = counts.into_iter().find(|(_, count)| values > 0 && nearly_all(*count, values)).map(|(kind, _)| kind);
        Self { is_filled: nearly_all(values, rows), is_empty: values <= usize::from(rows >= MANY), kind }
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

/// Returns how many cells most of the first rows have, and how many do; of several such lengths that of the latest row.
fn usual_length(columns: &Columns<'_>) -> Option<(usize, usize)> {
    let mut lengths: Vec<(usize, usize, usize)> = Vec::new();
    for (row, length) in columns.head().map(|record| record.cells.len()).enumerate() {
        match lengths.iter_mut().find(|known| known.2 == length) {
            Some(known) => *known = (known.0 + 1, row, length),
            None => lengths.push((1, row, length)),
        }
    }
    lengths.into_iter().max().map(|(count, _, length)| (length, count))
}

/// Says whether a part is all of a whole but one, or but one in a hundred.
const fn nearly_all(part: usize, whole: usize) -> bool {
    part > 0 && whole - part <= 1 + whole / 100
}
