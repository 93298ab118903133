//! `milestone`: a thing delivered, where a change was asked for.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::remark::RemarkKind;

pub(in crate::check) const RULE: Rule = Rule {
    code: "milestone",
    group: Group::Wording,
    summary: "A thing to be delivered stands where a measured change belongs.",
    why: "A delivery is an output: it can be done on the day and change nothing. What it is to change is the result.",
    silent: "It is silent where a change with its numbers is stated.",
    example: Sample::KeyResults("- planner: Ship the delivery planner by the end of August\n"),
    instead: Sample::KeyResults("- late: The delivery planner reduces late deliveries from 9% to 3%\n"),
    check: Check::KeyResult(check),
};

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let title = &at.key_result.title;
    let mut remarks = at.key_result.remarks.iter();
    if let Some(remark) = remarks.find(|remark| remark.kind == RemarkKind::Milestone) {
        let place = at.book().words(title, remark.range.clone());
        findings.push(Diagnostic::warning(RULE.code, place, remark.kind.message()).help(remark.kind.help()));
    }
}
