//! The rules, one file each.

mod fraction_for_percent;
mod milestone;

use super::rule::Rule;

/// Every rule, group by group.
pub(super) const ALL: &[&Rule] = &[&milestone::RULE, &fraction_for_percent::RULE];
