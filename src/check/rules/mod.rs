//! The rules, one file each.

mod bare_percentage;
mod direction_contradicts_verb;
mod fraction_for_percent;
mod gameable_metric;
mod milestone;
mod no_baseline;
mod no_metric;
mod no_number;
mod no_source;
mod not_understood;
mod outside_quarter;
mod placeholder;
mod self_reported;
mod vague_objective;

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
    // Data.
    &fraction_for_percent::RULE,
];
