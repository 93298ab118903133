//! What to do where an export has no column of dates, or none of numbers.
//!
//! In: the columns of an export. Out: a sentence that names the option which settles it, or says what stands there
//! instead. Nothing here decides how anything is read.

use std::collections::BTreeSet;

use super::columns::Columns;
use crate::metrics::cells::amount::{self, Scale};
use crate::metrics::cells::blank::is_missing_cell;
use crate::metrics::cells::date::looks_like_date;
use crate::metrics::cells::number::near_miss;
use crate::metrics::read::faults::quoted;
use crate::model::quantity::Number;

/// How a column's first cells are alike that may be dates if the book says so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `2026`
    Year,
    /// `202607`
    YearMonth,
    /// `46204`: days since 1899-12-30, for about the years 1995 to 2064.
    Serial,
    /// `7`
    Month,
}

/// What to say where nothing parts a line.
const ONE_CELL: &str =
    "its lines have one cell each: if something else than `,`, `;`, tab or `|` parts them, set `delimiter`";

impl Columns<'_> {
    /// Returns the first column that is called a date and holds years, or years with months, without anything between.
    pub(in crate::metrics) fn called_dates(&self) -> Option<usize> {
        const NAMES: &str = "date day month year period quarter week time datum tag monat jahr zeitraum date jour mois année \
            fecha mes año data mês ano anno mese maand jaar time_period observation_date yearmonth year_month";
        let is_called = |column: &usize| {
            let name = self.shape.name(*column).to_lowercase();
            NAMES.split_whitespace().any(|known| known == name)
        };
        // A year beside a month is no date by itself.
        let with_month = (0..self.shape.width).any(|column| is_called(&column) && self.all_are(column, Kind::Month));
        let year = |column: &usize| !with_month && self.all_are(*column, Kind::Year);
        let called = |column: &usize| is_called(column) && (self.all_are(*column, Kind::YearMonth) || year(column));
        (0..self.shape.width).find(called)
    }

    /// Says what to do where no column holds dates.
    pub(in crate::metrics) fn help_with_dates(&self) -> String {
        if self.has_dates_in_header() {
            return "dates stand in its header; export it with one row for each date".to_owned();
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
        format!("name the column with `date:`, and say how its dates are written with `date_format:`{first}")
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
        "name the column with `value:`, or count rows with `count: rows`".to_owned()
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

    fn all_are(&self, column: usize, kind: Kind) -> bool {
        let mut cells = self.cells_of(column).peekable();
        cells.peek().is_some() && cells.all(|cell| is(kind, &cell))
    }

    /// Returns the first cells of a column that say something.
    fn cells_of(&self, column: usize) -> impl Iterator<Item = Vec<u8>> {
        self.head().map(move |record| record.bytes(column).to_vec()).filter(|cell| !is_missing_cell(cell))
    }

    fn first_cell(&self, column: usize) -> Option<String> {
        self.cells_of(column).next().map(|cell| quoted(&String::from_utf8_lossy(&cell)))
    }
}

fn is(kind: Kind, cell: &[u8]) -> bool {
    let number = || Number::parse(std::str::from_utf8(cell).ok()?)?.parts().filter(|parts| parts.1 == 0);
    let Some((number, _)) = cell.first().filter(|byte| byte.is_ascii_digit()).and_then(|_| number()) else {
        return false;
    };
    match (kind, cell.len()) {
        (Kind::Year, 4) => (1900..=2199).contains(&number),
        (Kind::YearMonth, 6) => (1900..=2199).contains(&(number / 100)) && (1..=12).contains(&(number % 100)),
        (Kind::Serial, 5) => (35_000..=60_000).contains(&number),
        (Kind::Month, 1 | 2) => (1..=12).contains(&number),
        _ => false,
    }
}
