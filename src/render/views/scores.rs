//! The scoring table: objectives as group rows, key results as rows.

use super::{Maker, quality};
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::stencil::Field;
use crate::render::{figures, routes};
use crate::report::shown::{self, Columns, Target};
use crate::report::{KeyResultReport, ObjectiveReport, TeamReport};

/// What draws a key result's small chart.
type Spark<'s, 'a> = dyn FnMut(&KeyResultReport<'a>) -> Markup + 's;

/// Returns the scoring table of a team.
pub(super) fn scores<'a>(maker: Maker<'a>, team: TeamReport<'a>, caption: &str) -> Result<Markup> {
    let mut table = Markup::default();
    add_scores(&mut table, maker, team, caption, &mut |report| figures::spark(maker.report, report))?;
    Ok(table)
}

/// Adds the scoring table of a team whose small charts are drawn by `spark`, key result by key result.
pub(super) fn add_scores<'a>(
    out: &mut Markup,
    maker: Maker<'a>,
    team: TeamReport<'a>,
    caption: &str,
    spark: &mut Spark<'_, 'a>,
) -> Result<()> {
    let groups = if team.objectives().next().is_none() { Field::Text("") } else { Field::Inner };
    let columns = Columns::of(maker.report, team);
    let fields = [
        ("caption", Field::Text(caption)),
        ("has_pace", Field::Text(said(columns.has_status))),
        ("has_confidence", Field::Text(said(columns.has_confidence))),
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

/// Says in a template's words whether something is there.
const fn said(is: bool) -> &'static str {
    if is { "yes" } else { "" }
}

fn add_group<'a>(
    out: &mut Markup,
    maker: Maker<'a>,
    (team, columns): (TeamReport<'a>, Columns),
    objective: ObjectiveReport<'a>,
    spark: &mut Spark<'_, 'a>,
) -> Result<()> {
    let page = maker.href(&Target::Team(team));
    let has_rows = !(objective.plan.key_results.is_empty() && objective.plan.dropped.is_empty());
    let rows = if has_rows { Field::Inner } else { Field::Text("") };
    let head = shown::objective(maker.report, team, objective);
    let behind = columns.behind_grade().to_string();
    let fields = [
        // Columns that the title spans, and those behind the grade.
        ("before_grade", Field::Text("5")),
        ("href", Field::Text(&maker.href(&Target::Objective(team, objective.plan)))),
        ("title", Field::Text(&head.title)),
        ("marks", Field::Html(&maker.marks(&head.marks))),
        ("chain", Field::Text(&head.chain)),
        ("grade", Field::Html(maker.in_column(head.grade))),
        ("after_grade", Field::Text(&behind)),
        ("note", Field::Text(&head.note)),
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

fn add_row<'a>(
    out: &mut Markup,
    maker: Maker<'a>,
    (report, columns): (&KeyResultReport<'a>, Columns),
    page: &str,
    spark: &Markup,
) -> Result<()> {
    let row = shown::row(maker.report, report);
    let href = [page, "#", &routes::fragment(&report.objective.id.value, &report.plan.id.value)].concat();
    let fields = [
        ("href", Field::Text(&href)),
        ("title", Field::Text(&row.title)),
        ("marks", Field::Html(&maker.marks(&row.marks))),
        ("remarks", Field::Text(&quality::count(maker, report))),
        ("spark", Field::Html(spark)),
        ("from", Field::Text(&row.path.from)),
        ("now", Field::Text(&row.path.now)),
        ("heading", Field::Text(&row.path.heading)),
        ("to", Field::Text(&row.path.to)),
        ("grade", Field::Html(maker.in_column(row.grade))),
        ("has_pace", Field::Text(said(columns.has_status))),
        ("pace", row.status.map_or(Field::Text(""), |status| Field::Html(maker.atoms.status(status)))),
        ("has_confidence", Field::Text(said(columns.has_confidence))),
        ("confidence", Field::Text(&row.confidence)),
        ("age", Field::Text(&row.age)),
    ];
    maker.add(out, Piece::ScoreRow, &fields)
}
