//! What is known of a metric while its exports stream by.
//!
//! In: the days and texts of rows, one after the other. Out: first and last days, counts of rows left out, texts met.

use std::collections::BTreeMap;

use super::keyed::{Fate, Keyed};
use super::sought::Sought;
use super::texts::ColumnTexts;
use crate::metrics::cells::clock::Stamp;
use crate::metrics::keep::days::Builder;
use crate::metrics::keep::series::Clash;
use crate::model::calendar::Day;
use crate::model::grain::Grain;

/// What is known of a metric while its exports stream by.
pub(in crate::metrics) struct Tracker {
    /// Its days.
    pub(in crate::metrics) builder: Builder,
    /// The first and last day of any row that shows the export alive.
    pub(in crate::metrics) rows_seen: Option<(Day, Day)>,
    /// The longest period that a row speaks of.
    pub(in crate::metrics) grain: Grain,
    /// Of rows that count and speak of more than a day: the period's days, by the day on which it is kept.
    pub(in crate::metrics) periods: BTreeMap<Day, (Grain, Day, Day)>,
    /// Whether rows that don't meet the conditions show that too. Events may be rare while others go on; a gauge
    /// that is no longer read is stale, whatever other gauges the export holds.
    pub(in crate::metrics) others_count: bool,
    /// Days with rows of any kind, where some rows don't count; days that follow each other are noted once.
    pub(in crate::metrics) spoken: Vec<i32>,
    /// The first and last day of the file at hand.
    pub(in crate::metrics) file_at_hand: Option<(Day, Day)>,
    /// The same of each file before, and whether it holds just as many rows as a tool exports at most.
    files: Vec<(Day, Day, bool)>,
    /// Rows whose time has begun and not ended.
    pub(in crate::metrics) open: u64,
    /// Of rows that are there from one date to another, how many more there are at a day's end than the day before.
    pub(in crate::metrics) stock: BTreeMap<i32, i64>,
    /// What rows come to that a text makes one, where one does.
    pub(in crate::metrics) keyed: Option<Box<Keyed>>,
    /// Rows after the as-of day.
    pub(in crate::metrics) after_as_of: u64,
    /// Rows left out because they are sums of others.
    pub(in crate::metrics) totals: u64,
    /// Rows left out because the cell that is measured is empty.
    pub(in crate::metrics) blank: u64,
    /// Rows left out that have no readable date.
    pub(in crate::metrics) undated: u64,
    /// Rows left out by day.
    pub(in crate::metrics) left_out: BTreeMap<Day, u64>,
    /// What stands in the columns of conditions, by the condition.
    pub(in crate::metrics) texts: BTreeMap<usize, ColumnTexts>,
    /// What money the amounts are in that count.
    pub(in crate::metrics) currencies: ColumnTexts,
    /// The column that says so.
    pub(in crate::metrics) currency_column: Option<String>,
    /// What is known of each text that conditions ask for.
    pub(in crate::metrics) sought: Vec<Sought>,
}

impl Tracker {
    /// Returns a tracker that has seen nothing.
    pub(in crate::metrics) fn new(builder: Builder, others_count: bool) -> Self {
        Self {
            builder,
            rows_seen: None,
            grain: Grain::Day,
            periods: BTreeMap::new(),
            others_count,
            spoken: Vec::new(),
            file_at_hand: None,
            files: Vec::new(),
            open: 0,
            stock: BTreeMap::new(),
            keyed: None,
            after_as_of: 0,
            totals: 0,
            blank: 0,
            undated: 0,
            left_out: BTreeMap::new(),
            texts: BTreeMap::new(),
            currencies: ColumnTexts::default(),
            currency_column: None,
            sought: Vec::new(),
        }
    }

    pub(in crate::metrics) fn see(&mut self, from: Day, to: Day) {
        let joined = |known: Option<(Day, Day)>| match known {
            None => Some((from, to)),
            Some((first, last)) => Some((first.min(from), last.max(to))),
        };
        self.file_at_hand = joined(self.file_at_hand);
        self.rows_seen = joined(self.rows_seen);
    }
}

/// How many days may lie between the rows of two pages of one export.
const PAGE_GAP: i32 = 7;

/// How many days are noted before those that came twice are dropped.
const SPOKEN_LIMIT: usize = 1 << 14;

impl Tracker {
    /// Takes what a row comes to; `key` is what makes it one, with its day and line. Rows without a key are each one.
    #[inline]
    pub(super) fn take(&mut self, key: Option<(&[u8], Option<Day>, u64)>, fate: Fate<&[u8]>) -> Result<(), Clash> {
        match (key, &mut self.keyed) {
            (Some((key, day, line)), Some(keyed)) if !key.is_empty() => {
                keyed.put(key, day, line, fate);
                Ok(())
            }
            _ => self.count(&fate),
        }
    }

    fn count(&mut self, fate: &Fate<&[u8]>) -> Result<(), Clash> {
        match *fate {
            Fate::Counts(ref row, label) => {
                let Stamp { day, first, last, grain, .. } = row.stamp;
                if grain != Grain::Day {
                    self.periods.insert(day, (grain, first, last));
                }
                self.builder.add(label, row)?;
            }
            Fate::There(ref row, label, until) => {
                *self.stock.entry(row.stamp.day.number()).or_default() += 1;
                if let Some(until) = until {
                    *self.stock.entry(until.max(row.stamp.day).number()).or_default() -= 1;
                }
                self.builder.add(label, row)?;
            }
            Fate::Open => self.open += 1,
            Fate::Wrong(day) => *self.left_out.entry(day).or_default() += 1,
            Fate::Nothing | Fate::Blank => {}
        }
        Ok(())
    }

    /// Counts the newest row of each key, once all exports are read.
    pub(in crate::metrics) fn settle(&mut self) -> Result<(), Clash> {
        let Some(keyed) = self.keyed.take() else { return Ok(()) };
        for fates in keyed.finish() {
            fates.iter().try_for_each(|fate| self.count(&fate.borrowed()))?;
            self.builder.end_file();
        }
        Ok(())
    }

    pub(in crate::metrics) fn note_spoken(&mut self, day: Day) {
        if self.others_count && self.spoken.last() != Some(&day.number()) {
            self.spoken.push(day.number());
            if self.spoken.len().is_multiple_of(SPOKEN_LIMIT) {
                self.spoken.sort_unstable();
                self.spoken.dedup();
            }
        }
    }

    /// Returns the first days of files that hold just as many rows as a tool exports at most, and that no other file goes on
    /// from: pages of one export follow each other.
    pub(in crate::metrics) fn cuts(&self) -> Vec<Day> {
        let goes_on = |day: Day| self.files.iter().any(|(first, last, _)| *first < day && last.plus(PAGE_GAP) >= day);
        self.files.iter().filter(|(first, _, is_full)| *is_full && !goes_on(*first)).map(|file| file.0).collect()
    }

    /// Notes that a file of so many rows has ended.
    pub(in crate::metrics) fn end_file(&mut self, rows: u64) {
        if let Some((first, last)) = self.file_at_hand.take() {
            self.files.push((first, last, is_limit(rows)));
        }
        match &mut self.keyed {
            Some(keyed) => keyed.end_file(),
            None => self.builder.end_file(),
        }
    }
}

/// Says whether tools export so many rows at most, with or without the header.
fn is_limit(rows: u64) -> bool {
    const LIMITS: [u64; 7] = [1_000, 5_000, 10_000, 50_000, 65_536, 100_000, 1_048_576];
    LIMITS.iter().any(|&limit| rows == limit || rows + 1 == limit)
}
