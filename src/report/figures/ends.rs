//! Start and end of a goal as charts draw them.
//!
//! In: a goal that moves a number. Out: floats in the unit that is shown.

use crate::model::goal::Move;
use crate::model::quantity::{Per, Quantity, TimeUnit, Unit};

/// Returns how often a quantity comes in a quarter, for what adds up.
pub(super) const fn times(quantity: &Quantity, is_flow: bool) -> f64 {
    if is_flow && matches!(quantity.per, Some(Per::Time(TimeUnit::Month))) { 3.0 } else { 1.0 }
}

/// Returns start and end of a goal as totals of the quarter for flows, else as they are.
pub(super) fn ends(goal: &Move, unit: &Unit, is_flow: bool) -> Option<(f64, f64)> {
    let times = times(&goal.to, is_flow);
    Some((goal.from.number_in(unit)?.to_float() * times, goal.to.number.to_float() * times))
}
