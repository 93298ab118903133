//! A series while each of its rows is a day of its own, as in most exports: kept without any detour.
//!
//! In: plain numbers of ascending days. Out: the series by day, packed; or its rows as they came, for the general
//! builder to go on with once a row comes that is not like that.

use crate::model::metric::Aggregate;
use crate::model::quantity::Number;
use crate::model::series::{DayEvidence, DayValues, Ints, Numbers};

/// A row that is the only one of its day.
#[derive(Debug, Clone, Copy)]
pub(in crate::metrics) struct PlainRow {
    /// Its number without the point.
    pub(in crate::metrics) mantissa: i64,
    /// How many digits of it stand behind the point, at most 28.
    pub(in crate::metrics) places: u32,
    /// Its day.
    pub(in crate::metrics) day: i32,
    /// Its line.
    pub(in crate::metrics) line: u32,
}

/// Rows whose days ascend, from file to file.
#[derive(Debug, Default)]
pub(in crate::metrics) struct PlainRows {
    rows: Vec<PlainRow>,
    /// The files with rows that have ended, each with the place behind its last row.
    files: Vec<(usize, usize)>,
}

impl PlainRow {
    /// Returns the row's number.
    pub(in crate::metrics) fn number(&self) -> Number {
        Number::new(self.mantissa, self.places).unwrap_or_default()
    }
}

impl PlainRows {
    /// Says whether rows can be kept so for an aggregate, which must need nothing but one number of each.
    pub(in crate::metrics) const fn serve(aggregate: Aggregate) -> bool {
        !matches!(aggregate, Aggregate::Percentile(_) | Aggregate::Ratio)
    }

    /// Returns none, with room for so many.
    pub(in crate::metrics) fn with_capacity(rows: usize) -> Self {
        Self { rows: Vec::with_capacity(rows), files: Vec::new() }
    }

    /// Adds a row where its day is after the last one; says whether it did.
    #[inline]
    pub(in crate::metrics) fn push(&mut self, row: PlainRow) -> bool {
        let follows = self.rows.last().is_none_or(|last| last.day < row.day);
        if follows {
            self.rows.push(row);
        }
        follows
    }

    /// Returns how many there are.
    pub(in crate::metrics) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Notes that a file has ended, from which the latest rows came, if any did.
    pub(in crate::metrics) fn end_file(&mut self, file: usize) {
        if self.rows.len() > self.files.last().map_or(0, |(_, end)| *end) {
            self.files.push((file, self.rows.len()));
        }
    }

    /// Returns the rows, and the files that have ended, each with the place behind its last row.
    pub(in crate::metrics) fn into_parts(self) -> (Vec<PlainRow>, Vec<(usize, usize)>) {
        (self.rows, self.files)
    }

    /// Returns the days, what is kept of each, and the lines that were used.
    pub(in crate::metrics) fn finish(self, aggregate: Aggregate) -> (Ints, DayValues, Vec<DayEvidence>) {
        let rows = &self.rows;
        let ones = || Ints::Run { first: 1, step: 0, len: rows.len() };
        let numbers = || {
            let packed = Numbers::pack_parts(rows.iter().map(|row| (row.mantissa, row.places)));
            packed.unwrap_or_else(|| Numbers::pack(rows.iter().map(PlainRow::number)))
        };
        let values = match aggregate {
            Aggregate::Count => DayValues::Count(ones()),
            Aggregate::Mean => DayValues::Mean { sums: numbers(), counts: ones() },
            _ => DayValues::One(numbers()),
        };
        let days = Ints::pack(rows.iter().map(|row| i64::from(row.day)));
        let mut evidence = Vec::with_capacity(self.files.len());
        let mut start = 0;
        for &(file, end) in &self.files {
            let own = &rows[start..end];
            let own_days = (own.len() < rows.len()).then(|| Ints::pack(own.iter().map(|row| i64::from(row.day))));
            let first_lines = Ints::pack(own.iter().map(|row| i64::from(row.line)));
            evidence.push(DayEvidence { file, days: own_days, first_lines, several: None });
            start = end;
        }
        (days, values, evidence)
    }
}
