//! Moved goalposts: what was committed, what is said now, and both scores.

use super::Maker;
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::stencil::Field;
use crate::report::QuarterReport;
use crate::report::shown::{self, Goalposts, MoveRow, Moved};

/// Returns what was moved of something since its lock, on its own card.
pub(super) fn goalposts(maker: Maker<'_>, moved: Option<&Goalposts>) -> Result<Markup> {
    let mut markup = Markup::default();
    let Some(moved) = moved else { return Ok(markup) };
    let mut rows = Markup::default();
    for row in &moved.rows {
        add_row(&mut rows, maker, row, None)?;
    }
    let fields = [
        ("title", Field::Text(&moved.title)),
        ("table", Field::Html(&table(maker, &rows)?)),
        ("scores", Field::Text(&moved.scores)),
    ];
    maker.add(&mut markup, Piece::Goalposts, &fields)?;
    Ok(markup)
}

/// Returns all that was moved in a quarter.
pub(super) fn of_quarter<'a>(maker: Maker<'a>, quarter: &QuarterReport<'a>) -> Result<Markup> {
    let mut rows = Markup::default();
    for known in &shown::of_quarter(maker.report, quarter) {
        add_row(&mut rows, maker, &known.row, Some(known))?;
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

/// Adds a row; on a card, it needn't say of what it is.
fn add_row(out: &mut Markup, maker: Maker<'_>, row: &MoveRow, of: Option<&Moved<'_>>) -> Result<()> {
    let href = of.map(|of| maker.href(&of.target)).unwrap_or_default();
    let fields = [
        ("code", Field::Text(row.code)),
        ("href", Field::Text(&href)),
        ("place", Field::Text(of.map_or("", |of| &of.title))),
        ("team", Field::Text(of.map_or("", |of| of.team))),
        ("what", Field::Text(row.what)),
        ("was", Field::Text(&row.was)),
        ("is", Field::Text(&row.is)),
        ("said", Field::Text(&row.said)),
        ("scores", Field::Text(of.map_or("", |of| &of.scores))),
    ];
    out.begin_line(out.is_empty());
    maker.add(out, Piece::MoveRow, &fields)
}
