//! The words that pages print, by name.
//!
//! A language gives each of them a text; templates print them as `t.name`.

use serde::Serialize;

macro_rules! words {
    ($($name:ident),* $(,)?) => {
        /// The words of the interface; templates print them as `t.name`.
        #[derive(Debug, Serialize)]
        #[expect(missing_docs, reason = "each word's name says what it is")]
        pub struct Words {
            $(pub $name: &'static str,)*
        }

        impl Words {
            /// The names of all words.
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// Returns all words with their names.
            pub fn texts(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
                [$((stringify!($name), self.$name)),*].into_iter()
            }

            /// Returns these words with other texts where `said` has one for a name.
            pub(super) fn replaced(&self, said: &dyn Fn(&str) -> Option<&'static str>) -> Self {
                Self { $($name: said(stringify!($name)).unwrap_or(self.$name),)* }
            }
        }
    };
}

words! {
    did_it_matter, skip, main_nav, overview, quarter, quarters, outcomes, metrics, checks, retrospective, teams, team, key_result,
    key_results, objective, objectives, trend, from, now, goal, grade, pace, status, data_age, lever, outcome,
    evidence, measured_by, owners, lead, weight, guardrails, guardrail, carried_from, proposed_by, set_by, supports,
    supported_by, people, people_lead, person_lead, person, waiting, nothing_waits, theirs, leads,
    alignment, alignment_lead, unattached, unattached_help, unsupported, unsupported_help, through,
    changes, file, rows, lines, sha256, last_data, baseline, progress, levels, steps, value, state, owner, unit, better, used_by,
    until, date, download_csv, definition, whole_history, how_read, worked, failed, learned, carry, next_target, no_answer, review,
    more_from_review, carried, undecided, distribution, outcome_map, story, distribution_so_far,
    company_objectives, all_values, json, csv, made_how, line, not_found, not_found_help, home, lineage, no_quarters,
    has_moved, has_moved_help, movement,
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
    seal_verify_limit, no_seals, no_seals_help, more, on_page, teams_lead,
    attention, decisions, no_decisions, sign_name, sign_date, sign_here,
}
