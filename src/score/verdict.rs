//! Verdicts: whether a promise was met, once its quarter is over, and how it stands while it runs.

use crate::model::plan::Ambition;
use crate::model::quantity::Number;
use crate::model::scorecard::{KeyResultScore, ObjectiveScore, QuarterState, Status};
use crate::model::words::words;

/// What became of a committed objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Every key result scored 1.
    Met,
    /// Every key result scored 1, and a guardrail is broken.
    MetGuardrailBroken,
    /// A key result scored less than 1, or there is none.
    NotMet,
}

words!(Verdict { Met => "met", MetGuardrailBroken => "met-guardrail-broken", NotMet => "not-met" });

/// Returns the verdict on a committed objective of a quarter that is over; nothing for any other.
#[must_use]
pub fn verdict(objective: &ObjectiveScore, state: QuarterState) -> Option<Verdict> {
    let over = matches!(state, QuarterState::Over | QuarterState::Sealed);
    if objective.ambition != Ambition::Committed || !over {
        return None;
    }
    let all = || objective.key_results.iter().filter(|card| card.counts).chain(&objective.dropped);
    let counting = || all().filter(|card| !card.has_nothing_to_measure());
    let met = counting().next().is_some() && counting().all(|card| card.score == Some(Number::ONE));
    let broken = counting().any(KeyResultScore::guardrail_broken);
    Some(match (met, broken) {
        (false, _) => Verdict::NotMet,
        (true, false) => Verdict::Met,
        (true, true) => Verdict::MetGuardrailBroken,
    })
}

/// Returns the status of a committed objective whose quarter runs: that of its weakest key result with data; nothing for
/// any other objective.
#[must_use]
pub fn status(objective: &ObjectiveScore) -> Option<Status> {
    if objective.ambition != Ambition::Committed {
        return None;
    }
    let counting = objective.key_results.iter().filter(|card| card.counts);
    let statuses = || counting.clone().filter_map(|card| card.standing.as_ref()).map(|standing| standing.status);
    statuses().filter(|status| *status != Status::NoData).max().or_else(|| statuses().next())
}
