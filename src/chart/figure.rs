//! What a chart shows, as numbers and finished words.
//!
//! Callers fill these in; nothing here knows of pixels. Values are in the unit that is displayed.

use std::sync::{Arc, LazyLock};

use super::series::Segment;
use crate::model::calendar::{Day, Window};

/// A metric over a quarter, against what was committed.
#[derive(Debug, Clone)]
pub struct TrendFigure {
    /// Begins every id in the chart; no other chart of the page may have it.
    pub id: String,
    /// What the chart is called for those who don't see it.
    pub title: String,
    /// The chart in words; see [`describe`](super::describe::describe).
    pub description: String,
    /// The days that the goal is for.
    pub window: Window,
    /// The days shown: the window, or more.
    pub domain_days: Window,
    /// Where the cycle before begins, which takes a quarter of the width.
    pub before: Option<Day>,
    /// The measured values, split at gaps.
    pub actual: Vec<Segment>,
    /// Whether they are sums that grow from day to day, so that a day without data is no gap.
    pub adds_up: bool,
    /// Values of earlier quarters, split at gaps, and single days where the measured values sum them up.
    pub earlier: Vec<Segment>,
    /// Whether single days are among them.
    pub has_days: bool,
    /// Where the goal starts.
    pub baseline: Option<Line>,
    /// Where the goal ends.
    pub target: Option<Line>,
    /// What is promised and what is hoped for beside the goal's end.
    pub levels: Vec<Line>,
    /// The goal before it was moved.
    pub moved: Option<Moved>,
    /// Limits that must not be crossed: one, or one on either side.
    pub bounds: Vec<Bound>,
    /// The progress that is expected on the way.
    pub pace: Option<Trail>,
    /// Where the trend leads.
    pub projection: Option<Trail>,
    /// Between which values it may end, where that can be told.
    pub fan: Option<(f64, f64)>,
    /// The day that progress is expected by: the last that the data speaks of.
    pub expected_by: Option<Day>,
    /// The as-of day and its word, where the quarter still runs.
    pub today: Option<(Day, String)>,
    /// First days of quarters and their names.
    pub quarters: Vec<(Day, String)>,
    /// Days to mark, each with the number (or letter) under which the page explains it.
    pub annotations: Vec<(Day, String)>,
    /// What to say of data that has stopped: "last data 3 Aug".
    pub stale_label: Option<String>,
    /// Names of the months.
    pub months: Months,
}

impl TrendFigure {
    /// Returns a figure of the days, with nothing in it yet.
    #[must_use]
    pub fn new(id: String, title: String, window: Window) -> Self {
        Self {
            id,
            title,
            description: String::new(),
            window,
            domain_days: window,
            before: None,
            actual: Vec::new(),
            adds_up: false,
            earlier: Vec::new(),
            has_days: false,
            baseline: None,
            target: None,
            levels: Vec::new(),
            moved: None,
            bounds: Vec::new(),
            pace: None,
            projection: None,
            fan: None,
            expected_by: None,
            today: None,
            quarters: Vec::new(),
            annotations: Vec::new(),
            stale_label: None,
            months: Months::default(),
        }
    }
}

/// A metric's whole history.
#[derive(Debug, Clone)]
pub struct HistoryFigure {
    /// Begins every id in the chart; no other chart of the page may have it.
    pub id: String,
    /// What the chart is called for those who don't see it.
    pub title: String,
    /// The chart in words.
    pub description: String,
    /// The days shown.
    pub days: Window,
    /// The measured values, split at gaps.
    pub values: Vec<Segment>,
    /// Single days, where the measured values sum them up.
    pub single_days: Vec<Segment>,
    /// The goals that were set on the metric, each over its days.
    pub goals: Vec<(Window, Line)>,
    /// The as-of day and its word.
    pub today: Option<(Day, String)>,
    /// First days of quarters and their names.
    pub quarters: Vec<(Day, String)>,
    /// Days to mark, each with the number under which the page explains it.
    pub annotations: Vec<(Day, String)>,
    /// What to say of data that has stopped.
    pub stale_label: Option<String>,
    /// Names of the months.
    pub months: Months,
}

/// How far key results came, above what their outcome did.
#[derive(Debug, Clone)]
pub struct MatterFigure {
    /// Begins every id in the chart; no other chart of the page may have it.
    pub id: String,
    /// What the chart is called for those who don't see it.
    pub title: String,
    /// The chart in words.
    pub description: String,
    /// The days shown.
    pub days: Window,
    /// The key results.
    pub levers: Vec<Lever>,
    /// The outcome's values before the cycle, split at gaps.
    pub earlier: Vec<Segment>,
    /// The outcome's values in the cycle, split at gaps.
    pub outcome: Vec<Segment>,
    /// Between which values it would be usual for the outcome to end.
    pub bands: Vec<Band>,
    /// What stands beside the band, where there is one.
    pub band_label: String,
    /// What is drawn above, and what below.
    pub headings: (String, String),
    /// The as-of day and its word, where a cycle still runs.
    pub today: Option<(Day, String)>,
    /// First days of cycles and their names.
    pub quarters: Vec<(Day, String)>,
    /// Names of the months.
    pub months: Months,
}

/// How far one key result came.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// What stands at its end; empty where it has no mark.
    pub label: String,
    /// Days and shares of the way: 0 is the start, 1 the goal; oldest first.
    pub points: Vec<(Day, f64)>,
}

/// Values between which a metric usually lies, over days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The days.
    pub days: Window,
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

/// A value that holds over days, with its words: "goal 2".
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The value.
    pub value: f64,
    /// What stands at its end.
    pub label: String,
}

/// A goal that was changed on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The day from which the new goal holds.
    pub day: Day,
    /// The goal before.
    pub was: Line,
}

/// A limit, and which side of it is the wrong one.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The limit.
    pub line: Line,
    /// The side that must stay empty.
    pub forbidden: Side,
}

/// A side of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Values above the limit.
    Above,
    /// Values below the limit.
    Below,
}

/// A line through given points, with the words at its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Trail {
    /// Days and values, oldest first.
    pub points: Vec<(Day, f64)>,
    /// What stands at its end: "expected", "projected".
    pub label: String,
}

/// A metric as a word-sized line, one of a column with one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Sparkline {
    /// The measured values, split at gaps.
    pub segments: Vec<Segment>,
    /// The days shown.
    pub window: Window,
    /// The lowest and the highest value of the column.
    pub domain: (f64, f64),
    /// The goal.
    pub target: Option<f64>,
}

/// Short names of the twelve months, cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Months(Arc<[String; 12]>);

static ENGLISH: LazyLock<Months> = LazyLock::new(|| {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    Months::new(names.map(str::to_owned))
});

impl Months {
    /// Returns the names, January first.
    #[must_use]
    pub fn new(names: [String; 12]) -> Self {
        Self(Arc::new(names))
    }

    /// Returns the name of the day's month.
    #[must_use]
    pub fn name(&self, day: Day) -> &str {
        let (_, month, _) = day.ymd();
        &self.0[usize::from(month.clamp(1, 12)) - 1]
    }
}

impl Default for Months {
    /// Returns the English names.
    fn default() -> Self {
        ENGLISH.clone()
    }
}
