//! Queries to engines, and what comes home: an export and its receipt.
//!
//! In: a query, and the user's own profile of a connection. Out: a table of days, numbers and the texts that a metric asks
//! for, as CSV, and what tells later where it came from. Touches no file; what engines say is told without anything that a
//! profile holds.

#[cfg(feature = "pull")]
pub mod engine;
#[cfg(feature = "pull")]
pub mod profile;
pub mod receipt;
pub mod table;

/// Whether this program can ask engines; receipts are read by all.
pub const AVAILABLE: bool = cfg!(feature = "pull");
