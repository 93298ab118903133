//! What a chart with axes is to show, and where its plot is.
//!
//! In: nothing. Out: what is laid out.

use super::draw::Plane;
use super::drawing::Caption;
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
    pub(super) days: Window,
    pub(super) actual: &'a [Segment],
    pub(super) earlier: &'a [Segment],
    pub(super) levels: Vec<Level<'a>>,
    pub(super) forbidden: Vec<(f64, Side)>,
    pub(super) trails: Vec<(Role, &'a Trail)>,
    pub(super) today: Option<&'a (Day, String)>,
    pub(super) quarters: &'a [(Day, String)],
    pub(super) notes: &'a [(Day, String)],
    pub(super) stale: Option<&'a str>,
    pub(super) months: &'a Months,
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
