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
use crate::metrics::cells::tokens::{first_of_quarter, iso_week};
use crate::metrics::cells::words;
use crate::metrics::split::record::Record;
use crate::model::calendar::Day;
use crate::model::grain::{Grain, RowGrain};

/// Where a date is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum DateSource {
    /// One column.
    Column(usize),
    /// The column of a day's number, counted from a day that is 0.
    NthDay(usize, Day),
    /// No column: every row stands for one day.
    Fixed(Day),
    /// The column of a year, and that of a month, week or quarter in it.
    YearPart(usize, usize, Grain),
}

impl DateSource {
    /// Returns its columns.
    pub(in crate::metrics) fn columns(self) -> Vec<usize> {
        match self {
            Self::Column(column) | Self::NthDay(column, _) => vec![column],
            Self::Fixed(_) => Vec::new(),
            Self::YearPart(year, part, _) => vec![year, part],
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
    /// The ISO date of the row before.
    pub(in crate::metrics) latest: Option<([u8; 10], Found)>,
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
            DateSource::NthDay(column, start) => nth_day(record.bytes(column), start, column),
            DateSource::Fixed(day) => Found::At(Stamp::on(day, i64::from(day.number()) * DAY, false)),
            DateSource::YearPart(year, part, grain) => self.read_year_part(record, (year, part), grain),
        };
        self.state = Some(found);
        found
    }

    fn read_cell(&mut self, cell: &[u8], column: usize) -> Found {
        // Rows of one day stand together in most exports that tell of several things.
        if let Some(latest) = self.latest.filter(|(latest, _)| cell == latest) {
            return latest.1;
        }
        if let Some(day) = self.same_month(cell) {
            let found = Found::At(Stamp::on(day, i64::from(day.number()) * DAY, false));
            self.latest = <[u8; 10]>::try_from(cell).ok().map(|cell| (cell, found));
            return found;
        }
        match date::read(cell, &self.rules) {
            Ok(reading) => self.stamp(reading).map_or(Found::Bad(civil::Fault::NoSuchDay, column), Found::At),
            Err(_) if is_blank(cell) => Found::Missing,
            Err(fault) => Found::Bad(fault, column),
        }
    }

    /// Returns a reading's place in time, by the grain that the book states.
    fn stamp(&mut self, reading: civil::Reading) -> Option<Stamp> {
        let stamp = self.clock.stamp(reading)?;
        Some(match self.rules.grain {
            Some(RowGrain::Day) => Stamp::on(stamp.first, stamp.instant, stamp.clock_time),
            Some(stated) if stamp.grain < stated.grain() => Stamp::of_period(stated.begun(stamp.first), stated.grain()),
            _ => stamp,
        })
    }

    /// Reads an ISO date without a time in the month of the row before.
    fn same_month(&mut self, cell: &[u8]) -> Option<Day> {
        let Ok(&[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]) = <&[u8; 10]>::try_from(cell) else { return None };
        if !d1.is_ascii_digit() || !d2.is_ascii_digit() || self.rules.format.is_some() || self.rules.grain.is_some() {
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

    fn read_year_part(&mut self, record: &Record<'_>, (year, part): (usize, usize), grain: Grain) -> Found {
        let (year_cell, part_cell) = (record.bytes(year), record.bytes(part));
        if is_blank(year_cell) || is_blank(part_cell) {
            return Found::Missing;
        }
        let whole = |cell| match number::read(cell, Decimals::Point) {
            Ok(Some(number)) => number.normal().parts().filter(|parts| parts.1 == 0).map(|parts| parts.0),
            _ => None,
        };
        let Some(year_number) = whole(year_cell) else { return Found::Bad(civil::Fault::NotADate, year) };
        let Some(number) = whole(part_cell).or_else(|| named_part(&record.text(part), grain)) else {
            return Found::Bad(civil::Fault::NotADate, part);
        };
        let first = match grain {
            Grain::Week => iso_week(year_number, number, 1),
            Grain::Quarter => first_of_quarter(year_number, number),
            Grain::Day | Grain::Month | Grain::Year => civil::day_of(year_number, number, 1),
        };
        match first.and_then(|first| self.stamp(civil::Reading::Period(first, grain))) {
            Some(stamp) => Found::At(stamp),
            None => Found::Bad(civil::Fault::NoSuchDay, part),
        }
    }
}

/// Returns the day of a number, counted from the day that is 0.
fn nth_day(cell: &[u8], start: Day, column: usize) -> Found {
    if is_blank(cell) {
        return Found::Missing;
    }
    let number = std::str::from_utf8(cell).ok().and_then(|text| text.parse::<u16>().ok());
    number.map_or(Found::Bad(civil::Fault::NotADate, column), |number| {
        let day = start.plus(i32::from(number));
        Found::At(Stamp::on(day, i64::from(day.number()) * DAY, false))
    })
}

/// Returns the number of a part of a year that is written with letters: `July`, `W27`, `Q3`.
fn named_part(text: &str, grain: Grain) -> Option<i64> {
    match grain {
        Grain::Month => words::month(text).map(i64::from),
        Grain::Week | Grain::Quarter => {
            let number = text.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ');
            if number.len() < text.len() && number.len() <= 2 { number.parse().ok() } else { None }
        }
        Grain::Day | Grain::Year => None,
    }
}
