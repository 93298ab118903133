//! `no-number`: a sentence without any number.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::wording::{Verdict, VerdictKind};
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-number",
    group: Group::Wording,
    summary: "No number says when the key result is achieved.",
    why: "Without a number, whether it is achieved is an opinion of those who are asked at the end.",
    silent: "It is silent where the keys `from:`, `to:` and their like state the goal, where the sentence is a \
             milestone or a count of activity, and for `no P1 incidents`, which is a number. What is to be kept or \
             avoided without a number (`the app does not crash`) is told, too: nothing measures it.",
    example: Sample::KeyResults("- conversion: Improve conversion on the pricing page\n"),
    instead: Sample::KeyResults("- conversion: Improve conversion on the pricing page from 2.1% to 3%\n"),
    check: Check::Wording(check),
};

fn check(at: &KeyResultAt<'_>, verdict: &Verdict<'_>, findings: &mut Findings) {
    if let VerdictKind::NoNumber = verdict.kind {
        let title = &at.key_result.title;
        let words = title.value.get(verdict.range.clone()).unwrap_or(&title.value);
        let place = at.book().words(title, verdict.range.clone());
        let message = format!("no number says when `{}` is achieved", shortened(words));
        findings.push(Diagnostic::warning(RULE.code, place, message).help(verdict.help.as_str()));
    }
}

/// Returns a sentence as far as a message holds it.
fn shortened(words: &str) -> String {
    if words.chars().count() <= 60 {
        return words.trim_end_matches('.').to_owned();
    }
    let start: String = words.chars().take(57).collect();
    format!("{start}…")
}
