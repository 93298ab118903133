//! The scoring table: objectives as group rows, key results as rows.

use serde::Serialize;

use super::{Maker, quality};
use crate::markdown;
use crate::model::goal::{Gain, Goal, Hold, Milestone, Move};
use crate::model::plan::{Ambition, Objective};
use crate::model::quantity::Number;
use crate::model::scorecard::{KeyResultScore, Rollup, ScoreState};
use crate::render::templates::Markup;
use crate::render::{figures, routes};
use crate::report::decide::{self, Mark};
use crate::report::{KeyResultReport, ObjectiveReport, TeamReport};

/// A scoring table.
#[derive(Debug, Serialize)]
pub(super) struct Scores {
    caption: String,
    has_pace: bool,
    has_confidence: bool,
    /// Columns that a group's title spans, and those behind its grade.
    before_grade: u8,
    after_grade: u8,
    groups: Vec<Group>,
}

#[derive(Debug, Serialize)]
struct Group {
    title: String,
    href: String,
    chain: String,
    grade: Markup,
    note: String,
    marks: Vec<Markup>,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    title: String,
    href: String,
    marks: Vec<Markup>,
    remarks: String,
    spark: Markup,
    path: PathView,
    grade: Markup,
    pace: Option<Markup>,
    confidence: String,
    age: String,
    stale: bool,
}

/// From, now and goal as columns print them.
#[derive(Debug, Default, Serialize)]
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
pub(super) fn rollup_grade(maker: Maker<'_>, rollup: &Rollup, over: bool) -> Markup {
    maker.atoms.grade(rollup.grade(), ScoreState::Measured, over)
}

/// Returns the grade of a key result.
pub(super) fn grade(maker: Maker<'_>, report: &KeyResultReport<'_>) -> Markup {
    maker.atoms.grade(report.score.grade(), report.score.state, report.team.is_over())
}

/// Returns where a key result stands.
pub(super) fn pace(maker: Maker<'_>, score: &KeyResultScore) -> Option<Markup> {
    score.standing.as_ref().map(|standing| maker.atoms.status(standing.status))
}

/// Returns a key result's marks.
pub(super) fn marks(maker: Maker<'_>, report: &KeyResultReport<'_>) -> Vec<Markup> {
    decide::marks(report).into_iter().map(|mark| maker.atoms.mark(mark)).collect()
}

/// Returns an objective's marks: that it was reached while its outcome stood still.
pub(super) fn objective_marks(maker: Maker<'_>, objective: &Objective) -> Vec<Markup> {
    let mut found = maker.report.findings.of_objective(objective);
    let is_theatre = found.any(|noted| noted.finding.code == "theatre");
    if is_theatre { vec![maker.atoms.mark(Mark::Theatre)] } else { Vec::new() }
}

/// Returns a title without Markdown's marks.
pub(super) fn title(text: &str) -> String {
    if text.bytes().any(|byte| matches!(byte, b'*' | b'_' | b'[' | b'`' | b'~' | b'<' | b'\\' | b'&')) {
        markdown::to_text(text)
    } else {
        text.to_owned()
    }
}

/// Returns the scoring table of a team.
pub(super) fn scores(maker: Maker<'_>, team: TeamReport<'_>, caption: String) -> Scores {
    scores_with(maker, team, caption, &mut |report| figures::spark(maker.report, report))
}

/// Returns the scoring table of a team whose small charts are drawn by `spark`, key result by key result.
pub(super) fn scores_with(
    maker: Maker<'_>,
    team: TeamReport<'_>,
    caption: String,
    spark: &mut dyn FnMut(&KeyResultReport<'_>) -> Markup,
) -> Scores {
    let has_pace = !team.is_over();
    let has_confidence = has_pace && team.confidence(maker.report).is_some();
    let groups = team.objectives().map(|objective| group(maker, team, objective, spark)).collect();
    let after_grade = 1 + u8::from(has_pace) + u8::from(has_confidence);
    Scores { caption, has_pace, has_confidence, before_grade: 5, after_grade, groups }
}

fn group(
    maker: Maker<'_>,
    team: TeamReport<'_>,
    objective: ObjectiveReport<'_>,
    spark: &mut dyn FnMut(&KeyResultReport<'_>) -> Markup,
) -> Group {
    let page = maker.link(&routes::team_quarter(team.quarter.id, &team.plan.team));
    let rows = objective
        .key_results(team, &maker.report.inputs.plan.metrics)
        .map(|report| row(maker, &report, &page, spark(&report)))
        .collect();
    Group {
        title: title(&objective.plan.title.value),
        href: format!("{page}#{}", objective.plan.id.value),
        chain: chain(objective),
        grade: rollup_grade(maker, &objective.score.rollup, team.is_over()),
        note: note(maker, objective, team.is_over()),
        marks: objective_marks(maker, objective.plan),
        rows,
    }
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

fn row(maker: Maker<'_>, report: &KeyResultReport<'_>, page: &str, spark: Markup) -> Row {
    let score = report.score;
    Row {
        title: title(report.title()),
        href: format!("{page}#{}/{}", report.objective.id.value, report.plan.id.value),
        marks: marks(maker, report),
        remarks: quality::count(maker, report),
        spark,
        path: path(maker, report),
        grade: grade(maker, report),
        pace: pace(maker, score),
        confidence: report.confidence().map(|said| said.to_string()).unwrap_or_default(),
        age: score.age_days.map(|days| maker.phrases().age(days)).unwrap_or_default(),
        stale: score.state == ScoreState::Stale,
    }
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
