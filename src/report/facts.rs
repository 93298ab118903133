//! The facts of a key result that stand in its team's review, for those who write it.
//!
//! In: a key result with its scores. Out: lines of plain text, the grade first. Decides nothing that a card doesn't show.

use super::text::Phrases;
use super::{KeyResultReport, Report, levels, shown};

/// Returns the facts of a key result.
#[must_use]
pub fn lines(report: &Report<'_>, known: &KeyResultReport<'_>) -> Vec<String> {
    let format = known.within(report.format);
    let phrases = Phrases::new(format);
    let score = known.score;
    let mut lines = vec![grade(phrases, known), known.sentence(format)];
    lines.push(phrases.pace_rule(score));
    lines.push(phrases.standing_of_levels(&levels::of(known), known.team.is_over()));
    lines.push(phrases.steps(&known.plan.steps, report.as_of()));
    for guardrail in &score.guardrails {
        lines.push(shown::guardrail(report, guardrail).text);
    }
    let moves = known.plan.commitment.moves();
    let is_only_reworded = moves.iter().all(|moved| moved.change.is_mild());
    let told = moves.iter().filter(|moved| is_only_reworded || !moved.change.is_mild());
    lines.extend(told.map(|moved| phrases.goalpost(moved)));
    if let Some(amended) = &score.amended {
        lines.push(phrases.both_scores(score.score, amended.score));
    }
    if let Some(last) = known.recorded().iter().rev().find(|recorded| recorded.entry.confidence.is_some()) {
        let confidence = last.entry.confidence.as_ref().map_or(0, |confidence| confidence.value);
        let note = phrases.note(last.entry.note.as_deref(), last.entry.by.as_deref());
        lines.push(phrases.last_confidence(last.on, confidence, &note));
    }
    if let Some(receipt) = &score.receipt {
        lines.push(phrases.evidence_until(receipt, score.measured_on));
    }
    // Files hold plain spaces: nobody can see the others there.
    lines.iter().map(|line| line.replace('\u{a0}', " ")).filter(|line| !line.is_empty()).collect()
}

/// Returns the grade with what to ask of it, once the quarter is over; so far with the status before.
fn grade(phrases: Phrases, known: &KeyResultReport<'_>) -> String {
    let Some(grade) = known.score.grade() else { return phrases.no_grade(known.score.state).to_owned() };
    if known.team.is_over() {
        return format!("{grade} {}", phrases.bands()[grade.band() as usize]);
    }
    let so_far = phrases.so_far_word();
    match &known.score.standing {
        Some(standing) => {
            let word = phrases.status(standing.status);
            format!("{grade} {so_far}, {} {word}", standing.status.symbol())
        }
        None => format!("{grade} {so_far}"),
    }
}
