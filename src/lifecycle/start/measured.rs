//! What was measured of a key result, as its goal would say it.
//!
//! In: a key result, and what exports or scores show of it. Out: an amount in the goal's unit and with as many digits.

use super::inputs::Inputs;
use crate::model::goal::Goal;
use crate::model::plan::KeyResult;
use crate::model::quantity::{Number, Quantity, Unit};
use crate::model::shown;
use crate::score;

/// Returns what the exports show of a key result before the quarter, as precise as its goal.
pub(super) fn measured_start(inputs: &Inputs<'_>, key_result: &KeyResult) -> Option<Quantity> {
    let moment = (inputs.quarter, inputs.scorecard.as_of);
    let measured = score::baseline_of(inputs.plan, inputs.histories, moment, key_result)?;
    in_unit_of_goal(key_result, &measured.quantity)
}

/// Returns a measured amount in the unit of a key result's goal, as precise as the goal.
pub(super) fn in_unit_of_goal(key_result: &KeyResult, value: &Quantity) -> Option<Quantity> {
    let goal = key_result.goal.as_ref()?;
    let Quantity { unit, per, .. } = goal.quantity()?.clone();
    let value = Quantity { number: value.number_in(&unit)?, unit, per };
    Some(Quantity { number: rounded(&value, Some(goal)), ..value })
}

/// Returns a measured number as precise as the goal's own numbers.
pub(super) fn rounded(value: &Quantity, goal: Option<&Goal>) -> Number {
    let ends = match goal {
        Some(Goal::Move(goal)) => vec![goal.from.number_in(&value.unit), goal.to.number_in(&value.unit)],
        Some(goal) => vec![goal.quantity().and_then(|quantity| quantity.number_in(&value.unit))],
        None => Vec::new(),
    };
    let ends: Vec<Number> = ends.into_iter().flatten().collect();
    let number = shown::beside(value.number, &value.unit, &ends);
    // A rate of incidents is no number of incidents.
    let whole = ends.iter().all(|end| end.normal().places() == 0);
    if value.unit == Unit::Count && value.per.is_some() && whole { number.round_to(0) } else { number }
}
