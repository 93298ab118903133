//! The shape of `scores.json`.

use serde::{Deserialize, Serialize};

/// The scores of a sealed quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scores {
    pub(super) schema: u32,
    pub(super) quarter: String,
    pub(super) start: String,
    pub(super) end: String,
    pub(super) as_of: String,
    pub(super) teams: Vec<Team>,
    #[serde(default)]
    pub(super) findings: Vec<Finding>,
    #[serde(default)]
    pub(super) allowed: Vec<AllowedFinding>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Team {
    pub(super) team: String,
    pub(super) rollup: Rolled,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) without_soft: Option<Rolled>,
    pub(super) objectives: Vec<Objective>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) dropped: Vec<Objective>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rolled {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) score: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) grade: Option<String>,
    pub(super) pessimistic: String,
    pub(super) measured: usize,
    pub(super) of: usize,
    pub(super) projected: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Objective {
    pub(super) id: String,
    pub(super) ambition: String,
    pub(super) rollup: Rolled,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) lowest: Option<usize>,
    pub(super) counts: bool,
    pub(super) key_results: Vec<KeyResult>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) dropped: Vec<KeyResult>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeyResult {
    pub(super) id: String,
    pub(super) state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) score: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) grade: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) progress: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) goal: Option<Goal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) baseline: Option<Baseline>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) measured_on: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) age_days: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) run_rate: Option<RunRate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) hold: Option<Hold>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) guardrails: Vec<Guardrail>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) judgement: Option<Judgement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) receipt: Option<Receipt>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) reasons: Vec<Reason>,
    pub(super) weight: String,
    pub(super) counts: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) amended: Option<Box<KeyResult>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Goal {
    pub(super) kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) relative: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) better: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) bound: Option<Bound>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) judge: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) done: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Bound {
    pub(super) side: String,
    pub(super) inclusive: bool,
    pub(super) limit: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Baseline {
    pub(super) quantity: String,
    pub(super) origin: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) day: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RunRate {
    pub(super) so_far: String,
    pub(super) covered_days: i32,
    pub(super) of_days: i32,
    pub(super) capped: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hold {
    pub(super) inside: u64,
    pub(super) measured: u64,
    pub(super) missing: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Guardrail {
    pub(super) metric: String,
    pub(super) bound: Bound,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<String>,
    pub(super) state: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Judgement {
    pub(super) score: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) because: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Receipt {
    pub(super) files: Vec<ReceiptFile>,
    pub(super) rows: u64,
    pub(super) left_out: u64,
    pub(super) aggregate: String,
    pub(super) filter: String,
    pub(super) start: String,
    pub(super) end: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ReceiptFile {
    pub(super) path: String,
    pub(super) sha256: String,
    pub(super) rows: u64,
    pub(super) first_line: u64,
    pub(super) last_line: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reason {
    pub(super) why: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) day: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) days: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Finding {
    pub(super) code: String,
    pub(super) level: String,
    pub(super) message: String,
    pub(super) place: Place,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) help: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) related: Vec<Related>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Related {
    pub(super) place: Place,
    pub(super) label: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AllowedFinding {
    pub(super) finding: Finding,
    pub(super) place: Place,
    pub(super) reason: String,
}

/// A place in a file: bytes of the whole file, or of one line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) bytes: Option<(usize, usize)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
}
