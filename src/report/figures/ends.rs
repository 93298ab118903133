//! Start and end of a goal as charts draw them.
//!
//! In: a goal that moves a number, and the days that it is for. Out: floats in the unit that is shown.

use crate::model::calendar::Window;
use crate::model::goal::Move;
use crate::model::quantity::{Number, Per, Quantity, TimeUnit, Unit};
use crate::report::format::Format;

/// Returns how often a quantity comes in the days of a cycle, for what adds up: `4 per month` three times in a quarter.
///
/// Months are equal parts of the cycle, as they are where it is scored.
pub(super) fn times(quantity: &Quantity, is_flow: bool, window: Window) -> Number {
    let Some(Per::Time(unit)) = &quantity.per else { return Number::ONE };
    let months = i64::from(months_of(window));
    let (times, over) = match unit {
        TimeUnit::Month => (months, 1),
        TimeUnit::Quarter => (months, 3),
        TimeUnit::HalfYear => (months, 6),
        TimeUnit::Year => (months, 12),
        TimeUnit::Week => (i64::from(window.days()), 7),
        TimeUnit::Day => (i64::from(window.days()), 1),
        _ => (1, 1),
    };
    let share = Number::whole(times).over(Number::whole(over));
    share.filter(|_| is_flow).unwrap_or(Number::ONE)
}

/// Returns how many months a window has: those of its calendar, else as many as fit best.
fn months_of(window: Window) -> i32 {
    let ((year, month, day), (end_year, end_month, end_day)) = (window.start.ymd(), window.end.ymd());
    let whole = (i32::from(end_year) - i32::from(year)) * 12 + i32::from(end_month) - i32::from(month);
    let months = if day == end_day { whole } else { (window.days() * 12 + 182) / 365 };
    months.max(1)
}

/// Returns an end of a goal as an axis of totals counts it, for what adds up: `12 = 4/month`; else as it is.
pub(super) fn told(format: Format, quantity: &Quantity, is_flow: bool, window: Window) -> String {
    let said = format.end(quantity.number, &quantity.unit);
    let times = times(quantity, is_flow, window);
    match (quantity.number.times(times), &quantity.per) {
        (Some(sum), Some(Per::Time(unit))) if times != Number::ONE => {
            [format.value(sum, &quantity.unit).as_str(), " = ", &said, "/", unit.name()].concat()
        }
        _ => said,
    }
}

/// Returns start and end of a goal as totals of the cycle for flows, else as they are.
pub(super) fn ends(goal: &Move, unit: &Unit, is_flow: bool, window: Window) -> Option<(f64, f64)> {
    let times = times(&goal.to, is_flow, window).to_float();
    Some((goal.from.number_in(unit)?.to_float() * times, goal.to.number.to_float() * times))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::Day;
    use crate::report::text::Language;

    fn window(start: &str, end: &str) -> Window {
        let day = |text: &str| Day::parse(text).expect("a valid day");
        Window { start: day(start), end: day(end) }
    }

    #[test]
    fn a_goal_over_a_period_is_told_in_the_unit_of_the_axis_with_what_was_written() {
        let (quarter, year) = (window("2026-07-01", "2026-10-01"), window("2026-01-01", "2027-01-01"));
        let goal = |per: Option<TimeUnit>| Quantity {
            per: per.map(Per::Time),
            ..Quantity::new(Number::whole(4), Unit::Count)
        };
        let format = Format::new(Language::English);
        for (per, days, expected) in [
            (Some(TimeUnit::Month), quarter, "12 = 4/month"),
            (Some(TimeUnit::Month), year, "48 = 4/month"),
            (Some(TimeUnit::Quarter), year, "16 = 4/quarter"),
            (Some(TimeUnit::Week), window("2026-07-01", "2026-07-29"), "16 = 4/week"),
            (Some(TimeUnit::Quarter), quarter, "4"),
            (Some(TimeUnit::Cycle), year, "4"),
            (None, quarter, "4"),
        ] {
            assert_eq!(told(format, &goal(per), true, days), expected, "{per:?} in {days:?}");
        }
        assert_eq!(told(format, &goal(Some(TimeUnit::Month)), false, quarter), "4", "what doesn't add up is as it is");
    }

    #[test]
    fn cycles_that_begin_on_any_day_have_as_many_months_as_fit_best() {
        let months = |start, end| months_of(window(start, end));
        assert_eq!((months("2026-05-04", "2026-08-03"), months("2026-07-01", "2026-08-01")), (3, 1));
        assert_eq!((months("2026-01-05", "2026-01-12"), months("2026-11-01", "2027-02-01")), (1, 3));
    }
}
