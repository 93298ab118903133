//! What the checks say about a key result's making: is it measurable, time-bound, hard to game?
//!
//! In: its findings, those included that the book allows, for being allowed doesn't make them untrue. Out: three answers
//! with their reasons, and how worrying a kind of finding is.

use super::KeyResultReport;
use super::findings::{Findings, Noted};
use crate::check::{Group, rule};
use crate::model::goal::Goal;

/// What a good key result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// Start, end and metric are known.
    Measurable,
    /// It ends with its quarter.
    TimeBound,
    /// It can hardly be reached without what it stands for.
    HardToGame,
}

impl Quality {
    /// All three, in the order of pages.
    pub const ALL: [Self; 3] = [Self::Measurable, Self::TimeBound, Self::HardToGame];

    /// Returns the codes of findings that deny it.
    const fn denied_by(self) -> &'static [&'static str] {
        match self {
            Self::Measurable => &[
                "no-number",
                "no-baseline",
                "no-target",
                "no-direction",
                "no-metric",
                "bare-percentage",
                "bare-relative",
                "bare-count",
                "factor",
                "placeholder",
                "not-understood",
                "number-range",
                "ambiguous-number",
                "ambiguous-percent",
                "unit-mismatch",
                "two-limits",
                "unaccounted-number",
                "units-differ",
                "no-change",
                "fraction-for-percent",
                "milestone",
            ],
            Self::TimeBound => &["outside-quarter"],
            Self::HardToGame => &[
                "gameable-metric",
                "milestone",
                "bare-count",
                "self-reported",
                "no-source",
                "inflated-baseline",
                "already-met",
                "window-dressing",
                "moved-goalpost",
                "restated-history",
            ],
        }
    }
}

/// An answer with its reason.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// What was asked.
    pub quality: Quality,
    /// Whether it holds.
    pub holds: bool,
    /// The finding that denies it.
    pub because: Option<Noted<'a>>,
}

/// Returns the three answers about a key result.
#[must_use]
pub fn answers<'a>(findings: &Findings<'a>, report: &KeyResultReport<'_>) -> [Answer<'a>; 3] {
    Quality::ALL.map(|quality| {
        let denies = |noted: &Noted<'a>| quality.denied_by().contains(&noted.finding.code);
        let because = findings.of_key_result(report.plan).find(denies);
        let is_scored = !matches!(report.goal(), None | Some(Goal::Milestone(_))) && report.plan.metric.is_some();
        let is_measured = is_scored && !report.score.never_had_data();
        let holds = because.is_none() && (quality != Quality::Measurable || is_measured);
        Answer { quality, holds, because }
    })
}

/// How many of a team's key results are what key results should be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Measurable and hard to game.
    pub good: usize,
    /// All.
    pub all: usize,
}

impl Tally {
    /// Counts key results.
    pub fn add<'a>(&mut self, findings: &Findings<'_>, reports: impl Iterator<Item = KeyResultReport<'a>>) {
        for report in reports {
            let [measurable, _, hard_to_game] = answers(findings, &report);
            self.all += 1;
            self.good += usize::from(measurable.holds && hard_to_game.holds);
        }
    }
}

/// What a finding is about, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// What an honest reader should know: a number looks better than what it stands for.
    Honesty,
    /// What the data lacks.
    Data,
    /// Who measured it.
    Evidence,
    /// What reviews leave open.
    Review,
    /// How objectives are put together.
    Shape,
    /// How key results are worded.
    Wording,
    /// Faults of the input.
    Input,
}

/// Codes of what an honest reader should know, worst first.
const HONESTY: [&str; 10] = [
    "theatre",
    "moved-goalpost",
    "restated-history",
    "guardrail-broken",
    "inflated-baseline",
    "window-dressing",
    "already-met",
    "within-noise",
    "business-as-usual",
    "all-perfect",
];

impl Topic {
    /// All topics, worst first.
    pub const ALL: [Self; 7] =
        [Self::Honesty, Self::Data, Self::Evidence, Self::Review, Self::Shape, Self::Wording, Self::Input];

    /// Returns the topic of a code.
    #[must_use]
    pub fn of(code: &str) -> Self {
        if HONESTY.contains(&code) {
            return Self::Honesty;
        }
        match rule(code).map(|rule| rule.group) {
            Some(Group::Data) => Self::Data,
            Some(Group::Evidence) => Self::Evidence,
            Some(Group::Review) => Self::Review,
            Some(Group::Shape) => Self::Shape,
            Some(Group::Wording) => Self::Wording,
            None => Self::Input,
        }
    }

    /// Says whether a finding makes a number look better than what it stands for, and the book gives no reason for it.
    #[must_use]
    pub fn is_doubt(noted: &Noted<'_>) -> bool {
        noted.reason.is_none() && Self::of(noted.finding.code) == Self::Honesty
    }

    /// Returns the place of a code among all, worst first.
    #[must_use]
    pub fn rank(code: &str) -> (Self, usize) {
        (Self::of(code), HONESTY.iter().position(|known| *known == code).unwrap_or(HONESTY.len()))
    }
}
