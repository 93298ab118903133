//! How a key result is made, on its card: three marks, and in a fold their reasons and the findings.
//!
//! In: a key result with its findings. Out: finished strings; most key results have nothing to unfold.

use serde::Serialize;

use super::Maker;
use super::remarks::{Item, plain, rule_link, sentence};
use super::shell::Link;
use crate::render::templates::Markup;
use crate::report::KeyResultReport;
use crate::report::quality::{self, Answer};

/// How a key result is made.
#[derive(Debug, Serialize)]
pub(super) struct Made {
    marks: Markup,
    /// What is in the fold; without remarks there is none.
    remarks: String,
    reasons: Vec<Reason>,
    items: Vec<Item>,
}

#[derive(Debug, Serialize)]
struct Reason {
    word: &'static str,
    text: String,
    /// The rule that denies it.
    rule: Option<Link>,
}

/// Returns how a key result is made.
pub(super) fn made(maker: Maker<'_>, report: &KeyResultReport<'_>) -> Made {
    let findings = &maker.report.findings;
    let answers = quality::answers(findings, report);
    let items: Vec<Item> = findings.of_key_result(report.plan).map(|noted| plain(maker, noted)).collect();
    let is_plain = items.is_empty() && answers.iter().all(|answer| answer.holds);
    Made {
        marks: maker.atoms.quality(answers.map(|answer| answer.holds)),
        remarks: match (is_plain, items.len()) {
            (true, _) => String::new(),
            (false, 0) => maker.words.why.to_owned(),
            (false, count) => maker.phrases().remarks(count),
        },
        reasons: if is_plain { Vec::new() } else { answers.iter().map(|answer| reason(maker, answer)).collect() },
        items,
    }
}

fn reason(maker: Maker<'_>, answer: &Answer<'_>) -> Reason {
    let phrases = maker.phrases();
    let word = phrases.quality(answer.quality, answer.holds);
    // The finding itself stands below, with its words.
    match answer.because {
        Some(noted) => Reason { word, text: noted.finding.code.to_owned(), rule: rule_link(maker, noted.finding.code) },
        None => Reason { word, text: sentence(phrases.quality_reason(answer.quality, answer.holds)), rule: None },
    }
}

/// Returns how many findings a row of a table points to; nothing where there are none.
pub(super) fn count(maker: Maker<'_>, report: &KeyResultReport<'_>) -> String {
    match maker.report.findings.of_key_result(report.plan).filter(|noted| noted.reason.is_none()).count() {
        0 => String::new(),
        count => maker.phrases().remarks(count),
    }
}
