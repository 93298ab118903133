//! A book that was opened, and what is made of it whatever becomes of that: its report and its site.
//!
//! In: settings, plan, histories and scores. Out: a [`Book`]; its report with its own templates and assets, handed to
//! whoever makes something of them. Reads assets; writes nothing.

use std::collections::BTreeMap;

use super::sealed::with_told;
use crate::config::Config;
use crate::diag::{Allowed, Diagnostic};
use crate::error::Result;
use crate::model::archive::Archive;
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::plan::Plan;
use crate::model::scorecard::Scorecard;
use crate::read::Binary;
use crate::render::{Overrides, Site};
use crate::report::text::{self, Language};
use crate::report::{Identity, Inputs, Report};
use crate::seal::Seals;
use crate::source::Sources;

/// A book that has been read, measured and scored.
#[derive(Debug)]
pub struct Book {
    /// Its settings.
    pub config: Config,
    /// What the teams wrote.
    pub plan: Plan,
    /// What the exports say, by metric.
    pub histories: BTreeMap<Slug, History>,
    /// What scoring found out.
    pub scorecard: Scorecard,
    /// Findings that the book allows in comments.
    pub allowed: Vec<Allowed>,
    /// Its files that are not text.
    pub(super) assets: Vec<Binary>,
    /// Its exports.
    pub(super) exports: Vec<Binary>,
    /// What is taken from its archive.
    pub(super) seals: Seals,
    /// What was said about sealed quarters when they were sealed.
    pub(super) told: Vec<Diagnostic>,
}

/// What reading a book told beside the book itself.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The texts, into which findings point.
    pub sources: &'a Sources,
    /// All that is wrong, sorted by place.
    pub findings: &'a [Diagnostic],
}

impl Book {
    pub(super) fn with_site<T>(
        &self,
        told: Told<'_>,
        base_url: Option<&str>,
        work: impl FnOnce(&Site<'_>) -> Result<T>,
    ) -> Result<T> {
        self.with_report(told, base_url, |report, templates, assets| {
            let overrides = Overrides { templates, assets, frozen: Some(&self.seals), pdf: false };
            work(&Site::new(report, &overrides)?)
        })
    }

    pub(super) fn with_report<T>(
        &self,
        told: Told<'_>,
        base_url: Option<&str>,
        work: impl FnOnce(&Report<'_>, &[(&str, &str)], &[(&str, Vec<u8>)]) -> Result<T>,
    ) -> Result<T> {
        let all: Vec<&Binary> = self.assets.iter().collect();
        self.with_report_and(told, base_url, &all, work)
    }

    /// Makes the report, reads some of the book's assets, and hands both on with the book's own templates.
    pub(super) fn with_report_and<T>(
        &self,
        told: Told<'_>,
        base_url: Option<&str>,
        wanted: &[&Binary],
        work: impl FnOnce(&Report<'_>, &[(&str, &str)], &[(&str, Vec<u8>)]) -> Result<T>,
    ) -> Result<T> {
        let identity = self.identity(base_url);
        let Told { sources, findings } = told;
        let findings = &*with_told(findings, &self.told, sources);
        let report = Report::new(Inputs {
            identity: &identity,
            plan: &self.plan,
            scorecard: &self.scorecard,
            histories: &self.histories,
            findings,
            allowed: &self.allowed,
            sources,
            archive: self.archive(),
        });
        let mut assets: Vec<(&str, Vec<u8>)> = Vec::with_capacity(wanted.len());
        for file in wanted {
            assets.push((&file.path, file.bytes()?));
        }
        let texts = sources.iter().map(|(_, file)| file);
        let templates: Vec<(&str, &str)> =
            texts.filter_map(|file| Some((file.path.strip_prefix("templates/")?, &*file.text))).collect();
        work(&report, &templates, &assets)
    }

    /// Returns the book's exports, sorted by path.
    #[must_use]
    pub fn exports(&self) -> &[Binary] {
        &self.exports
    }

    /// Returns the book's sealed quarters.
    #[must_use]
    pub const fn archive(&self) -> &Archive {
        &self.seals.archive
    }

    fn identity(&self, base_url: Option<&str>) -> Identity {
        let Config { organisation, locale, brand, paper, people_pages, nav, words, .. } = &self.config;
        let given = base_url.map(|url| format!("{}/", url.trim_end_matches('/')));
        let language = Language::of_locale(locale).unwrap_or_default();
        Identity {
            organisation: organisation.clone(),
            language,
            base_url: given.or_else(|| self.config.base_url.clone()),
            accent: brand.accent.clone(),
            logo: brand.logo.as_deref().map(str::to_owned),
            paper: *paper,
            people_pages: *people_pages,
            font: brand.font.as_deref().map(str::to_owned),
            nav: nav.clone(),
            words: [language.words(), language.words_of_cycles()].map(|known| text::replaced(known, words)),
        }
    }
}
