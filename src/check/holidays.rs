//! Days on which hardly anybody works, so that nothing is due.
//!
//! In: the days that a book names. Out: whether a period has working days at all. Days that nearly all who keep Easter have
//! off are known; all others are the book's to name.

use std::collections::BTreeSet;

use crate::model::calendar::{Day, Window};
use crate::score::cadence;

/// Says whether each weekday of a period is off; where it has none, each day.
pub(super) fn is_off(named: &BTreeSet<Day>, period: Window) -> bool {
    cadence::is_off(period, |day| named.contains(&day) || is_usual(day))
}

/// Says whether a day is off nearly everywhere: from Good Friday to Easter Monday, and on the first of January and May and
/// at Christmas.
fn is_usual(day: Day) -> bool {
    let (_, month, number) = day.ymd();
    matches!((month, number), (1 | 5, 1) | (12, 25 | 26))
        || easter(day.ymd().0).is_some_and(|sunday| (-2..=1).contains(&day.since(sunday)))
}

/// Returns Easter Sunday, by the Gregorian computus.
fn easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (golden, century, of_century) = (y % 19, y / 100, y % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - correction + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let day = moon + sunday - 7 * late + 114;
    Day::new(year, u8::try_from(day / 31).ok()?, u8::try_from(day % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_moves() {
        for (year, date) in [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2038, "2038-04-25")] {
            assert_eq!(easter(year), Day::parse(date));
        }
    }

    #[test]
    fn a_period_is_off_where_all_its_weekdays_are() {
        let day = |text: &str| Day::parse(text).expect("a day");
        let named: BTreeSet<Day> = (23..=31).map(|number| day(&format!("2026-12-{number}"))).collect();
        for (start, days, off) in [
            ("2026-04-03", 1, true),
            ("2026-04-05", 1, true),
            ("2026-04-07", 1, false),
            ("2026-05-01", 1, true),
            ("2026-12-28", 7, true),
            ("2026-12-21", 7, false),
            ("2026-04-11", 1, false),
        ] {
            let window = Window { start: day(start), end: day(start).plus(days) };
            assert_eq!(is_off(&named, window), off, "{start}");
        }
    }
}
