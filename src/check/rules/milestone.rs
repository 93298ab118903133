//! `milestone`: a thing delivered, where a change was asked for.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::wording::{Verdict, VerdictKind};
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "milestone",
    group: Group::Wording,
    summary: "A thing to be delivered stands where a measured change belongs.",
    why: "A delivery is an output: it can be done on the day and change nothing. What it is to change is the result. \
          Where a milestone can't be avoided, `done:` with its date scores it, and scores are shown without \
          milestones too.",
    silent: "It is what is left of a sentence in English without a goal that counts no activity and speaks of no \
             effect: a thing that is done or not done, however that is said. It is silent where a goal with its numbers \
             is stated and where something is to be kept or avoided. A count of two or more things is `gameable-metric`.",
    example: Sample::KeyResults("- planner: Ship the delivery planner by the end of August\n"),
    instead: Sample::KeyResults("- late: The delivery planner reduces late deliveries from 9% to 3%\n"),
    check: Check::Wording(check),
};

fn check(at: &KeyResultAt<'_>, verdict: &Verdict<'_>, findings: &mut Findings) {
    if let VerdictKind::Milestone = verdict.kind {
        let title = &at.key_result.title;
        let words = title.value.get(verdict.range.clone()).unwrap_or(&title.value);
        let place = at.book().words(title, verdict.range.clone());
        let message = format!("`{words}` is a thing to be delivered, not a change that is measured");
        findings.push(Diagnostic::warning(RULE.code, place, message).label("an output").help(verdict.help.as_str()));
    }
}
