//! A metric's course: its value as it is compared, over time, and between which ends it would still be usual.
//!
//! In: a question about a window, and what was judged of it. Out: points and a range, in the metric's unit; of what adds up,
//! over as many days as the cycle has. A value leaves its range exactly where the test says that it moved.

use super::asked::{Asked, Judged, Step};
use crate::model::calendar::{Day, Window};
use crate::model::grain::Grain;
use crate::model::movement::MovementVerdict;

/// Between which values a metric usually lies at the end of a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usual {
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

/// Points of a course, at most.
const MOST: usize = 500;

impl Asked<'_> {
    /// Returns the metric's value over windows as long as the one that is asked about, each at its last day, oldest first:
    /// of those that end in `shown` and that the history reaches back to. Days and weeks give one a week; readings of a week
    /// and longer are what is compared, and stand for themselves.
    #[must_use]
    pub fn course(&self, shown: Window) -> Vec<(Day, f64)> {
        let Some(first) = self.evidence.first_day() else { return Vec::new() };
        if self.is_reading() {
            return self.evidence.point_floats(Window { end: shown.end.min(self.after.end), ..shown });
        }
        let step = match self.grain() {
            Grain::Day => Step::of(Grain::Week),
            grain => Step::of(grain),
        };
        let windows = (0..).map(|back| step.back(self.after, back));
        let is_known =
            |window: &Window| if self.is_last() { window.end > first } else { self.begins(*window) >= first };
        let is_shown = |window: &Window| window.end > shown.start && is_known(window);
        let mut windows: Vec<Window> = windows.take_while(is_shown).take(MOST).collect();
        windows.reverse();
        let values = self.values(&windows);
        let point = |(window, value): (&Window, Option<f64>)| Some((window.end.plus(-1), value? * self.shown()));
        windows.iter().zip(values).filter_map(point).collect()
    }

    /// Returns the last day before the window, with the value that it is compared with.
    #[must_use]
    pub fn start(&self) -> Option<(Day, f64)> {
        let value = self.values(&[self.before]).pop().flatten()?;
        Some((self.before.end.plus(-1), value * self.shown()))
    }

    /// Returns between which values it would have been usual for the metric to end; nothing where that can't be told.
    #[must_use]
    pub fn usual(&self, judged: &Judged) -> Option<Usual> {
        if judged.movement.verdict == MovementVerdict::Unknown {
            return None;
        }
        // Less the change that is told, so that a season goes with it.
        let end = self.values(&[self.after]).pop().flatten()?;
        let middle = end - self.towards_good(judged.change);
        let (low, high) = (middle - judged.usual, middle + judged.usual);
        let is_drawn = low.is_finite() && high.is_finite();
        is_drawn.then(|| Usual { low: low * self.shown(), high: high * self.shown() })
    }

    /// Returns over how many days a value is taken, where it isn't a reading of its own.
    #[must_use]
    pub fn days_of_value(&self) -> Option<i32> {
        (!self.is_reading()).then(|| self.length(self.after))
    }

    /// Says whether single readings are compared: at most one a week.
    fn is_reading(&self) -> bool {
        let Some(start) = self.evidence.first_day().filter(|_| self.is_last()) else { return false };
        let days = Window { start, end: self.after.end };
        let weeks = usize::try_from(days.days() / 7 + 1).unwrap_or_default();
        self.grain() > Grain::Day || self.evidence.days_with_data(days) <= weeks
    }

    /// Returns by what a value is multiplied where it is shown: what adds up is compared by the day.
    fn shown(&self) -> f64 {
        if self.is_flow() { f64::from(self.cycle()) } else { 1.0 }
    }
}
