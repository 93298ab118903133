//! What stands beside bars, in English.

use super::Phrases;
use crate::model::scorecard::Grade;

impl Phrases {
    /// Returns the grade that people set beside the computed one.
    #[must_use]
    pub fn judged(self, grade: Grade) -> String {
        format!("judged {grade}")
    }

    /// Returns what bars show besides their lengths: ticks, hatching, both or nothing.
    #[must_use]
    pub fn bars_key(self, has_tick: bool, has_hatched: bool) -> String {
        let tick = has_tick.then_some("The tick on a bar is where its pace expects the grade by now.");
        let hatched = has_hatched.then_some(
            "A hatched bar is to be read with care: a guardrail is broken, people judged otherwise, or the outcome stood still.",
        );
        let told: Vec<&str> = tick.into_iter().chain(hatched).collect();
        told.join(" ")
    }
}
