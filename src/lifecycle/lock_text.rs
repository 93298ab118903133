//! A team's lock as text: what people read, compare and merge.
//!
//! In: what was committed. Out: the block of that team, with a digest over what it says.

use std::fmt::Write as _;

use super::emit::{list, mapping, scalar};
use crate::model::ids::Slug;
use crate::model::ledger::{
    self, Amendment, KeyResultLock, Note, ObjectiveLock, ObjectiveTerms, Start, TeamLock, Terms, notation,
};

/// Returns the beginning of a new lock.
pub(super) fn head(quarter: &str) -> String {
    format!(
        "# What each team committed to for {quarter}, written by `okrbook lock`. Scores count from here.\n\
         # To change a commitment: edit the team's file, then say why, with\n\
         #   okrbook lock {quarter} --amend TEAM/OBJECTIVE/KEY-RESULT --because \"…\"\n\
         teams:\n"
    )
}

/// Lines with their depth.
struct Block(String);

impl Block {
    fn line(&mut self, depth: usize, key: &str, value: &str) {
        let indent = depth * 2;
        let space = if value.is_empty() { "" } else { " " };
        // Writing into a text can't fail.
        let _ = writeln!(self.0, "{:indent$}{key}:{space}{value}", "");
    }

    fn text(&mut self, depth: usize, key: &str, value: &str) {
        self.line(depth, key, &scalar(value));
    }
}

/// Returns the block of a team.
pub(super) fn block(lock: &TeamLock) -> String {
    let mut block = Block(String::new());
    block.line(1, lock.team.value.as_str(), "");
    block.text(2, "locked", &lock.on.to_string());
    block.text(2, "digest", &lock.computed_digest().to_string());
    block.line(2, "objectives", "");
    for objective in &lock.objectives {
        add_objective(&mut block, objective);
    }
    block.0
}

fn add_objective(block: &mut Block, lock: &ObjectiveLock) {
    block.line(3, lock.id.value.as_str(), "");
    if let Some(ObjectiveTerms { title, ambition, outcome_metric }) = &lock.terms {
        block.text(4, "title", title);
        block.text(4, "ambition", ledger::ambition(*ambition));
        if let Some(metric) = outcome_metric {
            block.text(4, "outcome_metric", metric.as_str());
        }
    }
    add_amendments(block, 4, lock.terms.as_ref(), &lock.amendments, &|block, depth, before, now| {
        let changed =
            |same: fn(&ObjectiveTerms, &ObjectiveTerms) -> bool| before.is_none_or(|before| !same(before, now));
        if changed(|a, b| a.title == b.title) {
            block.text(depth, "title", &now.title);
        }
        if changed(|a, b| a.ambition == b.ambition) {
            block.text(depth, "ambition", ledger::ambition(now.ambition));
        }
        if changed(|a, b| a.outcome_metric == b.outcome_metric) {
            block.text(depth, "outcome_metric", name(now.outcome_metric.as_ref()));
        }
    });
    if !lock.key_results.is_empty() {
        block.line(4, "key_results", "");
    }
    for key_result in &lock.key_results {
        add_key_result(block, key_result);
    }
}

fn add_key_result(block: &mut Block, lock: &KeyResultLock) {
    block.line(5, lock.id.value.as_str(), "");
    if let Some(terms) = &lock.terms {
        add_terms(block, 6, None, terms);
    }
    if let Some(start) = &lock.start {
        add_start(block, start);
    }
    add_amendments(block, 6, lock.terms.as_ref(), &lock.amendments, &add_terms);
}

/// Adds the terms that differ from those before; with none before, all that say something.
fn add_terms(block: &mut Block, depth: usize, before: Option<&Terms>, now: &Terms) {
    let changed = |same: fn(&Terms, &Terms) -> bool, is_silent: bool| match before {
        Some(before) => !same(before, now),
        None => !is_silent,
    };
    if changed(|a, b| a.title == b.title, false) {
        block.text(depth, "title", &now.title);
    }
    if changed(|a, b| a.goal == b.goal, now.goal.is_none()) {
        let goal = now.goal.as_ref().map(|goal| mapping(ledger::goal(goal)));
        block.line(depth, "goal", &goal.unwrap_or_else(|| scalar("")));
    }
    if changed(|a, b| a.metric == b.metric, now.metric.is_none()) {
        block.text(depth, "metric", name(now.metric.as_ref()));
    }
    if changed(|a, b| a.definition == b.definition, now.definition.is_none()) {
        block.text(depth, "definition", now.definition.as_deref().unwrap_or_default());
    }
    if changed(|a, b| a.weight == b.weight, false) {
        block.text(depth, "weight", &now.weight.to_string());
    }
    if changed(|a, b| a.owners == b.owners, now.owners.is_empty()) {
        block.line(depth, "owners", &list(now.owners.iter().map(String::as_str)));
    }
    if changed(|a, b| a.guardrails == b.guardrails, now.guardrails.is_empty()) {
        add_guardrails(block, depth, now);
    }
}

fn add_guardrails(block: &mut Block, depth: usize, terms: &Terms) {
    if terms.guardrails.is_empty() {
        return block.line(depth, "guardrails", "[]");
    }
    block.line(depth, "guardrails", "");
    for (metric, bound) in &terms.guardrails {
        let indent = depth * 2 + 2;
        let guardrail = mapping([("metric", metric.to_string()), ledger::bound(bound)]);
        let _ = writeln!(block.0, "{:indent$}- {guardrail}", "");
    }
}

fn add_start(block: &mut Block, start: &Start) {
    block.line(6, "start", "");
    block.text(7, "value", &notation::quantity(&start.value));
    block.text(7, "on", &start.on.to_string());
    if !start.data.is_empty() {
        block.line(7, "data", "");
    }
    for (path, digest) in &start.data {
        block.line(8, &scalar(path), digest);
    }
}

/// Adds what differs of terms from those before.
type AddTerms<'f, T> = &'f dyn Fn(&mut Block, usize, Option<&T>, &T);

fn add_amendments<T>(
    block: &mut Block,
    depth: usize,
    committed: Option<&T>,
    amendments: &[Amendment<T>],
    add: AddTerms<'_, T>,
) {
    if !amendments.is_empty() {
        block.line(depth, "amendments", "");
    }
    let mut before = committed;
    for Amendment { note: Note { on, because, by }, terms } in amendments {
        let indent = depth * 2 + 2;
        let _ = writeln!(block.0, "{:indent$}- on: {on}", "");
        block.text(depth + 2, "because", because);
        if let Some(by) = by {
            block.text(depth + 2, "by", by);
        }
        match terms {
            Some(terms) => {
                add(block, depth + 2, before, terms);
                before = Some(terms);
            }
            None => block.line(depth + 2, "dropped", "true"),
        }
    }
}

fn name(metric: Option<&Slug>) -> &str {
    metric.map_or("", Slug::as_str)
}
