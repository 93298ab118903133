//! Units that metrics leave out: those of the key results that they measure.
//!
//! In: a plan whose references are resolved. Out: the same with a unit for each metric whose key results agree on one.

use std::collections::BTreeMap;

use crate::model::goal::{GainKind, Goal};
use crate::model::ids::Slug;
use crate::model::plan::{KeyResult, Plan};
use crate::model::quantity::Unit;
use crate::source::{Span, Spanned};

/// Gives each metric without a unit that of its key results, where they all count in one.
pub(super) fn borrow(plan: &mut Plan) {
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
    let agreed: Vec<(Slug, Spanned<Unit>)> = wanted
        .into_iter()
        .filter_map(|(id, wanted)| match wanted {
            Wanted::One(unit, span) => Some((id.clone(), Spanned::new(unit.clone(), span))),
            Wanted::Nothing | Wanted::Several => None,
        })
        .collect();
    for (id, unit) in agreed {
        if let Some(metric) = plan.metrics.get_mut(&id) {
            metric.unit = Some(unit);
        }
    }
}

/// In which unit key results count.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    Nothing,
    One(&'a Unit, Span),
    Several,
}

impl<'a> Wanted<'a> {
    fn and(self, unit: &'a Unit, span: Span) -> Self {
        match self {
            Self::Nothing => Self::One(unit, span),
            Self::One(first, span) if first == unit => Self::One(first, span),
            Self::One(..) | Self::Several => Self::Several,
        }
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
