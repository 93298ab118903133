//! Findings that only follow from a slip of the pen: they would bury it.
//!
//! In: a plan, and what is wrong with it. Out: the same without what is told by a misspelt key: that the key is missing,
//! what is said of a key result that can't be judged without it, and what is said of exports that only such ones read.

use std::collections::BTreeSet;

use super::rule;
use crate::diag::{Diagnostic, Link, Place};
use crate::model::ids::Slug;
use crate::model::metric::{Metric, Query};
use crate::model::plan::{KeyResult, Objective, Plan};
use crate::source::Span;

/// Takes out what only follows from something else, and returns how much that is.
pub fn hold_back(plan: &Plan, diagnostics: &mut Vec<Diagnostic>) -> usize {
    let before = diagnostics.len();
    diagnostics.retain(|found| found.link != Link::Follows);
    let spoilt: Vec<Span> = diagnostics
        .iter()
        .filter_map(|found| match found.link {
            Link::Spoils(span) => Some(span),
            Link::None | Link::Follows => None,
        })
        .collect();
    if !spoilt.is_empty() {
        let exports = exports_of_spoilt(plan, &spoilt);
        diagnostics.retain(|found| !follows(found, &spoilt, &exports));
    }
    before - diagnostics.len()
}

fn follows(found: &Diagnostic, spoilt: &[Span], exports: &BTreeSet<&str>) -> bool {
    match &found.place {
        Place::Text(place) => rule(found.code).is_some() && holds(spoilt, *place),
        Place::Line(line) => exports.contains(&*line.path),
        Place::File(path) => exports.contains(&**path),
    }
}

fn holds(spoilt: &[Span], place: Span) -> bool {
    spoilt.iter().any(|span| span.file == place.file && (span.start..span.end).contains(&place.start))
}

/// Returns the exports of metrics that spoilt key results read, and nothing else does.
fn exports_of_spoilt<'a>(plan: &'a Plan, spoilt: &[Span]) -> BTreeSet<&'a str> {
    let objectives = || plan.quarters.iter().flat_map(|quarter| &quarter.teams).flat_map(|team| &team.objectives);
    let key_results = || objectives().flat_map(|objective| &objective.key_results);
    let is_spoilt = |key_result: &&KeyResult| holds(spoilt, key_result.id.span);
    let outcomes = |objective: &'a Objective| objective.outcome_metric.as_ref().map(|metric| &metric.value);
    let sound =
        key_results().filter(|one| !is_spoilt(one)).flat_map(metrics_of).chain(objectives().filter_map(outcomes));
    let kept = files(plan, sound);
    let read = files(plan, key_results().filter(is_spoilt).flat_map(metrics_of));
    read.difference(&kept).copied().collect()
}

fn metrics_of(key_result: &KeyResult) -> impl Iterator<Item = &Slug> {
    let guardrails = key_result.guardrails.iter().map(|guardrail| &guardrail.metric.value);
    key_result.metric.iter().map(|metric| &metric.value).chain(guardrails)
}

/// Returns the exports that metrics read, those of ratios through what they divide.
fn files<'a>(plan: &'a Plan, metrics: impl Iterator<Item = &'a Slug>) -> BTreeSet<&'a str> {
    let mut wanted: Vec<&Slug> = metrics.collect();
    let mut known: BTreeSet<&Slug> = BTreeSet::new();
    let mut files = BTreeSet::new();
    while let Some(id) = wanted.pop() {
        let Some(Metric { query, .. }) = plan.metrics.get(id).filter(|_| known.insert(id)) else { continue };
        match query {
            Query::Rows(rows) => files.extend(rows.all_files().map(|path| &**path)),
            Query::RatioOfMetrics { of, to } => wanted.extend([&of.value, &to.value]),
        }
    }
    files
}
