//! Objectives and key results, as teams wrote them, resolved and checked.

use super::ambition::Ambition;
use super::calendar::Day;
use super::deadline::Deadline;
use super::goal::{Bound, Goal};
use super::ids::{GoalRef, KeyResultRef, Slug};
use super::ledger::commitment::{Commitment, LockedObjective};
use super::levels::Level;
use super::link::Link;
use super::quantity::Number;
use super::remark::Remark;
use super::step::Step;
use super::words::words;
use crate::source::{Span, Spanned};

/// What is to become true.
#[derive(Debug, Clone)]
pub struct Objective {
    /// Its name in links.
    pub id: Spanned<Slug>,
    /// What is to become true.
    pub title: Spanned<String>,
    /// The business need it serves.
    pub outcome: Option<Spanned<String>>,
    /// How that need is measured: a metric of the plan.
    pub outcome_metric: Option<Spanned<Slug>>,
    /// Days until the outcome can show.
    pub outcome_lag: Option<i32>,
    /// The lever: what brings it about.
    pub lever: Option<Spanned<String>>,
    /// The objectives and key results that this one supports, in the file's order.
    pub supports: Vec<Spanned<GoalRef>>,
    /// How it is judged.
    pub ambition: Ambition,
    /// What the team does differently.
    pub changes: Option<Spanned<String>>,
    /// Who set it: `leadership`, `team`.
    pub set_by: Option<Spanned<String>>,
    /// What a reader should know besides, in Markdown.
    pub note: Option<Box<Spanned<String>>>,
    /// Where a reader may look further.
    pub links: Vec<Link>,
    /// Earlier ids, whose links lead here.
    pub aliases: Vec<Slug>,
    /// What is measured, in the file's order.
    pub key_results: Vec<KeyResult>,
    /// Key results that its lock has and its file has no more.
    pub dropped: Vec<KeyResult>,
    /// What its lock says of it, where there is one.
    pub commitment: Option<Box<LockedObjective>>,
}

/// One measured change.
#[derive(Debug, Clone)]
pub struct KeyResult {
    /// Its name in links.
    pub id: Spanned<Slug>,
    /// Whether the book wrote the id, or it is a place (`k1`).
    pub has_own_id: bool,
    /// The sentence as written.
    pub title: Spanned<String>,
    /// The goal, where one is stated in the keys or understood from the sentence.
    pub goal: Option<Goal>,
    /// What is promised and what is hoped for beside the goal's end.
    pub levels: Vec<Level>,
    /// Check points, of a milestone.
    pub steps: Vec<Step>,
    /// Whether the sentence alone states the goal.
    pub by_sentence: bool,
    /// The day that the sentence names as its deadline.
    pub deadline: Option<Deadline>,
    /// Why there is no goal, or what is doubtful about it, in words: "no baseline is stated".
    pub doubts: Vec<String>,
    /// What the sentence lacks of a key result that can be checked, for the rules to tell.
    pub remarks: Vec<Remark>,
    /// The metric that measures it, one of the plan's.
    pub metric: Option<Spanned<Slug>>,
    /// Who or what measures it, where it isn't the metric's source.
    pub measured_by: Option<Box<Spanned<String>>>,
    /// Who answers for it.
    pub owners: Vec<Spanned<String>>,
    /// What a reader should know besides, in Markdown.
    pub note: Option<Box<Spanned<String>>>,
    /// Where a reader may look further.
    pub links: Vec<Link>,
    /// Who proposed it.
    pub proposed_by: Option<Box<Spanned<String>>>,
    /// Counter-metrics with their bounds.
    pub guardrails: Vec<Guardrail>,
    /// Its weight in the objective's mean, above 0.
    pub weight: Number,
    /// How progress is expected over time.
    pub pace: Pace,
    /// The key result that this one carries on.
    pub carried_from: Option<Box<Spanned<KeyResultRef>>>,
    /// Earlier ids, whose links lead here.
    pub aliases: Vec<Slug>,
    /// The whole entry in the file.
    pub span: Span,
    /// What its team's lock says of it.
    pub commitment: Commitment,
}

impl Objective {
    /// Returns an objective of which only the wording is known.
    #[must_use]
    pub const fn bare(id: Spanned<Slug>, title: Spanned<String>) -> Self {
        Self {
            id,
            title,
            outcome: None,
            outcome_metric: None,
            outcome_lag: None,
            lever: None,
            supports: Vec::new(),
            ambition: Ambition::Aspirational,
            changes: None,
            set_by: None,
            note: None,
            links: Vec::new(),
            aliases: Vec::new(),
            key_results: Vec::new(),
            dropped: Vec::new(),
            commitment: None,
        }
    }
}

impl KeyResult {
    /// Returns a key result of which only wording and goal are known; it is its title's size.
    #[must_use]
    pub const fn bare(id: Spanned<Slug>, title: Spanned<String>, goal: Option<Goal>) -> Self {
        Self {
            id,
            has_own_id: true,
            span: title.span,
            title,
            goal,
            levels: Vec::new(),
            steps: Vec::new(),
            by_sentence: false,
            deadline: None,
            doubts: Vec::new(),
            remarks: Vec::new(),
            metric: None,
            measured_by: None,
            owners: Vec::new(),
            note: None,
            links: Vec::new(),
            proposed_by: None,
            guardrails: Vec::new(),
            weight: Number::ONE,
            pace: Pace::Linear,
            carried_from: None,
            aliases: Vec::new(),
            commitment: Commitment::Open,
        }
    }
}

/// A counter-metric with its bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guardrail {
    /// The metric, one of the plan's.
    pub metric: Spanned<Slug>,
    /// Where it must stay.
    pub bound: Bound,
}

/// How progress is expected over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Pace {
    /// In step with the days.
    #[default]
    Linear,
    /// All at the end.
    Step,
    /// Not expected in any shape.
    None,
    /// From dated stages, progress between 0 and 1; the last stage reached counts.
    Stages(Vec<(Day, Number)>),
}

/// A pace that a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainPace {
    /// In step with the days.
    Linear,
    /// All at the end.
    Step,
    /// Not expected in any shape.
    None,
}

words!(PlainPace { Linear => "linear", Step => "step", None => "none" });

impl From<PlainPace> for Pace {
    fn from(pace: PlainPace) -> Self {
        match pace {
            PlainPace::Linear => Self::Linear,
            PlainPace::Step => Self::Step,
            PlainPace::None => Self::None,
        }
    }
}
