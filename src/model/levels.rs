//! Levels: what a team promises and what it hopes for, beside the end of its goal.

use super::quantity::Quantity;
use super::words::words;

/// Which level it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LevelKind {
    /// What is promised: short of the goal's end.
    Commit,
    /// What is hoped for: beyond the goal's end.
    Stretch,
}

words!(LevelKind { Commit => "commit", Stretch => "stretch" });

/// A level of a goal. It changes no score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Which it is.
    pub kind: LevelKind,
    /// Where it lies; of a gain, how far from the start, signed as the gain is.
    pub at: Quantity,
}
