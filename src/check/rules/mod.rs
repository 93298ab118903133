//! The rules, one file each.

mod fraction_for_percent;
mod milestone;
pub(super) mod unused_allow;

use super::rule::Rule;

/// Every rule, group by group.
pub(super) const ALL: &[&Rule] = &[&milestone::RULE, &fraction_for_percent::RULE, &unused_allow::RULE];
