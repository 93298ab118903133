//! Verdicts: what is to be said of a sentence.
//!
//! In: nothing. Out: what a verdict is, and which rule says it.

use std::ops::Range;

use crate::model::catalogue::Measure;
use crate::model::remark::RemarkKind;

/// What is to be said of a sentence, with the bytes that show it and words for the cure.
#[derive(Debug, Clone)]
pub struct Verdict<'c> {
    /// What it is.
    pub kind: VerdictKind<'c>,
    /// The bytes of the sentence that show it.
    pub range: Range<usize>,
    /// What to write instead.
    pub help: String,
}

/// What is to be said of a sentence.
#[derive(Debug, Clone, Copy)]
pub enum VerdictKind<'c> {
    /// A gap where a number belongs.
    Placeholder,
    /// A measure of the catalogue.
    Gameable(&'c Measure),
    /// A thing to be delivered.
    Milestone,
    /// A relative change without a start.
    BarePercentage,
    /// An end without a start.
    NoBaseline,
    /// No number.
    NoNumber,
    /// Numbers that state no goal.
    NotUnderstood,
    /// A number that keeps the grammar from stating a goal.
    Unread(RemarkKind),
}

impl VerdictKind<'_> {
    /// Returns the code of the rule that says it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Placeholder => "placeholder",
            Self::Gameable(_) => "gameable-metric",
            Self::Milestone => "milestone",
            Self::BarePercentage => "bare-percentage",
            Self::NoBaseline => "no-baseline",
            Self::NoNumber => "no-number",
            Self::NotUnderstood => "not-understood",
            Self::Unread(kind) => kind.code(),
        }
    }
}
