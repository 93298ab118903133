//! A key result in a scoring table.

use std::borrow::Cow;

use super::{Graded, Status};
use crate::model::scorecard;
use crate::report::decide::{self, Mark, title};
use crate::report::path::{self, Path};
use crate::report::reading;
use crate::report::text::Phrases;
use crate::report::{KeyResultReport, Report, TeamReport};

/// Which columns a table has besides those that all have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// Whether the quarter runs, so that there is a status for each row.
    pub has_status: bool,
    /// Whether the team said how confident it is.
    pub has_confidence: bool,
}

impl Columns {
    /// Returns the columns of a team's table.
    #[must_use]
    pub fn of<'a>(report: &Report<'a>, team: TeamReport<'a>) -> Self {
        let has_status = !team.is_over();
        Self { has_status, has_confidence: has_status && team.confidence(report).is_some() }
    }

    /// Returns how many columns stand behind the grade.
    #[must_use]
    pub const fn behind_grade(self) -> usize {
        1 + self.has_status as usize + self.has_confidence as usize
    }
}

/// A key result in a scoring table.
#[derive(Debug)]
pub struct Row<'a> {
    /// The sentence that belongs to the score.
    pub title: Cow<'a, str>,
    /// Its grade.
    pub grade: Graded,
    /// Where it stands.
    pub status: Option<scorecard::Status>,
    /// What marks it.
    pub marks: Vec<Mark>,
    /// From, now and goal.
    pub path: Path,
    /// How confident the team is, of ten.
    pub confidence: String,
    /// How old the data is.
    pub age: String,
}

/// Returns a key result's row.
#[must_use]
pub fn row<'a>(report: &Report<'a>, known: &KeyResultReport<'a>) -> Row<'a> {
    let phrases = Phrases::new(known.within(report.format));
    Row {
        title: title(known.title()),
        grade: Graded::of(known),
        status: Status::of(known.score),
        marks: decide::marks(known),
        path: path::of(report.format, known),
        confidence: known.confidence().map(|said| said.to_string()).unwrap_or_default(),
        age: reading::age(report, known).map(|days| phrases.age(days)).unwrap_or_default(),
    }
}
