//! The form of `okrbook.yaml` for editors, as a JSON Schema.
//!
//! Out: a document. These types are never read into: they say which keys there are and what each means, in the words that
//! an editor shows.
#![expect(dead_code, reason = "the types exist for the schema that is derived from them")]

use std::collections::BTreeMap;

use schemars::{JsonSchema, SchemaGenerator};

/// Returns the JSON Schema of `okrbook.yaml`.
#[must_use]
pub fn book() -> String {
    document(&SchemaGenerator::default().into_root_schema_for::<Book>().to_value())
}

/// Returns a schema as the text of a file.
pub(crate) fn document(schema: &serde_json::Value) -> String {
    let text = serde_json::to_string_pretty(schema).expect("internal: a schema is plain JSON");
    text + "\n"
}

/// The settings of an okrbook. Only `organisation` is needed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Book {
    /// Whose book this is.
    organisation: String,
    /// How time is cut into quarters: calendar years unless said otherwise.
    calendar: Option<Calendar>,
    /// The day as of which everything is computed, `2026-11-20`. Pins a book for examples and archives; `--as-of` goes before it.
    as_of: Option<String>,
    /// Where the site will be published, `https://okr.example.com/okrs/`. For the feed, the sitemap and the page for lost links.
    base_url: Option<String>,
    /// The language of texts, dates and numbers: `en`.
    locale: Option<String>,
    /// The paper of packets.
    paper: Option<Paper>,
    /// What is known of teams, by their ids. A team that isn't listed is named after its file.
    teams: Option<BTreeMap<String, NameOrTeam>>,
    /// How scores are computed where books may differ.
    scoring: Option<Scoring>,
    /// Levels of checks by their codes: `error`, `warning` or `off`.
    checks: Option<BTreeMap<String, Level>>,
    /// The book's own catalogue of measures that can be gamed: `catalogue.yaml`.
    catalogue: Option<String>,
    /// How the site looks.
    brand: Option<Brand>,
}

/// How time is cut into quarters.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Calendar {
    /// The month in which the fiscal year starts: `february`.
    year_starts: Option<Month>,
    /// Whether the fiscal year is named after the calendar year in which it starts or ends.
    name_by: Option<NameBy>,
    /// The zone in which days are counted: `Europe/Berlin`, or an offset such as `+02:00`.
    zone: Option<String>,
    /// Quarters whose dates follow no rule, by their names.
    quarters: Option<BTreeMap<String, Quarter>>,
}

/// The dates of one quarter.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Quarter {
    /// Its first day.
    from: String,
    /// Its last day.
    to: String,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Month {
    /// The month's name.
    Name(String),
    /// The month's number, 1 to 12.
    Number(u8),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum NameBy {
    Start,
    End,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Paper {
    A4,
    Letter,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Level {
    Error,
    Warning,
    Off,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum NameOrTeam {
    /// The team's name.
    Name(String),
    /// What is known of the team.
    Team(Team),
}

/// What is known of a team.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Team {
    /// What people call it.
    name: Option<String>,
    /// What it does: `platform`, `product`, `data`. Starters are chosen by it.
    function: Option<String>,
    /// Who leads it.
    lead: Option<String>,
    /// The id of the team above it.
    parent: Option<String>,
    /// Ids that it had before: their links lead to it, and earlier quarters may be written under them.
    aliases: Option<OneOrMany>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub(crate) enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

/// How scores are computed where books may differ.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Scoring {
    /// After how long without data a value is stale: `7 days`. A metric's `fresh_within` goes before it.
    stale_after: Option<String>,
    /// What missing data counts once a quarter is over.
    final_missing: Option<FinalMissing>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum FinalMissing {
    /// 0.0, and the page says so.
    Zero,
    /// Nothing: the key result stays without a score.
    NoData,
}

/// How the site looks.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Brand {
    /// The logo's path: `assets/logo.svg`.
    logo: Option<String>,
    /// The colour of links and bars, in quotes: `"#12436d"`.
    accent: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::super::{calendar, parse};
    use super::*;

    #[test]
    fn the_schema_knows_the_keys_that_are_read() {
        let schema: serde_json::Value = serde_json::from_str(&book()).expect("JSON");
        let shapes = [
            ("", parse::BOOK),
            ("Calendar", calendar::CALENDAR),
            ("Quarter", calendar::QUARTER),
            ("Team", parse::TEAM),
            ("Scoring", parse::SCORING),
            ("Brand", parse::BRAND),
        ];
        for (name, shape) in shapes {
            let object = if name.is_empty() { &schema } else { &schema["$defs"][name] };
            let keys: Vec<&str> = object["properties"].as_object().expect(name).keys().map(String::as_str).collect();
            assert_eq!(keys, shape.keys, "{name}");
            assert_eq!(object["additionalProperties"], false, "{name}");
        }
    }
}
