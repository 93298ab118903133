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
    // What has the same term stands under it once.
    for alike in facts.chunk_by(|one, next| one.term == next.term) {
        let Some((fact, others)) = alike.split_first() else { continue };
        let mut more = Markup::default();
        for other in others {
            let href = href(maker, other);
            let fields = [("text", Field::Text(&other.text)), ("href", Field::Text(&href))];
            maker.add(&mut more, Piece::FactMore, &fields)?;
        }
        let href = href(maker, fact);
        let fields = [
            ("term", Field::Text(fact.term)),
            ("text", Field::Text(&fact.text)),
            ("href", Field::Text(&href)),
            ("more", Field::Html(&more)),
        ];
        list.begin_line(list.is_empty());
        maker.add(&mut list, Piece::Fact, &fields)?;
    }
    let mut facts = Markup::default();
    maker.add(&mut facts, Piece::Facts, &[("list", Field::Html(&list))])?;
    Ok(facts)
}

fn href(maker: Maker<'_>, fact: &Fact<'_>) -> String {
    fact.target.as_ref().map(|target| maker.href(target)).unwrap_or_default()
}

/// Returns a fact that leads nowhere; nothing where nothing is said.
pub(super) fn stated<'a>(term: &'static str, text: impl Into<Cow<'a, str>>) -> Option<Fact<'a>> {
    Fact::stated(term, Some(text.into()))
}
