//! A metric's numbers by day, packed: what histories are made of.
//!
//! In: a day's aggregated rows, sorted by day. Out: columns of as few bytes as they need, and a running fold that
//! turns any run of days into one value. Knows neither files nor windows.

use std::ops::Range;
use std::sync::Arc;

use super::measurement::TooLarge;
use super::metric::{Across, Aggregate, Percentile};
pub use super::packed::{Ints, Numbers};
use super::quantity::Number;

/// Every row's value, by day: distinct values and how often each occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// The values, ascending within a day.
    pub numbers: Numbers,
    /// How often each occurs.
    pub counts: Ints,
    /// For each day the place behind its last value.
    pub ends: Ints,
}

impl Spread {
    /// Returns the values of the day at `place` with how often each occurs.
    pub fn day(&self, place: usize) -> impl Iterator<Item = (Number, u64)> + '_ {
        let end = |place: usize| usize::try_from(self.ends.get(place)).unwrap_or_default();
        let start = if place == 0 { 0 } else { end(place - 1) };
        (start..end(place)).map(|at| (self.numbers.get(at), unsigned(self.counts.get(at))))
    }
}

/// What is kept of each day's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayValues {
    /// One number: the last, the smallest, the largest or the sum.
    One(Numbers),
    /// How many rows there were.
    Count(Ints),
    /// The parts of a mean.
    Mean {
        /// Sum of the day's values.
        sums: Numbers,
        /// How many there were.
        counts: Ints,
    },
    /// The parts of a ratio.
    Ratio {
        /// Sum of the numerators.
        of: Numbers,
        /// Sum of the denominators.
        to: Numbers,
    },
    /// All values, for percentiles.
    Spread(Spread),
}

impl DayValues {
    /// Returns days of one value each; for `count`, the value is the number of rows.
    #[must_use]
    pub fn of_numbers(aggregate: Aggregate, values: Vec<Number>) -> Self {
        let days = values.len();
        let ones = || Ints::pack(vec![1; days]);
        let whole = |value: Number| value.floor_to(0).normal().parts().map_or(0, |parts| parts.0);
        let counts: Vec<i64> =
            if aggregate == Aggregate::Count { values.iter().map(|value| whole(*value)).collect() } else { Vec::new() };
        let numbers = Numbers::pack(values);
        match aggregate {
            Aggregate::Count => Self::Count(Ints::pack(counts)),
            Aggregate::Mean => Self::Mean { sums: numbers, counts: ones() },
            Aggregate::Ratio => Self::Ratio { of: numbers, to: Numbers::pack(vec![Number::ONE; days]) },
            Aggregate::Percentile(_) => {
                Self::Spread(Spread { numbers, counts: ones(), ends: Ints::Run { first: 1, step: 1, len: days } })
            }
            _ => Self::One(numbers),
        }
    }
}

/// The rows of one export that a series is made of, by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayEvidence {
    /// The export's place in the history's list of files.
    pub file: usize,
    /// The days with rows; nothing where they are the series' own.
    pub days: Option<Ints>,
    /// Line of each day's first row.
    pub first_lines: Ints,
    /// What else there is where days have several rows; nothing where each has one.
    pub several: Option<Box<SeveralRows>>,
}

/// What is known of days that have several rows of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeveralRows {
    /// Rows of each day.
    pub rows: Ints,
    /// Line of each day's last row.
    pub last_lines: Ints,
}

impl DayEvidence {
    /// Returns how many rows the days at `places` have.
    #[must_use]
    pub fn rows(&self, places: Range<usize>) -> u64 {
        self.several.as_ref().map_or(places.len() as u64, |several| unsigned(several.rows.sum(places)))
    }

    /// Returns the first and the last line of the days at `places`; nothing where there are no places.
    #[must_use]
    pub fn lines(&self, places: Range<usize>) -> Option<(u64, u64)> {
        let (first, mut last) = self.first_lines.ends(places.clone())?;
        if let Some(several) = &self.several {
            last = several.last_lines.ends(places)?.1;
        }
        Some((unsigned(first), unsigned(last)))
    }
}

/// One series: a metric's rows, or those with one value in the column that parts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaySeries {
    /// The value that sets it apart; empty where nothing is parted.
    pub label: Arc<str>,
    /// The days with rows, ascending, counted from 1970-01-01.
    pub days: Ints,
    /// What is kept of each day.
    pub values: DayValues,
    /// All rows' values where days have several rows and they are worth keeping.
    pub rows: Option<Spread>,
    /// Where the rows stand.
    pub evidence: Vec<DayEvidence>,
}

impl DaySeries {
    /// Returns the place of the first day up to which sums of the rows' sizes are too large to compute with, or whose
    /// own ratio is, times `factor`. Where there is none, no sum, mean or percentile of any days is too large.
    #[must_use]
    pub fn first_too_large(&self, aggregate: Aggregate, factor: Number) -> Option<usize> {
        let add = |sum: Option<Number>, number: Number| sum?.plus(number.magnitude());
        let fits = |numbers: &Numbers, place: usize, sum: &mut Option<Number>| {
            *sum = add(*sum, numbers.get(place));
            sum.and_then(|sum| sum.times(factor)).is_some()
        };
        let (mut sum, mut other) = (Some(Number::ZERO), Some(Number::ZERO));
        let mut places = 0..self.days.len();
        match &self.values {
            DayValues::Count(_) => None,
            DayValues::One(_) if aggregate != Aggregate::Sum => None,
            DayValues::One(numbers) | DayValues::Mean { sums: numbers, .. } if numbers.are_short() => None,
            DayValues::One(numbers) | DayValues::Mean { sums: numbers, .. } => {
                places.find(|&place| !fits(numbers, place, &mut sum))
            }
            DayValues::Ratio { of, to } => places.find(|&place| {
                let fit = fits(of, place, &mut sum) && fits(to, place, &mut other);
                let (of, to) = (of.get(place), to.get(place));
                !fit || (!to.is_zero() && of.over(to).and_then(|ratio| ratio.times(factor)).is_none())
            }),
            DayValues::Spread(spread) if spread.numbers.are_short() => None,
            // Between two values lies at most twice the larger.
            DayValues::Spread(spread) => {
                places.find(|&place| spread.day(place).any(|(value, _)| value.times(Number::whole(2)).is_none()))
            }
        }
    }

    /// Returns the place of the file that has the day's first row, with the row's line.
    #[must_use]
    pub fn first_line(&self, place: usize) -> Option<(usize, u64)> {
        let day = self.days.get(place);
        self.evidence.iter().find_map(|evidence| {
            let days = evidence.days.as_ref().unwrap_or(&self.days);
            let at = days.lower_bound(day);
            (at < days.len() && days.get(at) == day).then(|| (evidence.file, unsigned(evidence.first_lines.get(at))))
        })
    }
}

/// A fold over days of one series.
#[derive(Debug, Clone, Default)]
pub struct Running {
    number: Number,
    to: Number,
    count: u64,
    spread: Vec<(Number, u64)>,
    too_large: bool,
}

impl Running {
    /// Adds the day at `place`; days must come in order.
    pub fn add(&mut self, series: &DaySeries, place: usize, aggregate: Aggregate) {
        match &series.values {
            DayValues::One(numbers) => self.add_one(numbers.get(place), aggregate),
            DayValues::Count(rows) => self.count += unsigned(rows.get(place)),
            DayValues::Mean { sums, counts } => {
                self.number = self.sum(self.number, sums.get(place));
                self.count += unsigned(counts.get(place));
            }
            DayValues::Ratio { of, to } => {
                self.number = self.sum(self.number, of.get(place));
                self.to = self.sum(self.to, to.get(place));
                self.count += 1;
            }
            DayValues::Spread(spread) => {
                self.spread.extend(spread.day(place));
                self.count = 1;
            }
        }
    }

    fn add_one(&mut self, number: Number, aggregate: Aggregate) {
        self.number = match aggregate {
            _ if self.count == 0 => number,
            Aggregate::Min => self.number.min(number),
            Aggregate::Max => self.number.max(number),
            Aggregate::Sum => self.sum(self.number, number),
            _ => number,
        };
        self.count += 1;
    }

    fn sum(&mut self, a: Number, b: Number) -> Number {
        a.fair_sum(b).unwrap_or_else(|| {
            self.too_large = true;
            a
        })
    }

    /// Returns the value of all days so far; nothing where there are none, or where it is divided by 0.
    ///
    /// # Errors
    ///
    /// Where a number on the way is too large to compute with.
    pub fn value(&mut self, aggregate: Aggregate) -> Result<Option<Number>, TooLarge> {
        if self.too_large {
            return Err(TooLarge);
        }
        if self.count == 0 || (aggregate == Aggregate::Ratio && self.to.is_zero()) {
            return Ok(None);
        }
        let value = match aggregate {
            Aggregate::Count => Some(Number::count(self.count)),
            Aggregate::Mean => self.number.fair_quotient(Number::count(self.count)).map(Number::normal),
            Aggregate::Ratio => self.number.fair_quotient(self.to).map(Number::normal),
            Aggregate::Percentile(percentile) => {
                // Days come as sorted runs, which this sort merges.
                self.spread.sort_by_key(|pair| pair.0);
                percentile_of(&self.spread, percentile)
            }
            Aggregate::Last | Aggregate::Sum | Aggregate::Min | Aggregate::Max => Some(self.number),
        };
        value.map(Some).ok_or(TooLarge)
    }
}

/// Returns the percentile of ascending values by Hyndman and Fan's type 7.
fn percentile_of(pairs: &[(Number, u64)], percentile: Percentile) -> Option<Number> {
    let all: u64 = pairs.iter().map(|pair| pair.1).sum();
    let steps = Number::whole(i64::try_from(all.checked_sub(1)?).ok()?);
    let position = percentile.percent().times(steps)?.over(Number::whole(100))?;
    let floor = position.floor_to(0);
    let (rank, _) = floor.normal().parts()?;
    let rank = unsigned(rank);
    let lower = value_at(pairs, rank)?;
    let upper = value_at(pairs, rank + 1).unwrap_or(lower);
    let part = upper.minus(lower)?.times(position.minus(floor)?)?;
    lower.plus(part).map(Number::normal)
}

fn value_at(pairs: &[(Number, u64)], rank: u64) -> Option<Number> {
    let mut before = 0;
    pairs.iter().find_map(|&(value, count)| {
        before += count;
        (rank < before).then_some(value)
    })
}

impl Across {
    /// Returns one value of several series' values; nothing where there are none.
    ///
    /// # Errors
    ///
    /// Where a number on the way is too large to compute with.
    pub fn combine(self, values: impl IntoIterator<Item = Number>) -> Result<Option<Number>, TooLarge> {
        let mut values = values.into_iter();
        let Some(first) = values.next() else { return Ok(None) };
        let value = match self {
            Self::Max => Some(values.fold(first, Number::max)),
            Self::Min => Some(values.fold(first, Number::min)),
            Self::Sum => values.try_fold(first, Number::plus),
            Self::Mean => {
                let mut count = 1;
                let sum = values.try_fold(first, |sum, value| {
                    count += 1;
                    sum.plus(value)
                });
                if count == 1 { sum } else { sum.and_then(|sum| sum.over(Number::whole(count))) }
            }
        };
        value.map(Some).ok_or(TooLarge)
    }
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    #[test]
    fn percentiles_interpolate_between_closest_ranks() {
        let pairs: Vec<_> = ["1", "2", "3", "4"].iter().map(|text| (number(text), 1)).collect();
        let of = |percent: &str| {
            percentile_of(&pairs, Percentile::new(number(percent)).expect("inside")).map(|value| value.to_string())
        };
        assert_eq!(of("50").as_deref(), Some("2.5"));
        assert_eq!(of("90").as_deref(), Some("3.7"));
        assert_eq!(of("0.1").as_deref(), Some("1.003"));
        assert_eq!(percentile_of(&[], Percentile::new(number("50")).expect("inside")), None);
        let median = Percentile::new(number("50")).expect("inside");
        assert_eq!(percentile_of(&[(number("1"), 3), (number("9"), 2)], median), Some(number("1")));
    }
}
