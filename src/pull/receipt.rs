//! The receipt of a pull: a file of JSON beside the export.
//!
//! In: what was asked, what answered and what came home. Out: the text; and of a text, what it says. Holds names and
//! versions, never an address or a secret.

use serde::{Deserialize, Serialize};

use super::table::Csv;
use crate::hash::Digest;
use crate::model::calendar::Day;
use crate::model::pull::{Pull, Pulled, Sql};
use crate::model::zone::Zone;

/// The version of the form.
const FORM: u32 = 1;

/// Who answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The engine with its version.
    pub engine: String,
    /// What spoke to it, with its version.
    pub driver: String,
}

/// When an engine was asked, and how long it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The first day that was asked for, where the query has a place for it.
    pub since: Option<Day>,
    /// Seconds since 1970 at the start.
    pub started: i64,
    /// The day of the start in the book's zone.
    pub on: Day,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Form {
    form: u32,
    export: String,
    sha256: String,
    rows: u64,
    columns: Vec<Column>,
    connection: String,
    engine: String,
    driver: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    query_file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    query_sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    since: Option<String>,
    started: String,
    seconds: String,
    pulled_on: String,
    complete_through: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Column {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    holds: String,
}

/// Returns the receipt of a run.
#[must_use]
pub fn write(pull: &Pull, query: Option<&Sql>, answered: &Answered, csv: &Csv, asked: Asked) -> String {
    let column = |(name, kind, role): &(String, String, super::table::Role)| Column {
        name: name.clone(),
        kind: kind.clone(),
        holds: role.name().to_owned(),
    };
    let form = Form {
        form: FORM,
        export: pull.export.to_string(),
        sha256: Digest::of(csv.text.as_bytes()).to_string(),
        rows: csv.rows,
        columns: csv.columns.iter().map(column).collect(),
        connection: pull.connection.value.clone(),
        engine: answered.engine.clone(),
        driver: answered.driver.clone(),
        query_file: query.and_then(|query| query.file.as_deref().map(str::to_owned)),
        query_sha256: query.map(|query| query.digest().to_string()),
        since: asked.since.map(|day| day.to_string()),
        started: instant(asked.started),
        seconds: format!("{}.{:03}", asked.milliseconds / 1000, asked.milliseconds % 1000),
        pulled_on: asked.on.to_string(),
        complete_through: asked.on.plus(-1).to_string(),
    };
    let mut text = serde_json::to_string_pretty(&form).unwrap_or_default();
    text.push('\n');
    text
}

/// Returns seconds since 1970 as an instant of UTC (RFC 3339).
fn instant(seconds: i64) -> String {
    let (day, second) = Zone::utc().civil(seconds).unwrap_or((Day::MIN, 0));
    format!("{day}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// Returns what a receipt says of its export.
///
/// # Errors
///
/// What is wrong with it, in words.
pub fn read(text: &str) -> Result<Pulled, String> {
    let form: Form = serde_json::from_str(text).map_err(|error| format!("it can't be read: {error}"))?;
    if form.form != FORM {
        return Err(format!("its form is {}, and this program knows {FORM}", form.form));
    }
    let digest = |text: &str| Digest::parse(text).ok_or_else(|| "a digest in it is none".to_owned());
    let day = |text: &str| Day::parse(text).ok_or_else(|| format!("`{text}` in it is no day"));
    Ok(Pulled {
        sha256: digest(&form.sha256)?,
        query: form.query_sha256.as_deref().map(digest).transpose()?,
        connection: form.connection,
        engine: form.engine,
        driver: form.driver,
        on: day(&form.pulled_on)?,
        complete_through: day(&form.complete_through)?,
        rows: form.rows,
        is_edited: false,
    })
}
