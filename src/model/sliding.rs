//! Values of many windows at once, as floats: what statistics ask of a history.
//!
//! In: windows whose starts and ends ascend. Out: each one's value, by one walk over the days: sums are differences of
//! running sums, extremes and percentiles keep what the window holds. Prints nothing: scores are exact and never made here.

use std::collections::VecDeque;
use std::ops::Range;

use super::aggregate::Percentile;
use super::calendar::Window;
use super::daily::RowData;
use super::history::{History, Ratio, Source};
use super::metric::{Across, Aggregate};
use super::packed::{Ints, Numbers};
use super::series::{DaySeries, DayValues, Spread};

type Values = Vec<Option<f64>>;

impl History {
    /// Returns the values of windows whose starts and ends ascend, as floats and by one walk over the days. A sum or count
    /// has one where the exports cover the whole window.
    #[must_use]
    pub fn slide(&self, windows: &[Window]) -> Vec<Option<f64>> {
        let windows: Vec<Window> = windows.iter().map(|window| self.effective(*window)).collect();
        match &self.source {
            Source::Unusable => vec![None; windows.len()],
            Source::Rows(rows) => rows.slide(&windows, self.aggregate()),
            Source::Ratio(ratio) => ratio.slide(&windows),
        }
    }
}

impl Ratio {
    fn slide(&self, windows: &[Window]) -> Vec<Option<f64>> {
        let [of, to] = self.both(|part| part.slide(windows));
        let factor = self.factor.to_float();
        let quotient = |(of, to): (Option<f64>, Option<f64>)| {
            to.filter(|to| to.abs() > 0.0).and_then(|to| Some(of? / to * factor)).filter(|value| value.is_finite())
        };
        of.into_iter().zip(to).map(quotient).collect()
    }
}

impl RowData {
    /// Returns the value of each window. A sum or count has one where the exports cover the whole window.
    pub(super) fn slide(&self, windows: &[Window], aggregate: Aggregate) -> Values {
        let of_series = |series: &DaySeries| {
            let places: Vec<Range<usize>> = windows.iter().map(|window| self.places(series, *window)).collect();
            slide_series(series, &places, aggregate)
        };
        let all: Vec<Values> = self.series.iter().map(of_series).collect();
        let factor = self.factor.to_float();
        let covered = if aggregate.is_flow() { self.covered(windows) } else { None };
        let value = |(place, window): (usize, &Window)| {
            let of_series = all.iter().map(|values| values.get(place).copied().flatten());
            let combined = if aggregate.is_flow() {
                covered.filter(|covered| covered.start <= window.start && window.end <= covered.end)?;
                combine(self.across, of_series.map(|value| value.unwrap_or(0.0))).or(Some(0.0))
            } else {
                combine(self.across, of_series.flatten())
            };
            combined.map(|value| value * factor).filter(|value| value.is_finite())
        };
        windows.iter().enumerate().map(value).collect()
    }

    /// Returns the days that the exports cover, up to the end of the last window.
    fn covered(&self, windows: &[Window]) -> Option<Window> {
        let until = self.silence.speaks_until(windows.last()?.end.plus(-1))?;
        let start = self.first_row.into_iter().chain(self.first_day()).min()?;
        Some(Window { start, end: until.plus(1) })
    }
}

/// Returns one value of several series' values; nothing where there are none.
fn combine(across: Across, values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut count = 0.0;
    let together = values.inspect(|_| count += 1.0).reduce(|a, b| match across {
        Across::Max => a.max(b),
        Across::Min => a.min(b),
        Across::Mean | Across::Sum => a + b,
    })?;
    Some(if across == Across::Mean { together / count } else { together })
}

/// Returns the value of the days at each of `places`, whose starts and ends ascend.
fn slide_series(series: &DaySeries, places: &[Range<usize>], aggregate: Aggregate) -> Values {
    let start = places.iter().map(|places| places.start).min().unwrap_or_default();
    let end = places.iter().map(|places| places.end).max().unwrap_or_default().max(start);
    let near = |places: &Range<usize>| places.start - start..places.end.max(places.start) - start;
    let places: Vec<Range<usize>> = places.iter().map(near).collect();
    let whole = start..end;
    match (&series.values, aggregate) {
        (DayValues::One(numbers), Aggregate::Sum) => sums(&running(&floats(numbers, whole)), &places),
        (DayValues::One(numbers), Aggregate::Min) => greatest(&floats(numbers, whole), &places, -1.0),
        (DayValues::One(numbers), Aggregate::Max) => greatest(&floats(numbers, whole), &places, 1.0),
        (DayValues::One(numbers), _) => lasts(&floats(numbers, whole), &places),
        (DayValues::Count(rows), _) => sums(&running(&wholes(rows, whole)), &places),
        (DayValues::Mean { sums, counts }, _) => {
            quotients(&running(&floats(sums, whole.clone())), &running(&wholes(counts, whole)), &places)
        }
        (DayValues::Ratio { of, to }, _) => {
            quotients(&running(&floats(of, whole.clone())), &running(&floats(to, whole)), &places)
        }
        (DayValues::Spread(spread), Aggregate::Percentile(percentile)) => {
            percentiles(spread, whole, &places, percentile)
        }
        (DayValues::Spread(_), _) => vec![None; places.len()],
    }
}

fn floats(numbers: &Numbers, places: Range<usize>) -> Vec<f64> {
    let mut floats = Vec::with_capacity(places.len());
    numbers.each_float(places, |float| floats.push(float));
    floats
}

fn wholes(numbers: &Ints, places: Range<usize>) -> Vec<f64> {
    let mut floats = Vec::with_capacity(places.len());
    numbers.each(places, |number| floats.push(number as f64));
    floats
}

/// Returns the sums of the first 0, 1, 2 … numbers.
fn running(floats: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let rest = floats.iter().map(|float| {
        sum += float;
        sum
    });
    [0.0].into_iter().chain(rest.collect::<Vec<_>>()).collect()
}

fn between(running: &[f64], places: &Range<usize>) -> Option<f64> {
    if places.is_empty() {
        return None;
    }
    Some(running.get(places.end)? - running.get(places.start)?)
}

fn sums(running: &[f64], places: &[Range<usize>]) -> Values {
    places.iter().map(|places| between(running, places)).collect()
}

fn quotients(of: &[f64], to: &[f64], places: &[Range<usize>]) -> Values {
    let quotient = |places: &Range<usize>| {
        let (of, to) = (between(of, places)?, between(to, places)?);
        (to.abs() > 0.0).then_some(of / to)
    };
    places.iter().map(quotient).collect()
}

fn lasts(floats: &[f64], places: &[Range<usize>]) -> Values {
    let last = |places: &Range<usize>| floats.get(places.end.checked_sub(1)?).copied().filter(|_| !places.is_empty());
    places.iter().map(last).collect()
}

/// Returns the largest value times `sign` of each stretch: of the days that it holds, those are kept that no later one
/// exceeds.
fn greatest(floats: &[f64], places: &[Range<usize>], sign: f64) -> Values {
    let (mut kept, mut next): (VecDeque<usize>, usize) = (VecDeque::new(), 0);
    let value = |place: usize| floats.get(place).map_or(0.0, |float| float * sign);
    let mut of = |places: &Range<usize>| {
        while next < places.end {
            while kept.back().is_some_and(|&last| value(last) <= value(next)) {
                kept.pop_back();
            }
            kept.push_back(next);
            next += 1;
        }
        while kept.front().is_some_and(|&first| first < places.start) {
            kept.pop_front();
        }
        kept.front().filter(|_| !places.is_empty()).map(|&place| value(place) * sign)
    };
    places.iter().map(&mut of).collect()
}

/// Returns the percentile of each stretch (Hyndman and Fan's type 7): its values are counted by their rank among all.
fn percentiles(spread: &Spread, whole: Range<usize>, places: &[Range<usize>], percentile: Percentile) -> Values {
    let days: Vec<Vec<(f64, i64)>> = whole
        .map(|place| {
            let pairs = spread.day(place);
            pairs.map(|(value, count)| (value.to_float(), i64::try_from(count).unwrap_or(i64::MAX))).collect()
        })
        .collect();
    let mut values: Vec<f64> = days.iter().flatten().map(|pair| pair.0).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let mut counts = Ranked::new(values);
    let part = percentile.percent().to_float() / 100.0;
    let mut held = 0..0;
    let mut of = |places: &Range<usize>| {
        while held.end < places.end {
            days.get(held.end)?.iter().for_each(|&(value, count)| counts.add(value, count));
            held.end += 1;
        }
        while held.start < places.start {
            days.get(held.start)?.iter().for_each(|&(value, count)| counts.add(value, -count));
            held.start += 1;
        }
        if places.is_empty() { None } else { counts.at(part) }
    };
    places.iter().map(&mut of).collect()
}

/// How often each of some values occurs, so that the nth of all is found in steps that halve (Fenwick 1994, "A new data
/// structure for cumulative frequency tables").
struct Ranked {
    values: Vec<f64>,
    tree: Vec<i64>,
    all: i64,
}

impl Ranked {
    fn new(values: Vec<f64>) -> Self {
        Self { tree: vec![0; values.len() + 1], values, all: 0 }
    }

    fn add(&mut self, value: f64, count: i64) {
        let mut node = self.values.partition_point(|known| *known < value) + 1;
        self.all += count;
        while let Some(known) = self.tree.get_mut(node) {
            *known += count;
            node += 1 << node.trailing_zeros();
        }
    }

    /// Returns the value at a rank from 0.
    fn nth(&self, rank: i64) -> Option<f64> {
        let (mut node, mut rest) = (0, rank);
        let mut step = self.tree.len().next_power_of_two();
        while step > 0 {
            if let Some(&count) = self.tree.get(node + step)
                && count <= rest
            {
                node += step;
                rest -= count;
            }
            step /= 2;
        }
        self.values.get(node).copied()
    }

    fn at(&self, part: f64) -> Option<f64> {
        let last = self.all.checked_sub(1).filter(|last| *last >= 0)?;
        let position = part * last as f64;
        let rank = position as i64;
        let lower = self.nth(rank)?;
        let upper = self.nth((rank + 1).min(last))?;
        Some(lower + (upper - lower) * (position - rank as f64))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    use crate::model::calendar::{Day, Window};
    use crate::model::history::{History, Point};
    use crate::model::ids::Slug;
    use crate::model::metric::Aggregate;
    use crate::model::quantity::Number;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn many_windows_at_once_have_the_values_that_each_has_alone(
            values in proptest::collection::vec((1_i32..4, -500_i64..500), 1..60),
            length in 1_i32..40, step in 1_i32..5, which in 0_usize..9,
        ) {
            let names = ["last", "mean", "sum", "min", "max", "count", "ratio", "p90", "median"];
            let aggregate = Aggregate::named(names[which]).expect("an aggregate");
            let first = Day::from_number(20_000);
            let mut day = first;
            let points: Vec<Point> = values
                .iter()
                .map(|&(gap, value)| {
                    day = day.plus(gap);
                    let value = if aggregate == Aggregate::Count { value.abs() } else { value };
                    Point { day, value: Number::new(value, 1).expect("a number") }
                })
                .collect();
            let history = History::of_points(Slug::new("m").expect("a slug"), aggregate, &points, Some(day));
            let ends = (0..200).map(|place| first.plus(place * step)).filter(|end| *end <= day.plus(1));
            let windows: Vec<Window> = ends.map(|end| Window { start: end.plus(-length), end }).collect();
            for (window, slid) in windows.iter().zip(history.slide(&windows)) {
                let alone = history.value(*window).expect("small").map(Number::to_float);
                // What begins before the exports do is no whole window.
                let is_cut = aggregate.is_flow() && window.start < points[0].day;
                match (alone, slid) {
                    (Some(alone), Some(slid)) => prop_assert!((alone - slid).abs() < 1e-6, "{window:?} {alone} {slid}"),
                    (alone, slid) => prop_assert!(is_cut || alone == slid, "{window:?} {alone:?} {slid:?}"),
                }
            }
        }
    }
}
