//! Where the teams of a quarter stand with what okrbook asks of them: their locks, and their reviews' questions.
//!
//! In: a quarter of a book, and its texts. Out: counts, team by team; those of questions are what `okrbook review` says.

use crate::lifecycle::review::{Inputs, lay_out};
use crate::model::calendar::Day;
use crate::model::ids::{CycleId, Slug};
use crate::model::plan::{QuarterPlan, TeamPlan};
use crate::source::Sources;

/// Where the teams of a quarter stand before it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The quarter.
    pub quarter: CycleId,
    /// Whether it was brought in from elsewhere.
    pub imported: bool,
    /// Its teams with objectives, in the plan's order.
    pub teams: Vec<TeamStanding>,
}

/// Where a team stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamStanding {
    /// The team.
    pub team: Slug,
    /// The day on which it committed to its goals, where it did.
    pub locked: Option<Day>,
    /// How many key results its review asks about.
    pub key_results: usize,
    /// How many questions of the review are open; all of them without a review.
    pub open: usize,
}

/// Returns where the teams of a quarter stand.
pub(super) fn of(plan: &QuarterPlan, sources: &Sources, as_of: Day) -> Standing {
    let teams = plan.teams.iter().filter(|team| !team.objectives.is_empty());
    Standing {
        quarter: plan.quarter.id,
        imported: plan.story.as_ref().is_some_and(|story| story.imported.is_some()),
        teams: teams.map(|team| of_team(plan, team, sources, as_of)).collect(),
    }
}

fn of_team(plan: &QuarterPlan, team: &TeamPlan, sources: &Sources, as_of: Day) -> TeamStanding {
    let review = team.review.as_ref().map(|review| sources.get(review.file));
    let path = review.map_or_else(String::new, |review| review.path.to_string());
    let text = review.map(|review| &*review.text);
    // A review that can't be added to is none that `review` counts.
    let laid = lay_out(&Inputs { path: &path, text, objectives: &team.objectives, facts: &[], as_of }).ok();
    let lock = plan.ledger.lock.as_ref().and_then(|lock| lock.team(&team.team));
    TeamStanding {
        team: team.team.clone(),
        locked: lock.map(|lock| lock.on),
        key_results: laid.as_ref().map_or(0, |laid| laid.key_results),
        open: laid.map_or(0, |laid| laid.open),
    }
}
