//! The rules, one file each.

mod edited_lock;
mod fraction_for_percent;
mod late_lock;
mod milestone;
mod moved_goalpost;
mod restated_history;

use super::rule::Rule;

/// Every rule, group by group.
pub(super) const ALL: &[&Rule] = &[
    &milestone::RULE,
    &fraction_for_percent::RULE,
    &moved_goalpost::RULE,
    &restated_history::RULE,
    &edited_lock::RULE,
    &late_lock::RULE,
];
