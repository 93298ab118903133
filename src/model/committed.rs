//! Between what a team's file says and what it committed to.
//!
//! In: key results and objectives as files state them, and what was committed of them. Out: the terms that a file states
//! now; and key results as they were committed, which are scored like all others.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::ids::Slug;
use super::ledger::commitment::{Commitment, Locked};
use super::ledger::{KeyResultLock, ObjectiveTerms, Terms};
use super::metric::Metric;
use super::plan::{Guardrail, KeyResult, Objective, Pace};
use crate::source::{Span, Spanned};

impl Terms {
    /// Returns what a team answers for with a key result as its file states it now.
    #[must_use]
    pub fn of(key_result: &KeyResult, definition: Option<String>) -> Self {
        Self {
            title: key_result.title.value.clone(),
            goal: key_result.goal.clone(),
            levels: key_result.levels.clone(),
            metric: key_result.metric.as_ref().map(|metric| metric.value.clone()),
            definition,
            weight: key_result.weight,
            owners: key_result.owners.iter().map(|owner| owner.value.clone()).collect(),
            guardrails: key_result
                .guardrails
                .iter()
                .map(|guardrail| (guardrail.metric.value.clone(), guardrail.bound.clone()))
                .collect(),
        }
    }
}

impl ObjectiveTerms {
    /// Returns what a team answers for with an objective as its file states it now.
    #[must_use]
    pub fn of(objective: &Objective) -> Self {
        Self {
            title: objective.title.value.clone(),
            ambition: objective.ambition,
            outcome_metric: objective.outcome_metric.as_ref().map(|metric| metric.value.clone()),
        }
    }
}

impl KeyResult {
    /// Returns the key result as it was committed: with the goal, weight and guardrails of the lock, and its metric where
    /// that still exists.
    #[must_use]
    pub fn as_committed(&self, metrics: &BTreeMap<Slug, Metric>) -> Cow<'_, Self> {
        let Some(locked) = self.commitment.locked().filter(|locked| locked.is_moved()) else {
            return Cow::Borrowed(self);
        };
        let terms = &locked.terms;
        let known = |metric: &&Slug| metrics.contains_key(*metric);
        let at = |metric: &Slug| Spanned::new(metric.clone(), locked.place);
        let metric = terms.metric.as_ref().filter(known).map(at).or_else(|| self.metric.clone());
        Cow::Owned(Self {
            goal: locked.goal(self.goal.as_ref()),
            metric,
            weight: terms.weight,
            guardrails: guardrails(terms, metrics, locked.place),
            ..self.clone()
        })
    }

    /// Returns a key result that a team's file has no more, as it was committed.
    #[must_use]
    pub fn dropped(lock: &KeyResultLock, locked: Locked, metrics: &BTreeMap<Slug, Metric>) -> Self {
        let terms = &locked.terms;
        let place = lock.id.span;
        let metric = terms.metric.as_ref().filter(|metric| metrics.contains_key(*metric));
        let bare = Self::bare(lock.id.clone(), Spanned::new(terms.title.clone(), place), terms.goal.clone());
        Self {
            metric: metric.map(|metric| Spanned::new(metric.clone(), place)),
            owners: terms.owners.iter().map(|owner| Spanned::new(owner.clone(), place)).collect(),
            guardrails: guardrails(terms, metrics, place),
            levels: terms.levels.clone(),
            weight: terms.weight,
            pace: Pace::None,
            commitment: Commitment::Locked(Box::new(locked)),
            ..bare
        }
    }
}

fn guardrails(terms: &Terms, metrics: &BTreeMap<Slug, Metric>, place: Span) -> Vec<Guardrail> {
    let known = terms.guardrails.iter().filter(|(metric, _)| metrics.contains_key(metric));
    known
        .map(|(metric, bound)| Guardrail { metric: Spanned::new(metric.clone(), place), bound: bound.clone() })
        .collect()
}
