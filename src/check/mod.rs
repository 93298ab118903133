//! The linter: findings that need both what teams wrote and what was measured.
//!
//! In: the plan, the histories, the scorecard, the texts. Out: diagnostics, each of a [`Rule`]. Changes nothing and
//! scores nothing.

mod allow;
mod answers;
mod context;
pub mod faults;
mod follow;
mod guardrails;
mod holidays;
mod imported;
mod levels;
mod measured;
mod moved;
pub mod outcome;
mod rule;
mod rules;
mod sample;
mod trend;
mod wording;

pub use allow::allow;
pub use context::{Book, KeyResultAt, ObjectiveAt, TeamAt};
pub use follow::hold_back;
pub use levels::Levels;
pub use rule::{Check, Group, Rule};
pub use sample::Sample;
pub use wording::{Verdict, VerdictKind, codes as wording_codes, verdict_on};

use crate::diag::Diagnostic;
use crate::par;

/// Returns all rules, in the order in which they are explained.
#[must_use]
pub const fn rules() -> &'static [&'static Rule] {
    rules::ALL
}

/// Returns the rule of a code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().iter().copied().find(|rule| rule.code == code)
}

/// Returns every code that the program says: those of rules, and those of faults of the input.
pub fn codes() -> impl Iterator<Item = &'static str> {
    rules().iter().map(|rule| rule.code).chain(faults::faults().iter().map(|fault| fault.code))
}

/// Returns what the rules find that `wants` by their code.
#[must_use]
pub fn check(book: &Book<'_>, wants: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let wanted: Vec<&Rule> = rules().iter().copied().filter(|rule| wants(rule.code)).collect();
    let teams: Vec<TeamAt<'_>> = book.teams().collect();
    let found = par::map_ordered(&teams, |team| of_team(team, &wanted));
    let mut findings: Vec<Diagnostic> = found.into_iter().flatten().collect();
    for rule in wanted {
        if let Check::Book(check) = rule.check {
            check(book, &mut findings);
        }
    }
    imported::gather(book, &mut findings);
    findings
}

fn of_team(team: &TeamAt<'_>, rules: &[&Rule]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let key_results: Vec<KeyResultAt<'_>> = team.objectives().flat_map(ObjectiveAt::key_results).collect();
    wordings(&key_results, rules, &mut findings);
    for rule in rules {
        match rule.check {
            Check::Team(check) => check(team, &mut findings),
            Check::Objective(check) | Check::WordingAndTexts(_, check) => {
                team.objectives().for_each(|objective| check(&objective, &mut findings));
            }
            Check::KeyResult(check) => key_results.iter().for_each(|key_result| check(key_result, &mut findings)),
            Check::Wording(_) | Check::Book(_) | Check::Elsewhere => {}
        }
    }
    findings
}

/// Judges each sentence once, for all the rules that tell of it.
fn wordings(key_results: &[KeyResultAt<'_>], rules: &[&Rule], findings: &mut Vec<Diagnostic>) {
    let of_wording = |rule: &&Rule| match rule.check {
        Check::Wording(check) | Check::WordingAndTexts(check, _) => Some(check),
        _ => None,
    };
    let checks: Vec<_> = rules.iter().filter_map(of_wording).collect();
    for at in key_results {
        if let Some(verdict) = wording::of_key_result(at.key_result, &at.book().plan.catalogue) {
            checks.iter().for_each(|check| check(at, &verdict, findings));
            findings.extend(unread(at, &verdict));
        }
    }
}

/// Returns what keeps a sentence from being read, which is a fault of the sentence and no rule's.
fn unread(at: &KeyResultAt<'_>, verdict: &Verdict<'_>) -> Option<Diagnostic> {
    let VerdictKind::Unread(kind) = verdict.kind else { return None };
    let place = at.book().words(&at.key_result.title, verdict.range.clone());
    Some(Diagnostic::warning(kind.code(), place, kind.message()).help(verdict.help.as_str()))
}
