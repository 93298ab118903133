//! Cycles that were brought in from elsewhere (`imported: true`).
//!
//! In: a book and what rules find. Out: the same, where what nobody could do at the time (lock in the first weeks, answer
//! okrbook's questions, name a source) is told once for such a cycle, at its front matter, instead of team by team.

use std::collections::BTreeMap;

use super::context::Book;
use crate::diag::Diagnostic;
use crate::model::plan::QuarterPlan;
use crate::source::Span;

/// Rules that tell of what was to be written down while a cycle ran, in the order in which they are told.
const OF_THE_TIME: [&str; 8] = [
    "late-lock",
    "no-source",
    "no-outcome",
    "performative",
    "unanswered-question",
    "miss-not-investigated",
    "lost-carry-forward",
    "unexplained-judgement",
];

/// Gathers what is found of the time of cycles that were brought in.
pub(super) fn gather(book: &Book<'_>, findings: &mut Vec<Diagnostic>) {
    let imported: Vec<(&QuarterPlan, Span, String)> =
        book.plan.quarters.iter().filter_map(|q| brought_in(book, q)).collect();
    if imported.is_empty() {
        return;
    }
    let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    findings.retain(|finding| {
        let rule = OF_THE_TIME.iter().position(|code| *code == finding.code);
        let path = finding.place.path(book.sources);
        let cycle = imported.iter().position(|(_, _, folder)| path.starts_with(folder));
        let Some(key) = cycle.zip(rule) else { return true };
        *counts.entry(key).or_default() += 1;
        false
    });
    for ((cycle, rule), count) in counts {
        let (quarter, span, _) = &imported[cycle];
        let (id, code) = (quarter.quarter.id, OF_THE_TIME[rule]);
        let findings_of = if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") };
        let message = format!("`{code}` is told once for {id}, which was brought in from elsewhere ({findings_of})");
        let help =
            format!("nobody has to mend what was never asked for; `okrbook explain {code}` says what the record lacks");
        findings.push(Diagnostic::warning(code, *span, message).help(help));
    }
}

/// Returns a cycle that was brought in, with the place that says so and its folder.
fn brought_in<'a>(book: &Book<'_>, quarter: &'a QuarterPlan) -> Option<(&'a QuarterPlan, Span, String)> {
    let span = quarter.story.as_ref()?.imported?;
    let path = &book.sources.get(span.file).path;
    let (folder, _) = path.rsplit_once('/')?;
    Some((quarter, span, format!("{folder}/")))
}
