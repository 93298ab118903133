//! The plan: what teams wrote, resolved and checked, quarter by quarter.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use super::ambition::Ambition;
pub use super::body::Body;
use super::calendar::{Day, Quarter};
use super::catalogue::Catalogue;
use super::folder::Folder;
use super::ids::{CycleId, Slug};
use super::ledger::Ledger;
use super::link::Link;
use super::metric::Metric;
pub use super::objective::{Guardrail, KeyResult, Objective, Pace, PlainPace};
use super::person::Person;
use super::pull::{Pull, Pulled};
use super::review::{Review, Story};
use crate::source::{FileId, Spanned};

/// The team that leadership sets objectives for.
const COMPANY: &str = "company";

/// All that a book's text files say.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The quarters, earliest first.
    pub quarters: Vec<QuarterPlan>,
    /// The teams that any quarter or the settings name; `company` first, then by id.
    pub teams: Vec<Team>,
    /// The people that the settings name, in the file's order.
    pub people: Vec<Person>,
    /// The ids that teams had before, each with the id of today.
    pub former_teams: BTreeMap<Slug, Slug>,
    /// The metrics by id.
    pub metrics: BTreeMap<Slug, Metric>,
    /// Exports that are fetched from engines, by path; each once.
    pub pulls: Vec<Pull>,
    /// What receipts say, by the export's path.
    pub pulled: BTreeMap<Arc<str>, Pulled>,
    /// The book's own pages, by file name.
    pub pages: Vec<Page>,
    /// The measures that can be gamed: the built-in ones with the book's own.
    pub catalogue: Arc<Catalogue>,
    /// Days on which nobody works, as the settings say.
    pub holidays: BTreeSet<Day>,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its name in links.
    pub id: Slug,
    /// What people call it.
    pub name: String,
    /// What it does: `platform`, `data`.
    pub function: Option<String>,
    /// Who leads it.
    pub lead: Option<String>,
    /// The team above it.
    pub parent: Option<Spanned<Slug>>,
    /// Earlier ids, whose links lead here; under them it may have written earlier quarters.
    pub aliases: Vec<Spanned<Slug>>,
    /// Its last day, where it was dissolved.
    pub until: Option<Day>,
}

impl Team {
    /// Returns a team that nobody described; its name is its id with spaces and a capital.
    #[must_use]
    pub fn unnamed(id: Slug) -> Self {
        let words = id.as_str().replace(['-', '_'], " ");
        let mut letters = words.chars();
        let capital = letters.next().map(|first| first.to_uppercase().collect::<String>());
        let name = capital.map_or_else(String::new, |capital| capital + letters.as_str());
        Self { id, name, function: None, lead: None, parent: None, aliases: Vec::new(), until: None }
    }
}

/// One quarter of the plan.
#[derive(Debug, Clone)]
pub struct QuarterPlan {
    /// Name and days.
    pub quarter: Quarter,
    /// What people call it, where the book or its fiscal year says so.
    pub title: Option<String>,
    /// The folder in which its files stand.
    pub folder: Folder,
    /// The quarter's story (`index.md`).
    pub story: Option<Story>,
    /// What each team wrote; `company` first, then by id.
    pub teams: Vec<TeamPlan>,
    /// What was committed and recorded.
    pub ledger: Ledger,
}

/// What one team wrote for one quarter.
#[derive(Debug, Clone)]
pub struct TeamPlan {
    /// The team.
    pub team: Slug,
    /// Its file.
    pub file: FileId,
    /// Its objectives, in the file's order.
    pub objectives: Vec<Objective>,
    /// Its review, where it wrote one.
    pub review: Option<Review>,
    /// Objectives that its lock has and its file has no more.
    pub dropped: Vec<Objective>,
}

/// A page of the book's own.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its name in links.
    pub id: Slug,
    /// Its title.
    pub title: String,
    /// What the navigation calls it, where its title is too long for that.
    pub nav: Option<String>,
    /// Whether it is still being written.
    pub draft: bool,
    /// Its place in the navigation; smaller is earlier.
    pub order: i64,
    /// Earlier ids, whose links lead here.
    pub aliases: Vec<Spanned<Slug>>,
    /// The Markdown below the front matter.
    pub body: Body,
}

/// Pages that the navigation names: it stands on every page of the site.
pub const IN_NAVIGATION: usize = 100;

impl QuarterPlan {
    /// Returns what people call it: the title that the book gives it, else its id.
    #[must_use]
    pub fn heading(&self) -> String {
        self.title.clone().unwrap_or_else(|| self.quarter.id.to_string())
    }

    /// Returns the path of a file in its folder: `quarters/2026-Q3/lock.yaml`.
    #[must_use]
    pub fn path(&self, name: &str) -> String {
        self.folder.path(self.quarter.id, name)
    }
}

impl Plan {
    /// Returns a cycle of the book.
    #[must_use]
    pub fn quarter(&self, id: CycleId) -> Option<&QuarterPlan> {
        self.quarters.iter().find(|known| known.quarter.id == id)
    }

    /// Returns the folder in which a cycle's files stand, or will once there are any: where those of others do.
    #[must_use]
    pub fn folder(&self, id: CycleId) -> Folder {
        self.quarter(id).or_else(|| self.quarters.last()).map(|known| known.folder).unwrap_or_default()
    }

    /// Returns the cycle of the same length that comes after another one, where the book has it: of those with names the next
    /// that begins once the other is over.
    #[must_use]
    pub fn after(&self, quarter: Quarter) -> Option<&QuarterPlan> {
        match quarter.id.next() {
            Some(next) => self.quarter(next),
            None => self.quarters.iter().find(|known| quarter.is_before(known.quarter)),
        }
    }

    /// Returns the pages that the navigation names.
    #[must_use]
    pub fn navigation(&self) -> &[Page] {
        &self.pages[..self.pages.len().min(IN_NAVIGATION)]
    }

    /// Leaves out what says of itself that it is still being written (pages, reviews, whole quarters), and returns the
    /// files that said it.
    pub fn drop_drafts(&mut self) -> BTreeSet<FileId> {
        let mut dropped = BTreeSet::new();
        let mut pages = BTreeSet::new();
        for page in self.pages.extract_if(.., |page| page.draft) {
            dropped.insert(page.body.span.file);
            pages.extend(page.aliases.into_iter().map(|alias| alias.value).chain([page.id]));
        }
        if !pages.is_empty() {
            self.drop_links(&pages);
        }
        let is_draft = |quarter: &mut QuarterPlan| quarter.story.as_ref().is_some_and(|story| story.draft);
        for quarter in self.quarters.extract_if(.., is_draft) {
            dropped.extend(quarter.story.iter().map(|story| story.body.span.file));
            dropped.extend(quarter.teams.iter().map(|team| team.file));
            dropped.extend(quarter.teams.iter().filter_map(|team| Some(team.review.as_ref()?.file)));
        }
        for team in self.quarters.iter_mut().flat_map(|quarter| &mut quarter.teams) {
            let review = team.review.take_if(|review| review.draft);
            dropped.extend(review.map(|review| review.file));
        }
        dropped
    }

    /// Leaves out links to pages of the book.
    fn drop_links(&mut self, pages: &BTreeSet<Slug>) {
        let leads = |link: &Link| link.page().and_then(Slug::new).is_some_and(|page| pages.contains(&page));
        let teams = self.quarters.iter_mut().flat_map(|quarter| &mut quarter.teams);
        for objective in teams.flat_map(|team| &mut team.objectives) {
            objective.links.retain(|link| !leads(link));
            objective.key_results.iter_mut().for_each(|key_result| key_result.links.retain(|link| !leads(link)));
        }
    }

    /// Returns what is said about a team, by its id or an earlier one.
    #[must_use]
    pub fn team(&self, id: &Slug) -> Option<&Team> {
        let known = |id: &Slug| self.teams.binary_search_by(|team| company_first(&team.id, id)).ok();
        let place = known(id).or_else(|| known(self.former_teams.get(id)?))?;
        self.teams.get(place)
    }

    /// Says whether two ids are those of one team, which was renamed between them.
    #[must_use]
    pub fn is_one_team(&self, a: &Slug, b: &Slug) -> bool {
        a == b || self.team(a).zip(self.team(b)).is_some_and(|(a, b)| a.id == b.id)
    }

    /// Returns the team's name, or its id where nobody named it.
    #[must_use]
    pub fn team_name<'a>(&'a self, id: &'a Slug) -> &'a str {
        self.team(id).map_or(id.as_str(), |team| &team.name)
    }
}

/// Compares teams as they are listed: `company` first, then by id.
#[must_use]
pub fn company_first(a: &Slug, b: &Slug) -> Ordering {
    let rank = |team: &Slug| team.as_str() != COMPANY;
    rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
}
