//! Views: what each page's template prints, as finished strings.
//!
//! In: the report and a route. Out: a page's text. One file for each page; a view decides everything, its
//! template nothing.

mod archive;
mod check_ins;
mod checks;
mod facts;
mod index;
mod key_result;
mod map;
mod metric;
mod metrics;
mod moves;
mod not_found;
mod outcomes;
mod own_page;
mod packet;
mod quality;
mod quarter;
mod redirect;
mod remarks;
mod retrospective;
mod rule;
mod scores;
mod shell;
mod team;
mod team_quarter;

pub(super) use shell::Shell;

use crate::error::Result;

use super::Site;
use super::assets::Assets;
use super::atoms::Atoms;
use super::markup::Markup;
use super::pieces::Piece;
use super::routes::{self, Page, Route};
use super::stencil::{Fields, Inner};
use super::templates::Templates;
use crate::model::ids::QuarterId;
use crate::model::metric::Metric;
use crate::report::decide::Mark;
use crate::report::format::Format;
use crate::report::shown::{Graded, Target};
use crate::report::text::{Phrases, Words};
use crate::report::{Report, TeamReport};

/// What a view is made with.
#[derive(Debug, Clone, Copy)]
struct Maker<'a> {
    report: &'a Report<'a>,
    assets: &'a Assets,
    atoms: &'a Atoms,
    templates: &'a Templates,
    format: Format,
    words: &'static Words,
    /// What leads from the page to the site's root.
    root: &'a str,
    /// Whether packets have PDF files.
    pdf: bool,
}

impl<'a> Maker<'a> {
    /// Returns the link to the PDF file of a packet's page; nothing where none was built.
    fn pdf_link(&self, page: &str) -> String {
        if self.pdf { self.link(&routes::pdf(page)) } else { String::new() }
    }

    /// Returns what puts numbers into words.
    const fn phrases(&self) -> Phrases {
        Phrases::new(self.format)
    }

    /// Adds a small template with its strings.
    fn add(&self, out: &mut Markup, piece: Piece, fields: &Fields<'_>) -> Result<()> {
        self.templates.add(out, piece, fields)
    }

    /// Adds a small template with its strings and with what `inner` adds in the place of one.
    fn add_around(&self, out: &mut Markup, piece: Piece, fields: &Fields<'_>, inner: &mut Inner<'_>) -> Result<()> {
        self.templates.add_around(out, piece, fields, inner)
    }

    /// Returns the part of the navigation that a quarter's pages belong to; earlier quarters have none.
    fn part_of(&self, quarter: QuarterId) -> &'static str {
        let current = self.report.current().and_then(|place| self.report.quarters.get(place));
        if current.is_some_and(|current| current.id() == quarter) { "quarter" } else { "earlier" }
    }

    /// Returns the address of what something leads to, as the page has to write it.
    fn href(&self, target: &Target<'_>) -> String {
        let page = |team: &TeamReport<'_>| self.link(&routes::team_quarter(team.quarter.id, &team.plan.team));
        match target {
            Target::KeyResult(known) => {
                let fragment = routes::fragment(&known.objective.id.value, &known.plan.id.value);
                [page(&known.team).as_str(), "#", &fragment].concat()
            }
            Target::Objective(team, plan) => [page(team).as_str(), "#", plan.id.value.as_str()].concat(),
            Target::Team(team) => page(team),
            Target::Metric(id) => self.link(&routes::metric(id)),
        }
    }

    /// Returns a grade.
    fn grade(&self, graded: Graded) -> &'a Markup {
        self.atoms.grade(graded)
    }

    /// Returns a grade for a column whose head says that grades are so far.
    fn in_column(&self, graded: Graded) -> &'a Markup {
        self.atoms.column_grade(graded)
    }

    /// Returns marks, each behind a space.
    fn marks(&self, marks: &[Mark]) -> Markup {
        let mut markup = Markup::default();
        for mark in marks {
            markup.add_word(self.atoms.mark(*mark));
        }
        markup
    }

    /// Returns the metric at a place among all.
    fn metric(&self, place: usize) -> Option<&'a Metric> {
        self.report.metric_at(place)
    }

    /// Returns the address in the site for one that stands in a Markdown text.
    fn resolve(&self, address: &str) -> String {
        if let Some((_, name)) = address.rsplit_once("assets/")
            && let Some(path) = self.assets.path(name)
        {
            return self.link(path);
        }
        match address.strip_suffix(".md") {
            Some(page) => format!("{page}.html"),
            None => address.to_owned(),
        }
    }

    /// Returns the address of a file of the site, as the page has to write it.
    fn link(&self, path: &str) -> String {
        let mut link = String::with_capacity(self.root.len() + path.len());
        link.push_str(self.root);
        link.push_str(path);
        link
    }
}

/// Adds the text of a page.
///
/// # Errors
///
/// Where one of the book's own templates asks for something that the page doesn't have.
pub(super) fn add_page(out: &mut Markup, site: &Site<'_>, route: &Route) -> Result<()> {
    let report = site.report;
    let root = match (&route.page, &report.inputs.identity.base_url) {
        (Page::NotFound, Some(base)) => base.clone(),
        _ => route.root(),
    };
    let maker = Maker {
        report,
        assets: &site.assets,
        atoms: &site.atoms,
        templates: &site.templates,
        format: report.format,
        words: report.words(),
        root: &root,
        pdf: site.pdf,
    };
    let templates = &site.templates;
    match route.page {
        Page::Index => templates.add_page(out, "index.html", &index::view(maker)?),
        Page::Quarter(place) => templates.add_page(out, "quarter.html", &quarter::view(maker, place)?),
        Page::TeamQuarter(place) => team_quarter::add(out, maker, place),
        Page::Retrospective(place) => {
            templates.add_page(out, "retrospective.html", &retrospective::view(maker, place)?)
        }
        Page::Packet(scope) => templates.add_page(out, "packet.html", &packet::view(maker, scope)),
        Page::Team(place) => templates.add_page(out, "team.html", &team::view(maker, place)?),
        Page::Metrics => templates.add_page(out, "metrics.html", &metrics::view(maker)),
        Page::Metric(place) => metric::add(out, maker, place),
        Page::Outcomes => templates.add_page(out, "outcomes.html", &outcomes::view(maker)),
        Page::Checks => templates.add_page(out, "checks.html", &checks::view(maker)?),
        Page::Rule(place) => templates.add_page(out, "rule.html", &rule::view(maker, place)?),
        Page::Archive => templates.add_page(out, "archive.html", &archive::view(maker)),
        Page::Redirect(target) => templates.add_page(out, "redirect.html", &redirect::view(maker, target)),
        Page::Own(place) => templates.add_page(out, "page.html", &own_page::view(maker, place)),
        _ => templates.add_page(out, "404.html", &not_found::view(maker)),
    }
}
