//! A key result's card: sentence, chart, facts, evidence, answers.

use serde::Serialize;

use super::Maker;
use super::check_ins::{self, Confidence};
use super::evidence::Evidence;
use super::moves::{self, Moves};
use super::quality::{Made, made};
use super::scores::{grade, marks, pace, title};
use super::shell::Link;
use crate::markdown::{self, Setting};
use crate::model::plan::Body;
use crate::model::quantity::Number;
use crate::model::review::Answers;
use crate::model::scorecard::{GuardrailScore, GuardrailState};
use crate::render::figures::Chart;
use crate::render::routes;
use crate::render::templates::Markup;
use crate::report::KeyResultReport;
use crate::report::decide;
use crate::report::lineage;

/// A key result's card.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    id: String,
    aliases: Vec<String>,
    title: String,
    sentence: String,
    grade: Markup,
    pace: Option<Markup>,
    pace_rule: String,
    marks: Vec<Markup>,
    made: Made,
    chart: Markup,
    measure: String,
    source: String,
    metric: String,
    facts: Vec<Fact>,
    guardrails: Vec<GuardrailView>,
    moves: Option<Moves>,
    confidence: Option<Confidence>,
    doubts: Vec<String>,
    evidence: Option<Evidence>,
    earlier: Vec<EarlierView>,
    answers: Vec<AnswerView>,
}

/// A term with what is said about it.
#[derive(Debug, Serialize)]
pub(super) struct Fact {
    pub(super) term: &'static str,
    pub(super) text: String,
    pub(super) href: String,
}

#[derive(Debug, Serialize)]
struct GuardrailView {
    symbol: &'static str,
    code: &'static str,
    text: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct EarlierView {
    quarter: Link,
    path: String,
    grade: Markup,
}

/// A question of the review with the answer.
#[derive(Debug, Serialize)]
pub(super) struct AnswerView {
    pub(super) question: &'static str,
    pub(super) answer: Markup,
}

/// Returns the card of a key result.
pub(super) fn card(maker: Maker<'_>, report: &KeyResultReport<'_>, chart: Chart) -> Card {
    let (objective, key_result) = (report.objective, report.plan);
    let id = routes::fragment(&objective.id.value, &key_result.id.value);
    let standing = report.score.standing.as_ref();
    Card {
        aliases: aliases(report, &id),
        id,
        title: title(report.title()),
        sentence: report.sentence(maker.format),
        grade: grade(maker, report),
        pace: pace(maker, report.score),
        pace_rule: standing.map(|standing| maker.phrases().pace_rule(standing)).unwrap_or_default(),
        marks: marks(maker, report),
        made: made(maker, report),
        facts: facts(maker, report, !chart.measure.is_empty()),
        chart: chart.markup,
        measure: chart.measure,
        source: maker.phrases().chart_source(source(report), report.score.age_days),
        metric: report.metric.map(|metric| maker.link(&routes::metric(&metric.id))).unwrap_or_default(),
        guardrails: report.score.guardrails.iter().map(|score| guardrail(maker, score)).collect(),
        moves: moves::of_key_result(maker, report),
        confidence: check_ins::confidence(maker, report),
        // What a finding says better need not be said twice.
        doubts: match maker.report.findings.of_key_result(key_result).next() {
            Some(_) => Vec::new(),
            None => key_result.doubts.clone(),
        },
        evidence: report.score.receipt.as_ref().map(|receipt| Evidence::new(maker, receipt)),
        earlier: earlier(maker, report),
        answers: report
            .team
            .answers(&objective.id.value, &key_result.id.value)
            .map(|answers| self::answers(maker, answers, 4))
            .unwrap_or_default(),
    }
}

/// Returns the fragments under which the key result stood earlier.
fn aliases(report: &KeyResultReport<'_>, id: &str) -> Vec<String> {
    if report.objective.aliases.is_empty() && report.plan.aliases.is_empty() {
        return Vec::new();
    }
    let objectives = std::iter::once(&report.objective.id.value).chain(&report.objective.aliases);
    let pairs = objectives.flat_map(|objective| {
        let key_results = std::iter::once(&report.plan.id.value).chain(&report.plan.aliases);
        key_results.map(|key_result| routes::fragment(objective, key_result))
    });
    pairs.filter(|alias| alias != id).collect()
}

/// Returns who measures a key result.
fn source<'a>(report: &KeyResultReport<'a>) -> Option<&'a str> {
    let stated = report.plan.measured_by.as_deref();
    stated.or(report.metric.and_then(|metric| metric.source.as_ref())).map(|source| source.value.as_str())
}

fn facts(maker: Maker<'_>, report: &KeyResultReport<'_>, has_chart: bool) -> Vec<Fact> {
    let (words, phrases) = (maker.words, maker.phrases());
    let mut facts = Vec::new();
    let mut add = |term: &'static str, text: String, href: String| {
        if !text.is_empty() {
            facts.push(Fact { term, text, href });
        }
    };
    // Where there is a chart, it says what is measured and by whom.
    if !has_chart {
        if let Some(metric) = report.metric {
            add(words.metric, decide::metric_title(metric), maker.link(&routes::metric(&metric.id)));
        }
        add(words.measured_by, source(report).unwrap_or_default().to_owned(), String::new());
    }
    let baseline = report.score.baseline.as_ref().and_then(|baseline| phrases.baseline(baseline));
    add(words.baseline, baseline.unwrap_or_default(), String::new());
    let progress = report.score.progress.map(|progress| phrases.progress(progress, report.score.score));
    add(words.progress, progress.unwrap_or_default(), String::new());
    add(words.pace, phrases.pace(&report.plan.pace).unwrap_or_default(), String::new());
    let owners: Vec<&str> = report.plan.owners.iter().map(|owner| owner.value.as_str()).collect();
    add(words.owners, owners.join(", "), String::new());
    if report.plan.weight != Number::ONE {
        add(words.weight, maker.format.number(report.plan.weight), String::new());
    }
    if let Some(by) = &report.plan.proposed_by {
        add(words.proposed_by, by.value.clone(), String::new());
    }
    facts
}

fn guardrail(maker: Maker<'_>, score: &GuardrailScore) -> GuardrailView {
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
    GuardrailView { symbol, code, text, href: maker.link(&routes::metric(&score.metric)) }
}

fn earlier(maker: Maker<'_>, report: &KeyResultReport<'_>) -> Vec<EarlierView> {
    let chain = lineage::earlier(maker.report, report);
    chain
        .iter()
        .map(|known| {
            let path = super::scores::path(maker, known);
            let page = routes::team_quarter(known.team.quarter.id, &known.team.plan.team);
            let fragment = routes::fragment(&known.objective.id.value, &known.plan.id.value);
            EarlierView {
                quarter: Link {
                    text: known.team.quarter.id.to_string(),
                    href: maker.link(&format!("{page}#{fragment}")),
                },
                path: path.arrow(),
                grade: grade(maker, known),
            }
        })
        .collect()
}

/// Returns a Markdown text as it stands on the page, under a heading of a level.
pub(super) fn body(maker: Maker<'_>, body: &Body, level: u8) -> Markup {
    let resolve = |address: &str| Some(maker.resolve(address));
    Markup::from(&markdown::to_html(body.markdown(), Setting { below: level, resolve: &resolve }))
}

/// Returns the answers about a key result, in the order of the questions.
pub(super) fn answers(maker: Maker<'_>, answers: &Answers, level: u8) -> Vec<AnswerView> {
    let words = maker.words;
    let mut views = Vec::new();
    let questions =
        [(words.worked, &answers.worked), (words.failed, &answers.failed), (words.learned, &answers.learned)];
    for (question, answer) in questions {
        if let Some(answer) = answer {
            views.push(AnswerView { question, answer: body(maker, answer, level) });
        }
    }
    if let Some(carry) = &answers.carry {
        views.push(AnswerView { question: words.carry, answer: body(maker, &carry.body, level) });
    }
    for loose in &answers.loose {
        views.push(AnswerView { question: words.more_from_review, answer: body(maker, loose, level) });
    }
    views
}
