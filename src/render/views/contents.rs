//! What stands on a long page, as links that stay in sight.

use super::Maker;
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::stencil::Field;

/// The fewest parts that are worth a list.
const FEWEST: usize = 2;

/// Returns the list of a page's parts, each with its id and what it is called; nothing where there are hardly any.
pub(super) fn contents<'a>(maker: Maker<'_>, parts: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Markup> {
    let (mut list, mut count) = (Markup::default(), 0);
    for (id, text) in parts {
        maker.add(&mut list, Piece::ContentsItem, &[("id", Field::Text(id)), ("text", Field::Text(text))])?;
        count += 1;
    }
    let mut contents = Markup::default();
    if count >= FEWEST {
        maker.add(&mut contents, Piece::Contents, &[("list", Field::Html(&list))])?;
    }
    Ok(contents)
}
