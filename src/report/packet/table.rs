//! The scoring table: objectives as groups, key results as rows; grades and statuses as words and numbers.

use serde::Serialize;

use super::leaves::Leaves;
use super::maker::Maker;
use crate::report::shown::{self, Status, Target, Verdict};
use crate::report::{KeyResultReport, ObjectiveReport, TeamReport, figures};

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
    /// What the bars mean besides their lengths; empty where they show nothing more.
    pub key: String,
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
    /// Where a projected sum or count is heading.
    pub heading: String,
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

/// Returns the scoring table of the team whose section has a number.
pub(super) fn scores<L: Leaves>(
    maker: Maker<'_, '_>,
    team: TeamReport<'_>,
    section: usize,
    leaves: &mut L,
) -> Scores<L::Drawing> {
    let shown::Columns { has_status, has_confidence } = shown::Columns::of(maker.report, team);
    let groups = team.objectives().enumerate().map(|(at, objective)| {
        let number = format!("{section}.{}", at + 1);
        group(maker, team, objective, number, leaves)
    });
    Scores {
        groups: groups.collect(),
        key: shown::bars_key(maker.report, team),
        caption: maker.phrases.scores_of(team.name, &team.cycle()),
        has_status,
        has_confidence,
    }
}

fn group<L: Leaves>(
    maker: Maker<'_, '_>,
    team: TeamReport<'_>,
    objective: ObjectiveReport<'_>,
    number: String,
    leaves: &mut L,
) -> GroupRow<L::Drawing> {
    let head = shown::objective(maker.report, team, objective);
    let key_results = objective.key_results(team, &maker.report.inputs.plan.metrics).enumerate();
    GroupRow {
        rows: key_results.map(|(at, report)| row(maker, &report, format!("{number}.{}", at + 1), leaves)).collect(),
        number,
        id: maker.place_of(&Target::Objective(team, objective.plan)),
        title: head.title.into_owned(),
        chain: head.chain,
        grade: maker.in_column(head.grade),
        note: head.note,
        marks: maker.marks(&head.marks),
    }
}

fn row<L: Leaves>(
    maker: Maker<'_, '_>,
    report: &KeyResultReport<'_>,
    number: String,
    leaves: &mut L,
) -> ScoreRow<L::Drawing> {
    let spark = figures::spark(maker.report, report);
    let row = shown::row(maker.report, report);
    ScoreRow {
        number,
        id: maker.place_of(&Target::KeyResult(*report)),
        title: row.title.into_owned(),
        marks: maker.marks(&row.marks),
        // The row says all that the drawing shows.
        spark: (!spark.as_str().is_empty()).then(|| leaves.drawing(spark, "")),
        from: row.path.from,
        now: row.path.now,
        heading: row.path.heading,
        to: row.path.to,
        grade: maker.in_column(row.grade),
        status: row.status.map(|status| maker.status(status)),
        confidence: row.confidence,
        age: row.age,
    }
}
