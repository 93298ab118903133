//! The rules, one file each.

mod bare_percentage;
mod direction_contradicts_verb;
mod fraction_for_percent;
mod gameable_metric;
mod milestone;
mod no_baseline;
mod no_number;
mod not_understood;
mod placeholder;

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
    // Data.
    &fraction_for_percent::RULE,
];
