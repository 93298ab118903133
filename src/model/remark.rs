//! Remarks: what a key-result sentence lacks, in words.

use std::ops::Range;

/// What a sentence lacks, with the place that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What is missing or doubtful.
    pub kind: RemarkKind,
    /// The bytes of the sentence that show it.
    pub range: Range<usize>,
}

/// What a sentence can lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    /// No number at all.
    NoNumber,
    /// An end without a start: "to 80%".
    NoBaseline,
    /// A start without an end: "from 8".
    NoTarget,
    /// A relative change without a start: "by 50%".
    BareRelative,
    /// A factor without a start: "3x more".
    Factor,
    /// A count of things to be delivered: "conduct 10 reviews".
    BareCount,
    /// A thing to be delivered: "ship X".
    Milestone,
    /// A gap where a number belongs: "TBD".
    Placeholder,
    /// More than one number to reach.
    TwoLimits,
    /// A number that is neither the goal nor anything that stands beside one.
    UnaccountedNumber,
    /// A further limit beside a goal that is understood.
    FurtherLimit,
    /// A verb that says the other direction than the numbers.
    DirectionContradictsVerb,
    /// A number that can be read in two ways: "3,2", "30m", "from 5 to 7k".
    AmbiguousNumber,
    /// A range where one number belongs: "3-4%".
    NumberRange,
    /// A change or level without a word that says which way is better.
    NoDirection,
    /// A start and an end that can't be compared.
    UnitsDiffer,
    /// A start that is the end.
    SameEnds,
    /// Numbers that the grammar can't place.
    NotUnderstood,
}

impl RemarkKind {
    /// Says whether a rule tells of it; the rest is told while loading.
    #[must_use]
    pub const fn is_told_by_a_rule(self) -> bool {
        matches!(
            self,
            Self::NoNumber
                | Self::NoBaseline
                | Self::BareRelative
                | Self::Factor
                | Self::BareCount
                | Self::Milestone
                | Self::Placeholder
                | Self::DirectionContradictsVerb
                | Self::NotUnderstood
        )
    }

    /// Returns the kind's name in tests and machine forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoNumber => "no-number",
            Self::NoBaseline => "no-baseline",
            Self::NoTarget => "no-target",
            Self::BareRelative => "bare-relative",
            Self::Factor => "factor",
            Self::BareCount => "bare-count",
            Self::Milestone => "milestone",
            Self::Placeholder => "placeholder",
            Self::TwoLimits => "two-limits",
            Self::UnaccountedNumber => "unaccounted-number",
            Self::FurtherLimit => "further-limit",
            Self::DirectionContradictsVerb => "direction-contradicts-verb",
            Self::AmbiguousNumber => "ambiguous-number",
            Self::NumberRange => "number-range",
            Self::NoDirection => "no-direction",
            Self::UnitsDiffer => "units-differ",
            Self::SameEnds => "same-ends",
            Self::NotUnderstood => "not-understood",
        }
    }

    /// Says what is wrong, as a lower-case phrase without a full stop.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NoNumber => "no number says when this is achieved",
            Self::NoBaseline => "an end is stated, but no start",
            Self::NoTarget => "a start is stated, but no end",
            Self::BareRelative => "a relative change without a start can't be checked",
            Self::Factor => "a factor says neither where it starts nor where it ends",
            Self::BareCount => "a count of things done is an output, and no start is stated",
            Self::Milestone => "a thing to be delivered is a milestone, not a measured change",
            Self::Placeholder => "a placeholder stands where a number belongs",
            Self::TwoLimits => "there is more than one number to reach",
            Self::UnaccountedNumber => "nothing says what this number is to the goal",
            Self::FurtherLimit => "this limit is not part of the goal that is scored",
            Self::DirectionContradictsVerb => "the numbers go the other way than the verb says",
            Self::AmbiguousNumber => "this number can be read in two ways",
            Self::NumberRange => "a range stands where one number belongs",
            Self::NoDirection => "nothing says which way is better",
            Self::UnitsDiffer => "start and end are counted in units that can't be compared",
            Self::SameEnds => "start and end are the same",
            Self::NotUnderstood => "the numbers in this sentence don't state a goal",
        }
    }

    /// Says what to write instead.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::NoNumber => "write what changes and by how much: \"… from 8/quarter to 2/quarter\"",
            Self::NoBaseline => "write where it stands today: \"from 62% to 80%\", or add \"(currently 62%)\"",
            Self::NoTarget => "write where it is to be: \"from 8/quarter to 2/quarter\"",
            Self::BareRelative => {
                "write both ends: \"from 40 to 20\"; for a difference of percentages write points: \"by 5 points\""
            }
            Self::Factor => "write both ends: \"from 2/week to 6/week\"",
            Self::BareCount => "write the change that these things are to cause, from where to where",
            Self::Milestone => {
                "write what it is to change, from where to where; or say `done:` with its date once it is"
            }
            Self::Placeholder => "write the number, or leave the key result out",
            Self::TwoLimits => "make each of them a key result, or a guardrail, of its own",
            Self::UnaccountedNumber => {
                "split it in two key results, or state the goal by keys: `from:` and `to:`, `at_least:`, `at_most:`"
            }
            Self::FurtherLimit => "make it a guardrail of this key result",
            Self::DirectionContradictsVerb => "swap the two numbers, or change the verb",
            Self::AmbiguousNumber => {
                "write it out: 3.2 rather than 3,2; \"30 min\" or \"30M\" rather than \"30m\"; \"5k to 7k\" rather than \"5 to 7k\""
            }
            Self::NumberRange => "write the number that counts as achieved",
            Self::NoDirection => {
                "write \"at least\" or \"at most\", or a verb with a direction such as \"reduce\" or \"increase\""
            }
            Self::UnitsDiffer => "write both in the same unit, per the same thing",
            Self::SameEnds => "write where it stands today and where it is to be",
            Self::NotUnderstood => "write \"from … to …\" with numbers, or use the keys `from:` and `to:`",
        }
    }
}
