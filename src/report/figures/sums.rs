//! What is drawn of values that change in steps: sums that grow, and a pace in stages.
//!
//! In: days with values. Out: days with values, between which straight lines say what holds on the days between.

use crate::model::calendar::{Day, Window};
use crate::model::quantity::Number;

/// Returns a sum over a window as it grows from nothing: level up to the day before each that adds to it, and up to the
/// last day that its data speaks of.
pub(super) fn growing(points: &[(Day, f64)], window: Window, until: Option<Day>) -> Vec<(Day, f64)> {
    let Some(&(last, sum)) = points.last() else { return Vec::new() };
    let mut drawn = stairs((window.start, 0.0), points);
    let end = until.unwrap_or(last).min(window.end.plus(-1));
    if end > last {
        drawn.push((end, sum));
    }
    drawn
}

/// Returns steps from a point on: each value holds until the day before the next.
pub(super) fn stairs(start: (Day, f64), points: &[(Day, f64)]) -> Vec<(Day, f64)> {
    let mut drawn = Vec::with_capacity(points.len() + points.len() / 2 + 2);
    let (mut day, mut value) = start;
    if points.first().is_none_or(|&(first, _)| first > day) {
        drawn.push(start);
    }
    for &(next, reached) in points {
        if next.plus(-1) > day {
            drawn.push((next.plus(-1), value));
        }
        drawn.push((next, reached));
        (day, value) = (next, reached);
    }
    drawn
}

/// Returns the pace in stages as it is scored: each holds until the day before the next, the last until the end.
pub(super) fn stages(
    stages: &[(Day, Number)],
    start: (Day, f64),
    end: (Day, f64),
    way: &dyn Fn(f64) -> f64,
) -> Vec<(Day, f64)> {
    let mut points: Vec<(Day, f64)> = stages.iter().map(|(day, share)| (*day, way(share.to_float()))).collect();
    points.sort_by_key(|&(day, _)| day);
    let last = points.last().map_or(start.1, |&(_, value)| value);
    if points.last().is_none_or(|&(day, _)| day < end.0) {
        points.push((end.0, last));
    }
    stairs(start, &points)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(points: &[(i32, f64)]) -> Vec<(Day, f64)> {
        points.iter().map(|&(day, value)| (Day::from_number(day), value)).collect()
    }

    #[test]
    fn a_sum_stays_level_until_something_is_added_and_through_the_last_day_that_is_known() {
        let window = Window { start: Day::from_number(0), end: Day::from_number(90) };
        let until = |day| Some(Day::from_number(day));
        let drawn = growing(&days(&[(10, 1.0), (11, 2.0), (40, 3.0)]), window, until(50));
        assert_eq!(drawn, days(&[(0, 0.0), (9, 0.0), (10, 1.0), (11, 2.0), (39, 2.0), (40, 3.0), (50, 3.0)]));
        assert_eq!(growing(&days(&[(0, 1.0)]), window, until(200)), days(&[(0, 1.0), (89, 1.0)]));
        assert_eq!(growing(&days(&[(5, 1.0)]), window, None), days(&[(0, 0.0), (4, 0.0), (5, 1.0)]));
        assert_eq!(growing(&[], window, until(50)), []);
    }

    #[test]
    fn a_stage_holds_until_the_day_before_the_next() {
        let drawn = stairs((Day::from_number(0), 8.0), &days(&[(30, 5.0), (60, 2.0)]));
        assert_eq!(drawn, days(&[(0, 8.0), (29, 8.0), (30, 5.0), (59, 5.0), (60, 2.0)]));
    }
}
