//! `no-outcome`: nothing ties the engineering work to what the business needs.

use std::collections::BTreeSet;

use crate::check::context::Book;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::ids::ObjectiveName;
use crate::model::plan::{Objective, Plan, QuarterPlan, TeamPlan};

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-outcome",
    group: Group::Shape,
    summary: "An objective names no business outcome, or no lever that is to bring it about.",
    why: "A team can hit every number of its own while the business stands still. The chain from the business need \
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
    check: Check::Book(check),
};

fn check(book: &Book<'_>, findings: &mut Findings) {
    let with_outcome = supported_with_outcome(book.plan);
    for quarter in &book.plan.quarters {
        for team in &quarter.teams {
            findings.extend(team.objectives.iter().filter_map(|objective| find(team, objective, &with_outcome)));
        }
    }
}

fn find(team: &TeamPlan, objective: &Objective, with_outcome: &BTreeSet<ObjectiveName<'_>>) -> Option<Diagnostic> {
    let has_outcome = names_outcome(objective) || supported(objective).any(|name| with_outcome.contains(&name));
    let has_lever = objective.lever.is_some() || team.team.as_str() == "company";
    let (missing, help) = match (has_outcome, has_lever) {
        (true, true) => return None,
        (false, false) => (
            "neither a business outcome nor a lever",
            "write both: `outcome: Reduce churn` and `lever: Improve reliability`",
        ),
        (false, true) => ("no business outcome", "write what the business needs: `outcome: Reduce churn`"),
        (true, false) => ("no lever", "write what brings it about: `lever: Improve reliability`"),
    };
    let message = format!("this objective names {missing}");
    Some(Diagnostic::warning(RULE.code, &objective.title, message).help(help))
}

fn names_outcome(objective: &Objective) -> bool {
    objective.outcome.is_some() || objective.outcome_metric.is_some()
}

/// Returns the objectives that an objective supports, by themselves or by one of their key results.
fn supported(objective: &Objective) -> impl Iterator<Item = ObjectiveName<'_>> {
    objective.supports.iter().map(|named| named.value.objective())
}

/// Returns the objectives that others support and that name an outcome.
fn supported_with_outcome(plan: &Plan) -> BTreeSet<ObjectiveName<'_>> {
    let of_quarter = |quarter: &QuarterPlan| quarter.quarter.id;
    let teams = || plan.quarters.iter().flat_map(|known| known.teams.iter().map(move |team| (of_quarter(known), team)));
    let objectives =
        || teams().flat_map(|(cycle, team)| team.objectives.iter().map(move |known| (cycle, &team.team, known)));
    let wanted: BTreeSet<ObjectiveName<'_>> = objectives().flat_map(|(_, _, objective)| supported(objective)).collect();
    let named = objectives().filter(|(_, _, objective)| names_outcome(objective));
    named
        .map(|(cycle, team, objective)| (cycle, team, &objective.id.value))
        .filter(|name| wanted.contains(name))
        .collect()
}
