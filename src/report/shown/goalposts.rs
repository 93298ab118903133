//! Moved goalposts: what was committed, what is said now, and both scores.

use std::borrow::Cow;

use serde::Serialize;

use super::Target;
use crate::model::ledger::change;
use crate::model::ledger::commitment::Commitment;
use crate::model::plan::Objective;
use crate::model::scorecard::KeyResultScore;
use crate::report::decide::title;
use crate::report::ledger::{Move, tells};
use crate::report::text::{ChangeParts, Phrases};
use crate::report::{KeyResultReport, QuarterReport, Report};

/// What was moved since the lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Goalposts {
    /// That something was moved, and since when.
    pub title: String,
    /// What was moved.
    pub rows: Vec<MoveRow>,
    /// Both scores, or what the change means for the means.
    pub scores: String,
}

/// Something that was moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MoveRow {
    /// How much it means, for styles: `mild` for words, else `weighty`.
    pub code: &'static str,
    /// Its kind.
    pub what: &'static str,
    /// What was committed.
    pub was: String,
    /// What is said now.
    pub is: String,
    /// When and why.
    pub said: String,
}

/// Something that was moved in a quarter.
#[derive(Debug)]
pub struct Moved<'a> {
    /// What was moved.
    pub row: MoveRow,
    /// Whose it is.
    pub team: &'a str,
    /// Of what.
    pub title: Cow<'a, str>,
    /// What leads there.
    pub target: Target<'a>,
    /// Both scores; empty where only words changed.
    pub scores: String,
}

/// Returns what was moved of a key result since its lock.
#[must_use]
pub fn of_key_result(report: &Report<'_>, known: &KeyResultReport<'_>) -> Option<Goalposts> {
    let phrases = Phrases::new(report.format);
    match &known.plan.commitment {
        Commitment::Open => None,
        Commitment::Locked(locked) if locked.moves.is_empty() => None,
        Commitment::Added { on, note } => {
            Some(Goalposts { title: phrases.added_since(*on), rows: Vec::new(), scores: phrases.added(note.as_ref()) })
        }
        Commitment::Locked(locked) => Some(Goalposts {
            title: phrases.moved_since(locked.on, locked.is_moved(), locked.is_dropped),
            rows: rows(phrases, &locked.moves),
            scores: both_scores(phrases, known.score),
        }),
    }
}

/// Returns what was moved of an objective itself.
#[must_use]
pub fn of_objective(report: &Report<'_>, plan: &Objective) -> Option<Goalposts> {
    let phrases = Phrases::new(report.format);
    let locked = plan.commitment.as_deref().filter(|locked| !locked.moves.is_empty())?;
    let is_moved = locked.moves.iter().any(|moved| !moved.change.is_mild());
    Some(Goalposts {
        title: phrases.moved_since(locked.on, is_moved, false),
        rows: rows(phrases, &locked.moves),
        scores: String::new(),
    })
}

/// Returns all that was moved in a quarter: goalposts first, then wordings.
#[must_use]
pub fn of_quarter<'a>(report: &Report<'a>, quarter: &QuarterReport<'a>) -> Vec<Moved<'a>> {
    let phrases = Phrases::new(report.format);
    let mut moves = report.moves(quarter);
    moves.retain(|known| {
        let all = known.key_result.map(|report| report.plan.commitment.moves()).unwrap_or_default();
        tells(known.moved, all)
    });
    moves.sort_by_key(|known| known.moved.change.is_mild());
    moves.iter().map(|known| moved(phrases, known)).collect()
}

fn moved<'a>(phrases: Phrases, known: &Move<'a>) -> Moved<'a> {
    let scores = |of: &KeyResultReport<'_>| both_scores(phrases, of.score);
    let (name, target, scores) = match known.key_result {
        Some(of) if known.moved.change.is_mild() => (title(of.title()), Target::KeyResult(of), String::new()),
        Some(of) => (title(of.title()), Target::KeyResult(of), scores(&of)),
        None => {
            let plan = known.objective.plan;
            (title(&plan.title.value), Target::Objective(known.team, plan), String::new())
        }
    };
    Moved { row: row(phrases, known.moved), team: known.team.name, title: name, target, scores }
}

fn rows(phrases: Phrases, moves: &[change::Moved]) -> Vec<MoveRow> {
    moves.iter().filter(|moved| tells(moved, moves)).map(|moved| row(phrases, moved)).collect()
}

fn row(phrases: Phrases, moved: &change::Moved) -> MoveRow {
    let ChangeParts { what, was, is } = phrases.change_parts(&moved.change);
    MoveRow {
        code: if moved.change.is_mild() { "mild" } else { "weighty" },
        what,
        was: title(&was).into_owned(),
        is: title(&is).into_owned(),
        said: phrases.amended(moved.note.as_ref()),
    }
}

/// Says both scores, where terms were moved that a score counts from.
fn both_scores(phrases: Phrases, score: &KeyResultScore) -> String {
    let amended = score.amended.as_ref().map(|amended| amended.score);
    amended.map(|amended| phrases.both_scores(score.score, amended)).unwrap_or_default()
}
