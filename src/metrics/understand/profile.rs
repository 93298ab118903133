//! What the first cells of a column are: values, dates, numbers.
//!
//! In: the cells, one after the other. Out: how many are what. A cell that stands there again is judged once.

use crate::metrics::cells::blank::is_missing_cell;
use crate::metrics::cells::date::{self, looks_like_date};
use crate::metrics::cells::number::{Evidence, evidence, plain_evidence};
use crate::metrics::cells::text::decode;
use crate::metrics::cells::words::is_total;

/// How many different cells of a column are remembered at a time.
const REMEMBERED: usize = 16;

/// What the first cells of a column are.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::metrics) struct Profile {
    /// Cells that say something.
    pub(in crate::metrics) values: usize,
    /// Dates that aren't written as a number.
    pub(super) dates: usize,
    /// Numbers that may be dates: `20260701`, Unix seconds.
    pub(super) numeric_dates: usize,
    /// Numbers.
    pub(in crate::metrics) numbers: usize,
}

/// A profile while cells are looked at, with the cells that were judged last.
#[derive(Debug, Clone, Default)]
pub(super) struct Looking<'a> {
    /// What the cells so far are.
    pub(super) profile: Profile,
    judged: Vec<(&'a [u8], Profile)>,
}

impl Profile {
    /// Returns how many values are dates, however they are written, and how many are other numbers.
    pub(in crate::metrics) const fn parts(self) -> [usize; 2] {
        [self.dates + self.numeric_dates, self.numbers - self.numeric_dates]
    }

    /// Says whether so many of the values are enough: all but one in ten, or but one of three and more.
    pub(in crate::metrics) const fn mostly(self, part: usize) -> bool {
        let wrong = self.values - part;
        part > 0 && (wrong * 10 <= self.values || (wrong == 1 && self.values >= 3))
    }

    /// Returns the profile of a single cell.
    fn of(cell: &[u8]) -> Self {
        if is_missing_cell(cell) || is_total(&decode(cell)) {
            return Self::default();
        }
        let value = Self { values: 1, ..Self::default() };
        let is_date = looks_like_date(cell);
        if is_date && !date::is_numeric(cell) {
            return Self { dates: 1, ..value };
        }
        let numbers = usize::from(evidence(cell) != Evidence::NotANumber);
        Self { numeric_dates: usize::from(is_date), numbers, ..value }
    }

    const fn add(&mut self, other: Self) {
        self.values += other.values;
        self.dates += other.dates;
        self.numeric_dates += other.numeric_dates;
        self.numbers += other.numbers;
    }
}

impl<'a> Looking<'a> {
    /// Looks at the next cell.
    pub(super) fn look(&mut self, cell: &'a [u8]) {
        // Most cells are short numbers, which are no dates.
        if cell.len() < 8 && cell.first().is_some_and(u8::is_ascii_digit) && plain_evidence(cell).is_some() {
            self.profile.add(Profile { values: 1, numbers: 1, ..Profile::default() });
            return;
        }
        let known = self.judged.iter().rev().find(|(known, _)| *known == cell).map(|(_, profile)| *profile);
        let judged = known.unwrap_or_else(|| {
            let profile = Profile::of(cell);
            if self.judged.len() == REMEMBERED {
                self.judged.clear();
            }
            self.judged.push((cell, profile));
            profile
        });
        self.profile.add(judged);
    }
}
