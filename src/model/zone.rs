//! Zones: which day it is where.
//!
//! In: a zone's name or an offset, and times of a clock or since 1970. Out: one as the other. Where clocks are put back the
//! earlier of two times is taken.

use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::day::Day;

/// The zone in which the book's days are counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Coordinated universal time.
    #[must_use]
    pub const fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// Returns the zone of an IANA name (`Europe/Berlin`) or of an offset (`+02:00`).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("utc") || name == "Z" {
            return Some(Self::utc());
        }
        if let Some(offset) = parse_offset(name) {
            return jiff::tz::Offset::from_seconds(offset).ok().map(|offset| Self(offset.to_time_zone()));
        }
        TimeZone::get(name).ok().map(Self)
    }

    /// Returns the name by which [`named`](Self::named) finds the zone again.
    #[must_use]
    pub fn name(&self) -> String {
        match (self.0.iana_name(), self.0.to_fixed_offset()) {
            (Some(name), _) => name.to_owned(),
            (None, Ok(offset)) if offset.seconds() != 0 => {
                let minutes = offset.seconds().abs() / 60;
                let sign = if offset.seconds() < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
            _ => "UTC".to_owned(),
        }
    }

    /// Returns the civil day and the second of that day of a Unix time in seconds.
    #[must_use]
    pub fn civil(&self, unix_seconds: i64) -> Option<(Day, u32)> {
        let zoned = jiff::Timestamp::from_second(unix_seconds).ok()?.to_zoned(self.0.clone());
        let time = zoned.time();
        let seconds = i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
        Some((from_civil(zoned.date())?, u32::try_from(seconds).ok()?))
    }

    /// Returns the Unix time in seconds of a clock reading; the earlier one where clocks were put back.
    #[must_use]
    pub fn unix(&self, day: Day, second: u32) -> Option<i64> {
        Some(self.0.to_ambiguous_timestamp(clock_reading(day, second)?).compatible().ok()?.as_second())
    }

    /// Says whether clocks in this zone showed this reading twice, because they were put back.
    #[must_use]
    pub fn is_repeated(&self, day: Day, second: u32) -> bool {
        clock_reading(day, second).is_some_and(|reading| {
            matches!(self.0.to_ambiguous_timestamp(reading).offset(), AmbiguousOffset::Fold { .. })
        })
    }
}

fn clock_reading(day: Day, second: u32) -> Option<civil::DateTime> {
    let (year, month, date) = day.ymd();
    let date = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(date).ok()?).ok()?;
    let part = |unit: u32, limit: u32| i8::try_from(second / unit % limit).ok();
    Some(date.to_datetime(civil::Time::new(part(3600, 24)?, part(60, 60)?, part(1, 60)?, 0).ok()?))
}

/// Returns the seconds of an offset such as `+02:00`, `-0330` or `+11`.
#[must_use]
pub fn parse_offset(text: &str) -> Option<i32> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|&c| c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = match digits.len() {
        2 => (digits.parse().ok()?, 0),
        4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn from_civil(date: civil::Date) -> Option<Day> {
    Day::new(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a valid day")
    }

    #[test]
    fn zones_are_found_again_by_their_names() {
        for name in ["UTC", "Europe/Berlin", "+02:00", "-03:30"] {
            assert_eq!(Zone::named(name).expect("known").name(), name);
        }
    }

    #[test]
    fn instants_fall_on_the_day_of_the_books_zone() {
        let berlin = Zone::named("Europe/Berlin").expect("bundled");
        assert_eq!(berlin.civil(1_767_222_000), Some((day("2026-01-01"), 0)));
        assert_eq!(Zone::utc().civil(1_767_222_000), Some((day("2025-12-31"), 23 * 3600)));
        assert_eq!(berlin.unix(day("2026-01-01"), 0), Some(1_767_222_000));
        assert!(berlin.is_repeated(day("2026-10-25"), 2 * 3600 + 600));
        assert!(!berlin.is_repeated(day("2026-10-25"), 3 * 3600));
        assert_eq!(berlin.unix(day("2026-10-25"), 200_000), berlin.unix(day("2026-10-25"), 27_200), "times wrap");
        assert_eq!(parse_offset("-03:30"), Some(-12_600));
        assert!(Zone::named("Mars/Base").is_none());
    }
}
