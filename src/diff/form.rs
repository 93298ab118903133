//! The form of the data files, as far as it is compared. Keys that aren't known are passed over: later builds have more.

use serde::Deserialize;

/// What every data file begins with.
#[derive(Deserialize)]
pub(super) struct Head {
    pub(super) schema: Option<u32>,
    #[serde(default)]
    pub(super) okrbook: Option<String>,
}

/// `data/book.json`.
#[derive(Deserialize)]
pub(super) struct BookFile {
    pub(super) okrbook: String,
    pub(super) as_of: String,
    pub(super) organisation: String,
    pub(super) quarters: Vec<QuarterHead>,
    #[serde(default)]
    pub(super) metrics: Vec<MetricForm>,
    #[serde(default)]
    pub(super) findings: Vec<Finding>,
}

/// `data/2026-Q3.json`.
#[derive(Deserialize)]
pub(super) struct QuarterFile {
    pub(super) okrbook: String,
    pub(super) as_of: String,
    pub(super) quarter: QuarterHead,
    pub(super) teams: Vec<TeamForm>,
    #[serde(default)]
    pub(super) findings: Vec<Finding>,
}

#[derive(Deserialize)]
pub(super) struct QuarterHead {
    pub(super) id: String,
    pub(super) start: String,
    pub(super) end: String,
    pub(super) state: String,
}

#[derive(Deserialize)]
pub(super) struct MetricForm {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) unit: Option<String>,
    pub(super) aggregate: Option<String>,
    pub(super) source: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct TeamForm {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) score: Option<String>,
    pub(super) grade: Option<String>,
    pub(super) objectives: Vec<ObjectiveForm>,
}

#[derive(Deserialize)]
pub(super) struct ObjectiveForm {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) outcome: Option<String>,
    pub(super) lever: Option<String>,
    pub(super) ambition: Option<String>,
    pub(super) score: Option<String>,
    pub(super) grade: Option<String>,
    pub(super) pessimistic: Option<String>,
    pub(super) measured: u64,
    pub(super) of: u64,
    pub(super) key_results: Vec<KeyResultForm>,
}

#[derive(Deserialize)]
pub(super) struct KeyResultForm {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) goal: Option<GoalForm>,
    pub(super) value: Option<String>,
    pub(super) progress: Option<String>,
    pub(super) score: Option<String>,
    pub(super) grade: Option<String>,
    pub(super) state: Option<String>,
    pub(super) status: Option<String>,
    #[serde(rename = "final")]
    pub(super) judgement: Option<FinalForm>,
    pub(super) metric: Option<String>,
    pub(super) confidence: Option<u8>,
    pub(super) lock: Option<LockForm>,
}

#[derive(Deserialize)]
pub(super) struct GoalForm {
    pub(super) kind: String,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) by: Option<String>,
    pub(super) bound: Option<String>,
    pub(super) inclusive: Option<bool>,
    pub(super) unit: Option<String>,
    pub(super) per: Option<String>,
    pub(super) better: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct FinalForm {
    pub(super) score: String,
    pub(super) because: Option<String>,
    pub(super) by: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct LockForm {
    pub(super) on: String,
    pub(super) state: String,
    #[serde(default)]
    pub(super) changes: Vec<ChangeForm>,
    pub(super) score_today: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ChangeForm {
    pub(super) what: String,
    pub(super) is: String,
    pub(super) amended: Option<String>,
}

/// A finding, as it stands in the data.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Finding {
    pub(super) code: String,
    pub(super) level: String,
    pub(super) message: String,
    pub(super) file: String,
    pub(super) line: Option<u64>,
}

impl Finding {
    /// Returns the place as people write it: `metrics/checkout.csv:7`.
    pub(super) fn place(&self) -> String {
        self.line.map_or_else(|| self.file.clone(), |line| format!("{}:{line}", self.file))
    }
}
