//! The book's settings.
//!
//! In: the workspace with its `okrbook.yaml`. Out: a [`Config`] in which everything that the book leaves out has its
//! default, and what is wrong with the file. Looks at no other file's text.

mod calendar;
mod holidays;
mod nav;
mod parse;
mod people;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;

pub use parse::{read, read_text};
pub use words::OwnWord;

use crate::model::calendar::{Calendar, Day};
use crate::model::ids::CycleId;
use crate::model::person::Person;
use crate::model::plan::Team;
use crate::model::scorecard::FinalMissing;
pub use crate::model::settings::{CheckLevel, Paper};
use crate::source::{Span, Spanned};

/// A book's settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// Whose book it is.
    pub organisation: String,
    /// How time is cut into quarters.
    pub calendar: Calendar,
    /// The quarters whose days the settings give, where they are named.
    pub quarter_places: Vec<(CycleId, Span)>,
    /// The day as of which everything is computed, where the book pins it.
    pub as_of: Option<Day>,
    /// Where the site will be published; ends with a slash.
    pub base_url: Option<String>,
    /// The language of texts, dates and numbers.
    pub locale: String,
    /// The paper of packets.
    pub paper: Paper,
    /// The people that the settings name, in the file's order.
    pub people: Vec<Person>,
    /// Whether owners have pages.
    pub people_pages: bool,
    /// The teams that the settings name, in the file's order.
    pub teams: Vec<Team>,
    /// How scores are computed where books may differ.
    pub scoring: Scoring,
    /// Levels of checks by their codes, in the file's order.
    pub checks: Vec<(Spanned<String>, CheckLevel)>,
    /// The path of the book's own catalogue of measures that can be gamed.
    pub catalogue: Option<Spanned<Arc<str>>>,
    /// How the site looks.
    pub brand: Brand,
    /// What the navigation names, where the settings say so.
    pub nav: Option<Vec<NavItem>>,
    /// Words of the interface as the book says them.
    pub words: Vec<OwnWord>,
}

/// Something that the navigation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavItem {
    /// A part of the site.
    Part(NavPart),
    /// A page of the book's own, by its file's name without an ending.
    Page(String),
    /// Something outside of the site.
    Elsewhere {
        /// What it is called.
        title: String,
        /// Its whole address.
        href: String,
    },
}

/// A part of the site that the navigation may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the page of the same name")]
pub enum NavPart {
    Teams,
    People,
    Outcomes,
    Metrics,
    Checks,
    Alignment,
    Archive,
}

impl NavPart {
    /// All of them with the words that settings use.
    pub const WORDS: &[(&'static str, Self)] = &[
        ("teams", Self::Teams),
        ("people", Self::People),
        ("outcomes", Self::Outcomes),
        ("metrics", Self::Metrics),
        ("checks", Self::Checks),
        ("alignment", Self::Alignment),
        ("archive", Self::Archive),
    ];
}

/// How scores are computed where books may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scoring {
    /// Days after which data is stale, where a metric says nothing else.
    pub stale_after: i32,
    /// What missing data counts once a quarter is over.
    pub final_missing: FinalMissing,
}

impl Default for Scoring {
    fn default() -> Self {
        Self { stale_after: 7, final_missing: FinalMissing::Zero }
    }
}

/// How the site looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brand {
    /// Path of the logo inside the book, under `assets/`.
    pub logo: Option<Arc<str>>,
    /// The accent as `#12436d`: always six hexadecimal digits in lower case.
    pub accent: Option<String>,
    /// Path of the font for texts and headings inside the book, under `assets/`.
    pub font: Option<Arc<str>>,
}
