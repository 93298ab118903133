//! A book's site that is looked at while it is written: pages made when they are asked for.
//!
//! In: an opened book. Out: its pages one by one, and what was found about what each of them shows. Writes nothing.

use super::book::{Book, Told};
use super::diag::{Diagnostic, Place};
use super::model::ids::Slug;
use super::render::{Overrides, Page, Route, Site};
use super::report::Report;
use super::report::findings::Subject;
use super::report::packet::Scope;
use crate::error::Result;

/// A site of which nothing is written anywhere.
#[derive(Debug)]
pub struct Preview<'a> {
    site: Site<'a>,
    report: &'a Report<'a>,
}

impl Book {
    /// Makes the site and hands it to `work`, without any file.
    ///
    /// # Errors
    ///
    /// Where a template or an asset of the book's own can't be used, or what `work` returns.
    pub fn preview<T>(&self, told: Told<'_>, work: impl FnOnce(&Preview<'_>) -> Result<T>) -> Result<T> {
        self.with_report(told, None, |report, templates, assets| {
            let overrides = Overrides { templates, assets, frozen: Some(&self.seals), pdf: false };
            work(&Preview { site: Site::new(report, &overrides)?, report })
        })
    }
}

impl Preview<'_> {
    /// Returns what stands at a path inside the site, as `2026-Q3/index.html`.
    #[must_use]
    pub fn route(&self, path: &str) -> Option<&Route> {
        let routes = self.site.routes();
        let place = routes.binary_search_by(|route| route.path.as_str().cmp(path)).ok()?;
        routes.get(place)
    }

    /// Returns the bytes of one file of the site.
    ///
    /// # Errors
    ///
    /// As [`Site::render`].
    pub fn render(&self, route: &Route) -> Result<Vec<u8>> {
        Ok(self.site.render(route)?.content)
    }

    /// Returns what was found, and isn't allowed, about what a page shows: of a team's page about the team and the
    /// metrics that it uses, of a page about the whole book everything.
    pub fn findings(&self, page: Page) -> impl Iterator<Item = &Diagnostic> {
        let said = self.report.findings.all().filter(|(noted, _)| noted.reason.is_none());
        said.filter(move |(noted, subject)| self.concerns(page, noted.finding, *subject))
            .map(|(noted, _)| noted.finding)
    }

    fn concerns(&self, page: Page, finding: &Diagnostic, subject: Subject<'_>) -> bool {
        match page {
            Page::TeamQuarter(team) | Page::Packet(Scope::Team(team)) => self.is_about(subject, |known| known == team),
            Page::Quarter(quarter) | Page::Retrospective(quarter) | Page::Packet(Scope::Quarter(quarter)) => {
                subject == Subject::Book || self.is_about(subject, |known| known.quarter == quarter)
            }
            Page::Team(place) => {
                let id = self.report.team_ids().nth(place);
                let quarters = id.map_or(&[][..], |id| self.report.quarters_of(id));
                self.is_about(subject, |known| quarters.contains(&known))
            }
            Page::Metric(place) => {
                let id: Option<&Slug> = self.report.metric_at(place).map(|metric| &metric.id);
                matches!(subject, Subject::Metric(known) if Some(known) == id)
            }
            Page::Own(place) => {
                let page = self.report.inputs.plan.pages.get(place);
                page.is_some_and(|page| self.is_page(&finding.place, &page.id))
            }
            Page::Person(place) => {
                let owner = self.report.owners().get(place);
                let is_theirs = |known| owner.is_some_and(|owner| owner.key_results.contains(&known));
                matches!(subject, Subject::KeyResult(known) if is_theirs(known))
            }
            Page::Rule(place) => crate::check::rules().get(place).is_some_and(|rule| rule.code == finding.code),
            Page::NotFound | Page::Redirect(_) | Page::Frozen => false,
            _ => true,
        }
    }

    /// Says whether something is a team's own, or a metric that one of its key results uses.
    fn is_about(&self, subject: Subject<'_>, is_asked: impl Fn(super::report::TeamPlace) -> bool) -> bool {
        match subject {
            Subject::Metric(id) => self.report.uses(id).iter().any(|used| is_asked(used.team)),
            _ => subject.team().is_some_and(is_asked),
        }
    }

    /// Says whether a place is in the file of a page of the book's own.
    fn is_page(&self, place: &Place, id: &Slug) -> bool {
        let path = place.path(self.report.inputs.sources);
        path.strip_prefix("pages/").and_then(|name| name.strip_suffix(".md")) == Some(id.as_str())
    }
}
