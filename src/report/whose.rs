//! Whose something is: people with their team, else the team.
//!
//! In: what a finding is about, or a key result. Out: names as people read them.

use super::findings::Subject;
use super::text::Phrases;
use super::{KeyResultReport, Report, TeamReport};
use crate::model::ids::Slug;
use crate::model::plan::Team;

/// Returns whose something is: who owns it, else who answers for its metric, else who leads the team, each with the team; nothing of
/// what is nobody's alone.
#[must_use]
pub fn of(report: &Report<'_>, subject: Subject<'_>) -> String {
    match subject {
        Subject::KeyResult(place) => {
            report.key_result(place).map(|known| of_key_result(report, &known)).unwrap_or_default()
        }
        Subject::Objective(place, _) | Subject::Team(place) => {
            report.at(place).map(|team| of_team(report, &team)).unwrap_or_default()
        }
        Subject::Metric(id) => {
            let metric = report.inputs.plan.metrics.get(id);
            metric.and_then(|metric| metric.owner.as_deref()).map(|owner| name(report, owner)).unwrap_or_default()
        }
        Subject::Book => String::new(),
    }
}

/// Returns whose a key result is.
#[must_use]
pub fn of_key_result(report: &Report<'_>, known: &KeyResultReport<'_>) -> String {
    let phrases = Phrases::new(report.format);
    let names: Vec<String> = known.plan.owners.iter().map(|owner| name(report, &owner.value)).collect();
    let answers = known.metric().and_then(|metric| metric.owner.as_deref()).map(|owner| name(report, owner));
    match (names.is_empty(), answers) {
        (false, _) => phrases.whose(&names, known.team.name),
        (true, Some(name)) => phrases.whose(&[name], known.team.name),
        (true, None) => of_team(report, &known.team),
    }
}

/// Returns whose a team's quarter is.
#[must_use]
pub fn of_team(report: &Report<'_>, team: &TeamReport<'_>) -> String {
    let lead = team.team.and_then(|team: &Team| team.lead.as_deref());
    let names: Vec<String> = lead.map(|lead| name(report, lead)).into_iter().collect();
    Phrases::new(report.format).whose(&names, team.name)
}

/// Returns what people call somebody, or a team, that a file names.
fn name(report: &Report<'_>, text: &str) -> String {
    let team = Slug::new(text).and_then(|id| Some(report.team(&id)?.name.clone()));
    team.unwrap_or_else(|| report.name_of(text).to_owned())
}
