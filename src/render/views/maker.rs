//! What views are made with, and what many of them do with it.

use crate::error::Result;
use crate::model::ids::{CycleId, Slug};
use crate::model::metric::Metric;
use crate::render::assets::Assets;
use crate::render::atoms::Atoms;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::routes;
use crate::render::stencil::{Fields, Inner};
use crate::render::templates::Templates;
use crate::report::Report;
use crate::report::decide::Mark;
use crate::report::format::Format;
use crate::report::shown::{Graded, Target};
use crate::report::text::{Phrases, Words};

/// What a view is made with.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Maker<'a> {
    pub(in crate::render) report: &'a Report<'a>,
    pub(in crate::render) assets: &'a Assets,
    pub(in crate::render) atoms: &'a Atoms,
    pub(in crate::render) templates: &'a Templates,
    pub(in crate::render) format: Format,
    pub(in crate::render) words: &'static Words,
    /// What leads from the page to the site's root.
    pub(in crate::render) root: &'a str,
    /// Whether packets have PDF files.
    pub(in crate::render) pdf: bool,
}

impl<'a> Maker<'a> {
    /// Returns the link to the PDF file of a packet's page; nothing where none was built.
    pub(super) fn pdf_link(&self, page: &str) -> String {
        if self.pdf { self.link(&routes::pdf(page)) } else { String::new() }
    }

    /// Returns what puts numbers into words.
    pub(super) const fn phrases(&self) -> Phrases {
        Phrases::new(self.format)
    }

    /// Returns the phrases that speak of one cycle.
    pub(in crate::render) const fn phrases_of(self, cycle: CycleId) -> Phrases {
        Phrases::new(self.format.within(Some(cycle.kind())))
    }

    /// Adds a small template with its strings.
    pub(super) fn add(&self, out: &mut Markup, piece: Piece, fields: &Fields<'_>) -> Result<()> {
        self.templates.add(out, piece, fields)
    }

    /// Adds a small template with its strings and with what `inner` adds in the place of one.
    pub(super) fn add_around(
        &self,
        out: &mut Markup,
        piece: Piece,
        fields: &Fields<'_>,
        inner: &mut Inner<'_>,
    ) -> Result<()> {
        self.templates.add_around(out, piece, fields, inner)
    }

    /// Returns the part of the navigation that a quarter's pages belong to; earlier quarters have none.
    pub(super) fn part_of(&self, quarter: CycleId) -> &'static str {
        let current = self.report.current().and_then(|place| self.report.quarters.get(place));
        if current.is_some_and(|current| current.id() == quarter) { "quarter" } else { "earlier" }
    }

    /// Returns the address of what something leads to, as the page has to write it.
    pub(super) fn href(&self, target: &Target<'_>) -> String {
        self.link(&routes::address(self.report, target))
    }

    /// Returns a grade.
    pub(super) fn grade(&self, graded: Graded) -> &'a Markup {
        self.atoms.grade(graded)
    }

    /// Returns a grade for a column whose head says that grades are so far.
    pub(super) fn in_column(&self, graded: Graded) -> &'a Markup {
        self.atoms.column_grade(graded)
    }

    /// Returns marks, each behind a space.
    pub(super) fn marks(&self, marks: &[Mark]) -> Markup {
        let mut markup = Markup::default();
        for mark in marks {
            markup.add_word(self.atoms.mark(*mark));
        }
        markup
    }

    /// Returns the metric at a place among all.
    pub(super) fn metric(&self, place: usize) -> Option<&'a Metric> {
        self.report.metric_at(place)
    }

    /// Returns the address in the site for one that stands in a Markdown text.
    pub(super) fn resolve(&self, address: &str) -> String {
        if let Some((_, name)) = address.rsplit_once("assets/")
            && let Some(path) = self.assets.path(name)
        {
            return self.link(path);
        }
        if let Some(id) = address.strip_prefix("pages/").and_then(|page| Slug::new(page.strip_suffix(".md")?)) {
            return self.link(&routes::own_page(&id));
        }
        match address.strip_suffix(".md") {
            Some(page) => format!("{page}.html"),
            None => address.to_owned(),
        }
    }

    /// Returns the address of a file of the site, as the page has to write it.
    pub(super) fn link(&self, path: &str) -> String {
        let mut link = String::with_capacity(self.root.len() + path.len());
        link.push_str(self.root);
        link.push_str(path);
        link
    }
}
