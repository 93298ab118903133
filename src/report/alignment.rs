//! Who supports what, from the top down: the goals of the cycle that runs and of the longer ones over it.
//!
//! In: the report. Out: trees of objectives, and lists of those that stand alone. Decides nothing of how they look.

use std::collections::BTreeSet;

use super::{ObjectiveReport, Owned, Report, TeamReport};
use crate::model::ids::ObjectiveName;

/// Trees and what stands in none.
#[derive(Debug, Default)]
pub struct Alignment<'a> {
    /// The objectives that others support and that support nothing, each with its supporters.
    pub trees: Vec<Node<'a>>,
    /// Objectives of teams that support nothing.
    pub unattached: Vec<Owned<'a>>,
    /// Objectives of the company, or of a longer cycle, that nobody supports.
    pub unsupported: Vec<Owned<'a>>,
}

/// An objective with those that support it.
#[derive(Debug)]
pub struct Node<'a> {
    /// Whose it is.
    pub team: TeamReport<'a>,
    /// The objective.
    pub objective: ObjectiveReport<'a>,
    /// The key result of the one above that it supports; nothing where it supports the whole.
    pub through: Option<&'a str>,
    /// Its supporters; those that stand elsewhere in the trees have none here.
    pub supporters: Vec<Node<'a>>,
}

/// The deepest tree; what lies deeper is shown where it begins a tree of its own.
const DEEPEST: usize = 12;

/// Returns who supports what in the cycle that a reader looks at and in those that run with it.
#[must_use]
pub fn alignment<'a>(report: &Report<'a>) -> Alignment<'a> {
    let mut found = Alignment::default();
    let Some(current) = report.current().and_then(|place| report.quarters.get(place)) else { return found };
    let window = current.plan.quarter.window;
    let cycles = report.quarters.iter().filter(|known| known.plan.quarter.window.holds(window));
    let all: Vec<Owned<'a>> = cycles
        .flat_map(|known| known.teams.iter())
        .flat_map(|team| team.objectives().map(move |objective| (*team, objective)))
        .collect();
    let mut walk = Walk { report, shown: BTreeSet::new() };
    let mut leading: Vec<Owned<'a>> = Vec::new();
    for &(team, objective) in &all {
        let is_top = objective.plan.supports.iter().all(|goal| report.supported(&goal.value).is_none());
        let leads = has_supporters(report, team, objective);
        leading.extend(leads.then_some((team, objective)));
        match (is_top, leads) {
            (true, true) => found.trees.push(walk.node((team, objective), None, 0)),
            (true, false) if team.plan.team.as_str() == "company" || team.quarter.id != current.id() => {
                found.unsupported.push((team, objective));
            }
            (true, false) => found.unattached.push((team, objective)),
            (false, _) => {}
        }
    }
    for (team, objective) in leading {
        if !walk.shown.contains(&name(team, objective)) {
            found.trees.push(walk.node((team, objective), None, 0));
        }
    }
    found
}

fn name<'a>(team: TeamReport<'a>, objective: ObjectiveReport<'a>) -> ObjectiveName<'a> {
    (team.quarter.id, &team.plan.team, &objective.plan.id.value)
}

fn has_supporters<'a>(report: &Report<'a>, team: TeamReport<'a>, objective: ObjectiveReport<'a>) -> bool {
    let key_results = || objective.key_results(team, &report.inputs.plan.metrics);
    !report.supporters(team, objective.plan).is_empty()
        || key_results().any(|known| !report.supporters_of(&known).is_empty())
}

/// A walk down the trees. Each objective's supporters are shown once, however many it supports.
struct Walk<'r, 'a> {
    report: &'r Report<'a>,
    shown: BTreeSet<ObjectiveName<'a>>,
}

impl<'a> Walk<'_, 'a> {
    fn node(&mut self, (team, objective): Owned<'a>, through: Option<&'a str>, depth: usize) -> Node<'a> {
        let mut supporters = Vec::new();
        if depth < DEEPEST && self.shown.insert(name(team, objective)) {
            // Who supports a key result and the whole, too, stands once.
            let mut below: Vec<(Owned<'a>, Option<&'a str>)> = Vec::new();
            let mut known_below = BTreeSet::new();
            let mut add = |others: &[Owned<'a>], through| {
                let new = others.iter().filter(|(team, objective)| known_below.insert(name(*team, *objective)));
                below.extend(new.map(|other| (*other, through)));
            };
            for known in objective.key_results(team, &self.report.inputs.plan.metrics) {
                add(self.report.supporters_of(&known), Some(known.plan.title.value.as_str()));
            }
            add(self.report.supporters(team, objective.plan), None);
            supporters.extend(below.into_iter().map(|(other, through)| self.node(other, through, depth + 1)));
        }
        Node { team, objective, through, supporters }
    }
}
