//! How a key result is made, on its card: three marks, and in a fold their reasons and the findings.
//!
//! In: a key result with its findings. Out: finished strings; most key results have nothing to unfold.

use super::Maker;
use super::remarks::{list, rule_link};
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::stencil::Field;
use crate::report::KeyResultReport;
use crate::report::decide::sentence;
use crate::report::quality::Answer;

/// How a key result is made.
pub(super) struct Made<'a> {
    pub(super) qualities: &'a Markup,
    /// What is in the fold; without remarks there is none.
    pub(super) remarks: String,
    pub(super) reasons: Markup,
    pub(super) found: Markup,
}

/// Returns how a key result is made.
pub(super) fn made<'a>(maker: Maker<'a>, report: &KeyResultReport<'_>, answers: &[Answer<'_>; 3]) -> Result<Made<'a>> {
    let findings = &maker.report.findings;
    let count = findings.of_key_result(report.plan).count();
    let is_plain = count == 0 && answers.iter().all(|answer| answer.holds);
    let mut reasons = Markup::default();
    for answer in answers.iter().filter(|_| !is_plain) {
        add_reason(&mut reasons, maker, answer)?;
    }
    Ok(Made {
        qualities: maker.atoms.quality(answers.each_ref().map(|answer| answer.holds)),
        remarks: match (is_plain, count) {
            (true, _) => String::new(),
            (false, 0) => maker.words.why.to_owned(),
            (false, count) => maker.phrases().remarks(count),
        },
        reasons,
        found: list(maker, findings.of_key_result(report.plan))?,
    })
}

fn add_reason(out: &mut Markup, maker: Maker<'_>, answer: &Answer<'_>) -> Result<()> {
    let phrases = maker.phrases();
    // The finding itself stands below, with its words.
    let rule = answer.because.and_then(|noted| rule_link(maker, noted.finding.code));
    let text = match answer.because {
        Some(noted) => noted.finding.code.to_owned(),
        None => sentence(&phrases.quality_reason(answer.quality, answer.holds)),
    };
    let fields = [
        ("word", Field::Text(phrases.quality(answer.quality, answer.holds))),
        ("text", Field::Text(&text)),
        ("href", Field::Text(rule.as_ref().map_or("", |rule| &rule.href))),
    ];
    maker.add(out, Piece::Reason, &fields)
}

/// Returns how many findings a row of a table points to; nothing where there are none.
pub(super) fn count(maker: Maker<'_>, report: &KeyResultReport<'_>) -> String {
    match maker.report.findings.of_key_result(report.plan).filter(|noted| noted.reason.is_none()).count() {
        0 => String::new(),
        count => maker.phrases().remarks(count),
    }
}
