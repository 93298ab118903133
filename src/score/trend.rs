//! The trend of a running quarter: the Theil–Sen line.
//!
//! Slope: the median of the slopes between all pairs of points on different days (Theil 1950, "A rank-invariant method
//! of linear and polynomial regression analysis"; Sen 1968, "Estimates of the regression coefficient based on
//! Kendall's tau"). Intercept: the median of y − slope · x. The median of an even count is the mean of the two in
//! the middle. More than `MOST_POINTS` points are first thinned to every second, third … point, counted back
//! from the last.
//!
//! Floats, with + − × ÷ only, so that every machine gets the same bits.

use crate::model::calendar::Day;
use crate::model::history::Point;

/// A trend needs this many points.
pub(super) const FEWEST_POINTS: usize = 5;
/// A trend looks at this many points at most.
const MOST_POINTS: usize = 120;

/// Returns the value of the Theil–Sen line on `day`; nothing for fewer than five points or fewer than two days.
pub(super) fn value_on(points: &[Point], day: Day) -> Option<f64> {
    if points.len() < FEWEST_POINTS {
        return None;
    }
    let origin = points[0].day;
    let points = thinned(points);
    let days: Vec<f64> = points.iter().map(|point| f64::from(point.day.since(origin))).collect();
    let values: Vec<f64> = points.iter().map(|point| point.value.to_float()).collect();
    let line = line(&days, &values)?;
    Some(line.intercept + line.slope * f64::from(day.since(origin)))
}

/// A straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// How much the value changes from one unit of time to the next.
    pub slope: f64,
    /// The value at time 0.
    pub intercept: f64,
}

/// Returns the Theil–Sen line through values at ascending times; nothing for fewer than two different times.
///
/// The work grows with the square of the number of points.
#[must_use]
pub fn line(times: &[f64], values: &[f64]) -> Option<Line> {
    let slope = median_of_keys(&mut slopes(times, values))?;
    let mut intercepts: Vec<i64> = times.iter().zip(values).map(|(x, y)| key(y - slope * x)).collect();
    Some(Line { slope, intercept: median_of_keys(&mut intercepts)? })
}

/// Returns the median; nothing where there are no values. The median of an even count is the mean of the two in the
/// middle.
#[must_use]
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    median_of_keys(&mut values.into_iter().map(key).collect::<Vec<_>>())
}

/// Returns the keys of the slopes between all pairs of points on different days.
fn slopes(days: &[f64], values: &[f64]) -> Vec<i64> {
    let mut keys = Vec::with_capacity(days.len() * days.len().saturating_sub(1) / 2);
    for lag in 1..days.len() {
        let later = days[lag..].iter().zip(&values[lag..]);
        let pairs = days.iter().zip(values).zip(later);
        keys.extend(pairs.map(|((x, y), (later_x, later_y))| key((later_y - y) / (later_x - x))));
    }
    if days.windows(2).any(|pair| pair[0] == pair[1]) {
        keys.retain(|&key| float(key).is_finite());
    }
    keys
}

fn thinned(points: &[Point]) -> Vec<Point> {
    let step = points.len().div_ceil(MOST_POINTS);
    let first = (points.len() - 1) % step;
    points.iter().skip(first).step_by(step).copied().collect()
}

/// Returns a whole number that sorts as the float does, because whole numbers are much faster to select from.
const fn key(float: f64) -> i64 {
    let bits = float.to_bits().cast_signed();
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

/// Returns the float of a key.
const fn float(key: i64) -> f64 {
    f64::from_bits((key ^ ((key >> 63).cast_unsigned() >> 1).cast_signed()).cast_unsigned())
}

/// Returns the median of the floats that the keys stand for; nothing where there are none.
fn median_of_keys(keys: &mut [i64]) -> Option<f64> {
    if keys.is_empty() {
        return None;
    }
    let odd = keys.len() % 2 == 1;
    let middle = keys.len() / 2;
    let (below, &mut upper, _) = keys.select_nth_unstable(middle);
    if odd {
        return Some(float(upper));
    }
    let lower = below.iter().copied().max()?;
    Some((float(lower) + float(upper)) / 2.0)
}
