//! `edited-lock`: a team's lock is not as the program wrote it.

use std::collections::BTreeSet;

use crate::check::context::Book;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::sample::signing_in::{self, lock};
use crate::diag::{Diagnostic, Place};
use crate::model::ids::Slug;
use crate::model::ledger::TeamLock;
use crate::model::plan::QuarterPlan;

pub(in crate::check) const RULE: Rule = Rule {
    code: "edited-lock",
    group: Group::Data,
    summary: "A team's lock was edited by hand.",
    why: "A lock is the record of what was committed. One that anybody may rewrite records nothing. It carries a digest \
          over what it says, so that an edit shows; comments and line ends may change.",
    silent: "It is silent where the digest fits. It does not keep out somebody who computes a new one; the history of \
             the file does that.",
    example: Sample::Files(&[
        signing_in::SOFTENED,
        (signing_in::LOCK, EDITED),
        signing_in::METRIC,
        signing_in::JULY_DATA,
        signing_in::JULY,
    ]),
    instead: Sample::Files(&[
        signing_in::SOFTENED,
        (signing_in::LOCK, LOCK),
        signing_in::METRIC,
        signing_in::JULY_DATA,
        signing_in::JULY,
    ]),
    check: Check::Book(check),
};

const LOCK: &str = lock!("2026-07-03", "fafc6659696b4f6caf16ea9341e479ab289f4c90371dde87365a200bb1fda530", "96");
/// The lock of 98 %, in which somebody wrote the 96 % of the softened file.
const EDITED: &str = lock!("2026-07-03", "cfd6b728facee7e5caf3858323359d237405f6bd4ad462e4cad97b9bf9be5474", "96");

fn check(book: &Book<'_>, findings: &mut Findings) {
    for quarter in &book.plan.quarters {
        let teams = quarter.ledger.lock.iter().flat_map(|lock| &lock.teams);
        let later: BTreeSet<&Slug> = quarter.ledger.lock.iter().flat_map(|lock| &lock.later).collect();
        let is_later = |lock: &TeamLock| later.contains(&lock.team.value);
        // Of a lock that goes on after the as-of day only a part was read.
        findings.extend(teams.filter(|lock| !lock.is_intact() && !is_later(lock)).map(|lock| finding(quarter, lock)));
    }
}

fn finding(quarter: &QuarterPlan, lock: &TeamLock) -> Diagnostic {
    let team = &lock.team.value;
    let (place, label): (Place, &str) = match &lock.digest {
        Some(digest) => (digest.into(), "doesn't fit what stands below"),
        None => ((&lock.team).into(), "has no digest"),
    };
    let message = format!("the lock of {team} for {} is not as `okrbook lock` wrote it", quarter.quarter.id);
    let help = "restore the file with `git checkout`; to change a commitment, use `okrbook lock --amend`";
    Diagnostic::error(RULE.code, place, message).label(label).help(help)
}
