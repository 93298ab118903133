//! `lost-carry-forward`: a promise that the next quarter forgot.

use crate::check::answers;
use crate::check::context::{KeyResultAt, TeamAt};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, paying};
use crate::diag::Diagnostic;
use crate::model::plan::{KeyResult, QuarterPlan, TeamPlan};
use crate::model::review::Carry;
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    code: "lost-carry-forward",
    group: Group::Review,
    summary: "A review promised to carry a key result forward, and no key result of the next quarter does.",
    why: "Either the promise was not meant, or it was lost between two documents. Both are worth knowing, because the \
          next review will be read by how the last one was kept.",
    silent: "It is silent where the answer doesn't begin with yes; until the team's plan for the next quarter exists; \
             and where any team's key result of that quarter names the old one in `carried_from:`, or has its metric.",
    example: Sample::Files(&[
        ("quarters/2026-Q1/shop.review.md", REVIEW),
        ("quarters/2026-Q1/shop.yaml", paying::OBJECTIVE),
        (
            "quarters/2026-Q2/shop.yaml",
            "objectives:
  - id: quick
    title: Paying is so quick that nobody gives up
    outcome: Grow revenue
    lever: Improve conversion rate
    changes: No new payment method until the existing ones work
    key_results:
      - errors: Reduce payment errors from 1.8% to 0.6%
",
        ),
        ("metrics.yaml", METRICS),
        ("metrics/page.csv", PAGE),
        ("metrics/errors.csv", ERRORS),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q1/shop.review.md", REVIEW),
        ("quarters/2026-Q1/shop.yaml", paying::OBJECTIVE),
        (
            "quarters/2026-Q2/shop.yaml",
            "objectives:
  - id: quick
    title: Paying is so quick that nobody gives up
    outcome: Grow revenue
    lever: Improve conversion rate
    changes: No new payment method until the existing ones work
    key_results:
      - id: page
        title: Reduce checkout page load time from 2.3 s to 1.5 s
        carried_from: 2026-Q1/shop/quick/page
",
        ),
        ("metrics.yaml", METRICS),
        ("metrics/page.csv", PAGE),
        ("metrics/errors.csv", ERRORS),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-04-05\n";
const METRICS: &str = "page:\n  file: page.csv\n  source: Real user monitoring\n  unit: s
errors:\n  file: errors.csv\n  source: Payment gateway\n  unit: \"%\"\n";
const PAGE: &str = "date,value\n2025-12-30,3.2\n2026-02-11,2.6\n2026-03-29,2.3\n2026-04-02,2.3\n";
const ERRORS: &str = "date,value\n2026-03-29,1.8\n2026-04-02,1.8\n";
const REVIEW: &str = "## quick/page

### What worked
Two partner scripts are gone, with their contracts.

### What didn't
The card form still loads first.

### What we learned
Ask for what takes others' time in the first week.

### Carry forward?
Yes: the card form is next.
";

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let carry = answers::of(at).and_then(|answers| answers.carry.as_ref());
    let Some(carry) = carry.filter(|carry| carry.decision == Some(true)) else { return };
    let Some((next, own)) = next_quarter(&at.at.at) else { return };
    // Most promises are kept by the team itself.
    let mut teams = std::iter::once(own).chain(&next.teams);
    if teams.any(|team| team.objectives.iter().flat_map(|objective| &objective.key_results).any(|it| carries(it, at))) {
        return;
    }
    let name = format!("{}/{}", at.at.objective.id.value, at.key_result.id.value);
    let message = format!("`{name}` was to be carried forward, but no key result of {} does", next.quarter.id);
    let own = at.at.at.quarter.quarter.id;
    let help = format!(
        "add it to {} with `carried_from: {own}/{}/{name}`, or say in the next review why it was dropped",
        next.quarter.id, at.at.at.team.team
    );
    let diagnostic = Diagnostic::warning(RULE.code, first_word(carry, at), message).label("promised here");
    findings.push(diagnostic.help(help));
}

/// Returns the next quarter with the team's plan for it, where it has one.
fn next_quarter<'a>(at: &TeamAt<'a>) -> Option<(&'a QuarterPlan, &'a TeamPlan)> {
    let id = at.quarter.quarter.id.next();
    let next = at.book.plan.quarters.iter().find(|quarter| quarter.quarter.id == id)?;
    let is_own = |team: &&TeamPlan| at.book.plan.is_one_team(&team.team, &at.team.team);
    Some((next, next.teams.iter().find(is_own)?))
}

fn carries(later: &KeyResult, at: &KeyResultAt<'_>) -> bool {
    let (team, objective) = (&at.at.at, &at.at.objective.id.value);
    let named = later.carried_from.as_ref().is_some_and(|from| {
        let from = &from.value;
        from.quarter == team.quarter.quarter.id
            && from.team == team.team.team
            && from.objective == *objective
            && from.key_result == at.key_result.id.value
    });
    let metrics = later.metric.as_ref().zip(at.key_result.metric.as_ref());
    named || metrics.is_some_and(|(later, own)| later.value == own.value)
}

/// Returns the place of the "yes".
fn first_word(carry: &Carry, at: &KeyResultAt<'_>) -> Span {
    let text = at.book().sources.text(carry.body.span);
    let start = text.find(char::is_alphanumeric).unwrap_or(0);
    let length = text[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - start);
    carry.body.span.part(start..start + length)
}
