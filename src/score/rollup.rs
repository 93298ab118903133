//! Means: an objective is the weighted mean of its key results' scores, a team the plain mean of its objectives.
//!
//! Mean = Σ(weight × score) ÷ Σ(weight), rounded half to even to 18 decimals. What has no score is left out of the
//! mean and counts 0 in the pessimistic one. Objectives that support another never feed it.

use super::progress::PLACES;
use crate::model::goal::Goal;
use crate::model::plan::Objective;
use crate::model::quantity::Number;
use crate::model::scorecard::{KeyResultScore, ObjectiveScore, Rollup, ScoreState};

/// Returns the mean of an objective's key results.
///
/// With `zero_at_end` an objective without key results scores 0: having none must not be better than missing them.
pub(super) fn objective(key_results: &[&KeyResultScore], zero_at_end: bool) -> Rollup {
    let scored = || key_results.iter().filter_map(|card| Some((card.weight, card.score?)));
    let all = || key_results.iter().map(|card| (card.weight, card.score.unwrap_or(Number::ZERO)));
    let pessimistic = mean(all).unwrap_or(Number::ZERO);
    Rollup {
        score: mean(scored).or(zero_at_end.then_some(Number::ZERO)),
        pessimistic,
        measured: key_results.iter().filter(|card| is_measured(card)).count(),
        of: key_results.len(),
        projected: key_results.iter().any(|card| is_projected(card)),
    }
}

/// Returns the mean of a team's objectives.
pub(super) fn team(objectives: &[&Rollup]) -> Rollup {
    let scored = || objectives.iter().filter_map(|rollup| Some((Number::ONE, rollup.score?)));
    let all = || objectives.iter().map(|rollup| (Number::ONE, rollup.pessimistic));
    Rollup {
        score: mean(scored),
        pessimistic: mean(all).unwrap_or(Number::ZERO),
        measured: objectives.iter().map(|rollup| rollup.measured).sum(),
        of: objectives.iter().map(|rollup| rollup.of).sum(),
        projected: objectives.iter().any(|rollup| rollup.projected),
    }
}

/// Returns a team's mean without milestones and baselines, where it has any.
///
/// Objectives that have nothing else are left out.
pub(super) fn without_soft(plans: &[Objective], scores: &[ObjectiveScore], zero_at_end: bool) -> Option<Rollup> {
    let is_soft = |goal: Option<&Goal>| matches!(goal, Some(Goal::Milestone(_) | Goal::Baseline(_)));
    let has_soft = |plan: &Objective| {
        plan.key_results.iter().chain(&plan.dropped).any(|key_result| is_soft(key_result.goal.as_ref()))
    };
    if !plans.iter().any(has_soft) {
        return None;
    }
    let firm: Vec<Rollup> = scores
        .iter()
        .filter(|score| score.counts)
        .map(|score| {
            let counting = score.key_results.iter().filter(|card| card.counts).chain(&score.dropped);
            (score, counting.filter(|card| !is_soft(card.goal.as_ref())).collect::<Vec<_>>())
        })
        .filter(|(score, firm)| score.key_results.is_empty() || !firm.is_empty())
        .map(|(_, firm)| objective(&firm, zero_at_end))
        .collect();
    Some(team(&firm.iter().collect::<Vec<_>>()))
}

/// Returns the place of the lowest score, the first of equals.
pub(super) fn lowest(key_results: &[KeyResultScore]) -> Option<usize> {
    let counting = key_results.iter().enumerate().filter(|(_, card)| card.counts);
    let scores = counting.filter_map(|(place, card)| Some((card.score?, place)));
    scores.min().map(|(_, place)| place)
}

/// Says whether the score rests on data.
fn is_measured(card: &KeyResultScore) -> bool {
    let has_data = matches!(card.state, ScoreState::Measured | ScoreState::Projected | ScoreState::Stale);
    has_data && card.score.is_some()
}

/// Says whether the score is a projection, stale or not.
fn is_projected(card: &KeyResultScore) -> bool {
    let stale_projection = card.state == ScoreState::Stale && (card.run_rate.is_some() || card.hold.is_some());
    card.score.is_some() && (card.state == ScoreState::Projected || stale_projection)
}

/// Returns the weighted mean; nothing where there is nothing, or where the weights add up to 0.
fn mean<I: Iterator<Item = (Number, Number)>>(items: impl Fn() -> I) -> Option<Number> {
    let sums = |scale: Number| {
        items().try_fold((Number::ZERO, Number::ZERO), |(sum, weights), (weight, score)| {
            let weight = weight.over(scale)?;
            Some((sum.plus(weight.times(score)?)?, weights.plus(weight)?))
        })
    };
    // Weights too large to add up are counted in the largest of them.
    let (sum, weights) = sums(Number::ONE).or_else(|| sums(items().map(|(weight, _)| weight).max()?))?;
    Some(sum.over(weights)?.round_to(PLACES))
}
