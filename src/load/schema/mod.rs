//! The forms of a book's files for editors, as JSON Schemas: what teams write, metrics, locks, check-ins, reviews.
//!
//! Out: documents. These types are never read into: they say which keys there are and what each means, in the words that
//! an editor shows.
#![expect(dead_code, reason = "the types exist for the schemas that are derived from them")]

mod catalogue_file;
mod ledger_files;
mod metrics_file;
mod team_file;

use catalogue_file::CatalogueFile;
use ledger_files::{CheckInFile, LockFile, ReviewFront};
use metrics_file::MetricsFile;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};
use team_file::TeamFile;

use crate::config::schema::{OneOrMany, document};

/// Returns the JSON Schema of a team's file.
#[must_use]
pub fn okr() -> String {
    let mut schema = SchemaGenerator::default().into_root_schema_for::<TeamFile>().to_value();
    add_short_form(&mut schema);
    document(&schema)
}

/// Returns the JSON Schema of a metrics file.
#[must_use]
pub fn metrics() -> String {
    document(&SchemaGenerator::default().into_root_schema_for::<MetricsFile>().to_value())
}

/// Returns the JSON Schema of a book's catalogue of measures that can be gamed.
#[must_use]
pub fn catalogue() -> String {
    document(&SchemaGenerator::default().into_root_schema_for::<CatalogueFile>().to_value())
}

/// Returns the JSON Schema of a quarter's lock.
#[must_use]
pub fn lock() -> String {
    document(&SchemaGenerator::default().into_root_schema_for::<LockFile>().to_value())
}

/// Returns the JSON Schema of a check-in.
#[must_use]
pub fn check_in() -> String {
    document(&SchemaGenerator::default().into_root_schema_for::<CheckInFile>().to_value())
}

/// Returns the JSON Schema of a review's front matter.
#[must_use]
pub fn review() -> String {
    document(&SchemaGenerator::default().into_root_schema_for::<ReviewFront>().to_value())
}

/// Adds `id: sentence` with any further keys as a form of key results.
fn add_short_form(schema: &mut Value) {
    let mut short = schema["$defs"]["KeyResult"].clone();
    if let Some(properties) = short["properties"].as_object_mut() {
        properties.shift_remove("id");
        properties.shift_remove("title");
    }
    short["description"] = json!("A key result as `id: sentence`, with further keys below.");
    short["required"] = json!([]);
    short["not"] = json!({ "required": ["title"] });
    short["additionalProperties"] = json!({ "type": "string", "description": "The sentence, below its id." });
    schema["$defs"]["ShortKeyResult"] = short;
    if let Some(forms) = schema["$defs"]["SentenceOrKeyResult"]["anyOf"].as_array_mut() {
        forms.push(json!({ "$ref": "#/$defs/ShortKeyResult" }));
    }
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Amount {
    /// A number with its unit: `2 h`.
    Text(String),
    /// A number.
    Number(f64),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Better {
    Higher,
    Lower,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Judge {
    Share,
    End,
    Always,
}

#[cfg(test)]
mod tests {
    use super::super::ledger::{check_in as check_ins, lock as locks, terms};
    use super::super::{key_result, metric, query, review as reviews, team};
    use super::*;
    use crate::yaml::Shape;

    fn check(schema: &str, shapes: &[(&str, Shape)]) {
        let schema: Value = serde_json::from_str(schema).expect("JSON");
        for (name, shape) in shapes {
            let object = if name.is_empty() { &schema } else { &schema["$defs"][name] };
            let keys: Vec<&str> = object["properties"].as_object().expect(name).keys().map(String::as_str).collect();
            assert_eq!(keys, shape.keys, "{name}");
            assert_eq!(object["additionalProperties"], false, "{name}");
        }
    }

    #[test]
    fn the_schemas_know_the_keys_that_are_read() {
        let shapes = [
            ("", team::TEAM_FILE),
            ("Objective", team::OBJECTIVE),
            ("KeyResult", key_result::KEY_RESULT),
            ("Guardrail", key_result::GUARDRAIL),
        ];
        check(&okr(), &shapes);
        let shapes = [
            ("Metric", metric::METRIC),
            ("YearMonth", query::DATE),
            ("Ratio", query::RATIO),
            ("MetricPart", query::RATIO_PART),
            ("Range", query::RANGE),
            ("Since", query::SINCE),
        ];
        check(&metrics(), &shapes);
    }

    #[test]
    fn the_schemas_know_the_keys_of_ledgers_and_reviews() {
        let shapes = [
            ("", locks::LOCK),
            ("TeamLock", locks::TEAM),
            ("LockedObjective", locks::OBJECTIVE),
            ("LockedKeyResult", locks::KEY_RESULT),
            ("Start", locks::START),
            ("AmendedObjective", locks::AMENDED_OBJECTIVE),
            ("AmendedKeyResult", locks::AMENDED_KEY_RESULT),
            ("LockedGoal", terms::GOAL),
            ("LockedGuardrail", terms::GUARDRAIL),
        ];
        check(&lock(), &shapes);
        check(&check_in(), &[("Entry", check_ins::ENTRY), ("Reading", check_ins::READING)]);
        check(&review(), &[("", reviews::FRONT), ("Judgement", reviews::JUDGEMENT)]);
    }

    #[test]
    fn the_short_form_takes_any_id_but_no_title() {
        let schema: Value = serde_json::from_str(&okr()).expect("JSON");
        let short = &schema["$defs"]["ShortKeyResult"];
        assert_eq!(short["additionalProperties"]["type"], "string");
        assert!(short["properties"].get("title").is_none());
        assert!(short["properties"].get("metric").is_some());
        let forms = schema["$defs"]["SentenceOrKeyResult"]["anyOf"].as_array().expect("forms");
        assert_eq!(forms.len(), 3, "{forms:?}");
    }
}
