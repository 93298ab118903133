//! What waits for somebody who owns key results.

use super::Report;
use super::findings::{Noted, Subject};
use super::people::Owner;
use crate::model::scorecard::QuarterState;

/// The most findings that wait for one person.
const WAITING: usize = 100;

/// Returns what waits for somebody: what is found of their key results in cycles that run, and what the reviews of those that are
/// over and not sealed leave unanswered; what the book allows waits for nobody.
#[must_use]
pub fn waiting<'a>(report: &Report<'a>, owner: &Owner<'a>) -> Vec<(Noted<'a>, Subject<'a>)> {
    let mut found = Vec::new();
    for &place in owner.key_results.iter().rev() {
        let Some(known) = report.key_result(place) else { continue };
        if found.len() >= WAITING {
            break;
        }
        let asked = |noted: &Noted<'a>| match known.team.state {
            _ if noted.reason.is_some() => false,
            QuarterState::Over => noted.finding.code == "unanswered-question",
            QuarterState::Sealed => false,
            _ => true,
        };
        found.extend(
            report.findings.of_key_result(known.plan).filter(asked).map(|noted| (noted, Subject::KeyResult(place))),
        );
    }
    found
}
