//! The quantities of a goal, and how they are said.
//!
//! In: goals and quantities. Out: each quantity that a goal holds, and words for one.

use crate::model::goal::Goal;
use crate::model::quantity::{Quantity, Unit};

/// Returns all quantities of a goal.
pub(super) fn quantities(goal: &mut Goal) -> Vec<&mut Quantity> {
    match goal {
        Goal::Move(goal) => vec![&mut goal.from, &mut goal.to],
        Goal::Target(goal) => vec![&mut goal.to],
        Goal::Gain(goal) => std::iter::once(&mut goal.by).chain(&mut goal.from).collect(),
        Goal::Hold(goal) => {
            std::iter::once(&mut goal.bound).chain(&mut goal.upper).map(|bound| &mut bound.limit).collect()
        }
        Goal::Milestone(_) | Goal::Baseline(_) => Vec::new(),
    }
}

/// Returns a quantity as a sentence says it.
pub(in crate::load) fn show(quantity: &Quantity) -> String {
    let number = quantity.number;
    let amount = match &quantity.unit {
        Unit::Count => number.to_string(),
        Unit::Percent => format!("{number}%"),
        Unit::Factor => format!("{number}x"),
        unit => format!("{number} {unit}"),
    };
    match &quantity.per {
        Some(per) => format!("{amount}/{per}"),
        None => amount,
    }
}
