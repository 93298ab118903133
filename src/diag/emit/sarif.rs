//! Diagnostics as SARIF 2.1.0 (OASIS, 2020), which code hosts show beside the lines.
//!
//! In: diagnostics, texts, what is said about each code, and where the book stands in the repository. Out: a document.
//! What the book allows is left out: the hosts that read this would open it again.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Region;
use crate::diag::{Diagnostic, Level, Place};
use crate::hash::Digest;
use crate::source::Sources;
use crate::unseen::inert;

/// The document's own schema.
pub const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What is said about a code.
#[derive(Debug, Clone)]
pub struct RuleText {
    /// The code.
    pub code: &'static str,
    /// What it finds, as one sentence.
    pub summary: String,
    /// Why that matters, and what to do, as Markdown.
    pub help: String,
    /// What it belongs to.
    pub tag: &'static str,
    /// How much it matters where nobody says otherwise.
    pub level: Level,
    /// The address of its page, where there is one.
    pub uri: Option<String>,
}

/// Who says it, and from where.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The program's version.
    pub version: &'a str,
    /// The program's home.
    pub home: &'a str,
    /// What leads from the repository's root to the book: `okrs/`, or nothing.
    pub prefix: &'a str,
}

/// Returns the document, with a line end.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, rules: &[RuleText], origin: Origin<'_>) -> String {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut results = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let place = rules.iter().position(|rule| rule.code == diagnostic.code);
        results.push(result(diagnostic, sources, place, origin, &mut seen));
    }
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "okrbook",
                "version": origin.version,
                "semanticVersion": origin.version,
                "informationUri": origin.home,
                "rules": rules.iter().map(rule_object).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let text = serde_json::to_string_pretty(&document).expect("internal: texts and numbers always serialise");
    inert::json(&text) + "\n"
}

fn rule_object(rule: &RuleText) -> Value {
    let mut object = json!({
        "id": rule.code,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.summary },
        "help": { "text": rule.help, "markdown": rule.help },
        "defaultConfiguration": { "level": rule.level.word() },
        "properties": { "tags": [rule.tag] },
    });
    if let (Some(uri), Value::Object(object)) = (&rule.uri, &mut object) {
        object.insert("helpUri".to_owned(), json!(uri));
    }
    object
}

fn result(
    diagnostic: &Diagnostic,
    sources: &Sources,
    rule: Option<usize>,
    origin: Origin<'_>,
    seen: &mut BTreeMap<String, usize>,
) -> Value {
    let mut message = inert::line(&diagnostic.message).into_owned();
    let label = Some(&diagnostic.label).filter(|label| !label.is_empty());
    for part in label.into_iter().chain(&diagnostic.help) {
        message.push_str("; ");
        message.push_str(&inert::line(part));
    }
    let mut object = Map::new();
    object.insert("ruleId".to_owned(), json!(diagnostic.code));
    if let Some(place) = rule {
        object.insert("ruleIndex".to_owned(), json!(place));
    }
    object.insert("level".to_owned(), json!(diagnostic.level.word()));
    object.insert("message".to_owned(), json!({ "text": message }));
    object.insert("locations".to_owned(), json!([location(&diagnostic.place, sources, origin)]));
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().enumerate().map(|(id, (place, label))| {
            let mut location = location(place, sources, origin);
            if let Value::Object(location) = &mut location {
                location.insert("id".to_owned(), json!(id + 1));
                if !label.is_empty() {
                    location.insert("message".to_owned(), json!({ "text": inert::line(label) }));
                }
            }
            location
        });
        object.insert("relatedLocations".to_owned(), related.collect());
    }
    let print = fingerprint(diagnostic, sources, seen);
    object.insert("partialFingerprints".to_owned(), json!({ "okrbook/v1": print }));
    Value::Object(object)
}

fn location(place: &Place, sources: &Sources, origin: Origin<'_>) -> Value {
    let region = Region::of(place, sources);
    let path = match (place, &region) {
        (Place::File(path), _) => path,
        (_, Some(region)) => region.path,
        (_, None) => "",
    };
    let region = match region {
        Some(Region { start, end, .. }) => json!({
            "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
        }),
        None => json!({ "startLine": 1 }),
    };
    let uri = encoded(&format!("{}{path}", origin.prefix));
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" }, "region": region } })
}

/// Returns what stays the same while lines above move: code, file, the words and their line, and which of several.
fn fingerprint(diagnostic: &Diagnostic, sources: &Sources, seen: &mut BTreeMap<String, usize>) -> String {
    let what = match (&diagnostic.place, Region::of(&diagnostic.place, sources)) {
        (_, Some(region)) => format!("{}\0{}\0{}", region.path, region.words.trim(), region.line_text.trim()),
        (Place::File(path), None) => path.to_string(),
        (_, None) => String::new(),
    };
    let key = format!("{}\0{what}", diagnostic.code);
    let count = seen.entry(key.clone()).or_default();
    *count += 1;
    Digest::of(format!("{key}\0{count}").as_bytes()).short()
}

/// Returns a path as a relative address (RFC 3986).
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    const ORIGIN: Origin<'_> = Origin { version: "1.2.3", home: "https://example.com/", prefix: "okrs/" };

    fn document(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
        let rule = RuleText {
            code: "unknown-key",
            summary: "A key is not known.".to_owned(),
            help: "Write `weight`.".to_owned(),
            tag: "input",
            level: Level::Error,
            uri: None,
        };
        serde_json::from_str(&render(diagnostics, sources, &[rule], ORIGIN)).expect("JSON")
    }

    #[test]
    fn regions_count_characters_and_end_behind_the_last() {
        let (diagnostics, sources) = super::super::tests::examples();
        let run = &document(&diagnostics, &sources)["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let region = |place: usize| &run["results"][place]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(*region(0), json!({ "startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 11 }));
        assert_eq!(*region(1), json!({ "startLine": 7, "startColumn": 15, "endLine": 7, "endColumn": 18 }));
        assert_eq!(*region(2), json!({ "startLine": 1 }));
        assert_eq!(run["results"][0]["ruleIndex"], 0);
        assert!(run["results"][1]["ruleIndex"].is_null(), "a code that nothing is said about");
    }

    #[test]
    fn addresses_are_relative_and_encoded() {
        for (path, expected) in [
            ("quarters/2026-Q3/a.yaml", "quarters/2026-Q3/a.yaml"),
            ("metrics/größe 1%.csv", "metrics/gr%C3%B6%C3%9Fe%201%25.csv"),
            ("a?b#c:d", "a%3Fb%23c%3Ad"),
        ] {
            assert_eq!(encoded(path), expected);
        }
    }

    #[test]
    fn a_fingerprint_stays_when_lines_above_move_and_tells_twins_apart() {
        let prints = |text: &str| -> Vec<String> {
            let mut sources = Sources::default();
            let file = sources.add("a.yaml", text);
            let found: Vec<Diagnostic> = text
                .match_indices("bad")
                .map(|(at, _)| Diagnostic::warning("code", Span::new(file, at..at + 3), format!("at {at}")))
                .collect();
            let document = document(&found, &sources);
            let results = document["runs"][0]["results"].as_array().expect("results").clone();
            results.iter().map(|result| result["partialFingerprints"]["okrbook/v1"].to_string()).collect()
        };
        let before = prints("- bad\n- bad\n- very bad\n");
        assert_eq!(before, prints("# new\n\n- bad\n- bad\n- very bad\n"));
        assert_eq!(before.len(), 3);
        assert!(before[0] != before[1] && before[1] != before[2]);
    }
}
