//! `individual-checklist`: a list of solo tasks where a shared aim belongs.

use std::collections::BTreeSet;

use crate::check::context::ObjectiveAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::plan::KeyResult;

pub(in crate::check) const RULE: Rule = Rule {
    code: "individual-checklist",
    group: Group::Shape,
    summary: "Each key result of an objective belongs to one person, and to a different one each.",
    why: "Then the objective is a heading over private to-do lists: nobody needs anybody, and nobody looks at what the \
          others do. A key result that no single person can achieve alone makes a team work together.",
    silent: "It is silent below three key results, and where any key result has no owner, several owners, or an owner \
             whom another one has too.",
    example: Sample::KeyResults(
        "- id: errors
  title: Reduce payment errors from 1.8% to 1%
  owners: [ana]
- id: refunds
  title: Reduce time to a refund from 6 days to 2 days
  owners: [ben]
- id: abandoned
  title: Reduce abandoned baskets from 31% to 25%
  owners: [chloe]
",
    ),
    instead: Sample::KeyResults(
        "- id: errors
  title: Reduce payment errors from 1.8% to 1%
  owners: [ana, ben]
- id: abandoned
  title: Reduce abandoned baskets from 31% to 25%
  owners: [ben, chloe]
",
    ),
    check: Check::Objective(check),
};

/// Fewer key results can each have an owner of their own by chance.
const FEWEST: usize = 3;

fn check(at: &ObjectiveAt<'_>, findings: &mut Findings) {
    let key_results = &at.objective.key_results;
    if key_results.len() < FEWEST || !all_alone(key_results) {
        return;
    }
    let message = format!("{} key results, each of one person, and of a different one each", key_results.len());
    let help = "find the result that these people can only reach together, and let two or more of them answer for it";
    let diagnostic = Diagnostic::warning(RULE.code, &at.objective.title, message);
    let diagnostic = diagnostic.label("a list of solo tasks").help(help);
    let owners = key_results.iter().flat_map(|key_result| &key_result.owners);
    findings.push(owners.fold(diagnostic, |diagnostic, owner| diagnostic.related(owner, "alone")));
}

fn all_alone(key_results: &[KeyResult]) -> bool {
    let mut seen = BTreeSet::new();
    key_results.iter().all(|key_result| match key_result.owners.as_slice() {
        [owner] => seen.insert(owner.value.trim().to_lowercase()),
        _ => false,
    })
}
