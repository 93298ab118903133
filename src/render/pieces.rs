//! The small templates that pages are put together from, the pages that there are thousands of, and the strings that
//! each of them gets.
//!
//! A string that is empty is not there. Pieces of one kind follow each other as lines, or without anything between
//! them, as the page that holds them says.

/// A template that is made of strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Alias,
    Answer,
    Confidence,
    Contents,
    ContentsItem,
    Doubt,
    EvidenceFile,
    Fact,
    FactMore,
    Facts,
    Goalposts,
    Grade,
    Guardrail,
    KeyResult,
    LineageStep,
    Mark,
    Matter,
    MetricPage,
    MetricUse,
    MetricValue,
    MoveRow,
    Moves,
    Objective,
    Reason,
    Remark,
    Remarks,
    RetrospectiveEntry,
    Said,
    ScoreGroup,
    ScoreRow,
    Scores,
    Status,
    TeamQuarterPage,
}

impl Piece {
    /// All of them, in the order of their numbers.
    pub(super) const ALL: [Self; 33] = [
        Self::Alias,
        Self::Answer,
        Self::Confidence,
        Self::Contents,
        Self::ContentsItem,
        Self::Doubt,
        Self::EvidenceFile,
        Self::Fact,
        Self::FactMore,
        Self::Facts,
        Self::Goalposts,
        Self::Grade,
        Self::Guardrail,
        Self::KeyResult,
        Self::LineageStep,
        Self::Mark,
        Self::Matter,
        Self::MetricPage,
        Self::MetricUse,
        Self::MetricValue,
        Self::MoveRow,
        Self::Moves,
        Self::Objective,
        Self::Reason,
        Self::Remark,
        Self::Remarks,
        Self::RetrospectiveEntry,
        Self::Said,
        Self::ScoreGroup,
        Self::ScoreRow,
        Self::Scores,
        Self::Status,
        Self::TeamQuarterPage,
    ];

    /// Returns the name of its template.
    pub(super) const fn template(self) -> &'static str {
        match self {
            Self::Alias => "alias.html",
            Self::Answer => "answer.html",
            Self::Confidence => "confidence.html",
            Self::Contents => "contents.html",
            Self::ContentsItem => "contents-item.html",
            Self::Doubt => "doubt.html",
            Self::EvidenceFile => "evidence-file.html",
            Self::Fact => "fact.html",
            Self::FactMore => "fact-more.html",
            Self::Facts => "facts.html",
            Self::Goalposts => "goalposts.html",
            Self::Grade => "grade.html",
            Self::Guardrail => "guardrail.html",
            Self::KeyResult => "key-result.html",
            Self::LineageStep => "lineage-step.html",
            Self::Mark => "mark.html",
            Self::Matter => "matter.html",
            Self::MetricPage => "metric.html",
            Self::MetricUse => "metric-use.html",
            Self::MetricValue => "metric-value.html",
            Self::MoveRow => "move-row.html",
            Self::Moves => "moves.html",
            Self::Objective => "objective.html",
            Self::Reason => "reason.html",
            Self::Remark => "remark.html",
            Self::Remarks => "remarks.html",
            Self::RetrospectiveEntry => "retrospective-entry.html",
            Self::Said => "said.html",
            Self::ScoreGroup => "score-group.html",
            Self::ScoreRow => "score-row.html",
            Self::Scores => "scores.html",
            Self::Status => "status.html",
            Self::TeamQuarterPage => "team-quarter.html",
        }
    }

    /// Says whether it is a whole page, which extends the template of all pages.
    pub(super) const fn is_page(self) -> bool {
        matches!(self, Self::MetricPage | Self::TeamQuarterPage)
    }

    /// Returns the names of its strings, in the order in which views give them.
    pub(super) const fn strings(self) -> &'static [&'static str] {
        match self {
            Self::Alias => &["id"],
            Self::Answer => &["question", "answer"],
            Self::Confidence => &["now", "line", "said"],
            Self::Contents => &["list"],
            Self::ContentsItem => &["id", "text"],
            Self::Doubt => &["doubt"],
            Self::EvidenceFile => &["path", "rows", "lines", "sha256"],
            Self::Fact => &["term", "text", "href", "more"],
            Self::FactMore => &["text", "href"],
            Self::Facts => &["list"],
            Self::Goalposts => &["title", "table", "scores"],
            Self::Grade => &["band", "figure", "bar", "word", "judged"],
            Self::Guardrail => &["code", "symbol", "href", "text"],
            Self::KeyResult => KEY_RESULT,
            Self::LineageStep => &["href", "quarter", "path", "grade"],
            Self::Mark => &["code", "word"],
            Self::Matter => &["title", "sentence", "measure", "chart", "key"],
            Self::MetricPage => METRIC_PAGE,
            Self::MetricUse => &["quarter", "team", "role", "href", "title", "value", "grade"],
            Self::MetricValue => &["day", "value"],
            Self::MoveRow => &["code", "href", "place", "team", "what", "was", "is", "said", "scores"],
            Self::Moves => &["rows"],
            Self::Objective => &[
                "id",
                "aliases",
                "title",
                "grade",
                "note",
                "aside",
                "marks",
                "facts",
                "moves",
                "remarks",
                "matter",
                "key_results",
            ],
            Self::Reason => &["word", "text", "href"],
            Self::Remark => REMARK,
            Self::Remarks => &["remarks"],
            Self::RetrospectiveEntry => &[
                "href", "title", "grade", "team", "marks", "sentence", "worked", "failed", "learned", "carry", "more",
                "open",
            ],
            Self::Said => &["day", "confidence", "note"],
            Self::ScoreGroup => {
                &["before_grade", "href", "title", "marks", "chain", "grade", "after_grade", "note", "rows"]
            }
            Self::ScoreRow => SCORE_ROW,
            Self::Scores => &["caption", "has_pace", "has_confidence", "groups", "key"],
            Self::Status => &["code", "symbol", "word"],
            Self::TeamQuarterPage => TEAM_QUARTER_PAGE,
        }
    }
}

/// The strings of a key result's card.
const KEY_RESULT: &[&str] = &[
    "id",
    "aliases",
    "title",
    "grade",
    "pace",
    "marks",
    "sentence",
    "note",
    "qualities",
    "remarks",
    "reasons",
    "found",
    "moves",
    "measure",
    "chart",
    "source",
    "metric",
    "pace_rule",
    "guardrails",
    "confidence",
    "facts",
    "earlier",
    "doubts",
    "evidence",
    "how",
    "files",
    "answers",
];

/// The strings of a metric's page.
const METRIC_PAGE: &[&str] = &[
    "page",
    "heading",
    "id",
    "description",
    "measure",
    "chart",
    "facts",
    "uses",
    "reading",
    "values",
    "values_note",
    "csv",
];

/// The strings of a finding.
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

/// The strings of a key result's row.
const SCORE_ROW: &[&str] = &[
    "owners",
    "href",
    "title",
    "marks",
    "remarks",
    "spark",
    "from",
    "now",
    "heading",
    "to",
    "score",
    "grade",
    "has_pace",
    "pace",
    "has_confidence",
    "confidence",
    "age",
];

/// The strings of the page of a team in a quarter.
const TEAM_QUARTER_PAGE: &[&str] = &[
    "page",
    "heading",
    "quarter",
    "dates",
    "lead",
    "locked_on",
    "grade",
    "grade_notes",
    "facts",
    "contents",
    "scores",
    "objectives",
    "story",
    "loose",
    "remarks",
    "previous",
    "next",
    "all_quarters",
    "packet",
];
