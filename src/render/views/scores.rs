//! The scoring table: objectives as group rows, key results as rows.

use std::borrow::Cow;

use super::{Maker, quality};
use crate::error::Result;
use crate::markdown;
use crate::model::goal::{Gain, Goal, Hold, Milestone, Move};
use crate::model::plan::{Ambition, Objective};
use crate::model::quantity::Number;
use crate::model::scorecard::{KeyResultScore, Rollup, ScoreState};
use crate::render::markup::{Field, Markup};
use crate::render::pieces::Piece;
use crate::render::{figures, routes};
use crate::report::decide::{self, Mark};
use crate::report::{KeyResultReport, ObjectiveReport, TeamReport};

/// From, now and goal as columns print them.
#[derive(Debug, Default)]
pub(super) struct PathView {
    pub(super) from: String,
    pub(super) now: String,
    pub(super) to: String,
}

impl PathView {
    /// Returns the parts that are there, with arrows between.
    pub(super) fn arrow(self) -> String {
        let parts = [self.from, self.now, self.to].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" → ")
    }
}

/// Returns the grade of a mean.
pub(super) fn rollup_grade<'a>(maker: Maker<'a>, rollup: &Rollup, over: bool) -> &'a Markup {
    maker.atoms.grade(rollup.grade(), ScoreState::Measured, over)
}

/// Returns the grade of a key result.
pub(super) fn grade<'a>(maker: Maker<'a>, report: &KeyResultReport<'_>) -> &'a Markup {
    maker.atoms.grade(report.score.grade(), report.score.state, report.team.is_over())
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

/// Returns a title without Markdown's marks.
pub(super) fn title(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| matches!(byte, b'*' | b'_' | b'[' | b'`' | b'~' | b'<' | b'\\' | b'&')) {
        Cow::Owned(markdown::to_text(text))
    } else {
        Cow::Borrowed(text)
    }
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
        ("grade", Field::Html(rollup_grade(maker, &objective.score.rollup, team.is_over()))),
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

/// Returns "outcome → lever", where they are stated.
pub(super) fn chain(objective: ObjectiveReport<'_>) -> String {
    let parts = [&objective.plan.outcome, &objective.plan.lever];
    let parts: Vec<&str> = parts.into_iter().flatten().map(|part| part.value.as_str()).collect();
    parts.join(" → ")
}

/// Returns what a reader must know about an objective's grade.
pub(super) fn note(maker: Maker<'_>, objective: ObjectiveReport<'_>, over: bool) -> String {
    let rollup = &objective.score.rollup;
    let mut notes = maker.phrases().rollup_notes(rollup);
    if objective.score.ambition == Ambition::Committed {
        let met = rollup.score.is_some_and(|score| score >= Number::ONE);
        notes.push(maker.phrases().committed(met, over).to_owned());
    }
    notes.join("; ")
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
        ("grade", Field::Html(grade(maker, report))),
        ("has_pace", Field::Text(columns.pace)),
        ("pace", pace),
        ("has_confidence", Field::Text(columns.confidence)),
        ("confidence", Field::Text(&confidence)),
        ("age", Field::Text(&age)),
    ];
    maker.add(out, Piece::ScoreRow, &fields)
}

/// Returns from, now and goal of a key result.
pub(super) fn path(maker: Maker<'_>, report: &KeyResultReport<'_>) -> PathView {
    match report.goal() {
        Some(Goal::Move(goal)) => moved(maker, goal, report.score),
        Some(Goal::Target(goal)) => {
            let to = maker.format.quantity(&goal.to);
            PathView { from: String::new(), now: now(maker, report.score, &[]), to }
        }
        Some(Goal::Gain(goal)) => gained(maker, goal, report.score),
        Some(Goal::Hold(goal)) => held(maker, goal, report.score),
        Some(Goal::Milestone(milestone) | Goal::Baseline(milestone)) => done(maker, milestone),
        None => PathView { now: now(maker, report.score, &[]), ..PathView::default() },
    }
}

fn moved(maker: Maker<'_>, goal: &Move, score: &KeyResultScore) -> PathView {
    let format = maker.format;
    let value = score.value.as_ref().and_then(|value| value.number_in(&goal.to.unit));
    let near = [goal.from.number_in(&goal.to.unit).unwrap_or(goal.to.number), goal.to.number];
    PathView {
        from: format.end(goal.from.number, &goal.from.unit),
        now: value.map(|value| format.measured(value, &goal.to.unit, &near)).unwrap_or_default(),
        to: format.end(goal.to.number, &goal.to.unit),
    }
}

fn gained(maker: Maker<'_>, goal: &Gain, score: &KeyResultScore) -> PathView {
    let from = goal.from.as_ref().map(|from| maker.format.amount(from.number, &from.unit)).unwrap_or_default();
    let sign = if goal.by.number.is_negative() { "" } else { "+" };
    let to = format!("{sign}{}", maker.format.amount(goal.by.number, &goal.by.unit));
    PathView { from, now: now(maker, score, &[]), to }
}

fn held(maker: Maker<'_>, goal: &Hold, score: &KeyResultScore) -> PathView {
    let to = maker.format.language().bound(&goal.bound, maker.format);
    PathView { from: String::new(), now: now(maker, score, &[goal.bound.limit.number]), to }
}

fn now(maker: Maker<'_>, score: &KeyResultScore, near: &[Number]) -> String {
    score.value.as_ref().map(|value| maker.format.measured(value.number, &value.unit, near)).unwrap_or_default()
}

fn done(maker: Maker<'_>, milestone: &Milestone) -> PathView {
    let phrases = maker.phrases();
    PathView { from: String::new(), now: phrases.done(milestone.done), to: phrases.due(milestone.due) }
}
