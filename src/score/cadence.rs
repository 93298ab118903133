//! Cadences: the periods in which a value is due.

use crate::model::calendar::{Day, Window};
use crate::model::metric::Cadence;

/// Returns the periods of a cadence that lie wholly in the window, in order.
#[must_use]
pub fn periods(cadence: Cadence, window: Window) -> Vec<Window> {
    let mut periods = Vec::new();
    let mut start = match cadence {
        Cadence::Month if window.start.ymd().2 > 1 => window.start.month_start(1),
        _ => window.start,
    };
    loop {
        let end = match cadence {
            Cadence::Day | Cadence::Weekday => start.plus(1),
            Cadence::Week => start.plus(7),
            Cadence::Month => start.month_start(1),
        };
        if end > window.end || end <= start {
            return periods;
        }
        if cadence != Cadence::Weekday || is_weekday(start) {
            periods.push(Window { start, end });
        }
        start = end;
    }
}

/// Says whether each weekday of a period is off; where it has none, each day.
#[must_use]
pub fn is_off(period: Window, is_off: impl Fn(Day) -> bool) -> bool {
    let days = || (0..period.days()).map(|number| period.start.plus(number));
    let has_weekdays = days().any(is_weekday);
    days().filter(|day| !has_weekdays || is_weekday(*day)).all(is_off)
}

/// Says whether the day is from Monday to Friday; 1970-01-01 was a Thursday.
#[must_use]
pub const fn is_weekday(day: Day) -> bool {
    (day.number() + 3).rem_euclid(7) < 5
}
