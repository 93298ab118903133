//! Conditions on rows: which of them count for a query.
//!
//! In: a record and the query's conditions. Out: whether all hold, or that a cell is bad, which is told.

use super::dispatch::without_quotes;
use super::faults::{of_number, of_quotes};
use super::query::Pass;
use super::slot::Found;
use crate::metrics::cells::clock::Stamp;
use crate::metrics::cells::number;
use crate::metrics::split::record::Record;
use crate::metrics::understand::plan::{Bound, Check};

impl Pass<'_> {
    /// Says whether a row would have the right texts but for quotes that were left in them; reports it then.
    fn is_spoilt_by_quotes(&mut self, bound: &Bound, record: &Record<'_>) -> bool {
        let mut spoilt = None;
        for (column, check) in &bound.filter {
            let Check::OneOf(texts) = check else { continue };
            let text = record.text(*column);
            if texts.has(&*text) {
                continue;
            }
            if !without_quotes(&text).is_some_and(|bare| texts.has(&bare)) {
                return false;
            }
            spoilt = Some(*column);
        }
        let Some(column) = spoilt else { return false };
        self.faults.cell(record, column, of_quotes());
        true
    }

    /// Says whether the row's cells are what they must be; an error where one is bad.
    pub(super) fn passes(&mut self, bound: &Bound, record: &Record<'_>) -> Result<bool, ()> {
        // What a row without the right text has in its other cells concerns others.
        if !bound.has_texts(record) {
            return if self.is_spoilt_by_quotes(bound, record) { Err(()) } else { Ok(false) };
        }
        for (column, check) in &bound.filter {
            let passes = match check {
                Check::OneOf(_) => true,
                Check::Numbers { from, to, decimals } => match number::read(record.bytes(*column), *decimals) {
                    Ok(Some(number)) => from.is_none_or(|from| from <= number) && to.is_none_or(|to| number <= to),
                    Ok(None) => false,
                    Err(_) if self.is_no_data(record) => false,
                    Err(fault) => {
                        self.faults.cell(record, *column, of_number(fault));
                        return Err(());
                    }
                },
                Check::Days { from, to, slot } => match self.slots[*slot].read(record) {
                    Found::At(Stamp { day, .. }) => {
                        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
                    }
                    Found::Missing => false,
                    Found::Bad(..) if self.is_no_data(record) => false,
                    Found::Bad(fault, column) => {
                        self.report_date(record, column, fault, *slot);
                        return Err(());
                    }
                },
            };
            if !passes {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Says whether the row is within the days after its other date.
    pub(super) fn is_within(&mut self, bound: &Bound, stamp: Stamp, record: &Record<'_>) -> Result<bool, ()> {
        let Some((slot, within)) = bound.since else { return Ok(true) };
        match self.slots[slot].read(record) {
            Found::At(start) => Ok((0..=within).contains(&stamp.day.since(start.day))),
            Found::Missing => Ok(false),
            Found::Bad(fault, column) => {
                self.report_date(record, column, fault, slot);
                Err(())
            }
        }
    }
}
