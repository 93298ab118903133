//! Machine forms: the book and its quarters as JSON and CSV.
//!
//! Numbers that are exact stand as strings, so that no reader rounds them. The shape is versioned; what is
//! there stays there. CSV cells never act as formulas in a spreadsheet.

pub(crate) mod form;
mod json;
mod listed;
mod lock_json;
mod sheet;

use schemars::{Schema, SchemaGenerator};
use serde::Serialize;

use crate::report::Report;

pub(super) use sheet::{metric_csv, quarter_csv};

/// The version of the shape of all JSON files.
pub const SCHEMA: u32 = 1;

/// Returns the JSON Schema of the book for machines, `data/book.json`.
#[must_use]
pub fn book_schema() -> String {
    schema(&SchemaGenerator::default().into_root_schema_for::<form::Book<'_>>())
}

/// Returns the JSON Schema of a quarter for machines, `data/2026-Q3.json`.
#[must_use]
pub fn quarter_schema() -> String {
    schema(&SchemaGenerator::default().into_root_schema_for::<form::QuarterFile<'_>>())
}

/// Puts the book into `out`: its quarters, teams, metrics and findings.
pub(super) fn book_json(report: &Report<'_>, out: &mut Vec<u8>) {
    put(&form::Book::new(report), out);
}

/// Puts a quarter with all its scores and their receipts into `out`.
pub(super) fn quarter_json(report: &Report<'_>, place: usize, out: &mut Vec<u8>) {
    out.clear();
    if let Some(quarter) = report.quarters.get(place) {
        put(&form::QuarterFile::new(report, quarter), out);
    }
}

/// Puts JSON into `out`, on one line: indented, a quarter would be half as long again.
fn put(value: &impl Serialize, out: &mut Vec<u8>) {
    out.clear();
    serde_json::to_writer(&mut *out, value).expect("internal: strings and numbers always serialise");
    out.push(b'\n');
}

fn schema(schema: &Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).expect("internal: a schema is plain JSON");
    text.push('\n');
    text
}
