//! Parts: what a number is in a sentence.
//!
//! In: nothing. Out: the parts, and numbers with theirs. `account` gives each number its part.

use std::ops::Range;

use crate::model::levels::LevelKind;

/// A number of a sentence with its part in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeral {
    /// The bytes of the number with its sign, currency and unit.
    pub range: Range<usize>,
    /// What it is in the sentence.
    pub part: Part,
}

/// What a number is in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Where the goal starts: "from 8", "currently 8".
    Start,
    /// Where the goal ends: "to 2".
    End,
    /// How far the goal goes: "by 5 points".
    Difference,
    /// What the goal stays within: "at most 2".
    Limit,
    /// What is promised, short of the end: "commit: 60%".
    Commit,
    /// What is hoped for, beyond the end: "stretch: 90%".
    Stretch,
    /// A name or a version: "Java 17", "top 10", "5-star".
    Name,
    /// A day, or a stretch of time: "by 30 September", "over 4 weeks", "within 30 days of launch".
    Time,
    /// What is counted over: "per 1,000 orders".
    Base,
    /// Of whom, of what or where: "in 3 regions", "of the 6 engineers".
    Whom,
    /// What a thing has to be to count: "builds under 10 min", "older than 30 days".
    Threshold,
    /// A count of things to be done for it: "by hiring 3 engineers".
    Deed,
    /// The end of a scale: "out of 10", "of 6".
    Scale,
    /// A step on the way: "80% by mid-May".
    Step,
    /// A limit beside the goal that isn't scored: "while errors stay below 5%".
    Guardrail,
    /// A remark: "(Q1: 12)", "(result: 41%)".
    Note,
    /// None of these.
    LeftOver,
}

impl Part {
    /// Returns the part of a level.
    #[must_use]
    pub const fn of_level(kind: LevelKind) -> Self {
        match kind {
            LevelKind::Commit => Self::Commit,
            LevelKind::Stretch => Self::Stretch,
        }
    }

    /// Says what the number is, in a few words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
            Self::Difference => "difference",
            Self::Limit => "limit",
            Self::Commit => "commit level",
            Self::Stretch => "stretch level",
            Self::Name => "a name",
            Self::Time => "when",
            Self::Base => "counted over",
            Self::Whom => "of whom or where",
            Self::Threshold => "what counts",
            Self::Deed => "to be done",
            Self::Scale => "the scale",
            Self::Step => "a step",
            Self::Guardrail => "a guardrail",
            Self::Note => "a remark",
            Self::LeftOver => "left over",
        }
    }
}
