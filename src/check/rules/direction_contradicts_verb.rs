//! `direction-contradicts-verb`: the numbers go the other way than the verb says.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::remark::RemarkKind;

pub(in crate::check) const RULE: Rule = Rule {
    code: "direction-contradicts-verb",
    group: Group::Wording,
    summary: "The verb says one way, and the numbers go the other.",
    why: "Scores follow the numbers. Where the verb says the other way, one of the two is a slip, and the team may work \
          for a score that means the opposite.",
    silent: "It is silent where no verb says a way, and where keys state the goal.",
    example: Sample::KeyResults("- load: Reduce page load time from 1.5s to 3.2s\n"),
    instead: Sample::KeyResults("- load: Reduce page load time from 3.2s to 1.5s\n"),
    check: Check::KeyResult(check),
};

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let title = &at.key_result.title;
    let remark = at.key_result.remarks.iter().find(|remark| remark.kind == RemarkKind::DirectionContradictsVerb);
    let Some(remark) = remark else { return };
    let words = title.value.get(remark.range.clone()).unwrap_or(&title.value);
    let message = format!("`{words}` goes the other way than the verb says");
    let place = at.book().words(title, remark.range.clone());
    findings.push(Diagnostic::warning(RULE.code, place, message).help(help(words)));
}

/// Returns the cure, with the two ends swapped where they stand side by side.
fn help(words: &str) -> String {
    let ends = words.strip_prefix("from ").and_then(|rest| rest.split_once(" to "));
    match ends {
        Some((from, to)) => format!("write `from {to} to {from}`, or change the verb"),
        None => RemarkKind::DirectionContradictsVerb.help().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_swapped_where_they_stand_side_by_side() {
        assert_eq!(help("from 1.5s to 3.2s"), "write `from 3.2s to 1.5s`, or change the verb");
        assert_eq!(help("94% (currently 98%)"), RemarkKind::DirectionContradictsVerb.help());
    }
}
