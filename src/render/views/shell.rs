//! What all pages share: head, navigation, breadcrumb, footer.

use std::borrow::Cow;

use serde::Serialize;

use super::Maker;
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
    icon: Option<&'a str>,
    logo: Option<&'a str>,
    feed: &'static str,
    home: &'static str,
    made_by: &'static str,
    script: Option<&'a str>,
    script_words: String,
    nav: Vec<NavItem>,
}

/// A link of the main navigation; `path` is from the site's root.
#[derive(Debug, Serialize)]
struct NavItem {
    text: String,
    path: String,
    section: Cow<'static, str>,
}

impl<'a> Shell<'a> {
    pub(in crate::render) fn new(report: &'a Report<'a>, assets: &'a Assets) -> Self {
        let identity = report.inputs.identity;
        let words = report.words();
        let item = |text: &str, path: &str, section: &'static str| NavItem {
            text: text.to_owned(),
            path: path.to_owned(),
            section: section.into(),
        };
        let mut nav = vec![item(words.overview, routes::INDEX, "index")];
        if let Some(quarter) = report.current().and_then(|place| report.quarters.get(place)) {
            nav.push(item(&quarter.plan.heading(), &routes::quarter(quarter.id()), "quarter"));
        }
        nav.push(item(words.outcomes, routes::OUTCOMES, "outcomes"));
        if report.has_support() {
            nav.push(item(words.alignment, routes::ALIGNMENT, "alignment"));
        }
        if report.has_people() {
            nav.push(item(words.people, routes::PEOPLE, "people"));
        }
        nav.push(item(words.metrics, routes::METRICS, "metrics"));
        nav.push(item(words.checks, routes::CHECKS, "checks"));
        nav.push(item(words.archive, routes::ARCHIVE, "archive"));
        for page in report.inputs.plan.navigation() {
            let (text, path) = (nav_text(page.nav.as_ref().unwrap_or(&page.title)), routes::own_page(&page.id));
            nav.push(NavItem { text, section: path.clone().into(), path });
        }
        let site = SiteView {
            organisation: &identity.organisation,
            lang: identity.language.tag(),
            styles: assets.styles(),
            icon: assets.path("favicon.svg"),
            logo: identity.logo.as_deref().and_then(|logo| assets.path(logo)),
            feed: routes::FEED,
            home: routes::INDEX,
            made_by: MADE_BY,
            script: assets.path(SCRIPT),
            script_words: script_words(identity.language),
            nav,
        };
        Self { site }
    }
}

/// Returns what the script says: `name=text`, one behind the other.
fn script_words(language: Language) -> String {
    let pairs: Vec<String> = language.script_words().iter().map(|(name, text)| format!("{name}={text}")).collect();
    pairs.join("|")
}

/// Characters of a page's title that the navigation shows.
const LONGEST: usize = 120;

/// Returns a title as the navigation shows it, which stands on every page.
fn nav_text(title: &str) -> String {
    match title.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

/// What a page says about itself.
#[derive(Debug, Serialize)]
pub(super) struct Chrome {
    title: String,
    description: String,
    root: String,
    section: Cow<'static, str>,
    crumbs: Vec<Link>,
    footer: String,
}

impl Chrome {
    /// Returns the frame of a page of a section; `ages` are those of the data that the page shows.
    pub(super) fn new(maker: Maker<'_>, section: &'static str, title: impl Into<String>, ages: Ages) -> Self {
        let title = title.into();
        Self {
            description: format!("{title}, {}", maker.report.inputs.identity.organisation),
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

    /// Returns the frame's strings.
    pub(super) fn field(&self) -> Field<'_> {
        Field::Map(vec![
            ("title", Field::Text(&self.title)),
            ("description", Field::Text(&self.description)),
            ("root", Field::Text(&self.root)),
            ("section", Field::Word(&self.section)),
            ("crumbs", Field::List(self.crumbs.iter().map(Link::field).collect())),
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
