//! A team over all its quarters: grades, key results that went on from quarter to quarter.

use serde::Serialize;

use super::Maker;
use super::check_ins::{self, CalibrationRow};
use super::shell::{Chrome, Link};
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::Ages;
use crate::report::decide::{Count, title};
use crate::report::shown::{Graded, Target, Verdict};
use crate::report::{KeyResultReport, TeamReport, lineage, path};

#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    page: Chrome,
    heading: String,
    facts: Markup,
    quarters: Vec<QuarterRow<'a>>,
    chains: Vec<ChainView<'a>>,
    calibration: Vec<CalibrationRow>,
}

#[derive(Debug, Serialize)]
struct QuarterRow<'a> {
    link: Link,
    state: &'static str,
    grade: &'a Markup,
    lead: String,
    objectives: Vec<ObjectiveView<'a>>,
}

#[derive(Debug, Serialize)]
struct ObjectiveView<'a> {
    link: Link,
    grade: &'a Markup,
}

/// A key result that went on from quarter to quarter.
#[derive(Debug, Serialize)]
struct ChainView<'a> {
    title: String,
    summary: String,
    steps: Vec<StepView<'a>>,
}

#[derive(Debug, Serialize)]
struct StepView<'a> {
    quarter: Link,
    path: String,
    grade: &'a Markup,
}

/// Returns the page of the team at a place among all teams.
pub(super) fn view(maker: Maker<'_>, place: usize) -> Result<Option<View<'_>>> {
    let Some(id) = maker.report.team_ids().nth(place) else { return Ok(None) };
    let quarters: Vec<TeamReport<'_>> =
        maker.report.quarters_of(id).iter().filter_map(|&place| maker.report.at(place)).collect();
    let name = maker.report.team_name(id);
    let mut ages = Ages::default();
    if let Some(latest) = quarters.last() {
        ages.add(maker.report, *latest);
    }
    Ok(Some(View {
        page: Chrome::new(maker, "teams", name, ages).crumb(maker.words.teams, maker.link(routes::TEAMS)),
        heading: name.to_owned(),
        facts: super::team_quarter::facts(maker, id)?,
        quarters: quarters.iter().rev().map(|team| quarter_row(maker, *team)).collect(),
        chains: chains(maker, &quarters),
        calibration: check_ins::calibration(maker, &quarters),
    }))
}

fn quarter_row<'a>(maker: Maker<'a>, team: TeamReport<'_>) -> QuarterRow<'a> {
    let id = team.quarter.id;
    let mut count = Count::default();
    count.add(maker.report.key_results(team));
    let objectives = team.objectives().map(|objective| ObjectiveView {
        link: Link {
            text: title(&objective.plan.title.value).into_owned(),
            href: maker.href(&Target::Objective(team, objective.plan)),
        },
        grade: maker.grade(Graded::of_objective(maker.report, team, objective)),
    });
    QuarterRow {
        objectives: objectives.collect(),
        link: Link { text: id.to_string(), href: maker.href(&Target::Team(team)) },
        state: maker.phrases().state(team.state),
        grade: maker.grade(Graded::of_mean(&team.score.rollup, team.is_over())),
        lead: maker.phrases().standing(&count, team.state),
    }
}

/// Returns the key results that were carried, each with its whole way, latest first.
fn chains<'a>(maker: Maker<'a>, quarters: &[TeamReport<'_>]) -> Vec<ChainView<'a>> {
    let mut seen: Vec<*const crate::model::plan::KeyResult> = Vec::new();
    let mut chains = Vec::new();
    for team in quarters.iter().rev() {
        for report in maker.report.key_results(*team) {
            if seen.contains(&std::ptr::from_ref(report.plan)) {
                continue;
            }
            let mut steps = lineage::earlier(maker.report, &report);
            if steps.is_empty() {
                continue;
            }
            steps.insert(0, report);
            seen.extend(steps.iter().map(|step| std::ptr::from_ref(step.plan)));
            chains.push(chain(maker, &steps));
        }
    }
    chains
}

fn chain<'a>(maker: Maker<'a>, steps: &[KeyResultReport<'_>]) -> ChainView<'a> {
    let figure = |step: &KeyResultReport<'_>| Verdict::new(Graded::of(step), maker.format).figure;
    let grades: Vec<String> = steps.iter().rev().map(figure).collect();
    ChainView {
        title: steps.first().map(|step| title(step.title()).into_owned()).unwrap_or_default(),
        summary: maker.phrases().carried(steps.len(), &grades.join(", ")),
        steps: steps.iter().map(|step| step_view(maker, step)).collect(),
    }
}

fn step_view<'a>(maker: Maker<'a>, step: &KeyResultReport<'_>) -> StepView<'a> {
    StepView {
        quarter: Link { text: step.team.cycle(), href: maker.href(&Target::KeyResult(*step)) },
        path: path::of(maker.format, step).arrow(),
        grade: maker.grade(Graded::of(step)),
    }
}
