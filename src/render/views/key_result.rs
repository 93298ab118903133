//! A key result's card: sentence, chart, facts, evidence, answers.

use super::quality::{Made, made};
use super::{Maker, facts, moves};
use crate::error::Result;
use crate::markdown::{self, Setting};
use crate::render::figures::Chart;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::routes;
use crate::render::stencil::Field;
use crate::report::decide::title;
use crate::report::shown::{self, Answer, Confidence, EvidenceFile, Graded, Guardrail, Row, Target};
use crate::report::{KeyResultReport, path};

/// Adds the card of a key result, whose row in the scoring table says some of it, with its chart.
pub(super) fn add_card<'a>(
    out: &mut Markup,
    maker: Maker<'a>,
    report: &KeyResultReport<'a>,
    (row, chart): (Row<'a>, &Chart),
) -> Result<()> {
    let id = routes::fragment(&report.objective.id.value, &report.plan.id.value);
    let known = shown::card_of(maker.report, report, row, !chart.measure.is_empty());
    let metric = report.metric().map(|metric| maker.href(&Target::Metric(&metric.id)));
    let status = known.row.status.map(|status| maker.atoms.status(status));
    let Made { qualities, remarks, reasons, found } = made(maker, report, &known.qualities)?;
    let owners: Vec<&str> = report.plan.owners.iter().map(|owner| maker.report.name_of(&owner.value)).collect();
    let fields = [
        ("id", Field::Text(&id)),
        ("aliases", Field::Html(&aliases(maker, report, &id)?)),
        ("title", Field::Text(&known.row.title)),
        ("grade", Field::Html(maker.grade(Graded::promising(report)))),
        ("pace", status.map_or(Field::Text(""), Field::Html)),
        ("marks", Field::Html(&maker.marks(&known.row.marks))),
        ("sentence", Field::Text(&known.sentence)),
        ("note", Field::Html(&body(maker, &known.note, 4))),
        ("qualities", Field::Html(qualities)),
        ("remarks", Field::Text(&remarks)),
        ("reasons", Field::Html(&reasons)),
        ("found", Field::Html(&found)),
        ("moves", Field::Html(&moves::goalposts(maker, known.goalposts.as_ref())?)),
        ("measure", Field::Text(&chart.measure)),
        ("chart", Field::Html(&chart.markup)),
        ("source", Field::Text(&known.source)),
        ("metric", Field::Text(&metric.unwrap_or_default())),
        ("pace_rule", Field::Text(&known.pace_rule)),
        ("guardrails", Field::Html(&guardrails(maker, &known.guardrails)?)),
        ("confidence", Field::Html(&confidence(maker, known.confidence)?)),
        ("facts", Field::Html(&facts::list(maker, &known.facts)?)),
        ("earlier", Field::Html(&earlier(maker, &known.origins)?)),
        ("doubts", Field::Html(&doubts(maker, known.doubts)?)),
        ("evidence", Field::Text(&known.evidence)),
        ("how", Field::Text(&known.how)),
        ("files", Field::Html(&files(maker, &known.files)?)),
        ("answers", Field::Html(&answers(maker, &known.answers)?)),
        ("team", Field::Text(report.team.name)),
        ("team_id", Field::Text(report.team.plan.team.as_str())),
        ("objective", Field::Text(&title(&report.objective.title.value))),
        ("objective_id", Field::Text(report.objective.id.value.as_str())),
        ("key_result_id", Field::Text(report.plan.id.value.as_str())),
        ("owners", Field::Text(&owners.join(", "))),
    ];
    maker.add(out, Piece::KeyResult, &fields)
}

/// Returns places for the fragments under which the key result stood earlier.
fn aliases(maker: Maker<'_>, report: &KeyResultReport<'_>, id: &str) -> Result<Markup> {
    let mut places = Markup::default();
    if report.objective.aliases.is_empty() && report.plan.aliases.is_empty() {
        return Ok(places);
    }
    let objectives = std::iter::once(&report.objective.id.value).chain(&report.objective.aliases);
    let pairs = objectives.flat_map(|objective| {
        let key_results = std::iter::once(&report.plan.id.value).chain(&report.plan.aliases);
        key_results.map(|key_result| routes::fragment(objective, key_result))
    });
    for alias in pairs.filter(|alias| alias != id) {
        maker.add(&mut places, Piece::Alias, &[("id", Field::Text(&alias))])?;
    }
    Ok(places)
}

fn guardrails(maker: Maker<'_>, known: &[Guardrail<'_>]) -> Result<Markup> {
    let mut list = Markup::default();
    for guardrail in known {
        let fields = [
            ("code", Field::Text(guardrail.code)),
            ("symbol", Field::Text(guardrail.symbol)),
            ("href", Field::Text(&maker.href(&Target::Metric(guardrail.metric)))),
            ("text", Field::Text(&guardrail.text)),
        ];
        list.begin_line(list.is_empty());
        maker.add(&mut list, Piece::Guardrail, &fields)?;
    }
    Ok(list)
}

fn confidence(maker: Maker<'_>, known: Option<Confidence>) -> Result<Markup> {
    let mut markup = Markup::default();
    let Some(Confidence { now, line, said }) = known else { return Ok(markup) };
    let mut list = Markup::default();
    for said in &said {
        let fields = [
            ("day", Field::Text(&said.day)),
            ("confidence", Field::Text(&said.confidence)),
            ("note", Field::Text(&said.note)),
        ];
        maker.add(&mut list, Piece::Said, &fields)?;
    }
    let line = Markup::from(line);
    let fields = [("now", Field::Text(&now)), ("line", Field::Html(&line)), ("said", Field::Html(&list))];
    maker.add(&mut markup, Piece::Confidence, &fields)?;
    Ok(markup)
}

fn earlier(maker: Maker<'_>, origins: &[KeyResultReport<'_>]) -> Result<Markup> {
    let mut steps = Markup::default();
    for known in origins {
        let fields = [
            ("href", Field::Text(&maker.href(&Target::KeyResult(*known)))),
            ("quarter", Field::Text(&known.team.cycle())),
            ("path", Field::Text(&path::of(maker.format, known).arrow())),
            ("grade", Field::Html(maker.grade(Graded::of(known)))),
        ];
        maker.add(&mut steps, Piece::LineageStep, &fields)?;
    }
    Ok(steps)
}

fn doubts(maker: Maker<'_>, doubts: &[String]) -> Result<Markup> {
    let mut list = Markup::default();
    for doubt in doubts {
        maker.add(&mut list, Piece::Doubt, &[("doubt", Field::Text(doubt))])?;
    }
    Ok(list)
}

/// Returns the exports that a value rests on, so that a reader can recompute it by hand.
fn files(maker: Maker<'_>, files: &[EvidenceFile<'_>]) -> Result<Markup> {
    let mut list = Markup::default();
    for file in files {
        let fields = [
            ("path", Field::Text(file.path)),
            ("rows", Field::Text(&file.rows)),
            ("lines", Field::Text(&file.lines)),
            ("sha256", Field::Text(&file.sha256)),
        ];
        list.begin_line(list.is_empty());
        maker.add(&mut list, Piece::EvidenceFile, &fields)?;
    }
    Ok(list)
}

/// Returns a Markdown text as it stands on the page, under a heading of a level.
pub(super) fn body(maker: Maker<'_>, text: &str, level: u8) -> Markup {
    let resolve = |address: &str| Some(maker.resolve(address));
    Markup::from(markdown::to_html(text, Setting { below: level, resolve: &resolve }))
}

/// Returns the answers about a key result.
pub(super) fn answers(maker: Maker<'_>, answers: &[Answer<'_>]) -> Result<Markup> {
    let mut list = Markup::default();
    for known in answers {
        let answer = body(maker, known.body.markdown(), 4);
        let fields = [("question", Field::Text(known.question)), ("answer", Field::Html(&answer))];
        list.begin_line(list.is_empty());
        maker.add(&mut list, Piece::Answer, &fields)?;
    }
    Ok(list)
}
