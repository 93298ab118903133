//! How an objective is judged: as a stretch or as a promise.
//!
//! A word of the files, which plans and ledgers both hold.

use super::words::words;

/// How an objective is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ambition {
    /// A stretch: 0.7 is strong.
    #[default]
    Aspirational,
    /// A promise: met at 1.0 only.
    Committed,
}

words!(Ambition { Aspirational => "aspirational", Committed => "committed" });
