//! The map of a quarter: business outcome → engineering lever → objective → key results.

use serde::Serialize;

use super::Maker;
use super::scores::{grade, rollup_grade, title};
use crate::render::routes;
use crate::render::templates::Markup;
use crate::report::{ObjectiveReport, QuarterReport, TeamReport};

/// A business outcome with what is done for it.
#[derive(Debug, Serialize)]
pub(super) struct OutcomeView {
    outcome: String,
    rowspan: usize,
    objectives: Vec<ObjectiveView>,
}

#[derive(Debug, Serialize)]
struct ObjectiveView {
    lever: String,
    title: String,
    href: String,
    team: String,
    grade: Markup,
    key_results: Vec<KeyResultView>,
}

#[derive(Debug, Serialize)]
struct KeyResultView {
    title: String,
    href: String,
    grade: Markup,
}

/// The most objectives on one map; beyond it a map is no map.
const LIMIT: usize = 200;

/// Returns the map of a quarter: outcomes in the order in which teams name them, the unnamed one last.
pub(super) fn outcome_map(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> Vec<OutcomeView> {
    let mut outcomes: Vec<OutcomeView> = Vec::new();
    let mut unnamed: Vec<ObjectiveView> = Vec::new();
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

fn objective_view(maker: Maker<'_>, team: TeamReport<'_>, objective: ObjectiveReport<'_>) -> ObjectiveView {
    let page = maker.link(&routes::team_quarter(team.quarter.id, &team.plan.team));
    let lever = objective.plan.lever.as_ref().map(|lever| lever.value.as_str());
    let key_results = objective.key_results(team, &maker.report.inputs.plan.metrics).map(|report| KeyResultView {
        title: title(report.title()),
        href: format!("{page}#{}/{}", report.objective.id.value, report.plan.id.value),
        grade: grade(maker, &report),
    });
    ObjectiveView {
        lever: lever.unwrap_or(maker.words.no_lever_stated).to_owned(),
        title: title(&objective.plan.title.value),
        href: format!("{page}#{}", objective.plan.id.value),
        team: team.name.to_owned(),
        grade: rollup_grade(maker, &objective.score.rollup, team.is_over()),
        key_results: key_results.collect(),
    }
}
