//! `placeholder`: a gap where a number belongs.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::wording::{Verdict, VerdictKind};
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "placeholder",
    group: Group::Wording,
    summary: "A placeholder stands where a number belongs.",
    why: "Until the number is there, nothing is promised, and once the quarter runs, whatever comes out fits.",
    silent: "It is silent for letters that belong to names, such as an axis or a product. Nothing else is said of a \
             sentence with a gap.",
    example: Sample::KeyResults("- activation: Increase activation from TBD% to 50%\n"),
    instead: Sample::KeyResults("- activation: Increase activation from 38% to 50%\n"),
    check: Check::Wording(check),
};

fn check(at: &KeyResultAt<'_>, verdict: &Verdict<'_>, findings: &mut Findings) {
    if let VerdictKind::Placeholder = verdict.kind {
        let title = &at.key_result.title;
        let words = title.value.get(verdict.range.clone()).unwrap_or(&title.value);
        let place = at.book().words(title, verdict.range.clone());
        let message = format!("`{words}` stands where a number belongs");
        findings.push(Diagnostic::warning(RULE.code, place, message).label("a gap").help(verdict.help.as_str()));
    }
}
