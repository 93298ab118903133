//! Terms with what is said about them, as lists on several pages.

use std::borrow::Cow;

use super::Maker;
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::stencil::Field;
use crate::report::shown::Fact;

/// Returns facts as a list.
pub(super) fn list(maker: Maker<'_>, facts: &[Fact<'_>]) -> Result<Markup> {
    let mut list = Markup::default();
    for fact in facts {
        let href = fact.target.as_ref().map(|target| maker.href(target)).unwrap_or_default();
        let fields =
            [("term", Field::Text(fact.term)), ("text", Field::Text(&fact.text)), ("href", Field::Text(&href))];
        list.begin_line(list.is_empty());
        maker.add(&mut list, Piece::Fact, &fields)?;
    }
    let mut facts = Markup::default();
    maker.add(&mut facts, Piece::Facts, &[("list", Field::Html(&list))])?;
    Ok(facts)
}

/// Returns a fact that leads nowhere; nothing where nothing is said.
pub(super) fn stated<'a>(term: &'static str, text: impl Into<Cow<'a, str>>) -> Option<Fact<'a>> {
    Fact::stated(term, Some(text.into()))
}
