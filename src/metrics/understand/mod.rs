//! A metric against an export: which columns it reads and how their cells are written.
//!
//! In: the sample of an export and a definition. Out: a plan without open questions, or diagnostics that say which one is open.

pub(in crate::metrics) mod called;
pub(in crate::metrics) mod choices;
pub(in crate::metrics) mod columns;
pub(in crate::metrics) mod currency;
pub(in crate::metrics) mod evidence;
pub(in crate::metrics) mod fit;
pub(in crate::metrics) mod heading;
pub(in crate::metrics) mod hints;
mod known;
pub(in crate::metrics) mod percent;
pub(in crate::metrics) mod plan;
pub(in crate::metrics) mod profile;
pub(in crate::metrics) mod resolve;
mod rows;
pub(in crate::metrics) mod siblings;
mod take;
mod writing;
