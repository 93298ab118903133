//! A key result's card: sentence, chart, guardrails, goalposts, facts, and what the review says.

use serde::Serialize;

use super::appendix::{FindingRef, Writer};
use super::goalposts::{self, Goalposts};
use super::section::fact;
use super::table::{Status, Verdict};
use super::{Fact, Leaves, Maker};
use crate::model::ids::Slug;
use crate::model::quantity::Number;
use crate::model::scorecard::{GuardrailScore, GuardrailState};
use crate::report::check_ins::Recorded;
use crate::report::decide::{self, source, title};
use crate::report::{KeyResultReport, figures, lineage, path, quality};

/// A key result's card.
#[derive(Debug, Serialize)]
pub struct Card<D, P> {
    /// Its number in the packet.
    pub number: String,
    /// Its place in the packet.
    pub id: String,
    /// The sentence as written.
    pub title: String,
    /// Its grade.
    pub grade: Verdict,
    /// Where it stands.
    pub status: Option<Status>,
    /// Words that mark it.
    pub marks: Vec<&'static str>,
    /// What became of it.
    pub sentence: String,
    /// Whether it is measurable, time-bound, hard to game.
    pub qualities: Vec<Quality>,
    /// What was found about it, as numbers of the appendix.
    pub findings: Vec<FindingRef>,
    /// What was moved since the lock.
    pub goalposts: Option<Goalposts>,
    /// Its chart.
    pub chart: Option<Chart<D>>,
    /// How the status was found.
    pub pace_rule: String,
    /// Its counter-metrics.
    pub guardrails: Vec<Guardrail>,
    /// How confident the team was.
    pub confidence: Option<Confidence<D>>,
    /// Baseline, progress, owners.
    pub facts: Vec<Fact>,
    /// The quarters that it comes from, latest first.
    pub origins: Vec<Origin>,
    /// What is doubtful about its goal, where no finding says it better.
    pub doubts: Vec<String>,
    /// What its value rests on, as a number of the appendix with a few words; empty without a receipt.
    pub evidence: String,
    /// The place of that evidence.
    pub evidence_id: String,
    /// What the review answers.
    pub answers: Vec<Answer<P>>,
}

/// A chart with its words.
#[derive(Debug, Serialize)]
pub struct Chart<D> {
    /// The drawing.
    pub drawing: D,
    /// What is drawn.
    pub measure: String,
    /// Who measured it.
    pub source: String,
}

/// A property that a key result has or lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quality {
    /// Whether it has it.
    pub holds: bool,
    /// The property, or its lack, in words.
    pub word: &'static str,
}

/// A counter-metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Guardrail {
    /// Kept, broken or no data, for styles.
    pub code: &'static str,
    /// What became of it.
    pub text: String,
}

/// How confident a team was.
#[derive(Debug, Serialize)]
pub struct Confidence<D> {
    /// What it says now; empty where it only left notes.
    pub now: String,
    /// The line of what it said.
    pub drawing: Option<D>,
    /// What it said, latest first.
    pub said: Vec<Fact>,
}

/// An earlier quarter that a key result comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The quarter.
    pub quarter: String,
    /// From where to where, then.
    pub path: String,
    /// The grade then.
    pub grade: String,
}

/// An answer of the review.
#[derive(Debug, Serialize)]
pub struct Answer<P> {
    /// What was asked.
    pub question: &'static str,
    /// What was answered.
    pub text: P,
}

/// Returns the place of a key result in the packet.
pub(super) fn id(report: &KeyResultReport<'_>) -> String {
    format!("{}/{}/{}", report.team.plan.team, report.objective.id.value, report.plan.id.value)
}

impl Maker<'_, '_> {
    /// Returns a metric's title.
    pub(super) fn metric_name(&self, id: &Slug) -> String {
        let metric = self.report.inputs.plan.metrics.get(id);
        metric.map_or_else(|| decide::id_as_words(id), decide::metric_title)
    }
}

/// Returns the card of a key result.
pub(super) fn card<L: Leaves>(
    maker: Maker<'_, '_>,
    report: &KeyResultReport<'_>,
    number: String,
    appendix: &mut Writer<'_, '_>,
    leaves: &mut L,
) -> Card<L::Drawing, L::Prose> {
    let chart = chart(maker, report, leaves);
    let standing = report.score.standing.as_ref();
    let findings = appendix.note(maker.report.findings.of_key_result(report.plan), &number);
    let (evidence, evidence_id) = appendix.evidence(report, &number);
    let answers = quality::answers(&maker.report.findings, report);
    let word = |answer: &quality::Answer<'_>| Quality {
        holds: answer.holds,
        word: maker.phrases.quality(answer.quality, answer.holds),
    };
    Card {
        id: id(report),
        title: title(report.title()).into_owned(),
        grade: maker.verdict(report.score.grade(), report.score.state),
        status: maker.status(report.score),
        marks: maker.marks(report),
        sentence: report.sentence(maker.format),
        qualities: answers.iter().map(word).collect(),
        goalposts: goalposts::of_key_result(maker, report),
        pace_rule: standing.map(|standing| decide::sentence(&maker.phrases.pace_rule(standing))).unwrap_or_default(),
        guardrails: report.score.guardrails.iter().map(|known| guardrail(maker, known)).collect(),
        confidence: confidence(maker, report, leaves),
        facts: facts(maker, report, chart.is_some()),
        origins: origins(maker, report),
        // What a finding says better need not be said twice.
        doubts: if findings.is_empty() { report.plan.doubts.clone() } else { Vec::new() },
        answers: self::answers(maker, report, leaves),
        number,
        findings,
        chart,
        evidence,
        evidence_id,
    }
}

fn chart<L: Leaves>(maker: Maker<'_, '_>, report: &KeyResultReport<'_>, leaves: &mut L) -> Option<Chart<L::Drawing>> {
    let (_, chart) = figures::both(maker.report, report, &format!("c.{}", report.team.plan.team));
    if chart.measure.is_empty() {
        return None;
    }
    Some(Chart {
        drawing: leaves.drawing(chart.svg, &chart.alternative),
        measure: chart.measure,
        source: maker.phrases.chart_source(source(report), report.score.age_days),
    })
}

fn guardrail(maker: Maker<'_, '_>, score: &GuardrailScore) -> Guardrail {
    let format = maker.format;
    let bound = format.language().bound(&score.bound, format);
    let value = score.value.as_ref().map(|value| {
        let limit: Vec<Number> = score.bound.limit.number_in(&value.unit).into_iter().collect();
        format.measured(value.number, &value.unit, &limit)
    });
    let text = maker.phrases.guardrail(&maker.metric_name(&score.metric), &bound, score.state, value.as_deref());
    let code = match score.state {
        GuardrailState::Kept => "kept",
        GuardrailState::Broken => "broken",
        GuardrailState::NoData => "no-data",
    };
    Guardrail { code, text: decide::sentence(&text) }
}

fn confidence<L: Leaves>(
    maker: Maker<'_, '_>,
    report: &KeyResultReport<'_>,
    leaves: &mut L,
) -> Option<Confidence<L::Drawing>> {
    let recorded = report.recorded();
    let is_said = |known: &&Recorded<'_>| known.entry.confidence.is_some() || known.entry.note.is_some();
    let said: Vec<Fact> = recorded.iter().filter(is_said).rev().map(|known| said(maker, known)).collect();
    if said.is_empty() {
        return None;
    }
    let line = figures::confidence(&recorded, report.team.quarter.window);
    Some(Confidence {
        now: report.confidence().map(|confidence| maker.phrases.confidence(confidence)).unwrap_or_default(),
        drawing: (!line.as_str().is_empty()).then(|| leaves.drawing(line, "")),
        said,
    })
}

fn said(maker: Maker<'_, '_>, known: &Recorded<'_>) -> Fact {
    let confidence = known.entry.confidence.as_ref().map(|confidence| maker.phrases.confidence(confidence.value));
    let note = maker.phrases.note(known.entry.note.as_deref(), known.entry.by.as_deref());
    let parts: Vec<String> = confidence.into_iter().chain((!note.is_empty()).then_some(note)).collect();
    fact(&maker.format.day_of_year(known.on), parts.join(": "))
}

fn facts(maker: Maker<'_, '_>, report: &KeyResultReport<'_>, has_chart: bool) -> Vec<Fact> {
    let (words, phrases, plan) = (maker.words, maker.phrases, report.plan);
    // Where there is a chart, it says what is measured and by whom.
    let metric = report.metric().filter(|_| !has_chart).map(decide::metric_title);
    let source = source(report).filter(|_| !has_chart).map(str::to_owned);
    let progress = report.score.progress.map(|progress| phrases.progress(progress, report.score.score));
    let owners: Vec<&str> = plan.owners.iter().map(|owner| owner.value.as_str()).collect();
    let weight = (plan.weight != Number::ONE).then(|| maker.format.number(plan.weight));
    let stated = [
        (words.metric, metric),
        (words.measured_by, source),
        (words.baseline, report.score.baseline.as_ref().and_then(|baseline| phrases.baseline(baseline))),
        (words.progress, progress),
        (words.pace, phrases.pace(&plan.pace)),
        (words.owners, (!owners.is_empty()).then(|| owners.join(", "))),
        (words.weight, weight),
        (words.proposed_by, plan.proposed_by.as_ref().map(|by| by.value.clone())),
    ];
    stated.into_iter().filter_map(|(term, text)| Some(fact(term, text?))).collect()
}

fn origins(maker: Maker<'_, '_>, report: &KeyResultReport<'_>) -> Vec<Origin> {
    let origin = |known: &KeyResultReport<'_>| Origin {
        quarter: known.team.quarter.id.to_string(),
        path: path::of(maker.format, known).arrow(),
        grade: known.score.grade().map_or_else(|| "–".to_owned(), |grade| grade.to_string()),
    };
    lineage::earlier(maker.report, report).iter().map(origin).collect()
}

fn answers<L: Leaves>(maker: Maker<'_, '_>, report: &KeyResultReport<'_>, leaves: &mut L) -> Vec<Answer<L::Prose>> {
    let words = maker.words;
    let Some(written) = report.team.answers(&report.objective.id.value, &report.plan.id.value) else {
        return Vec::new();
    };
    let questions = [
        (words.worked, written.worked.as_ref()),
        (words.failed, written.failed.as_ref()),
        (words.learned, written.learned.as_ref()),
        (words.carry, written.carry.as_ref().map(|carry| &carry.body)),
    ];
    let asked = questions.into_iter().filter_map(|(question, answer)| Some((question, answer?)));
    let loose = written.loose.iter().map(|loose| (words.more_from_review, loose));
    asked.chain(loose).map(|(question, body)| Answer { question, text: leaves.prose(body, 5) }).collect()
}
