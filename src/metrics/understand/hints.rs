//! What to do where an export has no column of dates, or none of numbers.
//!
//! In: the columns of an export. Out: a sentence that names the option which settles it, or says what stands there
//! instead. Nothing here decides how anything is read.

use std::collections::BTreeSet;

use super::called::{Kind, is};
use super::columns::Columns;
use crate::metrics::cells::amount::{self, Scale};
use crate::metrics::cells::date::looks_like_date;
use crate::metrics::cells::number::near_miss;
use crate::metrics::read::faults::quoted;

/// What to say where nothing parts a line.
const ONE_CELL: &str =
    "its lines have one cell each: if something else than `,`, `;`, tab or `|` parts them, set `delimiter`";

/// What to say where columns are called like dates.
const DATES_IN_HEADER: &str = "dates stand in its header; export it with one row for each date";

impl Columns<'_> {
    /// Says what to do where no column holds dates.
    pub(in crate::metrics) fn help_with_dates(&self) -> String {
        if self.has_dates_in_header() {
            return DATES_IN_HEADER.to_owned();
        }
        if self.shape.width == 1 {
            return ONE_CELL.to_owned();
        }
        let all = |kind: Kind| (0..self.shape.width).find(|&column| self.all_are(column, kind));
        if let (Some(year), Some(month)) = (all(Kind::Year), all(Kind::Month)) {
            let (year, month) = (self.shape.name(year), self.shape.name(month));
            return format!("set `date: {{ year: {year}, month: {month} }}` in the metric's definition");
        }
        for kind in [Kind::Year, Kind::YearMonth, Kind::Serial] {
            let Some(column) = all(kind) else { continue };
            let name = self.shape.name(column);
            return match kind {
                Kind::Serial => format!(
                    "if {} counts days as Excel does, set `date: {name}` and `date_format: excel` in the metric's definition",
                    self.name(column)
                ),
                _ => format!("if {} holds dates, set `date: {name}` in the metric's definition", self.name(column)),
            };
        }
        let first =
            self.first_cell(0).map_or_else(String::new, |cell| format!(" (its first column begins with {cell})"));
        format!(
            "name the column with `date:`, and say how its dates are written with `date_format:`{first}; where the rows say how \
             things stood on one day, say on which: `snapshot: 2026-11-20`"
        )
    }

    /// Says what to do where no column that is none of `taken` holds numbers.
    pub(in crate::metrics) fn help_with_numbers(&self, taken: &BTreeSet<usize>) -> String {
        if self.shape.width == 1 {
            return format!("{ONE_CELL}; to count rows, say `count: rows`");
        }
        let free = || (0..self.shape.width).filter(|column| !taken.contains(column));
        let amounts = |column: &usize| {
            amount::SCALES.into_iter().any(|scale| self.profiles[*column].mostly(self.amounts(*column, scale)))
        };
        if let Some(column) = free().find(amounts)
            && let Some(help) = self.cells_of(column).find_map(|cell| amount::help(&cell, Scale::Plain))
        {
            return format!("the cells of {} are durations or sizes; {help}", self.name(column));
        }
        let near = free().find_map(|column| {
            let why = |cell: &Vec<u8>| amount::help(cell, Scale::Bare).or_else(|| near_miss(cell).map(str::to_owned));
            self.cells_of(column).find_map(|cell| Some((column, why(&cell)?, cell)))
        });
        if let Some((column, why, cell)) = near {
            return format!("{} holds {}; {why}", self.name(column), quoted(&String::from_utf8_lossy(&cell)));
        }
        let numbers_things = |column: &usize| self.profiles[*column].numbers > 0 && self.numbers_things(*column);
        match free().find(numbers_things) {
            Some(column) => format!(
                "{} numbers things and measures none; name a column with `value:`, or count rows with `count: rows`",
                self.name(column)
            ),
            None => "name the column with `value:`, or count rows with `count: rows`".to_owned(),
        }
    }

    /// Says what to do where several columns hold numbers.
    pub(in crate::metrics) fn help_with_several(&self, columns: &[usize]) -> String {
        let header = self.shape.header.as_deref();
        if columns.iter().all(|&column| self.known.is_one_of_dates(column, header)) {
            return DATES_IN_HEADER.to_owned();
        }
        let names: Vec<String> = columns.iter().take(12).map(|&at| self.name(at)).collect();
        format!("say which one with `value:`; they are {}", names.join(", "))
    }

    /// Says whether the header's cells are dates or years, as in a table with a column for each.
    fn has_dates_in_header(&self) -> bool {
        let first: Vec<String> = match (&self.shape.header, self.head().next()) {
            (Some(header), _) => header.clone(),
            // Years in a header make it look like a row.
            (None, Some(record)) => (0..self.shape.width).map(|column| record.text(column).into_owned()).collect(),
            (None, None) => return false,
        };
        let years = first.iter().filter(|name| is(Kind::Year, name.as_bytes())).count();
        first.iter().filter(|name| looks_like_date(name.as_bytes())).count() > 1 || years > 1
    }

    fn first_cell(&self, column: usize) -> Option<String> {
        self.cells_of(column).next().map(|cell| quoted(&String::from_utf8_lossy(&cell)))
    }
}
