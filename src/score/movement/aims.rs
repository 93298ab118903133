//! Aims: in which cycles people worked on a metric, so that its movement then says nothing of how it moves by itself.

use crate::model::calendar::Window;
use crate::model::ids::Slug;
use crate::model::plan::{Objective, Plan};
use crate::model::scorecard::Aims;

/// Returns the days of the cycles in which a key result or an objective's outcome named each metric: stretches that ascend
/// and don't touch.
#[must_use]
pub fn aims(plan: &Plan) -> Aims {
    let mut aims = Aims::new();
    for quarter in &plan.quarters {
        let objectives = quarter.teams.iter().flat_map(|team| team.objectives.iter().chain(&team.dropped));
        for metric in objectives.flat_map(metrics_of) {
            let windows = aims.entry(metric.clone()).or_default();
            if windows.last() != Some(&quarter.quarter.window) {
                windows.push(quarter.quarter.window);
            }
        }
    }
    aims.values_mut().for_each(|windows| *windows = joined(std::mem::take(windows)));
    aims
}

/// Returns the same days as stretches that ascend and don't touch.
fn joined(mut windows: Vec<Window>) -> Vec<Window> {
    windows.sort_unstable();
    let mut joined: Vec<Window> = Vec::new();
    for window in windows {
        match joined.last_mut() {
            Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
            _ => joined.push(window),
        }
    }
    joined
}

fn metrics_of(objective: &Objective) -> impl Iterator<Item = &Slug> {
    let key_results = objective.key_results.iter().chain(&objective.dropped);
    let measured = key_results.filter_map(|key_result| key_result.metric.as_ref());
    measured.chain(&objective.outcome_metric).map(|metric| &metric.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::Day;

    #[test]
    fn cycles_that_touch_or_lie_in_each_other_are_one_stretch() {
        let window = |start, end| Window { start: Day::from_number(start), end: Day::from_number(end) };
        let windows = vec![window(300, 400), window(0, 365), window(90, 180), window(500, 600)];
        assert_eq!(joined(windows), [window(0, 400), window(500, 600)]);
        assert_eq!(joined(Vec::new()), []);
    }
}
