//! The rules, one file each.

mod all_perfect;
mod already_met;
mod bare_percentage;
mod business_as_usual;
mod carried_again;
mod direction_contradicts_verb;
mod duplicate_key_result;
mod edited_lock;
mod edited_pull;
mod fraction_for_percent;
mod gameable_metric;
mod gaps_in_data;
mod guardrail_broken;
mod handed_down;
mod incomplete_events;
mod individual_checklist;
mod inflated_baseline;
mod late_lock;
mod lost_carry_forward;
mod milestone;
mod miss_not_investigated;
mod moved_goalpost;
mod no_baseline;
mod no_data;
mod no_metric;
mod no_number;
mod no_outcome;
mod no_source;
mod not_understood;
mod outside_quarter;
mod per_differs;
mod performative;
mod placeholder;
mod restated_history;
mod self_reported;
mod stale_metric;
mod stale_pull;
mod theatre;
mod too_many_key_results;
mod too_many_objectives;
mod unanswered_question;
mod unclear_grain;
mod unexplained_judgement;
pub(super) mod unused_allow;
mod vague_objective;
mod window_dressing;
mod within_noise;

use super::rule::Rule;

/// Every rule, group by group.
pub(super) const ALL: &[&Rule] = &[
    // Wording.
    &gameable_metric::RULE,
    &milestone::RULE,
    &no_number::RULE,
    &no_baseline::RULE,
    &bare_percentage::RULE,
    &placeholder::RULE,
    &not_understood::RULE,
    &direction_contradicts_verb::RULE,
    &vague_objective::RULE,
    // Evidence.
    &no_source::RULE,
    &self_reported::RULE,
    &no_metric::RULE,
    &outside_quarter::RULE,
    // Shape.
    &too_many_key_results::RULE,
    &too_many_objectives::RULE,
    &individual_checklist::RULE,
    &handed_down::RULE,
    &no_outcome::RULE,
    &performative::RULE,
    &duplicate_key_result::RULE,
    &unused_allow::RULE,
    // Data.
    &theatre::RULE,
    &guardrail_broken::RULE,
    &already_met::RULE,
    &business_as_usual::RULE,
    &inflated_baseline::RULE,
    &window_dressing::RULE,
    &within_noise::RULE,
    &gaps_in_data::RULE,
    &no_data::RULE,
    &stale_metric::RULE,
    &incomplete_events::RULE,
    &unclear_grain::RULE,
    &per_differs::RULE,
    &fraction_for_percent::RULE,
    &moved_goalpost::RULE,
    &restated_history::RULE,
    &edited_pull::RULE,
    &stale_pull::RULE,
    &edited_lock::RULE,
    &late_lock::RULE,
    // Review.
    &unanswered_question::RULE,
    &miss_not_investigated::RULE,
    &lost_carry_forward::RULE,
    &carried_again::RULE,
    &all_perfect::RULE,
    &unexplained_judgement::RULE,
];
