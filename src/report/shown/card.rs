//! A key result's card: where it stands, what it rests on, what was said and answered.

use std::borrow::Cow;

use super::aside::aside;
use super::fact::{Fact, person};
use super::goalposts::{self, Goalposts};
use super::row::{Row, row};
use super::{Target, support};
use crate::chart::Svg;
use crate::model::history::{Receipt, Used};
use crate::model::ids::Slug;
use crate::model::plan::Body;
use crate::model::quantity::Number;
use crate::model::review::Answers;
use crate::model::scorecard::{GuardrailScore, GuardrailState};
use crate::report::check_ins::Recorded;
use crate::report::decide::{metric_name, metric_title, source};
use crate::report::text::{Phrases, Words};
use crate::report::{KeyResultReport, Report, figures, levels, lineage};
use crate::report::{quality, reading, seams};

/// A key result's card.
#[derive(Debug)]
pub struct Card<'a> {
    /// What its row in the scoring table shows, too.
    pub row: Row<'a>,
    /// What became of it.
    pub sentence: String,
    /// Whether it is measurable, time-bound, hard to game.
    pub qualities: [quality::Answer<'a>; 3],
    /// What a reader should know besides, with links, in Markdown; empty where nobody wrote it.
    pub note: Cow<'a, str>,
    /// What was moved since the lock.
    pub goalposts: Option<Goalposts>,
    /// Who measured what the chart draws, and how old that is.
    pub source: String,
    /// How the status was found, as a phrase; empty without one.
    pub pace_rule: String,
    /// Its counter-metrics.
    pub guardrails: Vec<Guardrail<'a>>,
    /// How confident the team was.
    pub confidence: Option<Confidence>,
    /// Baseline, progress, owners.
    pub facts: Vec<Fact<'a>>,
    /// The key results of earlier quarters that it carries on, latest first.
    pub origins: Vec<KeyResultReport<'a>>,
    /// What is doubtful about its goal, where no finding says it better.
    pub doubts: &'a [String],
    /// What its value rests on, in few words; empty without a receipt.
    pub evidence: String,
    /// How rows became one value.
    pub how: String,
    /// The rows that were used.
    pub files: Vec<EvidenceFile<'a>>,
    /// What the review answers.
    pub answers: Vec<Answer<'a>>,
}

/// A counter-metric.
#[derive(Debug)]
pub struct Guardrail<'a> {
    /// Which metric it is.
    pub metric: &'a Slug,
    /// Kept, broken or no data, for styles.
    pub code: &'static str,
    /// The same as a symbol.
    pub symbol: &'static str,
    /// What became of it, as a phrase.
    pub text: String,
}

/// How confident a team was.
#[derive(Debug)]
pub struct Confidence {
    /// What it says now; empty where it only left notes.
    pub now: String,
    /// The line of what it said; empty where it said it once.
    pub line: Svg,
    /// What it said, latest first.
    pub said: Vec<Said>,
}

/// What a team said on a day.
#[derive(Debug)]
pub struct Said {
    /// The day.
    pub day: String,
    /// How confident it was; empty where it didn't say.
    pub confidence: String,
    /// Its note, with who left it.
    pub note: String,
}

/// The rows of an export that were used.
#[derive(Debug)]
pub struct EvidenceFile<'a> {
    /// The export.
    pub path: &'a str,
    /// How many rows.
    pub rows: String,
    /// The first and the last line.
    pub lines: String,
    /// The digest of the export's bytes.
    pub sha256: String,
}

/// An answer of the review.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// What was asked.
    pub question: &'static str,
    /// What was answered.
    pub body: &'a Body,
}

/// Returns the card of a key result; `has_chart` says that a chart stands on it.
#[must_use]
pub fn card<'a>(report: &Report<'a>, known: &KeyResultReport<'a>, has_chart: bool) -> Card<'a> {
    card_of(report, known, row(report, known), has_chart)
}

/// Returns the card of a key result whose row is known.
#[must_use]
pub fn card_of<'a>(report: &Report<'a>, known: &KeyResultReport<'a>, row: Row<'a>, has_chart: bool) -> Card<'a> {
    let phrases = Phrases::new(known.within(report.format));
    let receipt = known.score.receipt.as_ref();
    let is_said = report.findings.of_key_result(known.plan).next().is_some();
    Card {
        row,
        sentence: known.sentence(report.format),
        qualities: quality::answers(&report.findings, known),
        note: aside(known.plan.note.as_deref(), &known.plan.links),
        goalposts: goalposts::of_key_result(report, known),
        source: phrases.chart_source(source(known), reading::age(report, known)),
        pace_rule: phrases.pace_rule(known.score),
        guardrails: known.score.guardrails.iter().map(|score| guardrail(report, score)).collect(),
        confidence: confidence(report, known),
        facts: facts(report, known, has_chart),
        origins: lineage::earlier(report, known),
        // What a finding says better need not be said twice.
        doubts: if is_said { &[] } else { known.plan.doubts.as_slice() },
        evidence: receipt.map(|receipt| phrases.evidence(receipt)).unwrap_or_default(),
        how: receipt.map(|receipt| phrases.how_measured(receipt)).unwrap_or_default(),
        files: receipt.map(|receipt| files(report, receipt)).unwrap_or_default(),
        answers: known
            .team
            .answers(&known.objective.id.value, &known.plan.id.value)
            .map(|written| answers(report.words(), written))
            .unwrap_or_default(),
    }
}

/// Returns what became of a counter-metric.
#[must_use]
pub fn guardrail<'a>(report: &Report<'_>, score: &'a GuardrailScore) -> Guardrail<'a> {
    let format = report.format;
    let bound = format.language().bound(&score.bound, format);
    let value = score.value.as_ref().map(|value| {
        let limit: Vec<Number> = score.bound.limit.number_in(&value.unit).into_iter().collect();
        format.measured(value.number, &value.unit, &limit)
    });
    let symbol = match score.state {
        GuardrailState::Kept => "●",
        GuardrailState::Broken => "■",
        GuardrailState::NoData => "○",
    };
    let name = metric_name(report, &score.metric);
    let text = Phrases::new(format).guardrail(&name, &bound, score.state, value.as_deref());
    Guardrail { metric: &score.metric, code: score.state.name(), symbol, text }
}

/// Returns how confident a team was, where it said so or left a note.
fn confidence(report: &Report<'_>, known: &KeyResultReport<'_>) -> Option<Confidence> {
    let phrases = Phrases::new(known.within(report.format));
    let recorded = known.recorded();
    let is_said = |known: &&Recorded<'_>| known.entry.confidence.is_some() || known.entry.note.is_some();
    let told = |recorded: &Recorded<'_>| {
        let entry = recorded.entry;
        let confidence = entry.confidence.as_ref().map(|confidence| phrases.confidence(confidence.value));
        Said {
            day: report.format.day_of_year(recorded.on),
            confidence: confidence.unwrap_or_default(),
            note: phrases.note(entry.note.as_deref(), entry.by.as_deref()),
        }
    };
    let said: Vec<Said> = recorded.iter().filter(is_said).rev().map(told).collect();
    if said.is_empty() {
        return None;
    }
    Some(Confidence {
        now: known.confidence().map(|confidence| phrases.confidence(confidence)).unwrap_or_default(),
        line: figures::confidence(&recorded, known.team.quarter.window),
        said,
    })
}

fn facts<'a>(report: &Report<'a>, known: &KeyResultReport<'a>, has_chart: bool) -> Vec<Fact<'a>> {
    let (words, phrases, plan) = (report.words(), Phrases::new(known.within(report.format)), known.plan);
    let owned = |text: Option<String>| text.map(Cow::Owned);
    // Where there is a chart, it says what is measured and by whom.
    let metric = known.metric().filter(|_| !has_chart).map(|metric| Fact {
        term: words.metric,
        text: Cow::Owned(metric_title(metric)),
        target: Some(Target::Metric(&metric.id)),
    });
    let source = source(known).filter(|_| !has_chart);
    let baseline = known.score.baseline.as_ref().and_then(|baseline| phrases.baseline(baseline));
    let progress = known.score.progress.map(|progress| phrases.progress(progress, known.score.score));
    let owners = plan.owners.iter().map(|owner| person(report, words.owners, &owner.value));
    let levels = phrases.standing_of_levels(&levels::of(known), known.team.is_over());
    let movement = known.score.movement.as_ref().map(|movement| phrases.movement(movement));
    let weight = (plan.weight != Number::ONE).then(|| report.format.number(plan.weight));
    let stated = [
        metric,
        Fact::stated(words.measured_by, source.map(Cow::Borrowed)),
        Fact::stated(words.baseline, owned(baseline)),
        Fact::stated(words.exports, owned(seams::between(report, known))),
        Fact::stated(words.progress, owned(progress)),
        Fact::stated(words.levels, owned(Some(levels))),
        Fact::stated(words.steps, owned(Some(phrases.steps(&plan.steps, report.as_of())))),
        Fact::stated(words.movement, owned(movement)),
        Fact::stated(words.pace, owned(phrases.pace(&plan.pace))),
    ];
    let more = [
        Fact::stated(words.weight, owned(weight)),
        Fact::stated(words.proposed_by, plan.proposed_by.as_ref().map(|by| Cow::Borrowed(by.value.as_str()))),
    ];
    let stated = stated.into_iter().flatten().chain(owners).chain(more.into_iter().flatten());
    stated.chain(support::of_key_result(report, known)).collect()
}

/// Returns the rows that a value rests on, so that a reader can recompute it by hand.
fn files<'a>(report: &Report<'_>, receipt: &'a Receipt) -> Vec<EvidenceFile<'a>> {
    let format = report.format;
    let lines = |used: Used| match (used.first_line, used.last_line) {
        (0, _) => "–".to_owned(),
        (first, last) if first == last => format.count(first),
        (first, last) => [format.count(first).as_str(), "–", &format.count(last)].concat(),
    };
    let files = receipt.files.iter().map(|(export, used)| EvidenceFile {
        path: &export.path,
        rows: format.count(used.rows),
        lines: lines(used),
        sha256: export.sha256.to_string(),
    });
    files.collect()
}

/// Returns what a review answers about a key result, in the order of the questions.
#[must_use]
pub fn answers<'a>(words: &Words, written: &'a Answers) -> Vec<Answer<'a>> {
    let questions = [
        (words.worked, written.worked.as_ref()),
        (words.failed, written.failed.as_ref()),
        (words.learned, written.learned.as_ref()),
        (words.carry, written.carry.as_ref().map(|carry| &carry.body)),
    ];
    let asked = questions.into_iter().filter_map(|(question, answer)| Some((question, answer?)));
    let loose = written.loose.iter().map(|loose| (words.more_from_review, loose));
    asked.chain(loose).map(|(question, body)| Answer { question, body }).collect()
}
