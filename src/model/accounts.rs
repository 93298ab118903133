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

    /// Returns the period of which each row may speak, where all dates are firsts or lasts of months or one day of the week;
    /// nothing where few rows tell, or where dates are written as periods.
    #[must_use]
    pub fn likely_grain(&self) -> Option<Grain> {
        let Source::Rows(rows) = &self.source else { return None };
        if self.grain() != Grain::Day {
            return None;
        }
        let mut days = rows.days(Window { start: Day::MIN, end: Day::MAX }).take(LOOK_AT);
        let mut before = days.next()?;
        let is_first = |day: Day| day.ymd().2 == 1;
        let mut firsts = is_first(before);
        let (mut next_firsts, mut next_lasts, mut weeks) = (firsts, is_first(before.plus(1)), true);
        let mut known = 1;
        for day in days {
            known += 1;
            firsts &= is_first(day);
            next_firsts &= before.month_start(1) == day;
            next_lasts &= before.plus(1).month_start(1) == day.plus(1);
            weeks &= day.since(before) % 7 == 0;
            if !(firsts || next_lasts || weeks) {
                return None;
            }
            before = day;
        }
        match () {
            () if known > 1 && (next_firsts || next_lasts) || known >= FEWEST && firsts => Some(Grain::Month),
            () if known >= FEWEST && weeks => Some(Grain::Week),
            () => None,
        }
    }

    /// Returns how long a period a row speaks of, as far as its dates tell.
    #[must_use]
    pub fn usual_grain(&self) -> Grain {
        self.likely_grain().unwrap_or_else(|| self.grain())
    }

    /// Says whether the book states that the exports are complete up to a day.
    #[must_use]
    pub fn is_stated_through(&self, day: Day) -> bool {
        match &self.source {
            Source::Unusable => false,
            Source::Rows(rows) => rows.silence.is_stated_through(day),
            Source::Ratio(ratio) => ratio.both(|part| part.is_stated_through(day)) == [true, true],
        }
    }
}

/// From how many days on their dates tell of a period, where not each period has one.
const FEWEST: usize = 4;

/// How many days are looked at.
const LOOK_AT: usize = 200;
