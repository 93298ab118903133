//! Diagnostics for machines, as a versioned JSON document.

use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;

use super::Location;
use crate::diag::Diagnostic;
use crate::source::Sources;

/// Names the form of the document; a change that breaks readers changes it.
pub const SCHEMA: &str = "okrbook/findings/1";

#[derive(Serialize, JsonSchema)]
struct Document<'a> {
    schema: &'static str,
    findings: Vec<Finding<'a>>,
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

/// Returns the JSON Schema of the document.
#[must_use]
pub fn schema() -> String {
    let schema = SchemaGenerator::default().into_root_schema_for::<Document<'_>>();
    serde_json::to_string_pretty(&schema).expect("internal: a schema is plain JSON") + "\n"
}

/// Returns the document, with a line end.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let findings = diagnostics.iter().map(|diagnostic| {
        let Location { path, line, column } = Location::of(&diagnostic.place, sources);
        let Diagnostic { code, level, message, help, .. } = diagnostic;
        Finding { code, level: level.word(), message, file: path, line, column, help: help.as_deref() }
    });
    let document = Document { schema: SCHEMA, findings: findings.collect() };
    let text = serde_json::to_string_pretty(&document).expect("internal: texts and numbers always serialise");
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_names_its_form_and_every_place() {
        let (diagnostics, sources) = super::super::tests::examples();
        let document: serde_json::Value = serde_json::from_str(&render(&diagnostics, &sources)).expect("JSON");
        assert_eq!(document["schema"], SCHEMA);
        let first = &document["findings"][0];
        assert_eq!(first["code"], "unknown-key");
        assert_eq!((&first["line"], &first["column"]), (&3.into(), &5.into()));
        assert_eq!(first["help"], "write `weight`");
        assert!(document["findings"][2]["help"].is_null());
    }
}
