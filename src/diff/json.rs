//! A difference as JSON, in a versioned form.

use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;

use super::compare::{Change, Difference, Node, Presence, Side};
use super::form::Finding;
use super::summary::Summary;
use crate::unseen::inert;

/// Names the form of the document; a change that breaks readers changes it.
const FORM: &str = "okrbook/diff/1";

#[derive(Serialize, JsonSchema)]
struct Document<'a> {
    schema: &'static str,
    /// Whether anything in the books is different; as-of days and versions are not in the books.
    differs: bool,
    before: SideJson<'a>,
    after: SideJson<'a>,
    summary: Summary,
    /// Quarters that were over before and whose goals, values or scores are others now.
    rewritten: Vec<&'a str>,
    /// What is not the same, latest first.
    quarters: Vec<QuarterJson<'a>>,
    metrics: Vec<Leaf<'a>>,
    findings: FindingsJson<'a>,
}

#[derive(Serialize, JsonSchema)]
struct SideJson<'a> {
    okrbook: &'a str,
    as_of: &'a str,
    /// Null where one quarter's file was read by itself.
    organisation: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct QuarterJson<'a> {
    id: &'a str,
    change: &'static str,
    facts: Vec<FactJson<'a>>,
    teams: Vec<TeamJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct TeamJson<'a> {
    id: &'a str,
    title: &'a str,
    change: &'static str,
    facts: Vec<FactJson<'a>>,
    objectives: Vec<ObjectiveJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct ObjectiveJson<'a> {
    id: &'a str,
    title: &'a str,
    change: &'static str,
    facts: Vec<FactJson<'a>>,
    key_results: Vec<Leaf<'a>>,
}

/// A key result or a metric.
#[derive(Serialize, JsonSchema)]
struct Leaf<'a> {
    id: &'a str,
    title: &'a str,
    /// added, removed or changed.
    change: &'static str,
    facts: Vec<FactJson<'a>>,
}

/// A fact that is not the same.
#[derive(Serialize, JsonSchema)]
struct FactJson<'a> {
    what: &'static str,
    /// The words, or the number with all its digits; null where it was not known.
    was: Option<&'a str>,
    is: Option<&'a str>,
    /// The unit of `is`, or of `was` where there is no `is`.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct FindingsJson<'a> {
    new: Vec<FindingJson<'a>>,
    gone: Vec<FindingJson<'a>>,
    changed: Vec<ChangedFinding<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct ChangedFinding<'a> {
    was: FindingJson<'a>,
    is: FindingJson<'a>,
}

#[derive(Serialize, JsonSchema)]
struct FindingJson<'a> {
    code: &'a str,
    level: &'a str,
    message: &'a str,
    file: &'a str,
    line: Option<u64>,
}

/// Returns the JSON Schema of the document.
#[must_use]
pub fn schema() -> String {
    let schema = SchemaGenerator::default().into_root_schema_for::<Document<'_>>();
    serde_json::to_string_pretty(&schema).expect("internal: a schema is plain JSON") + "\n"
}

/// Returns the difference as JSON, with a line end.
#[must_use]
pub fn json(difference: &Difference) -> String {
    let [before, after] = &difference.sides;
    let found = &difference.findings;
    let document = Document {
        schema: FORM,
        differs: !difference.is_empty(),
        before: SideJson::of(before),
        after: SideJson::of(after),
        summary: Summary::of(difference),
        rewritten: difference.rewritten(),
        quarters: difference.quarters.iter().map(QuarterJson::of).collect(),
        metrics: difference.metrics.iter().map(Leaf::of).collect(),
        findings: FindingsJson {
            new: found.new.iter().map(FindingJson::of).collect(),
            gone: found.gone.iter().map(FindingJson::of).collect(),
            changed: found
                .changed
                .iter()
                .map(|(was, is)| ChangedFinding { was: FindingJson::of(was), is: FindingJson::of(is) })
                .collect(),
        },
    };
    let text = serde_json::to_string_pretty(&document).expect("internal: texts and numbers always serialise");
    inert::json(&text) + "\n"
}

impl<'a> SideJson<'a> {
    fn of(side: &'a Side) -> Self {
        Self { okrbook: &side.okrbook, as_of: &side.as_of, organisation: side.organisation.as_deref() }
    }
}

impl Presence {
    const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Kept => "changed",
        }
    }
}

impl<'a> QuarterJson<'a> {
    fn of(node: &'a Node) -> Self {
        let teams = node.parts.iter().map(TeamJson::of).collect();
        Self { id: &node.id, change: node.presence.word(), facts: facts(node), teams }
    }
}

impl<'a> TeamJson<'a> {
    fn of(node: &'a Node) -> Self {
        let objectives = node.parts.iter().map(ObjectiveJson::of).collect();
        Self { id: &node.id, title: &node.title, change: node.presence.word(), facts: facts(node), objectives }
    }
}

impl<'a> ObjectiveJson<'a> {
    fn of(node: &'a Node) -> Self {
        let key_results = node.parts.iter().map(Leaf::of).collect();
        Self { id: &node.id, title: &node.title, change: node.presence.word(), facts: facts(node), key_results }
    }
}

impl<'a> Leaf<'a> {
    fn of(node: &'a Node) -> Self {
        Self { id: &node.id, title: &node.title, change: node.presence.word(), facts: facts(node) }
    }
}

fn facts(node: &Node) -> Vec<FactJson<'_>> {
    node.changes.iter().map(FactJson::of).collect()
}

impl<'a> FactJson<'a> {
    fn of(change: &'a Change) -> Self {
        let unit = change.is.as_ref().or(change.was.as_ref()).map(|figure| figure.unit.as_str());
        Self {
            what: change.what.name(),
            was: change.was.as_ref().map(|figure| figure.text.as_str()),
            is: change.is.as_ref().map(|figure| figure.text.as_str()),
            unit: unit.filter(|unit| !unit.is_empty()),
        }
    }
}

impl<'a> FindingJson<'a> {
    fn of(finding: &'a Finding) -> Self {
        let Finding { code, level, message, file, line } = finding;
        Self { code, level, message, file, line: *line }
    }
}
