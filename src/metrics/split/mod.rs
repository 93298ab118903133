//! Bytes to a table: encoding, delimiter, header, records.
//!
//! In: an export. Out: its shape and one record at a time. Nothing here knows of metrics.

pub(in crate::metrics) mod dialect;
pub(in crate::metrics) mod encoding;
pub(in crate::metrics) mod foreign;
pub(in crate::metrics) mod record;
pub(in crate::metrics) mod records;
