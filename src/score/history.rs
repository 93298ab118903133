//! Histories as evidence: what `metrics` found, asked by scoring.

use super::evidence::Evidence;
use crate::model::calendar::{Day, Window};
use crate::model::grain::Grain;
use crate::model::history::{History, Measurement, Point, Tally};
use crate::model::metric::Aggregate;
use crate::model::quantity::Number;

impl Evidence for History {
    fn usable(&self) -> bool {
        Self::usable(self)
    }

    fn aggregate(&self) -> Aggregate {
        Self::aggregate(self)
    }

    fn measure(&self, window: Window) -> Option<Measurement> {
        Self::measure(self, window)
    }

    fn is_too_large(&self, window: Window) -> bool {
        self.value(window).is_err()
    }

    fn has_too_large(&self, window: Window) -> bool {
        Self::has_too_large(self, window)
    }

    fn trend(&self, window: Window) -> Vec<Point> {
        Self::trend(self, window)
    }

    fn points(&self, window: Window) -> Vec<Point> {
        Self::points(self, window)
    }

    fn slide(&self, windows: &[Window]) -> Vec<Option<f64>> {
        Self::slide(self, windows)
    }

    fn point_floats(&self, window: Window) -> Vec<(Day, f64)> {
        Self::point_floats(self, window)
    }

    fn days_with_data(&self, window: Window) -> usize {
        Self::days_with_data(self, window)
    }

    fn tally(&self, window: Window, inside: &dyn Fn(Number) -> bool) -> Tally {
        Self::tally(self, window, inside)
    }

    fn heartbeat(&self) -> Option<Day> {
        Self::heartbeat(self)
    }

    fn speaks_until(&self, day: Day) -> Option<Day> {
        Self::speaks_until(self, day)
    }

    fn silent_since(&self, day: Day, patience: i32) -> Option<Day> {
        Self::silent_since(self, day, patience)
    }

    fn cut_in(&self, window: Window) -> Option<Day> {
        Self::cut_in(self, window)
    }

    fn is_whole_through(&self, day: Day) -> bool {
        Self::is_whole_through(self, day)
    }

    fn is_stated_through(&self, day: Day) -> bool {
        Self::is_stated_through(self, day)
    }

    fn usual_grain(&self) -> Grain {
        Self::usual_grain(self)
    }

    fn covered_days(&self, window: Window) -> i32 {
        Self::covered_days(self, window)
    }

    fn grain(&self) -> Grain {
        Self::grain(self)
    }

    fn part_of(&self, day: Day) -> Window {
        Self::part_of(self, day)
    }

    fn first_day(&self) -> Option<Day> {
        Self::first_day(self)
    }

    fn last_day(&self) -> Option<Day> {
        Self::last_day(self)
    }
}
