//! Starts as metrics show them, for those who compare them with what was stated.
//!
//! In: a goal with both ends, its metric and history, the quarter. Out: the value at which the quarter began, by the
//! same rule as for a goal without a stated start, and its progress. Computes nothing of its own.

use std::collections::BTreeSet;

use super::baseline;
use super::book::{Moment, Source};
use super::evidence::Evidence;
use super::progress::{Ends, Scaled};
use crate::model::calendar::{Day, Quarter};
use crate::model::goal::Move;
use crate::model::metric::Metric;
use crate::model::quantity::{Number, Quantity};

/// What a metric showed when a quarter began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The value, in the unit of the goal's start.
    pub quantity: Quantity,
    /// The last day with data that it rests on, before the quarter.
    pub on: Day,
    /// The progress that the goal has with this value: what the quarter's first day gets for nothing.
    pub progress: Number,
}

/// Returns what the metric showed before the quarter's first day; nothing where it showed nothing, or where units differ.
#[must_use]
pub fn measured(goal: &Move, metric: &Metric, evidence: &dyn Evidence, quarter: Quarter) -> Option<Start> {
    static NO_HOLIDAYS: BTreeSet<Day> = BTreeSet::new();
    let source = Source { metric, evidence, start: None, patience: 0, holidays: &NO_HOLIDAYS };
    let moment = Moment::new(quarter, quarter.window.start);
    let (value, on) = baseline::before(&source, &moment, goal.from.per.as_ref().or(goal.to.per.as_ref()))?;
    let progress = progress(goal, metric, value)?;
    let unit = source.unit(&goal.from.unit);
    let quantity = Scaled::plain(value).shown(unit, &goal.from).ok()?;
    Some(Start { quantity, on, progress })
}

/// Returns the progress of a value in the metric's unit, which may be below 0 or above 1.
#[must_use]
pub fn progress(goal: &Move, metric: &Metric, value: Number) -> Option<Number> {
    let unit = metric.unit.as_ref().map_or(&goal.from.unit, |unit| &unit.value);
    let ends = Ends::new(&goal.from, &goal.to, unit).ok()?;
    ends.better()?;
    Some(ends.progress(Scaled::plain(value).converted(unit, &ends.unit).ok()?)?.kept)
}
