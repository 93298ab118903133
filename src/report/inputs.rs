//! Everything that a report is made from.
//!
//! In: what reading, loading, scoring and checking found out. Out: the same, as one value that is handed on whole.

use std::collections::BTreeMap;

use super::text::{Language, Words};
use crate::config::{NavItem, Paper};
use crate::diag::{Allowed, Diagnostic};
use crate::model::archive::Archive;
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::plan::Plan;
use crate::model::scorecard::Scorecard;
use crate::source::Sources;

/// What a book says about itself, as pages need it.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Whose book it is.
    pub organisation: String,
    /// The language of the interface.
    pub language: Language,
    /// Where the site will stand, with a slash at its end.
    pub base_url: Option<String>,
    /// The accent colour, `#12436D`.
    pub accent: Option<String>,
    /// The logo's path in the book.
    pub logo: Option<String>,
    /// The paper that documents are made for.
    pub paper: Paper,
    /// Whether owners have pages.
    pub people_pages: bool,
    /// The font's path in the book.
    pub font: Option<String>,
    /// What the navigation names, where the book says so.
    pub nav: Option<Vec<NavItem>>,
    /// The words of the interface: of a book of quarters, and of one of other cycles.
    pub words: [&'static Words; 2],
}

impl Default for Identity {
    fn default() -> Self {
        Self {
            organisation: String::new(),
            language: Language::default(),
            base_url: None,
            accent: None,
            logo: None,
            paper: Paper::default(),
            people_pages: true,
            font: None,
            nav: None,
            words: [Language::default().words(), Language::default().words_of_cycles()],
        }
    }
}

/// Everything that a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// What the book says about itself.
    pub identity: &'a Identity,
    /// What the teams wrote.
    pub plan: &'a Plan,
    /// What scoring found out.
    pub scorecard: &'a Scorecard,
    /// What the exports say, by metric.
    pub histories: &'a BTreeMap<Slug, History>,
    /// What is wrong with the book, sorted.
    pub findings: &'a [Diagnostic],
    /// What the book allows, sorted.
    pub allowed: &'a [Allowed],
    /// The book's texts, for places.
    pub sources: &'a Sources,
    /// The sealed quarters.
    pub archive: &'a Archive,
}
