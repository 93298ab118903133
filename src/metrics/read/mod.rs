//! Rows against plans: which rows count, and what they say.
//!
//! In: records and the plans of all metrics that read them. Out: rows that count, counts of those left out, and bad cells.

pub(in crate::metrics) mod column;
mod conditions;
pub(in crate::metrics) mod dispatch;
pub(in crate::metrics) mod faults;
pub(in crate::metrics) mod keyed;
pub(in crate::metrics) mod query;
pub(in crate::metrics) mod slot;
pub(in crate::metrics) mod sought;
pub(in crate::metrics) mod take;
pub(in crate::metrics) mod texts;
pub(in crate::metrics) mod tracker;
