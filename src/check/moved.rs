//! What a movement was told by, as findings say it.
//!
//! In: what `score::movement` found. Out: phrases. Judges nothing.

use crate::model::movement::{Basis, Counts, Windows};
use crate::model::quantity::Number;

/// Says by what it was told that a metric moved or didn't; `cycle` is what its period is called.
pub(super) fn told(basis: &Basis, cycle: &str) -> String {
    match basis {
        Basis::Windows(known) => windows(known),
        Basis::Weeks(known) => {
            format!(
                "it changes as much as the {} weeks of the {cycle} and the {} before vary",
                known.within, known.before
            )
        }
        Basis::Counts(known) => counts(known),
        Basis::Changes(known) if known.months => {
            format!("it changes as much between months ({} before)", known.windows)
        }
        Basis::Changes(known) => format!("it changes as much between {cycle}s ({} before)", known.windows),
        Basis::TooFew(known) => format!("{} weeks with data before the {cycle}, {} in it", known.before, known.within),
    }
}

/// Says what tells by how much a metric usually changes.
pub(super) fn usual(basis: &Basis) -> String {
    match basis {
        Basis::Windows(known) => windows(known),
        Basis::Weeks(known) => format!("as the {} weeks before vary", known.before),
        Basis::Counts(known) => counts(known),
        Basis::Changes(known) if known.months => format!("in {} months before", known.windows),
        Basis::Changes(known) => format!("in {} quarters before", known.windows),
        Basis::TooFew(_) => String::new(),
    }
}

fn windows(known: &Windows) -> String {
    let season = if known.seasonal { ", each less the same days a year before" } else { "" };
    let ways = if known.either_way { " one way or the other" } else { "" };
    let Windows { as_large, windows, days, .. } = known;
    format!("of {windows} earlier windows of {days} days{season}, {as_large} moved as much{ways}")
}

fn counts(known: &Counts) -> String {
    let Counts { before, days_before, within, days_within, chance } = known;
    let hundredth = Number::new(1, 2).unwrap_or_default();
    let chance = if *chance < hundredth { "< 0.01".to_owned() } else { format!("= {}", chance.round_to(2)) };
    format!("{before} in {days_before} days before, {within} in {days_within} days: luck alone has p {chance}")
}
