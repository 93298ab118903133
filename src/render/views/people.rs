//! The list of all who own something.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Maker;
use super::shell::{Chrome, Link};
use crate::render::routes;
use crate::report::people::Owner;
use crate::report::{Ages, waiting};

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    people: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    link: Link,
    team: String,
    /// How many key results of cycles that run are theirs.
    key_results: usize,
    metrics: usize,
    waiting: usize,
}

/// The most teams that are named of somebody.
const TEAMS: usize = 4;

/// Returns the page.
pub(super) fn view(maker: Maker<'_>) -> View {
    let report = maker.report;
    let mut people: Vec<Row> = Vec::with_capacity(report.owners().len());
    for owner in report.owners() {
        let runs = owner.key_results.iter().filter(|place| report.at(place.team).is_some_and(|team| !team.is_over()));
        people.push(Row {
            link: Link { text: owner.name.to_owned(), href: maker.link(&routes::person(&owner.id)) },
            team: teams(maker, owner),
            key_results: runs.count(),
            metrics: owner.metrics.len(),
            waiting: waiting::waiting(report, owner).len(),
        });
    }
    View { page: Chrome::new(maker, "people", maker.words.people, Ages::default()), people }
}

/// Returns the team that the settings put somebody in, else those in which they own something that runs.
fn teams(maker: Maker<'_>, owner: &Owner<'_>) -> String {
    if let Some(team) = owner.team {
        return maker.report.team_name(team).to_owned();
    }
    let runs = owner.key_results.iter().filter_map(|place| maker.report.at(place.team)).filter(|team| !team.is_over());
    let names: BTreeSet<&str> =
        runs.map(|team| team.name).chain(owner.leads.iter().map(|team| team.name.as_str())).collect();
    names.into_iter().take(TEAMS).collect::<Vec<_>>().join(", ")
}
