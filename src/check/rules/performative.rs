//! `performative`: nothing says what the team does differently.

use crate::check::context::ObjectiveAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "performative",
    group: Group::Shape,
    summary: "An objective doesn't say what changes in how the team works.",
    why: "OKRs work when they change behaviour. If the team would do the same work without this objective, it is \
          performative; what it stops, starts or puts off for it shows that it isn't.",
    silent: "It is silent where `changes:` says anything at all.",
    example: Sample::Objectives(
        "- id: pay
  title: Paying is the least of anyone's worries
  outcome: Grow revenue
  lever: Improve conversion rate
  key_results:
    - errors: Reduce payment errors from 1.8% to 1%
",
    ),
    instead: Sample::Objectives(
        "- id: pay
  title: Paying is the least of anyone's worries
  outcome: Grow revenue
  lever: Improve conversion rate
  changes: No new payment method until the existing ones work
  key_results:
    - errors: Reduce payment errors from 1.8% to 1%
",
    ),
    check: Check::Objective(check),
};

fn check(at: &ObjectiveAt<'_>, findings: &mut Findings) {
    if at.objective.changes.as_ref().is_some_and(|changes| !changes.value.trim().is_empty()) {
        return;
    }
    let message = "nothing says what the team does differently for this objective";
    let help = "write what it stops, starts or puts off: `changes: No roadmap work until the error budget is back`";
    findings.push(Diagnostic::warning(RULE.code, &at.objective.title, message).help(help));
}
