//! References between files, resolved: metrics, objectives, key results of earlier quarters.
//!
//! In: what the files say, each for itself. Out: the same with every reference leading somewhere; those that lead nowhere
//! are reported and taken out, the things that held them stay.

use std::collections::BTreeMap;

use super::catalogue::Metrics;
use super::goal::{settle_levels, show};
use super::key_result::Draft;
use super::supports;
use super::team::ObjectiveDraft;
use super::teams::TeamIds;
use super::words;
use crate::diag::{self, Diagnostic};
use crate::model::calendar::{Calendar, Quarter};
use crate::model::goal::{Better, Gain, GainKind, Goal};
use crate::model::ids::{CycleId, GoalRef, KeyResultRef, Slug};
use crate::model::metric::Metric;
use crate::model::plan::{Guardrail, KeyResult, Objective};
use crate::model::quantity::{Quantity, Unit};
use crate::source::{Span, Spanned};

/// How often a right spelling is looked for; a book with more wrong names has another trouble.
const SUGGESTIONS: usize = 50;

/// The objectives of a team in a quarter.
#[derive(Default)]
struct Objectives {
    /// The key results of each objective, by all their ids, each with the id of today.
    by_id: BTreeMap<Slug, BTreeMap<Slug, Slug>>,
    /// The earlier ids of objectives, each with the id of today.
    former: BTreeMap<Slug, Slug>,
}

impl Objectives {
    /// Returns an objective's id of today and its key results, by any of its ids.
    fn find(&self, id: &Slug) -> Option<(&Slug, &BTreeMap<Slug, Slug>)> {
        self.by_id.get_key_value(self.former.get(id).unwrap_or(id))
    }

    /// Returns all ids of objectives with their key results, those of today first.
    fn names(&self) -> impl Iterator<Item = (&Slug, &BTreeMap<Slug, Slug>)> {
        let former = self.former.iter().filter_map(|(id, today)| Some((id, self.by_id.get(today)?)));
        self.by_id.iter().chain(former)
    }
}

/// The teams of a quarter.
#[derive(Default)]
struct Teams {
    by_id: BTreeMap<Slug, Objectives>,
    /// The ids that renamed teams have today, each with the one under which the quarter records it.
    former: BTreeMap<Slug, Slug>,
}

/// The objectives of every team and quarter, each with the ids of its key results.
#[derive(Default)]
pub(super) struct Names {
    teams: TeamIds,
    quarters: BTreeMap<CycleId, Teams>,
}

impl Names {
    /// Returns the names of nothing yet, for teams with these ids.
    pub(super) const fn new(teams: TeamIds) -> Self {
        Self { teams, quarters: BTreeMap::new() }
    }

    /// Returns the ids of teams.
    pub(super) const fn teams(&self) -> &TeamIds {
        &self.teams
    }

    /// Adds what a team wrote for a quarter.
    pub(super) fn add(&mut self, quarter: CycleId, team: &Slug, objectives: &[ObjectiveDraft]) {
        let teams = self.quarters.entry(quarter).or_default();
        let today = self.teams.today(team);
        if today != team {
            teams.former.insert(today.clone(), team.clone());
        }
        let known = teams.by_id.entry(team.clone()).or_default();
        for ObjectiveDraft { objective, key_results, .. } in objectives {
            let id = &objective.id.value;
            let ids = known.by_id.entry(id.clone()).or_default();
            for KeyResult { id, aliases, .. } in key_results.iter().map(|draft| &draft.key_result) {
                let all = std::iter::once(&id.value).chain(aliases);
                ids.extend(all.map(|name| (name.clone(), id.value.clone())));
            }
            known.former.extend(objective.aliases.iter().map(|alias| (alias.clone(), id.clone())));
        }
    }

    /// Returns the id under which a team is recorded in a quarter.
    pub(super) fn recorded<'a>(&'a self, quarter: CycleId, team: &'a Slug) -> &'a Slug {
        let Some(teams) = self.quarters.get(&quarter).filter(|teams| !teams.by_id.contains_key(team)) else {
            return team;
        };
        let today = self.teams.today(team);
        if teams.by_id.contains_key(today) { today } else { teams.former.get(today).unwrap_or(team) }
    }

    fn team(&self, quarter: CycleId, team: &Slug) -> Option<(&Slug, &Objectives)> {
        self.quarters.get(&quarter)?.by_id.get_key_value(self.recorded(quarter, team))
    }

    /// Returns the reference to an objective or a key result as it is recorded, where there is one.
    fn goal(&self, reference: &GoalRef) -> Option<GoalRef> {
        let (team, objectives) = self.team(reference.quarter, &reference.team)?;
        let (objective, ids) = objectives.find(&reference.objective)?;
        let key_result = match &reference.key_result {
            Some(id) => Some(ids.get(id)?.clone()),
            None => None,
        };
        Some(GoalRef { quarter: reference.quarter, team: team.clone(), objective: objective.clone(), key_result })
    }

    /// Returns the reference to a key result as it is recorded, where there is one.
    pub(super) fn key_result(&self, reference: &KeyResultRef) -> Option<KeyResultRef> {
        let (team, objectives) = self.team(reference.quarter, &reference.team)?;
        let (objective, ids) = objectives.find(&reference.objective)?;
        let key_result = ids.get(&reference.key_result)?.clone();
        Some(KeyResultRef { quarter: reference.quarter, team: team.clone(), objective: objective.clone(), key_result })
    }

    /// Returns the names of a quarter's objectives, or of a team's key results in it, whichever a reference means.
    fn goals(&self, reference: &GoalRef) -> Vec<String> {
        if reference.key_result.is_some() {
            let Some((team, objectives)) = self.team(reference.quarter, &reference.team) else { return Vec::new() };
            let names =
                objectives.names().flat_map(|(id, ids)| ids.keys().map(move |known| format!("{team}/{id}/{known}")));
            return names.take(2000).collect();
        }
        let teams = self.quarters.get(&reference.quarter).into_iter().flat_map(|teams| &teams.by_id);
        let names = teams.flat_map(|(team, objectives)| objectives.names().map(move |(id, _)| format!("{team}/{id}")));
        names.take(2000).collect()
    }

    /// Returns the full names of a team's key results in a quarter.
    fn key_results(&self, reference: &KeyResultRef) -> Vec<String> {
        let Some((team, objectives)) = self.team(reference.quarter, &reference.team) else { return Vec::new() };
        let names = objectives.names().flat_map(|(objective, ids)| ids.keys().map(move |id| (objective, id)));
        names.map(|(objective, id)| format!("{}/{team}/{objective}/{id}", reference.quarter)).take(2000).collect()
    }
}

/// Resolves references, team by team.
pub(super) struct Joiner<'a> {
    /// The names that references may lead to.
    pub(super) names: &'a Names,
    /// The metrics that are defined or implied.
    pub(super) metrics: Metrics<'a>,
    /// How the book cuts time.
    calendar: &'a Calendar,
    /// What leads nowhere.
    pub(super) diagnostics: Vec<Diagnostic>,
    suggestions: usize,
}

impl<'a> Joiner<'a> {
    /// Returns a joiner of a book's names and metrics.
    pub(super) const fn new(names: &'a Names, calendar: &'a Calendar, metrics: Metrics<'a>) -> Self {
        Self { names, metrics, calendar, diagnostics: Vec::new(), suggestions: SUGGESTIONS }
    }

    /// Returns the objective with its references resolved.
    pub(super) fn objective(&mut self, quarter: CycleId, team: &Slug, draft: ObjectiveDraft) -> Objective {
        let mut objective = draft.objective;
        objective.outcome_metric = objective.outcome_metric.and_then(|metric| self.known_metric(metric));
        let own = (team, &objective.id.value);
        objective.supports =
            draft.supports.iter().filter_map(|written| self.known_goal(quarter, own, written)).collect();
        // Drafts are larger: collected in their place, key results would keep their room.
        objective.key_results = Vec::with_capacity(draft.key_results.len());
        objective.key_results.extend(draft.key_results.into_iter().map(|draft| self.key_result(quarter, draft)));
        objective
    }

    fn key_result(&mut self, quarter: CycleId, draft: Draft) -> KeyResult {
        let mut key_result = draft.key_result;
        key_result.metric = match key_result.metric {
            Some(metric) => self.known_metric(metric),
            None => self.metric_by_id(&key_result, draft.is_typed),
        };
        if let Some(metric) = key_result.metric.as_ref().and_then(|metric| self.metrics.get(&metric.value)) {
            fit_direction(&mut key_result, metric);
            let doubt = unit_faults(&mut self.diagnostics, &key_result, (draft.goal_place, draft.bare_percent), metric);
            if let Some(doubt) = doubt {
                key_result.goal = None;
                key_result.doubts.push(doubt);
            }
        }
        let metric = key_result.metric.as_ref().and_then(|metric| self.metrics.get(&metric.value));
        let better = metric.and_then(|metric| metric.better);
        key_result.levels = settle_levels(draft.levels, key_result.goal.as_ref(), better, &mut self.diagnostics);
        key_result.guardrails.retain_mut(|guardrail| self.known_guardrail(guardrail));
        let carried = key_result.carried_from.and_then(|carried| self.known_key_result(quarter, &carried));
        key_result.carried_from = carried.map(Box::new);
        key_result
    }

    /// Returns the metric that is called like a key result.
    fn metric_by_id(&mut self, key_result: &KeyResult, is_typed: bool) -> Option<Spanned<Slug>> {
        let mut metric = key_result.id.clone();
        if key_result.has_own_id && self.metrics.resolve(&mut metric.value) {
            return Some(metric);
        }
        self.without_metric(key_result, is_typed);
        None
    }

    /// Reports that nothing measures a key result with a measured goal. Nothing more is said of one without an id,
    /// of one whose metric has a fault of its own, and of one whose value somebody typed.
    fn without_metric(&mut self, key_result: &KeyResult, is_typed: bool) {
        let id = &key_result.id;
        let is_measured = key_result.goal.as_ref().is_some_and(|goal| goal.quantity().is_some());
        if !is_measured || is_typed || !key_result.has_own_id || self.metrics.is_broken(&id.value) {
            return;
        }
        let values = format!("put its values at metrics/{}.csv, with a header `date,value`", id.value);
        let help = match self.suggest(id.value.as_str(), |joiner| joiner.metrics.names()) {
            Some(near) => format!("{values}; or, if `{near}` is meant, write `metric: {near}`"),
            None => format!("{values}; or name a metric with `metric:`"),
        };
        let diagnostic = Diagnostic::warning("no-metric", id, "nothing measures this key result");
        self.diagnostics.push(diagnostic.help(help));
    }

    /// Returns the metric with the id of today, where there is one.
    fn known_metric(&mut self, mut metric: Spanned<Slug>) -> Option<Spanned<Slug>> {
        let known = self.metrics.resolve(&mut metric.value);
        if !known {
            let broken = self.metrics.is_broken(&metric.value);
            let message = if broken {
                format!("the metric `{}` has a fault of its own and can't be used", metric.value)
            } else {
                format!("there is no metric `{}`", metric.value)
            };
            let diagnostic = Diagnostic::error("unknown-metric", &metric, message);
            let near = if broken { None } else { self.suggest(metric.value.as_str(), |joiner| joiner.metrics.names()) };
            self.diagnostics.push(match near {
                _ if broken => diagnostic.help("see what is said about its definition"),
                Some(near) => diagnostic.propose(near),
                None => diagnostic
                    .help(format!("define it in metrics.yaml, or put its export at metrics/{}.csv", metric.value)),
            });
        }
        known.then_some(metric)
    }

    fn known_guardrail(&mut self, guardrail: &mut Guardrail) -> bool {
        let Some(metric) = self.known_metric(guardrail.metric.clone()) else { return false };
        guardrail.metric = metric;
        let metric = self.metrics.get(&guardrail.metric.value);
        if let Some((metric, unit)) = metric.and_then(|metric| Some((metric, metric.unit.as_ref()?)))
            && !unit.value.converts_to(&guardrail.bound.limit.unit)
        {
            self.diagnostics.push(unit_mismatch(guardrail.metric.span, &guardrail.bound.limit, metric, unit));
        }
        true
    }

    fn known_goal(
        &mut self,
        quarter: CycleId,
        own: (&Slug, &Slug),
        written: &Spanned<Vec<Slug>>,
    ) -> Option<Spanned<GoalRef>> {
        let place = written.span;
        let Some(meant) = supports::meant(&written.value, quarter, self.calendar) else {
            let cycle = written.value.first().map_or("", Slug::as_str);
            let diagnostic = Diagnostic::error("bad-reference", place, format!("`{cycle}` is no cycle of this book"));
            self.diagnostics
                .push(diagnostic.help("name a cycle that the book has, team and objective: `2026/company/trust`"));
            return None;
        };
        if let Some((message, help)) =
            self.calendar.quarter(quarter).and_then(|own| supports::out_of_time(&meant, own, self.calendar))
        {
            self.diagnostics.push(Diagnostic::error("bad-reference", place, message).help(help));
            return None;
        }
        let known = self.names.goal(&meant);
        if known.as_ref().is_some_and(|known| (known.quarter, &known.team, &known.objective) == (quarter, own.0, own.1))
        {
            let diagnostic = Diagnostic::error("bad-reference", place, "an objective can't support itself");
            self.diagnostics.push(diagnostic.help("name the objective that it serves, or remove `supports`"));
            return None;
        }
        if known.is_none() {
            let what = if meant.key_result.is_some() { "key result" } else { "objective" };
            let name = meant.within(meant.quarter);
            let message = format!("{} has no {what} `{name}`", meant.quarter);
            let diagnostic = Diagnostic::error("unknown-objective", place, message);
            let near = self.suggest(&name, |joiner| joiner.names.goals(&meant));
            self.diagnostics.push(match near {
                Some(near) if meant.quarter == quarter => diagnostic.propose(near),
                Some(near) => diagnostic.propose(format!("{}/{near}", meant.quarter)),
                None => diagnostic.help("name team and objective of the same quarter: `company/trust`"),
            });
        }
        Some(Spanned::new(known?, place))
    }

    fn known_key_result(&mut self, quarter: CycleId, carried: &Spanned<KeyResultRef>) -> Option<Spanned<KeyResultRef>> {
        let order = |id| self.calendar.quarter(id).map(Quarter::order);
        if order(carried.value.quarter).is_some_and(|from| Some(from) >= order(quarter)) {
            let message = format!("`{}` is not before {quarter}", carried.value);
            let diagnostic = Diagnostic::error("bad-reference", carried, message);
            self.diagnostics.push(diagnostic.help("a key result is carried from an earlier quarter"));
            return None;
        }
        let known = self.names.key_result(&carried.value);
        if known.is_none() {
            let message = format!("there was no key result `{}`", carried.value);
            let diagnostic = Diagnostic::error("unknown-key-result", carried, message);
            let near = self.suggest(&carried.value.to_string(), |joiner| joiner.names.key_results(&carried.value));
            self.diagnostics.push(match near {
                Some(near) => diagnostic.propose(near),
                None => diagnostic.help("see the ids in that quarter's file, or remove `carried_from`"),
            });
        }
        Some(Spanned::new(known?, carried.span))
    }

    fn suggest(&mut self, name: &str, candidates: impl FnOnce(&Self) -> Vec<String>) -> Option<String> {
        self.suggestions = self.suggestions.checked_sub(1)?;
        let candidates = candidates(self);
        diag::nearest(name, candidates.iter().map(String::as_str)).map(str::to_owned)
    }
}

/// Leaves the direction to a metric that says that less is better, where only a verb of reaching says otherwise: "reach 2%".
fn fit_direction(key_result: &mut KeyResult, metric: &Metric) {
    let Some(Goal::Target(target)) = &mut key_result.goal else { return };
    let differs = target.better == Some(Better::Higher) && metric.better == Some(Better::Lower);
    if differs && !words::says_direction(&key_result.title.value) {
        target.better = None;
    }
}

/// Reports units of goal and metric that don't fit; returns a doubt where the goal means nothing because of it.
fn unit_faults(
    diagnostics: &mut Vec<Diagnostic>,
    key_result: &KeyResult,
    stated: (Span, bool),
    metric: &Metric,
) -> Option<String> {
    let (place, bare_percent) = stated;
    let goal = key_result.goal.as_ref()?;
    let unit = metric.unit.as_ref()?;
    if let Goal::Gain(Gain { kind: GainKind::Relative, by, .. }) = goal {
        if !bare_percent || unit.value != Unit::Percent {
            return None;
        }
        let amount = by.number;
        let message = format!("\"by {}\" can mean two things of a metric in %", show(by));
        let help = format!(
            "write `{amount} points` (40% becomes {}%) or `{amount}% relative` (40% becomes {}%)",
            forty(by, false),
            forty(by, true)
        );
        let diagnostic =
            Diagnostic::error("ambiguous-percent", place, message).label("relative, or percentage points?");
        diagnostics.push(diagnostic.related(unit, "its metric is in %").help(help));
        return Some("the goal doesn't say whether its % is relative or in points".to_owned());
    }
    let quantity = goal.quantity()?;
    if !unit.value.converts_to(&quantity.unit) {
        diagnostics.push(unit_mismatch(place, quantity, metric, unit));
    }
    None
}

/// Returns what 40 becomes when it changes by so much, for an example.
fn forty(by: &Quantity, relative: bool) -> String {
    let forty = crate::model::quantity::Number::whole(40);
    let difference = if relative {
        by.number.times(forty).and_then(|product| product.over(crate::model::quantity::Number::whole(100)))
    } else {
        Some(by.number)
    };
    difference
        .and_then(|difference| forty.plus(difference))
        .map_or_else(|| "…".to_owned(), |sum| sum.normal().to_string())
}

fn unit_mismatch(place: Span, quantity: &Quantity, metric: &Metric, unit: &Spanned<Unit>) -> Diagnostic {
    let message = format!("the goal says {}, but its metric `{}` is in {}", show(quantity), metric.id, unit.value);
    Diagnostic::error("unit-mismatch", place, message)
        .label(format!("counted in {}", quantity.unit))
        .related(unit, format!("measured in {}", unit.value))
        .help("state both in units that convert into each other; until then nothing is measured")
}
