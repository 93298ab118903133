//! References between files, resolved: metrics, objectives, key results of earlier quarters.
//!
//! In: what the files say, each for itself. Out: the same with every reference leading somewhere; those that lead nowhere
//! are reported and taken out, the things that held them stay.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::Metrics;
use super::goal::show;
use super::key_result::Draft;
use super::team::ObjectiveDraft;
use crate::diag::{self, Diagnostic};
use crate::model::goal::{Gain, GainKind, Goal};
use crate::model::ids::{KeyResultRef, ObjectiveRef, QuarterId, Slug};
use crate::model::metric::Metric;
use crate::model::plan::{Guardrail, KeyResult, Objective};
use crate::model::quantity::{Quantity, Unit};
use crate::source::{Span, Spanned};

/// How often a right spelling is looked for; a book with more wrong names has another trouble.
const SUGGESTIONS: usize = 50;

/// The objectives of every team and quarter, each with the ids of its key results.
#[derive(Default)]
pub(super) struct Names {
    quarters: BTreeMap<QuarterId, BTreeMap<Slug, BTreeMap<Slug, BTreeSet<Slug>>>>,
}

impl Names {
    /// Adds what a team wrote for a quarter.
    pub(super) fn add(&mut self, quarter: QuarterId, team: &Slug, objectives: &[ObjectiveDraft]) {
        let team = self.quarters.entry(quarter).or_default().entry(team.clone()).or_default();
        for draft in objectives {
            let former = draft.key_results.iter().flat_map(|draft| &draft.key_result.aliases);
            let ids = draft.key_results.iter().map(|draft| &draft.key_result.id.value).chain(former).cloned();
            let ids: BTreeSet<Slug> = ids.collect();
            for alias in &draft.objective.aliases {
                team.entry(alias.clone()).or_insert_with(|| ids.clone());
            }
            team.insert(draft.objective.id.value.clone(), ids);
        }
    }

    fn has_objective(&self, quarter: QuarterId, reference: &ObjectiveRef) -> bool {
        let team = self.quarters.get(&quarter).and_then(|teams| teams.get(&reference.team));
        team.is_some_and(|objectives| objectives.contains_key(&reference.objective))
    }

    fn has_key_result(&self, reference: &KeyResultRef) -> bool {
        let team = self.quarters.get(&reference.quarter).and_then(|teams| teams.get(&reference.team));
        let ids = team.and_then(|objectives| objectives.get(&reference.objective));
        ids.is_some_and(|ids| ids.contains(&reference.key_result))
    }

    /// Returns the full names of a quarter's objectives.
    fn objectives(&self, quarter: QuarterId) -> Vec<String> {
        let teams = self.quarters.get(&quarter).into_iter().flatten();
        teams
            .flat_map(|(team, objectives)| objectives.keys().map(move |id| format!("{team}/{id}")))
            .take(2000)
            .collect()
    }

    /// Returns the full names of a team's key results in a quarter.
    fn key_results(&self, reference: &KeyResultRef) -> Vec<String> {
        let team = self.quarters.get(&reference.quarter).and_then(|teams| teams.get(&reference.team));
        let objectives = team.into_iter().flatten();
        let names = objectives.flat_map(|(objective, ids)| ids.iter().map(move |id| (objective, id)));
        names
            .map(|(objective, id)| format!("{}/{}/{objective}/{id}", reference.quarter, reference.team))
            .take(2000)
            .collect()
    }
}

/// Resolves references, team by team.
pub(super) struct Joiner<'a> {
    /// The names that references may lead to.
    pub(super) names: &'a Names,
    /// The metrics that are defined or implied.
    pub(super) metrics: Metrics<'a>,
    /// What leads nowhere.
    pub(super) diagnostics: Vec<Diagnostic>,
    suggestions: usize,
}

impl<'a> Joiner<'a> {
    /// Returns a joiner of a book's names and metrics.
    pub(super) const fn new(names: &'a Names, metrics: Metrics<'a>) -> Self {
        Self { names, metrics, diagnostics: Vec::new(), suggestions: SUGGESTIONS }
    }

    /// Returns the objective with its references resolved.
    pub(super) fn objective(&mut self, quarter: QuarterId, team: &Slug, draft: ObjectiveDraft) -> Objective {
        let mut objective = draft.objective;
        objective.outcome_metric = objective.outcome_metric.filter(|metric| self.known_metric(metric));
        objective.supports =
            objective.supports.filter(|supports| self.known_objective(quarter, (team, &objective.id), supports));
        objective.key_results = draft.key_results.into_iter().map(|draft| self.key_result(quarter, draft)).collect();
        objective
    }

    fn key_result(&mut self, quarter: QuarterId, draft: Draft) -> KeyResult {
        let mut key_result = draft.key_result;
        key_result.metric = match key_result.metric {
            Some(metric) => Some(metric).filter(|metric| self.known_metric(metric)),
            None if key_result.has_own_id && self.metrics.resolve(&key_result.id.value) => Some(key_result.id.clone()),
            None => {
                self.without_metric(&key_result, draft.is_typed);
                None
            }
        };
        if let Some(metric) = key_result.metric.as_ref().and_then(|metric| self.metrics.get(&metric.value)) {
            let doubt = unit_faults(&mut self.diagnostics, &key_result, (draft.goal_place, draft.bare_percent), metric);
            if let Some(doubt) = doubt {
                key_result.goal = None;
                key_result.doubts.push(doubt);
            }
        }
        key_result.guardrails.retain(|guardrail| self.known_guardrail(guardrail));
        key_result.carried_from = key_result.carried_from.filter(|carried| self.known_key_result(quarter, carried));
        key_result
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

    fn known_metric(&mut self, metric: &Spanned<Slug>) -> bool {
        let known = self.metrics.resolve(&metric.value);
        if !known {
            let broken = self.metrics.is_broken(&metric.value);
            let message = if broken {
                format!("the metric `{}` has a fault of its own and can't be used", metric.value)
            } else {
                format!("there is no metric `{}`", metric.value)
            };
            let diagnostic = Diagnostic::error("unknown-metric", metric, message);
            let near = if broken { None } else { self.suggest(metric.value.as_str(), |joiner| joiner.metrics.names()) };
            self.diagnostics.push(match near {
                _ if broken => diagnostic.help("see what is said about its definition"),
                Some(near) => diagnostic.help(format!("write `{near}`")),
                None => diagnostic
                    .help(format!("define it in metrics.yaml, or put its export at metrics/{}.csv", metric.value)),
            });
        }
        known
    }

    fn known_guardrail(&mut self, guardrail: &Guardrail) -> bool {
        if !self.known_metric(&guardrail.metric) {
            return false;
        }
        let metric = self.metrics.get(&guardrail.metric.value);
        if let Some((metric, unit)) = metric.and_then(|metric| Some((metric, metric.unit.as_ref()?)))
            && !unit.value.converts_to(&guardrail.bound.limit.unit)
        {
            self.diagnostics.push(unit_mismatch(guardrail.metric.span, &guardrail.bound.limit, metric, unit));
        }
        true
    }

    fn known_objective(
        &mut self,
        quarter: QuarterId,
        own: (&Slug, &Spanned<Slug>),
        supports: &Spanned<ObjectiveRef>,
    ) -> bool {
        if supports.value.team == *own.0 && supports.value.objective == own.1.value {
            let diagnostic = Diagnostic::error("bad-reference", supports, "an objective can't support itself");
            self.diagnostics.push(diagnostic.help("name the objective that it serves, or remove `supports`"));
            return false;
        }
        let known = self.names.has_objective(quarter, &supports.value);
        if !known {
            let name = supports.value.to_string();
            let message = format!("{quarter} has no objective `{name}`");
            let diagnostic = Diagnostic::error("unknown-objective", supports, message);
            let near = self.suggest(&name, |joiner| joiner.names.objectives(quarter));
            self.diagnostics.push(match near {
                Some(near) => diagnostic.help(format!("write `{near}`")),
                None => diagnostic.help("name team and objective of the same quarter: `company/trust`"),
            });
        }
        known
    }

    fn known_key_result(&mut self, quarter: QuarterId, carried: &Spanned<KeyResultRef>) -> bool {
        if carried.value.quarter >= quarter {
            let message = format!("`{}` is not before {quarter}", carried.value);
            let diagnostic = Diagnostic::error("bad-reference", carried, message);
            self.diagnostics.push(diagnostic.help("a key result is carried from an earlier quarter"));
            return false;
        }
        let known = self.names.has_key_result(&carried.value);
        if !known {
            let message = format!("there was no key result `{}`", carried.value);
            let diagnostic = Diagnostic::error("unknown-key-result", carried, message);
            let near = self.suggest(&carried.value.to_string(), |joiner| joiner.names.key_results(&carried.value));
            self.diagnostics.push(match near {
                Some(near) => diagnostic.help(format!("write `{near}`")),
                None => diagnostic.help("see the ids in that quarter's file, or remove `carried_from`"),
            });
        }
        known
    }

    fn suggest(&mut self, name: &str, candidates: impl FnOnce(&Self) -> Vec<String>) -> Option<String> {
        self.suggestions = self.suggestions.checked_sub(1)?;
        let candidates = candidates(self);
        diag::nearest(name, candidates.iter().map(String::as_str)).map(str::to_owned)
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
