//! Where a key result comes from: the chain of `carried_from` through earlier quarters.

use super::{KeyResultReport, Report};

/// The longest chain that is followed; also what ends a chain that leads back to itself.
const LIMIT: usize = 40;

/// Returns the earlier key results that this one carries on, latest first.
#[must_use]
pub fn earlier<'a>(report: &Report<'a>, of: &KeyResultReport<'a>) -> Vec<KeyResultReport<'a>> {
    let mut chain: Vec<KeyResultReport<'a>> = Vec::new();
    let mut next = of.plan.carried_from.as_ref();
    while let Some(reference) = next {
        let Some(found) = report.carried(&reference.value) else { break };
        // A chain goes back in time only, so it can't go in circles.
        let newest = chain.last().map_or(of.team.quarter, |last| last.team.quarter);
        if found.team.quarter.order() >= newest.order() || chain.len() == LIMIT {
            break;
        }
        next = found.plan.carried_from.as_ref();
        chain.push(found);
    }
    chain
}
