//! What a cell may say about time, and why it may be none of it.
//!
//! In: numbers of a calendar. Out: days, readings and faults that all who read dates share.

use super::time::{DAY, Tail};
use crate::model::calendar::Day;
use crate::model::grain::Grain;

/// What a cell says about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Reading {
    /// A day, perhaps with a time of day.
    Civil {
        /// The day as written.
        day: Day,
        /// Microseconds of the day, where a time is written.
        micros: Option<i64>,
        /// Seconds ahead of UTC, where an offset is written beside a time.
        offset: Option<i32>,
    },
    /// A period of several days, by its first.
    Period(Day, Grain),
    /// Microseconds since 1970-01-01 UTC.
    Unix(i64),
}

impl Reading {
    /// Returns its day, or its first one, in the zone it is written in; none where no calendar reaches.
    pub(in crate::metrics) fn first_day(self) -> Option<Day> {
        match self {
            Self::Civil { day, .. } | Self::Period(day, _) => Some(day),
            Self::Unix(micros) => i32::try_from(micros.div_euclid(DAY)).ok().map(Day::from_number),
        }
    }

    /// Says whether it is of a time that exports speak of, from 1990 to 2099; other numbers are none.
    pub(in crate::metrics) fn is_of_our_days(self) -> bool {
        self.first_day().is_some_and(|day| (1990..=2099).contains(&day.ymd().0))
    }
}

/// Which of the three numbers of `05/06/2026` is what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::metrics) enum Order {
    /// Month, day, year.
    MonthDay,
    /// Day, month, year.
    DayMonth,
    /// Year of two digits, month, day.
    YearMonthDay,
}

/// Why a cell is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Fault {
    /// It isn't written as one.
    NotADate,
    /// It isn't written as the book says.
    NotInFormat,
    /// The calendar has no such day.
    NoSuchDay,
    /// It has no year.
    NoYear,
    /// Its zone isn't known.
    Zone,
    /// Day and month may be either way round.
    Ambiguous,
    /// Day and month stand the other way round than in other cells.
    Contradiction,
}

/// Returns the period that begins on a day, or the day with what follows it.
pub(in crate::metrics) fn dated(first: Day, grain: Grain, tail: Tail) -> Result<Reading, Fault> {
    if grain == Grain::Day || tail.micros.is_some() { civil(first, tail) } else { Ok(Reading::Period(first, grain)) }
}

/// Returns a day with what follows it.
pub(in crate::metrics) fn civil(day: Day, tail: Tail) -> Result<Reading, Fault> {
    let (day, micros) = match tail.micros {
        Some(DAY) => (day.plus(1), Some(0)),
        micros => (day, micros),
    };
    Ok(Reading::Civil { day, micros, offset: tail.offset.filter(|_| micros.is_some()) })
}

/// Returns the day, where the calendar has it.
pub(in crate::metrics) fn day_of(year: i64, month: i64, day: i64) -> Option<Day> {
    Day::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}
