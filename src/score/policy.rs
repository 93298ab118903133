//! What a book decides about scoring.
//!
//! In: nothing. Out: the settings that scores rest on.

use crate::model::scorecard::FinalMissing;

/// What a book decides about scoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// After how many days without data a value is stale, where its metric says nothing else.
    pub stale_after: i32,
    /// What becomes of a key result without a score once its quarter is over.
    pub final_missing: FinalMissing,
}

impl Default for Policy {
    fn default() -> Self {
        Self { stale_after: 7, final_missing: FinalMissing::Zero }
    }
}
