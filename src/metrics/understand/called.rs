//! Columns that are dates by their names: `Year`, `Month`, `Week`.
//!
//! In: the columns of an export. Out: those that are called a date, or a year and a part of it, and hold such numbers.

use super::columns::Columns;
use crate::metrics::cells::blank::is_missing_cell;
use crate::metrics::cells::text::decode;
use crate::metrics::cells::words;
use crate::metrics::read::slot::DateSource;
use crate::model::grain::Grain;
use crate::model::quantity::Number;

/// How a column's first cells are alike that may be dates if the book says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Kind {
    /// `2026`
    Year,
    /// `202607`
    YearMonth,
    /// `46204`: days since 1899-12-30, for about the years 1995 to 2064.
    Serial,
    /// `7`
    Month,
    /// `27`
    Week,
    /// `3`
    Quarter,
}

impl Columns<'_> {
    /// Returns the first column that is called a date and holds years, or years with months, without anything between.
    pub(in crate::metrics) fn called_dates(&self) -> Option<usize> {
        const NAMES: &str = "date day month year period quarter week time datum tag monat jahr zeitraum date jour mois année \
            fecha mes año data mês ano anno mese maand jaar time_period observation_date yearmonth year_month";
        let is_called = |column: &usize| {
            let name = self.shape.name(*column).to_lowercase();
            NAMES.split_whitespace().any(|known| known == name)
        };
        // A year beside a part of it is no date by itself.
        let with_part = self.year_part().is_some()
            || (0..self.shape.width).any(|column| is_called(&column) && self.all_are(column, Kind::Month));
        let year = |column: &usize| !with_part && self.all_are(*column, Kind::Year);
        let called = |column: &usize| is_called(column) && (self.all_are(*column, Kind::YearMonth) || year(column));
        (0..self.shape.width).find(called)
    }

    /// Returns the columns that are called a year and a month, week or quarter, and hold such numbers.
    pub(in crate::metrics) fn year_part(&self) -> Option<DateSource> {
        const YEARS: &str = "year jahr année annee año ano anno jaar rok år fiscal_year calendar_year";
        const PARTS: [(Grain, Kind, &str); 3] = [
            (Grain::Month, Kind::Month, "month monat mois mes mês mese maand month_number month_of_year mo"),
            (
                Grain::Week,
                Kind::Week,
                "week kw woche semaine semana settimana iso_week isoweek week_number week_of_year wk",
            ),
            (Grain::Quarter, Kind::Quarter, "quarter quartal trimestre kwartaal qtr fiscal_quarter"),
        ];
        let column = |names: &str, kind: Kind| {
            (0..self.shape.width).find(|&column| {
                let name = self.shape.name(column).to_lowercase().replace([' ', '-'], "_");
                names.split_whitespace().any(|known| known == name) && self.all_are(column, kind)
            })
        };
        let year = column(YEARS, Kind::Year)?;
        PARTS.into_iter().find_map(|(grain, kind, names)| Some(DateSource::YearPart(year, column(names, kind)?, grain)))
    }

    /// Says whether all first cells of a column that say something are of a kind.
    pub(in crate::metrics) fn all_are(&self, column: usize, kind: Kind) -> bool {
        let mut cells = self.cells_of(column).peekable();
        cells.peek().is_some() && cells.all(|cell| is(kind, &cell))
    }

    /// Returns the first cells of a column that say something.
    pub(in crate::metrics) fn cells_of(&self, column: usize) -> impl Iterator<Item = Vec<u8>> {
        self.head().map(move |record| record.bytes(column).to_vec()).filter(|cell| !is_missing_cell(cell))
    }
}

/// Says whether a cell is of a kind.
pub(in crate::metrics) fn is(kind: Kind, cell: &[u8]) -> bool {
    let named = || Some(std::str::from_utf8(cell).ok()?.trim_start_matches(|c: char| c.is_alphabetic() || c == ' '));
    let cell = match kind {
        // `W27`, `Q3`
        Kind::Week | Kind::Quarter => named().map_or(cell, str::as_bytes),
        Kind::Month if words::month(&decode(cell)).is_some() => return true,
        _ => cell,
    };
    let number = || Number::parse(std::str::from_utf8(cell).ok()?)?.parts().filter(|parts| parts.1 == 0);
    let Some((number, _)) = cell.first().filter(|byte| byte.is_ascii_digit()).and_then(|_| number()) else {
        return false;
    };
    match (kind, cell.len()) {
        (Kind::Year, 4) => (1900..=2199).contains(&number),
        (Kind::YearMonth, 6) => (1900..=2199).contains(&(number / 100)) && (1..=12).contains(&(number % 100)),
        (Kind::Serial, 5) => (35_000..=60_000).contains(&number),
        (Kind::Month, 1 | 2) => (1..=12).contains(&number),
        (Kind::Week, 1 | 2) => (1..=53).contains(&number),
        (Kind::Quarter, 1) => (1..=4).contains(&number),
        _ => false,
    }
}
