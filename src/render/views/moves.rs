//! Moved goalposts: what was committed, what is said now, and both scores.

use super::Maker;
use super::scores::title;
use crate::error::Result;
use crate::model::ledger::change::Moved;
use crate::model::ledger::commitment::Commitment;
use crate::model::scorecard::KeyResultScore;
use crate::render::markup::{Field, Markup};
use crate::render::pieces::Piece;
use crate::render::routes;
use crate::report::ledger::{Move, tells};
use crate::report::{KeyResultReport, QuarterReport};

/// Where something was moved; empty on a key result's own card.
#[derive(Default)]
struct Place {
    title: String,
    href: String,
    team: String,
    scores: String,
}

/// Returns what was moved of a key result since its lock.
pub(super) fn of_key_result(maker: Maker<'_>, report: &KeyResultReport<'_>) -> Result<Markup> {
    let phrases = maker.phrases();
    let mut rows = Markup::default();
    let (title, scores) = match &report.plan.commitment {
        Commitment::Open => return Ok(rows),
        Commitment::Locked(locked) if locked.moves.is_empty() => return Ok(rows),
        Commitment::Added { on, note } => (phrases.added_since(*on), phrases.added(note.as_ref())),
        Commitment::Locked(locked) => {
            for moved in locked.moves.iter().filter(|moved| tells(moved, &locked.moves)) {
                add_row(&mut rows, maker, moved, &Place::default())?;
            }
            let title = phrases.moved_since(locked.on, locked.is_moved(), locked.is_dropped);
            (title, scores(maker, report.score))
        }
    };
    let mut markup = Markup::default();
    let fields = [
        ("title", Field::Text(&title)),
        ("table", Field::Html(&table(maker, &rows)?)),
        ("scores", Field::Text(&scores)),
    ];
    maker.add(&mut markup, Piece::Goalposts, &fields)?;
    Ok(markup)
}

/// Returns all that was moved in a quarter: goalposts first, then wordings.
pub(super) fn of_quarter(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> Result<Markup> {
    let mut moves = maker.report.moves(quarter);
    moves.retain(|known| {
        let all = known.key_result.map(|report| report.plan.commitment.moves()).unwrap_or_default();
        tells(known.moved, all)
    });
    moves.sort_by_key(|known| known.moved.change.is_mild());
    let mut rows = Markup::default();
    for known in &moves {
        add_row(&mut rows, maker, known.moved, &place(maker, known))?;
    }
    table(maker, &rows)
}

fn table(maker: Maker<'_>, rows: &Markup) -> Result<Markup> {
    let mut table = Markup::default();
    if !rows.is_empty() {
        maker.add(&mut table, Piece::Moves, &[("rows", Field::Html(rows))])?;
    }
    Ok(table)
}

fn place(maker: Maker<'_>, known: &Move<'_>) -> Place {
    let page = maker.link(&routes::team_quarter(known.team.quarter.id, &known.team.plan.team));
    let objective = &known.objective.plan.id.value;
    let (name, fragment) = match &known.key_result {
        Some(report) => (title(report.title()), routes::fragment(objective, &report.plan.id.value)),
        None => (title(&known.objective.plan.title.value), objective.to_string()),
    };
    let scores = match &known.key_result {
        Some(report) if !known.moved.change.is_mild() => scores(maker, report.score),
        _ => String::new(),
    };
    let href = [page.as_str(), "#", &fragment].concat();
    Place { title: name.into_owned(), href, team: known.team.name.to_owned(), scores }
}

fn add_row(out: &mut Markup, maker: Maker<'_>, moved: &Moved, place: &Place) -> Result<()> {
    let phrases = maker.phrases();
    let (what, was, is) = phrases.change_parts(&moved.change);
    let fields = [
        ("code", Field::Text(if moved.change.is_mild() { "mild" } else { "weighty" })),
        ("href", Field::Text(&place.href)),
        ("place", Field::Text(&place.title)),
        ("team", Field::Text(&place.team)),
        ("what", Field::Text(what)),
        ("was", Field::Text(&title(&was))),
        ("is", Field::Text(&title(&is))),
        ("said", Field::Text(&phrases.amended(moved.note.as_ref()))),
        ("scores", Field::Text(&place.scores)),
    ];
    out.begin_line(out.is_empty());
    maker.add(out, Piece::MoveRow, &fields)
}

/// Says both scores, where terms were moved that a score counts from.
fn scores(maker: Maker<'_>, score: &KeyResultScore) -> String {
    let amended = score.amended.as_ref().map(|amended| amended.score);
    amended.map(|amended| maker.phrases().both_scores(score.score, amended)).unwrap_or_default()
}
