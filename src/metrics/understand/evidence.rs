//! What the cells of a column tell about how they are written: the order of day and month, the sign before decimals.
//!
//! In: cells, one after the other. Out: what all of them together allow. Nothing is told by a majority: one cell that
//! can be read in one way only decides for all, and two that contradict each other decide nothing.

use std::collections::BTreeSet;

use crate::metrics::cells::civil::Order;
use crate::metrics::cells::number::Evidence;
use crate::metrics::cells::tokens::day_in_order;

/// What the cells of a column tell about the order of day and month.
#[derive(Default)]
pub(in crate::metrics) struct OrderEvidence {
    /// Cells with three numbers.
    pub(in crate::metrics) cells: usize,
    /// Cells that each order can't read.
    against: [usize; 3],
    firsts: BTreeSet<u16>,
    lasts: BTreeSet<u16>,
    /// Whether some cell is another day in another order.
    matters: bool,
}

const ORDERS: [Order; 3] = [Order::MonthDay, Order::DayMonth, Order::YearMonthDay];

impl OrderEvidence {
    /// Adds a cell with three numbers, and the digits of the last one.
    pub(in crate::metrics) fn add(&mut self, numbers: [u16; 3], digits: u8) {
        let days = ORDERS.map(|order| day_in_order(numbers, digits, order));
        // What no order can read is a bad cell, not evidence.
        if days.iter().all(Option::is_none) {
            return;
        }
        self.cells += 1;
        for (against, day) in self.against.iter_mut().zip(&days) {
            *against += usize::from(day.is_none());
        }
        self.matters |= days[0] != days[1];
        self.firsts.insert(numbers[0]);
        self.lasts.insert(numbers[2]);
    }

    /// Adds what another column's cells tell.
    pub(in crate::metrics) fn extend(&mut self, other: Self) {
        self.cells += other.cells;
        self.against.iter_mut().zip(other.against).for_each(|(own, more)| *own += more);
        self.firsts.extend(other.firsts);
        self.lasts.extend(other.lasts);
        self.matters |= other.matters;
    }

    /// Returns the order that reads all cells; an error says whether none does, or several.
    pub(in crate::metrics) fn verdict(&self) -> Result<Option<Order>, bool> {
        if self.cells == 0 {
            return Ok(None);
        }
        // A two-digit year comes first only where the first number varies less than the last one.
        let year_may_be_first = self.lasts.len() > self.firsts.len() && self.firsts.len() <= 3;
        let reads = |order: &Order| {
            let place = ORDERS.iter().position(|known| known == order).unwrap_or_default();
            self.against[place] == 0 && (*order != Order::YearMonthDay || year_may_be_first)
        };
        let possible: Vec<Order> = ORDERS.into_iter().filter(|order| reads(order)).collect();
        match possible.as_slice() {
            [] => Err(true),
            [order] => Ok(Some(*order)),
            [Order::MonthDay, Order::DayMonth] if !self.matters => Ok(None),
            _ => Err(false),
        }
    }
}

/// What cells tell about the character before decimals.
#[derive(Default, Clone, Copy)]
pub(in crate::metrics) struct DecimalEvidence {
    /// Cells in which it can only be a point.
    pub(in crate::metrics) points: usize,
    /// Cells in which it can only be a comma.
    pub(in crate::metrics) commas: usize,
    /// Cells such as `1.234`.
    pub(in crate::metrics) either_points: usize,
    /// Cells such as `1,234`.
    pub(in crate::metrics) either_commas: usize,
}

impl DecimalEvidence {
    /// Adds what one cell tells.
    pub(in crate::metrics) const fn add(&mut self, evidence: Evidence) {
        match evidence {
            Evidence::Point => self.points += 1,
            Evidence::Comma => self.commas += 1,
            Evidence::EitherPoint => self.either_points += 1,
            Evidence::EitherComma => self.either_commas += 1,
            Evidence::Missing | Evidence::NotANumber | Evidence::Neutral => {}
        }
    }

    /// Returns the cells that may be read in two ways.
    pub(in crate::metrics) const fn either(&self) -> usize {
        self.either_points + self.either_commas
    }
}
