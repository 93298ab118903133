//! The map of a quarter: business outcome → engineering lever → objective → key results.

use serde::Serialize;

use super::Maker;
use crate::render::markup::Markup;
use crate::report::decide::title;
use crate::report::shown::{Graded, Target};
use crate::report::{ObjectiveReport, QuarterReport, TeamReport};

/// A business outcome with what is done for it.
#[derive(Debug, Serialize)]
pub(super) struct OutcomeView<'a> {
    outcome: String,
    rowspan: usize,
    objectives: Vec<ObjectiveView<'a>>,
}

#[derive(Debug, Serialize)]
struct ObjectiveView<'a> {
    lever: String,
    title: String,
    href: String,
    team: String,
    grade: &'a Markup,
    key_results: Vec<KeyResultView<'a>>,
}

#[derive(Debug, Serialize)]
struct KeyResultView<'a> {
    title: String,
    href: String,
    grade: &'a Markup,
}

/// The most objectives on one map; beyond it a map is no map.
const LIMIT: usize = 200;

/// Returns the map of a quarter: outcomes in the order in which teams name them, the unnamed one last.
pub(super) fn outcome_map<'a>(maker: Maker<'a>, quarter: &QuarterReport<'_>) -> Vec<OutcomeView<'a>> {
    let mut outcomes: Vec<OutcomeView<'_>> = Vec::new();
    let mut unnamed: Vec<ObjectiveView<'_>> = Vec::new();
    if quarter.teams.iter().map(|team| team.plan.objectives.len()).sum::<usize>() > LIMIT {
        return outcomes;
    }
    for team in &quarter.teams {
        for objective in team.objectives() {
            let view = objective_view(maker, *team, objective);
            let Some(outcome) = &objective.plan.outcome else {
                unnamed.push(view);
                continue;
            };
            let name = outcome.value.trim();
            match outcomes.iter_mut().find(|known| known.outcome.eq_ignore_ascii_case(name)) {
                Some(known) => known.objectives.push(view),
                None => {
                    outcomes.push(OutcomeView { outcome: name.to_owned(), rowspan: 0, objectives: vec![view] });
                }
            }
        }
    }
    if !unnamed.is_empty() {
        let outcome = maker.words.no_outcome_stated.to_owned();
        outcomes.push(OutcomeView { outcome, rowspan: 0, objectives: unnamed });
    }
    for outcome in &mut outcomes {
        outcome.rowspan = outcome.objectives.len();
    }
    outcomes
}

fn objective_view<'a>(maker: Maker<'a>, team: TeamReport<'_>, objective: ObjectiveReport<'_>) -> ObjectiveView<'a> {
    let lever = objective.plan.lever.as_ref().map(|lever| lever.value.as_str());
    let key_results = objective.key_results(team, &maker.report.inputs.plan.metrics).map(|report| KeyResultView {
        title: title(report.title()).into_owned(),
        href: maker.href(&Target::KeyResult(report)),
        grade: maker.in_column(Graded::of(&report)),
    });
    ObjectiveView {
        lever: lever.unwrap_or(maker.words.no_lever_stated).to_owned(),
        title: title(&objective.plan.title.value).into_owned(),
        href: maker.href(&Target::Objective(team, objective.plan)),
        team: team.name.to_owned(),
        grade: maker.in_column(Graded::of_objective(maker.report, team, objective)),
        key_results: key_results.collect(),
    }
}
