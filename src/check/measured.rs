//! Key results with a goal that goes from one value to another, and what their metric shows: the ground of the rules
//! about data.
//!
//! In: a key result with its score. Out: its points, progress and figures as text. Exact where a finding prints a
//! number of the history, floats where a rule only has to decide whether it is worth a closer look.

use super::context::KeyResultAt;
use crate::diag::Diagnostic;
use crate::model::calendar::{Day, Quarter, Window};
use crate::model::goal::{Goal, Move};
use crate::model::history::History;
use crate::model::metric::{Metric, MetricPlace};
use crate::model::quantity::{Number, Quantity, Unit};
use crate::model::scorecard::QuarterState;
use crate::model::shown::{self, Marks};
use crate::score::start::{self, Start};
use crate::score::trend::median;

/// A key result of a quarter that has begun, whose goal goes from one value to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured<'a> {
    /// The goal as it is scored, with both ends.
    pub(super) goal: &'a Move,
    /// The metric.
    pub(super) metric: &'a Metric,
    /// What its exports say.
    pub(super) history: &'a History,
    /// The quarter.
    pub(super) quarter: Quarter,
    /// Whether it is over.
    pub(super) is_over: bool,
    /// The last day that counts.
    pub(super) as_of: Day,
    /// How many of the goal's units one of the metric's is.
    factor: f64,
    from: f64,
    way: f64,
}

impl<'a> Measured<'a> {
    /// Returns the key result as a measured one; nothing where its quarter has not begun, or where it is none.
    pub(super) fn of(at: &KeyResultAt<'a>) -> Option<Self> {
        let Some(Goal::Move(goal)) = &at.score.goal else { return None };
        let team = at.at.at;
        let state = team.quarter_score.state;
        let (metric, history) = (at.metric()?, at.history()?);
        if state == QuarterState::Upcoming || !history.usable() {
            return None;
        }
        let unit = &goal.from.unit;
        let of_metric = metric.unit.as_ref().map_or(unit, |unit| &unit.value);
        let factor = if of_metric == unit { 1.0 } else { of_metric.convert(Number::ONE, unit)?.to_float() };
        let from = goal.from.number.to_float();
        let way = goal.to.number_in(unit)?.to_float() - from;
        (way.abs() > 0.0).then_some(Self {
            goal,
            metric,
            history,
            quarter: team.quarter.quarter,
            is_over: state != QuarterState::Open,
            as_of: team.book.scorecard.as_of,
            factor,
            from,
            way,
        })
    }

    /// Returns the value at which the quarter began, exactly and with its day.
    pub(super) fn start(&self) -> Option<Start> {
        start::measured(self.goal, self.metric, self.history, self.quarter)
    }

    /// Says whether the value adds up over the quarter.
    pub(super) const fn is_flow(&self) -> bool {
        self.history.aggregate().adds_up(self.metric.window_days)
    }

    /// Returns the days' own values in the goal's unit.
    pub(super) fn points(&self, window: Window) -> Vec<(Day, f64)> {
        let mut points = self.history.point_floats(window);
        if self.factor != 1.0 {
            points.iter_mut().for_each(|point| point.1 *= self.factor);
        }
        points
    }

    /// Returns the window of so many days that ends where the quarter begins.
    pub(super) const fn before(&self, days: i32) -> Window {
        let start = self.quarter.window.start;
        Window { start: start.plus(-days), end: start }
    }

    /// Returns the progress of a value in the goal's unit.
    pub(super) fn progress(&self, value: f64) -> f64 {
        (value - self.from) / self.way
    }

    /// Returns the target as a float.
    pub(super) fn target(&self) -> f64 {
        self.from + self.way
    }

    /// Returns 1 where larger values are better, else −1.
    pub(super) const fn sign(&self) -> f64 {
        if self.way > 0.0 { 1.0 } else { -1.0 }
    }

    /// Returns the median progress of the points just before the quarter: of the last four weeks, or for rare points of
    /// the last three in a hundred days. Nothing where there are fewer.
    pub(super) fn recent_progress(&self) -> Option<f64> {
        let mut points = self.points(self.before(28));
        if points.len() < 4 {
            points = self.points(self.before(100));
            points.drain(..points.len().checked_sub(3)?);
        }
        Some(self.progress(median(points.iter().map(|point| point.1))?))
    }

    /// Returns a quantity as a reader sees it.
    pub(super) fn quantity(&self, quantity: &Quantity) -> String {
        self.number(quantity.number)
    }

    /// Returns a number in the goal's unit as a reader sees it, rounded beside the goal's ends.
    pub(super) fn number(&self, number: Number) -> String {
        let unit = &self.goal.from.unit;
        let ends = [Some(self.goal.from.number), self.goal.to.number_in(unit)];
        amount(number, unit, &ends.into_iter().flatten().collect::<Vec<_>>())
    }

    /// Returns an estimate in the goal's unit as a reader sees it.
    pub(super) fn estimate(&self, value: f64) -> String {
        Number::from_float(value, 9).map_or_else(|| "?".to_owned(), |number| self.number(number))
    }

    /// Returns an estimated difference as a reader sees it.
    pub(super) fn difference(&self, value: f64) -> String {
        let unit = of_differences(&self.goal.from.unit);
        let places = [self.goal.from.number.places(), self.goal.to.number.places()].into_iter().fold(1, u32::max) + 1;
        Number::from_float(value, places)
            .map_or_else(|| "?".to_owned(), |number| Marks::PLAIN.amount(number.normal(), unit))
    }
}

/// Returns the unit in which differences of such numbers are counted: those of percentages in points.
pub(super) const fn of_differences(unit: &Unit) -> &Unit {
    if matches!(unit, Unit::Percent) { &Unit::Points } else { unit }
}

/// Returns a number as a reader sees it, rounded beside others.
pub(super) fn amount(number: Number, unit: &Unit, neighbours: &[Number]) -> String {
    Marks::PLAIN.amount(shown::beside(number, unit, neighbours), unit)
}

/// Returns a score with two decimals, rounded down.
pub(super) fn score(score: Number) -> String {
    format!("{:.2}", score.floor_to(2))
}

/// Says what settles a list of events that is silent up to a day.
pub(super) fn settle_silence(day: Day) -> String {
    format!(
        "if none has happened since, say so: `complete_through: {day}`, or `complete_through: yesterday` where the \
         export is always fetched whole; else bring it up to date"
    )
}

/// Points at the metric's definition as a second place.
pub(super) fn with_metric(diagnostic: Diagnostic, metric: &Metric) -> Diagnostic {
    match &metric.place {
        MetricPlace::Defined(span) => diagnostic.related(*span, "this metric"),
        MetricPlace::Export(_) => diagnostic,
    }
}
