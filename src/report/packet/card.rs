//! A key result's card: sentence, chart, guardrails, goalposts, facts, and what the review says.

use serde::Serialize;

use super::appendix::{FindingRef, Outlets};
use super::leaves::Leaves;
use super::maker::{Fact, Maker};
use crate::report::shown::{self, Goalposts, Said, Status, Target, Verdict};
use crate::report::{KeyResultReport, decide, figures, path, quality};

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
    /// What a reader should know besides.
    pub note: Option<P>,
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

/// Returns the card of a key result.
pub(super) fn card<L: Leaves>(
    maker: Maker<'_, '_>,
    report: &KeyResultReport<'_>,
    number: String,
    outlets: &mut Outlets<'_, '_, '_, L>,
) -> Card<L::Drawing, L::Prose> {
    let Outlets { appendix, leaves } = outlets;
    let (_, chart) = figures::both(maker.report, report, &format!("c.{}", report.team.plan.team));
    let has_chart = !chart.measure.is_empty();
    let known = shown::card(maker.report, report, has_chart);
    let findings = appendix.note(maker.report.findings.of_key_result(report.plan), &number);
    let evidence_id = appendix.evidence(report, &known, &number);
    let chart = has_chart.then(|| Chart {
        drawing: leaves.drawing(chart.svg, &chart.alternative),
        measure: chart.measure,
        source: known.source,
    });
    Card {
        id: maker.place_of(&Target::KeyResult(*report)),
        title: known.row.title.into_owned(),
        grade: Verdict::of(report, maker.format),
        status: known.row.status.map(|status| maker.status(status)),
        marks: maker.marks(&known.row.marks),
        sentence: known.sentence,
        qualities: known.qualities.iter().map(|answer| quality(maker, answer)).collect(),
        note: (!known.note.is_empty()).then(|| leaves.prose(&known.note, 5)),
        goalposts: known.goalposts,
        pace_rule: decide::sentence(&known.pace_rule),
        guardrails: known
            .guardrails
            .iter()
            .map(|known| Guardrail { code: known.code, text: decide::sentence(&known.text) })
            .collect(),
        confidence: known.confidence.map(|known| confidence(known, *leaves)),
        facts: maker.facts(&known.facts),
        origins: known.origins.iter().map(|known| origin(maker, known)).collect(),
        doubts: known.doubts.to_vec(),
        evidence: known.evidence,
        answers: known
            .answers
            .iter()
            .map(|answer| Answer { question: answer.question, text: leaves.prose(answer.body.markdown(), 5) })
            .collect(),
        number,
        findings,
        chart,
        evidence_id,
    }
}

fn quality(maker: Maker<'_, '_>, answer: &quality::Answer<'_>) -> Quality {
    Quality { holds: answer.holds, word: maker.phrases.quality(answer.quality, answer.holds) }
}

fn confidence<L: Leaves>(known: shown::Confidence, leaves: &mut L) -> Confidence<L::Drawing> {
    let said = |Said { day, confidence, note }: Said| {
        let parts: Vec<String> = [confidence, note].into_iter().filter(|part| !part.is_empty()).collect();
        Fact { term: day, text: parts.join(": "), target: String::new(), more: Vec::new() }
    };
    Confidence {
        now: known.now,
        drawing: (!known.line.as_str().is_empty()).then(|| leaves.drawing(known.line, "")),
        said: known.said.into_iter().map(said).collect(),
    }
}

fn origin(maker: Maker<'_, '_>, known: &KeyResultReport<'_>) -> Origin {
    Origin {
        quarter: known.team.cycle(),
        path: path::of(maker.format, known).arrow(),
        grade: maker.verdict(shown::Graded::of(known)).figure,
    }
}
