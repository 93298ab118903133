//! The form of `data/`, for its writer and its readers.
//!
//! What is there stays there: a build's files are read for ever. What came after the first build is an `Option`.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::listed::Listed;

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct Book<'a> {
    pub(crate) schema: u32,
    pub(crate) okrbook: Cow<'a, str>,
    pub(crate) as_of: String,
    pub(crate) organisation: Cow<'a, str>,
    pub(crate) quarters: Vec<QuarterJson<'a>>,
    pub(crate) teams: Vec<TeamName<'a>>,
    pub(crate) metrics: Listed<'a, MetricJson<'a>>,
    pub(crate) findings: Listed<'a, FindingJson<'a>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct TeamName<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) name: Cow<'a, str>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct MetricJson<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) title: Cow<'a, str>,
    pub(crate) unit: Option<String>,
    pub(crate) aggregate: String,
    pub(crate) source: Option<Cow<'a, str>>,
    /// How its exports are read: each choice that was made, and why; the first few of many exports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) read: Option<Vec<ReadJson<'a>>>,
}

/// How one export is read.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct ReadJson<'a> {
    pub(crate) export: Cow<'a, str>,
    pub(crate) choices: Vec<ChoiceJson<'a>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct ChoiceJson<'a> {
    /// What is told or was chosen: `rows`, `date`, `measure`.
    pub(crate) what: Cow<'a, str>,
    /// What was found or taken.
    pub(crate) taken: Cow<'a, str>,
    /// `stated`, `the only one`, or by which rule; absent where nothing was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct QuarterFile<'a> {
    pub(crate) schema: u32,
    pub(crate) okrbook: Cow<'a, str>,
    pub(crate) as_of: String,
    pub(crate) quarter: QuarterJson<'a>,
    pub(crate) teams: Listed<'a, TeamJson<'a>>,
    pub(crate) findings: Listed<'a, FindingJson<'a>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct QuarterJson<'a> {
    pub(crate) id: String,
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) state: Cow<'a, str>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct TeamJson<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) name: Cow<'a, str>,
    pub(crate) score: Option<String>,
    pub(crate) grade: Option<String>,
    pub(crate) objectives: Vec<ObjectiveJson<'a>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct ObjectiveJson<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) title: Cow<'a, str>,
    pub(crate) outcome: Option<Cow<'a, str>>,
    pub(crate) lever: Option<Cow<'a, str>>,
    pub(crate) ambition: Cow<'a, str>,
    pub(crate) score: Option<String>,
    pub(crate) grade: Option<String>,
    /// How a committed objective stands while its quarter runs: as its weakest key result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Cow<'a, str>>,
    pub(crate) pessimistic: String,
    pub(crate) measured: usize,
    pub(crate) of: usize,
    /// What a reader should know besides, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<Cow<'a, str>>,
    /// Where a reader may look further.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) links: Vec<LinkJson<'a>>,
    pub(crate) key_results: Vec<KeyResultJson<'a>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct KeyResultJson<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) title: Cow<'a, str>,
    pub(crate) goal: Option<GoalJson<'a>>,
    /// What is promised and what is hoped for beside the goal's end, counted as the goal is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) levels: Option<LevelsJson>,
    /// Check points, of a milestone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) steps: Vec<StepJson<'a>>,
    pub(crate) value: Option<String>,
    /// The sum or count so far, where `value` is projected from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) so_far: Option<String>,
    pub(crate) progress: Option<String>,
    pub(crate) score: Option<String>,
    pub(crate) grade: Option<String>,
    pub(crate) band: Option<Cow<'a, str>>,
    pub(crate) state: Cow<'a, str>,
    pub(crate) status: Option<Cow<'a, str>>,
    /// The progress that the pace expects by `expected_by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<String>,
    /// The best score still possible, where a full one no longer is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) best: Option<String>,
    /// The last day that the data speaks of: what is expected is asked of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected_by: Option<String>,
    #[serde(rename = "final")]
    pub(crate) judgement: Option<FinalJson<'a>>,
    pub(crate) metric: Option<Cow<'a, str>>,
    /// Whether the metric moved by more than it does anyway; absent where the goal is no move, where nothing was measured
    /// before the cycle, and in its first third.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) movement: Option<MovementJson<'a>>,
    /// What a reader should know besides, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<Cow<'a, str>>,
    /// Where a reader may look further.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) links: Vec<LinkJson<'a>>,
    /// How sure the team was at its last check-in, from 0 to 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) confidence: Option<u8>,
    /// What the lock says, where the quarter is locked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lock: Option<LockJson<'a>>,
    pub(crate) receipt: Option<ReceiptJson<'a>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct StepJson<'a> {
    pub(crate) name: Cow<'a, str>,
    /// The day on which it was passed; null where it isn't yet.
    pub(crate) done: Option<String>,
}

#[derive(Default, Serialize, Deserialize, JsonSchema)]
pub(crate) struct LevelsJson {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) commit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stretch: Option<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct LinkJson<'a> {
    pub(crate) name: Cow<'a, str>,
    /// An address, or a page or an asset of the book.
    pub(crate) to: Cow<'a, str>,
}

/// Whether a metric moved, and what that was told by.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
pub(crate) struct MovementJson<'a> {
    /// moved, usual-range, moved-back, cannot-tell.
    pub(crate) verdict: Cow<'a, str>,
    /// windows, weeks, counts, changes; absent where nothing can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) test: Option<Cow<'a, str>>,
    /// How many days each window has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) days: Option<i32>,
    /// How many earlier windows there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) windows: Option<u32>,
    /// How many of them moved as much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) as_large: Option<u32>,
    /// Their share of all, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) share: Option<String>,
    /// true where windows that moved as much the other way count, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) either_way: Option<bool>,
    /// true where each window was compared with the same days a year before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) seasonal: Option<bool>,
    /// Weeks with data, or events, before the cycle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<u64>,
    /// Weeks with data, or events, in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) within: Option<u64>,
    /// How likely such counts are where nothing changed, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) chance: Option<String>,
    /// Why nothing can be told: few-weeks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<Cow<'a, str>>,
}

/// A goal; its numbers are in the unit of its start, or of its only quantity.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub(crate) struct GoalJson<'a> {
    pub(crate) kind: Cow<'a, str>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) by: Option<String>,
    pub(crate) bound: Option<String>,
    pub(crate) inclusive: Option<bool>,
    /// The upper limit of a range; `bound` is then the lower one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) upper: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) upper_inclusive: Option<bool>,
    pub(crate) unit: Option<String>,
    pub(crate) per: Option<String>,
    pub(crate) better: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct FinalJson<'a> {
    pub(crate) score: String,
    pub(crate) because: Option<Cow<'a, str>>,
    pub(crate) by: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct ReceiptJson<'a> {
    pub(crate) files: Vec<FileJson<'a>>,
    pub(crate) rows: u64,
    pub(crate) left_out: u64,
    pub(crate) aggregate: String,
    pub(crate) filter: Cow<'a, str>,
    pub(crate) window: WindowJson,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct FileJson<'a> {
    pub(crate) path: Cow<'a, str>,
    pub(crate) sha256: String,
    pub(crate) rows: u64,
    pub(crate) first_line: u64,
    pub(crate) last_line: u64,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct WindowJson {
    pub(crate) start: String,
    pub(crate) end: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct FindingJson<'a> {
    pub(crate) code: Cow<'a, str>,
    pub(crate) level: Cow<'a, str>,
    pub(crate) message: Cow<'a, str>,
    pub(crate) file: String,
    pub(crate) line: Option<u64>,
    pub(crate) column: Option<u64>,
    pub(crate) help: Option<Cow<'a, str>>,
}

/// What a lock says of a key result.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
pub(crate) struct LockJson<'a> {
    /// The day of locking.
    pub(crate) on: String,
    /// kept, moved, dropped or added.
    pub(crate) state: Cow<'a, str>,
    /// What was changed since; the score above is as committed.
    pub(crate) changes: Vec<ChangeJson<'a>>,
    /// The score by the terms of today, where they were moved.
    pub(crate) score_today: Option<String>,
    /// Why a key result was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) because: Option<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct ChangeJson<'a> {
    pub(crate) what: Cow<'a, str>,
    pub(crate) was: String,
    pub(crate) is: String,
    /// The day of the amendment; null where the change was made in silence.
    pub(crate) amended: Option<String>,
    pub(crate) because: Option<String>,
}
