//! Grades and statuses as readers see them.

use serde::Serialize;

use crate::model::scorecard::{self, Grade, KeyResultScore, Rollup, ScoreState};
use crate::report::format::Format;
use crate::report::text::Phrases;
use crate::report::{KeyResultReport, levels};

/// What a grade's looks depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graded {
    /// The grade; nothing where there is none.
    pub grade: Option<Grade>,
    /// What stands in its place then.
    pub state: ScoreState,
    /// Whether the quarter is over; before, a grade is no verdict.
    pub is_over: bool,
}

impl Graded {
    /// Returns the grade of a key result.
    #[must_use]
    pub fn of(report: &KeyResultReport<'_>) -> Self {
        Self { grade: report.score.grade(), state: report.score.state, is_over: report.team.is_over() }
    }

    /// Returns the grade of a mean.
    #[must_use]
    pub fn of_mean(rollup: &Rollup, is_over: bool) -> Self {
        Self { grade: rollup.grade(), state: ScoreState::Measured, is_over }
    }
}

/// A grade as readers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The grade, or a dash.
    pub figure: String,
    /// The band's word, or why there is no grade.
    pub word: &'static str,
    /// The band's name for styles; `so-far` while the quarter runs, `none` without a grade.
    pub band: &'static str,
    /// How much of a bar it fills, in tenths; nothing without a grade.
    pub tenths: Option<u8>,
    /// Where on the bar lies what was promised, in tenths; nothing where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised: Option<u8>,
}

impl Verdict {
    /// Returns a grade as readers see it.
    #[must_use]
    pub fn new(graded: Graded, format: Format) -> Self {
        let phrases = Phrases::new(format);
        let Some(grade) = graded.grade else {
            let word = phrases.no_grade(graded.state);
            return Self { figure: "–".to_owned(), word, band: "none", tenths: None, promised: None };
        };
        let (word, band) = if graded.is_over {
            (format.language().band(grade.band()), grade.band().name())
        } else {
            (phrases.so_far_word(), "so-far")
        };
        Self { figure: grade.to_string(), word, band, tenths: Some(grade.tenths()), promised: None }
    }

    /// Returns the grade of a key result, with what was promised of it.
    #[must_use]
    pub fn of(report: &KeyResultReport<'_>, format: Format) -> Self {
        let verdict = Self::new(Graded::of(report), format);
        let promised = levels::promised_tenths(report).filter(|_| verdict.tenths.is_some());
        Self { promised, ..verdict }
    }

    /// Returns a grade for a column whose head says that grades are so far.
    #[must_use]
    pub fn in_column(graded: Graded, format: Format) -> Self {
        let verdict = Self::new(graded, format);
        let is_said = verdict.tenths.is_some() && !graded.is_over;
        Self { word: if is_said { "" } else { verdict.word }, ..verdict }
    }
}

/// Where a key result stands while the quarter runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The symbol.
    pub symbol: &'static str,
    /// The word.
    pub word: &'static str,
    /// The name for styles.
    pub code: &'static str,
}

impl Status {
    /// Returns a status as readers see it.
    #[must_use]
    pub fn new(status: scorecard::Status, format: Format) -> Self {
        Self { symbol: status.symbol(), word: format.language().status(status), code: status.name() }
    }

    /// Returns where a key result stands; nothing once the quarter is over.
    #[must_use]
    pub fn of(score: &KeyResultScore) -> Option<scorecard::Status> {
        score.standing.as_ref().map(|standing| standing.status)
    }
}
