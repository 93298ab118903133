//! What is frozen of one quarter.
//!
//! In: a bag's scores as text, and what the teams wrote. Out: both together; nothing where the text holds no scores.

use super::scores::{self, Scores};
use crate::model::ids::CycleId;
use crate::source::SourceFile;

/// What is frozen of a quarter.
#[derive(Debug, Clone)]
pub struct Frozen {
    /// The quarter.
    pub quarter: CycleId,
    /// Its scores, as they stand in the bag.
    pub text: String,
    pub(super) scores: Scores,
    /// What the teams wrote; nothing where the book's own files are the frozen ones.
    pub(super) texts: Option<Vec<SourceFile>>,
}

impl Frozen {
    /// Returns a quarter of which the scores alone are frozen.
    #[must_use]
    pub fn of_scores(text: &str) -> Option<Self> {
        let scores = scores::read(text.as_bytes())?;
        Some(Self { quarter: scores.quarter().id, text: text.to_owned(), scores, texts: None })
    }

    /// Adds what the teams wrote.
    pub(super) fn with_texts(self, texts: Vec<SourceFile>) -> Self {
        Self { texts: Some(texts), ..self }
    }
}
