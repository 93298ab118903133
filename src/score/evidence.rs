//! What scoring asks of a metric's history.
//!
//! A trait, so that scoring can be proved with histories that are written down in a test. All values are in the
//! metric's unit, or in the key result's where the metric has none.

use crate::model::calendar::{Day, Window};
use crate::model::grain::Grain;
use crate::model::history::{Measurement, Point, Tally};
use crate::model::metric::Aggregate;
use crate::model::quantity::Number;

/// A metric's history, of which any window can be asked.
pub trait Evidence {
    /// Says whether the exports could be read at all.
    fn usable(&self) -> bool;

    /// Returns how the rows of a window become one value.
    fn aggregate(&self) -> Aggregate;

    /// Returns the value of a window with its evidence, where there is data.
    ///
    /// A sum or count without rows is 0 where the exports speak of the window.
    fn measure(&self, window: Window) -> Option<Measurement>;

    /// Says whether a window has no value because a number on the way to it is too large to compute with.
    fn is_too_large(&self, window: Window) -> bool;

    /// Says whether the own value of any day of a window is too large to compute with.
    fn has_too_large(&self, window: Window) -> bool;

    /// Returns the metric's value as it developed over the window: for each day with data, its value as of that day.
    fn trend(&self, window: Window) -> Vec<Point>;

    /// Returns, for each day of the window with data, that day's own value.
    fn points(&self, window: Window) -> Vec<Point>;

    /// Returns the values of windows whose starts and ends ascend, as floats.
    fn slide(&self, windows: &[Window]) -> Vec<Option<f64>> {
        windows.iter().map(|window| self.measure(*window).map(|found| found.value.to_float())).collect()
    }

    /// Returns the [`points`](Self::points) as floats.
    fn point_floats(&self, window: Window) -> Vec<(Day, f64)> {
        self.points(window).iter().map(|point| (point.day, point.value.to_float())).collect()
    }

    /// Returns how many of the window's days have data.
    fn days_with_data(&self, window: Window) -> usize {
        self.points(window).len()
    }

    /// Returns how many of the window's points are inside, and how many there are; a day may hold several.
    fn tally(&self, window: Window, inside: &dyn Fn(Number) -> bool) -> Tally;

    /// Returns the last day that the exports speak for, where they speak for any.
    fn heartbeat(&self) -> Option<Day>;

    /// Returns up to which day, at most `day`, the exports can be believed.
    fn speaks_until(&self, day: Day) -> Option<Day> {
        self.heartbeat().map(|heartbeat| heartbeat.min(day))
    }

    /// Returns the day since which a list of events is silent before `day`, for longer than ever and than `patience` days.
    fn silent_since(&self, day: Day, patience: i32) -> Option<Day> {
        let _ = (day, patience);
        None
    }

    /// Returns the first day of an export that was cut off within the window.
    fn cut_in(&self, window: Window) -> Option<Day> {
        let _ = window;
        None
    }

    /// Says whether the book states that the exports are complete up to a day and no row of theirs was left out.
    fn is_whole_through(&self, day: Day) -> bool {
        let _ = day;
        false
    }

    /// Says whether the book states that the exports are complete up to a day.
    fn is_stated_through(&self, day: Day) -> bool {
        let _ = day;
        false
    }

    /// Returns how long a period a row speaks of, as far as its dates tell.
    fn usual_grain(&self) -> Grain {
        self.grain()
    }

    /// Returns how many of the window's days the exports can be believed for.
    fn covered_days(&self, window: Window) -> i32;

    /// Returns how long a period one row speaks of.
    fn grain(&self) -> Grain {
        Grain::Day
    }

    /// Returns the days of the export that tells of a day, where others went on from each other.
    fn part_of(&self, day: Day) -> Window {
        let _ = day;
        Window { start: Day::MIN, end: Day::MAX }
    }

    /// Returns the first day with data.
    fn first_day(&self) -> Option<Day>;

    /// Returns the last day with data.
    fn last_day(&self) -> Option<Day>;
}
