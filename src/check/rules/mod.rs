//! The rules, one file each.

pub(super) mod fraction_for_percent;
