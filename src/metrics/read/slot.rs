//! Dates of the row at hand: read at most once, however many queries ask for them.
//!
//! In: a record, and where and how its date is written. Out: the day and instant on which the row counts, that there
//! is none, or why it can't be read.

use crate::metrics::cells::blank::is_blank;
use crate::metrics::cells::civil;
use crate::metrics::cells::clock::{Clock, Stamp};
use crate::metrics::cells::date::{self, Rules};
use crate::metrics::cells::number::{self, Decimals};
use crate::metrics::cells::time::DAY;
use crate::metrics::cells::words;
use crate::metrics::split::records::Record;
use crate::model::calendar::Day;

/// Where a date is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum DateSource {
    /// One column.
    Column(usize),
    /// A year's and a month's column.
    YearMonth(usize, usize),
}

impl DateSource {
    /// Returns its columns.
    pub(in crate::metrics) fn columns(self) -> Vec<usize> {
        match self {
            Self::Column(column) => vec![column],
            Self::YearMonth(year, month) => vec![year, month],
        }
    }
}

/// A date of the row at hand, read at most once.
pub(in crate::metrics) struct DateSlot {
    /// Where it stands.
    pub(in crate::metrics) source: DateSource,
    /// How it is written.
    pub(in crate::metrics) rules: Rules,
    /// Which day an instant falls on.
    pub(in crate::metrics) clock: Clock,
    /// The export's zone as the book says it.
    pub(in crate::metrics) zone: Option<String>,
    /// The date format as the book says it.
    pub(in crate::metrics) format: Option<String>,
    /// What the row at hand says.
    pub(in crate::metrics) state: Option<Found>,
    /// The month of the row before, for rows that stand in the same one.
    pub(in crate::metrics) month: Month,
}

/// The beginning of an ISO date (`2026-07-`), with the number of the day before the month's first.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::metrics) struct Month {
    beginning: [u8; 8],
    before: i32,
}

/// What a date's cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Found {
    /// There is none.
    Missing,
    /// It can't be read; the column that is wrong.
    Bad(civil::Fault, usize),
    /// A day.
    At(Stamp),
}

impl DateSlot {
    /// Returns what the row at hand says.
    #[inline]
    pub(in crate::metrics) fn read(&mut self, record: &Record<'_>) -> Found {
        self.state.unwrap_or_else(|| self.read_anew(record))
    }

    fn read_anew(&mut self, record: &Record<'_>) -> Found {
        let found = match self.source {
            DateSource::Column(column) => self.read_cell(record.bytes(column), column),
            DateSource::YearMonth(year, month) => self.read_year_month(record, year, month),
        };
        self.state = Some(found);
        found
    }

    fn read_cell(&mut self, cell: &[u8], column: usize) -> Found {
        if let Some(day) = self.same_month(cell) {
            return Found::At(Stamp { day, instant: i64::from(day.number()) * DAY, clock_time: false });
        }
        match date::read(cell, &self.rules) {
            Ok(reading) => self.clock.stamp(reading).map_or(Found::Bad(civil::Fault::NoSuchDay, column), Found::At),
            Err(_) if is_blank(cell) => Found::Missing,
            Err(fault) => Found::Bad(fault, column),
        }
    }

    /// Reads an ISO date without a time in the month of the row before.
    fn same_month(&mut self, cell: &[u8]) -> Option<Day> {
        let Ok(&[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]) = <&[u8; 10]>::try_from(cell) else { return None };
        if !d1.is_ascii_digit() || !d2.is_ascii_digit() || self.rules.format.is_some() {
            return None;
        }
        let number = i32::from(d1 - b'0') * 10 + i32::from(d2 - b'0');
        let beginning = [y1, y2, y3, y4, b'-', m1, m2, b'-'];
        // Every month has 28 days; the last ones are left to the calendar.
        if beginning == self.month.beginning && (1..=28).contains(&number) {
            return Some(Day::from_number(self.month.before + number));
        }
        let day = Day::parse(std::str::from_utf8(cell).ok()?)?;
        self.month = Month { beginning, before: day.number() - number };
        Some(day)
    }

    fn read_year_month(&mut self, record: &Record<'_>, year: usize, month: usize) -> Found {
        let (year_cell, month_cell) = (record.bytes(year), record.bytes(month));
        if is_blank(year_cell) || is_blank(month_cell) {
            return Found::Missing;
        }
        let whole = |cell| match number::read(cell, Decimals::Point) {
            Ok(Some(number)) => number.normal().parts().filter(|parts| parts.1 == 0).map(|parts| parts.0),
            _ => None,
        };
        let Some(number) = whole(year_cell) else { return Found::Bad(civil::Fault::NotADate, year) };
        let named = || words::month(&record.text(month)).map(i64::from);
        let Some(month_number) = whole(month_cell).or_else(named) else {
            return Found::Bad(civil::Fault::NotADate, month);
        };
        let day = civil::day_of(number, month_number, 1);
        let reading = day.map(|day| civil::Reading::Civil { day, micros: None, offset: None });
        match reading.and_then(|reading| self.clock.stamp(reading)) {
            Some(stamp) => Found::At(stamp),
            None => Found::Bad(civil::Fault::NoSuchDay, month),
        }
    }
}
