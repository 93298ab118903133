//! The list of all teams, with their grades over the latest cycles.

use serde::Serialize;

use super::Maker;
use super::shell::{Chrome, Link};
use super::standing::{PastView, past};
use crate::model::ids::Slug;
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::shown::{Graded, Target};
use crate::report::{Ages, TeamReport};

#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    page: Chrome,
    teams: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    link: Link,
    function: &'a str,
    lead: &'a str,
    latest: Link,
    grade: &'a Markup,
    /// What the grade was floored from; empty without a grade.
    score: String,
    past: Vec<PastView>,
}

/// Returns the page.
pub(super) fn view(maker: Maker<'_>) -> View<'_> {
    let teams = maker.report.team_ids().filter_map(|id| row(maker, id));
    View { teams: teams.collect(), page: Chrome::new(maker, "teams", maker.words.teams, Ages::default()) }
}

fn row<'a>(maker: Maker<'a>, id: &'a Slug) -> Option<Row<'a>> {
    let report = maker.report;
    let begun = |team: &TeamReport<'_>| team.quarter.window.start <= report.as_of();
    let known = || report.quarters_of(id).iter().rev().filter_map(|&place| report.at(place));
    let latest = known().find(begun).or_else(|| known().next())?;
    let team = report.team(id);
    let lead = team.and_then(|team| team.lead.as_deref()).unwrap_or_default();
    Some(Row {
        link: Link { text: report.team_name(id).to_owned(), href: maker.link(&routes::team(id)) },
        function: team.and_then(|team| team.function.as_deref()).unwrap_or_default(),
        lead: report.name_of(lead),
        latest: Link { text: latest.cycle(), href: maker.href(&Target::Team(latest)) },
        grade: maker.grade(Graded::of_mean(&latest.score.rollup, latest.is_over())),
        score: latest.score.rollup.score.map(|score| score.normal().to_string()).unwrap_or_default(),
        past: past(maker, id, latest),
    })
}
