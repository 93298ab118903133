//! The currency of a column's numbers.
//!
//! In: the sample's cells, names of columns and the metric's unit. Out: what money the numbers are in, where they are
//! money, and the column that says so row by row.

use super::columns::Columns;
use super::plan::Take;
use crate::metrics::cells::marks::named;
use crate::metrics::cells::number::currency;
use crate::metrics::cells::text::decode;
use crate::model::metric::Metric;
use crate::model::quantity::Unit;

impl Columns<'_> {
    /// Returns the currency of a column's numbers: that of the metric's unit, else that of the first cell that has one.
    pub(in crate::metrics) fn currency(&self, column: usize, unit: Option<&Unit>) -> Option<&'static str> {
        match unit {
            Some(Unit::Money(code)) => named(code),
            _ => self.known.currency(column, || self.head().find_map(|record| currency(record.bytes(column)))),
        }
    }

    /// Returns the column that says what money a row's amount is in; nothing where no amount is taken, or where the amount's
    /// own name says that it is in one currency.
    pub(in crate::metrics) fn currencies(&self, take: &Take, metric: &Metric) -> Option<usize> {
        let (Take::Value(amount) | Take::Difference(amount, _) | Take::Ratio(amount, _) | Take::Weighted(amount, _)) =
            take
        else {
            return None;
        };
        let name = self.shape.name(amount.column).to_lowercase();
        let is_money = match metric.unit.as_ref().map(|unit| &unit.value) {
            Some(Unit::Money(_)) => true,
            None | Some(Unit::Count) => AMOUNTS.iter().any(|word| name.contains(word)),
            Some(_) => false,
        };
        let words = || name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '¥'));
        let is_converted = |name: &str| CONVERTED.iter().any(|word| name.contains(word));
        if !is_money || is_converted(&name) || words().any(|word| named(word).is_some()) {
            return None;
        }
        let says = |column: &usize| *column != amount.column && self.all_name_money(*column);
        (0..self.shape.width).filter(says).min_by_key(|column| {
            let own = self.shape.name(*column).to_lowercase();
            // What converted amounts are in stands beside what these are in.
            (is_converted(&own), !CURRENCY_NAMES.iter().any(|known| own.contains(known)))
        })
    }

    fn all_name_money(&self, column: usize) -> bool {
        let mut cells = self.cells_of(column).peekable();
        cells.peek().is_some() && cells.all(|cell| named(decode(&cell).trim()).is_some())
    }
}

/// What columns of currencies are called.
const CURRENCY_NAMES: [&str; 8] = ["currency", "ccy", "währung", "waehrung", "devise", "moneda", "valuta", "moeda"];

/// What columns of money are called.
const AMOUNTS: [&str; 14] = [
    "amount", "revenue", "price", "total", "net", "gross", "fee", "arr", "mrr", "cost", "spend", "sales", "value",
    "charge",
];

/// What columns are called whose amounts were converted into one currency.
const CONVERTED: [&str; 3] = ["convert", "settle", "base"];
