//! Days, counted from 1970-01-01.
//!
//! In: a date as people write it. Out: a number that goes to and fro, and the date again. Knows no zone and no time of day.

use std::fmt;

/// A civil day, counted from 1970-01-01; shown as `2026-11-20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The earliest day that can be written, 0001-01-01.
    pub const MIN: Self = Self(-719_162);
    /// The latest day that can be written, 9999-12-31.
    pub const MAX: Self = Self(2_932_896);

    /// Returns the day, or nothing where the calendar has no such day.
    #[must_use]
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let month_in_range = (1..=12).contains(&month) && (1..=9999).contains(&year);
        if !month_in_range || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        // Days from civil, counting years from March so that leap days come last.
        let (y, m) = (i32::from(year) - i32::from(month <= 2), i32::from(month));
        let era = y.div_euclid(400);
        let year_of_era = y - era * 400;
        let day_of_year = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + i32::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self(era * 146_097 + day_of_era - 719_468))
    }

    /// Returns the day that `2026-11-20` names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let digits = |range: std::ops::Range<usize>| {
            bytes[range].iter().try_fold(0_i16, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i16::from(b - b'0')))
        };
        Self::new(digits(0..4)?, u8::try_from(digits(5..7)?).ok()?, u8::try_from(digits(8..10)?).ok()?)
    }

    /// Returns the day that is `number` days after 1970-01-01, kept inside the calendar.
    #[must_use]
    pub const fn from_number(number: i32) -> Self {
        if number < Self::MIN.0 {
            Self::MIN
        } else if number > Self::MAX.0 {
            Self::MAX
        } else {
            Self(number)
        }
    }

    /// Returns how many days lie between 1970-01-01 and this day.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Returns the day `days` later, kept inside the calendar.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self::from_number(self.0.saturating_add(days))
    }

    /// Returns how many days this day is after `other` (negative where it is before).
    #[must_use]
    pub const fn since(self, other: Self) -> i32 {
        self.0 - other.0
    }

    /// Returns year, month and day of the month.
    #[must_use]
    pub fn ymd(self) -> (i16, u8, u8) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted - era * 146_097;
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        let small = |n: i32| u8::try_from(n).unwrap_or(1);
        (i16::try_from(year).unwrap_or(i16::MAX), small(month), small(day))
    }

    /// Returns the first day of the month that begins `months` months after this day's month.
    #[must_use]
    pub fn month_start(self, months: i32) -> Self {
        let (year, month, _) = self.ymd();
        let index = i32::from(year) * 12 + i32::from(month) - 1 + months;
        let year = i16::try_from(index.div_euclid(12)).unwrap_or(9999);
        let month = u8::try_from(index.rem_euclid(12) + 1).unwrap_or(1);
        Self::new(year, month, 1).unwrap_or(if months < 0 { Self::MIN } else { Self::MAX })
    }
}

impl Day {
    /// Returns the day as it is displayed, in ASCII.
    #[must_use]
    pub fn ascii(self) -> [u8; 10] {
        let (year, month, day) = self.ymd();
        let digit = |number: u16, unit: u16| b'0' + (number / unit % 10) as u8;
        let (year, month, day) = (year.unsigned_abs(), u16::from(month), u16::from(day));
        [
            digit(year, 1000),
            digit(year, 100),
            digit(year, 10),
            digit(year, 1),
            b'-',
            digit(month, 10),
            digit(month, 1),
            b'-',
            digit(day, 10),
            digit(day, 1),
        ]
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.ascii()).unwrap_or_default())
    }
}

const fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a valid day")
    }

    #[test]
    fn days_go_to_numbers_and_back_over_the_whole_calendar() {
        assert_eq!(day("1970-01-01").number(), 0);
        assert_eq!(Day::new(1, 1, 1), Some(Day::MIN));
        assert_eq!(Day::new(9999, 12, 31), Some(Day::MAX));
        for number in (Day::MIN.number()..=Day::MAX.number()).step_by(37) {
            let (year, month, date) = Day::from_number(number).ymd();
            assert_eq!(Day::new(year, month, date), Some(Day::from_number(number)));
        }
    }

    #[test]
    fn days_that_the_calendar_lacks_are_refused() {
        for bad in ["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "0000-01-01", "2026-04-31"] {
            assert!(Day::parse(bad).is_none(), "{bad}");
        }
        assert!(Day::parse("2000-02-29").is_some());
    }
}
