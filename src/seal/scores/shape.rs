//! The shape of `scores.json`: which fields of a scorecard it holds, under which names.
//!
//! Each shape is one for the type of the model that it names as `remote`: serde writes and reads that type by it. Where a
//! shape holds what the type has only by a method, it says how the type comes of its fields.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::stored::{self, Stored, shapes};
use crate::model::calendar::Day;
use crate::model::goal::Goal;
use crate::model::history::Receipt;
use crate::model::ids::Slug;
use crate::model::movement::Movement;
use crate::model::plan::Ambition;
use crate::model::quantity::{Number, Quantity};
use crate::model::review::Judged;
use crate::model::scorecard::{
    Baseline, Grade, GuardrailScore, HoldTally, KeyResultScore, ObjectiveScore, Reason, Rollup, RunRate, ScoreState,
    TeamScore,
};

#[derive(Serialize, Deserialize)]
#[serde(remote = "TeamScore")]
struct Team {
    #[serde(with = "stored")]
    team: Slug,
    #[serde(with = "stored")]
    rollup: Rollup,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    without_soft: Option<Rollup>,
    #[serde(with = "stored")]
    objectives: Vec<ObjectiveScore>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "stored")]
    dropped: Vec<ObjectiveScore>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Rollup")]
struct Rolled {
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    score: Option<Number>,
    #[serde(getter = "Rollup::grade", skip_deserializing, skip_serializing_if = "Option::is_none", with = "stored")]
    grade: Option<Grade>,
    #[serde(with = "stored")]
    pessimistic: Number,
    measured: usize,
    of: usize,
    projected: bool,
}

impl From<Rolled> for Rollup {
    fn from(Rolled { score, grade: _, pessimistic, measured, of, projected }: Rolled) -> Self {
        Self { score, pessimistic, measured, of, projected }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ObjectiveScore")]
struct Objective {
    #[serde(with = "stored")]
    id: Slug,
    #[serde(with = "stored")]
    ambition: Ambition,
    #[serde(with = "stored")]
    rollup: Rollup,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lowest: Option<usize>,
    counts: bool,
    #[serde(with = "stored")]
    key_results: Vec<KeyResultScore>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "stored")]
    dropped: Vec<KeyResultScore>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "KeyResultScore")]
struct KeyResult {
    #[serde(with = "stored")]
    id: Slug,
    #[serde(with = "stored")]
    state: ScoreState,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    score: Option<Number>,
    #[serde(
        getter = "KeyResultScore::grade",
        skip_deserializing,
        skip_serializing_if = "Option::is_none",
        with = "stored"
    )]
    grade: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    progress: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    value: Option<Quantity>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    goal: Option<Goal>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    baseline: Option<Baseline>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    measured_on: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    age_days: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    run_rate: Option<Box<RunRate>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    hold: Option<Box<HoldTally>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    movement: Option<Box<Movement>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "stored")]
    guardrails: Vec<GuardrailScore>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    judgement: Option<Box<Judged>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    receipt: Option<Receipt>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "stored")]
    reasons: Vec<Reason>,
    #[serde(with = "stored")]
    weight: Number,
    counts: bool,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    amended: Option<Box<KeyResultScore>>,
}

impl From<KeyResult> for KeyResultScore {
    fn from(known: KeyResult) -> Self {
        Self {
            id: known.id,
            state: known.state,
            goal: known.goal,
            baseline: known.baseline,
            value: known.value,
            measured_on: known.measured_on,
            age_days: known.age_days,
            progress: known.progress,
            exact: None,
            score: known.score,
            best: None,
            run_rate: known.run_rate,
            hold: known.hold,
            movement: known.movement,
            standing: None,
            guardrails: known.guardrails,
            judgement: known.judgement,
            receipt: known.receipt,
            reasons: known.reasons,
            weight: known.weight,
            counts: known.counts,
            amended: known.amended,
        }
    }
}

impl Stored for ObjectiveScore {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Objective::serialize(self, to)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let known = Objective::deserialize(from)?;
        Ok(Self { lowest: known.lowest.filter(|&place| place < known.key_results.len()), ..known })
    }
}

shapes! {
    TeamScore: Team;
    Rollup: Rolled;
    KeyResultScore: KeyResult;
}
