//! The small templates that pages are put together from, and the strings that each of them gets.
//!
//! A string that is empty is not there. Pieces of one kind follow each other as lines, or without anything between
//! them, as the page that holds them says.

/// A small template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Alias,
    Answer,
    Doubt,
    EvidenceFile,
    Fact,
    Facts,
    Grade,
    Guardrail,
    KeyResult,
    LineageStep,
    Mark,
    MetricUse,
    MetricValue,
    Objective,
    Reason,
    Remark,
    Remarks,
    RetrospectiveEntry,
    ScoreGroup,
    ScoreRow,
    Scores,
    Status,
}

impl Piece {
    /// All of them, in the order of their numbers.
    pub(super) const ALL: [Self; 22] = [
        Self::Alias,
        Self::Answer,
        Self::Doubt,
        Self::EvidenceFile,
        Self::Fact,
        Self::Facts,
        Self::Grade,
        Self::Guardrail,
        Self::KeyResult,
        Self::LineageStep,
        Self::Mark,
        Self::MetricUse,
        Self::MetricValue,
        Self::Objective,
        Self::Reason,
        Self::Remark,
        Self::Remarks,
        Self::RetrospectiveEntry,
        Self::ScoreGroup,
        Self::ScoreRow,
        Self::Scores,
        Self::Status,
    ];

    /// Returns the name of its template.
    pub(super) const fn template(self) -> &'static str {
        match self {
            Self::Alias => "alias.html",
            Self::Answer => "answer.html",
            Self::Doubt => "doubt.html",
            Self::EvidenceFile => "evidence-file.html",
            Self::Fact => "fact.html",
            Self::Facts => "facts.html",
            Self::Grade => "grade.html",
            Self::Guardrail => "guardrail.html",
            Self::KeyResult => "key-result.html",
            Self::LineageStep => "lineage-step.html",
            Self::Mark => "mark.html",
            Self::MetricUse => "metric-use.html",
            Self::MetricValue => "metric-value.html",
            Self::Objective => "objective.html",
            Self::Reason => "reason.html",
            Self::Remark => "remark.html",
            Self::Remarks => "remarks.html",
            Self::RetrospectiveEntry => "retrospective-entry.html",
            Self::ScoreGroup => "score-group.html",
            Self::ScoreRow => "score-row.html",
            Self::Scores => "scores.html",
            Self::Status => "status.html",
        }
    }

    /// Returns the names of its strings, in the order in which views give them.
    pub(super) const fn strings(self) -> &'static [&'static str] {
        match self {
            Self::Alias => &["id"],
            Self::Answer => &["question", "answer"],
            Self::Doubt => &["doubt"],
            Self::EvidenceFile => &["path", "rows", "lines", "sha256"],
            Self::Fact => &["term", "text", "href"],
            Self::Facts => &["list"],
            Self::Grade => &["band", "figure", "bar", "word"],
            Self::Guardrail => &["code", "symbol", "href", "text"],
            Self::KeyResult => KEY_RESULT,
            Self::LineageStep => &["href", "quarter", "path", "grade"],
            Self::Mark => &["code", "word"],
            Self::MetricUse => &["quarter", "team", "role", "href", "title", "grade"],
            Self::MetricValue => &["day", "value"],
            Self::Objective => &["id", "aliases", "title", "grade", "note", "marks", "facts", "remarks", "key_results"],
            Self::Reason => &["word", "text", "href"],
            Self::Remark => REMARK,
            Self::Remarks => &["remarks"],
            Self::RetrospectiveEntry => &["href", "title", "grade", "team", "marks", "sentence", "answers"],
            Self::ScoreGroup => {
                &["before_grade", "href", "title", "marks", "chain", "grade", "after_grade", "note", "rows"]
            }
            Self::ScoreRow => {
                &["href", "title", "marks", "remarks", "spark", "from", "now", "to", "grade", "has_pace", "pace", "age"]
            }
            Self::Scores => &["caption", "has_pace", "groups"],
            Self::Status => &["code", "symbol", "word"],
        }
    }
}

const KEY_RESULT: &[&str] = &[
    "id",
    "aliases",
    "title",
    "grade",
    "pace",
    "marks",
    "sentence",
    "qualities",
    "remarks",
    "reasons",
    "found",
    "measure",
    "chart",
    "source",
    "metric",
    "pace_rule",
    "guardrails",
    "facts",
    "earlier",
    "doubts",
    "evidence",
    "how",
    "files",
    "answers",
];

const REMARK: &[&str] = &[
    "about",
    "team",
    "href",
    "before",
    "words",
    "after",
    "level",
    "message",
    "rule",
    "rule_href",
    "help",
    "reason",
    "place",
];
