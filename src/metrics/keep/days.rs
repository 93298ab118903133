//! A metric's rows to series by day.
//!
//! In: rows that count, each with the value that sets its series apart. Out: series by day, sorted, packed. Memory
//! grows with days and series, never with rows, and both have limits.

use std::collections::HashMap;

use super::plain::PlainRow;
use super::series::{Clash, Keep, Row, SeriesBuilder};
use crate::metrics::cells::clock::Clock;
use crate::model::series::DaySeries;

/// The most series that one metric may have.
const SERIES_LIMIT: usize = 20_000;

/// The most days that all series of one metric may have together.
const DAYS_LIMIT: usize = 1_000_000;

/// How many instants of all series are remembered to find repeated ones among rows out of order.
const INSTANTS_LIMIT: usize = 1 << 16;

/// A metric's rows by day.
pub(in crate::metrics) struct Builder {
    keep: Keep,
    clock: Clock,
    series: Vec<SeriesBuilder>,
    labels: HashMap<Box<[u8]>, usize>,
    latest_series: usize,
    days: usize,
    /// How many instants are remembered.
    instants: usize,
    file: usize,
}

impl Builder {
    /// Returns a builder without rows.
    pub(in crate::metrics) fn new(keep: Keep, clock: Clock) -> Self {
        Self {
            keep,
            clock,
            series: Vec::new(),
            labels: HashMap::new(),
            latest_series: 0,
            days: 0,
            instants: 0,
            file: 0,
        }
    }

    /// Adds a row of the series that `label` sets apart.
    #[inline]
    pub(in crate::metrics) fn add(&mut self, label: &[u8], row: &Row) -> Result<(), Clash> {
        let place = self.place_of(label)?;
        let count = self.series.len();
        let series = &mut self.series[place];
        let known = series.days();
        if let Some(spread) = &mut series.spread {
            spread.share(count);
        }
        series.add(row, self.keep, &self.clock)?;
        if series.remember(row, self.instants < INSTANTS_LIMIT) {
            self.instants += 1;
        }
        self.days += series.days() - known;
        if self.days > DAYS_LIMIT { Err(Clash::Days) } else { Ok(()) }
    }

    /// Adds a row of a metric that isn't parted into series, where it is a day of its own behind all others; says
    /// whether it did.
    #[inline]
    pub(in crate::metrics) fn add_plain(&mut self, row: PlainRow) -> bool {
        if self.series.is_empty() && self.place_of(b"").is_err() {
            return false;
        }
        let [series] = self.series.as_mut_slice() else { return false };
        let added = self.days < DAYS_LIMIT && series.add_plain(row);
        self.days += usize::from(added);
        added
    }

    fn place_of(&mut self, label: &[u8]) -> Result<usize, Clash> {
        if let Some(series) = self.series.get(self.latest_series) {
            // Comparing empty texts costs more than parsing a row, so the usual case comes first.
            let same = if label.is_empty() { series.key.is_empty() } else { *series.key == *label };
            if same {
                return Ok(self.latest_series);
            }
        }
        let place = match self.labels.get(label) {
            Some(&place) => place,
            None if self.series.len() == SERIES_LIMIT => return Err(Clash::Series),
            None => {
                // One series has hundreds of days; where there are many series, they have fewer.
                let days = if self.series.is_empty() { 512 } else { 0 };
                self.series.push(SeriesBuilder::new(label, self.keep, days));
                self.labels.insert(label.into(), self.series.len() - 1);
                self.series.len() - 1
            }
        };
        self.latest_series = place;
        Ok(place)
    }

    /// Notes which lines of the export that has ended were used.
    pub(in crate::metrics) fn end_file(&mut self) {
        self.series.iter_mut().for_each(|series| series.end_file(self.file));
        self.file += 1;
    }

    /// Returns the digits to which values were rounded, where they were.
    pub(in crate::metrics) fn rounded_to(&self) -> Option<u32> {
        self.series.iter().filter_map(|series| series.spread.as_ref()?.digits()).min()
    }

    /// Returns the series, sorted by label.
    pub(in crate::metrics) fn finish(mut self) -> Result<Vec<DaySeries>, Clash> {
        self.series.sort_by(|a, b| a.key.cmp(&b.key));
        let mut finished: Vec<DaySeries> = Vec::with_capacity(self.series.len());
        for series in self.series {
            finished.push(series.finish(self.keep, &self.clock)?);
        }
        Ok(finished)
    }
}
