//! What a history was made of: exports, how each was read, rows used and left out.
//!
//! In: a history. Out: its evidence and its counts, over the whole exports.

use super::calendar::{Day, Window};
use super::grain::Grain;
use super::history::{History, Source};
use super::measurement::FileEvidence;
use super::reading::Reading;

impl History {
    /// Returns how many rows were ignored because they are after the as-of day.
    #[must_use]
    pub fn rows_after_as_of(&self) -> u64 {
        match &self.source {
            Source::Unusable => 0,
            Source::Rows(rows) => rows.after_as_of,
            Source::Ratio(ratio) => ratio.both(History::rows_after_as_of).into_iter().sum(),
        }
    }

    /// Returns how many rows were left out because their time has begun and not ended.
    #[must_use]
    pub fn still_open(&self) -> u64 {
        match &self.source {
            Source::Unusable => 0,
            Source::Rows(rows) => rows.open,
            Source::Ratio(ratio) => ratio.both(History::still_open).into_iter().sum(),
        }
    }

    /// Returns how many rows were left out because they are sums of others.
    #[must_use]
    pub fn totals(&self) -> u64 {
        match &self.source {
            Source::Unusable => 0,
            Source::Rows(rows) => rows.totals,
            Source::Ratio(ratio) => ratio.both(History::totals).into_iter().sum(),
        }
    }

    /// Returns how many rows were left out because the cell that is measured is empty.
    #[must_use]
    pub fn blank(&self) -> u64 {
        match &self.source {
            Source::Unusable => 0,
            Source::Rows(rows) => rows.blank,
            Source::Ratio(ratio) => ratio.both(History::blank).into_iter().sum(),
        }
    }

    /// Returns how many rows were left out because a cell was bad, over the whole exports.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        match &self.source {
            Source::Unusable => 0,
            Source::Rows(rows) => rows.undated + rows.left_out.iter().map(|pair| pair.1).sum::<u64>(),
            Source::Ratio(ratio) => ratio.both(History::left_out).into_iter().sum(),
        }
    }

    /// Returns how each export was read; of a ratio of metrics, those of the first before those of the second.
    #[must_use]
    pub fn readings(&self) -> Vec<Reading> {
        match &self.source {
            Source::Unusable => Vec::new(),
            Source::Rows(rows) => rows.readings.clone(),
            Source::Ratio(ratio) => ratio.both(History::readings).concat(),
        }
    }

    /// Returns the exports with the rows that the whole history is made of.
    #[must_use]
    pub fn evidence(&self) -> Vec<FileEvidence> {
        match &self.source {
            Source::Unusable => Vec::new(),
            Source::Rows(rows) => rows.evidence(Window { start: Day::MIN, end: Day::MAX }).evidence(),
            Source::Ratio(ratio) => ratio.both(History::evidence).concat(),
        }
    }

    /// Returns the period of which each row may speak, where all dates are firsts of months or one day of the week; nothing
    /// where few rows tell, or where dates are written as periods.
    #[must_use]
    pub fn likely_grain(&self) -> Option<Grain> {
        let Source::Rows(rows) = &self.source else { return None };
        let days: Vec<Day> = rows.days(Window { start: Day::MIN, end: Day::MAX }).take(LOOK_AT).collect();
        if self.grain() != Grain::Day || days.len() < FEWEST {
            None
        } else if days.iter().all(|day| day.ymd().2 == 1) {
            Some(Grain::Month)
        } else {
            let is_weekly = days.windows(2).all(|pair| pair[1].since(pair[0]) % 7 == 0);
            is_weekly.then_some(Grain::Week)
        }
    }
}

/// From how many days on their dates tell of a period.
const FEWEST: usize = 4;

/// How many days are looked at.
const LOOK_AT: usize = 200;
