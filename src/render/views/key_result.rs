//! A key result's card: sentence, chart, facts, evidence, answers.

use super::facts::Facts;
use super::quality::{Made, made};
use super::scores::{grade, marks, pace, title};
use super::{Maker, check_ins, moves};
use crate::error::Result;
use crate::markdown::{self, Setting};
use crate::model::history::Receipt;
use crate::model::plan::Body;
use crate::model::quantity::Number;
use crate::model::review::Answers;
use crate::model::scorecard::{GuardrailScore, GuardrailState};
use crate::render::figures::Chart;
use crate::render::markup::{Field, Markup};
use crate::render::pieces::Piece;
use crate::render::routes;
use crate::report::KeyResultReport;
use crate::report::decide::{self, source};
use crate::report::lineage;

/// Adds the card of a key result.
pub(super) fn add_card(out: &mut Markup, maker: Maker<'_>, report: &KeyResultReport<'_>, chart: &Chart) -> Result<()> {
    let (objective, key_result) = (report.objective, report.plan);
    let phrases = maker.phrases();
    let id = routes::fragment(&objective.id.value, &key_result.id.value);
    let standing = report.score.standing.as_ref();
    let metric = report.metric().map(|metric| maker.link(&routes::metric(&metric.id)));
    let receipt = report.score.receipt.as_ref();
    let written = report.team.answers(&objective.id.value, &key_result.id.value);
    let Made { qualities, remarks, reasons, found } = made(maker, report)?;
    // What a finding says better need not be said twice.
    let is_said = maker.report.findings.of_key_result(key_result).next().is_some();
    let unsaid = if is_said { &[] } else { key_result.doubts.as_slice() };
    let fields = [
        ("id", Field::Text(&id)),
        ("aliases", Field::Html(&aliases(maker, report, &id)?)),
        ("title", Field::Text(&title(report.title()))),
        ("grade", Field::Html(grade(maker, report))),
        ("pace", pace(maker, report.score).map_or(Field::Text(""), Field::Html)),
        ("marks", Field::Html(&marks(maker, report))),
        ("sentence", Field::Text(&report.sentence(maker.format))),
        ("qualities", Field::Html(qualities)),
        ("remarks", Field::Text(&remarks)),
        ("reasons", Field::Html(&reasons)),
        ("found", Field::Html(&found)),
        ("moves", Field::Html(&moves::of_key_result(maker, report)?)),
        ("measure", Field::Text(&chart.measure)),
        ("chart", Field::Html(&chart.markup)),
        ("source", Field::Text(&phrases.chart_source(source(report), report.score.age_days))),
        ("metric", Field::Text(&metric.unwrap_or_default())),
        ("pace_rule", Field::Text(&standing.map(|standing| phrases.pace_rule(standing)).unwrap_or_default())),
        ("guardrails", Field::Html(&guardrails(maker, &report.score.guardrails)?)),
        ("confidence", Field::Html(&check_ins::confidence(maker, report)?)),
        ("facts", Field::Html(&facts(maker, report, !chart.measure.is_empty())?)),
        ("earlier", Field::Html(&earlier(maker, report)?)),
        ("doubts", Field::Html(&doubts(maker, unsaid)?)),
        ("evidence", Field::Text(&receipt.map(|receipt| phrases.evidence(receipt)).unwrap_or_default())),
        ("how", Field::Text(&receipt.map(|receipt| phrases.how_measured(receipt)).unwrap_or_default())),
        ("files", Field::Html(&receipt.map(|receipt| files(maker, receipt)).transpose()?.unwrap_or_default())),
        ("answers", Field::Html(&written.map(|written| answers(maker, written, 4)).transpose()?.unwrap_or_default())),
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

fn facts(maker: Maker<'_>, report: &KeyResultReport<'_>, has_chart: bool) -> Result<Markup> {
    let (words, phrases) = (maker.words, maker.phrases());
    let mut facts = Facts::new(maker);
    // Where there is a chart, it says what is measured and by whom.
    if !has_chart {
        if let Some(metric) = report.metric() {
            let href = maker.link(&routes::metric(&metric.id));
            facts.add_link(words.metric, &decide::metric_title(metric), &href)?;
        }
        facts.add(words.measured_by, source(report).unwrap_or_default())?;
    }
    let baseline = report.score.baseline.as_ref().and_then(|baseline| phrases.baseline(baseline));
    facts.add(words.baseline, &baseline.unwrap_or_default())?;
    let progress = report.score.progress.map(|progress| phrases.progress(progress, report.score.score));
    facts.add(words.progress, &progress.unwrap_or_default())?;
    facts.add(words.pace, &phrases.pace(&report.plan.pace).unwrap_or_default())?;
    let owners: Vec<&str> = report.plan.owners.iter().map(|owner| owner.value.as_str()).collect();
    facts.add(words.owners, &owners.join(", "))?;
    if report.plan.weight != Number::ONE {
        facts.add(words.weight, &maker.format.number(report.plan.weight))?;
    }
    if let Some(by) = &report.plan.proposed_by {
        facts.add(words.proposed_by, &by.value)?;
    }
    facts.finish()
}

fn guardrails(maker: Maker<'_>, scores: &[GuardrailScore]) -> Result<Markup> {
    let mut list = Markup::default();
    for score in scores {
        list.begin_line(list.is_empty());
        add_guardrail(&mut list, maker, score)?;
    }
    Ok(list)
}

fn add_guardrail(out: &mut Markup, maker: Maker<'_>, score: &GuardrailScore) -> Result<()> {
    let format = maker.format;
    let bound = format.language().bound(&score.bound, format);
    let name = maker.metric_name(&score.metric);
    let value = score.value.as_ref().map(|value| {
        let limit: Vec<Number> = score.bound.limit.number_in(&value.unit).into_iter().collect();
        format.measured(value.number, &value.unit, &limit)
    });
    let (symbol, code) = match score.state {
        GuardrailState::Kept => ("●", "kept"),
        GuardrailState::Broken => ("■", "broken"),
        GuardrailState::NoData => ("○", "no-data"),
    };
    let text = maker.phrases().guardrail(&name, &bound, score.state, value.as_deref());
    let fields = [
        ("code", Field::Text(code)),
        ("symbol", Field::Text(symbol)),
        ("href", Field::Text(&maker.link(&routes::metric(&score.metric)))),
        ("text", Field::Text(&text)),
    ];
    maker.add(out, Piece::Guardrail, &fields)
}

fn earlier(maker: Maker<'_>, report: &KeyResultReport<'_>) -> Result<Markup> {
    let mut steps = Markup::default();
    for known in &lineage::earlier(maker.report, report) {
        let page = routes::team_quarter(known.team.quarter.id, &known.team.plan.team);
        let fragment = routes::fragment(&known.objective.id.value, &known.plan.id.value);
        let fields = [
            ("href", Field::Text(&maker.link(&[page.as_str(), "#", &fragment].concat()))),
            ("quarter", Field::Text(&known.team.quarter.id.to_string())),
            ("path", Field::Text(&super::scores::path(maker, known).arrow())),
            ("grade", Field::Html(grade(maker, known))),
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
fn files(maker: Maker<'_>, receipt: &Receipt) -> Result<Markup> {
    let format = maker.format;
    let mut list = Markup::default();
    for file in &receipt.files {
        let lines = match (file.first_line, file.last_line) {
            (0, _) => "–".to_owned(),
            (first, last) if first == last => format.count(first),
            (first, last) => [format.count(first).as_str(), "–", &format.count(last)].concat(),
        };
        let fields = [
            ("path", Field::Text(&file.path)),
            ("rows", Field::Text(&format.count(file.rows))),
            ("lines", Field::Text(&lines)),
            ("sha256", Field::Text(&file.sha256.to_string())),
        ];
        list.begin_line(list.is_empty());
        maker.add(&mut list, Piece::EvidenceFile, &fields)?;
    }
    Ok(list)
}

/// Returns a Markdown text as it stands on the page, under a heading of a level.
pub(super) fn body(maker: Maker<'_>, body: &Body, level: u8) -> Markup {
    let resolve = |address: &str| Some(maker.resolve(address));
    Markup::from(markdown::to_html(body.markdown(), Setting { below: level, resolve: &resolve }))
}

/// Returns the answers about a key result, in the order of the questions.
pub(super) fn answers(maker: Maker<'_>, answers: &Answers, level: u8) -> Result<Markup> {
    let words = maker.words;
    let mut list = Markup::default();
    let questions = [
        (words.worked, answers.worked.as_ref()),
        (words.failed, answers.failed.as_ref()),
        (words.learned, answers.learned.as_ref()),
        (words.carry, answers.carry.as_ref().map(|carry| &carry.body)),
    ];
    let asked = questions.into_iter().filter_map(|(question, answer)| Some((question, answer?)));
    let loose = answers.loose.iter().map(|loose| (words.more_from_review, loose));
    for (question, answer) in asked.chain(loose) {
        let answer = body(maker, answer, level);
        let fields = [("question", Field::Text(question)), ("answer", Field::Html(&answer))];
        list.begin_line(list.is_empty());
        maker.add(&mut list, Piece::Answer, &fields)?;
    }
    Ok(list)
}
