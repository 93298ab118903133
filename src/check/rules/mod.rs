//! The rules, one file each.

mod duplicate_key_result;
mod fraction_for_percent;
mod handed_down;
mod individual_checklist;
mod milestone;
mod no_outcome;
mod performative;
mod too_many_key_results;
mod too_many_objectives;

use super::rule::Rule;

/// Every rule, group by group.
pub(super) const ALL: &[&Rule] = &[
    &milestone::RULE,
    &too_many_key_results::RULE,
    &too_many_objectives::RULE,
    &individual_checklist::RULE,
    &handed_down::RULE,
    &no_outcome::RULE,
    &performative::RULE,
    &duplicate_key_result::RULE,
    &fraction_for_percent::RULE,
];
