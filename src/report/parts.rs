//! A quarter, a team, an objective and a key result, each with its scores at its side, and where they stand in a report.
//!
//! In: what teams wrote and what scoring found out. Out: both together, paired by name; what a place leads to.

use std::collections::BTreeMap;

use crate::model::calendar::Quarter;
use crate::model::goal::Goal;
use crate::model::ids::{CycleId, Slug};
use crate::model::ledger::Ledger;
use crate::model::levels::Level;
use crate::model::metric::Metric;
use crate::model::plan::{KeyResult, Objective, QuarterPlan, Team, TeamPlan};
use crate::model::review::Answers;
use crate::model::scorecard::{KeyResultScore, ObjectiveScore, QuarterScore, QuarterState, TeamScore};

/// A quarter with its scores.
#[derive(Debug)]
pub struct QuarterReport<'a> {
    /// What the teams wrote.
    pub plan: &'a QuarterPlan,
    /// What scoring found out.
    pub score: &'a QuarterScore,
    /// The teams with their scores; `company` first, then by id.
    pub teams: Vec<TeamReport<'a>>,
}

/// A team in a quarter with its scores.
#[derive(Debug, Clone, Copy)]
pub struct TeamReport<'a> {
    /// Where it stands in the report.
    pub place: TeamPlace,
    /// The quarter.
    pub quarter: Quarter,
    /// The quarter with all that its teams wrote.
    pub of: &'a QuarterPlan,
    /// Where in its life the quarter is.
    pub state: QuarterState,
    /// What the team is called.
    pub name: &'a str,
    /// What is said about the team.
    pub team: Option<&'a Team>,
    /// What it wrote.
    pub plan: &'a TeamPlan,
    /// What scoring found out.
    pub score: &'a TeamScore,
    /// What was committed and recorded in the quarter.
    pub ledger: &'a Ledger,
}

/// An objective with its scores.
#[derive(Debug, Clone, Copy)]
pub struct ObjectiveReport<'a> {
    /// What the team wrote.
    pub plan: &'a Objective,
    /// What scoring found out.
    pub score: &'a ObjectiveScore,
}

/// A key result with its scores.
#[derive(Debug, Clone, Copy)]
pub struct KeyResultReport<'a> {
    /// The team in its quarter.
    pub team: TeamReport<'a>,
    /// The objective.
    pub objective: &'a Objective,
    /// What the team wrote.
    pub plan: &'a KeyResult,
    /// What scoring found out.
    pub score: &'a KeyResultScore,
    /// All metrics by id.
    metrics: &'a BTreeMap<Slug, Metric>,
}

/// How old data is: the newest and the oldest, in days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ages {
    /// The newest.
    pub newest: Option<i32>,
    /// The oldest.
    pub oldest: Option<i32>,
}

/// The place of a team in the report: quarter, team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamPlace {
    /// The quarter's place.
    pub quarter: usize,
    /// The team's place in the quarter.
    pub team: usize,
}

/// The place of a key result in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyResultPlace {
    /// The team.
    pub team: TeamPlace,
    /// The objective's place in the team.
    pub objective: usize,
    /// The key result's place in the objective.
    pub key_result: usize,
}

/// Returns the item at `place` where it is the right one, else the first that is.
pub(super) fn matching<T>(items: &[T], place: usize, is: impl Fn(&T) -> bool) -> Option<&T> {
    items.get(place).filter(|item| is(item)).or_else(|| items.iter().find(|item| is(item)))
}

/// Returns a team in a quarter.
pub(super) fn team_at<'a>(quarters: &[QuarterReport<'a>], place: TeamPlace) -> Option<TeamReport<'a>> {
    quarters.get(place.quarter)?.teams.get(place.team).copied()
}

impl<'a> QuarterReport<'a> {
    /// Returns the quarter that stands at a place of the report.
    pub(super) fn new(
        quarter: usize,
        plan: &'a QuarterPlan,
        score: &'a QuarterScore,
        teams: &BTreeMap<&'a Slug, &'a Team>,
    ) -> Self {
        let mut reports = Vec::with_capacity(plan.teams.len());
        for (place, team) in plan.teams.iter().enumerate() {
            if let Some(team_score) = matching(&score.teams, place, |score| score.team == team.team) {
                let known = teams.get(&team.team).copied();
                reports.push(TeamReport {
                    place: TeamPlace { quarter, team: reports.len() },
                    quarter: plan.quarter,
                    of: plan,
                    state: score.state,
                    name: known.map_or(team.team.as_str(), |team| &team.name),
                    team: known,
                    plan: team,
                    score: team_score,
                    ledger: &plan.ledger,
                });
            }
        }
        Self { plan, score, teams: reports }
    }

    /// Says whether the quarter is over.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.score.state, QuarterState::Over | QuarterState::Sealed)
    }

    /// Returns the quarter's name.
    #[must_use]
    pub const fn id(&self) -> CycleId {
        self.plan.quarter.id
    }
}

impl<'a> TeamReport<'a> {
    /// Returns what people call the cycle.
    #[must_use]
    pub fn cycle(&self) -> String {
        self.of.heading()
    }

    /// Returns the id that the team has today; the quarter may be recorded under an earlier one.
    #[must_use]
    pub fn id(&self) -> &'a Slug {
        self.team.map_or(&self.plan.team, |team| &team.id)
    }

    /// Says whether the quarter is over.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.state, QuarterState::Over | QuarterState::Sealed)
    }

    /// Returns the team's objectives with their scores, those that were committed and dropped last.
    pub fn objectives(&self) -> impl Iterator<Item = ObjectiveReport<'a>> + use<'a> {
        let of = |plans: &'a [Objective], scores: &'a [ObjectiveScore]| {
            plans.iter().enumerate().filter_map(move |(place, plan)| {
                let score = matching(scores, place, |score| score.id == plan.id.value)?;
                Some(ObjectiveReport { plan, score })
            })
        };
        of(&self.plan.objectives, &self.score.objectives).chain(of(&self.plan.dropped, &self.score.dropped))
    }

    /// Returns the objective at a place of the plan.
    pub(super) fn objective_at(&self, place: usize) -> Option<ObjectiveReport<'a>> {
        let plan = self.plan.objectives.get(place)?;
        let score = matching(&self.score.objectives, place, |score| score.id == plan.id.value)?;
        Some(ObjectiveReport { plan, score })
    }

    /// Returns the team's answers about a key result.
    #[must_use]
    pub fn answers(&self, objective: &Slug, key_result: &Slug) -> Option<&'a Answers> {
        self.plan.review.as_ref()?.answers.about(objective, key_result)
    }
}

impl<'a> ObjectiveReport<'a> {
    /// Returns the objective's key results with their scores, those that were committed and dropped last.
    pub fn key_results(
        &self,
        team: TeamReport<'a>,
        metrics: &'a BTreeMap<Slug, Metric>,
    ) -> impl Iterator<Item = KeyResultReport<'a>> + use<'a> {
        let Self { plan: objective, score: objective_score } = *self;
        let of = move |plans: &'a [KeyResult], scores: &'a [KeyResultScore]| {
            plans.iter().enumerate().filter_map(move |(place, plan)| {
                let score = matching(scores, place, |score| score.id == plan.id.value)?;
                Some(KeyResultReport { team, objective, plan, score, metrics })
            })
        };
        of(&objective.key_results, &objective_score.key_results).chain(of(&objective.dropped, &objective_score.dropped))
    }
}

impl<'a> ObjectiveReport<'a> {
    /// Returns the key result at a place of the plan.
    pub(super) fn key_result_at(
        &self,
        place: usize,
        team: TeamReport<'a>,
        metrics: &'a BTreeMap<Slug, Metric>,
    ) -> Option<KeyResultReport<'a>> {
        let plan = self.plan.key_results.get(place)?;
        let score = matching(&self.score.key_results, place, |score| score.id == plan.id.value)?;
        Some(KeyResultReport { team, objective: self.plan, plan, score, metrics })
    }
}

impl<'a> KeyResultReport<'a> {
    /// Returns the metric that the key result is scored by: the one that was committed, where it still exists.
    #[must_use]
    pub fn metric(&self) -> Option<&'a Metric> {
        let locked = self.plan.commitment.locked();
        let committed = locked.and_then(|locked| self.metrics.get(locked.terms.metric.as_ref()?));
        committed.or_else(|| self.metrics.get(&self.plan.metric.as_ref()?.value))
    }

    /// Returns the wording that belongs to the score: what was committed, where more than words was changed since.
    #[must_use]
    pub fn title(&self) -> &'a str {
        let moved = self.plan.commitment.locked().filter(|locked| locked.is_moved());
        moved.map_or(&self.plan.title.value, |locked| &locked.terms.title)
    }

    /// Returns the levels that belong to the score: as they were committed, where anything was said of them then.
    #[must_use]
    pub fn levels(&self) -> &'a [Level] {
        let locked = self.plan.commitment.locked().filter(|locked| !locked.terms.levels.is_empty());
        locked.map_or(&self.plan.levels, |locked| &locked.terms.levels)
    }
}

impl KeyResultReport<'_> {
    /// Returns the goal: as scoring resolved it, else as stated.
    #[must_use]
    pub fn goal(&self) -> Option<&Goal> {
        self.score.goal.as_ref().or(self.plan.goal.as_ref())
    }
}
