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

/// Rows whose days ascend.
#[derive(Debug, Default)]
pub(in crate::metrics) struct PlainRows {
    rows: Vec<PlainRow>,
    /// The file that they all came from, once it has ended.
    file: Option<usize>,
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
        Self { rows: Vec::with_capacity(rows), file: None }
    }

    /// Adds a row where its day is after the last one and its file is the first; says whether it did.
    #[inline]
    pub(in crate::metrics) fn push(&mut self, row: PlainRow) -> bool {
        let follows = self.file.is_none() && self.rows.last().is_none_or(|last| last.day < row.day);
        if follows {
            self.rows.push(row);
        }
        follows
    }

    /// Returns how many there are.
    pub(in crate::metrics) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Notes that the file has ended from which the rows came, if any did.
    pub(in crate::metrics) fn end_file(&mut self, file: usize) {
        if !self.rows.is_empty() {
            self.file.get_or_insert(file);
        }
    }

    /// Returns the rows and the file that has ended.
    pub(in crate::metrics) fn into_parts(self) -> (Vec<PlainRow>, Option<usize>) {
        (self.rows, self.file)
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
        let evidence = self.file.map(|file| {
            let lines = Ints::pack(rows.iter().map(|row| i64::from(row.line)));
            DayEvidence { file, days: None, rows: ones(), first_lines: lines.clone(), last_lines: lines }
        });
        (Ints::pack(rows.iter().map(|row| i64::from(row.day))), values, evidence.into_iter().collect())
    }
}
