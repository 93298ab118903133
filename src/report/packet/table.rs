//! The scoring table: objectives as groups, key results as rows; grades and statuses as words and numbers.

use serde::Serialize;

use super::{Leaves, Maker};
use crate::model::scorecard::{Grade, KeyResultScore, Rollup, ScoreState};
use crate::report::decide::{self, Mark, chain, title};
use crate::report::{KeyResultReport, ObjectiveReport, TeamReport, figures, path};

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

/// The scoring table of a team.
#[derive(Debug, Serialize)]
pub struct Scores<D> {
    /// What it shows.
    pub caption: String,
    /// Whether the quarter runs, so that there is a status for each row.
    pub has_status: bool,
    /// Whether the team said how confident it is.
    pub has_confidence: bool,
    /// The objectives.
    pub groups: Vec<GroupRow<D>>,
}

/// An objective with its key results.
#[derive(Debug, Serialize)]
pub struct GroupRow<D> {
    /// Its number in the packet.
    pub number: String,
    /// Its place in the packet.
    pub id: String,
    /// What is to become true.
    pub title: String,
    /// Outcome and lever.
    pub chain: String,
    /// Its grade.
    pub grade: Verdict,
    /// What a reader must know about the grade.
    pub note: String,
    /// Words that mark it.
    pub marks: Vec<&'static str>,
    /// Its key results.
    pub rows: Vec<ScoreRow<D>>,
}

/// A key result's row.
#[derive(Debug, Serialize)]
pub struct ScoreRow<D> {
    /// Its number in the packet.
    pub number: String,
    /// Its place in the packet.
    pub id: String,
    /// The sentence as written.
    pub title: String,
    /// Words that mark it.
    pub marks: Vec<&'static str>,
    /// The small chart, where there are values.
    pub spark: Option<D>,
    /// Where it started.
    pub from: String,
    /// Where it is.
    pub now: String,
    /// Where it is to go.
    pub to: String,
    /// Its grade.
    pub grade: Verdict,
    /// Where it stands.
    pub status: Option<Status>,
    /// How confident the team is, of ten.
    pub confidence: String,
    /// How old the data is.
    pub age: String,
}

impl Maker<'_, '_> {
    /// Returns a grade as readers see it.
    pub(super) fn verdict(&self, grade: Option<Grade>, state: ScoreState) -> Verdict {
        let Some(grade) = grade else {
            return Verdict {
                figure: "–".to_owned(), word: self.phrases.no_grade(state), band: "none", tenths: None
            };
        };
        let (word, band) = if self.quarter.is_over() {
            (self.format.language().band(grade.band()), grade.band().name())
        } else {
            (self.phrases.so_far_word(), "so-far")
        };
        Verdict { figure: grade.to_string(), word, band, tenths: Some(grade.tenths()) }
    }

    /// Returns a grade for a column whose head says that grades are so far.
    pub(super) fn in_column(&self, verdict: Verdict) -> Verdict {
        let is_said = verdict.tenths.is_some() && !self.quarter.is_over();
        Verdict { word: if is_said { "" } else { verdict.word }, ..verdict }
    }

    /// Returns the grade of a mean.
    pub(super) fn mean(&self, rollup: &Rollup) -> Verdict {
        self.verdict(rollup.grade(), ScoreState::Measured)
    }

    /// Returns where a key result stands.
    pub(super) fn status(&self, score: &KeyResultScore) -> Option<Status> {
        score.standing.as_ref().map(|standing| self.status_of(standing.status))
    }

    pub(super) fn status_of(&self, status: crate::model::scorecard::Status) -> Status {
        Status { symbol: status.symbol(), word: self.format.language().status(status), code: status.name() }
    }

    /// Returns the words that mark a key result.
    pub(super) fn marks(&self, report: &KeyResultReport<'_>) -> Vec<&'static str> {
        decide::marks(report).into_iter().map(|mark| self.phrases.mark(mark)).collect()
    }

    /// Returns the words that mark an objective.
    pub(super) fn objective_marks(&self, objective: ObjectiveReport<'_>) -> Vec<&'static str> {
        let mut found = self.report.findings.of_objective(objective.plan);
        let is_theatre = found.any(|noted| noted.finding.code == "theatre" && noted.reason.is_none());
        is_theatre.then(|| self.phrases.mark(Mark::Theatre)).into_iter().collect()
    }
}

/// Returns the scoring table of the team whose section has a number.
pub(super) fn scores<L: Leaves>(
    maker: Maker<'_, '_>,
    team: TeamReport<'_>,
    section: usize,
    leaves: &mut L,
) -> Scores<L::Drawing> {
    let groups = team.objectives().enumerate().map(|(at, objective)| {
        let number = format!("{section}.{}", at + 1);
        group(maker, team, objective, &number, leaves)
    });
    Scores {
        groups: groups.collect(),
        caption: maker.phrases.scores_of(team.name, team.quarter.id),
        has_status: !team.is_over(),
        has_confidence: !team.is_over() && team.confidence(maker.report).is_some(),
    }
}

fn group<L: Leaves>(
    maker: Maker<'_, '_>,
    team: TeamReport<'_>,
    objective: ObjectiveReport<'_>,
    number: &str,
    leaves: &mut L,
) -> GroupRow<L::Drawing> {
    let key_results = objective.key_results(team, &maker.report.inputs.plan.metrics);
    GroupRow {
        rows: key_results
            .enumerate()
            .map(|(at, report)| row(maker, &report, format!("{number}.{}", at + 1), leaves))
            .collect(),
        number: number.to_owned(),
        id: super::section::objective_id(team, objective.plan),
        title: title(&objective.plan.title.value).into_owned(),
        chain: chain(objective),
        grade: maker.in_column(maker.mean(&objective.score.rollup)),
        note: maker.phrases.objective_note(&objective, team.is_over()),
        marks: maker.objective_marks(objective),
    }
}

fn row<L: Leaves>(
    maker: Maker<'_, '_>,
    report: &KeyResultReport<'_>,
    number: String,
    leaves: &mut L,
) -> ScoreRow<L::Drawing> {
    let spark = figures::spark(maker.report, report);
    let path::Path { from, now, to } = path::of(maker.format, report);
    ScoreRow {
        number,
        id: super::card::id(report),
        title: title(report.title()).into_owned(),
        marks: maker.marks(report),
        // The row says all that the drawing shows.
        spark: (!spark.as_str().is_empty()).then(|| leaves.drawing(spark, "")),
        from,
        now,
        to,
        grade: maker.in_column(maker.verdict(report.score.grade(), report.score.state)),
        status: maker.status(report.score),
        confidence: report.confidence().map(|said| said.to_string()).unwrap_or_default(),
        age: report.score.age_days.map(|days| maker.phrases.age(days)).unwrap_or_default(),
    }
}
