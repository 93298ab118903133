//! Sealed key results whose scores today's exports no longer give.
//!
//! In: what is frozen of quarters, and what the book's own exports make of the same files today. Out: a finding for each
//! key result that would score otherwise; the seal counts. Silent where exports are the sealed ones, so that another
//! version's arithmetic is no news, and where they don't reach back to the quarter any more.

use std::collections::BTreeMap;

use super::frozen::Frozen;
use crate::diag::Diagnostic;
use crate::model::history::{History, Receipt};
use crate::model::ids::{CycleId, Slug};
use crate::model::ledger::notation;
use crate::model::plan::{KeyResult, Plan, QuarterPlan};
use crate::model::quantity::{Number, Quantity};
use crate::model::scorecard::{BaselineOrigin, KeyResultScore, QuarterScore, Scorecard, TeamScore};
use crate::score::recorded::begins_late;

/// Returns what differs; the scorecard is today's, of a plan with the sealed texts.
#[must_use]
pub fn differing(
    frozen: &[Frozen],
    plan: &Plan,
    histories: &BTreeMap<Slug, History>,
    scorecard: &Scorecard,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // Of a quarter whose texts are the book's own there are no exports beside the sealed ones.
    for frozen in frozen.iter().filter(|frozen| frozen.texts.is_some()) {
        let quarter = plan.quarters.iter().zip(&scorecard.quarters).find(|(plan, _)| plan.quarter.id == frozen.quarter);
        let Some((plan, today)) = quarter.filter(|(plan, _)| plan.quarter == frozen.scores.quarter()) else { continue };
        let sealed = cards(frozen.scores.teams());
        for (key, key_result, now) in today_of(plan, today) {
            let history = key_result.metric.as_ref().and_then(|metric| histories.get(&metric.value));
            if let (Some(was), Some(history)) = (sealed.get(&key), history)
                && differs(was, now)
                && !begins_late(history, plan.quarter.window.start)
            {
                found.push(told(frozen.quarter, key, key_result, (was, now)));
            }
        }
    }
    found
}

/// A key result in a quarter: its team, its objective, itself.
type Key<'a> = (&'a Slug, &'a Slug, &'a Slug);

fn cards(teams: &[TeamScore]) -> BTreeMap<Key<'_>, &KeyResultScore> {
    let objectives = teams.iter().flat_map(|team| team.objectives.iter().map(move |objective| (team, objective)));
    let all = objectives.flat_map(|(team, objective)| {
        objective.key_results.iter().map(move |card| ((&team.team, &objective.id, &card.id), card))
    });
    all.collect()
}

fn today_of<'a>(
    plan: &'a QuarterPlan,
    scores: &'a QuarterScore,
) -> impl Iterator<Item = (Key<'a>, &'a KeyResult, &'a KeyResultScore)> {
    let teams = plan.teams.iter().zip(&scores.teams);
    teams.flat_map(|(team, team_score)| {
        let objectives = team.objectives.iter().zip(&team_score.objectives);
        objectives.flat_map(move |(objective, scored)| {
            let key_results = objective.key_results.iter().zip(&scored.key_results);
            key_results.map(move |(one, card)| ((&team.team, &objective.id.value, &one.id.value), one, card))
        })
    })
}

/// Says whether today's card scores otherwise because of what the exports say.
fn differs(was: &KeyResultScore, now: &KeyResultScore) -> bool {
    let Some((_, today)) = now.value.as_ref().zip(now.score) else { return false };
    let sealed = was.score.unwrap_or_default();
    let way = sealed.minus(today).map(Number::magnitude);
    let least = Number::new(1, 2).unwrap_or(Number::ONE);
    let has_moved = was.grade() != now.grade() || way.is_none_or(|way| way >= least);
    has_moved && is_one_goal(was, now) && files(was.receipt.as_ref()) != files(now.receipt.as_ref())
}

/// Says whether both were scored by one goal from one kind of start: another reading of a sentence, or a start that today's
/// exports don't reach back to, is no change of the data.
fn is_one_goal(was: &KeyResultScore, now: &KeyResultScore) -> bool {
    let kind = |card: &KeyResultScore| card.baseline.as_ref().map(|baseline| baseline.origin.name().0);
    let is_measured = |card: &KeyResultScore| {
        let origin = card.baseline.as_ref().map(|baseline| baseline.origin);
        matches!(origin, Some(BaselineOrigin::BeforeQuarter(_) | BaselineOrigin::FirstInQuarter(_)))
    };
    // Without data no start was measured either.
    was.value.is_none() || kind(was) == kind(now) && (is_measured(was) || was.goal == now.goal)
}

/// Returns the exports with their digests.
fn files(receipt: Option<&Receipt>) -> Vec<(&str, String)> {
    let exports = receipt.into_iter().flat_map(|receipt| receipt.files.exports());
    exports.map(|export| (&*export.path, export.sha256.to_string())).collect()
}

fn told(
    quarter: CycleId,
    (_, objective, id): Key<'_>,
    key_result: &KeyResult,
    (was, now): (&KeyResultScore, &KeyResultScore),
) -> Diagnostic {
    let message =
        format!("{quarter} is sealed with {} for `{objective}/{id}`; today's exports give {}", of(was), of(now));
    let help = format!(
        "the seal counts: restore the export, or seal the quarter again beside the first seal: \
         `okrbook seal {quarter} --supersede \"why\"`"
    );
    Diagnostic::warning("sealed-differs", &key_result.id, message).help(help)
}

/// Returns score and value as they are told.
fn of(card: &KeyResultScore) -> String {
    let short = |number: Number| number.round_to(4).normal();
    let score = card.score.map_or_else(|| "no score".to_owned(), |score| short(score).to_string());
    match &card.value {
        Some(value) => {
            format!("{score} (at {})", notation::quantity(&Quantity { number: short(value.number), ..value.clone() }))
        }
        None => format!("{score} (no data)"),
    }
}
