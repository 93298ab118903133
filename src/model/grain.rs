//! Grains: how long a period one row of an export speaks of.
//!
//! In: a period's first day. Out: its other days. A month's row is as old as the month's last day, and belongs to the
//! window that holds the whole month; a week's belongs to the window that holds its Thursday (as ISO 8601 gives weeks to
//! years).

use super::calendar::{Day, Window};
use super::words::words;

/// How long a period one row speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Grain {
    /// A day, or a moment of it.
    #[default]
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months from January, April, July or October.
    Quarter,
    /// A calendar year.
    Year,
}

words!(Grain { Day => "day", Week => "week", Month => "month", Quarter => "quarter", Year => "year" });

impl Grain {
    /// Returns the first day of the period that a date names: of the month that holds it, or of the seven days that begin
    /// with it.
    #[must_use]
    pub fn first(self, day: Day) -> Day {
        let months_back = |length: u8| -i32::from((day.ymd().1 - 1) % length);
        match self {
            Self::Day | Self::Week => day,
            Self::Month => day.month_start(0),
            Self::Quarter => day.month_start(months_back(3)),
            Self::Year => day.month_start(months_back(12)),
        }
    }

    /// Returns the last day of the period that begins on a day.
    #[must_use]
    pub fn last(self, first: Day) -> Day {
        match self {
            Self::Day => first,
            Self::Week => first.plus(6),
            Self::Month => first.month_start(1).plus(-1),
            Self::Quarter => first.month_start(3).plus(-1),
            Self::Year => first.month_start(12).plus(-1),
        }
    }

    /// Returns the day by which the period that begins on a day belongs to a window: a week's Thursday, or the last day.
    #[must_use]
    pub fn kept_on(self, first: Day) -> Day {
        if self == Self::Week { first.plus(3) } else { self.last(first) }
    }

    /// Returns all days of the period that is kept on a day.
    #[must_use]
    pub fn window(self, kept_on: Day) -> Window {
        let first = if self == Self::Week { kept_on.plus(-3) } else { self.first(kept_on) };
        Window { start: first, end: self.last(first).plus(1) }
    }

    /// Says whether a window that begins on a day cuts the period that is kept on another: it holds its end and not its
    /// beginning.
    #[must_use]
    pub fn is_cut(self, start: Day, kept_on: Day) -> bool {
        matches!(self, Self::Month | Self::Quarter | Self::Year) && self.first(kept_on) < start
    }

    /// Returns the days of all periods that belong to a window, where they are weeks that are kept on the weekday of a day; of
    /// others the window itself.
    #[must_use]
    pub fn span(self, window: Window, kept_on: Day) -> Window {
        if self != Self::Week {
            return window;
        }
        let behind = |day: Day| (kept_on.number() - day.number()).rem_euclid(7);
        let first = window.start.plus(behind(window.start));
        let last = window.end.plus(behind(window.end) - 7);
        if last < first { window } else { Window { start: first.plus(-3), end: last.plus(4) } }
    }

    /// Returns the most days that a period has.
    #[must_use]
    pub const fn days(self) -> i32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 31,
            Self::Quarter => 92,
            Self::Year => 366,
        }
    }
}

/// How long a period a row speaks of where its date is written as a day, as the book says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowGrain {
    /// That day.
    Day,
    /// The seven days that begin with it.
    Week,
    /// The seven days that end with it.
    WeekEnding,
    /// The month that holds it.
    Month,
    /// The quarter that holds it.
    Quarter,
    /// The year that holds it.
    Year,
}

words!(RowGrain {
    Day => "day",
    Week => "week",
    WeekEnding => "week-ending",
    Month => "month",
    Quarter => "quarter",
    Year => "year",
});

impl RowGrain {
    /// Returns how long the period is.
    #[must_use]
    pub const fn grain(self) -> Grain {
        match self {
            Self::Day => Grain::Day,
            Self::Week | Self::WeekEnding => Grain::Week,
            Self::Month => Grain::Month,
            Self::Quarter => Grain::Quarter,
            Self::Year => Grain::Year,
        }
    }

    /// Returns a day of the period by which its first one is found, given the day that is written.
    #[must_use]
    pub fn begun(self, written: Day) -> Day {
        if self == Self::WeekEnding { written.plus(-6) } else { written }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_their_days() {
        for (grain, date, first, kept_on, last) in [
            (Grain::Day, "2026-07-15", "2026-07-15", "2026-07-15", "2026-07-15"),
            (Grain::Week, "2026-06-29", "2026-06-29", "2026-07-02", "2026-07-05"),
            (Grain::Month, "2028-02-10", "2028-02-01", "2028-02-29", "2028-02-29"),
            (Grain::Quarter, "2026-09-30", "2026-07-01", "2026-09-30", "2026-09-30"),
            (Grain::Year, "2026-05-05", "2026-01-01", "2026-12-31", "2026-12-31"),
        ] {
            let day = |text: &str| Day::parse(text).expect("a day");
            let begun = grain.first(day(date));
            assert_eq!(begun, day(first), "{date}");
            assert_eq!((grain.kept_on(begun), grain.last(begun)), (day(kept_on), day(last)), "{date}");
            assert_eq!(grain.window(day(kept_on)), Window { start: day(first), end: day(last).plus(1) }, "{date}");
            assert_eq!(Grain::named(grain.name()), Some(grain));
        }
        let quarter =
            Window { start: Day::parse("2026-07-01").expect("a day"), end: Day::parse("2026-10-01").expect("a day") };
        let thursday = Day::parse("2026-02-05").expect("a day");
        let span = Grain::Week.span(quarter, thursday);
        assert_eq!((span.start.to_string(), span.end.to_string()), ("2026-06-29".to_owned(), "2026-09-28".to_owned()));
        assert_eq!(Grain::Month.span(quarter, thursday), quarter);
        let july = Day::parse("2026-07-31").expect("a day");
        assert!(Grain::Month.is_cut(Day::parse("2026-07-02").expect("a day"), july));
        assert!(!Grain::Month.is_cut(Day::parse("2026-07-01").expect("a day"), july));
    }
}
