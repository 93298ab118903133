//! Units that metrics leave out: those of the key results that they measure.
//!
//! In: a plan whose references are resolved. Out: the same with a unit for each metric whose key results agree on one.
//! Where they disagree, so that one number would be 7 hours and 7 minutes, it measures none of them until the book says
//! what it counts in.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostic;
use crate::model::goal::{GainKind, Goal};
use crate::model::ids::Slug;
use crate::model::plan::{KeyResult, Plan};
use crate::model::quantity::{Number, Unit};
use crate::source::{Span, Spanned};

/// Gives each metric without a unit that of its key results, where they all count in one.
pub(super) fn borrow(plan: &mut Plan, diagnostics: &mut Vec<Diagnostic>) {
    let bare = plan.metrics.values().filter(|metric| metric.unit.is_none());
    let mut wanted: BTreeMap<&Slug, Wanted<'_>> = bare.map(|metric| (&metric.id, Wanted::Nothing)).collect();
    if wanted.is_empty() {
        return;
    }
    let teams = plan.quarters.iter().flat_map(|quarter| &quarter.teams);
    let objectives = teams.flat_map(|team| &team.objectives);
    for key_result in objectives.flat_map(|objective| &objective.key_results) {
        for (metric, unit) in units(key_result) {
            if let Some(wanted) = wanted.get_mut(metric) {
                *wanted = wanted.and(unit, key_result.title.span);
            }
        }
    }
    let disputed: BTreeSet<Slug> = wanted
        .iter()
        .filter_map(|(id, wanted)| match wanted {
            Wanted::Two(first, second) => {
                diagnostics.push(disagreement(id, *first, *second));
                Some((*id).clone())
            }
            Wanted::Nothing | Wanted::One(..) | Wanted::Several => None,
        })
        .collect();
    let agreed: Vec<(Slug, Spanned<Unit>)> = wanted
        .into_iter()
        .filter_map(|(id, wanted)| match wanted {
            Wanted::One(unit, span) => Some((id.clone(), Spanned::new(unit.clone(), span))),
            Wanted::Nothing | Wanted::Two(..) | Wanted::Several => None,
        })
        .collect();
    for (id, unit) in agreed {
        if let Some(metric) = plan.metrics.get_mut(&id) {
            metric.unit = Some(unit);
        }
    }
    if !disputed.is_empty() {
        let teams = plan.quarters.iter_mut().flat_map(|quarter| &mut quarter.teams);
        let objectives = teams.flat_map(|team| &mut team.objectives);
        for key_result in objectives.flat_map(|objective| &mut objective.key_results) {
            key_result.metric = key_result.metric.take().filter(|metric| !disputed.contains(&metric.value));
            key_result.guardrails.retain(|guardrail| !disputed.contains(&guardrail.metric.value));
        }
    }
}

/// Reports that two key results count one metric in units of different size.
fn disagreement(metric: &Slug, first: (&Unit, Span), second: (&Unit, Span)) -> Diagnostic {
    let message = format!("the metric {metric} is counted in {} here, and in {} elsewhere", second.0, first.0);
    let help = format!("say in its definition in metrics.yaml what it counts in: `unit: {}`", first.0);
    Diagnostic::error("units-differ", second.1, message).related(first.1, "the other one").help(help)
}

/// In which unit key results count.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    Nothing,
    One(&'a Unit, Span),
    /// Two that make one number two amounts.
    Two((&'a Unit, Span), (&'a Unit, Span)),
    /// Several that a bare number may all have: counts and names, percent and points.
    Several,
}

impl<'a> Wanted<'a> {
    fn and(self, unit: &'a Unit, span: Span) -> Self {
        match self {
            Self::Nothing => Self::One(unit, span),
            Self::One(first, span) if first == unit => Self::One(first, span),
            Self::One(first, place) if !may_share(first, unit) => Self::Two((first, place), (unit, span)),
            Self::Two(..) => self,
            Self::One(..) | Self::Several => Self::Several,
        }
    }
}

/// Says whether one bare number may be counted in both units.
fn may_share(a: &Unit, b: &Unit) -> bool {
    match (a, b) {
        (Unit::Duration(_), Unit::Duration(_)) | (Unit::Bytes(_), Unit::Bytes(_)) => {
            a.convert(Number::ONE, b) == Some(Number::ONE)
        }
        (Unit::Money(a), Unit::Money(b)) => a == b,
        _ => true,
    }
}

/// Returns the metrics that a key result uses, each with the unit in which it counts.
fn units(key_result: &KeyResult) -> impl Iterator<Item = (&Slug, &Unit)> {
    let own = match &key_result.goal {
        // A share of the start says nothing about the metric's unit.
        Some(Goal::Gain(gain)) if gain.kind == GainKind::Relative => None,
        goal => goal.as_ref().and_then(Goal::quantity),
    };
    let measured = key_result.metric.iter().zip(own).map(|(metric, quantity)| (&metric.value, &quantity.unit));
    let guarded = key_result.guardrails.iter().map(|guardrail| (&guardrail.metric.value, &guardrail.bound.limit.unit));
    measured.chain(guarded)
}
