//! The words of the interface, one file for each language.
//!
//! In: a locale. Out: the words that pages print and the sentences that say what became of a key result.
//! Knows no page and no template.

mod en;
mod en_archive;
mod en_charts;
mod en_checks;
mod en_evidence;
mod en_ledger;
mod en_packet;
mod en_phrases;
mod en_sentence;

pub use en_phrases::Phrases;
pub use en_sentence::Facts;

use serde::Serialize;

use super::format::Format;
use crate::model::goal::{Bound, Gain};
use crate::model::scorecard::{Band, Reason, Status};

/// A language that the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English with days before months.
    #[default]
    English,
}

impl Language {
    /// Returns the language of a locale (`en`, `en-GB`), or nothing where the interface doesn't speak it.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        language.eq_ignore_ascii_case("en").then_some(Self::English)
    }

    /// Returns the tag for `lang` attributes.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    /// Returns the words of the interface.
    #[must_use]
    pub const fn words(self) -> &'static Words {
        match self {
            Self::English => &en::WORDS,
        }
    }

    /// Returns the sign between thousands.
    #[must_use]
    pub const fn thousands(self) -> char {
        match self {
            Self::English => ',',
        }
    }

    /// Returns the sign before decimals.
    #[must_use]
    pub const fn decimal(self) -> char {
        match self {
            Self::English => '.',
        }
    }

    /// Returns the word between two ends of a range.
    #[must_use]
    pub const fn to(self) -> &'static str {
        match self {
            Self::English => "to",
        }
    }

    /// Returns a month's name, from 1.
    #[must_use]
    pub fn month(self, month: u8) -> &'static str {
        let Self::English = self;
        en::MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default()
    }

    /// Returns a month's short name, from 1.
    #[must_use]
    pub fn short_month(self, month: u8) -> &'static str {
        let name = self.month(month);
        name.get(..3).unwrap_or(name)
    }

    /// Returns the word for a band: `strong`.
    #[must_use]
    pub const fn band(self, band: Band) -> &'static str {
        match self {
            Self::English => en_sentence::band(band),
        }
    }

    /// Returns the word for a status: `on track`.
    #[must_use]
    pub const fn status(self, status: Status) -> &'static str {
        match self {
            Self::English => en::status(status),
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

macro_rules! words {
    ($($name:ident),* $(,)?) => {
        /// The words of the interface; templates print them as `t.name`.
        #[derive(Debug, Serialize)]
        #[expect(missing_docs, reason = "each word's name says what it is")]
        pub struct Words {
            $(pub $name: &'static str,)*
        }
    };
}

words! {
    skip, main_nav, overview, quarter, quarters, outcomes, metrics, checks, retrospective, teams, team, key_result,
    key_results, objective, objectives, trend, from, now, goal, grade, pace, status, data_age, lever, outcome,
    evidence, measured_by, owners, lead, weight, guardrails, guardrail, carried_from, proposed_by, set_by, supports,
    changes, file, rows, lines, sha256, last_data, baseline, progress, value, state, owner, unit, better, used_by,
    date, download_csv, definition, whole_history, worked, failed, learned, carry, next_target, no_answer, review,
    more_from_review, carried, undecided, distribution, outcome_map, story, distribution_so_far,
    company_objectives, all_values, json, csv, made_how, line, not_found, not_found_help, home, lineage, no_quarters,
    has_moved, has_moved_help,
    no_quarters_help, no_objectives, no_objectives_help, no_metrics, no_metrics_help, no_outcomes, no_outcomes_help,
    no_review, no_review_help, no_history, no_history_help, no_company, no_company_help, none, summary,
    share_measured, dates, fresh_within, complete_through, of, no_outcome_stated, metric, outcome_metric, measures,
    guards, higher, lower, error, warning, no_grade, no_lever_stated, parent, function, breadcrumb, page_nav,
    theatre, confidence, check_ins, then, note, calibration, calibration_lead, said, reached, mean_grade, moves, moves_lead, no_carry,
    moved_what, committed, now_says, moved_why,
    rule_why, rule_example, rule_instead, rule_silent, rule_setting, rule_level, rule_allow, found_here, none_found_here,
    looked_for, allowed, allowed_help, no_theatre, theatre_lead, no_findings_help, book_itself, earlier_quarters, rule, why,
    packet, contents, section, findings, exports, print_packet, print_packet_help, how_measured, no_key_results, pdf, on, page,
    draft, grade_so_far, end, all_quarters, last_value, metrics_lead, outcomes_lead,
    archive, archive_lead, sealed_quarters, sealed_on, seal, because, seal_verify, seal_verify_files, seal_verify_digest,
    seal_verify_limit, no_seals, no_seals_help,
}
