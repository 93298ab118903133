//! All values of a series by day, for percentiles and for counting rows, in bounded memory.
//!
//! In: values as rows come. Out: for each day its distinct values and how often each occurs. Where there are too many,
//! values are rounded to four significant digits, then to fewer; counts of rows are given up instead, because they
//! must be exact.

use crate::model::quantity::Number;
use crate::model::series::{Ints, Numbers, Spread};

/// How many values of all series of a metric are held before they are merged.
const BUDGET: usize = 1 << 20;

/// The values of one series so far.
#[derive(Debug)]
pub(in crate::metrics) struct SpreadBuilder {
    entries: Vec<Entry>,
    /// Significant digits that are kept, where values had to be rounded.
    digits: Option<u32>,
    budget: usize,
    /// How many series share the budget.
    sharing: usize,
    /// Whether values may be rounded; where not, they are dropped.
    may_round: bool,
    dropped: bool,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    day: i32,
    value: Number,
    count: u32,
}

impl SpreadBuilder {
    /// Returns an empty one for percentiles, whose values may be rounded.
    pub(in crate::metrics) const fn for_percentiles() -> Self {
        Self { entries: Vec::new(), digits: None, budget: BUDGET, sharing: 1, may_round: true, dropped: false }
    }

    /// Returns an empty one for counting rows, whose values are exact or not there at all.
    pub(in crate::metrics) const fn for_rows() -> Self {
        Self { entries: Vec::new(), digits: None, budget: BUDGET / 8, sharing: 1, may_round: false, dropped: false }
    }

    /// Adds a value.
    pub(in crate::metrics) fn push(&mut self, day: i32, value: Number) {
        if self.dropped {
            return;
        }
        let value = self.digits.map_or(value, |digits| rounded(value, digits));
        self.entries.push(Entry { day, value, count: 1 });
        if self.entries.len() >= self.limit() {
            self.shrink();
        }
    }

    /// Says how many series share the budget.
    pub(in crate::metrics) const fn share(&mut self, series: usize) {
        self.sharing = series;
    }

    fn limit(&self) -> usize {
        (self.budget / self.sharing).max(64)
    }

    /// Returns the significant digits that were kept, where values had to be rounded.
    pub(in crate::metrics) const fn digits(&self) -> Option<u32> {
        self.digits
    }

    fn shrink(&mut self) {
        self.merge();
        while self.entries.len() > self.limit() / 8 * 7 {
            if !self.may_round {
                self.dropped = true;
                self.entries = Vec::new();
                return;
            }
            let digits = self.digits.map_or(4, |digits| digits - 1);
            if digits == 0 {
                // One digit a day and sign and power of ten is as coarse as it gets.
                self.budget *= 2;
                return;
            }
            self.digits = Some(digits);
            self.entries.iter_mut().for_each(|entry| entry.value = rounded(entry.value, digits));
            self.merge();
        }
    }

    /// Sorts by day and value, and makes one entry of equal ones.
    fn merge(&mut self) {
        // Entries that were merged before are a sorted run, which this sort only has to merge.
        self.entries.sort_by_key(|entry| (entry.day, entry.value));
        self.entries.dedup_by(|next, kept| {
            let same = next.day == kept.day && next.value == kept.value;
            if same {
                kept.count = kept.count.saturating_add(next.count);
            }
            same
        });
    }

    /// Returns the values of `days`, which ascend; nothing where values were dropped.
    pub(in crate::metrics) fn finish(mut self, days: &[i32]) -> Option<Spread> {
        if self.dropped {
            return None;
        }
        self.merge();
        let end = |day: &i32| self.entries.partition_point(|entry| entry.day <= *day);
        Some(Spread {
            ends: Ints::pack(days.iter().map(|day| i64::try_from(end(day)).unwrap_or_default())),
            numbers: Numbers::pack(self.entries.iter().map(|entry| entry.value)),
            counts: Ints::pack(self.entries.iter().map(|entry| i64::from(entry.count))),
        })
    }
}

/// Returns a value with at most so many significant digits.
fn rounded(value: Number, digits: u32) -> Number {
    // Mantissas beyond 64 bits are cut to what a percentile can need first.
    let value = if value.parts().is_none() { value.round_to(6) } else { value };
    let Some((mantissa, scale)) = value.parts() else { return value };
    let length = mantissa.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    let Some(unit) = 10_i64.checked_pow(length.saturating_sub(digits)) else { return value };
    let half = if mantissa < 0 { -(unit / 2) } else { unit / 2 };
    let kept = mantissa.checked_add(half).map(|sum| sum / unit * unit);
    kept.and_then(|kept| Number::new(kept, scale)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    #[test]
    fn values_stand_by_day_and_ascend() {
        let mut builder = SpreadBuilder::for_percentiles();
        for (day, value) in [(2, "5"), (1, "3"), (2, "1"), (2, "5")] {
            builder.push(day, number(value));
        }
        let spread = builder.finish(&[1, 2]).expect("kept");
        assert_eq!(spread.day(0).collect::<Vec<_>>(), [(number("3"), 1)]);
        assert_eq!(spread.day(1).collect::<Vec<_>>(), [(number("1"), 1), (number("5"), 2)]);
    }

    #[test]
    fn significant_digits_are_kept_and_the_rest_rounded() {
        for (value, digits, expected) in
            [("123456", 4, "123500"), ("-0.0012345", 3, "-0.00123"), ("99.96", 3, "100"), ("7", 4, "7"), ("0", 2, "0")]
        {
            assert_eq!(rounded(number(value), digits), number(expected), "{value}");
        }
    }

    #[test]
    fn too_many_values_are_rounded_for_percentiles_and_dropped_for_counts() {
        let mut builder = SpreadBuilder { budget: 64, ..SpreadBuilder::for_percentiles() };
        (0..10_000).for_each(|value| builder.push(0, Number::whole(value)));
        assert!(builder.digits().is_some());
        assert!(builder.entries.len() < 128);
        let spread = builder.finish(&[0]).expect("kept");
        assert_eq!(spread.day(0).map(|(_, count)| count).sum::<u64>(), 10_000);
        let mut builder = SpreadBuilder { budget: 64, ..SpreadBuilder::for_rows() };
        (0..10_000).for_each(|value| builder.push(0, Number::whole(value)));
        assert!(builder.finish(&[0]).is_none());
    }
}
