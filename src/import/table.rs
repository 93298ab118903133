//! A table, wherever it stood: in a text, in a sheet, in a page.
//!
//! In: cells with their places. Out: the columns by their headings, and rows below.

use super::found::Told;
use crate::diag::{Place, nearest};

/// The most cells of one row that are kept.
pub(super) const WIDTH_LIMIT: usize = 1_000;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its text, as it is shown.
    pub(super) text: String,
    /// Where it stands.
    pub(super) place: Place,
}

impl Cell {
    /// Returns the text with its place; nothing where the cell is blank.
    #[must_use]
    pub(super) fn told(&self) -> Option<Told> {
        Told::new(&self.text, self.place.clone())
    }
}

/// A table with its headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// What it is called in reports: a file, or a sheet of one.
    pub(super) name: String,
    /// Its headings.
    pub(super) head: Vec<Cell>,
    /// Its rows.
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Returns the table whose first row with two cells or more is its head; nothing where there is none.
    #[must_use]
    pub(super) fn of(name: &str, rows: Vec<Vec<Cell>>) -> Option<Self> {
        let is_filled = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.text.trim().is_empty()).count() > 1;
        let mut rows = rows.into_iter().skip_while(|row| !is_filled(row));
        let head = rows.next()?;
        let is_blank = |row: &Vec<Cell>| row.iter().all(|cell| cell.text.trim().is_empty());
        Some(Self { name: name.to_owned(), head, rows: rows.filter(|row| !is_blank(row)).collect() })
    }

    /// Returns the column of a heading, upper and lower case aside.
    #[must_use]
    pub(super) fn column(&self, heading: &str) -> Option<usize> {
        let is_it = |cell: &Cell| plain(&cell.text) == plain(heading);
        self.head.iter().position(is_it)
    }

    /// Returns the heading nearest to one that isn't there.
    #[must_use]
    pub(super) fn near(&self, heading: &str) -> Option<&str> {
        nearest(heading, self.head.iter().map(|cell| cell.text.trim()))
    }
}

/// Returns a heading as headings are compared.
#[must_use]
pub(super) fn plain(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
