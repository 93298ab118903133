//! Machine forms: the book and its quarters as JSON and CSV.
//!
//! Numbers that are exact stand as strings, so that no reader rounds them. The shape is versioned; what is
//! there stays there. CSV cells never act as formulas in a spreadsheet.

pub(crate) mod form;
mod json;
mod listed;
mod lock_json;
mod pieces;
mod sheet;

use std::io::{self, Write as _};

use schemars::{Schema, SchemaGenerator};
use serde::Serialize;

use crate::error::Result;
use crate::report::Report;

pub(super) use pieces::Pieces;
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

/// Makes the book: its quarters, teams, metrics and findings.
///
/// # Errors
///
/// Where a piece can't be handed on.
pub(super) fn book_json(report: &Report<'_>, out: Pieces<'_>) -> Result<()> {
    put(&form::Book::new(report), out)
}

/// Makes a quarter with all its scores and their receipts.
///
/// # Errors
///
/// Where a piece can't be handed on.
pub(super) fn quarter_json(report: &Report<'_>, place: usize, out: Pieces<'_>) -> Result<()> {
    report.quarters.get(place).map_or(Ok(()), |quarter| put(&form::QuarterFile::new(report, quarter), out))
}

/// Makes JSON on one line: indented, a quarter would be half as long again.
fn put(value: &impl Serialize, mut out: Pieces<'_>) -> Result<()> {
    let made = serde_json::to_writer(&mut out, value);
    let made = made.map_err(io::Error::from).and_then(|()| out.write_all(b"\n"));
    out.finish()?;
    made.expect("internal: strings and numbers always serialise");
    Ok(())
}

fn schema(schema: &Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).expect("internal: a schema is plain JSON");
    text.push('\n');
    text
}
