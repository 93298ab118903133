//! Which files the site has, and how pages link to each other.
//!
//! Paths are made of ids only, so that they stay the same for ever; links are relative and lead to files.

use std::collections::BTreeSet;

use crate::check;
use crate::model::archive::{Archive, BagState, is_own};
use crate::model::ids::{CycleId, Slug};
use crate::report::packet::{self, Scope};
use crate::report::people::Owner;
use crate::report::{QuarterReport, Report, TeamPlace, TeamReport, shown};

use super::assets::{Assets, FrozenFiles};

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Path inside the site, with forward slashes.
    pub path: String,
    /// What it shows.
    pub page: Page,
}

/// What a file of the site shows. Numbers are places in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The current quarter.
    Index,
    /// A quarter.
    Quarter(usize),
    /// A team in a quarter.
    TeamQuarter(TeamPlace),
    /// A quarter or a team in it, made for paper.
    Packet(Scope),
    /// What a quarter taught, over all teams.
    Retrospective(usize),
    /// A team over all quarters: the place of its id among all teams' ids.
    Team(usize),
    /// All teams.
    Teams,
    /// All metrics.
    Metrics,
    /// A metric: the place of its id among all metrics' ids.
    Metric(usize),
    /// A metric's values.
    MetricCsv(usize),
    /// Business outcomes and the levers pulled for them.
    Outcomes,
    /// Who supports what.
    Alignment,
    /// All who own something.
    People,
    /// Somebody: their place among all owners.
    Person(usize),
    /// What is wrong with the book.
    Checks,
    /// A rule: its place among all.
    Rule(usize),
    /// A page of the book's own.
    Own(usize),
    /// An earlier address of a page.
    Redirect(Target),
    /// What a reader sees who follows a wrong address.
    NotFound,
    /// What the pages' script searches: a cycle, or what belongs to none.
    Search(Option<usize>),
    /// The feed.
    Feed,
    /// The sitemap.
    Sitemap,
    /// The book for machines.
    BookJson,
    /// A quarter for machines.
    QuarterJson(usize),
    /// A quarter for spreadsheets.
    QuarterCsv(usize),
    /// A style sheet, picture or script.
    Asset(usize),
    /// The sealed quarters.
    Archive,
    /// A file of a sealed quarter, or one that its pages link to: never rendered again.
    Frozen,
}

/// What an earlier address leads to. Numbers are places in the report, as those of [`Page`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A team over all quarters.
    Team(usize),
    /// A team in a quarter.
    TeamQuarter(TeamPlace),
    /// A team's packet.
    Packet(TeamPlace),
    /// A metric.
    Metric(usize),
    /// A page of the book's own.
    Own(usize),
}

impl Route {
    /// Returns what leads from this file to the site's root: nothing, `../`, `../../`…
    #[must_use]
    pub fn root(&self) -> String {
        "../".repeat(self.path.matches('/').count())
    }

    /// Says whether the file is a page that people read.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.path.ends_with(".html") && !matches!(self.page, Page::NotFound | Page::Redirect(_))
    }
}

/// Returns all files of the site, sorted by path; `redirects` are the pages of earlier addresses.
pub(super) fn all(
    report: &Report<'_>,
    assets: &Assets,
    redirects: Vec<Route>,
    frozen: Option<&dyn FrozenFiles>,
) -> Vec<Route> {
    let mut routes: Vec<Route> = Vec::new();
    let mut add = |path: String, page: Page| routes.push(Route { path, page });
    add(INDEX.into(), Page::Index);
    add(METRICS.into(), Page::Metrics);
    add(OUTCOMES.into(), Page::Outcomes);
    if report.has_support() {
        add(ALIGNMENT.into(), Page::Alignment);
    }
    add(CHECKS.into(), Page::Checks);
    add(ARCHIVE.into(), Page::Archive);
    for (place, rule) in check::rules().iter().enumerate() {
        add(self::rule(rule.code), Page::Rule(place));
    }
    add("404.html".into(), Page::NotFound);
    add(FEED.into(), Page::Feed);
    add(search("book"), Page::Search(None));
    add("data/book.json".into(), Page::BookJson);
    for (place, quarter) in report.quarters.iter().enumerate() {
        let id = quarter.id();
        add(self::quarter(id), Page::Quarter(place));
        add(retrospective(id), Page::Retrospective(place));
        add(quarter_packet(id), Page::Packet(Scope::Quarter(place)));
        add(quarter_json(id), Page::QuarterJson(place));
        add(quarter_csv(id), Page::QuarterCsv(place));
        add(search(&id.to_string()), Page::Search(Some(place)));
        for (team_place, team) in quarter.teams.iter().enumerate() {
            let place = TeamPlace { quarter: place, team: team_place };
            add(team_quarter(id, &team.plan.team), Page::TeamQuarter(place));
            if has_team_packets(quarter) {
                add(team_packet(id, &team.plan.team), Page::Packet(Scope::Team(place)));
            }
        }
    }
    if report.team_ids().next().is_some() {
        add(TEAMS.into(), Page::Teams);
    }
    for (place, id) in report.team_ids().enumerate() {
        add(team(id), Page::Team(place));
    }
    for (place, id) in report.inputs.plan.metrics.keys().enumerate() {
        add(metric(id), Page::Metric(place));
        add(metric_csv(id), Page::MetricCsv(place));
    }
    for (place, page) in report.inputs.plan.pages.iter().enumerate() {
        add(own_page(&page.id), Page::Own(place));
    }
    if report.inputs.identity.base_url.is_some() {
        add("sitemap.xml".into(), Page::Sitemap);
    }
    for (place, path) in assets.paths().enumerate() {
        add(path.to_owned(), Page::Asset(place));
    }
    routes.extend(of_people(report));
    routes.extend(redirects);
    add_frozen(&mut routes, report.inputs.archive, frozen);
    routes.sort_by(|a, b| a.path.cmp(&b.path));
    routes.dedup_by(|a, b| a.path == b.path);
    routes
}

/// Returns the pages of those who own something, where they have any.
fn of_people(report: &Report<'_>) -> Vec<Route> {
    if !report.has_people() {
        return Vec::new();
    }
    let person = |(place, owner): (usize, &Owner<'_>)| Route { path: person(&owner.id), page: Page::Person(place) };
    let all = Route { path: PEOPLE.into(), page: Page::People };
    std::iter::once(all).chain(report.owners().iter().enumerate().map(person)).collect()
}

/// Puts the files of sealed quarters in the place of those that would be rendered, and beside them what they link to
/// and the book has no more, where that is still as it was sealed.
fn add_frozen(routes: &mut Vec<Route>, archive: &Archive, files: Option<&dyn FrozenFiles>) {
    let frozen = |path: &String| Route { path: path.clone(), page: Page::Frozen };
    for bag in archive.bags.iter().filter(|bag| bag.state == BagState::Counts) {
        routes.retain(|route| !is_own(bag.name.quarter, &route.path));
        routes.extend(bag.pages.iter().map(frozen));
    }
    // Names that differ in case only are one file to many systems, so the first one stays.
    let mut known: BTreeSet<String> = routes.iter().map(|route| route.path.to_lowercase()).collect();
    let gone = archive.linked.iter().filter(|path| known.insert(path.to_lowercase()));
    routes.extend(gone.filter(|path| files.is_some_and(|files| files.holds(path))).map(frozen));
}

pub(super) const INDEX: &str = "index.html";
pub(super) const METRICS: &str = "metrics/index.html";
pub(super) const OUTCOMES: &str = "outcomes.html";
pub(super) const ALIGNMENT: &str = "alignment.html";
pub(super) const TEAMS: &str = "teams/index.html";
pub(super) const PEOPLE: &str = "people/index.html";
pub(super) const CHECKS: &str = "checks.html";
pub(super) const ARCHIVE: &str = "archive/index.html";
pub(super) const FEED: &str = "feed.xml";

pub(super) fn quarter(id: CycleId) -> String {
    format!("{id}/index.html")
}

pub(super) fn retrospective(id: CycleId) -> String {
    format!("{id}/retrospective.html")
}

pub(super) fn team_quarter(id: CycleId, team: &Slug) -> String {
    [id.to_string().as_str(), "/", team.as_str(), ".html"].concat()
}

pub(super) fn quarter_packet(id: CycleId) -> String {
    format!("{id}/packet.html")
}

pub(super) fn team_packet(id: CycleId, team: &Slug) -> String {
    format!("{id}/{team}.packet.html")
}

/// Returns the path of the PDF file that holds the same as a packet's page.
pub(super) fn pdf(page: &str) -> String {
    format!("{}.pdf", page.strip_suffix(".html").unwrap_or(page))
}

/// Says whether each team of a quarter has a packet's page of its own: in larger ones its page is the print form.
pub(super) fn has_team_packets(quarter: &QuarterReport<'_>) -> bool {
    quarter.teams.len() <= packet::TEAMS
}

pub(super) fn team(id: &Slug) -> String {
    ["teams/", id.as_str(), ".html"].concat()
}

pub(super) fn person(id: &str) -> String {
    format!("people/{id}.html")
}

pub(super) fn metric(id: &Slug) -> String {
    ["metrics/", id.as_str(), ".html"].concat()
}

pub(super) fn metric_csv(id: &Slug) -> String {
    format!("metrics/{id}.csv")
}

pub(super) fn rule(code: &str) -> String {
    format!("checks/{code}.html")
}

pub(super) fn own_page(id: &Slug) -> String {
    format!("pages/{id}.html")
}

pub(super) fn quarter_json(id: CycleId) -> String {
    format!("data/{id}.json")
}

pub(super) fn quarter_csv(id: CycleId) -> String {
    format!("data/{id}.csv")
}

/// Returns the address of what something leads to, from the site's root; empty for somebody who has no page.
#[must_use]
pub fn address(report: &Report<'_>, target: &shown::Target<'_>) -> String {
    let page = |team: &TeamReport<'_>| team_quarter(team.quarter.id, &team.plan.team);
    match target {
        shown::Target::KeyResult(known) => {
            let fragment = fragment(&known.objective.id.value, &known.plan.id.value);
            [page(&known.team).as_str(), "#", &fragment].concat()
        }
        shown::Target::Objective(team, plan) => [page(team).as_str(), "#", plan.id.value.as_str()].concat(),
        shown::Target::Team(team) => page(team),
        shown::Target::Metric(id) => metric(id),
        shown::Target::Alignment => ALIGNMENT.to_owned(),
        shown::Target::Person(place) => report.owners().get(*place).map(|owner| person(&owner.id)).unwrap_or_default(),
    }
}

/// Returns the path of what the pages' script searches: of a cycle by its id, or of the book.
fn search(name: &str) -> String {
    format!("search/{name}.js")
}

/// Returns the fragment of a key result on its team's page.
pub(super) fn fragment(objective: &Slug, key_result: &Slug) -> String {
    [objective.as_str(), "/", key_result.as_str()].concat()
}
