//! Check points of milestones on charts.
//!
//! In: a key result and the days that a chart shows. Out: the days to mark, each with the number under which the card tells
//! of it, and the same in words.

use super::KeyResultReport;
use super::text::Phrases;
use crate::model::calendar::{Day, Window};
use crate::model::step::Step;

/// Returns the check points that were passed on some days, each with its day and number.
pub(super) fn marks(key_result: &KeyResultReport<'_>, as_of: Day, days: Window) -> Vec<(Day, String)> {
    passed(key_result, as_of, days).map(|(place, _, day)| (day, (place + 1).to_string())).collect()
}

/// Returns the same in words that go on from others; empty where nothing was passed.
pub(super) fn told(key_result: &KeyResultReport<'_>, as_of: Day, days: Window, phrases: Phrases) -> String {
    passed(key_result, as_of, days).map(|(place, step, day)| phrases.step_at(place, step, day)).collect()
}

fn passed<'a>(
    key_result: &KeyResultReport<'a>,
    as_of: Day,
    days: Window,
) -> impl Iterator<Item = (usize, &'a Step, Day)> {
    let steps = key_result.plan.steps.iter().enumerate();
    let passed = steps.filter_map(move |(place, step)| Some((place, step, step.passed(as_of)?)));
    passed.filter(move |(_, _, day)| days.contains(*day))
}
