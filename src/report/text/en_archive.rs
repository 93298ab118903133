//! Sealed quarters, in English.

use super::Phrases;
use crate::model::archive::{BagAbout, BagName, BagState};

impl Phrases {
    /// Returns how often a quarter was sealed: `first seal`, `revision 2`.
    #[must_use]
    pub fn revision(self, name: BagName) -> String {
        match name.revision {
            1 => "first seal".to_owned(),
            revision => format!("revision {revision}"),
        }
    }

    /// Returns what a seal counts for.
    #[must_use]
    pub fn seal_state(self, state: &BagState) -> String {
        match state {
            BagState::Counts => "in force".to_owned(),
            BagState::Superseded => "superseded".to_owned(),
            BagState::Unsound(why) => format!("can’t be trusted: {why}"),
        }
    }

    /// Returns what a sealed quarter came to.
    #[must_use]
    pub fn seal_result(self, about: &BagAbout) -> String {
        format!("{} of {} reached 0.7", about.strong, about.key_results)
    }

    /// Returns the company's grade in a sealed quarter; empty where it had no objectives.
    #[must_use]
    pub fn seal_company(self, about: &BagAbout) -> String {
        about.company.as_ref().map(|grade| format!("Company {grade}")).unwrap_or_default()
    }
}
