//! `carried-again`: the same key result for the third quarter.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::context::{Book, KeyResultAt, ObjectiveAt, TeamAt};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::ids::{CycleId, KeyResultRef, Slug};
use crate::model::plan::KeyResult;
use crate::model::scorecard::KeyResultScore;
use crate::source::Spanned;

pub(in crate::check) const RULE: Rule = Rule {
    code: "carried-again",
    group: Group::Review,
    summary: "A key result is carried forward for the third quarter or more.",
    why: "What two quarters did not finish, a third one of the same kind seldom will. Either it matters and needs other \
          means, or it doesn't and takes the place of something that would.",
    silent: "It is silent in the second quarter, and where `carried_from:` doesn't lead back over two key results of \
             earlier quarters.",
    example: Sample::Files(&[
        ("quarters/2026-Q1/devex.yaml", FIRST),
        ("quarters/2026-Q2/devex.yaml", SECOND),
        ("quarters/2026-Q3/devex.yaml", THIRD),
        ("metrics.yaml", METRICS),
        ("metrics/lead.csv", LEAD),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q1/devex.yaml", FIRST),
        ("quarters/2026-Q2/devex.yaml", SECOND),
        ("metrics.yaml", METRICS),
        ("metrics/lead.csv", LEAD),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::Book(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-07-05\n";
const METRICS: &str = "lead:\n  file: lead.csv\n  source: Deploy log\n  unit: d\n";
const LEAD: &str = "date,value\n2025-12-30,14\n2026-03-30,10.5\n2026-06-29,7.4\n2026-07-03,7.2\n";
const FIRST: &str = "objectives:
  - id: flow
    title: A finished change reaches customers while it still matters
    outcome: Launch faster
    lever: Improve deployment velocity
    changes: No new tools until a change waits less than it is worked on
    key_results:
      - lead: Reduce lead time from 14 days to 3 days
";
const SECOND: &str = "objectives:
  - id: flow
    title: A finished change reaches customers while it still matters
    outcome: Launch faster
    lever: Improve deployment velocity
    changes: The release board stops meeting
    key_results:
      - id: lead
        title: Reduce lead time from 10.5 days to 3 days
        carried_from: 2026-Q1/devex/flow/lead
";
const THIRD: &str = "objectives:
  - id: flow
    title: A finished change reaches customers while it still matters
    outcome: Launch faster
    lever: Improve deployment velocity
    changes: A red main branch stops every squad
    key_results:
      - id: lead
        title: Reduce lead time from 7.4 days to 3 days
        carried_from: 2026-Q2/devex/flow/lead
";

/// The quarter in which a key result has been carried too often.
const THIRD_TIME: usize = 3;

/// Earlier quarters whose grades are told.
const TOLD: usize = 8;

fn check(book: &Book<'_>, findings: &mut Findings) {
    let mut ancestors = Ancestors::of(book);
    if ancestors.wanted.is_empty() {
        return;
    }
    // Quarters come in order, so what a key result carries on is known before it.
    for at in book.teams().flat_map(TeamAt::objectives).flat_map(ObjectiveAt::key_results) {
        let from = at.key_result.carried_from.as_deref();
        let quarter = at.at.at.quarter.quarter.id;
        let from =
            from.filter(|from| from.value.quarter != quarter && ancestors.known.contains_key(&name(&from.value)));
        let before = from.map_or(0, |from| ancestors.known[&name(&from.value)].before + 1);
        if let Some(from) = from.filter(|_| before + 1 >= THIRD_TIME) {
            findings.push(tell(from, before, &ancestors.latest(&from.value)));
        }
        ancestors.add(&at, before);
    }
}

fn tell(from: &Spanned<KeyResultRef>, before: usize, latest: &[&Ancestor<'_>]) -> Diagnostic {
    let grade = |found: &&Ancestor<'_>| match found.score.grade() {
        Some(grade) => format!("{grade} in {}", found.quarter),
        None => format!("no grade in {}", found.quarter),
    };
    let older = (before > latest.len()).then(|| "…".to_owned());
    let grades: Vec<String> = older.into_iter().chain(latest.iter().rev().map(grade)).collect();
    let cycle = from.value.quarter.kind().noun();
    let message = format!("this is the {} {cycle} of this key result", ordinal(before + 1));
    let help = "split off what can be finished, ask for what was missing twice, or drop it and say so";
    let diagnostic = Diagnostic::warning(RULE.code, from, message).label(grades.join(", ")).help(help);
    latest.iter().fold(diagnostic, |diagnostic, found| diagnostic.related(&found.plan.title, ""))
}

/// The full name of a key result: quarter, team, objective, key result.
type Name<'a> = (CycleId, &'a Slug, &'a Slug, &'a Slug);

const fn name(reference: &KeyResultRef) -> Name<'_> {
    (reference.quarter, &reference.team, &reference.objective, &reference.key_result)
}

struct Ancestor<'a> {
    quarter: CycleId,
    plan: &'a KeyResult,
    score: &'a KeyResultScore,
    /// How many quarters it was carried over itself.
    before: usize,
}

/// Key results that others carry on. Each is looked at once, however many quarters follow it.
struct Ancestors<'a> {
    wanted: BTreeSet<Name<'a>>,
    known: BTreeMap<Name<'a>, Ancestor<'a>>,
}

impl<'a> Ancestors<'a> {
    fn of(book: &'a Book<'a>) -> Self {
        let teams = book.plan.quarters.iter().flat_map(|quarter| &quarter.teams);
        let key_results = teams.flat_map(|team| &team.objectives).flat_map(|objective| &objective.key_results);
        let wanted = key_results.filter_map(|known| Some(name(&known.carried_from.as_ref()?.value)));
        Self { wanted: wanted.collect(), known: BTreeMap::new() }
    }

    fn add(&mut self, at: &KeyResultAt<'a>, before: usize) {
        let team = &at.at.at;
        let quarter = team.quarter.quarter.id;
        let name = (quarter, &team.team.team, &at.at.objective.id.value, &at.key_result.id.value);
        if self.wanted.contains(&name) {
            self.known.insert(name, Ancestor { quarter, plan: at.key_result, score: at.score, before });
        }
    }

    /// Returns the latest key results that are carried on by whoever carries on this one, newest first.
    fn latest<'s>(&'s self, reference: &'s KeyResultRef) -> Vec<&'s Ancestor<'a>> {
        let first = self.known.get(&name(reference));
        let before = |found: &&'s Ancestor<'a>| {
            let from = found.plan.carried_from.as_deref().filter(|_| found.before > 0)?;
            self.known.get(&name(&from.value))
        };
        std::iter::successors(first, before).take(TOLD).collect()
    }
}

fn ordinal(number: usize) -> String {
    match number {
        3 => "third".to_owned(),
        4 => "fourth".to_owned(),
        5 => "fifth".to_owned(),
        _ => format!("{number}th"),
    }
}
