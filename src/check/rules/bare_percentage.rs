//! `bare-percentage`: a relative change without a start.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::wording::{Verdict, VerdictKind};
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bare-percentage",
    group: Group::Wording,
    summary: "A relative change (by 50%, 3x) is stated without the number that it is relative to.",
    why: "Half of what? Whoever picks the start afterwards picks the result.",
    silent: "It is silent where a start stands in the sentence or in `from:`, for differences in points, and where \
             the measure itself can be gamed, which `gameable-metric` says.",
    example: Sample::KeyResults("- support: Reduce support contacts by 30%\n"),
    instead: Sample::KeyResults("- support: Reduce support contacts from 400/week to 280/week\n"),
    check: Check::Wording(check),
};

fn check(at: &KeyResultAt<'_>, verdict: &Verdict<'_>, findings: &mut Findings) {
    if let VerdictKind::BarePercentage = verdict.kind {
        let title = &at.key_result.title;
        let words = title.value.get(verdict.range.clone()).unwrap_or(&title.value);
        let place = at.book().words(title, verdict.range.clone());
        let message = format!("`{words}` says neither where it starts nor where it ends");
        findings.push(
            Diagnostic::warning(RULE.code, place, message).label("relative to what?").help(verdict.help.as_str()),
        );
    }
}
