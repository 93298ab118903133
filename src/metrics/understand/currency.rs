//! The currency of a column's numbers.
//!
//! In: the sample's cells and the metric's unit. Out: what money the numbers are in, where they are money.

use super::columns::Columns;
use crate::metrics::cells::marks::named;
use crate::metrics::cells::number::currency;
use crate::model::quantity::Unit;

impl Columns<'_> {
    /// Returns the currency of a column's numbers: that of the metric's unit, else that of the first cell that has one.
    pub(in crate::metrics) fn currency(&self, column: usize, unit: Option<&Unit>) -> Option<&'static str> {
        match unit {
            Some(Unit::Money(code)) => named(code),
            _ => self.head().find_map(|record| currency(record.bytes(column))),
        }
    }
}
