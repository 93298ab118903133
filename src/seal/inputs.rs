//! What a quarter's scores and pages are made from, so that it can be kept beside them.
//!
//! In: the plan and the book's texts. Out: which exports are needed, and the settings with their day pinned.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::calendar::Day;
use crate::model::ids::{CycleId, Slug};
use crate::model::metric::Query;
use crate::model::plan::{Plan, QuarterPlan};

/// Returns the paths of the exports that a quarter's scores and pages rest on: those of its own metrics, and those of
/// earlier quarters that have no frozen scores.
#[must_use]
pub fn exports(plan: &Plan, quarter: CycleId, sealed: &[CycleId]) -> BTreeSet<Arc<str>> {
    let until = plan.quarters.iter().position(|known| known.quarter.id == quarter).map_or(0, |place| place + 1);
    let counts = |known: &&QuarterPlan| !sealed.contains(&known.quarter.id);
    exports_of(plan, plan.quarters[..until].iter().filter(counts))
}

/// Returns the paths of the exports that the quarters' metrics read.
pub fn exports_of<'a>(plan: &'a Plan, quarters: impl Iterator<Item = &'a QuarterPlan>) -> BTreeSet<Arc<str>> {
    let mut wanted: Vec<&Slug> = quarters.flat_map(metrics).collect();
    let mut known: BTreeSet<&Slug> = BTreeSet::new();
    let mut files = BTreeSet::new();
    while let Some(id) = wanted.pop() {
        let Some(metric) = plan.metrics.get(id).filter(|_| known.insert(id)) else { continue };
        match &metric.query {
            Query::Rows(rows) => files.extend(rows.all_files().cloned()),
            Query::RatioOfMetrics { of, to } => wanted.extend([&of.value, &to.value]),
        }
    }
    files
}

fn metrics(quarter: &QuarterPlan) -> Vec<&Slug> {
    let mut found = Vec::new();
    for team in &quarter.teams {
        for objective in team.objectives.iter().chain(&team.dropped) {
            found.extend(objective.outcome_metric.iter().map(|metric| &metric.value));
            for key_result in objective.key_results.iter().chain(&objective.dropped) {
                found.extend(key_result.metric.iter().map(|metric| &metric.value));
                found.extend(key_result.guardrails.iter().map(|guardrail| &guardrail.metric.value));
                found.extend(key_result.commitment.locked().and_then(|locked| locked.terms.metric.as_ref()));
            }
        }
    }
    found
}

/// Returns the settings with the day as of which they are read pinned.
#[must_use]
pub fn pinned(settings: &str, as_of: Day) -> String {
    let mut text = String::with_capacity(settings.len() + 20);
    let mut is_pinned = false;
    for line in settings.split_inclusive('\n') {
        if line.starts_with("as_of:") && !is_pinned {
            is_pinned = true;
            text.push_str(&format!("as_of: {as_of}\n"));
        } else {
            text.push_str(line);
        }
    }
    if !is_pinned {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&format!("as_of: {as_of}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_pinned_and_otherwise_left_alone() {
        let day = Day::parse("2026-10-05").expect("a day");
        assert_eq!(pinned("organisation: X\n", day), "organisation: X\nas_of: 2026-10-05\n");
        assert_eq!(pinned("organisation: X", day), "organisation: X\nas_of: 2026-10-05\n");
        assert_eq!(pinned("as_of: 2026-11-20 # x\nlocale: en\n", day), "as_of: 2026-10-05\nlocale: en\n");
    }
}
