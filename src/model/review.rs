//! Reviews: what teams wrote about a quarter that is ending.

use super::body::Body;
use super::ids::Slug;
use super::keyed::{About, Keyed};
use super::quantity::Number;
use crate::source::{FileId, Span, Spanned};

/// A quarter's story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Its title, where the front matter gives one.
    pub title: Option<String>,
    /// Whether the quarter is still being written.
    pub draft: bool,
    /// Where it says that the quarter was brought in from elsewhere, where it was.
    pub imported: Option<Span>,
    /// What is to be decided when the quarter is reviewed.
    pub decisions: Vec<String>,
    /// The Markdown below the front matter.
    pub body: Body,
}

/// A team's written answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The file.
    pub file: FileId,
    /// Whether it is still being written.
    pub draft: bool,
    /// What stands before the first key result.
    pub story: Option<Body>,
    /// Answers by key result, in the file's order.
    pub answers: Keyed<Answers>,
    /// Scores that people set beside the computed ones.
    pub judgements: Keyed<Judgement>,
    /// Text that fits no question, kept where it stood.
    pub loose: Vec<Body>,
}

/// The answers for one key result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The objective.
    pub objective: Slug,
    /// The key result.
    pub key_result: Spanned<Slug>,
    /// What actions drove progress?
    pub worked: Option<Body>,
    /// What actions failed to move the needle?
    pub failed: Option<Body>,
    /// What would we do differently?
    pub learned: Option<Body>,
    /// Does this key result need another quarter?
    pub carry: Option<Carry>,
    /// Text under the key result that fits no question.
    pub loose: Vec<Body>,
}

impl About for Answers {
    fn about(&self) -> (&Slug, &Slug) {
        (&self.objective, &self.key_result.value)
    }
}

impl About for Judgement {
    fn about(&self) -> (&Slug, &Slug) {
        (&self.objective, &self.key_result.value)
    }
}

impl Answers {
    /// Says whether anything was written.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.open().len() < 4 || !self.loose.is_empty()
    }

    /// Returns the places of the questions that are open: worked, failed, learned, carry.
    #[must_use]
    pub fn open(&self) -> Vec<usize> {
        let answered = [self.worked.is_some(), self.failed.is_some(), self.learned.is_some(), self.carry.is_some()];
        (0..answered.len()).filter(|&place| !answered[place]).collect()
    }
}

/// The answer to "carry forward?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carry {
    /// Yes or no; nothing where the text doesn't begin with one of them.
    pub decision: Option<bool>,
    /// The next target as written (`to: 1/quarter`).
    pub to: Option<String>,
    /// The answer as written.
    pub body: Body,
}

/// A judgement of a key result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The objective.
    pub objective: Slug,
    /// The key result.
    pub key_result: Spanned<Slug>,
    /// What was judged.
    pub judged: Judged,
}

/// A score that people set, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The score, 0 to 1.
    pub score: Number,
    /// Why.
    pub because: Option<String>,
    /// Who decided.
    pub by: Option<String>,
}
