//! A report as a site: pages, machine forms and assets, one by one.
//!
//! In: a [`Report`] and the book's own templates and assets. Out: [`Route`]s, and for each of them an
//! [`OutputFile`]. All links are relative to files, so that the site works from any folder; nothing is written
//! here, and no page knows of another page's text.

mod assets;
mod atoms;
mod data;
mod feed;
mod figures;
mod markup;
mod paper;
mod pieces;
mod redirects;
mod routes;
mod templates;
#[cfg(test)]
mod tests;
mod views;

pub use assets::{FrozenFiles, Overrides};
pub use data::{SCHEMA as DATA_SCHEMA, book_schema, quarter_schema};
pub use redirects::Target;
pub use routes::{Page, Route};
pub use templates::built_in_templates;

use crate::error::{Error, Result};
use crate::report::Report;
use crate::report::packet::Scope;
use assets::Assets;
use atoms::Atoms;
use templates::Templates;

pub use crate::report::MADE_BY;

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Path inside the site, with forward slashes.
    pub path: String,
    /// The bytes.
    pub content: Vec<u8>,
}

impl OutputFile {
    /// Returns how many charts and sparklines the file shows.
    #[must_use]
    pub fn charts(&self) -> usize {
        if !self.path.ends_with(".html") {
            return 0;
        }
        let drawings = memchr::memmem::find_iter(&self.content, "<svg class=\"");
        let class = |at: usize| self.content.get(at + "<svg class=\"".len()..).unwrap_or_default();
        drawings.filter(|&at| class(at).starts_with(b"chart") || class(at).starts_with(b"spark")).count()
    }
}

/// A site, whose files are made when they are asked for.
#[derive(Debug)]
pub struct Site<'a> {
    report: &'a Report<'a>,
    frozen: Option<&'a dyn FrozenFiles>,
    templates: Templates,
    assets: Assets,
    atoms: Atoms,
    routes: Vec<Route>,
    pdf: bool,
}

impl<'a> Site<'a> {
    /// Returns the site of a report.
    ///
    /// # Errors
    ///
    /// Where one of the book's own templates is wrong.
    pub fn new(report: &'a Report<'a>, overrides: &Overrides<'a>) -> Result<Self> {
        let assets = Assets::new(report.inputs.identity, overrides);
        let shell = views::Shell::new(report, &assets);
        let templates = Templates::new(overrides.templates, &shell, report.words())?;
        let atoms = Atoms::new(&templates, report.format)?;
        let routes = routes::all(report, &assets, overrides.frozen);
        Ok(Self { report, frozen: overrides.frozen, templates, assets, atoms, routes, pdf: overrides.pdf })
    }

    /// Returns all files of the site, sorted by path.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// Returns the PDF files that pages link to, each with the packet that it holds: none unless they were asked for,
    /// and none of sealed quarters.
    #[must_use]
    pub fn pdfs(&self) -> Vec<(String, Scope)> {
        let packets = self.routes.iter().filter(|_| self.pdf).filter_map(|route| match route.page {
            Page::Packet(scope) => Some((routes::pdf(&route.path), scope)),
            _ => None,
        });
        packets.collect()
    }

    /// Returns one file of the site.
    ///
    /// # Errors
    ///
    /// Where one of the book's own templates asks for something that the page doesn't have.
    pub fn render(&self, route: &Route) -> Result<OutputFile> {
        let content = match route.page {
            Page::Asset(place) => self.assets.bytes(place).to_vec(),
            Page::Feed => feed::atom(self.report).into_bytes(),
            Page::Sitemap => feed::sitemap(self.report, &self.routes).into_bytes(),
            Page::BookJson => data::book_json(self.report).into_bytes(),
            Page::QuarterJson(quarter) => data::quarter_json(self.report, quarter).into_bytes(),
            Page::QuarterCsv(quarter) => data::quarter_csv(self.report, quarter).into_bytes(),
            Page::MetricCsv(place) => data::metric_csv(self.report, place),
            Page::Frozen => self.frozen(&route.path)?,
            _ => views::page(self, route)?,
        };
        Ok(OutputFile { path: route.path.clone(), content })
    }

    fn frozen(&self, path: &str) -> Result<Vec<u8>> {
        let none = || Error::Integrity { message: format!("nobody holds the sealed page {path}") };
        self.frozen.ok_or_else(none)?.bytes(path)
    }
}
