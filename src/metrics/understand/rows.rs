//! What tells the rows of an export apart: columns that number things, keys, texts that are hardly the same twice.
//!
//! In: names of columns and the sample's cells. Out: places of columns, and whether one numbers things and measures none.

use std::collections::BTreeSet;

use super::columns::Columns;
use super::heading::{is_identifier, is_thing};

impl Columns<'_> {
    /// Says whether a column numbers things, by its name.
    pub(in crate::metrics) fn numbers_things(&self, column: usize) -> bool {
        let name = self.shape.name(column);
        is_identifier(&name) || (is_thing(&name) && self.shape.width > 2 && self.counts_up(column))
    }

    /// Says whether a column holds another whole number in each row.
    fn counts_up(&self, column: usize) -> bool {
        let cells: Vec<&[u8]> = self.head().map(|record| record.bytes(column)).collect();
        let all = cells.len();
        let is_whole = cells.iter().all(|cell| !cell.is_empty() && cell.iter().all(u8::is_ascii_digit));
        is_whole && cells.into_iter().collect::<BTreeSet<_>>().len() == all
    }

    /// Returns what makes a row one: a column that numbers things, or whose texts are codes, filled and another in each row.
    pub(in crate::metrics) fn key(&self) -> Option<String> {
        let rows = self.head.len();
        let is_code = |cell: &[u8]| cell.iter().any(u8::is_ascii_digit);
        let is_key = |column: &usize| {
            let profile = self.profiles[*column];
            let is_text = profile.numbers + profile.dates + profile.numeric_dates == 0;
            let is_named = self.numbers_things(*column);
            let is_coded = || is_text && self.head().all(|record| is_code(record.bytes(*column)));
            rows > 1 && profile.values == rows && (is_named || is_coded()) && self.distinct(*column) == rows
        };
        (0..self.shape.width).find(is_key).map(|column| self.shape.name(column))
    }

    /// Returns the columns, but those of dates, whose cells tell rows apart: at least half of them differ.
    pub(in crate::metrics) fn telling(&self) -> Vec<usize> {
        let tells = |column: &usize| {
            let profile = self.profiles[*column];
            !profile.mostly(profile.dates) && self.distinct(*column) * 2 >= self.head.len()
        };
        (0..self.shape.width).filter(tells).collect()
    }

    /// Returns how many different cells a column has in the first rows.
    fn distinct(&self, column: usize) -> usize {
        self.head().map(|record| record.bytes(column).to_vec()).collect::<BTreeSet<_>>().len()
    }
}
