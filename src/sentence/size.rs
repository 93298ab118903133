//! Sizes: amounts that say how large a thing is: "a 60 kWh battery", "copy 3 TB in under 2 hours".
//!
//! In: an amount that no word gives a role. Out: whether it is the size of a thing. Never looks at verbs.

use crate::model::quantity::Unit;

use super::amount::Amount;
use crate::words::Text;

/// Says whether an amount is a thing's size; `beside_time` where the goal is a time.
pub(super) fn is_size(text: &Text<'_>, amount: &Amount, beside_time: bool) -> bool {
    // A single thing behind a number isn't what the number counts.
    let is_one = text.is(amount.tokens.start.wrapping_sub(1), &["a", "an"]);
    let words = usize::from(amount.unit.is_none());
    let of_thing = is_one && amount.noun.len() > words && amount.unit != Some(Unit::Percent);
    // Data is what takes the time.
    of_thing || beside_time && matches!(amount.unit, Some(Unit::Bytes(_)))
}
