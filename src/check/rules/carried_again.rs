//! `carried-again`: the same key result for the third quarter.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::ids::KeyResultRef;
use crate::model::plan::{KeyResult, Plan};
use crate::model::scorecard::{KeyResultScore, Scorecard};

pub(in crate::check) const RULE: Rule = Rule {
    code: "carried-again",
    group: Group::Review,
    summary: "A key result is carried forward for the third quarter or more.",
    why: "What two quarters did not finish, a third one of the same kind seldom will. Either it matters and needs other \
          means, or it doesn't and takes the place of something that would.",
    silent: "It is silent in the second quarter, and where `carried_from:` doesn't lead back over two key results of \
             earlier quarters.",
    example: Sample::Files(&[
        ("quarters/2026-Q1/devex.yaml", FIRST),
        ("quarters/2026-Q2/devex.yaml", SECOND),
        ("quarters/2026-Q3/devex.yaml", THIRD),
        ("metrics.yaml", METRICS),
        ("metrics/lead.csv", LEAD),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q1/devex.yaml", FIRST),
        ("quarters/2026-Q2/devex.yaml", SECOND),
        ("metrics.yaml", METRICS),
        ("metrics/lead.csv", LEAD),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-07-05\n";
const METRICS: &str = "lead:\n  file: lead.csv\n  source: Deploy log\n  unit: d\n";
const LEAD: &str = "date,value\n2025-12-30,14\n2026-03-30,10.5\n2026-06-29,7.4\n2026-07-03,7.2\n";
const FIRST: &str = "objectives:
  - id: flow
    title: A finished change reaches customers while it still matters
    outcome: Launch faster
    lever: Improve deployment velocity
    changes: No new tools until a change waits less than it is worked on
    key_results:
      - lead: Reduce lead time from 14 days to 3 days
";
const SECOND: &str = "objectives:
  - id: flow
    title: A finished change reaches customers while it still matters
    outcome: Launch faster
    lever: Improve deployment velocity
    changes: The release board stops meeting
    key_results:
      - id: lead
        title: Reduce lead time from 10.5 days to 3 days
        carried_from: 2026-Q1/devex/flow/lead
";
const THIRD: &str = "objectives:
  - id: flow
    title: A finished change reaches customers while it still matters
    outcome: Launch faster
    lever: Improve deployment velocity
    changes: A red main branch stops every squad
    key_results:
      - id: lead
        title: Reduce lead time from 7.4 days to 3 days
        carried_from: 2026-Q2/devex/flow/lead
";

/// The quarter in which a key result has been carried too often.
const THIRD_TIME: usize = 3;

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let Some(from) = &at.key_result.carried_from else { return };
    let before = ancestors(at);
    if before.len() + 1 < THIRD_TIME {
        return;
    }
    let grade = |found: &Ancestor<'_>| match found.score.grade() {
        Some(grade) => format!("{grade} in {}", found.reference.quarter),
        None => format!("no grade in {}", found.reference.quarter),
    };
    let grades: Vec<String> = before.iter().rev().map(grade).collect();
    let message = format!("this is the {} quarter of this key result", ordinal(before.len() + 1));
    let help = "split off what can be finished, ask for what was missing twice, or drop it and say so";
    let diagnostic = Diagnostic::warning(RULE.code, &**from, message).label(grades.join(", ")).help(help);
    findings.push(before.iter().fold(diagnostic, |diagnostic, found| diagnostic.related(&found.plan.title, "")));
}

struct Ancestor<'a> {
    reference: &'a KeyResultRef,
    plan: &'a KeyResult,
    score: &'a KeyResultScore,
}

/// Returns the key results that this one carries on, newest first; each is of an earlier quarter than the one before.
fn ancestors<'a>(at: &KeyResultAt<'a>) -> Vec<Ancestor<'a>> {
    let book = at.book();
    let mut found: Vec<Ancestor<'a>> = Vec::new();
    let mut next = at.key_result.carried_from.as_deref();
    let mut quarter = at.at.at.quarter.quarter.id;
    while let Some(reference) = next.map(|from| &from.value).filter(|from| from.quarter < quarter) {
        let Some((plan, score)) = find(book.plan, book.scorecard, reference) else { break };
        quarter = reference.quarter;
        next = plan.carried_from.as_deref();
        found.push(Ancestor { reference, plan, score });
    }
    found
}

fn find<'a>(
    plan: &'a Plan,
    scorecard: &'a Scorecard,
    reference: &KeyResultRef,
) -> Option<(&'a KeyResult, &'a KeyResultScore)> {
    let quarters = plan.quarters.iter().zip(&scorecard.quarters);
    let (quarter, scores) = quarters.into_iter().find(|(quarter, _)| quarter.quarter.id == reference.quarter)?;
    let mut teams = quarter.teams.iter().zip(&scores.teams);
    let (team, scores) = teams.find(|(team, _)| team.team == reference.team)?;
    let mut objectives = team.objectives.iter().zip(&scores.objectives);
    let (objective, scores) = objectives.find(|(objective, _)| objective.id.value == reference.objective)?;
    let mut key_results = objective.key_results.iter().zip(&scores.key_results);
    key_results.find(|(key_result, _)| key_result.id.value == reference.key_result)
}

fn ordinal(number: usize) -> String {
    match number {
        3 => "third".to_owned(),
        4 => "fourth".to_owned(),
        5 => "fifth".to_owned(),
        _ => format!("{number}th"),
    }
}
