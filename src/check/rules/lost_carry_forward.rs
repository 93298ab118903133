//! `lost-carry-forward`: a promise that the next quarter forgot.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::answers;
use crate::check::context::{Book, KeyResultAt, ObjectiveAt};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, paying};
use crate::diag::Diagnostic;
use crate::model::ids::{CycleId, Slug};
use crate::model::plan::{Plan, QuarterPlan};
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
    check: Check::Book(check),
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

fn check(book: &Book<'_>, findings: &mut Findings) {
    let mut carried: BTreeMap<CycleId, Carried<'_>> = BTreeMap::new();
    for team in book.teams().filter(|team| team.team.review.is_some()) {
        let Some(next) = book.plan.after(team.quarter.quarter) else { continue };
        let carried = carried.entry(next.quarter.id).or_insert_with(|| Carried::of(next, book.plan));
        if carried.teams.contains(today(book.plan, &team.team.team)) {
            let key_results = team.objectives().flat_map(ObjectiveAt::key_results);
            findings.extend(key_results.filter_map(|at| lost(&at, next.quarter.id, carried)));
        }
    }
}

fn lost(at: &KeyResultAt<'_>, next: CycleId, carried: &Carried<'_>) -> Option<Diagnostic> {
    let carry = answers::of(at)?.carry.as_ref().filter(|carry| carry.decision == Some(true))?;
    let team = &at.at.at;
    let (objective, key_result) = (&at.at.objective.id.value, &at.key_result.id.value);
    let own = team.quarter.quarter.id;
    let is_measured = at.key_result.metric.as_ref().is_some_and(|metric| carried.metrics.contains(&metric.value));
    if is_measured || carried.named.contains(&(own, &team.team.team, objective, key_result)) {
        return None;
    }
    let name = format!("{objective}/{key_result}");
    let message = format!("`{name}` was to be carried forward, but no key result of {next} does");
    let help = format!(
        "add it to {next} with `carried_from: {own}/{}/{name}`, or say in the next review why it was dropped",
        team.team.team
    );
    Some(Diagnostic::warning(RULE.code, first_word(carry, at), message).label("promised here").help(help))
}

/// What a quarter carries on, gathered once for all promises of the quarter before.
struct Carried<'a> {
    /// The teams that have a plan, as they are called today.
    teams: BTreeSet<&'a Slug>,
    /// The key results that are named in `carried_from`: quarter, team, objective, key result.
    named: BTreeSet<(CycleId, &'a Slug, &'a Slug, &'a Slug)>,
    metrics: BTreeSet<&'a Slug>,
}

impl<'a> Carried<'a> {
    fn of(quarter: &'a QuarterPlan, plan: &'a Plan) -> Self {
        let objectives = || quarter.teams.iter().flat_map(|team| &team.objectives);
        let key_results = || objectives().flat_map(|objective| &objective.key_results);
        let from = key_results().filter_map(|known| Some(&known.carried_from.as_ref()?.value));
        Self {
            teams: quarter.teams.iter().map(|team| today(plan, &team.team)).collect(),
            named: from.map(|from| (from.quarter, &from.team, &from.objective, &from.key_result)).collect(),
            metrics: key_results().filter_map(|known| Some(&known.metric.as_ref()?.value)).collect(),
        }
    }
}

/// Returns the id that a team has today.
fn today<'a>(plan: &'a Plan, id: &'a Slug) -> &'a Slug {
    plan.team(id).map_or(id, |team| &team.id)
}

/// Returns the place of the "yes".
fn first_word(carry: &Carry, at: &KeyResultAt<'_>) -> Span {
    let text = at.book().sources.text(carry.body.span);
    let start = text.find(char::is_alphanumeric).unwrap_or(0);
    let length = text[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - start);
    carry.body.span.part(start..start + length)
}
