//! The shapes of what a score rests on in `scores.json`: starts, guardrails, receipts, reasons.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::stored::{self, Stored, shapes};
use crate::hash::Digest;
use crate::model::calendar::{Day, Window};
use crate::model::goal::Bound;
use crate::model::history;
use crate::model::ids::Slug;
use crate::model::metric::Aggregate;
use crate::model::quantity::{Number, Quantity};
use crate::model::review;
use crate::model::scorecard::{self, BaselineOrigin, GuardrailScore, GuardrailState, HoldTally};

#[derive(Serialize, Deserialize)]
struct Baseline {
    #[serde(with = "stored")]
    quantity: Quantity,
    origin: String,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    day: Option<Day>,
}

impl Stored for scorecard::Baseline {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let (origin, day) = self.origin.name();
        Baseline { quantity: self.quantity.clone(), origin: origin.to_owned(), day }.serialize(to)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let Baseline { quantity, origin, day } = Baseline::deserialize(from)?;
        let origin = BaselineOrigin::named(&origin, day);
        origin.map(|origin| Self { quantity, origin }).ok_or_else(|| de::Error::custom("no baseline comes from there"))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "scorecard::RunRate")]
struct RunRate {
    #[serde(with = "stored")]
    so_far: Number,
    covered_days: i32,
    of_days: i32,
    capped: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "HoldTally")]
struct Tally {
    inside: u64,
    measured: u64,
    missing: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "GuardrailScore")]
struct Guardrail {
    #[serde(with = "stored")]
    metric: Slug,
    #[serde(with = "stored")]
    bound: Bound,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    value: Option<Quantity>,
    #[serde(with = "stored")]
    state: GuardrailState,
    #[serde(skip)]
    too_large: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "review::Judged")]
struct Judged {
    #[serde(with = "stored")]
    score: Number,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    because: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "history::Receipt")]
struct Receipt {
    #[serde(getter = "files", with = "stored")]
    files: Vec<history::FileEvidence>,
    rows: u64,
    left_out: u64,
    #[serde(with = "stored")]
    aggregate: Aggregate,
    #[serde(with = "stored")]
    filter: Arc<str>,
    #[serde(getter = "start", with = "stored")]
    start: Day,
    #[serde(getter = "end", with = "stored")]
    end: Day,
}

fn files(receipt: &history::Receipt) -> Vec<history::FileEvidence> {
    receipt.files.evidence()
}

fn start(receipt: &history::Receipt) -> Day {
    receipt.window.start
}

fn end(receipt: &history::Receipt) -> Day {
    receipt.window.end
}

impl From<Receipt> for history::Receipt {
    fn from(Receipt { files, rows, left_out, aggregate, filter, start, end }: Receipt) -> Self {
        Self { files: files.into(), rows, left_out, aggregate, filter, window: Window { start, end } }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "history::FileEvidence")]
struct FileEvidence {
    #[serde(with = "stored")]
    path: Arc<str>,
    #[serde(with = "stored")]
    sha256: Digest,
    rows: u64,
    first_line: u64,
    last_line: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "scorecard::Reason", tag = "why", rename_all = "kebab-case")]
enum Reason {
    NoGoal,
    NoBaseline,
    NoMetric,
    ExportUnusable,
    NoDataInWindow(#[serde(with = "LastDay")] Option<Day>),
    NothingHappened {
        #[serde(with = "stored")]
        last: Day,
    },
    SilenceUnknown,
    IncompleteEvents {
        #[serde(with = "stored")]
        since: Day,
    },
    CutExport {
        #[serde(with = "stored")]
        first: Day,
    },
    FractionsForPercent,
    TooEarly,
    PartlyCovered {
        #[serde(rename = "days")]
        covered: i32,
        of: i32,
    },
    UnitsDiffer,
    TooLarge,
    NotBegun,
    CountsAsZero,
    OlderThan(#[serde(with = "Days")] i32),
    AlreadyThere,
    Dropped,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Option<Day>")]
struct LastDay {
    #[serde(getter = "Option::clone", default, skip_serializing_if = "Option::is_none", with = "stored")]
    day: Option<Day>,
}

impl From<LastDay> for Option<Day> {
    fn from(LastDay { day }: LastDay) -> Self {
        day
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "i32")]
struct Days {
    #[serde(getter = "i32::clone")]
    days: i32,
}

impl From<Days> for i32 {
    fn from(Days { days }: Days) -> Self {
        days
    }
}

shapes! {
    scorecard::RunRate: RunRate;
    HoldTally: Tally;
    GuardrailScore: Guardrail;
    review::Judged: Judged;
    history::Receipt: Receipt;
    history::FileEvidence: FileEvidence;
    scorecard::Reason: Reason;
}
