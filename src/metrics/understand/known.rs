//! What the cells and names of an export's columns tell, found once for all metrics that ask.

use std::cell::OnceCell;

use crate::diag::Diagnostic;
use crate::metrics::cells::civil::Order;
use crate::metrics::cells::date::looks_like_date;
use crate::metrics::cells::number::Decimals;
use crate::metrics::cells::words;

/// What is known of columns.
pub(super) struct Known {
    decimals: Vec<OnceCell<Result<Decimals, Diagnostic>>>,
    orders: Vec<OnceCell<Result<Option<Order>, Diagnostic>>>,
    currencies: Vec<OnceCell<Option<&'static str>>>,
    called_dates: OnceCell<Vec<bool>>,
}

impl Known {
    /// Returns what is known of so many columns before anything was asked.
    pub(super) fn of(columns: usize) -> Self {
        let (decimals, orders) = (vec![OnceCell::new(); columns], vec![OnceCell::new(); columns]);
        Self { decimals, orders, currencies: vec![OnceCell::new(); columns], called_dates: OnceCell::new() }
    }

    /// Returns how the decimals of a column are written; `find` looks at its cells.
    pub(super) fn decimals(
        &self,
        column: usize,
        find: impl FnOnce() -> Result<Decimals, Diagnostic>,
    ) -> Result<Decimals, Diagnostic> {
        match self.decimals.get(column) {
            Some(known) => known.get_or_init(find).clone(),
            None => find(),
        }
    }

    /// Returns which of day and month comes first in a column; `find` looks at its cells.
    pub(super) fn order(
        &self,
        column: usize,
        find: impl FnOnce() -> Result<Option<Order>, Diagnostic>,
    ) -> Result<Option<Order>, Diagnostic> {
        match self.orders.get(column) {
            Some(known) => known.get_or_init(find).clone(),
            None => find(),
        }
    }

    /// Returns the currency that stands in a column; `find` looks at its cells.
    pub(super) fn currency(&self, column: usize, find: impl FnOnce() -> Option<&'static str>) -> Option<&'static str> {
        match self.currencies.get(column) {
            Some(known) => *known.get_or_init(find),
            None => find(),
        }
    }

    /// Says whether a column is called like a date, and others are, too.
    pub(super) fn is_one_of_dates(&self, column: usize, header: Option<&[String]>) -> bool {
        let is_date = |name: &String| {
            let name = name.trim();
            looks_like_date(name.as_bytes()) || (name.len() <= 10 && words::month(name).is_some())
        };
        let called = self.called_dates.get_or_init(|| header.unwrap_or_default().iter().map(is_date).collect());
        called.get(column) == Some(&true) && called.iter().filter(|called| **called).count() > 1
    }
}
