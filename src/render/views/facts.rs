//! Terms with what is said about them, as lists on several pages.

use super::Maker;
use crate::error::Result;
use crate::render::markup::{Field, Markup};
use crate::render::pieces::Piece;

/// A list in the making.
pub(super) struct Facts<'a> {
    maker: Maker<'a>,
    list: Markup,
}

impl<'a> Facts<'a> {
    pub(super) fn new(maker: Maker<'a>) -> Self {
        Self { maker, list: Markup::default() }
    }

    /// Adds a term, unless nothing is said about it.
    pub(super) fn add(&mut self, term: &str, text: &str) -> Result<()> {
        self.add_link(term, text, "")
    }

    /// Adds a term, unless nothing is said about it, with a link.
    pub(super) fn add_link(&mut self, term: &str, text: &str, href: &str) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let fields = [("term", Field::Text(term)), ("text", Field::Text(text)), ("href", Field::Text(href))];
        self.list.begin_line(self.list.is_empty());
        self.maker.add(&mut self.list, Piece::Fact, &fields)
    }

    /// Returns the finished list.
    pub(super) fn finish(self) -> Result<Markup> {
        let mut facts = Markup::default();
        self.maker.add(&mut facts, Piece::Facts, &[("list", Field::Html(&self.list))])?;
        Ok(facts)
    }
}
