//! Rows that count to series by day.
//!
//! In: rows in the order in which they stand. Out: packed days with the lines that were used. Memory grows with days.

pub(in crate::metrics) mod days;
pub(in crate::metrics) mod plain;
pub(in crate::metrics) mod series;
pub(in crate::metrics) mod spread;
