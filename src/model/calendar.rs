//! Days, quarters as half-open ranges of days, and the book's calendar.

use std::collections::{BTreeMap, BTreeSet};

pub use super::day::Day;
use super::ids::{CycleId, CycleKind};
use super::words::words;
use super::zone::Zone;

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

    /// Says whether the two have a day in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Says whether all days of another window are inside.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns this window up to and including `as_of`; empty (at its start) where it begins later.
    #[must_use]
    pub fn until(self, as_of: Day) -> Self {
        Self { start: self.start, end: self.end.min(as_of.plus(1)).max(self.start) }
    }

    /// Returns how many months it is made of; nothing where it begins or ends within one.
    #[must_use]
    pub fn whole_months(self) -> Option<u8> {
        let (first, behind) = (month_that_begins(self.start)?, month_that_begins(self.end)?);
        u8::try_from(behind - first).ok().filter(|months| *months > 0)
    }

    /// Returns the window just before this one: of as many months where this one is made of whole months, so that a
    /// quarter follows on the whole of the quarter before, else of as many days.
    #[must_use]
    pub fn before(self) -> Self {
        let start = match (month_that_begins(self.start), month_that_begins(self.end)) {
            (Some(first), Some(after)) => self.start.month_start(first - after),
            _ => self.start.plus(-self.days()),
        };
        Self { start, end: self.start }
    }
}

/// Returns the month that a day begins, counted over all years; nothing within one.
fn month_that_begins(day: Day) -> Option<i32> {
    let (year, month, first) = day.ymd();
    (first == 1).then(|| i32::from(year) * 12 + i32::from(month))
}

/// A fiscal quarter and its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quarter {
    /// Its name.
    pub id: CycleId,
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
        self.window.start.plus(self.late_after())
    }

    /// Returns how many days after its beginning a lock is late.
    #[must_use]
    pub const fn late_after(self) -> i32 {
        self.id.kind().late_after(self.window.days())
    }

    /// Returns how many months it counts as, whatever days a calendar gives it: 3 for a quarter. One that the book names counts
    /// as the months that it is made of, and nothing where it isn't.
    #[must_use]
    pub fn months(self) -> Option<u8> {
        self.id.kind().months().or_else(|| self.window.whole_months())
    }

    /// Says whether it is an earlier cycle of the same length: of those with names one that is over before the other begins.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        match (self.id, other.id) {
            (CycleId::Named(_), CycleId::Named(_)) => self.window.end <= other.window.start && self.id != other.id,
            (own, others) => own.kind() == others.kind() && own < others,
        }
    }

    /// Returns by what cycles stand in order: their beginnings, and of those that begin together the longer first.
    #[must_use]
    pub fn order(self) -> (Day, std::cmp::Reverse<Day>, CycleId) {
        (self.window.start, std::cmp::Reverse(self.window.end), self.id)
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
    /// What people call the cycles that the book names, where it says so.
    pub titles: BTreeMap<CycleId, String>,
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
            titles: BTreeMap::new(),
            holidays: BTreeSet::new(),
        }
    }
}

impl Calendar {
    /// Returns the cycle's days: of months those of the calendar, of others those of the fiscal year. Nothing where the id is a
    /// name that the book gives no cycle.
    #[must_use]
    pub fn quarter(&self, id: CycleId) -> Option<Quarter> {
        if let Ok(place) = self.explicit.binary_search_by_key(&id, |quarter| quarter.id) {
            return self.explicit.get(place).copied();
        }
        let CycleId::OfYear { year, kind, number } = id else { return None };
        let length = i32::from(kind.months()?);
        let is_month = kind == CycleKind::Month;
        let named_by_end = self.name_by == NameBy::End && self.first_month != 1 && !is_month;
        let year = year - i16::from(named_by_end);
        let first_month = if is_month { 1 } else { self.first_month };
        let year_start = Day::new(year, first_month, 1).unwrap_or(Day::MIN);
        let months = i32::from(number - 1) * length;
        let window = Window { start: year_start.month_start(months), end: year_start.month_start(months + length) };
        Some(Quarter { id, window })
    }

    /// Returns the cycle that holds the day, of the length that the book's cycles have; where it names each, the last of them
    /// that has begun, else the first. Nothing where it names none.
    #[must_use]
    pub fn quarter_of(&self, day: Day) -> Option<Quarter> {
        let kind = self.cycles;
        let explicit = || self.explicit.iter().filter(|quarter| quarter.id.kind() == kind).copied();
        if let Some(quarter) = explicit().find(|quarter| quarter.window.contains(day)) {
            return Some(quarter);
        }
        if kind == CycleKind::Named {
            let begun = explicit().filter(|quarter| quarter.window.start <= day);
            return begun
                .max_by_key(|quarter| quarter.order())
                .or_else(|| explicit().min_by_key(|quarter| quarter.order()));
        }
        let (year, ..) = day.ymd();
        let years = [year - 1, year, year.saturating_add(1)];
        let candidates = years.iter().flat_map(|&year| (1..=kind.per_year()).map(move |number| (year, number)));
        candidates
            .filter_map(|(year, number)| self.quarter(CycleId::OfYear { year, kind, number }))
            .find(|quarter| quarter.window.contains(day))
            .or_else(|| self.quarter(CycleId::OfYear { year, kind, number: 1 }))
    }

    /// Returns the cycles that the book names.
    pub fn titled(&self) -> impl Iterator<Item = CycleId> + '_ {
        self.explicit.iter().map(|quarter| quarter.id).filter(|id| id.kind() == CycleKind::Named)
    }

    /// Returns what people call a cycle that its id doesn't: the book's title, or `FY27` of a fiscal year.
    #[must_use]
    pub fn title(&self, id: CycleId) -> Option<String> {
        match id {
            CycleId::Named(_) => self.titles.get(&id).cloned(),
            CycleId::OfYear { year, kind: CycleKind::Year, .. } if self.first_month != 1 => {
                Some(format!("FY{:02}", year.rem_euclid(100)))
            }
            CycleId::OfYear { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a valid day")
    }

    #[test]
    fn a_fiscal_year_may_start_in_any_month_and_be_named_after_its_end() {
        let calendar = Calendar { first_month: 2, name_by: NameBy::End, ..Calendar::default() };
        let q1 = calendar.quarter(CycleId::quarter(2026, 1)).expect("a quarter");
        assert_eq!((q1.window.start, q1.window.end), (day("2025-02-01"), day("2025-05-01")));
        assert_eq!(calendar.quarter_of(day("2026-01-31")).map(|quarter| quarter.id), CycleId::parse("2026-Q4"));
        assert_eq!(calendar.quarter_of(day("2026-02-01")).map(|quarter| quarter.id), CycleId::parse("2027-Q1"));
    }

    #[test]
    fn a_quarter_is_over_from_its_end_on() {
        let quarter = Calendar::default().quarter(CycleId::quarter(2026, 3)).expect("a quarter");
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
}
