//! One cell: what its bytes say, whatever stands around it.
//!
//! In: bytes, and what is known of how their column is written. Out: numbers, dates, amounts, or why they are none.

pub(in crate::metrics) mod amount;
pub(in crate::metrics) mod blank;
pub(in crate::metrics) mod civil;
pub(in crate::metrics) mod clock;
pub(in crate::metrics) mod date;
pub(in crate::metrics) mod format;
pub(in crate::metrics) mod marks;
pub(in crate::metrics) mod number;
pub(in crate::metrics) mod text;
pub(in crate::metrics) mod time;
pub(in crate::metrics) mod tokens;
pub(in crate::metrics) mod words;
