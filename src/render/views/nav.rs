//! The main navigation: a menu of cycles by year, the kinds of pages, and a menu of the rest.
//!
//! In: the report. Out: links from the site's root, the same on all pages; so lists have a limit.

use std::borrow::Cow;

use serde::Serialize;

use crate::config::{NavItem, NavPart};
use crate::model::ids::{CycleId, Slug};
use crate::render::routes;
use crate::report::{QuarterReport, Report};

/// The navigation.
#[derive(Debug, Serialize)]
pub(super) struct Nav {
    /// What the menu of cycles is called: the current one. Empty in a book without any.
    cycle: String,
    overview: Item,
    /// The latest cycles by year, latest first.
    years: Vec<Year>,
    /// What leads to the list of all cycles; nothing where all are here.
    all: Option<Item>,
    items: Vec<Item>,
    more: Vec<Item>,
    /// The parts of the site that stand below the first menu, and below the last.
    cycle_sections: [&'static str; 3],
    more_sections: Vec<Cow<'static, str>>,
}

/// Cycles that begin in one year.
#[derive(Debug, Serialize)]
struct Year {
    year: String,
    cycles: Vec<Item>,
}

/// A link; `path` is from the site's root, `section` the part of the site that it leads to.
#[derive(Debug, Serialize)]
pub(super) struct Item {
    text: String,
    path: String,
    section: Cow<'static, str>,
    /// The whole address of what stands elsewhere; empty for a part of the site.
    away: String,
}

impl Item {
    fn new(text: &str, path: &str, section: &'static str) -> Self {
        Self { text: text.to_owned(), path: path.to_owned(), section: section.into(), away: String::new() }
    }
}

/// The most cycles in the menu, which stands on every page.
const CYCLES: usize = 12;

/// Characters of a page's title that the navigation shows.
const LONGEST: usize = 120;

impl Nav {
    pub(super) fn new(report: &Report<'_>) -> Self {
        let words = report.words();
        let current = report.current().and_then(|place| report.quarters.get(place));
        let (items, more) = bar(report);
        Self {
            cycle: current.map(|quarter| shortened(&quarter.plan.heading())).unwrap_or_default(),
            overview: Item::new(words.overview, routes::INDEX, "index"),
            years: years(report, current.map(QuarterReport::id)),
            all: (report.quarters.len() > CYCLES)
                .then(|| Item::new(words.all_quarters, &format!("{}#quarters", routes::INDEX), "")),
            items,
            cycle_sections: ["index", "quarter", "earlier"],
            more_sections: more.iter().map(|item| item.section.clone()).collect(),
            more,
        }
    }
}

/// Returns all links in one list, as a book's own template of all pages may print them.
pub(super) fn flat(report: &Report<'_>) -> Vec<Item> {
    let mut links = vec![Item::new(report.words().overview, routes::INDEX, "index")];
    if let Some(quarter) = report.current().and_then(|place| report.quarters.get(place)) {
        links.push(Item::new(&shortened(&quarter.plan.heading()), &routes::quarter(quarter.id()), "quarter"));
    }
    let (items, more) = bar(report);
    links.extend(items);
    links.extend(more);
    links
}

/// Returns the latest cycles, by the years in which they begin.
fn years(report: &Report<'_>, current: Option<CycleId>) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for quarter in report.quarters.iter().rev().take(CYCLES) {
        let section = if Some(quarter.id()) == current { "quarter" } else { "" };
        let item = Item::new(&shortened(&quarter.plan.heading()), &routes::quarter(quarter.id()), section);
        let year = quarter.plan.quarter.window.start.ymd().0.to_string();
        match years.last_mut().filter(|known| known.year == year) {
            Some(known) => known.cycles.push(item),
            None => years.push(Year { year, cycles: vec![item] }),
        }
    }
    years
}

/// Returns what stands in the bar, and what in the menu at its end: as the book says, else all that there is.
fn bar(report: &Report<'_>) -> (Vec<Item>, Vec<Item>) {
    let (items, more) = (items(report), more(report));
    let Some(wanted) = &report.inputs.identity.nav else { return (items, more) };
    let mut left: Vec<Item> = items.into_iter().chain(more).collect();
    let mut take = |section: &str| {
        let at = left.iter().position(|item| item.section == section)?;
        Some(left.remove(at))
    };
    let named = wanted.iter().filter_map(|wanted| match wanted {
        NavItem::Part(part) => {
            let word = NavPart::WORDS.iter().find(|(_, known)| known == part).map_or("", |(word, _)| word);
            take(word)
        }
        NavItem::Page(name) => take(&routes::own_page(&Slug::new(name)?)),
        NavItem::Elsewhere { title, href } => {
            Some(Item { text: shortened(title), path: String::new(), section: "".into(), away: href.clone() })
        }
    });
    let named = named.collect();
    // What makes numbers weaker is one step away from every page.
    (named, take("checks").into_iter().collect())
}

fn items(report: &Report<'_>) -> Vec<Item> {
    let words = report.words();
    let mut items = Vec::new();
    if report.team_ids().next().is_some() {
        items.push(Item::new(words.teams, routes::TEAMS, "teams"));
    }
    if report.has_people() {
        items.push(Item::new(words.people, routes::PEOPLE, "people"));
    }
    items.push(Item::new(words.outcomes, routes::OUTCOMES, "outcomes"));
    items.push(Item::new(words.metrics, routes::METRICS, "metrics"));
    items.push(Item::new(words.checks, routes::CHECKS, "checks"));
    items
}

fn more(report: &Report<'_>) -> Vec<Item> {
    let words = report.words();
    let mut more = Vec::new();
    if report.has_support() {
        more.push(Item::new(words.alignment, routes::ALIGNMENT, "alignment"));
    }
    more.push(Item::new(words.archive, routes::ARCHIVE, "archive"));
    for page in report.inputs.plan.navigation() {
        let path = routes::own_page(&page.id);
        let text = shortened(page.nav.as_ref().unwrap_or(&page.title));
        more.push(Item { text, section: path.clone().into(), path, away: String::new() });
    }
    more
}

/// Returns a title as the navigation shows it, which stands on every page.
fn shortened(title: &str) -> String {
    match title.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}
