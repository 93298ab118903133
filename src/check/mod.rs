//! Findings that need both what teams wrote and what was measured.
//!
//! In: the plan, the histories, the scorecard. Out: diagnostics. Changes nothing and scores nothing.

mod rules;

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::plan::{KeyResult, Plan};
use crate::model::scorecard::{KeyResultScore, Scorecard};

/// What a rule may look at.
struct Book<'a> {
    plan: &'a Plan,
    histories: &'a BTreeMap<Slug, History>,
    scorecard: &'a Scorecard,
}

/// Returns what the rules find.
#[must_use]
pub fn check(plan: &Plan, histories: &BTreeMap<Slug, History>, scorecard: &Scorecard) -> Vec<Diagnostic> {
    let book = Book { plan, histories, scorecard };
    let mut findings = Vec::new();
    book.each_key_result(|key_result, score| {
        findings.extend(rules::fraction_for_percent::check(&book, key_result, score));
    });
    findings
}

impl<'a> Book<'a> {
    /// Calls `visit` with each key result and its score. The scorecard has the plan's shape.
    fn each_key_result(&self, mut visit: impl FnMut(&'a KeyResult, &'a KeyResultScore)) {
        for (quarter, scores) in self.plan.quarters.iter().zip(&self.scorecard.quarters) {
            for (team, scores) in quarter.teams.iter().zip(&scores.teams) {
                for (objective, scores) in team.objectives.iter().zip(&scores.objectives) {
                    for (key_result, score) in objective.key_results.iter().zip(&scores.key_results) {
                        visit(key_result, score);
                    }
                }
            }
        }
    }
}
