//! Key results and objectives that others name: in `carried_from` and in `supports`.
//!
//! In: the report's quarters. Out: what is named, each found by its name. All of it is gathered in one walk, since
//! thousands of references may lead into one team's quarter.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{KeyResultReport, ObjectiveReport, QuarterReport, TeamReport};
use crate::model::ids::{CycleId, KeyResultRef, ObjectiveRef, Slug};
use crate::model::metric::Metric;

/// An objective's full name: quarter, team, objective.
type ObjectiveName<'a> = (CycleId, &'a Slug, &'a Slug);

/// What others name.
#[derive(Debug, Default)]
pub(super) struct Named<'a> {
    carried: BTreeMap<(ObjectiveName<'a>, &'a Slug), KeyResultReport<'a>>,
    supported: BTreeMap<ObjectiveName<'a>, (TeamReport<'a>, ObjectiveReport<'a>)>,
}

impl<'a> Named<'a> {
    pub(super) fn of(quarters: &[QuarterReport<'a>], metrics: &'a BTreeMap<Slug, Metric>) -> Self {
        let teams = || quarters.iter().flat_map(|quarter| quarter.teams.iter().copied());
        let mut carried: BTreeSet<(ObjectiveName<'a>, &'a Slug)> = BTreeSet::new();
        let mut supported: BTreeSet<ObjectiveName<'a>> = BTreeSet::new();
        for team in teams() {
            for objective in team.objectives() {
                let supports = objective.plan.supports.as_ref().map(|supports| &supports.value);
                supported.extend(supports.map(|named| (team.quarter.id, &named.team, &named.objective)));
                let from =
                    objective.plan.key_results.iter().filter_map(|known| Some(&known.carried_from.as_ref()?.value));
                carried.extend(from.map(|from| ((from.quarter, &from.team, &from.objective), &from.key_result)));
            }
        }
        let mut named = Self::default();
        if carried.is_empty() && supported.is_empty() {
            return named;
        }
        for team in teams() {
            for objective in team.objectives() {
                let name = (team.quarter.id, &team.plan.team, &objective.plan.id.value);
                if supported.contains(&name) {
                    named.supported.entry(name).or_insert((team, objective));
                }
                for known in objective.key_results(team, metrics) {
                    let name = (name, &known.plan.id.value);
                    if carried.contains(&name) {
                        named.carried.entry(name).or_insert(known);
                    }
                }
            }
        }
        named
    }
    /// Returns the key result that another one carries on.
    pub(super) fn carried(&self, from: &KeyResultRef) -> Option<KeyResultReport<'a>> {
        let objective = (from.quarter, &from.team, &from.objective);
        self.carried.get(&(objective, &from.key_result)).copied()
    }

    /// Returns the objective of a quarter that another one supports, and its team.
    pub(super) fn supported(
        &self,
        quarter: CycleId,
        by: &ObjectiveRef,
    ) -> Option<(TeamReport<'a>, ObjectiveReport<'a>)> {
        self.supported.get(&(quarter, &by.team, &by.objective)).copied()
    }
}
