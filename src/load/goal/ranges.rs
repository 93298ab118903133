//! Ranges: goals with a bound on either side.
//!
//! In: the keys of bounds, and what the sentence states. Out: a hold with two bounds. A bound that only one of the two
//! states is taken from that one.

use super::amounts::show;
use super::compare::compare;
use super::keys::{Keys, Slot};
use crate::diag::Diagnostic;
use crate::model::goal::{Bound, Goal, Hold, Judge, Side};
use crate::source::Spanned;
use crate::yaml::Reader;

/// Returns the range that keys and sentence state together.
pub(super) fn combine(
    reader: &mut Reader<'_>,
    keys: &Keys,
    sentence: Option<&Goal>,
    title: &Spanned<String>,
) -> Option<Goal> {
    if let Some(from) = &keys.from {
        refuse_start(reader, from);
    }
    let said = match sentence {
        Some(Goal::Hold(hold)) => Some(hold),
        _ => None,
    };
    let mut on = |side: Side| {
        let said = said.and_then(|hold| hold.bounds().find(|bound| bound.side == side));
        let stated = [&keys.bound, &keys.other].into_iter().flatten().find(|(_, other, _)| *other == side);
        match stated {
            Some((slot, side, inclusive)) => {
                let limit = compare(reader, slot, said.map(|bound| &bound.limit), title);
                Some(Bound { side: *side, inclusive: *inclusive, limit })
            }
            None => said.cloned(),
        }
    };
    let (lower, upper) = (on(Side::Above), on(Side::Below));
    let judge = said.map_or(Judge::Share, |hold| hold.judge);
    let mut bounds = [lower, upper].into_iter().flatten();
    Some(Goal::Hold(Hold { bound: bounds.next()?, upper: bounds.next(), judge }))
}

/// Reports a start beside two bounds.
pub(super) fn refuse_start(reader: &mut Reader<'_>, from: &Slot) {
    let message = "`from` gives a range a start, but it has no end to go to";
    let help = "leave `from` out, or write `to:` with the value to reach";
    reader.report(Diagnostic::error("contradiction", from.span, message).help(help));
}

/// Returns why no value can lie in a range, or nobody can compare its limits, and what to do.
pub(super) fn nonsense(hold: &Hold) -> Option<(&'static str, String, &'static str)> {
    let (least, most) = (&hold.bound.limit, &hold.upper.as_ref()?.limit);
    match most.number_in(&least.unit).filter(|_| least.per == most.per) {
        Some(number) if number > least.number => None,
        Some(_) => Some((
            "contradiction",
            format!("nothing lies between {} and {}", show(least), show(most)),
            "write the smaller limit under `at_least` and the larger one under `at_most`",
        )),
        None => Some((
            "units-differ",
            format!("a range from {} to {} counts two things", show(least), show(most)),
            "state both limits in one unit",
        )),
    }
}
