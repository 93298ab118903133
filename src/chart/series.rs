//! Points as they are drawn: clean, in order, split at gaps, and no more of them than the eye can see.
//!
//! Days and floats go in, segments of days and finite floats come out. Nothing here computes a score.

use std::borrow::Cow;

use crate::model::calendar::{Day, Window};

/// Points without a gap between them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Segment {
    /// Days and values, oldest first.
    pub points: Vec<(Day, f64)>,
}

/// A gap is a step of more than this many usual (median) steps.
pub const GAP_STEPS: i32 = 3;

/// A series is broken at its longest gaps only, at most this often: more gaps could not be told apart.
const MOST_GAPS: usize = 99;

/// How many points a line has at most: finer detail than this cannot be seen at the width of a page.
pub const MOST_POINTS: usize = 400;

/// No exact decimal of a book lies beyond, and sums of such values are still finite.
const LARGEST: f64 = 1e30;

/// Returns the value as it can be drawn: nothing for what is no number, at most 10³⁰ either way.
#[must_use]
pub fn drawable(value: f64) -> Option<f64> {
    value.is_finite().then(|| value.clamp(-LARGEST, LARGEST))
}

/// Says whether a value is drawn as it is.
fn is_drawable(value: f64) -> bool {
    value.abs() <= LARGEST
}

/// Returns the points as segments, split where a step is more than three times the median step.
///
/// Values that are no numbers are left out, and points are put in order first. A day may hold several points.
#[must_use]
pub fn segments(points: &[(Day, f64)]) -> Vec<Segment> {
    segments_of(points.to_vec())
}

/// Returns [`segments`] of points that nobody else needs.
#[must_use]
pub fn segments_of(points: Vec<(Day, f64)>) -> Vec<Segment> {
    let mut clean = points;
    if !clean.iter().all(|&(_, value)| is_drawable(value)) {
        clean.retain_mut(|(_, value)| match drawable(*value) {
            Some(drawn) => {
                *value = drawn;
                true
            }
            None => false,
        });
    }
    if !clean.is_sorted_by_key(|&(day, _)| day) {
        clean.sort_by_key(|&(day, _)| day);
    }
    let mut segments = Vec::new();
    let mut start = 0;
    for end in breaks(&clean) {
        segments.push(Segment { points: clean[start..end].to_vec() });
        start = end;
    }
    match start {
        // Without a gap all points stay where they are.
        0 if clean.is_empty() => {}
        0 => segments.push(Segment { points: clean }),
        _ => segments.push(Segment { points: clean.split_off(start) }),
    }
    segments
}

/// Returns the places of the points before which the line breaks, in order.
fn breaks(points: &[(Day, f64)]) -> Vec<usize> {
    let steps = || points.windows(2).map(|pair| pair[1].0.since(pair[0].0));
    let (mut shortest, mut longest) = (i32::MAX, 0);
    for step in steps() {
        longest = longest.max(step);
        if step > 0 {
            shortest = shortest.min(step);
        }
    }
    // The usual step is at least the shortest one.
    if longest <= shortest.saturating_mul(GAP_STEPS) {
        return Vec::new();
    }
    let steps: Vec<i32> = steps().collect();
    let mut positive: Vec<i32> = steps.iter().copied().filter(|&step| step > 0).collect();
    let middle = (positive.len() - 1) / 2;
    let (_, &mut median, _) = positive.select_nth_unstable(middle);
    let mut gaps: Vec<usize> = (0..steps.len()).filter(|&at| steps[at] > median.saturating_mul(GAP_STEPS)).collect();
    if gaps.len() > MOST_GAPS {
        gaps.sort_by_key(|&at| std::cmp::Reverse(steps[at]));
        gaps.truncate(MOST_GAPS);
        gaps.sort_unstable();
    }
    gaps.into_iter().map(|at| at + 1).collect()
}

/// Returns the segments as they are drawn: inside the days shown, clean, and with at most `budget` points.
pub(super) fn visible(segments: &[Segment], shown: Window, budget: usize) -> Cow<'_, [Segment]> {
    let count: usize = segments.iter().map(|segment| segment.points.len()).sum();
    let is_tidy = |segment: &Segment| match segment.points.as_slice() {
        [] => false,
        [first, ..] if first.0 < shown.start => false,
        [.., last] if shown.end < last.0 => false,
        points => points.is_sorted_by_key(|&(day, _)| day) && points.iter().all(|&(_, value)| is_drawable(value)),
    };
    let thinned = |points: &[(Day, f64)], count: usize| thin(points, (points.len() * budget / count).max(2));
    if segments.len() <= MOST_GAPS + 1 && segments.iter().all(is_tidy) {
        if count <= budget {
            return Cow::Borrowed(segments);
        }
        let thinned = |segment: &Segment| Segment { points: thinned(&segment.points, count) };
        return Cow::Owned(segments.iter().map(thinned).collect());
    }
    let mut tidy: Vec<Segment> = segments.iter().map(|segment| tidied(segment, shown)).collect();
    tidy.retain(|segment| !segment.points.is_empty());
    if tidy.len() > MOST_GAPS + 1 {
        let all: Vec<(Day, f64)> = tidy.into_iter().flat_map(|segment| segment.points).collect();
        tidy = segments_of(all);
    }
    let count: usize = tidy.iter().map(|segment| segment.points.len()).sum();
    if count > budget {
        for segment in &mut tidy {
            segment.points = thinned(&segment.points, count);
        }
    }
    Cow::Owned(tidy)
}

fn tidied(segment: &Segment, shown: Window) -> Segment {
    let drawn = segment.points.iter().filter(|(day, _)| shown.start <= *day && *day <= shown.end);
    let mut points: Vec<(Day, f64)> = drawn.filter_map(|&(day, value)| Some((day, drawable(value)?))).collect();
    points.sort_by_key(|&(day, _)| day);
    Segment { points }
}

/// Returns at most `budget` points (at least the first and the last) that keep the line's shape.
///
/// Largest-Triangle-Three-Buckets: S. Steinarsson, "Downsampling Time Series for Visual Representation",
/// University of Iceland, 2013. The points between the ends are cut into buckets; of each, the point stays that
/// spans the largest triangle with the point kept before and the mean of the next bucket, so that peaks survive.
#[must_use]
pub fn thin(points: &[(Day, f64)], budget: usize) -> Vec<(Day, f64)> {
    let (Some(&first), Some(&last)) = (points.first(), points.last()) else { return Vec::new() };
    if points.len() <= budget {
        return points.to_vec();
    }
    if budget < 3 {
        return vec![first, last];
    }
    let (inner, buckets) = (points.len() - 2, budget - 2);
    let edge = |bucket: usize| 1 + bucket * inner / buckets;
    let mut kept = Vec::with_capacity(budget);
    kept.push(first);
    let mut before = first;
    for bucket in 0..buckets {
        let next = &points[edge(bucket + 1)..(edge(bucket + 2)).min(points.len())];
        let mean = mean(if next.is_empty() { std::slice::from_ref(&last) } else { next });
        before = farthest(&points[edge(bucket)..edge(bucket + 1)], at(before), mean);
        kept.push(before);
    }
    kept.push(last);
    kept
}

fn at((day, value): (Day, f64)) -> (f64, f64) {
    (f64::from(day.number()), value)
}

fn mean(points: &[(Day, f64)]) -> (f64, f64) {
    let (days, values) = points.iter().map(|&point| at(point)).fold((0.0, 0.0), |sum, p| (sum.0 + p.0, sum.1 + p.1));
    let count = points.len() as f64;
    (days / count, values / count)
}

fn farthest(bucket: &[(Day, f64)], a: (f64, f64), c: (f64, f64)) -> (Day, f64) {
    let mut best = bucket[0];
    let mut largest = -1.0;
    for &point in bucket {
        let b = at(point);
        let area = ((a.0 - c.0) * (b.1 - a.1) - (a.0 - b.0) * (c.1 - a.1)).abs();
        if area > largest {
            (best, largest) = (point, area);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(pairs: &[(i32, f64)]) -> Vec<(Day, f64)> {
        pairs.iter().map(|&(day, value)| (Day::from_number(day), value)).collect()
    }

    fn lengths(pairs: &[(i32, f64)]) -> Vec<usize> {
        segments(&points(pairs)).iter().map(|segment| segment.points.len()).collect()
    }

    #[test]
    fn a_step_of_more_than_three_usual_ones_breaks_the_line() {
        assert_eq!(lengths(&[(0, 1.0), (1, 1.0), (2, 1.0), (5, 1.0), (6, 1.0)]), [5], "a weekend is no gap");
        assert_eq!(lengths(&[(0, 1.0), (1, 1.0), (2, 1.0), (6, 1.0), (7, 1.0)]), [3, 2]);
        assert_eq!(lengths(&[(0, 1.0), (31, 1.0), (59, 1.0), (90, 1.0)]), [4], "months differ in length");
        assert_eq!(lengths(&[(0, 1.0), (900, 1.0)]), [2], "two points have no usual step to exceed");
        assert_eq!(lengths(&[(0, 1.0)]), [1]);
        assert_eq!(lengths(&[]), [0_usize; 0]);
    }

    #[test]
    fn hostile_values_leave_or_are_held_at_the_edge_of_what_a_book_can_say() {
        let hostile = [(3, f64::NAN), (1, f64::INFINITY), (0, 1e308), (2, f64::NEG_INFINITY), (1, -1e308)];
        assert_eq!(segments(&points(&hostile)), [Segment { points: points(&[(0, 1e30), (1, -1e30)]) }]);
    }

    #[test]
    fn only_the_longest_gaps_are_kept() {
        let mut day = 0;
        let many: Vec<(i32, f64)> = (0..1000)
            .map(|n| {
                day += if n % 3 == 0 { 10 + n } else { 1 };
                (day, 1.0)
            })
            .collect();
        let lengths = lengths(&many);
        assert_eq!(lengths.len(), MOST_GAPS + 1);
        assert_eq!(lengths.iter().sum::<usize>(), 1000);
        assert!(lengths[0] > 600 && lengths[99] <= 3, "the steps grow, so that the last gaps are the longest");
    }

    #[test]
    fn thinning_keeps_ends_and_extremes() {
        let mut series: Vec<(Day, f64)> = (0..3650).map(|n| (Day::from_number(n), f64::from(n % 7))).collect();
        series[1234].1 = 500.0;
        series[2345].1 = -500.0;
        let thinned = thin(&series, 400);
        assert_eq!(thinned.len(), 400);
        assert_eq!((thinned[0], thinned[399]), (series[0], series[3649]));
        assert!(thinned.contains(&series[1234]) && thinned.contains(&series[2345]));
        assert!(thinned.is_sorted_by_key(|&(day, _)| day));
    }

    #[test]
    fn thinning_takes_any_budget() {
        let series: Vec<(Day, f64)> = (0..50).map(|n| (Day::from_number(n), f64::from(n))).collect();
        for budget in 0..60 {
            let thinned = thin(&series, budget);
            assert_eq!(thinned.len(), budget.clamp(2, 50), "{budget}");
            assert_eq!((thinned[0], thinned[thinned.len() - 1]), (series[0], series[49]));
        }
        assert!(thin(&[], 5).is_empty());
    }

    #[test]
    fn what_is_drawn_lies_in_the_days_shown_and_in_the_budget() {
        let shown = Window { start: Day::from_number(10), end: Day::from_number(20) };
        let raw = [Segment { points: points(&[(5, 1.0), (10, 2.0), (12, f64::NAN), (20, 3.0), (21, 4.0)]) }];
        assert_eq!(visible(&raw, shown, 400)[0].points, points(&[(10, 2.0), (20, 3.0)]));
        let tidy = [Segment { points: points(&[(11, 2.0)]) }];
        assert!(matches!(visible(&tidy, shown, 400), Cow::Borrowed(_)));
        let lone: Vec<Segment> = (0..2000).map(|n| Segment { points: points(&[(n * 9, 1.0)]) }).collect();
        let all = Window { start: Day::from_number(0), end: Day::from_number(20_000) };
        let drawn: usize = visible(&lone, all, 400).iter().map(|segment| segment.points.len()).sum();
        assert!(drawn <= 2 * (MOST_GAPS + 1) + 400, "{drawn}");
    }
}
