//! Moved goalposts: what was committed, what is said now, and both scores.

use serde::Serialize;

use super::Maker;
use super::scores::title;
use super::shell::Link;
use crate::model::ledger::change::{Change, Moved};
use crate::model::ledger::commitment::Commitment;
use crate::model::scorecard::KeyResultScore;
use crate::render::routes;
use crate::report::ledger::Move;
use crate::report::{KeyResultReport, QuarterReport};

/// What was moved of a key result.
#[derive(Debug, Serialize)]
pub(super) struct Moves {
    title: String,
    rows: Vec<MoveRow>,
    scores: String,
}

/// One change.
#[derive(Debug, Serialize)]
pub(super) struct MoveRow {
    /// Where it was moved; empty on a key result's own card.
    place: Option<Link>,
    team: String,
    what: &'static str,
    was: String,
    is: String,
    said: String,
    scores: String,
    code: &'static str,
}

/// Returns what was moved of a key result since its lock.
pub(super) fn of_key_result(maker: Maker<'_>, report: &KeyResultReport<'_>) -> Option<Moves> {
    let phrases = maker.phrases();
    match &report.plan.commitment {
        Commitment::Open => None,
        Commitment::Added { on, note } => {
            Some(Moves { title: phrases.added_since(*on), rows: Vec::new(), scores: phrases.added(note.as_ref()) })
        }
        Commitment::Locked(locked) if locked.moves.is_empty() => None,
        Commitment::Locked(locked) => Some(Moves {
            title: phrases.moved_since(locked.on, locked.is_moved(), locked.is_dropped),
            rows: locked
                .moves
                .iter()
                .filter(|moved| tells(moved, &locked.moves))
                .map(|moved| row(maker, moved))
                .collect(),
            scores: scores(maker, report.score),
        }),
    }
}

/// Returns all that was moved in a quarter: goalposts first, then wordings.
pub(super) fn of_quarter(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> Vec<MoveRow> {
    let mut moves = maker.report.moves(quarter);
    moves.retain(|known| {
        let all = known.key_result.map(|report| report.plan.commitment.moves()).unwrap_or_default();
        tells(known.moved, all)
    });
    moves.sort_by_key(|known| known.moved.change.is_mild());
    moves.iter().map(|known| with_place(maker, known)).collect()
}

/// Says whether a change tells more than the others: a goal in new words is one change.
fn tells(moved: &Moved, all: &[Moved]) -> bool {
    !moved.change.is_mild()
        || !all.iter().any(|other| matches!(other.change, Change::Goal(_)) && other.note == moved.note)
}

fn with_place(maker: Maker<'_>, known: &Move<'_>) -> MoveRow {
    let page = maker.link(&routes::team_quarter(known.team.quarter.id, &known.team.plan.team));
    let objective = &known.objective.plan.id.value;
    let place = match &known.key_result {
        Some(report) => Link {
            text: title(report.title()),
            href: format!("{page}#{}", routes::fragment(objective, &report.plan.id.value)),
        },
        None => Link { text: title(&known.objective.plan.title.value), href: format!("{page}#{objective}") },
    };
    let scores = match &known.key_result {
        Some(report) if !known.moved.change.is_mild() => scores(maker, report.score),
        _ => String::new(),
    };
    MoveRow { place: Some(place), team: known.team.name.to_owned(), scores, ..row(maker, known.moved) }
}

fn row(maker: Maker<'_>, moved: &Moved) -> MoveRow {
    let phrases = maker.phrases();
    let (what, was, is) = phrases.change_parts(&moved.change);
    MoveRow {
        place: None,
        team: String::new(),
        what,
        was: title(&was),
        is: title(&is),
        said: phrases.amended(moved.note.as_ref()),
        scores: String::new(),
        code: if moved.change.is_mild() { "mild" } else { "weighty" },
    }
}

/// Says both scores, where terms were moved that a score counts from.
fn scores(maker: Maker<'_>, score: &KeyResultScore) -> String {
    let amended = score.amended.as_ref().map(|amended| amended.score);
    amended.map(|amended| maker.phrases().both_scores(score.score, amended)).unwrap_or_default()
}
