//! What all pages share: head, navigation, breadcrumb, footer.

use std::borrow::Cow;

use serde::Serialize;

use super::Maker;
use super::nav::{self, Item, Nav};
use crate::render::MADE_BY;
use crate::render::assets::{Assets, SCRIPT};
use crate::render::routes;
use crate::render::stencil::Field;
use crate::report::Ages;
use crate::report::Report;
use crate::report::text::Language;

/// A link with its text.
#[derive(Debug, Serialize)]
pub(super) struct Link {
    pub(super) text: String,
    pub(super) href: String,
}

impl Link {
    /// Returns the link's strings.
    pub(super) fn field(&self) -> Field<'_> {
        Field::Map(vec![("text", Field::Text(&self.text)), ("href", Field::Text(&self.href))])
    }
}

/// What every page prints, made once.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Shell<'a> {
    site: SiteView<'a>,
}

#[derive(Debug, Serialize)]
struct SiteView<'a> {
    organisation: &'a str,
    lang: &'static str,
    styles: Vec<&'a str>,
    /// Whether the book brings fonts along, which the policy allows then.
    fonts: bool,
    icon: Option<&'a str>,
    logo: Option<&'a str>,
    feed: &'static str,
    home: &'static str,
    made_by: &'static str,
    script: Option<&'a str>,
    script_words: String,
    /// All links in one list, which templates of a book's own may print.
    nav: Vec<Item>,
    menu: Nav,
}

impl<'a> Shell<'a> {
    pub(in crate::render) fn new(report: &'a Report<'a>, assets: &'a Assets) -> Self {
        let identity = report.inputs.identity;
        let site = SiteView {
            organisation: &identity.organisation,
            lang: identity.language.tag(),
            styles: assets.styles(),
            fonts: assets.has_fonts(),
            icon: assets.path("favicon.svg"),
            logo: identity.logo.as_deref().and_then(|logo| assets.path(logo)),
            feed: routes::FEED,
            home: routes::INDEX,
            made_by: MADE_BY,
            script: assets.path(SCRIPT),
            script_words: script_words(identity.language),
            nav: nav::flat(report),
            menu: Nav::new(report),
        };
        Self { site }
    }
}

/// Returns what the script says: `name=text`, one behind the other.
fn script_words(language: Language) -> String {
    let pairs: Vec<String> = language.script_words().iter().map(|(name, text)| format!("{name}={text}")).collect();
    pairs.join("|")
}

/// What a page says about itself.
#[derive(Debug, Serialize)]
pub(super) struct Chrome {
    title: String,
    description: String,
    root: String,
    section: Cow<'static, str>,
    crumbs: Vec<Link>,
    /// What the page is called at the end of the way to it.
    here: String,
    footer: String,
}

impl Chrome {
    /// Returns the frame of a page of a section; `ages` are those of the data that the page shows.
    pub(super) fn new(maker: Maker<'_>, section: &'static str, title: impl Into<String>, ages: Ages) -> Self {
        let title = title.into();
        Self {
            description: format!("{title}, {}", maker.report.inputs.identity.organisation),
            here: title.clone(),
            title,
            root: maker.root.to_owned(),
            section: section.into(),
            crumbs: Vec::new(),
            footer: maker.phrases().as_of(maker.report.as_of(), ages),
        }
    }

    /// Adds a step of the way from the overview to this page.
    pub(super) fn crumb(mut self, text: impl Into<String>, href: String) -> Self {
        self.crumbs.push(Link { text: text.into(), href });
        self
    }

    /// Says what the page is called at the end of the way to it, where its title says more.
    pub(super) fn here(mut self, text: &str) -> Self {
        text.clone_into(&mut self.here);
        self
    }

    /// Returns the frame's strings.
    pub(super) fn field(&self) -> Field<'_> {
        Field::Map(vec![
            ("title", Field::Text(&self.title)),
            ("description", Field::Text(&self.description)),
            ("root", Field::Text(&self.root)),
            ("section", Field::Word(&self.section)),
            ("crumbs", Field::List(self.crumbs.iter().map(Link::field).collect())),
            ("here", Field::Text(&self.here)),
            ("footer", Field::Text(&self.footer)),
        ])
    }

    /// Puts the page into a section of its own: that of its path.
    pub(super) fn in_section(mut self, path: String) -> Self {
        self.section = path.into();
        self
    }

    /// Says what the page is about, for searches.
    pub(super) fn describe(mut self, description: String) -> Self {
        self.description = description;
        self
    }
}
