//! `no-outcome`: nothing ties the engineering work to what the business needs.

use crate::check::context::ObjectiveAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::plan::Objective;

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-outcome",
    group: Group::Shape,
    summary: "An objective names no business outcome, or no engineering lever that is to bring it about.",
    why: "Engineering can hit every number of its own while the business stands still. The chain from the business need \
          through the lever to the key result is what makes the claim visible, so that it can be checked.",
    silent: "It is silent where the outcome, or the metric that measures it, is named, or where the objective supports \
             another one that names it; and about the company's levers, because teams choose them.",
    example: Sample::Objectives(
        "- id: pay
  title: Paying is the least of anyone's worries
  changes: No new payment method until the existing ones work
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
    let has_outcome = names_outcome(at.objective) || supported(at).is_some_and(names_outcome);
    let has_lever = at.objective.lever.is_some() || at.at.team.team.as_str() == "company";
    let (missing, help) = match (has_outcome, has_lever) {
        (true, true) => return,
        (false, false) => (
            "neither a business outcome nor an engineering lever",
            "write both: `outcome: Reduce churn` and `lever: Improve reliability`",
        ),
        (false, true) => ("no business outcome", "write what the business needs: `outcome: Reduce churn`"),
        (true, false) => ("no engineering lever", "write what brings it about: `lever: Improve reliability`"),
    };
    let diagnostic = Diagnostic::warning(RULE.code, &at.objective.title, format!("this objective names {missing}"));
    findings.push(diagnostic.help(help));
}

fn names_outcome(objective: &Objective) -> bool {
    objective.outcome.is_some() || objective.outcome_metric.is_some()
}

/// Returns the objective that this one supports.
fn supported<'a>(at: &ObjectiveAt<'a>) -> Option<&'a Objective> {
    let reference = &at.objective.supports.as_ref()?.value;
    let team = at.at.quarter.teams.iter().find(|team| team.team == reference.team)?;
    team.objectives.iter().find(|objective| objective.id.value == reference.objective)
}
