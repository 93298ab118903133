//! Pages that lead from an earlier address to today's: what `aliases` promises.
//!
//! In: the report. Out: a route for each earlier address of a team, a metric and a page, with what it leads to. A metric's
//! values stand at its earlier address again, since a spreadsheet that fetches them follows no page.

use super::routes::{self, Page, Route, Target};
use crate::model::ids::Slug;
use crate::report::{Report, TeamPlace};

/// Returns the routes of all earlier addresses.
pub(super) fn all(report: &Report<'_>) -> Vec<Route> {
    let mut routes: Vec<Route> = Vec::new();
    let mut add = |path: String, page: Page| routes.push(Route { path, page });
    for (place, id) in report.team_ids().enumerate() {
        for alias in report.team(id).iter().flat_map(|team| &team.aliases).map(|alias| &alias.value) {
            add(routes::team(alias), Page::Redirect(Target::Team(place)));
            for &place in report.quarters_of(id) {
                let Some(quarter) = report.quarters.get(place.quarter) else { continue };
                add(routes::team_quarter(quarter.id(), alias), Page::Redirect(Target::TeamQuarter(place)));
                if routes::has_team_packets(quarter) {
                    add(routes::team_packet(quarter.id(), alias), Page::Redirect(Target::Packet(place)));
                }
            }
        }
    }
    for (place, metric) in report.inputs.plan.metrics.values().enumerate() {
        for alias in metric.aliases.iter().map(|alias| &alias.value) {
            add(routes::metric(alias), Page::Redirect(Target::Metric(place)));
            add(routes::metric_csv(alias), Page::MetricCsv(place));
        }
    }
    for (place, page) in report.inputs.plan.pages.iter().enumerate() {
        for alias in &page.aliases {
            add(routes::own_page(&alias.value), Page::Redirect(Target::Own(place)));
        }
    }
    routes
}

/// Returns the path of a target, and what its page is called.
pub(super) fn target(report: &Report<'_>, target: Target) -> Option<(String, String)> {
    let in_quarter = |place: TeamPlace, path: fn(crate::model::ids::CycleId, &Slug) -> String| {
        let team = report.at(place)?;
        Some((path(team.quarter.id, &team.plan.team), format!("{}, {}", team.name, team.quarter.id)))
    };
    match target {
        Target::Team(place) => {
            let id = report.team_ids().nth(place)?;
            Some((routes::team(id), report.team_name(id).to_owned()))
        }
        Target::TeamQuarter(place) => in_quarter(place, routes::team_quarter),
        Target::Packet(place) => in_quarter(place, routes::team_packet),
        Target::Metric(place) => {
            let metric = report.metric_at(place)?;
            Some((routes::metric(&metric.id), crate::report::decide::metric_title(metric)))
        }
        Target::Own(place) => {
            let page = report.inputs.plan.pages.get(place)?;
            Some((routes::own_page(&page.id), page.title.clone()))
        }
    }
}
