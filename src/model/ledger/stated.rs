//! Goals and bounds as locks state them.
//!
//! In: a goal, a bound. Out: keys with values in the ledgers' notation.

use super::notation;
use crate::model::goal::{Bound, GainKind, Goal, Milestone};

/// Returns a goal as keys with values, its kind first.
#[must_use]
pub fn goal(goal: &Goal) -> Vec<(&'static str, String)> {
    let mut pairs = vec![("kind", goal.kind().name().to_owned())];
    match goal {
        Goal::Move(goal) => {
            pairs.push(("from", notation::quantity(&goal.from)));
            pairs.push(("to", notation::quantity(&goal.to)));
        }
        Goal::Target(target) => {
            pairs.push(("to", notation::quantity(&target.to)));
            pairs.extend(target.better.map(|better| ("better", better.name().to_owned())));
        }
        Goal::Gain(gain) => {
            pairs.push(("by", notation::quantity(&gain.by)));
            if gain.kind == GainKind::Relative {
                pairs.push(("of", "the start".to_owned()));
            }
            pairs.extend(gain.from.as_ref().map(|from| ("from", notation::quantity(from))));
        }
        Goal::Hold(hold) => {
            pairs.extend(hold.bounds().map(bound));
            pairs.push(("judge", hold.judge.name().to_owned()));
        }
        // Whether it is done is no part of what was committed.
        Goal::Milestone(Milestone { due, .. }) | Goal::Baseline(Milestone { due, .. }) => {
            pairs.extend(due.map(|due| ("due", due.to_string())));
        }
    }
    pairs
}

/// Returns a bound as a key with its limit.
#[must_use]
pub fn bound(bound: &Bound) -> (&'static str, String) {
    (bound.key(), notation::quantity(&bound.limit))
}
