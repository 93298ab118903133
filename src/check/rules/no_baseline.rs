//! `no-baseline`: an end without a start.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::wording::{Verdict, VerdictKind};
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-baseline",
    group: Group::Wording,
    summary: "It says where the number is to end, but not where it stands today.",
    why: "Nobody can tell a leap from standing still: 80% is ambitious from 40% and nothing from 79%. A start that \
          is written down can also be held against the data.",
    silent: "It is silent for limits to stay within (`below 2 s`), where the start stands in a key or in brackets \
             (`currently 40%`), and where the measure itself can be gamed, which `gameable-metric` says.",
    example: Sample::KeyResults("- retention: Increase customer retention to 92%\n"),
    instead: Sample::KeyResults("- retention: Increase customer retention from 86% to 92%\n"),
    check: Check::Wording(check),
};

fn check(at: &KeyResultAt<'_>, verdict: &Verdict<'_>, findings: &mut Findings) {
    if let VerdictKind::NoBaseline = verdict.kind {
        let title = &at.key_result.title;
        let words = title.value.get(verdict.range.clone()).unwrap_or(&title.value);
        let place = at.book().words(title, verdict.range.clone());
        let message = format!("`{words}` says where it is to end, but not where it stands today");
        findings.push(Diagnostic::warning(RULE.code, place, message).label("no start").help(verdict.help.as_str()));
    }
}
