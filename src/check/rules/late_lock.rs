//! `late-lock`: a quarter ran for three weeks before a team said what it commits to.

use std::collections::BTreeMap;

use crate::check::context::Book;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::sample::signing_in::{self, lock};
use crate::diag::{Diagnostic, Place};
use crate::model::ids::{CycleKind, Slug};
use crate::model::ledger::TeamLock;
use crate::model::plan::{QuarterPlan, TeamPlan};

pub(in crate::check) const RULE: Rule = Rule {
    code: "late-lock",
    group: Group::Data,
    summary: "A team committed to its goals after the quarter's first three weeks, or not at all.",
    why: "A goal that is set when a third of the quarter is known is a forecast. Without a lock nobody can tell a goal \
          that was reached from one that was moved.",
    silent: "It is silent in books that never locked a quarter, about quarters before the first that was locked, and in a \
             quarter's first three weeks.",
    example: Sample::Files(&[
        signing_in::SOFTENED,
        (signing_in::LOCK, LATE),
        signing_in::METRIC,
        signing_in::AUGUST_DATA,
        signing_in::AUGUST,
    ]),
    instead: Sample::Files(&[
        signing_in::SOFTENED,
        (signing_in::LOCK, LOCK),
        signing_in::METRIC,
        signing_in::AUGUST_DATA,
        signing_in::AUGUST,
    ]),
    check: Check::Book(check),
};

const LOCK: &str = lock!("2026-07-03", "fafc6659696b4f6caf16ea9341e479ab289f4c90371dde87365a200bb1fda530", "96");
const LATE: &str = lock!("2026-08-11", "9be3aab5a36f9c1f8a6aa6f298eb05a35f96b415bc8b5041e61076f57f4243fd", "96");

fn check(book: &Book<'_>, findings: &mut Findings) {
    let is_locked = |quarter: &QuarterPlan| quarter.ledger.lock.as_ref().is_some_and(|lock| !lock.teams.is_empty());
    let since_first = book.plan.quarters.iter().skip_while(|quarter| !is_locked(quarter));
    for quarter in since_first {
        let late = quarter.quarter.late_from();
        if book.scorecard.as_of < late {
            continue;
        }
        let locks = quarter.ledger.lock.iter().flat_map(|lock| &lock.teams);
        let locks: BTreeMap<&Slug, &TeamLock> = locks.rev().map(|lock| (&lock.owner, lock)).collect();
        let teams = quarter.teams.iter().filter(|team| !team.objectives.is_empty());
        findings.extend(teams.filter_map(|team| of_team(book, quarter, team, locks.get(&team.team).copied())));
    }
}

fn of_team(book: &Book<'_>, quarter: &QuarterPlan, team: &TeamPlan, lock: Option<&TeamLock>) -> Option<Diagnostic> {
    let (id, start) = (quarter.quarter.id, quarter.quarter.window.start);
    let Some(lock) = lock else {
        let path = &book.sources.get(team.file).path;
        let message = format!("{} is not locked for {id}, so nothing records what it committed to", team.team);
        let help =
            format!("`okrbook lock {id} --team {}` records it from now on, and says that it came late", team.team);
        return Some(Diagnostic::warning(RULE.code, Place::file(path), message).help(help));
    };
    let days = lock.on.since(start);
    if days < quarter.quarter.late_after() {
        return None;
    }
    let cycle = id.kind().noun();
    let message = format!("{} committed to its goals for {id} on {}, {days} days into the {cycle}", team.team, lock.on);
    let first = match id.kind() {
        CycleKind::Quarter => "three weeks".to_owned(),
        _ => format!("{} days", quarter.quarter.late_after()),
    };
    let help = format!("lock in the first {first}, while nobody knows how the {cycle} goes");
    Some(Diagnostic::warning(RULE.code, &lock.team, message).help(help))
}
