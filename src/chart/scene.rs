//! What a chart with axes is to show, and where its plot is.
//!
//! In: nothing. Out: what is laid out.

use super::draw::{Days, Plane};
use super::drawing::{Caption, TALL};
use super::figure::{Months, Side, Trail};
use super::labels::Extent;
use super::series::Segment;
use super::strokes::{Role, Strokes};
use crate::model::calendar::{Day, Window};

/// A value that holds over days.
pub(super) struct Level<'a> {
    pub(super) role: Role,
    pub(super) days: Window,
    pub(super) value: f64,
    pub(super) label: &'a str,
    /// Whether the label stands right of the plot; otherwise it stands at the line, if there is room.
    pub(super) is_current: bool,
    /// Whether the line goes on from the level before with a step.
    pub(super) steps: bool,
}

/// What a chart with axes is to show.
pub(super) struct Scene<'a> {
    pub(super) caption: Caption<'a>,
    /// The drawing's class.
    pub(super) class: &'static str,
    /// The drawing's view.
    pub(super) size: (i32, i32),
    pub(super) days: Window,
    /// The day before which all others are squeezed.
    pub(super) squeezed: Option<Day>,
    pub(super) actual: &'a [Segment],
    pub(super) earlier: &'a [Segment],
    pub(super) levels: Vec<Level<'a>>,
    pub(super) forbidden: Vec<(f64, Side)>,
    pub(super) trails: Vec<(Role, &'a Trail)>,
    /// What the projection's spread lies between: where it begins, and its ends.
    pub(super) fan: Option<[(Day, f64); 3]>,
    pub(super) today: Option<&'a (Day, String)>,
    pub(super) quarters: &'a [(Day, String)],
    pub(super) notes: &'a [(Day, String)],
    pub(super) stale: Option<&'a str>,
    pub(super) months: &'a Months,
}

impl Scene<'_> {
    /// Returns the axis of days.
    pub(super) const fn axis(&self) -> Days {
        Days { window: self.days, from: self.squeezed }
    }

    /// Returns the days that are not squeezed.
    pub(super) fn main_days(&self) -> Window {
        Window { start: self.squeezed.unwrap_or(self.days.start), ..self.days }
    }

    /// Returns a room that charts below each other share, so that they have one axis; nothing in others.
    pub(super) fn usual_room(&self, room: i32) -> i32 {
        if self.squeezed.is_some() { room } else { 0 }
    }

    /// Says whether the drawing is made for narrow screens, too.
    pub(super) const fn is_narrow(&self) -> bool {
        self.size.0 == TALL.0
    }
}

/// The plot: its place, and what lies where in it.
pub(super) struct Plot {
    pub(super) frame: Extent,
    pub(super) plane: Plane,
    /// The measured line, gaps parted.
    pub(super) actual: Strokes,
    /// The last measured point and its value.
    pub(super) last: Option<((i32, i32), f64)>,
    /// Pace and projection.
    pub(super) trails: Strokes,
}
