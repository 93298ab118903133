//! Every business outcome with its metric and the levers pulled on it, over quarters.

use serde::Serialize;

use super::Maker;
use super::shell::{Chrome, Link};
use crate::model::ids::Slug;
use crate::model::metric::Metric;
use crate::render::markup::Markup;
use crate::render::{figures, routes};
use crate::report::Ages;
use crate::report::decide::{self, title};
use crate::report::shown::{Graded, Target};
use crate::report::{ObjectiveReport, TeamReport, matter};

#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    page: Chrome,
    outcomes: Vec<OutcomeView<'a>>,
}

#[derive(Debug, Serialize)]
struct OutcomeView<'a> {
    #[serde(skip)]
    measured_by: Option<&'a Metric>,
    #[serde(skip)]
    served: Vec<(TeamReport<'a>, ObjectiveReport<'a>)>,
    id: String,
    name: String,
    metric: Option<Link>,
    measure: String,
    chart: Markup,
    objectives: Vec<ObjectiveView<'a>>,
}

#[derive(Debug, Serialize)]
struct ObjectiveView<'a> {
    quarter: Link,
    team: String,
    lever: String,
    link: Link,
    grade: &'a Markup,
}

/// The most objectives under one outcome; the latest stand there.
const LIMIT: usize = 200;

/// Returns the page: outcomes in the order in which they were first named.
pub(super) fn view(maker: Maker<'_>) -> View<'_> {
    let mut outcomes: Vec<OutcomeView<'_>> = Vec::new();
    let mut places: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for team in maker.report.quarters.iter().rev().flat_map(|quarter| &quarter.teams) {
        for objective in team.objectives() {
            let Some(outcome) = &objective.plan.outcome else { continue };
            let name = outcome.value.trim();
            let place = *places.entry(name.to_lowercase()).or_insert_with(|| {
                outcomes.push(OutcomeView::new(name, outcomes.len() + 1));
                outcomes.len() - 1
            });
            let known = &mut outcomes[place];
            if known.metric.is_none() {
                known.add_metric(maker, objective.plan.outcome_metric.as_ref().map(|metric| &metric.value));
            }
            if known.objectives.len() < LIMIT {
                known.served.push((*team, objective));
                known.objectives.push(objective_view(maker, *team, objective));
            }
        }
    }
    outcomes.iter_mut().for_each(|outcome| outcome.draw(maker));
    View { page: Chrome::new(maker, "outcomes", maker.words.outcomes, Ages::default()), outcomes }
}

impl<'a> OutcomeView<'a> {
    fn add_metric(&mut self, maker: Maker<'a>, id: Option<&'a Slug>) {
        let metrics = &maker.report.inputs.plan.metrics;
        let Some(metric) = id.and_then(|id| metrics.get(id)) else { return };
        let href = maker.link(&routes::metric(&metric.id));
        self.metric = Some(Link { text: decide::metric_title(metric), href });
        self.measured_by = Some(metric);
    }

    /// Draws the metric with the key results that were to move it; without such, its history.
    fn draw(&mut self, maker: Maker<'a>) {
        let Some(metric) = self.measured_by else { return };
        let id = format!("c.{}", self.id);
        if let Some(known) = matter::timeline(maker.report, metric, &self.served, &id) {
            (self.measure, self.chart) = (known.measure, Markup::from(known.svg));
            return;
        }
        self.measure = super::metric::measure(maker, metric);
        self.chart = figures::history(maker.report, metric, &id);
    }

    fn new(name: &str, number: usize) -> Self {
        let slug = Slug::suggest(name);
        Self {
            served: Vec::new(),
            measured_by: None,
            id: if slug.is_empty() { format!("outcome-{number}") } else { slug },
            name: name.to_owned(),
            metric: None,
            measure: String::new(),
            chart: Markup::default(),
            objectives: Vec::new(),
        }
    }
}

fn objective_view<'a>(maker: Maker<'a>, team: TeamReport<'_>, objective: ObjectiveReport<'_>) -> ObjectiveView<'a> {
    let id = team.quarter.id;
    let lever = objective.plan.lever.as_ref().map(|lever| lever.value.as_str());
    ObjectiveView {
        quarter: Link { text: team.cycle(), href: maker.link(&routes::quarter(id)) },
        team: team.name.to_owned(),
        lever: lever.unwrap_or(maker.words.no_lever_stated).to_owned(),
        link: Link {
            text: title(&objective.plan.title.value).into_owned(),
            href: maker.href(&Target::Objective(team, objective.plan)),
        },
        grade: maker.grade(Graded::of_objective(maker.report, team, objective)),
    }
}
