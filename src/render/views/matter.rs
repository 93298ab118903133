//! "Did it matter?": the picture of an objective's key results and their outcome, on several pages.

use super::Maker;
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::stencil::Field;
use crate::report::{ObjectiveReport, TeamReport, matter};

/// Returns an objective's picture, whose ids begin with `prefix`, under what it is called, where the page doesn't say it;
/// nothing where there is none.
pub(super) fn figure<'a>(
    maker: Maker<'a>,
    team: TeamReport<'a>,
    objective: ObjectiveReport<'a>,
    prefix: &str,
    called: &str,
) -> Result<Markup> {
    let mut figure = Markup::default();
    let Some(known) = matter::matter(maker.report, team, objective, prefix) else { return Ok(figure) };
    let chart = Markup::from(known.chart.svg);
    let fields = [
        ("title", Field::Text(called)),
        ("sentence", Field::Text(&known.sentence)),
        ("measure", Field::Text(&known.chart.measure)),
        ("chart", Field::Html(&chart)),
        ("key", Field::Text(&known.key)),
    ];
    maker.add(&mut figure, Piece::Matter, &fields)?;
    Ok(figure)
}
