//! `too-many-objectives`: more objectives than a quarter has room for.
//!
//! The bound is five: practice guides agree on three to five objectives for a team and a quarter (Doerr, *Measure What
//! Matters*, 2018, chapter 4; Google's re:Work guide "Set goals with OKRs").

use crate::check::context::TeamAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "too-many-objectives",
    group: Group::Shape,
    summary: "A team has more than five objectives in one quarter.",
    why: "Objectives compete for the same people and the same weeks. With six of them nothing is decided; the guides \
          that OKRs come from name three to five for a team and a quarter.",
    silent: "It is silent up to five objectives of a team in a quarter, whatever they have under them.",
    example: Sample::Objectives(
        "- id: pay
  title: Paying is the least of anyone's worries
  outcome: Grow revenue
  lever: Improve conversion rate
  changes: No new payment method until the existing ones work
  key_results:
    - errors: Reduce payment errors from 1.8% to 1%
- id: find
  title: People find what they came for
  outcome: Grow revenue
  lever: Improve search
  changes: Search is worked on before any new shelf
  key_results:
    - searches: Reduce searches without a result from 12% to 4%
- id: arrive
  title: What was ordered arrives
  outcome: Reduce churn
  lever: Improve order accuracy
  changes: Pickers may stop an order
  key_results:
    - complete: Improve orders delivered complete from 86% to 92%
- id: refund
  title: Money comes back without being asked for twice
  outcome: Reduce churn
  lever: Settle claims without a queue
  changes: A claim is believed first
  key_results:
    - refunds: Reduce time to a refund from 6 days to 2 days
- id: answer
  title: Questions are answered at once
  outcome: Reduce costs
  lever: Remove the causes of contacts
  changes: Engineers sit with support every Monday
  key_results:
    - contacts: Reduce orders that need a contact from 9% to 6%
- id: open
  title: The shop is open whenever somebody is hungry
  outcome: Reduce churn
  lever: Improve reliability
  changes: Maintenance leaves shopping hours
  key_results:
    - outages: Reduce outages from 6/quarter to 1/quarter
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
- id: arrive
  title: What was ordered arrives
  outcome: Reduce churn
  lever: Improve order accuracy
  changes: Pickers may stop an order
  key_results:
    - complete: Improve orders delivered complete from 86% to 92%
",
    ),
    check: Check::Team(check),
};

/// As many objectives as a team may have in a quarter.
const MOST: usize = 5;

fn check(at: &TeamAt<'_>, findings: &mut Findings) {
    let objectives = &at.team.objectives;
    let Some(first_beyond) = objectives.get(MOST) else { return };
    let cycle = at.quarter.quarter.id.kind().noun();
    let message = format!("{} objectives in one {cycle}", objectives.len());
    let diagnostic = Diagnostic::warning(RULE.code, &first_beyond.title, message);
    let help =
        format!("which of them would you keep if only three were allowed? put the others off to a later {cycle}");
    findings.push(diagnostic.label("the sixth").help(help));
}
