//! Scoring: plan and histories in, scorecard out.
//!
//! Total: whatever the plan and the histories hold, there is a scorecard, and what could not be scored says why.
//! Exact decimals from the histories to the scores; floats only in `trend`, which projects a running quarter.
//! Reads no clock, touches no file, reports no diagnostics: what is doubtful stands in the scorecard as a reason.
//!
//! Where the formulas are: moves `progress`, starts `baseline`, sums and counts `flow`, holds `hold`,
//! pace and status `pace` and `trend`, what was committed `committed`, guardrails `guardrail`, means `rollup`, promises `verdict`,
//! whether a metric moved `movement`.

pub mod cadence;
pub mod evidence;
pub mod movement;
pub mod recorded;
pub mod start;
pub mod trend;
pub mod verdict;

mod baseline;
mod book;
mod committed;
mod flow;
pub mod fraction;
mod guardrail;
mod history;
mod hold;
mod key_result;
mod level;
mod pace;
mod policy;
mod progress;
mod reach;
mod rollup;

#[cfg(test)]
pub(crate) mod simulated;
#[cfg(test)]
mod tests;

pub use self::policy::Policy;

use std::collections::BTreeMap;

use self::book::{Book, Moment};
use self::evidence::Evidence;
use self::rollup::Counted;
use crate::model::calendar::Day;
use crate::model::calendar::Quarter;
use crate::model::ids::Slug;
use crate::model::plan::{KeyResult, Objective, Plan, QuarterPlan, TeamPlan};
use crate::model::scorecard::{Aims, Baseline, ObjectiveScore, QuarterScore, Scorecard, TeamScore};
use crate::par;

/// Returns the scores of all key results, objectives and teams as of a day, which is included.
///
/// Cannot fail. A metric without an entry in `histories` counts as unusable. Quarters that are over are judged
/// as of their last day. The same arguments give the same scorecard, whatever the number of threads.
#[must_use]
pub fn score<E: Evidence + Sync>(plan: &Plan, histories: &BTreeMap<Slug, E>, policy: &Policy, as_of: Day) -> Scorecard {
    let aims = movement::aims(plan);
    let book = Book { plan, histories, policy, aims: &aims };
    let quarters = plan.quarters.iter().map(|quarter| quarter_score(&book, quarter, as_of)).collect();
    Scorecard { as_of, quarters, aims }
}

/// Returns where a key result's metric stood when a quarter began, as its exports say as of a day.
#[must_use]
pub fn baseline_of<E: Evidence>(
    plan: &Plan,
    histories: &BTreeMap<Slug, E>,
    (quarter, as_of): (Quarter, Day),
    key_result: &KeyResult,
) -> Option<Baseline> {
    let book = Book { plan, histories, policy: &Policy::default(), aims: &Aims::new() };
    let source = book.source_of(key_result).ok()?;
    baseline::recorded(key_result.goal.as_ref(), &source, &Moment::new(quarter, as_of))
}

fn quarter_score<E: Evidence + Sync>(book: &Book<'_, E>, plan: &QuarterPlan, as_of: Day) -> QuarterScore {
    let moment = Moment::new(plan.quarter, as_of);
    let teams = par::map_ordered(&plan.teams, |team| kept(team_score(book, &moment, team)));
    QuarterScore { quarter: plan.quarter, state: moment.state, teams }
}

fn team_score<E: Evidence>(book: &Book<'_, E>, moment: &Moment, team: &TeamPlan) -> TeamScore {
    let moment = &moment.of_team(book.plan.team(&team.team).and_then(|team| team.until));
    let objectives: Vec<ObjectiveScore> =
        team.objectives.iter().map(|objective| objective_score(book, moment, team, objective)).collect();
    let dropped: Vec<ObjectiveScore> =
        team.dropped.iter().map(|objective| objective_score(book, moment, team, objective)).collect();
    let zero_at_end = book.counts_missing_as_zero(moment);
    let counting = objectives.iter().filter(|objective| objective.counts).chain(&dropped);
    let counted = counting.map(|objective| Counted {
        rollup: &objective.rollup,
        key_results: rollup::counting(&objective.key_results, &objective.dropped),
    });
    let rollup = rollup::team(&counted.collect::<Vec<_>>());
    let without_soft = rollup::without_soft(&team.objectives, &objectives, zero_at_end);
    TeamScore { team: team.team.clone(), rollup, without_soft, objectives, dropped }
}

/// Returns a team's scores without the digits that only their means needed.
fn kept(mut team: TeamScore) -> TeamScore {
    team.objectives.iter_mut().flat_map(|objective| &mut objective.key_results).for_each(|card| card.exact = None);
    team
}

fn objective_score<E: Evidence>(
    book: &Book<'_, E>,
    moment: &Moment,
    team: &TeamPlan,
    objective: &Objective,
) -> ObjectiveScore {
    let ambition = objective.commitment.as_ref().map_or(objective.ambition, |locked| locked.terms.ambition);
    let judgements = team.review.as_ref().map(|review| &review.judgements);
    let key_results: Vec<_> = objective
        .key_results
        .iter()
        .map(|key_result| {
            let judgement = judgements.and_then(|all| all.about(&objective.id.value, &key_result.id.value));
            committed::score(book, moment, ambition, key_result, judgement)
        })
        .collect();
    let dropped: Vec<_> = objective.dropped.iter().map(|key_result| committed::dropped(moment, key_result)).collect();
    let counts = key_results.is_empty() || key_results.iter().any(|card| card.counts) || !dropped.is_empty();
    let counting = rollup::counting(&key_results, &dropped);
    ObjectiveScore {
        id: objective.id.value.clone(),
        ambition,
        rollup: rollup::objective(&counting, book.counts_missing_as_zero(moment)),
        lowest: rollup::lowest(&key_results),
        key_results,
        dropped,
        counts,
    }
}
