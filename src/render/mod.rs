//! A report as a site: pages, machine forms and assets, one by one.
//!
//! In: a [`Report`] and the book's own templates and assets. Out: [`Route`]s, and for each of them an
//! [`OutputFile`]. All links are relative to files, so that the site works from any folder; nothing is written
//! here, and no page knows of another page's text.

mod assets;
mod atoms;
mod built_in;
mod data;
mod difference;
pub mod ejecting;
mod feed;
mod figures;
mod markup;
mod nesting;
mod paper;
mod pieces;
mod redirects;
mod routes;
mod search;
mod sheets;
mod stale;
mod stencil;
mod templates;
#[cfg(test)]
mod tests;
mod views;
mod work;

pub use assets::{FrozenFiles, Overrides};
pub use built_in::built_in_templates;
pub(crate) use data::form;
pub use data::{SCHEMA as DATA_SCHEMA, book_schema, quarter_schema};
pub use routes::{Page, Route, Target, address};
pub use stale::template_findings;

use crate::error::{Error, Result};
use crate::report::Report;
use crate::report::packet::Scope;
use assets::Assets;
use atoms::Atoms;
use data::Pieces;
use markup::Markup;
use templates::Templates;
use views::Maker;

pub use crate::report::MADE_BY;

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Path inside the site, with forward slashes.
    pub path: String,
    /// The bytes.
    pub content: Vec<u8>,
}

/// Returns how many charts and sparklines a file shows.
#[must_use]
pub fn charts(path: &str, content: &[u8]) -> usize {
    if !path.ends_with(".html") {
        return 0;
    }
    let drawings = memchr::memmem::find_iter(content, "<svg class=\"");
    let class = |at: usize| content.get(at + "<svg class=\"".len()..).unwrap_or_default();
    // What is drawn again for narrow screens is no chart more.
    let is_first = |at: usize| class(at).starts_with(b"chart") && !class(at).starts_with(b"chart tall");
    drawings.filter(|&at| is_first(at) || class(at).starts_with(b"spark")).count()
}

/// Names the page on which something is missing that its template was given.
fn on_page(mut error: Error, path: &str) -> Error {
    if let Error::Template { code, message, .. } = &mut error
        && *code == templates::WITHHELD
    {
        message.push_str(&format!(" ({path})"));
    }
    error
}

fn put(content: &mut Vec<u8>, bytes: &[u8]) {
    content.clear();
    content.extend_from_slice(bytes);
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
        let templates = Templates::with_assets(overrides.templates, &shell, report.words(), assets.by_name())?;
        let atoms = Atoms::new(&templates, report)?;
        let routes = routes::all(report, &assets, redirects::all(report), overrides.frozen);
        Ok(Self { report, frozen: overrides.frozen, templates, assets, atoms, routes, pdf: overrides.pdf })
    }

    /// Returns what is wrong with the book's own templates that may show on no page of this book.
    #[must_use]
    pub fn template_errors(&self) -> Vec<Error> {
        self.templates.tried()
    }

    /// Returns all files of the site, sorted by path.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// Says whether pages are made with templates of the book's own.
    #[must_use]
    pub fn has_own_templates(&self) -> bool {
        self.templates.has_own()
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
    /// Where one of the book's own templates asks for something that the page doesn't have, or makes a page that could
    /// run or load something.
    pub fn render(&self, route: &Route) -> Result<OutputFile> {
        let mut content = Vec::new();
        self.render_into(route, &mut content, &mut |_| Ok(()))?;
        Ok(OutputFile { path: route.path.clone(), content })
    }

    /// Puts one file of the site into `content`, whose memory is used again. Of a large one that is made item by item,
    /// `take_piece` gets what there is from time to time, and may take it.
    ///
    /// # Errors
    ///
    /// As [`render`](Self::render).
    pub fn render_into(
        &self,
        route: &Route,
        content: &mut Vec<u8>,
        take_piece: &mut dyn FnMut(&mut Vec<u8>) -> Result<()>,
    ) -> Result<()> {
        match route.page {
            Page::Asset(place) => put(content, self.assets.bytes(place)),
            Page::Feed => put(content, feed::atom(self.report).as_bytes()),
            Page::Sitemap => put(content, feed::sitemap(self.report, &self.routes).as_bytes()),
            Page::Search(None) => search::book(self.report, content),
            Page::Search(Some(place)) => search::cycle(self.report, place, content),
            Page::BookJson => data::book_json(self.report, Pieces::new(content, take_piece))?,
            Page::QuarterJson(quarter) => {
                data::quarter_json(self.report, quarter, Pieces::new(content, take_piece))?;
            }
            Page::QuarterCsv(quarter) => *content = data::quarter_csv(self.report, quarter).into_bytes(),
            Page::MetricCsv(place) => data::metric_csv(self.report, place, content),
            Page::Frozen => *content = self.frozen(&route.path)?,
            _ => {
                let mut page = Markup::over(std::mem::take(content));
                let root = self.root(route);
                self.templates.begin_page(&root);
                let made = views::add_page(&mut page, self.maker(&root), route.page);
                *content = page.into_bytes();
                made.map_err(|error| on_page(error, &route.path))?;
                let base = self.report.inputs.identity.base_url.as_deref().filter(|_| route.page == Page::NotFound);
                self.templates.look(&route.path, content, base)?;
            }
        }
        Ok(())
    }

    /// Returns what leads from a file to the site's root.
    fn root(&self, route: &Route) -> String {
        match (&route.page, &self.report.inputs.identity.base_url) {
            (Page::NotFound, Some(base)) => base.clone(),
            _ => route.root(),
        }
    }

    fn maker<'m>(&'m self, root: &'m str) -> Maker<'m> {
        Maker {
            report: self.report,
            assets: &self.assets,
            atoms: &self.atoms,
            templates: &self.templates,
            format: self.report.format,
            words: self.report.words(),
            root,
            pdf: self.pdf,
        }
    }

    fn frozen(&self, path: &str) -> Result<Vec<u8>> {
        let none = || Error::Integrity { message: format!("nobody holds the sealed page {path}") };
        self.frozen.ok_or_else(none)?.bytes(path)
    }
}
