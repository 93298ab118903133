//! How far a projection may spread: where the slopes between measured values lead.
//!
//! In: days with values. Out: two values on a day. Feeds no score; the projection itself comes from scoring.

use crate::model::calendar::Day;

/// Slopes are taken between at most this many values.
const VALUES: usize = 24;
/// With fewer values there is no telling how slopes spread.
const FEWEST: usize = 6;

/// Returns how far below and above a projection on a day the middle half of all slopes between two values leads.
///
/// The projection is the middle slope's (Theil 1950, Sen 1968); the quartiles of the same slopes say how much they agree.
pub(super) fn spread(points: &[(Day, f64)], on: Day) -> Option<(f64, f64)> {
    let &(last, _) = points.last()?;
    let step = points.len().div_ceil(VALUES).max(1);
    let taken: Vec<(Day, f64)> = points.iter().rev().step_by(step).copied().collect();
    if taken.len() < FEWEST || on <= last {
        return None;
    }
    let mut slopes: Vec<f64> = Vec::with_capacity(taken.len() * taken.len() / 2);
    for (at, &(later, value)) in taken.iter().enumerate() {
        for &(earlier, before) in &taken[at + 1..] {
            let days = later.since(earlier);
            if days > 0 {
                slopes.push((value - before) / f64::from(days));
            }
        }
    }
    slopes.sort_by(f64::total_cmp);
    let at = |quarters: usize| slopes.get(slopes.len() * quarters / 4).copied();
    let (low, middle, high) = (at(1)?, at(2)?, at(3)?);
    let days = f64::from(on.since(last));
    Some(((middle - low) * days, (high - middle) * days)).filter(|(below, above)| below + above > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(value: impl Fn(i32) -> f64) -> Vec<(Day, f64)> {
        (0..40).map(|day| (Day::from_number(day), value(day))).collect()
    }

    #[test]
    fn a_straight_line_has_no_spread_and_a_wobbling_one_has() {
        let on = Day::from_number(90);
        assert_eq!(spread(&points(|day| f64::from(day) * 2.0), on), None);
        let wobble = |by: f64| spread(&points(|day| f64::from(day) + by * f64::from(day * 7 % 5)), on);
        let (small, large) = (wobble(0.5).expect("a spread"), wobble(2.0).expect("a spread"));
        assert!(small.0 > 0.0 && small.1 > 0.0 && large.0 > small.0 && large.1 > small.1, "{small:?} {large:?}");
    }

    #[test]
    fn what_is_over_or_rests_on_a_few_values_has_none() {
        let all = points(|day| f64::from(day * 7 % 5));
        assert_eq!(spread(&all[..5], Day::from_number(90)), None);
        assert_eq!(spread(&all, Day::from_number(39)), None);
        assert_eq!(spread(&[], Day::from_number(90)), None);
    }
}
