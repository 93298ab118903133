//! The cycle before, which charts show in grey.
//!
//! In: a report and the days of a cycle. Out: days and a name.

use crate::model::calendar::Window;
use crate::model::plan::QuarterPlan;
use crate::report::Report;

/// Returns the days of the cycle before, and its name where the book has it.
pub(super) fn cycle_before(report: &Report<'_>, window: Window) -> (Window, Option<String>) {
    let is_it = |plan: &&QuarterPlan| {
        let before = plan.quarter.window;
        // Quarters are no more than three days longer or shorter than their neighbours.
        before.end == window.start && (before.days() - window.days()).abs() <= 3
    };
    match report.quarters.iter().map(|quarter| quarter.plan).find(is_it) {
        Some(plan) => (plan.quarter.window, Some(plan.heading())),
        None => (Window { start: window.start.plus(-window.days()), end: window.start }, None),
    }
}
