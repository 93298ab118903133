//! The shapes of goals in `scores.json`.

use serde::{Deserialize, Serialize};

use super::stored::{self, shapes};
use crate::model::calendar::Day;
use crate::model::goal::{self, Better, GainKind, Judge, Side};
use crate::model::quantity::Quantity;

#[derive(Serialize, Deserialize)]
#[serde(remote = "goal::Goal", tag = "kind", rename_all = "lowercase")]
enum Goal {
    Move(#[serde(with = "Move")] goal::Move),
    Target(#[serde(with = "Target")] goal::Target),
    Gain(#[serde(with = "Gain")] goal::Gain),
    Hold(#[serde(with = "Hold")] goal::Hold),
    Milestone(#[serde(with = "Milestone")] goal::Milestone),
    Baseline(#[serde(with = "Milestone")] goal::Milestone),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "goal::Move")]
struct Move {
    #[serde(with = "stored")]
    from: Quantity,
    #[serde(with = "stored")]
    to: Quantity,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "goal::Target")]
struct Target {
    #[serde(with = "stored")]
    to: Quantity,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    better: Option<Better>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "goal::Gain")]
struct Gain {
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    from: Option<Quantity>,
    #[serde(with = "stored")]
    by: Quantity,
    #[serde(rename = "relative", with = "stored")]
    kind: GainKind,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "goal::Hold")]
struct Hold {
    #[serde(with = "Bound")]
    bound: goal::Bound,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    upper: Option<goal::Bound>,
    #[serde(with = "stored")]
    judge: Judge,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "goal::Milestone")]
struct Milestone {
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    done: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "stored")]
    due: Option<Day>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "goal::Bound")]
struct Bound {
    #[serde(with = "stored")]
    side: Side,
    inclusive: bool,
    #[serde(with = "stored")]
    limit: Quantity,
}

shapes! {
    goal::Goal: Goal;
    goal::Bound: Bound;
}
