//! Where key results stand while their quarter runs.

use super::calendar::Day;
use super::quantity::Number;
use super::words::words;

/// Where a key result stands against its pace, while the quarter runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The word that readers see.
    pub status: Status,
    /// What the pace expects; nothing where it expects nothing in any shape.
    pub expected: Option<Expected>,
    /// Progress projected to the quarter's end.
    pub projected: Option<Number>,
    /// How it was projected.
    pub rule: ProjectionRule,
}

/// How much progress a pace expects, and by when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The progress.
    pub progress: Number,
    /// The last day that the data speaks of.
    pub by: Day,
}

/// How progress was projected to the quarter's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProjectionRule {
    /// The Theil–Sen line through the quarter's points (Theil 1950, Sen 1968).
    Trend,
    /// Progress divided by the progress that the pace expects.
    Pace,
    /// A flow's run-rate, or a hold's share so far.
    RunRate,
    /// Nothing to project from.
    Nothing,
}

/// The word that readers see while a quarter runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// ▲
    Ahead,
    /// ●
    OnTrack,
    /// ◆
    AtRisk,
    /// ■
    OffTrack,
    /// ×
    OutOfReach,
    /// ○
    NoData,
}

words!(Status {
    Ahead => "ahead",
    OnTrack => "on-track",
    AtRisk => "at-risk",
    OffTrack => "off-track",
    OutOfReach => "out-of-reach",
    NoData => "no-data",
});

impl Status {
    /// Returns the shape that stands for the status, different for each.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Ahead => "▲",
            Self::OnTrack => "●",
            Self::AtRisk => "◆",
            Self::OffTrack => "■",
            Self::OutOfReach => "×",
            Self::NoData => "○",
        }
    }
}
