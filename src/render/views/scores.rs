//! The scoring table: objectives as group rows, key results as rows.

use super::{Maker, quality};
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::stencil::Field;
use crate::render::{figures, routes};
use crate::report::shown::{self, Columns, Row, Target};
use crate::report::{KeyResultReport, ObjectiveReport, TeamReport};

/// A key result's row with its small chart.
pub(super) struct Line<'a> {
    pub(super) row: Row<'a>,
    pub(super) spark: Markup,
}

/// The lines of a team's key results, in their order.
type Lines<'s, 'a> = std::slice::Iter<'s, Line<'a>>;

/// Returns the scoring table of a team.
pub(super) fn scores<'a>(maker: Maker<'a>, team: TeamReport<'a>, caption: &str) -> Result<Markup> {
    let line = |known: KeyResultReport<'a>| {
        let spark = figures::spark(maker.report, &known);
        Line { row: shown::row(maker.report, &known), spark }
    };
    let lines: Vec<Line<'a>> = maker.report.key_results(team).map(line).collect();
    let mut table = Markup::default();
    add_scores(&mut table, maker, team, caption, lines.iter())?;
    Ok(table)
}

/// Adds the scoring table of a team.
pub(super) fn add_scores<'a>(
    out: &mut Markup,
    maker: Maker<'a>,
    team: TeamReport<'a>,
    caption: &str,
    mut lines: Lines<'_, 'a>,
) -> Result<()> {
    let groups = if team.objectives().next().is_none() { Field::Text("") } else { Field::Inner };
    let columns = Columns::of(maker.report, team);
    let fields = [
        ("caption", Field::Text(caption)),
        ("has_pace", Field::Text(said(columns.has_status))),
        ("has_confidence", Field::Text(said(columns.has_confidence))),
        ("groups", groups),
        ("key", Field::Text(&shown::bars_key(maker.report, team))),
    ];
    maker.add_around(out, Piece::Scores, &fields, &mut |out| {
        for (at, objective) in team.objectives().enumerate() {
            out.begin_line(at == 0);
            add_group(out, maker, (team, columns), objective, &mut lines)?;
        }
        Ok(())
    })
}

/// Says in a template's words whether something is there.
const fn said(is: bool) -> &'static str {
    if is { "yes" } else { "" }
}

fn add_group<'a>(
    out: &mut Markup,
    maker: Maker<'a>,
    (team, columns): (TeamReport<'a>, Columns),
    objective: ObjectiveReport<'a>,
    lines: &mut Lines<'_, 'a>,
) -> Result<()> {
    let page = maker.href(&Target::Team(team));
    let has_rows = !(objective.plan.key_results.is_empty() && objective.plan.dropped.is_empty());
    let rows = if has_rows { Field::Inner } else { Field::Text("") };
    let head = shown::objective(maker.report, team, objective);
    let fields = [
        // Columns that the title spans, and those behind the grade.
        ("before_grade", Field::Number(5)),
        ("href", Field::Text(&maker.href(&Target::Objective(team, objective.plan)))),
        ("title", Field::Text(&head.title)),
        ("marks", Field::Html(&maker.marks(&head.marks))),
        ("chain", Field::Text(&head.chain)),
        ("grade", Field::Html(maker.in_column(head.grade))),
        ("after_grade", Field::Number(columns.behind_grade() as u64)),
        ("note", Field::Text(&head.note)),
        ("rows", rows),
        ("team_id", Field::Text(team.plan.team.as_str())),
        ("objective_id", Field::Text(objective.plan.id.value.as_str())),
    ];
    maker.add_around(out, Piece::ScoreGroup, &fields, &mut |out| {
        let key_results = objective.key_results(team, &maker.report.inputs.plan.metrics);
        for (at, (report, line)) in key_results.zip(&mut *lines).enumerate() {
            out.begin_line(at == 0);
            add_row(out, maker, (&report, columns), &page, line)?;
        }
        Ok(())
    })
}

fn add_row<'a>(
    out: &mut Markup,
    maker: Maker<'a>,
    (report, columns): (&KeyResultReport<'a>, Columns),
    page: &str,
    Line { row, spark }: &Line<'a>,
) -> Result<()> {
    let href = [page, "#", &routes::fragment(&report.objective.id.value, &report.plan.id.value)].concat();
    let owners: Vec<&str> = report.plan.owners.iter().map(|owner| maker.report.name_of(&owner.value)).collect();
    let score = report.score.score.map(|score| score.normal().to_string()).unwrap_or_default();
    let fields = [
        ("owners", Field::Text(&owners.join(", "))),
        ("href", Field::Text(&href)),
        ("title", Field::Text(&row.title)),
        ("marks", Field::Html(&maker.marks(&row.marks))),
        ("remarks", Field::Text(&quality::count(maker, report))),
        ("spark", Field::Html(spark)),
        ("from", Field::Text(&row.path.from)),
        ("now", Field::Text(&row.path.now)),
        ("heading", Field::Text(&row.path.heading)),
        ("to", Field::Text(&row.path.to)),
        ("score", Field::Text(&score)),
        ("grade", Field::Html(maker.in_column(row.grade))),
        ("has_pace", Field::Text(said(columns.has_status))),
        ("pace", row.status.map_or(Field::Text(""), |status| Field::Html(maker.atoms.status(status)))),
        ("has_confidence", Field::Text(said(columns.has_confidence))),
        ("confidence", Field::Text(&row.confidence)),
        ("age", Field::Text(&row.age)),
        ("team_id", Field::Text(report.team.plan.team.as_str())),
        ("objective_id", Field::Text(report.objective.id.value.as_str())),
        ("key_result_id", Field::Text(report.plan.id.value.as_str())),
    ];
    maker.add(out, Piece::ScoreRow, &fields)
}
