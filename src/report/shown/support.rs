//! What an objective supports, and who supports it or one of its key results.

use std::borrow::Cow;

use super::fact::Fact;
use super::{Graded, Target, Verdict};
use crate::model::plan::Objective;
use crate::report::decide::title;
use crate::report::text::Phrases;
use crate::report::{KeyResultReport, Owned, Report, TeamReport};

/// The most supporters that are named; all stand on the page of alignment.
const NAMED: usize = 8;

/// Returns what an objective supports, each with whose it is, and in which cycle where that is another.
pub(super) fn supports<'a>(report: &Report<'a>, team: TeamReport<'a>, plan: &'a Objective) -> Vec<Fact<'a>> {
    let goals = plan.supports.iter().filter_map(|goal| report.supported(&goal.value));
    let facts = goals.map(|goal| {
        let (text, target) = match goal.key_result {
            Some(known) => (&known.plan.title.value, Target::KeyResult(known)),
            None => (&goal.objective.plan.title.value, Target::Objective(goal.team, goal.objective.plan)),
        };
        let text = format!("{}: {}", owner(goal.team, team), title(text));
        Fact { term: report.words().supports, text: Cow::Owned(text), target: Some(target) }
    });
    facts.collect()
}

/// Returns who supports an objective, each with its grade.
pub(super) fn of_objective<'a>(report: &Report<'a>, team: TeamReport<'a>, plan: &'a Objective) -> Vec<Fact<'a>> {
    supporters(report, team, report.supporters(team, plan))
}

/// Returns who supports a key result, each with its grade.
pub(super) fn of_key_result<'a>(report: &Report<'a>, known: &KeyResultReport<'a>) -> Vec<Fact<'a>> {
    supporters(report, known.team, report.supporters_of(known))
}

fn supporters<'a>(report: &Report<'a>, team: TeamReport<'a>, supporters: &[Owned<'a>]) -> Vec<Fact<'a>> {
    let term = report.words().supported_by;
    let named = supporters.iter().take(NAMED).map(|(other, objective)| {
        let verdict = Verdict::new(Graded::of_mean(&objective.score.rollup, other.is_over()), report.format);
        let text = format!(
            "{}: {}, {} {}",
            owner(*other, team),
            title(&objective.plan.title.value),
            verdict.figure,
            verdict.word
        );
        Fact { term, text: Cow::Owned(text), target: Some(Target::Objective(*other, objective.plan)) }
    });
    let mut facts: Vec<Fact<'a>> = named.collect();
    let rest = supporters.len().saturating_sub(NAMED);
    if rest > 0 {
        let text = Phrases::new(report.format).more_supporters(rest);
        facts.push(Fact { term, text: Cow::Owned(text), target: Some(Target::Alignment) });
    }
    facts
}

/// Returns whose something is, with its cycle where that isn't the reader's.
fn owner<'a>(team: TeamReport<'a>, reader: TeamReport<'_>) -> Cow<'a, str> {
    if team.quarter.id == reader.quarter.id {
        Cow::Borrowed(team.name)
    } else {
        Cow::Owned(format!("{}, {}", team.name, team.cycle()))
    }
}
