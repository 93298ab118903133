//! The scorecard: what scoring found out about every key result, objective and team.
//!
//! Made by `score`, read by everything above. Scores are exact decimals; the only rounding is that progress and means
//! are kept to 18 decimals, on their own side of every hundredth, and that grades are floored to a tenth.

use std::collections::BTreeMap;

pub use super::baseline::{Baseline, BaselineOrigin};
use super::calendar::{Day, Quarter, Window};
use super::fine::Fine;
use super::goal::{Bound, Goal};
pub use super::grade::{Band, Grade};
use super::history::Receipt;
use super::ids::Slug;
use super::movement::Movement;
use super::plan::Ambition;
use super::quantity::{Number, Quantity};
use super::review::Judged;
pub use super::standing::{Expected, ProjectionRule, Standing, Status};
use super::words::words;

/// All scores of a book as of a day.
#[derive(Debug, Clone)]
pub struct Scorecard {
    /// The last day that counts.
    pub as_of: Day,
    /// The quarters, in the plan's order.
    pub quarters: Vec<QuarterScore>,
    /// The days on which each metric was aimed at.
    pub aims: Aims,
}

/// The days of the cycles in which metrics were aimed at: stretches that ascend and don't touch.
pub type Aims = BTreeMap<Slug, Vec<Window>>;

/// The scores of one quarter.
#[derive(Debug, Clone)]
pub struct QuarterScore {
    /// Name and days.
    pub quarter: Quarter,
    /// Where in its life the quarter is.
    pub state: QuarterState,
    /// The teams, in the plan's order.
    pub teams: Vec<TeamScore>,
}

/// Where in its life a quarter is, as of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuarterState {
    /// It has not begun.
    Upcoming,
    /// It runs.
    Open,
    /// Its end has come.
    Over,
    /// It is frozen with its inputs.
    Sealed,
}

words!(QuarterState { Upcoming => "upcoming", Open => "open", Over => "over", Sealed => "sealed" });

/// What becomes of a key result without a score once its quarter is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FinalMissing {
    /// It counts 0 and says so.
    #[default]
    Zero,
    /// It stays without a score; only the pessimistic means count it as 0.
    NoData,
}

words!(FinalMissing { Zero => "zero", NoData => "no-data" });

/// The scores of one team in a quarter.
#[derive(Debug, Clone)]
pub struct TeamScore {
    /// The team.
    pub team: Slug,
    /// The mean of its objectives.
    pub rollup: Rollup,
    /// The same without milestones and baselines, where it has any.
    pub without_soft: Option<Rollup>,
    /// Its objectives, in the plan's order.
    pub objectives: Vec<ObjectiveScore>,
    /// Objectives that were committed and dropped, in the plan's order.
    pub dropped: Vec<ObjectiveScore>,
}

/// A mean of scores, with how much of it rests on data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollup {
    /// The mean of what has a score; nothing where nothing has.
    pub score: Option<Number>,
    /// The mean where everything without a score counts 0.
    pub pessimistic: Number,
    /// How many key results have data.
    pub measured: usize,
    /// Of how many.
    pub of: usize,
    /// Whether a projected score is among them.
    pub projected: bool,
}

impl Rollup {
    /// Returns the mean's grade, where there is one.
    #[must_use]
    pub fn grade(&self) -> Option<Grade> {
        self.score.map(Grade::of)
    }
}

/// The scores of one objective.
#[derive(Debug, Clone)]
pub struct ObjectiveScore {
    /// The objective.
    pub id: Slug,
    /// How it is judged.
    pub ambition: Ambition,
    /// The weighted mean of its key results.
    pub rollup: Rollup,
    /// The place in `key_results` of the lowest score, where there are scores.
    pub lowest: Option<usize>,
    /// Its key results, in the plan's order.
    pub key_results: Vec<KeyResultScore>,
    /// Key results that were committed and dropped, in the plan's order.
    pub dropped: Vec<KeyResultScore>,
    /// Whether it feeds the team's mean; what came after the lock doesn't.
    pub counts: bool,
}

/// What is known of one key result, as it was committed where its quarter is locked.
#[derive(Debug, Clone)]
pub struct KeyResultScore {
    /// The key result.
    pub id: Slug,
    /// What its number rests on.
    pub state: ScoreState,
    /// The goal that was scored: gains and targets resolved to moves where a baseline was measured.
    pub goal: Option<Goal>,
    /// Where the start comes from, for goals with a start.
    pub baseline: Option<Baseline>,
    /// The value, in the goal's unit: for a flow before the quarter's end the run-rate.
    pub value: Option<Quantity>,
    /// The last day with data in the window.
    pub measured_on: Option<Day>,
    /// Days between the data's heartbeat and the (capped) as-of day.
    pub age_days: Option<i32>,
    /// (value − from) / (to − from): may be below 0 or above 1.
    pub progress: Option<Number>,
    /// The progress before it was rounded for keeping, where that changed it, until its team's means are made.
    pub exact: Option<Box<Fine>>,
    /// Progress clamped to 0..1; 0 for missing data once the quarter is over.
    pub score: Option<Number>,
    /// The best score still possible while the quarter runs, where a full one no longer is.
    pub best: Option<Number>,
    /// How a flow's value was projected, where it was.
    pub run_rate: Option<Box<RunRate>>,
    /// How a hold was judged, where it was.
    pub hold: Option<Box<HoldTally>>,
    /// Whether the metric moved, where the goal is a move and there is a value; it changes no score.
    pub movement: Option<Box<Movement>>,
    /// Where the key result stands against its pace; nothing once the quarter is over.
    pub standing: Option<Box<Standing>>,
    /// Its guardrails, in the plan's order.
    pub guardrails: Vec<GuardrailScore>,
    /// The score that people set beside the computed one.
    pub judgement: Option<Box<Judged>>,
    /// The evidence of the value.
    pub receipt: Option<Receipt>,
    /// Why there is no score or a doubtful one, most important first.
    pub reasons: Vec<Reason>,
    /// Its weight in the objective's mean.
    pub weight: Number,
    /// Whether it feeds the means; what came after the lock doesn't.
    pub counts: bool,
    /// The score by the terms of today, where they are not those that were committed.
    pub amended: Option<Box<KeyResultScore>>,
}

impl KeyResultScore {
    /// Returns the score's grade, where there is a score.
    #[must_use]
    pub fn grade(&self) -> Option<Grade> {
        self.score.map(Grade::of)
    }

    /// Says whether nobody can tell that its data is complete: there is none, it ends too early, or it was cut off.
    #[must_use]
    pub fn may_lack_data(&self) -> bool {
        let lacks = |reason: &Reason| {
            matches!(
                reason,
                Reason::IncompleteEvents { .. }
                    | Reason::CutExport { .. }
                    | Reason::NoDataInWindow(_)
                    | Reason::SilenceUnknown
            )
        };
        self.state == ScoreState::Stale || self.reasons.iter().any(lacks)
    }

    /// Says whether its metric has no data that could be used, of no day at all.
    #[must_use]
    pub fn never_had_data(&self) -> bool {
        let never = |reason: &Reason| {
            matches!(reason, Reason::NoDataInWindow(None) | Reason::ExportUnusable | Reason::SilenceUnknown)
        };
        self.value.is_none() && self.reasons.iter().any(never)
    }

    /// Says whether nothing happened that its metric could average: no data is missing, and no mean counts it.
    #[must_use]
    pub fn has_nothing_to_measure(&self) -> bool {
        self.reasons.iter().any(|reason| matches!(reason, Reason::NothingHappened { .. }))
    }

    /// Returns the progress as exactly as it is known.
    #[must_use]
    pub fn exact_progress(&self) -> Option<Fine> {
        let kept = self.progress?;
        Some(self.exact.as_deref().copied().unwrap_or_else(|| kept.into()))
    }

    /// Returns the score as exactly as it is known, so that means of rounded scores don't add up roundings.
    #[must_use]
    pub fn exact_score(&self) -> Option<Fine> {
        let score = self.score?;
        let is_progress = self.progress.is_some_and(|progress| progress.clamp(Number::ZERO, Number::ONE) == score);
        let exact = self.exact_progress().filter(|_| is_progress);
        Some(exact.map_or_else(|| score.into(), Fine::clamped))
    }

    /// Says whether its grade is 0.7 or more and a movement of its metric is not shown. A projection is no claim yet.
    #[must_use]
    pub fn is_good_without_movement(&self) -> bool {
        let is_not_shown = self.movement.as_ref().is_some_and(|movement| movement.is_not_shown());
        let is_claimed = is_not_shown && self.state != ScoreState::Projected;
        is_claimed && self.grade().is_some_and(|grade| grade.band() >= Band::Strong)
    }

    /// Says whether a guardrail is broken.
    #[must_use]
    pub fn guardrail_broken(&self) -> bool {
        self.guardrails.iter().any(|guardrail| guardrail.state == GuardrailState::Broken)
    }
}

/// What a key result's number rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreState {
    /// Data up to the end of what it should cover.
    Measured,
    /// A run-rate or an unfinished hold.
    Projected,
    /// There is a goal and a metric but no value.
    NoData,
    /// The data is older than it should be.
    Stale,
    /// No goal was understood, or nothing measures it.
    Unscored,
}

words!(ScoreState {
    Measured => "measured",
    Projected => "projected",
    NoData => "no-data",
    Stale => "stale",
    Unscored => "unscored",
});

/// How a flow's value was projected to the whole quarter (or to a month of it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRate {
    /// The sum or count so far.
    pub so_far: Number,
    /// Days that the export covers.
    pub covered_days: i32,
    /// Days of the quarter.
    pub of_days: i32,
    /// Whether the score was held back at 0.9 because a falling flow can still rise.
    pub capped: bool,
}

/// How many points of a hold were inside its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldTally {
    /// Points inside.
    pub inside: u64,
    /// Points that were measured.
    pub measured: u64,
    /// Points that were due and are missing; they count as outside.
    pub missing: u64,
}

/// A guardrail's value against its bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardrailScore {
    /// The metric.
    pub metric: Slug,
    /// The bound.
    pub bound: Bound,
    /// The value in the bound's unit.
    pub value: Option<Quantity>,
    /// What became of it.
    pub state: GuardrailState,
    /// Whether there is no value because a number is too large to compute with.
    pub too_large: bool,
}

/// What became of a guardrail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuardrailState {
    /// The value is inside the bound.
    Kept,
    /// The value is outside the bound.
    Broken,
    /// There is no value.
    NoData,
}

words!(GuardrailState { Kept => "kept", Broken => "broken", NoData => "no-data" });

/// Why a key result has no score, or a doubtful one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No goal is stated that can be understood.
    NoGoal,
    /// The goal has no start, and nothing measured one.
    NoBaseline,
    /// No metric measures it.
    NoMetric,
    /// The metric's exports could not be used; the findings say why.
    ExportUnusable,
    /// The window has no data; the last data is from this day, if there ever was any.
    NoDataInWindow(Option<Day>),
    /// The book says that the exports are complete, and they hold nothing of the window that could be averaged.
    NothingHappened {
        /// The last day with data before it.
        last: Day,
    },
    /// The export is empty, and nothing says up to when silence means zero.
    SilenceUnknown,
    /// A list of events is silent since this day, for longer than it ever was; nothing says that none happened since.
    IncompleteEvents {
        /// The day of its last row.
        since: Day,
    },
    /// An export begins on this day within the window, and holds just as many rows as a tool exports at most.
    CutExport {
        /// The day of its first row.
        first: Day,
    },
    /// The goal counts in percent, and the export holds fractions.
    FractionsForPercent,
    /// Less than a third of the quarter is covered, too little for a run-rate.
    TooEarly,
    /// The exports cover only a part of the days that a sum or count should add up.
    PartlyCovered {
        /// Days that the exports cover.
        covered: i32,
        /// Days that they should cover.
        of: i32,
    },
    /// The metric's unit can't be converted into the goal's.
    UnitsDiffer,
    /// A number is too large to compute with.
    TooLarge,
    /// The quarter has not begun.
    NotBegun,
    /// The quarter is over: what is missing counts 0.
    CountsAsZero,
    /// The data is older than this many days, its limit.
    OlderThan(i32),
    /// The measured start equals the target or lies beyond it, so that there is no way left to measure.
    AlreadyThere,
    /// It was committed, and the team's file has it no more.
    Dropped,
}
