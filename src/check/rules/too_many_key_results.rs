//! `too-many-key-results`: more key results than a team can keep in mind.

use crate::check::context::ObjectiveAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "too-many-key-results",
    group: Group::Shape,
    summary: "An objective has more than four key results.",
    why: "A team that watches eight numbers moves none of them: whatever is worked on serves some key result, so that \
          nothing has to be decided. Three or four are a choice.",
    silent: "It is silent up to four key results under an objective, milestones and baselines included.",
    example: Sample::Objectives(
        "- id: better
  title: Paying is the least of anyone's worries
  outcome: Grow revenue
  lever: Improve conversion rate
  changes: No new payment method until the existing ones work
  key_results:
    - errors: Reduce payment errors from 1.8% to 1%
    - declines: Reduce declined payments from 3.1% to 2.4%
    - page: Reduce checkout page load time from 3.2 s to 1.5 s
    - refunds: Reduce time to a refund from 6 days to 2 days
    - abandoned: Reduce abandoned baskets from 31% to 25%
",
    ),
    instead: Sample::Objectives(
        "- id: better
  title: Paying is the least of anyone's worries
  outcome: Grow revenue
  lever: Improve conversion rate
  changes: No new payment method until the existing ones work
  key_results:
    - errors: Reduce payment errors from 1.8% to 1%
    - page: Reduce checkout page load time from 3.2 s to 1.5 s
    - abandoned: Reduce abandoned baskets from 31% to 25%
",
    ),
    check: Check::Objective(check),
};

/// As many key results as an objective may have.
const MOST: usize = 4;

fn check(at: &ObjectiveAt<'_>, findings: &mut Findings) {
    let key_results = &at.objective.key_results;
    let Some(first_beyond) = key_results.get(MOST) else { return };
    let message = format!("{} key results stand under one objective", key_results.len());
    let help =
        "which three matter most? keep these, and leave the others out or give them to an objective of their own";
    let diagnostic = Diagnostic::warning(RULE.code, &at.objective.title, message);
    let diagnostic = diagnostic.label(format!("at most {MOST} leave room to choose"));
    findings.push(diagnostic.related(&first_beyond.title, "the fifth").help(help));
}
