//! What a lock means for a key result or an objective of today: what was committed of it, and what was moved since.
//!
//! In: terms and moves. Out: values that a plan holds beside what its files say; `committed` makes key results of them.

use super::change::Moved;
use super::{Note, ObjectiveTerms, Start, Terms};
use crate::model::calendar::Day;
use crate::model::goal::{Goal, Milestone};
use crate::model::words::words;
use crate::source::Span;

/// What a team's lock says of a key result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Commitment {
    /// The team's quarter isn't locked.
    #[default]
    Open,
    /// It came after the lock, with or without a word about it; it feeds no mean.
    Added {
        /// The day of locking.
        on: Day,
        /// What was said about it.
        note: Option<Note>,
    },
    /// It was committed.
    Locked(Box<Locked>),
}

/// What became of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockState {
    /// It is as it was committed, but for words.
    Kept,
    /// More than words was moved.
    Moved,
    /// The team's file has it no more.
    Dropped,
    /// It came after the lock.
    Added,
}

words!(LockState { Kept => "kept", Moved => "moved", Dropped => "dropped", Added => "added" });

/// A key result that was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    /// The day of locking.
    pub on: Day,
    /// What was committed.
    pub terms: Terms,
    /// Where its metric stood when the quarter began.
    pub start: Option<Start>,
    /// What was moved since, the weightiest first.
    pub moves: Vec<Moved>,
    /// Whether the team's file has it no more.
    pub is_dropped: bool,
    /// Where the lock names it.
    pub place: Span,
}

/// An objective that was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedObjective {
    /// The day of locking.
    pub on: Day,
    /// What was committed.
    pub terms: ObjectiveTerms,
    /// What was moved since.
    pub moves: Vec<Moved>,
    /// Where the lock names it.
    pub place: Span,
}

impl Commitment {
    /// Returns what was committed, where something was.
    #[must_use]
    pub fn locked(&self) -> Option<&Locked> {
        match self {
            Self::Locked(locked) => Some(locked),
            Self::Open | Self::Added { .. } => None,
        }
    }

    /// Returns what became of it, where the team's quarter is locked.
    #[must_use]
    pub fn state(&self) -> Option<LockState> {
        match self {
            Self::Open => None,
            Self::Added { .. } => Some(LockState::Added),
            Self::Locked(locked) if locked.is_dropped => Some(LockState::Dropped),
            Self::Locked(locked) => Some(if locked.is_moved() { LockState::Moved } else { LockState::Kept }),
        }
    }

    /// Says whether the key result was added to a locked quarter.
    #[must_use]
    pub const fn is_added(&self) -> bool {
        matches!(self, Self::Added { .. })
    }

    /// Returns what was moved since the lock, the weightiest first.
    #[must_use]
    pub fn moves(&self) -> &[Moved] {
        self.locked().map_or(&[], |locked| &locked.moves)
    }
}

impl Locked {
    /// Says whether more than words was moved.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.moves.iter().any(|moved| !moved.change.is_mild())
    }

    /// Returns the goal that was committed; whether it is done is told by today's.
    pub(in crate::model) fn goal(&self, today: Option<&Goal>) -> Option<Goal> {
        match (&self.terms.goal, today) {
            (Some(Goal::Milestone(was)), Some(Goal::Milestone(is))) => {
                Some(Goal::Milestone(Milestone { done: is.done, due: was.due }))
            }
            (Some(Goal::Baseline(was)), Some(Goal::Baseline(is))) => {
                Some(Goal::Baseline(Milestone { done: is.done, due: was.due }))
            }
            (goal, _) => goal.clone(),
        }
    }
}
