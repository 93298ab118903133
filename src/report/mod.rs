//! All that pages may show, as finished decisions.
//!
//! In: the plan, its scorecard, the metrics' histories and the findings. Out: a [`Report`] that pages are made
//! from one by one: each team, objective and key result with its scores at its side, who uses which metric,
//! where a key result comes from. Never renders, reads or writes; holds references, so that thousands of pages
//! need no more memory than one.

pub mod alignment;
pub mod answer;
pub mod brand;
pub mod check_ins;
pub mod dates;
pub mod decide;
pub mod digest;
pub mod facts;
pub mod figures;
pub mod findings;
#[cfg(test)]
pub(crate) mod fixture;
pub mod format;
mod inputs;
pub mod ledger;
pub mod levels;
pub mod lineage;
pub mod matter;
mod named;
pub mod packet;
mod parts;
pub mod path;
pub mod people;
pub mod place;
pub mod quality;
pub mod reading;
pub mod seams;
pub mod shown;
mod steps;
pub mod text;
pub mod trace;
pub mod waiting;
pub mod whose;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::calendar::{Day, Window};
use crate::model::goal::Goal;
use crate::model::history::{History, Point};
use crate::model::ids::{CycleId, CycleKind, GoalRef, KeyResultRef, Slug};
use crate::model::metric::Metric;
use crate::model::plan::{Objective, Team};
use crate::model::pull::Pulled;
use crate::model::quantity::Unit;
use crate::model::scorecard::QuarterScore;
use findings::{Findings, Subjects};
use format::Format;
use named::Named;
pub use named::{Owned, Supported};
use parts::{matching, team_at};
use people::{Owner, People};

pub use inputs::{Identity, Inputs};
pub use parts::{Ages, KeyResultPlace, KeyResultReport, ObjectiveReport, QuarterReport, TeamPlace, TeamReport};

/// The program's name and version, as documents print it.
pub const MADE_BY: &str = concat!("okrbook ", env!("CARGO_PKG_VERSION"));

/// All that pages may show.
#[derive(Debug)]
pub struct Report<'a> {
    /// What it was made from.
    pub inputs: Inputs<'a>,
    /// How values are written.
    pub format: Format,
    /// The quarters, earliest first.
    pub quarters: Vec<QuarterReport<'a>>,
    /// What is wrong, and with what.
    pub findings: Findings<'a>,
    /// Where each quarter stands.
    cycles: BTreeMap<CycleId, usize>,
    metrics: Vec<&'a Metric>,
    teams: BTreeMap<&'a Slug, &'a Team>,
    team_quarters: BTreeMap<&'a Slug, Vec<TeamPlace>>,
    uses: BTreeMap<&'a Slug, Vec<KeyResultPlace>>,
    named: Named<'a>,
    people: People<'a>,
    /// How old the data of each team in each quarter is, once that was asked.
    ages: Vec<Vec<OnceLock<Ages>>>,
}

impl<'a> Report<'a> {
    /// Returns the report of a book.
    #[must_use]
    pub fn new(inputs: Inputs<'a>) -> Self {
        let named = |team: &'a Team| {
            let former = team.aliases.iter().map(|alias| &alias.value);
            former.chain([&team.id]).map(move |id| (id, team))
        };
        let teams: BTreeMap<_, _> = inputs.plan.teams.iter().flat_map(named).collect();
        let mut quarters = Vec::with_capacity(inputs.plan.quarters.len());
        for (place, plan) in inputs.plan.quarters.iter().enumerate() {
            let is_same = |score: &QuarterScore| score.quarter.id == plan.quarter.id;
            if let Some(score) = matching(&inputs.scorecard.quarters, place, is_same) {
                quarters.push(QuarterReport::new(quarters.len(), plan, score, &teams));
            }
        }
        let unknown = |quarter: &QuarterReport<'_>| quarter.teams.iter().map(|_| OnceLock::new()).collect();
        let mut report = Self {
            inputs,
            ages: quarters.iter().map(unknown).collect(),
            format: Format::new(inputs.identity.language).within(one_kind(&quarters)),
            cycles: quarters.iter().enumerate().map(|(place, quarter)| (quarter.id(), place)).collect(),
            quarters,
            findings: Findings::default(),
            metrics: inputs.plan.metrics.values().collect(),
            teams,
            team_quarters: BTreeMap::new(),
            uses: BTreeMap::new(),
            named: Named::default(),
            people: People::default(),
        };
        report.index();
        report.named = Named::of(&report.quarters, &inputs.plan.metrics);
        report.people = People::of(inputs.plan, &report.quarters);
        report.findings = Findings::new(&Subjects { inputs, quarters: &report.quarters, uses: &report.uses });
        report
    }

    fn index(&mut self) {
        for (quarter, report) in self.quarters.iter().enumerate() {
            for (team, report) in report.teams.iter().enumerate() {
                let place = TeamPlace { quarter, team };
                self.team_quarters.entry(report.id()).or_default().push(place);
                for (objective, plan) in report.plan.objectives.iter().enumerate() {
                    for (key_result, plan) in plan.key_results.iter().enumerate() {
                        let place = KeyResultPlace { team: place, objective, key_result };
                        let guards = plan.guardrails.iter().map(|guardrail| &guardrail.metric.value);
                        for metric in plan.metric.iter().map(|metric| &metric.value).chain(guards) {
                            let uses = self.uses.entry(metric).or_default();
                            if uses.last() != Some(&place) {
                                uses.push(place);
                            }
                        }
                    }
                }
            }
        }
    }

    /// Returns what the receipt of a pulled export says; nothing where no pull wrote it as it is.
    #[must_use]
    pub fn pulled(&self, export: &str) -> Option<&'a Pulled> {
        self.inputs.plan.pulled.get(export).filter(|pulled| !pulled.is_edited)
    }

    /// Returns all metrics, by id.
    pub fn metrics(&self) -> impl Iterator<Item = &'a Metric> + use<'a> {
        self.inputs.plan.metrics.values()
    }

    /// Returns the metric at a place among all, by id.
    #[must_use]
    pub fn metric_at(&self, place: usize) -> Option<&'a Metric> {
        self.metrics.get(place).copied()
    }

    /// Returns the words of the interface.
    #[must_use]
    pub fn words(&self) -> &'static text::Words {
        match self.format.cycles() {
            Some(CycleKind::Quarter) => self.inputs.identity.words[0],
            _ => self.inputs.identity.words[1],
        }
    }

    /// Returns the last day that counts.
    #[must_use]
    pub const fn as_of(&self) -> Day {
        self.inputs.scorecard.as_of
    }

    /// Returns the quarter that runs (of several the one that began last, the shortest of those), else the last that has begun,
    /// else the first.
    #[must_use]
    pub fn current(&self) -> Option<usize> {
        let runs = self.quarters.iter().rposition(|quarter| quarter.plan.quarter.window.contains(self.as_of()));
        let begun = self.quarters.iter().rposition(|quarter| quarter.plan.quarter.window.start <= self.as_of());
        runs.or(begun).or_else(|| (!self.quarters.is_empty()).then_some(0))
    }

    /// Returns the ids of all teams that any quarter names, as they are today.
    pub fn team_ids(&self) -> impl Iterator<Item = &'a Slug> {
        self.team_quarters.keys().copied()
    }

    /// Returns a team's name.
    #[must_use]
    pub fn team_name(&self, id: &'a Slug) -> &'a str {
        self.teams.get(id).map_or(id.as_str(), |team| &team.name)
    }

    /// Returns what is said about a team, by its id or an earlier one.
    #[must_use]
    pub fn team(&self, id: &Slug) -> Option<&'a Team> {
        self.teams.get(id).copied()
    }

    /// Returns a team's quarters, earliest first, those under earlier ids among them.
    #[must_use]
    pub fn quarters_of(&self, team: &Slug) -> &[TeamPlace] {
        let id = self.team(team).map_or(team, |team| &team.id);
        self.team_quarters.get(id).map_or(&[], Vec::as_slice)
    }

    /// Returns a team in a quarter.
    #[must_use]
    pub fn at(&self, place: TeamPlace) -> Option<TeamReport<'a>> {
        team_at(&self.quarters, place)
    }

    /// Returns a team in a quarter by their names.
    #[must_use]
    pub fn find(&self, quarter: CycleId, team: &Slug) -> Option<TeamReport<'a>> {
        let places = self.quarters_of(team);
        let here = *self.cycles.get(&quarter)?;
        let first = places.partition_point(|place| place.quarter < here);
        places.get(first).and_then(|&place| self.at(place)).filter(|team| team.quarter.id == quarter)
    }

    /// Returns the key result at a place.
    #[must_use]
    pub fn key_result(&self, place: KeyResultPlace) -> Option<KeyResultReport<'a>> {
        let team = self.at(place.team)?;
        team.objective_at(place.objective)?.key_result_at(place.key_result, team, &self.inputs.plan.metrics)
    }

    /// Returns the key result that another one carries on.
    #[must_use]
    pub fn carried(&self, from: &KeyResultRef) -> Option<KeyResultReport<'a>> {
        self.named.carried(from)
    }

    /// Returns what an objective supports.
    #[must_use]
    pub fn supported(&self, goal: &GoalRef) -> Option<Supported<'a>> {
        self.named.supported(goal)
    }

    /// Returns the objectives that support an objective of a team, earliest cycle first.
    #[must_use]
    pub fn supporters(&self, team: TeamReport<'a>, objective: &'a Objective) -> &[Owned<'a>] {
        self.named.supporters((team.quarter.id, &team.plan.team, &objective.id.value), None)
    }

    /// Returns the objectives that support a key result, earliest cycle first.
    #[must_use]
    pub fn supporters_of(&self, known: &KeyResultReport<'a>) -> &[Owned<'a>] {
        let TeamReport { quarter, plan, .. } = known.team;
        self.named.supporters((quarter.id, &plan.team, &known.objective.id.value), Some(&known.plan.id.value))
    }

    /// Returns all who own or lead something, by their names in links.
    #[must_use]
    pub fn owners(&self) -> &[Owner<'a>] {
        &self.people.owners
    }

    /// Returns somebody by what a file calls them: their place among all.
    #[must_use]
    pub fn owner(&self, text: &str) -> Option<usize> {
        self.people.place(text)
    }

    /// Returns what people call somebody whom a file names.
    #[must_use]
    pub fn name_of<'t>(&'t self, text: &'t str) -> &'t str {
        self.owner(text).and_then(|place| self.people.owners.get(place)).map_or(text, |owner| owner.name)
    }

    /// Says whether owners have pages.
    #[must_use]
    pub fn has_people(&self) -> bool {
        self.inputs.identity.people_pages && !self.people.owners.is_empty()
    }

    /// Says whether any objective supports another.
    #[must_use]
    pub fn has_support(&self) -> bool {
        self.named.has_support()
    }

    /// Returns the key results that a metric measures or guards, earliest quarter first.
    #[must_use]
    pub fn uses(&self, metric: &Slug) -> &[KeyResultPlace] {
        self.uses.get(metric).map_or(&[], Vec::as_slice)
    }

    /// Returns what a metric's exports say.
    #[must_use]
    pub fn history(&self, metric: &Slug) -> Option<&'a History> {
        self.inputs.histories.get(metric)
    }

    /// Returns a metric's values by day, over its whole history.
    #[must_use]
    pub fn points(&self, metric: &Slug) -> Vec<Point> {
        let whole = Window { start: Day::MIN, end: Day::MAX };
        self.history(metric).map(|history| history.points(whole)).unwrap_or_default()
    }

    /// Returns the unit of a metric's values: its own, else that of the first goal that was set on it.
    #[must_use]
    pub fn unit_of(&self, metric: &Metric) -> Unit {
        if let Some(unit) = &metric.unit {
            return unit.value.clone();
        }
        let goals = self.uses(&metric.id).iter().filter_map(|&place| self.key_result(place));
        let mut units = goals.filter_map(|used| used.goal().and_then(Goal::quantity).map(|q| q.unit.clone()));
        units.next().unwrap_or(Unit::Count)
    }

    /// Returns a team's key results in order.
    pub fn key_results(&self, team: TeamReport<'a>) -> impl Iterator<Item = KeyResultReport<'a>> + use<'a> {
        let metrics = &self.inputs.plan.metrics;
        team.objectives().flat_map(move |objective| objective.key_results(team, metrics))
    }
}

/// Returns how long all of these are; nothing where they differ. A book without any has quarters.
fn one_kind(quarters: &[QuarterReport<'_>]) -> Option<CycleKind> {
    let mut kinds = quarters.iter().map(|quarter| quarter.id().kind());
    let first = kinds.next().unwrap_or(CycleKind::Quarter);
    kinds.all(|kind| kind == first).then_some(first)
}
