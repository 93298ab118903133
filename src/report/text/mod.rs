//! The words of the interface, one file for each language.
//!
//! In: a locale. Out: the words that pages print and the sentences that say what became of a key result.
//! Knows no page and no template.

mod en;
mod en_answer;
mod en_archive;
mod en_bars;
mod en_charts;
mod en_checks;
mod en_digest;
mod en_evidence;
mod en_ledger;
mod en_levels;
mod en_matter;
mod en_movement;
mod en_packet;
mod en_phrases;
mod en_script;
mod en_sentence;
mod language;
mod own;
mod words;

pub use en_ledger::ChangeParts;
pub use en_phrases::Phrases;
pub use en_sentence::Facts;
pub use language::Language;
pub(crate) use own::replaced;
pub use own::unknown_words;
pub use words::Words;

use super::format::Format;
use crate::model::goal::{Bound, Gain, Hold};
use crate::model::scorecard::{Band, Reason};

impl Language {
    /// Returns the word for a band: `strong`.
    #[must_use]
    pub const fn band(self, band: Band) -> &'static str {
        match self {
            Self::English => en_sentence::band(band),
        }
    }

    /// Returns why there is no score, or a doubtful one, as the end of a sentence.
    #[must_use]
    pub fn reason(self, reason: &Reason, format: Format) -> String {
        match self {
            Self::English => en_sentence::reason(reason, format),
        }
    }

    /// Returns a bound as it follows "stay": `below 60 s`.
    #[must_use]
    pub fn bound(self, bound: &Bound, format: Format) -> String {
        match self {
            Self::English => en_sentence::bound(bound, format),
        }
    }

    /// Returns the bounds of a hold as they follow "stay": `below 60 s`, `between 3 and 5 days`.
    #[must_use]
    pub fn hold(self, hold: &Hold, format: Format) -> String {
        match self {
            Self::English => en_sentence::hold(hold, format),
        }
    }

    /// Returns what a gain asks for: `a rise by 5 points`.
    #[must_use]
    pub fn gain(self, gain: &Gain, format: Format) -> String {
        match self {
            Self::English => en_sentence::gain(gain, format),
        }
    }

    /// Returns what became of a key result, in a sentence or a few.
    #[must_use]
    pub fn key_result(self, facts: &Facts<'_>) -> String {
        match self {
            Self::English => en_sentence::key_result(facts),
        }
    }
}
