//! What charts say, in English.

use super::Phrases;
use crate::model::calendar::{Day, Window};
use crate::model::metric::{Aggregate, Metric};
use crate::model::quantity::{Per, Unit};

impl Phrases {
    /// Returns what a chart shows: measure, unit and days.
    #[must_use]
    pub fn measure(self, title: &str, unit: &Unit, window: Window) -> String {
        [title, &self.in_unit(unit), ", ", &self.format.window(window)].concat()
    }

    /// Returns what a chart over a cycle shows: measure and unit; its axis says the days.
    #[must_use]
    pub fn measure_of_cycle(self, title: &str, unit: &Unit, adds_up: bool) -> String {
        let sum = if adds_up { ", added up" } else { "" };
        [title, &self.in_unit(unit), sum].concat()
    }

    /// Returns a unit behind what is measured in it: `, in %`; nothing for what is counted.
    pub(super) fn in_unit(self, unit: &Unit) -> String {
        match unit {
            Unit::Count | Unit::Factor => String::new(),
            Unit::Money(code) | Unit::Named(code) => format!(", in {code}"),
            Unit::Duration(unit) => [", in ", unit.name(), "s"].concat(),
            Unit::Points => ", in points".to_owned(),
            unit => format!(", in {unit}"),
        }
    }

    /// Returns what the chart of a metric's history shows: measure, unit, days, and what a point stands for.
    #[must_use]
    pub fn history_measure(self, title: &str, unit: &Unit, window: Window, metric: &Metric) -> String {
        let points = if metric.aggregate.is_flow() {
            format!("; added up in each {}", self.format.cycle())
        } else if metric.aggregate != Aggregate::Last {
            return self.days_in_grey(&self.measure(title, unit, window));
        } else {
            String::new()
        };
        format!("{}{points}", self.measure(title, unit, window))
    }

    /// Adds that single days stand in grey beside what a chart shows.
    #[must_use]
    pub fn days_in_grey(self, measure: &str) -> String {
        [measure, "; single days in grey"].concat()
    }

    /// Returns what there is of a sum or count while its quarter runs.
    #[must_use]
    pub fn so_far_of(self, value: &str) -> String {
        [value, " so\u{a0}far"].concat()
    }

    /// Returns where a sum or count is heading, over what its goal is counted.
    #[must_use]
    pub fn heading(self, value: &str, per: Option<&Per>) -> String {
        match per {
            Some(Per::Time(unit)) if self.format.is_cycle(*unit) => ["heading for\u{a0}", value].concat(),
            None => ["heading for\u{a0}", value].concat(),
            Some(per) => ["at ", value, &self.format.per(per)].concat(),
        }
    }

    /// Says that a table holds single days, and what is scored of them; nothing where a day's value is what is scored.
    #[must_use]
    pub fn single_days(self, metric: &Metric) -> String {
        if metric.aggregate == Aggregate::Last && metric.window_days.is_none() {
            return String::new();
        }
        format!("Each is of a single day; what counts is the {}.", self.how_queried(metric))
    }

    /// Adds what a chart's shaded fan is.
    #[must_use]
    pub fn fan_is_shaded(self, measure: &str) -> String {
        [measure, "; shaded: where the middle half of its slopes lead"].concat()
    }

    /// Returns who measured a chart's values, and how old they are.
    #[must_use]
    pub fn chart_source(self, source: Option<&str>, age: Option<i32>) -> String {
        let age = age.map(|days| ["data ", &self.age(days)].concat());
        match (source, age) {
            (Some(source), Some(age)) => ["Source: ", source, "; ", &age, "."].concat(),
            (Some(source), None) => format!("Source: {source}."),
            (None, Some(age)) => ["Source not stated; ", &age, "."].concat(),
            (None, None) => "Source not stated.".to_owned(),
        }
    }

    /// Returns the label of a goal's line in a chart.
    #[must_use]
    pub fn goal_line(self, goal: &str) -> String {
        ["goal ", goal].concat()
    }

    /// Returns the label of the goal that was committed, where it was moved, and until when it held, where that is known.
    #[must_use]
    pub fn committed_line(self, goal: &str, moved: Option<Day>) -> String {
        let until = moved.map(|day| format!(" until {}", self.format.day_of_year(day))).unwrap_or_default();
        format!("committed {goal}{until}")
    }

    /// Returns the label of a goal that was moved.
    #[must_use]
    pub fn moved_line(self, goal: &str) -> String {
        format!("moved to {goal}")
    }

    /// Returns the label of the line where a goal starts.
    #[must_use]
    pub fn start_line(self, start: &str) -> String {
        ["start ", start].concat()
    }

    /// Returns the label of the line of expected progress.
    #[must_use]
    pub const fn expected_line(self) -> &'static str {
        "expected"
    }

    /// Returns the label of the line that leads on.
    #[must_use]
    pub const fn projected_line(self) -> &'static str {
        "projected"
    }

    /// Returns the label of the as-of day in a chart.
    #[must_use]
    pub const fn today(self) -> &'static str {
        "today"
    }

    /// Returns what a chart says of data that has stopped.
    #[must_use]
    pub fn last_data(self, day: Day) -> String {
        format!("last data {}", self.format.day_of_year(day))
    }
}
