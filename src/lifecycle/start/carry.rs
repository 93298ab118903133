//! What a team's review carries into the next quarter.
//!
//! In: a measured book, a team. Out: the objectives with the key results whose review says yes, and the names
//! of those that nobody has decided about. Writes nothing.

use super::inputs::Inputs;
use crate::model::ids::{CycleId, Slug};
use crate::model::plan::{KeyResult, Objective, TeamPlan};
use crate::model::review::Carry;
use crate::model::scorecard::{KeyResultScore, TeamScore};

/// What is carried forward of a team.
#[derive(Debug, Default)]
pub(super) struct Carried<'a> {
    /// Objectives with what is carried of them, in the file's order.
    pub(super) objectives: Vec<CarriedObjective<'a>>,
    /// Key results without a decision: `objective/key-result`.
    pub(super) undecided: Vec<String>,
}

/// An objective of which something is carried forward.
#[derive(Debug)]
pub(super) struct CarriedObjective<'a> {
    /// The quarter that it comes from.
    pub(super) quarter: CycleId,
    /// The team, as the quarter names it.
    pub(super) team: &'a Slug,
    /// The objective.
    pub(super) plan: &'a Objective,
    /// Its key results that are carried.
    pub(super) key_results: Vec<CarriedKeyResult<'a>>,
}

/// A key result that is carried forward.
#[derive(Debug)]
pub(super) struct CarriedKeyResult<'a> {
    /// The key result.
    pub(super) plan: &'a KeyResult,
    /// What scoring found out.
    pub(super) score: Option<&'a KeyResultScore>,
    /// The next target as the review writes it.
    pub(super) to: Option<&'a str>,
}

/// Returns what is carried forward of a team from the last quarter, where it may have had another id.
pub(super) fn of_team<'a>(inputs: &Inputs<'a>, team: &Slug) -> Carried<'a> {
    let mut carried = Carried::default();
    let Some((quarter, scores)) = inputs.previous() else { return carried };
    let is_own = |known: &&TeamPlan| inputs.plan.is_one_team(&known.team, team);
    let Some(plan) = quarter.teams.iter().find(is_own) else { return carried };
    let team_score = scores.teams.iter().find(|known| known.team == plan.team);
    let answers = plan.review.as_ref().map_or(&[][..], |review| &review.answers);
    for objective in &plan.objectives {
        let mut key_results = Vec::new();
        for key_result in &objective.key_results {
            let of_this = answers.iter().find(|answers| {
                answers.objective == objective.id.value && answers.key_result.value == key_result.id.value
            });
            match of_this.and_then(|answers| answers.carry.as_ref()) {
                Some(Carry { decision: Some(true), to, .. }) => key_results.push(CarriedKeyResult {
                    plan: key_result,
                    score: team_score.and_then(|scores| score_of(scores, objective, key_result)),
                    to: to.as_deref(),
                }),
                Some(Carry { decision: Some(false), .. }) => {}
                Some(Carry { decision: None, .. }) | None => {
                    carried.undecided.push(format!("{}/{}", objective.id.value, key_result.id.value));
                }
            }
        }
        if !key_results.is_empty() {
            let (quarter, team) = (quarter.quarter.id, &plan.team);
            carried.objectives.push(CarriedObjective { quarter, team, plan: objective, key_results });
        }
    }
    carried
}

fn score_of<'a>(scores: &'a TeamScore, objective: &Objective, key_result: &KeyResult) -> Option<&'a KeyResultScore> {
    let objective = scores.objectives.iter().find(|known| known.id == objective.id.value)?;
    objective.key_results.iter().find(|known| known.id == key_result.id.value)
}
