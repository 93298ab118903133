//! Diagnostics for machines, as a versioned JSON document.

use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;

use super::Location;
use crate::diag::{Allowed, Diagnostic};
use crate::source::Sources;

/// Names the form of the document; a change that breaks readers changes it.
pub const SCHEMA: &str = "okrbook/findings/1";

#[derive(Serialize, JsonSchema)]
struct Document<'a> {
    schema: &'static str,
    findings: Vec<Finding<'a>>,
    /// What the book allows in comments, with their reasons.
    allowed: Vec<AllowedFinding<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Finding<'a> {
    code: &'static str,
    level: &'static str,
    message: &'a str,
    file: &'a str,
    line: u64,
    column: u64,
    help: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct AllowedFinding<'a> {
    code: &'static str,
    level: &'static str,
    message: &'a str,
    file: &'a str,
    line: u64,
    column: u64,
    reason: &'a str,
}

/// Returns the JSON Schema of the document.
#[must_use]
pub fn schema() -> String {
    let schema = SchemaGenerator::default().into_root_schema_for::<Document<'_>>();
    serde_json::to_string_pretty(&schema).expect("internal: a schema is plain JSON") + "\n"
}

/// Returns the document, with a line end.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], allowed: &[Allowed], sources: &Sources) -> String {
    let findings = diagnostics.iter().map(|diagnostic| {
        let Location { path, line, column } = Location::of(&diagnostic.place, sources);
        let Diagnostic { code, level, message, help, .. } = diagnostic;
        Finding { code, level: level.word(), message, file: path, line, column, help: help.as_deref() }
    });
    let allowed = allowed.iter().map(|Allowed { finding, reason, .. }| {
        let Location { path, line, column } = Location::of(&finding.place, sources);
        let Diagnostic { code, level, message, .. } = finding;
        AllowedFinding { code, level: level.word(), message, file: path, line, column, reason }
    });
    let document = Document { schema: SCHEMA, findings: findings.collect(), allowed: allowed.collect() };
    let text = serde_json::to_string_pretty(&document).expect("internal: texts and numbers always serialise");
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_names_its_form_and_every_place() {
        let (diagnostics, sources) = super::super::tests::examples();
        let document: serde_json::Value = serde_json::from_str(&render(&diagnostics, &[], &sources)).expect("JSON");
        assert_eq!(document["schema"], SCHEMA);
        let first = &document["findings"][0];
        assert_eq!(first["code"], "unknown-key");
        assert_eq!((&first["line"], &first["column"]), (&3.into(), &5.into()));
        assert_eq!(first["help"], "write `weight`");
        assert!(document["findings"][2]["help"].is_null());
    }

    #[test]
    fn what_is_allowed_is_told_with_its_reason() {
        let (mut diagnostics, sources) = super::super::tests::examples();
        let finding = diagnostics.remove(0);
        let crate::diag::Place::Text(place) = finding.place else { panic!("a text") };
        let allowed = [Allowed { finding, place, reason: "agreed with the board".into() }];
        let document: serde_json::Value =
            serde_json::from_str(&render(&diagnostics, &allowed, &sources)).expect("JSON");
        assert_eq!(document["findings"].as_array().map(Vec::len), Some(2));
        assert_eq!(document["allowed"][0]["reason"], "agreed with the board");
        assert_eq!(document["allowed"][0]["line"], 3);
    }
}
