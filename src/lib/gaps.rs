//! Key results that had better not be sealed yet: nobody can tell that their data is complete.
//!
//! In: a book, a quarter of it, and what is found. Out: the key results by name, with the findings that say what settles
//! each. A seal lasts for ever, and a count that is silent at the end may only not have been fetched.

use super::book::Book;
use crate::diag::{Diagnostic, Place};
use crate::model::plan::QuarterPlan;

/// A key result whose data may lack something.
#[derive(Debug)]
pub struct Gap {
    /// Its name: `team/objective/key-result`.
    pub name: String,
    /// What is said of it.
    pub findings: Vec<Diagnostic>,
}

/// Returns the quarter's key results of which nobody can tell that their data is complete.
pub(super) fn gaps_of(book: &Book, plan: &QuarterPlan, diagnostics: &[Diagnostic]) -> Vec<Gap> {
    let scores = book.scorecard.quarters.iter().find(|scores| scores.quarter.id == plan.quarter.id);
    let teams = plan.teams.iter().zip(scores.iter().flat_map(|scores| &scores.teams));
    let mut gaps = Vec::new();
    for (team, team_score) in teams {
        for (objective, scored) in team.objectives.iter().zip(&team_score.objectives) {
            let key_results = objective.key_results.iter().zip(&scored.key_results);
            for (key_result, _) in key_results.filter(|(_, card)| card.may_lack_data()) {
                let span = key_result.span;
                let is_about = |found: &&Diagnostic| match &found.place {
                    Place::Text(place) => place.file == span.file && (span.start..span.end).contains(&place.start),
                    Place::Line(_) | Place::File(_) => false,
                };
                let is_gap = |found: &&Diagnostic| GAPS.contains(&found.code) && is_about(found);
                gaps.push(Gap {
                    name: format!("{}/{}/{}", team.team, objective.id.value, key_result.id.value),
                    findings: diagnostics.iter().filter(is_gap).cloned().collect(),
                });
            }
        }
    }
    gaps
}

/// What is found of data that may lack something.
const GAPS: [&str; 4] = ["incomplete-events", "cut-export", "no-data", "stale-metric"];
