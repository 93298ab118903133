//! Readings to days of the book's zone.
//!
//! In: what a cell says about time. Out: the day on which it counts, and an instant to order rows by. A date without
//! a time counts on that day whatever the zone; so does a time without an offset, unless the book states the
//! export's zone.

use super::civil::Reading;
use super::time::{DAY, SECOND};
use crate::model::calendar::Day;
use crate::model::grain::Grain;
use crate::model::zone::Zone;

/// A row's place in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) struct Stamp {
    /// The day on which the row counts.
    pub(in crate::metrics) day: Day,
    /// The first day that it speaks of: another one where it speaks of a period.
    pub(in crate::metrics) first: Day,
    /// The last day that it speaks of.
    pub(in crate::metrics) last: Day,
    /// How long a period it speaks of.
    pub(in crate::metrics) grain: Grain,
    /// Microseconds, to order the rows of one column by.
    pub(in crate::metrics) instant: i64,
    /// Whether the instant is a clock's reading without an offset, which clocks may show twice.
    pub(in crate::metrics) clock_time: bool,
}

impl Stamp {
    /// Returns the place in time of a row that speaks of one day.
    pub(in crate::metrics) const fn on(day: Day, instant: i64, clock_time: bool) -> Self {
        Self { day, first: day, last: day, grain: Grain::Day, instant, clock_time }
    }

    /// Returns the place in time of a row that speaks of the period that holds a day, or that begins with it.
    pub(in crate::metrics) fn of_period(day: Day, grain: Grain) -> Self {
        let first = grain.first(day);
        let instant = i64::from(first.number()) * DAY;
        Self { day: grain.kept_on(first), first, last: grain.last(first), grain, instant, clock_time: false }
    }

    /// Returns the same as of a day: a period that has begun and isn't over speaks of its days so far.
    pub(in crate::metrics) fn as_of(self, as_of: Day) -> Self {
        if self.first <= as_of && as_of < self.last {
            Self { day: self.day.min(as_of), last: as_of, ..self }
        } else {
            self
        }
    }
}

/// Zones, with the offsets that were asked for last.
#[derive(Debug, Clone)]
pub(in crate::metrics) struct Clock {
    book: Zone,
    /// The zone of times without offset, where it isn't the book's.
    naive: Option<Zone>,
    /// Offset of the book's zone in a quarter of an hour.
    book_offset: Option<(i64, i64)>,
    /// Offset of the export's zone in a quarter of an hour of its clocks.
    naive_offset: Option<(i64, i64)>,
}

/// Zones change their offset at quarters of an hour only.
const STEP: i64 = 900;

impl Clock {
    /// Returns a clock for the book's zone and that of times without offset.
    pub(in crate::metrics) fn new(book: &Zone, naive: Option<Zone>) -> Self {
        let naive = naive.filter(|naive| naive != book);
        Self { book: book.clone(), naive, book_offset: None, naive_offset: None }
    }

    /// Returns the day on which a reading counts; nothing where it is outside the calendar.
    #[inline]
    pub(in crate::metrics) fn stamp(&mut self, reading: Reading) -> Option<Stamp> {
        match reading {
            Reading::Unix(micros) => self.at(micros),
            Reading::Period(first, grain) => Some(Stamp::of_period(first, grain)),
            Reading::Civil { day, micros: None, .. } => Some(Stamp::on(day, i64::from(day.number()) * DAY, false)),
            Reading::Civil { day, micros: Some(micros), offset: Some(offset) } => {
                self.at(i64::from(day.number()) * DAY + micros - i64::from(offset) * SECOND)
            }
            Reading::Civil { day, micros: Some(micros), offset: None } => {
                let instant = i64::from(day.number()) * DAY + micros;
                if self.naive.is_none() {
                    return Some(Stamp::on(day, instant, true));
                }
                let offset = self.offset_of_clocks(instant.div_euclid(SECOND))?;
                // Instants keep the clock's reading, so that a repeated hour can be told.
                self.at(instant - offset * SECOND).map(|stamp| Stamp { instant, clock_time: true, ..stamp })
            }
        }
    }

    /// Returns a place in time as microseconds since 1970 in UTC, by which times from one to another are counted; of an hour
    /// that clocks show twice the first.
    pub(in crate::metrics) fn unix(&mut self, stamp: Stamp) -> Option<i64> {
        if !stamp.clock_time {
            return Some(stamp.instant);
        }
        Some(stamp.instant - self.offset_of_clocks(stamp.instant.div_euclid(SECOND))? * SECOND)
    }

    /// Says whether clocks without offset showed the instant twice.
    pub(in crate::metrics) fn is_repeated(&self, instant: i64) -> bool {
        let zone = self.naive.as_ref().unwrap_or(&self.book);
        let seconds = instant.div_euclid(SECOND);
        let second = u32::try_from(seconds.rem_euclid(86_400)).unwrap_or_default();
        zone.is_repeated(Day::from_number(i32::try_from(seconds.div_euclid(86_400)).unwrap_or(0)), second)
    }

    fn at(&mut self, instant: i64) -> Option<Stamp> {
        let seconds = instant.div_euclid(SECOND);
        let block = seconds.div_euclid(STEP);
        let offset = match self.book_offset {
            Some((known, offset)) if known == block => offset,
            _ => {
                let (day, second) = self.book.civil(block * STEP)?;
                let offset = i64::from(day.number()) * 86_400 + i64::from(second) - block * STEP;
                self.book_offset = Some((block, offset));
                offset
            }
        };
        let day = i32::try_from((seconds + offset).div_euclid(86_400)).ok()?;
        (Day::MIN.number()..=Day::MAX.number()).contains(&day).then(|| Stamp::on(Day::from_number(day), instant, false))
    }

    fn offset_of_clocks(&mut self, seconds: i64) -> Option<i64> {
        let block = seconds.div_euclid(STEP);
        if let Some((known, offset)) = self.naive_offset
            && known == block
        {
            return Some(offset);
        }
        let start = block * STEP;
        let day = Day::from_number(i32::try_from(start.div_euclid(86_400)).ok()?);
        let zone = self.naive.as_ref().unwrap_or(&self.book);
        let unix = zone.unix(day, u32::try_from(start.rem_euclid(86_400)).ok()?)?;
        self.naive_offset = Some((block, start - unix));
        Some(start - unix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::cells::date::{Rules, read};

    #[track_caller]
    fn check(book: &str, naive: Option<&str>, cells: &[(&str, &str)]) {
        let zone = |name: &str| Zone::named(name).expect("bundled");
        let mut clock = Clock::new(&zone(book), naive.map(zone));
        for (cell, expected) in cells {
            let reading = read(cell.as_bytes(), &Rules::default()).expect("a date");
            assert_eq!(clock.stamp(reading).map(|stamp| stamp.day.to_string()).as_deref(), Some(*expected), "{cell}");
        }
    }

    #[test]
    fn instants_count_on_the_day_of_the_books_zone() {
        check(
            "Europe/Berlin",
            None,
            &[
                ("2026-06-30T22:30:00Z", "2026-07-01"),
                ("2026-06-30T21:59:59Z", "2026-06-30"),
                ("2026-12-31T22:59:59Z", "2026-12-31"),
                ("2026-12-31T23:00:00Z", "2027-01-01"),
                ("2026-07-01T00:30:00+11:00", "2026-06-30"),
                ("1782858600", "2026-07-01"),
            ],
        );
    }

    #[test]
    fn days_and_clock_times_stay_where_they_are_written() {
        check("Europe/Berlin", None, &[("2026-07-01", "2026-07-01"), ("2026-07-01 23:59", "2026-07-01")]);
        let new_york = Some("America/New_York");
        check("Europe/Berlin", new_york, &[("2026-07-01", "2026-07-01"), ("2026-07-01 17:59", "2026-07-01")]);
        check("Europe/Berlin", new_york, &[("2026-07-01 18:00", "2026-07-02"), ("2026-07-01 00:00", "2026-07-01")]);
    }

    #[test]
    fn the_hour_that_clocks_show_twice_is_known() {
        let clock = Clock::new(&Zone::named("America/Los_Angeles").expect("bundled"), None);
        let instant = |text: &str| {
            Clock::new(&Zone::utc(), None)
                .stamp(read(text.as_bytes(), &Rules::default()).expect("a date"))
                .expect("fits")
                .instant
        };
        assert!(clock.is_repeated(instant("2026-11-01 01:30")));
        assert!(!clock.is_repeated(instant("2026-11-01 02:30")));
    }

    #[test]
    fn instants_outside_the_calendar_have_no_day() {
        let mut clock = Clock::new(&Zone::utc(), None);
        assert_eq!(clock.stamp(Reading::Unix(i64::MAX)), None);
        assert_eq!(clock.stamp(Reading::Unix(i64::MIN)), None);
    }
}
