//! Key results and objectives that others name: in `carried_from` and in `supports`.
//!
//! In: the report's quarters. Out: what is named, each found by its name. All of it is gathered in one walk, since
//! thousands of references may lead into one team's quarter.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{KeyResultReport, ObjectiveReport, QuarterReport, TeamReport};
use crate::model::ids::{GoalRef, KeyResultRef, ObjectiveName, Slug};
use crate::model::metric::Metric;

/// An objective's or a key result's full name.
type GoalName<'a> = (ObjectiveName<'a>, Option<&'a Slug>);

/// An objective, or one of its key results, that another objective supports.
#[derive(Debug, Clone, Copy)]
pub struct Supported<'a> {
    /// Whose it is.
    pub team: TeamReport<'a>,
    /// The objective.
    pub objective: ObjectiveReport<'a>,
    /// The key result, where that is meant.
    pub key_result: Option<KeyResultReport<'a>>,
}

/// An objective and whose it is.
pub type Owned<'a> = (TeamReport<'a>, ObjectiveReport<'a>);

/// What others name.
#[derive(Debug, Default)]
pub(super) struct Named<'a> {
    key_results: BTreeMap<(ObjectiveName<'a>, &'a Slug), KeyResultReport<'a>>,
    objectives: BTreeMap<ObjectiveName<'a>, Owned<'a>>,
    supporters: BTreeMap<GoalName<'a>, Vec<Owned<'a>>>,
}

impl<'a> Named<'a> {
    pub(super) fn of(quarters: &[QuarterReport<'a>], metrics: &'a BTreeMap<Slug, Metric>) -> Self {
        let teams = || quarters.iter().flat_map(|quarter| quarter.teams.iter().copied());
        let mut named = Self::default();
        let mut key_results: BTreeSet<(ObjectiveName<'a>, &'a Slug)> = BTreeSet::new();
        for team in teams() {
            for objective in team.objectives() {
                for goal in objective.plan.supports.iter().map(|supports| &supports.value) {
                    let name = goal_name(goal);
                    key_results.extend(name.1.map(|key_result| (name.0, key_result)));
                    named.supporters.entry(name).or_default().push((team, objective));
                }
                let from =
                    objective.plan.key_results.iter().filter_map(|known| Some(&known.carried_from.as_ref()?.value));
                key_results.extend(from.map(|from| ((from.quarter, &from.team, &from.objective), &from.key_result)));
            }
        }
        let objectives: BTreeSet<ObjectiveName<'a>> = named.supporters.keys().map(|(name, _)| *name).collect();
        if key_results.is_empty() && objectives.is_empty() {
            return named;
        }
        for team in teams() {
            for objective in team.objectives() {
                let name = (team.quarter.id, &team.plan.team, &objective.plan.id.value);
                if objectives.contains(&name) {
                    named.objectives.entry(name).or_insert((team, objective));
                }
                for known in objective.key_results(team, metrics) {
                    let name = (name, &known.plan.id.value);
                    if key_results.contains(&name) {
                        named.key_results.entry(name).or_insert(known);
                    }
                }
            }
        }
        named
    }

    /// Returns the key result that another one carries on.
    pub(super) fn carried(&self, from: &KeyResultRef) -> Option<KeyResultReport<'a>> {
        let objective = (from.quarter, &from.team, &from.objective);
        self.key_results.get(&(objective, &from.key_result)).copied()
    }

    /// Returns what an objective supports.
    pub(super) fn supported(&self, goal: &GoalRef) -> Option<Supported<'a>> {
        let (name, key_result) = goal_name(goal);
        let (team, objective) = *self.objectives.get(&name)?;
        let key_result = match key_result {
            Some(id) => Some(*self.key_results.get(&(name, id))?),
            None => None,
        };
        Some(Supported { team, objective, key_result })
    }

    /// Returns the objectives that support an objective, or a key result of it, earliest cycle first.
    pub(super) fn supporters(&self, objective: ObjectiveName<'a>, key_result: Option<&'a Slug>) -> &[Owned<'a>] {
        self.supporters.get(&(objective, key_result)).map_or(&[], Vec::as_slice)
    }

    /// Says whether anything supports anything.
    pub(super) fn has_support(&self) -> bool {
        !self.supporters.is_empty()
    }
}

const fn goal_name(goal: &GoalRef) -> GoalName<'_> {
    (goal.objective(), goal.key_result.as_ref())
}
