//! Goalposts that were moved: what was committed, what is said now, and both scores.

use serde::Serialize;

use super::Maker;
use crate::model::ledger::change::Moved;
use crate::model::ledger::commitment::Commitment;
use crate::model::plan::Objective;
use crate::report::KeyResultReport;
use crate::report::decide::title;
use crate::report::ledger::tells;

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
    /// Its kind.
    pub what: &'static str,
    /// What was committed.
    pub was: String,
    /// What is said now.
    pub is: String,
    /// When and why.
    pub said: String,
}

/// Returns what was moved of a key result since its lock.
pub(super) fn of_key_result(maker: Maker<'_, '_>, report: &KeyResultReport<'_>) -> Option<Goalposts> {
    let phrases = maker.phrases;
    match &report.plan.commitment {
        Commitment::Open => None,
        Commitment::Locked(locked) if locked.moves.is_empty() => None,
        Commitment::Added { on, note } => {
            Some(Goalposts { title: phrases.added_since(*on), rows: Vec::new(), scores: phrases.added(note.as_ref()) })
        }
        Commitment::Locked(locked) => {
            let amended = report.score.amended.as_ref();
            Some(Goalposts {
                title: phrases.moved_since(locked.on, locked.is_moved(), locked.is_dropped),
                rows: rows(maker, &locked.moves),
                scores: amended
                    .map(|amended| phrases.both_scores(report.score.score, amended.score))
                    .unwrap_or_default(),
            })
        }
    }
}

/// Returns what was moved of an objective itself.
pub(super) fn of_objective(maker: Maker<'_, '_>, plan: &Objective) -> Option<Goalposts> {
    let locked = plan.commitment.as_deref().filter(|locked| !locked.moves.is_empty())?;
    let is_moved = locked.moves.iter().any(|moved| !moved.change.is_mild());
    Some(Goalposts {
        title: maker.phrases.moved_since(locked.on, is_moved, false),
        rows: rows(maker, &locked.moves),
        scores: String::new(),
    })
}

fn rows(maker: Maker<'_, '_>, moves: &[Moved]) -> Vec<MoveRow> {
    let row = |moved: &Moved| {
        let (what, was, is) = maker.phrases.change_parts(&moved.change);
        MoveRow {
            what,
            was: title(&was).into_owned(),
            is: title(&is).into_owned(),
            said: maker.phrases.amended(moved.note.as_ref()),
        }
    };
    moves.iter().filter(|moved| tells(moved, moves)).map(row).collect()
}
