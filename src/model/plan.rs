//! The plan: what teams wrote, resolved and checked, quarter by quarter.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use super::ambition::Ambition;
pub use super::body::Body;
use super::calendar::{Day, Quarter};
use super::catalogue::Catalogue;
use super::deadline::Deadline;
use super::goal::{Bound, Goal};
use super::ids::{KeyResultRef, ObjectiveRef, Slug};
use super::ledger::Ledger;
use super::ledger::commitment::{Commitment, LockedObjective};
use super::levels::Level;
use super::link::Link;
use super::metric::Metric;
use super::quantity::Number;
use super::remark::Remark;
use super::review::{Review, Story};
use super::step::Step;
use super::words::words;
use crate::source::{FileId, Span, Spanned};

/// The team that leadership sets objectives for.
const COMPANY: &str = "company";

/// All that a book's text files say.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The quarters, earliest first.
    pub quarters: Vec<QuarterPlan>,
    /// The teams that any quarter or the settings name; `company` first, then by id.
    pub teams: Vec<Team>,
    /// The ids that teams had before, each with the id of today.
    pub former_teams: BTreeMap<Slug, Slug>,
    /// The metrics by id.
    pub metrics: BTreeMap<Slug, Metric>,
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

/// What is to become true.
#[derive(Debug, Clone)]
pub struct Objective {
    /// Its name in links.
    pub id: Spanned<Slug>,
    /// What is to become true.
    pub title: Spanned<String>,
    /// The business need it serves.
    pub outcome: Option<Spanned<String>>,
    /// How that need is measured: a metric of the plan.
    pub outcome_metric: Option<Spanned<Slug>>,
    /// Days until the outcome can show.
    pub outcome_lag: Option<i32>,
    /// The engineering lever.
    pub lever: Option<Spanned<String>>,
    /// The objective that this one supports.
    pub supports: Option<Spanned<ObjectiveRef>>,
    /// How it is judged.
    pub ambition: Ambition,
    /// What the team does differently.
    pub changes: Option<Spanned<String>>,
    /// Who set it: `leadership`, `team`.
    pub set_by: Option<Spanned<String>>,
    /// What a reader should know besides, in Markdown.
    pub note: Option<Box<Spanned<String>>>,
    /// Where a reader may look further.
    pub links: Vec<Link>,
    /// Earlier ids, whose links lead here.
    pub aliases: Vec<Slug>,
    /// What is measured, in the file's order.
    pub key_results: Vec<KeyResult>,
    /// Key results that its lock has and its file has no more.
    pub dropped: Vec<KeyResult>,
    /// What its lock says of it, where there is one.
    pub commitment: Option<Box<LockedObjective>>,
}

/// One measured change.
#[derive(Debug, Clone)]
pub struct KeyResult {
    /// Its name in links.
    pub id: Spanned<Slug>,
    /// Whether the book wrote the id, or it is a place (`k1`).
    pub has_own_id: bool,
    /// The sentence as written.
    pub title: Spanned<String>,
    /// The goal, where one is stated in the keys or understood from the sentence.
    pub goal: Option<Goal>,
    /// What is promised and what is hoped for beside the goal's end.
    pub levels: Vec<Level>,
    /// Check points, of a milestone.
    pub steps: Vec<Step>,
    /// Whether the sentence alone states the goal.
    pub by_sentence: bool,
    /// The day that the sentence names as its deadline.
    pub deadline: Option<Deadline>,
    /// Why there is no goal, or what is doubtful about it, in words: "no baseline is stated".
    pub doubts: Vec<String>,
    /// What the sentence lacks of a key result that can be checked, for the rules to tell.
    pub remarks: Vec<Remark>,
    /// The metric that measures it, one of the plan's.
    pub metric: Option<Spanned<Slug>>,
    /// Who or what measures it, where it isn't the metric's source.
    pub measured_by: Option<Box<Spanned<String>>>,
    /// Who answers for it.
    pub owners: Vec<Spanned<String>>,
    /// What a reader should know besides, in Markdown.
    pub note: Option<Box<Spanned<String>>>,
    /// Where a reader may look further.
    pub links: Vec<Link>,
    /// Who proposed it.
    pub proposed_by: Option<Box<Spanned<String>>>,
    /// Counter-metrics with their bounds.
    pub guardrails: Vec<Guardrail>,
    /// Its weight in the objective's mean, above 0.
    pub weight: Number,
    /// How progress is expected over time.
    pub pace: Pace,
    /// The key result that this one carries on.
    pub carried_from: Option<Box<Spanned<KeyResultRef>>>,
    /// Earlier ids, whose links lead here.
    pub aliases: Vec<Slug>,
    /// The whole entry in the file.
    pub span: Span,
    /// What its team's lock says of it.
    pub commitment: Commitment,
}

impl Objective {
    /// Returns an objective of which only the wording is known.
    #[must_use]
    pub const fn bare(id: Spanned<Slug>, title: Spanned<String>) -> Self {
        Self {
            id,
            title,
            outcome: None,
            outcome_metric: None,
            outcome_lag: None,
            lever: None,
            supports: None,
            ambition: Ambition::Aspirational,
            changes: None,
            set_by: None,
            note: None,
            links: Vec::new(),
            aliases: Vec::new(),
            key_results: Vec::new(),
            dropped: Vec::new(),
            commitment: None,
        }
    }
}

impl KeyResult {
    /// Returns a key result of which only wording and goal are known; it is its title's size.
    #[must_use]
    pub const fn bare(id: Spanned<Slug>, title: Spanned<String>, goal: Option<Goal>) -> Self {
        Self {
            id,
            has_own_id: true,
            span: title.span,
            title,
            goal,
            levels: Vec::new(),
            steps: Vec::new(),
            by_sentence: false,
            deadline: None,
            doubts: Vec::new(),
            remarks: Vec::new(),
            metric: None,
            measured_by: None,
            owners: Vec::new(),
            note: None,
            links: Vec::new(),
            proposed_by: None,
            guardrails: Vec::new(),
            weight: Number::ONE,
            pace: Pace::Linear,
            carried_from: None,
            aliases: Vec::new(),
            commitment: Commitment::Open,
        }
    }
}

/// A counter-metric with its bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guardrail {
    /// The metric, one of the plan's.
    pub metric: Spanned<Slug>,
    /// Where it must stay.
    pub bound: Bound,
}

/// How progress is expected over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Pace {
    /// In step with the days.
    #[default]
    Linear,
    /// All at the end.
    Step,
    /// Not expected in any shape.
    None,
    /// From dated stages, progress between 0 and 1; the last stage reached counts.
    Stages(Vec<(Day, Number)>),
}

/// A pace that a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainPace {
    /// In step with the days.
    Linear,
    /// All at the end.
    Step,
    /// Not expected in any shape.
    None,
}

words!(PlainPace { Linear => "linear", Step => "step", None => "none" });

impl From<PlainPace> for Pace {
    fn from(pace: PlainPace) -> Self {
        match pace {
            PlainPace::Linear => Self::Linear,
            PlainPace::Step => Self::Step,
            PlainPace::None => Self::None,
        }
    }
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

impl Plan {
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
