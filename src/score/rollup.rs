//! Means: an objective is the weighted mean of its key results' scores, a team the plain mean of its objectives.
//!
//! Mean = Σ(weight × score) ÷ Σ(weight), rounded half to even to 18 decimals, but never over a hundredth, so that one key
//! result that is missed is seen beside any weight. What has no score is left out of the
//! mean and counts 0 in the pessimistic one; where nothing happened that could be measured, no data is missing, and both leave
//! it out beside others. Objectives that support another never feed it.

use super::progress::PLACES;
use crate::model::fine::Fine;
use crate::model::goal::Goal;
use crate::model::plan::Objective;
use crate::model::quantity::Number;
use crate::model::scorecard::{KeyResultScore, ObjectiveScore, Rollup, ScoreState};

/// An objective's mean with what it was made from.
pub(super) struct Counted<'a> {
    /// The mean.
    pub(super) rollup: &'a Rollup,
    /// The key results that feed it.
    pub(super) key_results: Vec<&'a KeyResultScore>,
}

/// What a mean does with key results that have no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// They are left out.
    LeftOut,
    /// They count 0.
    Zero,
}

/// Returns the key results that feed an objective's mean: all of them where none was committed, or none has anything to
/// measure.
pub(super) fn counting<'a>(
    key_results: &'a [KeyResultScore],
    dropped: &'a [KeyResultScore],
) -> Vec<&'a KeyResultScore> {
    let mut counting: Vec<_> = key_results.iter().filter(|card| card.counts).chain(dropped).collect();
    if counting.is_empty() {
        counting = key_results.iter().collect();
    }
    if counting.iter().any(|card| !card.has_nothing_to_measure()) {
        counting.retain(|card| !card.has_nothing_to_measure());
    }
    counting
}

/// Returns the mean of an objective's key results.
///
/// With `zero_at_end` an objective without key results scores 0: having none must not be better than missing them. One whose
/// key results all have nothing to measure has no score.
pub(super) fn objective(key_results: &[&KeyResultScore], zero_at_end: bool) -> Rollup {
    let is_excused = !key_results.is_empty() && key_results.iter().all(|card| card.has_nothing_to_measure());
    let zero_at_end = zero_at_end && !is_excused;
    let of = |missing| mean(|| weighted(key_results, missing), || exact_objective(key_results, missing));
    Rollup {
        score: of(Missing::LeftOut).or(zero_at_end.then_some(Number::ZERO)),
        pessimistic: of(Missing::Zero).unwrap_or(Number::ZERO),
        measured: key_results.iter().filter(|card| is_measured(card)).count(),
        of: key_results.len(),
        projected: key_results.iter().any(|card| is_projected(card)),
    }
}

/// Returns the mean of a team's objectives.
pub(super) fn team(objectives: &[Counted<'_>]) -> Rollup {
    let rollups = || objectives.iter().map(|counted| counted.rollup);
    let scored = || rollups().filter_map(|rollup| Some((Number::ONE, rollup.score?)));
    let all = || rollups().map(|rollup| (Number::ONE, rollup.pessimistic));
    Rollup {
        score: mean(scored, || exact_team(objectives, Missing::LeftOut)),
        pessimistic: mean(all, || exact_team(objectives, Missing::Zero)).unwrap_or(Number::ZERO),
        measured: rollups().map(|rollup| rollup.measured).sum(),
        of: rollups().map(|rollup| rollup.of).sum(),
        projected: rollups().any(|rollup| rollup.projected),
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
    let firm: Vec<(Rollup, Vec<&KeyResultScore>)> = scores
        .iter()
        .filter(|score| score.counts)
        .map(|score| {
            let counting = counting(&score.key_results, &score.dropped).into_iter();
            (score, counting.filter(|card| !is_soft(card.goal.as_ref())).collect::<Vec<_>>())
        })
        .filter(|(score, firm)| score.key_results.is_empty() || !firm.is_empty())
        .map(|(_, firm)| (objective(&firm, zero_at_end), firm))
        .collect();
    let counted = firm.iter().map(|(rollup, firm)| Counted { rollup, key_results: firm.clone() });
    Some(team(&counted.collect::<Vec<_>>()))
}

/// Returns the place of the lowest score, the first of equals.
pub(super) fn lowest(key_results: &[KeyResultScore]) -> Option<usize> {
    let counting = key_results.iter().enumerate().filter(|(_, card)| card.counts);
    let scores = counting.filter_map(|(place, card)| Some((card.exact_score()?, place)));
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

/// Returns each key result's weight and score.
fn weighted<'a>(
    key_results: &'a [&KeyResultScore],
    missing: Missing,
) -> impl Iterator<Item = (Number, Number)> + use<'a> {
    let otherwise = (missing == Missing::Zero).then_some(Number::ZERO);
    key_results.iter().filter_map(move |card| Some((card.weight, card.score.or(otherwise)?)))
}

/// Returns the weighted mean; nothing where there is nothing, or where the weights add up to 0.
///
/// Where the mean of rounded scores lies so near to a hundredth that rounding may have taken it there, or where weights
/// have so many digits that decimals can't hold their products, `exact` tells what it is.
fn mean<I: Iterator<Item = (Number, Number)>>(
    items: impl Fn() -> I,
    exact: impl FnOnce() -> Option<Fine>,
) -> Option<Number> {
    let sums = |scale: Number| {
        items().try_fold((Number::ZERO, Number::ZERO), |(sum, weights), (weight, score)| {
            let weight = weight.over(scale)?;
            Some((sum.plus(weight.times(score)?)?, weights.plus(weight)?))
        })
    };
    // Weights too large to add up are counted in the largest of them.
    let (sum, weights) = sums(Number::ONE).or_else(|| sums(items().map(|(weight, _)| weight).max()?))?;
    let mean = sum.over(weights)?.round_to(PLACES);
    let needs_exact = is_near_a_hundredth(mean) || !items().all(|(weight, _)| is_usual(weight));
    let exact = needs_exact.then(exact).flatten();
    Some(exact.map_or(mean, |exact| exact.kept(mean, PLACES)))
}

/// Says whether the product of a weight and any score is an exact decimal number.
fn is_usual(weight: Number) -> bool {
    const MOST: u32 = 28 - PLACES - 1;
    weight.places() <= MOST && weight < Number::new(1_000_000_000, 0).unwrap_or_default()
}

/// Says whether a number lies so near to a hundredth that the roundings of a mean may have moved it there or away.
fn is_near_a_hundredth(number: Number) -> bool {
    let near = |places| Number::new(1, places).unwrap_or_default();
    let rest = number.minus(number.floor_to(2)).unwrap_or_default();
    rest <= near(PLACES - 3) || rest.plus(near(PLACES - 3)).is_none_or(|rest| rest >= near(2))
}

/// Returns an objective's mean before any rounding.
fn exact_objective(key_results: &[&KeyResultScore], missing: Missing) -> Option<Fine> {
    let otherwise = (missing == Missing::Zero).then_some(Fine::ZERO);
    let scores = key_results.iter().filter_map(|card| Some((card.weight, card.exact_score().or(otherwise)?)));
    let (sum, weights) = scores.into_iter().try_fold((Fine::ZERO, Fine::ZERO), |(sum, weights), (weight, score)| {
        let weighted = if weight == Number::ONE { score } else { score.times(weight.into())? };
        Some((sum.plus(weighted)?, weights.plus(weight.into())?))
    })?;
    sum.over(weights)
}

/// Returns a team's mean before any rounding.
fn exact_team(objectives: &[Counted<'_>], missing: Missing) -> Option<Fine> {
    let (mut sum, mut count) = (Fine::ZERO, 0);
    for Counted { rollup, key_results } in objectives {
        let kept = if missing == Missing::Zero { Some(rollup.pessimistic) } else { rollup.score };
        let Some(kept) = kept else { continue };
        // An objective without key results has no mean but the one that is kept.
        sum = sum.plus(exact_objective(key_results, missing).unwrap_or_else(|| kept.into()))?;
        count += 1;
    }
    sum.over(Number::count(count).into())
}
