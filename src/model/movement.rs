//! Movement: whether a metric moved its key result's way over a cycle, and what that was told by.
//!
//! Plain facts, found by `score::movement`. They claim that a number moved, never why, and change no score.

use super::quantity::Number;
use super::words::words;

/// What became of a metric over a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// What can be said.
    pub verdict: MovementVerdict,
    /// What it was told by.
    pub basis: Basis,
}

impl Movement {
    /// Says whether it was told, and no movement the good way is shown.
    #[must_use]
    pub const fn is_not_shown(&self) -> bool {
        matches!(self.verdict, MovementVerdict::Usual | MovementVerdict::Back)
    }
}

/// What can be said of a metric's movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementVerdict {
    /// It moved the good way by more than it usually does.
    Moved,
    /// It moved by no more than it usually does: a movement is not shown, which doesn't say that there is none.
    Usual,
    /// It moved the other way by more than it usually does.
    Back,
    /// There is too little data to tell.
    Unknown,
}

words!(MovementVerdict {
    Moved => "moved",
    Usual => "usual-range",
    Back => "moved-back",
    Unknown => "cannot-tell",
});

/// What a movement was told by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// By all earlier stretches of the same length on the same metric.
    Windows(Windows),
    /// By the means of weeks before and in the cycle.
    Weeks(Weeks),
    /// By the counts of events before and in the cycle.
    Counts(Counts),
    /// By the changes between a few earlier quarters or months.
    Changes(Changes),
    /// By nothing: less than a year of history, and fewer than twelve weeks with data before the cycle or in it.
    TooFew(Weeks),
}

/// How many earlier windows moved as much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// How many days the cycle has had so far, which is how long each window is.
    pub days: i32,
    /// How many earlier windows there are.
    pub windows: u32,
    /// How many of them moved as much the same way; where `either_way` is set, one way or the other.
    pub as_large: u32,
    /// Whether windows that moved as much the other way count, too: where the windows are so few and overlap so far that
    /// one way alone would say too much.
    pub either_way: bool,
    /// Whether each window was compared with the same days a year before.
    pub seasonal: bool,
}

impl Windows {
    /// Returns the share of earlier windows that moved as much, to four decimals.
    #[must_use]
    pub fn share(&self) -> Option<Number> {
        let share = Number::whole(self.as_large.into()).over(Number::whole(self.windows.into()))?;
        Some(share.round_to(4).normal())
    }
}

/// How many weeks there are to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weeks {
    /// Weeks with data before the cycle.
    pub before: u32,
    /// Weeks with data in it.
    pub within: u32,
}

/// Events that were counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// How many there were before the cycle.
    pub before: u64,
    /// In so many days.
    pub days_before: i32,
    /// How many there were in the cycle.
    pub within: u64,
    /// In so many days.
    pub days_within: i32,
    /// How likely counts that differ as much, either way, are where nothing changed; to four decimals.
    pub chance: Number,
}

/// Changes that tell what is usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changes {
    /// Between how many earlier windows.
    pub windows: u32,
    /// Whether these are months, or quarters.
    pub months: bool,
}
