//! Days, quarters as half-open ranges of days, and the book's calendar.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::ids::{CycleKind, QuarterId};
use super::words::words;

/// The months of the year, in small letters.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

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

/// A half-open range of days: `start` is inside, `end` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// First day.
    pub start: Day,
    /// First day behind.
    pub end: Day,
}

impl Window {
    /// Returns how many days the window has; 0 where the end isn't after the start.
    #[must_use]
    pub const fn days(self) -> i32 {
        let days = self.end.since(self.start);
        if days > 0 { days } else { 0 }
    }

    /// Says whether the day is inside.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.start <= day && day < self.end
    }

    /// Returns this window up to and including `as_of`; empty (at its start) where it begins later.
    #[must_use]
    pub fn until(self, as_of: Day) -> Self {
        Self { start: self.start, end: self.end.min(as_of.plus(1)).max(self.start) }
    }

    /// Returns the window just before this one: of as many months where this one is made of whole months, so that a
    /// quarter follows on the whole of the quarter before, else of as many days.
    #[must_use]
    pub fn before(self) -> Self {
        let month = |day: Day| {
            let (year, month, first) = day.ymd();
            (first == 1).then(|| i32::from(year) * 12 + i32::from(month))
        };
        let start = match (month(self.start), month(self.end)) {
            (Some(first), Some(after)) => self.start.month_start(first - after),
            _ => self.start.plus(-self.days()),
        };
        Self { start, end: self.start }
    }
}

/// A fiscal quarter and its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quarter {
    /// Its name.
    pub id: QuarterId,
    /// Its days.
    pub window: Window,
}

impl Quarter {
    /// Says whether the quarter is over on the day: from its `end` on.
    #[must_use]
    pub fn is_over(self, as_of: Day) -> bool {
        as_of >= self.window.end
    }

    /// Returns the day from which on a lock is late: a quarter's first three weeks are for finding goals.
    #[must_use]
    pub const fn late_from(self) -> Day {
        self.window.start.plus(self.id.kind.late_after())
    }

    /// Returns the day up to which the quarter is judged: the as-of date, capped at the quarter's last day.
    #[must_use]
    pub fn capped(self, as_of: Day) -> Day {
        as_of.min(self.window.end.plus(-1))
    }
}

/// Which calendar year a fiscal year is named after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameBy {
    /// The year in which it starts.
    Start,
    /// The year in which it ends.
    End,
}

words!(NameBy { Start => "start", End => "end" });

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

/// How the book cuts time into quarters.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// First month of the fiscal year, 1 to 12.
    pub first_month: u8,
    /// Which year names the fiscal year.
    pub name_by: NameBy,
    /// Where a day begins.
    pub zone: Zone,
    /// How long the book's cycles usually are.
    pub cycles: CycleKind,
    /// Cycles whose dates the book gives itself, sorted by id.
    pub explicit: Vec<Quarter>,
    /// Days on which nobody works.
    pub holidays: BTreeSet<Day>,
}

impl Default for Calendar {
    fn default() -> Self {
        Self {
            first_month: 1,
            name_by: NameBy::Start,
            zone: Zone::utc(),
            cycles: CycleKind::Quarter,
            explicit: Vec::new(),
            holidays: BTreeSet::new(),
        }
    }
}

impl Calendar {
    /// Returns the cycle's days: of months those of the calendar, of others those of the fiscal year.
    #[must_use]
    pub fn quarter(&self, id: QuarterId) -> Quarter {
        if let Some(quarter) = self.explicit.iter().find(|quarter| quarter.id == id) {
            return *quarter;
        }
        let is_month = id.kind == CycleKind::Month;
        let named_by_end = self.name_by == NameBy::End && self.first_month != 1 && !is_month;
        let year = id.year - i16::from(named_by_end);
        let first_month = if is_month { 1 } else { self.first_month };
        let year_start = Day::new(year, first_month, 1).unwrap_or(Day::MIN);
        let length = i32::from(id.kind.months());
        let months = i32::from(id.number - 1) * length;
        let window = Window { start: year_start.month_start(months), end: year_start.month_start(months + length) };
        Quarter { id, window }
    }

    /// Returns the cycle that holds the day, of the length that the book's cycles have.
    #[must_use]
    pub fn quarter_of(&self, day: Day) -> Quarter {
        let kind = self.cycles;
        let mut explicit = self.explicit.iter().filter(|quarter| quarter.id.kind == kind);
        if let Some(quarter) = explicit.find(|quarter| quarter.window.contains(day)) {
            return *quarter;
        }
        let (year, ..) = day.ymd();
        let years = [year - 1, year, year.saturating_add(1)];
        let candidates = years.iter().flat_map(|&year| (1..=kind.per_year()).map(move |number| (year, number)));
        candidates
            .map(|(year, number)| self.quarter(QuarterId { year, kind, number }))
            .find(|quarter| quarter.window.contains(day))
            .unwrap_or_else(|| self.quarter(QuarterId { year, kind, number: 1 }))
    }
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

    #[test]
    fn a_fiscal_year_may_start_in_any_month_and_be_named_after_its_end() {
        let calendar = Calendar { first_month: 2, name_by: NameBy::End, ..Calendar::default() };
        let q1 = calendar.quarter(QuarterId::quarter(2026, 1));
        assert_eq!((q1.window.start, q1.window.end), (day("2025-02-01"), day("2025-05-01")));
        assert_eq!(calendar.quarter_of(day("2026-01-31")).id.to_string(), "2026-Q4");
        assert_eq!(calendar.quarter_of(day("2026-02-01")).id.to_string(), "2027-Q1");
    }

    #[test]
    fn a_quarter_is_over_from_its_end_on() {
        let quarter = Calendar::default().quarter(QuarterId::quarter(2026, 3));
        assert!(!quarter.is_over(day("2026-09-30")));
        assert!(quarter.is_over(day("2026-10-01")));
        assert_eq!(quarter.capped(day("2026-11-20")), day("2026-09-30"));
        assert_eq!(quarter.window.days(), 92);
        assert_eq!(quarter.window.until(day("2026-07-01")).days(), 1);
        assert_eq!(quarter.window.until(day("2026-01-01")).days(), 0);
    }

    #[test]
    fn the_quarter_before_is_whole_however_many_days_it_has() {
        for (start, end, before) in [
            ("2026-01-01", "2026-04-01", "2025-10-01"),
            ("2026-02-01", "2026-05-01", "2025-11-01"),
            ("2026-07-01", "2026-10-01", "2026-04-01"),
            ("2026-01-01", "2026-07-01", "2025-07-01"),
            ("2026-01-05", "2026-04-06", "2025-10-06"),
        ] {
            let window = Window { start: day(start), end: day(end) };
            assert_eq!(window.before(), Window { start: day(before), end: day(start) }, "{start}");
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
