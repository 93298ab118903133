//! `not-understood`: numbers that state no goal.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::wording::{Verdict, VerdictKind};
use crate::diag::Diagnostic;
use crate::model::remark::RemarkKind;

pub(in crate::check) const RULE: Rule = Rule {
    code: "not-understood",
    group: Group::Wording,
    summary: "The sentence states no goal that can be read: its numbers don't, or it is in another language than English.",
    why: "A sentence that can be read in two ways is never guessed at: the key result is shown as it is written, without \
          a score.",
    silent: "It is silent where another finding says what the sentence lacks, and where keys state the goal, which \
             they can in any language.",
    example: Sample::KeyResults("- latency: Search answers in 2 s on instances with 80k repositories\n"),
    instead: Sample::KeyResults("- latency: Reduce the time of a search on large instances from 6 s to 2 s\n"),
    check: Check::Wording(check),
};

fn check(at: &KeyResultAt<'_>, verdict: &Verdict<'_>, findings: &mut Findings) {
    if let VerdictKind::NotUnderstood = verdict.kind {
        let place = at.book().words(&at.key_result.title, verdict.range.clone());
        let message = match at.key_result.title.value.contains(|c: char| c.is_ascii_digit()) {
            true => RemarkKind::NotUnderstood.message(),
            false => "nothing in this sentence is understood as a goal",
        };
        findings.push(Diagnostic::warning(RULE.code, place, message).help(verdict.help.as_str()));
    }
}
