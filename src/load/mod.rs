//! A book's texts as a [`Plan`].
//!
//! In: the workspace and the settings. Out: the plan in which every reference leads somewhere, and everything that is
//! wrong in the texts. A broken thing is left out and the rest goes on. Reads no export; looks at no clock.

mod aggregate;
mod catalogue;
mod columns;
mod dead;
mod dialect;
mod exports;
pub mod facts;
mod front;
mod glob;
mod goal;
mod headings;
mod hidden;
mod join;
mod key_result;
mod layout;
mod ledger;
mod links;
mod measure;
mod measures;
mod metric;
mod misfits;
mod names;
mod pace;
mod pages;
mod parts;
mod people;
mod pull;
mod quarters;
mod query;
mod review;
mod sections;
mod sql;
mod strays;
mod supports;
mod team;
mod teams;
#[cfg(test)]
mod tests;
mod units;
mod words;

use std::collections::BTreeMap;

pub use ledger::{commit, read_check_in, read_lock, read_said};

use catalogue::Metrics;
use exports::Exports;
use join::{Joiner, Names};
use layout::{Layout, TeamFiles};
pub use measures::built_in as built_in_catalogue;
use names::KeyResultNames;
pub use sections::{Outlined, Question, outline};
use team::ObjectiveDraft;

use crate::config::Config;
use crate::diag::{Diagnostic, Place};
use crate::model::ids::{CycleId, Slug};
use crate::model::plan::{IN_NAVIGATION, Objective, Page, Plan, QuarterPlan, TeamPlan, company_first};
use crate::model::pull::Pull;
use crate::model::review::{Review, Story};
use crate::par;
use crate::read::Workspace;
use crate::source::{FileId, Sources};
use crate::yaml::{self, Named, Text};

/// Returns what the book's texts say, and what is wrong with them.
#[must_use]
pub fn load(workspace: &Workspace, config: &Config) -> (Plan, Vec<Diagnostic>) {
    let sources = &workspace.sources;
    let mut layout = layout::sort(sources, &config.calendar);
    let mut diagnostics = std::mem::take(&mut layout.diagnostics);
    let exports = Exports::of(&workspace.exports, sources);
    let (metrics, pulls) = read_metrics(sources, &layout, &exports, &mut diagnostics);
    let drafts = read_teams(sources, &layout, &mut diagnostics);
    let (described, ids) = teams::described(config, &layout.quarters, &mut diagnostics);
    let mut names = Names::new(ids);
    for draft in &drafts {
        names.add(draft.quarter, &draft.team, &draft.objectives);
    }
    let mut joiner = Joiner::new(&names, &config.calendar, metrics);
    let mut teams: BTreeMap<CycleId, Vec<TeamPlan>> = BTreeMap::new();
    for draft in drafts {
        let TeamDraft { quarter, team, file, objectives, review, .. } = draft;
        let mut joined = Vec::with_capacity(objectives.len());
        joined.extend(objectives.into_iter().map(|draft| joiner.objective(quarter, &team, draft)));
        let objectives = joined;
        teams.entry(quarter).or_default().push(TeamPlan { team, file, objectives, review, dropped: Vec::new() });
    }
    let Joiner { metrics, diagnostics: faults, .. } = joiner;
    diagnostics.extend(faults);
    let mut quarters = Vec::with_capacity(layout.quarters.len());
    for (&id, files) in &layout.quarters {
        let story = files.story.map(|file| read_story(sources, file, &mut diagnostics));
        let mut teams = teams.remove(&id).unwrap_or_default();
        teams.sort_by(|a, b| company_first(&a.team, &b.team));
        let (mut ledger, faults) = ledger::read(sources, id, files);
        diagnostics.extend(faults);
        ledger::settle(&mut ledger, id, &names, metrics.former());
        let Some(quarter) = config.calendar.quarter(id) else { continue };
        let title = config.calendar.title(id);
        quarters.push(QuarterPlan { quarter, title, folder: files.folder, story, teams, ledger });
    }
    quarters.sort_by_key(|known| known.quarter.order());
    let pages = read_pages(sources, &layout, &mut diagnostics);
    diagnostics.extend(links::settle(&mut quarters, &pages, &workspace.assets));
    let teams = teams::all(described, names.teams(), &quarters, &mut diagnostics);
    let people = people::of_book(&config.people, &teams, &mut diagnostics);
    let catalogue = measures::of_book(sources, config.catalogue.as_ref(), &mut diagnostics);
    quarters::overlapping(config, layout.quarters.keys().copied(), &mut diagnostics);
    let holidays = config.calendar.holidays.clone();
    let former_teams = names.teams().all().clone();
    let mut plan = Plan {
        quarters,
        teams,
        people,
        former_teams,
        metrics: metrics.finish(),
        pulls,
        pulled: BTreeMap::new(),
        pages,
        catalogue,
        holidays,
    };
    units::borrow(&mut plan, &mut diagnostics);
    supports::circles(&mut plan, &mut diagnostics);
    diagnostics.extend(hidden::look(sources).into_iter().chain(dead::look(sources, &plan.pages, &workspace.assets)));
    (plan, diagnostics)
}

/// Returns what a review's text says by itself about these objectives.
#[must_use]
pub fn read_review(text: &str, objectives: &[Objective]) -> Review {
    let mut sources = Sources::default();
    let file = sources.add("review.md", text);
    review::read(file, &text.into(), &KeyResultNames::of_plan(objectives)).0
}

/// One team's files of one quarter.
struct Task<'a> {
    quarter: CycleId,
    team: &'a Slug,
    files: TeamFiles,
}

/// What a team's files say, each reference as it is written.
struct TeamDraft {
    quarter: CycleId,
    team: Slug,
    file: FileId,
    objectives: Vec<ObjectiveDraft>,
    review: Option<Review>,
    diagnostics: Vec<Diagnostic>,
}

fn read_metrics<'a>(
    sources: &Sources,
    layout: &Layout,
    exports: &'a Exports,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Metrics<'a>, Vec<Pull>) {
    let mut definitions = Vec::new();
    let (mut broken, mut pulls) = (Vec::new(), Vec::new());
    for &file in &layout.metrics {
        let found = metric::read(Text::of(sources, file), exports);
        definitions.extend(found.metrics);
        broken.extend(found.broken);
        pulls.extend(found.pulls);
        diagnostics.extend(found.diagnostics);
    }
    let mut metrics = Metrics::of(definitions, exports, diagnostics);
    metrics.add_broken(broken);
    (metrics, pull::settle(pulls, diagnostics))
}

fn read_teams(sources: &Sources, layout: &Layout, diagnostics: &mut Vec<Diagnostic>) -> Vec<TeamDraft> {
    let quarters = layout.quarters.iter();
    let tasks: Vec<Task<'_>> = quarters
        .flat_map(|(&quarter, files)| files.teams.iter().map(move |(team, &files)| Task { quarter, team, files }))
        .collect();
    let drafts = par::map_ordered(&tasks, |task| read_team(sources, task));
    let mut kept = Vec::with_capacity(drafts.len());
    for (draft, task) in drafts.into_iter().zip(&tasks) {
        match draft {
            Some(mut draft) => {
                diagnostics.append(&mut draft.diagnostics);
                kept.push(draft);
            }
            None => diagnostics.extend(task.files.review.map(|review| lonely_review(sources, review, task.team))),
        }
    }
    kept
}

/// Returns what a team's files say; nothing where it has a review only.
fn read_team(sources: &Sources, task: &Task<'_>) -> Option<TeamDraft> {
    let file = task.files.objectives?;
    let (objectives, mut diagnostics) = team::read(Text::of(sources, file));
    let review = task.files.review.map(|file| {
        let names = KeyResultNames::of(&objectives);
        let (review, faults) = review::read(file, &sources.get(file).text, &names);
        diagnostics.extend(faults);
        review
    });
    Some(TeamDraft { quarter: task.quarter, team: task.team.clone(), file, objectives, review, diagnostics })
}

fn lonely_review(sources: &Sources, review: FileId, team: &Slug) -> Diagnostic {
    let path = &sources.get(review).path;
    let message = format!("this review has no objectives beside it: there is no {team}.yaml");
    let help = "name the review after its team's file, or write that file";
    Diagnostic::error("lonely-review", Place::file(path), message).help(help)
}

fn read_story(sources: &Sources, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Story {
    let (story, faults) = pages::story(file, &sources.get(file).text);
    diagnostics.extend(faults);
    story
}

fn read_pages(sources: &Sources, layout: &Layout, diagnostics: &mut Vec<Diagnostic>) -> Vec<Page> {
    let read = par::map_ordered(&layout.pages, |(id, file)| pages::page(id, *file, &sources.get(*file).text));
    let pages = read.into_iter().map(|(page, faults)| {
        diagnostics.extend(faults);
        page
    });
    let mut pages: Vec<Page> = pages.collect();
    let named = pages.iter_mut();
    let mut named: Vec<Named<'_>> =
        named.map(|page| Named { id: &page.id, place: None, aliases: &mut page.aliases }).collect();
    diagnostics.extend(yaml::settle("a page", &[], &mut named));
    diagnostics.extend(pages.get(IN_NAVIGATION).map(|page| not_named(page, pages.len() - IN_NAVIGATION, sources)));
    pages
}

/// Says that the navigation doesn't name a page and those behind it.
fn not_named(page: &Page, count: usize, sources: &Sources) -> Diagnostic {
    let those = if count == 1 { "this one is".to_owned() } else { format!("this one and {} more are", count - 1) };
    let message = format!("the navigation names {IN_NAVIGATION} pages, and {those} left out of it");
    let place = Place::file(&sources.get(page.body.span.file).path);
    Diagnostic::warning("long-navigation", place, message).help("link to them from a page that is named")
}
