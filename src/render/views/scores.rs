//! The scoring table: objectives as group rows, key results as rows.

use super::{Maker, quality};
use crate::error::Result;
use crate::model::plan::Objective;
use crate::model::scorecard::{KeyResultScore, Rollup, ScoreState};
use crate::render::markup::{Field, Markup};
use crate::render::pieces::Piece;
use crate::render::{figures, routes};
pub(super) use crate::report::decide::title;
use crate::report::decide::{self, Mark, chain};
use crate::report::path::{self, Path};
use crate::report::{KeyResultReport, ObjectiveReport, TeamReport};

/// Returns the grade of a mean.
pub(super) fn rollup_grade<'a>(maker: Maker<'a>, rollup: &Rollup, over: bool) -> &'a Markup {
    maker.atoms.grade(rollup.grade(), ScoreState::Measured, over)
}

/// Returns the grade of a key result.
pub(super) fn grade<'a>(maker: Maker<'a>, report: &KeyResultReport<'_>) -> &'a Markup {
    maker.atoms.grade(report.score.grade(), report.score.state, report.team.is_over())
}

/// Returns the same for a column whose head says that grades are so far.
pub(super) fn column_grade<'a>(maker: Maker<'a>, report: &KeyResultReport<'_>) -> &'a Markup {
    maker.atoms.column_grade(report.score.grade(), report.score.state, report.team.is_over())
}

/// Returns the grade of a mean for such a column.
pub(super) fn column_mean<'a>(maker: Maker<'a>, rollup: &Rollup, over: bool) -> &'a Markup {
    maker.atoms.column_grade(rollup.grade(), ScoreState::Measured, over)
}

/// Returns where a key result stands.
pub(super) fn pace<'a>(maker: Maker<'a>, score: &KeyResultScore) -> Option<&'a Markup> {
    score.standing.as_ref().map(|standing| maker.atoms.status(standing.status))
}

/// Returns a key result's marks, each behind a space.
pub(super) fn marks(maker: Maker<'_>, report: &KeyResultReport<'_>) -> Markup {
    let mut marks = Markup::default();
    for mark in decide::marks(report) {
        marks.add_word(maker.atoms.mark(mark));
    }
    marks
}

/// Returns an objective's marks, each behind a space: that it was reached while its outcome stood still.
pub(super) fn objective_marks(maker: Maker<'_>, objective: &Objective) -> Markup {
    let mut marks = Markup::default();
    if maker.report.findings.of_objective(objective).any(|noted| noted.finding.code == "theatre") {
        marks.add_word(maker.atoms.mark(Mark::Theatre));
    }
    marks
}

/// What draws a key result's small chart.
type Spark<'a> = dyn FnMut(&KeyResultReport<'_>) -> Markup + 'a;

/// Returns the scoring table of a team.
pub(super) fn scores(maker: Maker<'_>, team: TeamReport<'_>, caption: &str) -> Result<Markup> {
    let mut table = Markup::default();
    add_scores(&mut table, maker, team, caption, &mut |report| figures::spark(maker.report, report))?;
    Ok(table)
}

/// Adds the scoring table of a team whose small charts are drawn by `spark`, key result by key result.
pub(super) fn add_scores(
    out: &mut Markup,
    maker: Maker<'_>,
    team: TeamReport<'_>,
    caption: &str,
    spark: &mut Spark<'_>,
) -> Result<()> {
    let groups = if team.objectives().next().is_none() { Field::Text("") } else { Field::Inner };
    let columns = Columns::of(maker, team);
    let fields = [
        ("caption", Field::Text(caption)),
        ("has_pace", Field::Text(columns.pace)),
        ("has_confidence", Field::Text(columns.confidence)),
        ("groups", groups),
    ];
    maker.add_around(out, Piece::Scores, &fields, &mut |out| {
        for (at, objective) in team.objectives().enumerate() {
            out.begin_line(at == 0);
            add_group(out, maker, (team, columns), objective, spark)?;
        }
        Ok(())
    })
}

/// Which columns a table has besides those that all have; empty where it hasn't.
#[derive(Clone, Copy)]
struct Columns {
    pace: &'static str,
    confidence: &'static str,
}

impl Columns {
    fn of<'a>(maker: Maker<'a>, team: TeamReport<'a>) -> Self {
        let said = |is: bool| if is { "yes" } else { "" };
        let runs = !team.is_over();
        Self { pace: said(runs), confidence: said(runs && team.confidence(maker.report).is_some()) }
    }

    /// Returns how many columns stand behind the grade.
    const fn behind_grade(self) -> &'static str {
        match (self.pace.is_empty(), self.confidence.is_empty()) {
            (true, true) => "1",
            (true, false) | (false, true) => "2",
            (false, false) => "3",
        }
    }
}

fn add_group(
    out: &mut Markup,
    maker: Maker<'_>,
    (team, columns): (TeamReport<'_>, Columns),
    objective: ObjectiveReport<'_>,
    spark: &mut Spark<'_>,
) -> Result<()> {
    let page = maker.link(&routes::team_quarter(team.quarter.id, &team.plan.team));
    let has_rows = !(objective.plan.key_results.is_empty() && objective.plan.dropped.is_empty());
    let rows = if has_rows { Field::Inner } else { Field::Text("") };
    let href = [&page, "#", objective.plan.id.value.as_str()].concat();
    let fields = [
        // Columns that the title spans, and those behind the grade.
        ("before_grade", Field::Text("5")),
        ("href", Field::Text(&href)),
        ("title", Field::Text(&title(&objective.plan.title.value))),
        ("marks", Field::Html(&objective_marks(maker, objective.plan))),
        ("chain", Field::Text(&chain(objective))),
        ("grade", Field::Html(column_mean(maker, &objective.score.rollup, team.is_over()))),
        ("after_grade", Field::Text(columns.behind_grade())),
        ("note", Field::Text(&note(maker, objective, team.is_over()))),
        ("rows", rows),
    ];
    maker.add_around(out, Piece::ScoreGroup, &fields, &mut |out| {
        for (at, report) in objective.key_results(team, &maker.report.inputs.plan.metrics).enumerate() {
            out.begin_line(at == 0);
            add_row(out, maker, (&report, columns), &page, &spark(&report))?;
        }
        Ok(())
    })
}

/// Returns what a reader must know about an objective's grade.
pub(super) fn note(maker: Maker<'_>, objective: ObjectiveReport<'_>, over: bool) -> String {
    maker.phrases().objective_note(&objective, over)
}

fn add_row(
    out: &mut Markup,
    maker: Maker<'_>,
    (report, columns): (&KeyResultReport<'_>, Columns),
    page: &str,
    spark: &Markup,
) -> Result<()> {
    let score = report.score;
    let href = [page, "#", report.objective.id.value.as_str(), "/", report.plan.id.value.as_str()].concat();
    let path = path(maker, report);
    let pace = pace(maker, score).map_or(Field::Text(""), Field::Html);
    let age = score.age_days.map(|days| maker.phrases().age(days)).unwrap_or_default();
    let confidence = report.confidence().map(|said| said.to_string()).unwrap_or_default();
    let fields = [
        ("href", Field::Text(&href)),
        ("title", Field::Text(&title(report.title()))),
        ("marks", Field::Html(&marks(maker, report))),
        ("remarks", Field::Text(&quality::count(maker, report))),
        ("spark", Field::Html(spark)),
        ("from", Field::Text(&path.from)),
        ("now", Field::Text(&path.now)),
        ("to", Field::Text(&path.to)),
        ("grade", Field::Html(column_grade(maker, report))),
        ("has_pace", Field::Text(columns.pace)),
        ("pace", pace),
        ("has_confidence", Field::Text(columns.confidence)),
        ("confidence", Field::Text(&confidence)),
        ("age", Field::Text(&age)),
    ];
    maker.add(out, Piece::ScoreRow, &fields)
}

/// Returns from, now and goal of a key result.
pub(super) fn path(maker: Maker<'_>, report: &KeyResultReport<'_>) -> Path {
    path::of(maker.format, report)
}
