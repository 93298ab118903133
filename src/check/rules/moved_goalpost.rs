//! `moved-goalpost`: the file and the lock of a quarter say different things, and nobody said why.

use crate::check::context::TeamAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::sample::signing_in::{self, lock};
use crate::diag::Diagnostic;
use crate::model::ids::Slug;
use crate::model::ledger::change::{Change, Moved};
use crate::model::ledger::commitment::{Commitment, Locked};
use crate::model::plan::{KeyResult, Objective};

pub(in crate::check) const RULE: Rule = Rule {
    code: "moved-goalpost",
    group: Group::Data,
    summary: "What was committed was changed after the lock, and nobody said why.",
    why: "A goal that moves towards the result is always reached. Scores count what was committed at the quarter's start, \
          and a reader should learn of the change from the team.",
    silent: "It is silent about changes that an amendment explains, about quarters that are not locked, and about a \
             metric that is named for a key result which had none.",
    example: Sample::Files(&[
        signing_in::SOFTENED,
        (signing_in::LOCK, LOCK),
        signing_in::METRIC,
        signing_in::JULY_DATA,
        signing_in::JULY,
    ]),
    instead: Sample::Files(&[
        signing_in::SOFTENED,
        (signing_in::LOCK, AMENDED),
        signing_in::METRIC,
        signing_in::JULY_DATA,
        signing_in::JULY,
    ]),
    check: Check::Team(check),
};

const LOCK: &str = lock!("2026-07-03", "cfd6b728facee7e5caf3858323359d237405f6bd4ad462e4cad97b9bf9be5474", "98");
const AMENDED: &str = lock!(
    "2026-07-03",
    "f689581d41ba056c4fbca80472ebb37c73b0b512549666caca8aab73090b1529",
    "98",
    also "            amendments:
              - on: 2026-07-14
                because: The provider's own limit is 97%
                by: Ana
                title: Improve sign-in success rate from 94% to 96%
                goal: { kind: move, from: 94 %, to: 96 % }
"
);

fn check(at: &TeamAt<'_>, findings: &mut Findings) {
    for objective in &at.team.objectives {
        of_objective(at, objective, findings);
        for key_result in objective.key_results.iter().chain(&objective.dropped) {
            of_key_result(at, objective, key_result, findings);
        }
    }
    for objective in &at.team.dropped {
        of_objective(at, objective, findings);
    }
}

fn of_objective(at: &TeamAt<'_>, objective: &Objective, findings: &mut Findings) {
    let Some(locked) = &objective.commitment else { return };
    let silent = silent(&locked.moves);
    let Some(first) = silent.first() else { return };
    let name = format!("{}/{}", at.team.team, objective.id.value);
    if matches!(first.change, Change::Dropped) {
        let message = format!("this objective was committed on {} and dropped without a word", locked.on);
        findings.push(Diagnostic::warning(RULE.code, locked.place, message).help(help(at, &name)));
        return;
    }
    let message = format!("{} changed after the lock of {} without a word", what(&silent), locked.on);
    let diagnostic = Diagnostic::warning(RULE.code, &objective.title, message).label(committed(&first.change));
    findings.push(diagnostic.related(locked.place, "committed here").help(help(at, &name)));
}

fn of_key_result(at: &TeamAt<'_>, objective: &Objective, key_result: &KeyResult, findings: &mut Findings) {
    let name = || full_name(at, &objective.id.value, &key_result.id.value);
    match &key_result.commitment {
        Commitment::Added { on, note: None } => {
            let message = format!("this key result came after the lock of {on} without a word; it feeds no mean");
            let diagnostic = Diagnostic::warning(RULE.code, &key_result.title, message);
            findings.push(diagnostic.help(help(at, &name())));
        }
        Commitment::Locked(locked) => findings.extend(moved(at, key_result, locked, &name)),
        Commitment::Open | Commitment::Added { .. } => {}
    }
}

fn moved(at: &TeamAt<'_>, key_result: &KeyResult, locked: &Locked, name: &dyn Fn() -> String) -> Option<Diagnostic> {
    let silent = silent(&locked.moves);
    let first = silent.first()?;
    if locked.is_dropped {
        let message =
            format!("this key result was committed on {} and dropped without a word; it counts 0.0", locked.on);
        return Some(Diagnostic::warning(RULE.code, locked.place, message).help(help(at, &name())));
    }
    let mild = if first.change.is_mild() { "; what is measured stays the same" } else { "" };
    let message = format!("{} changed after the lock of {} without a word{mild}", what(&silent), locked.on);
    let diagnostic = Diagnostic::warning(RULE.code, &key_result.title, message).label(committed(&first.change));
    Some(diagnostic.related(locked.place, "committed here").help(help(at, &name())))
}

fn silent(moves: &[Moved]) -> Vec<&Moved> {
    moves.iter().filter(|moved| moved.note.is_none()).collect()
}

/// Returns what was changed, with its verb: "the goal and the wording were".
fn what(moves: &[&Moved]) -> String {
    let name = |moved: &&Moved| match &moved.change {
        Change::Term(told, _) => told.changed.to_owned(),
        Change::Dropped => "all of it".to_owned(),
    };
    let names: Vec<String> = moves.iter().map(name).collect();
    match &names[..] {
        [only] => format!("{only} was"),
        [first @ .., last] => format!("{} and {last} were", first.join(", ")),
        [] => String::new(),
    }
}

fn committed(change: &Change) -> String {
    let (was, is) = change.shown();
    match (was.as_str(), is.as_str()) {
        ("", is) => format!("committed: none; now {is}"),
        (was, "") => format!("committed: {was}; now none"),
        (was, is) => format!("committed: {was}; now {is}"),
    }
}

fn full_name(at: &TeamAt<'_>, objective: &Slug, id: &Slug) -> String {
    format!("{}/{objective}/{id}", at.team.team)
}

fn help(at: &TeamAt<'_>, name: &str) -> String {
    let quarter = at.quarter.quarter.id;
    format!("put it back, or say why: `okrbook lock {quarter} --amend {name} --because \"…\"`")
}
