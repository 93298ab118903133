//! Tests of scoring, with histories written down in memory.

mod book;
mod flows;
mod holds;
mod moves;
mod paces;
mod properties;
mod rollups;
mod sides;

use self::book::{Case, day, gain_goal, hold_goal, move_goal, number, quantity, relative_goal, target_goal};
use crate::model::quantity::Number;
use crate::model::scorecard::{Grade, KeyResultScore, Reason, ScoreState};

/// Returns what most tests ask: progress, score and grade as text, `-` where there is none.
fn figures(card: &KeyResultScore) -> [String; 3] {
    let text = |number: Option<Number>| number.map_or("-".to_owned(), |n| n.normal().to_string());
    [text(card.progress), text(card.score), card.grade().map_or("-".to_owned(), |grade: Grade| grade.to_string())]
}

#[track_caller]
fn assert_unscored(card: &KeyResultScore, state: ScoreState, reasons: &[Reason]) {
    assert_eq!((card.state, card.reasons.as_slice(), card.score), (state, reasons, None));
}

/// Returns a / b as scores are kept.
fn ratio(a: &str, b: &str) -> Option<Number> {
    Some(number(a).over(number(b))?.round_to(18))
}
