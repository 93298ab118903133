//! `vague-objective`: an objective that names an area and leaves open what becomes true.

use crate::check::context::ObjectiveAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::wording::vague;
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "vague-objective",
    group: Group::Wording,
    summary: "The objective names an area and says neither for whom nor what becomes true.",
    why: "Any work fits under \"improve quality\", so it rules nothing out. An objective that says what becomes true for \
          whom tells a team what to leave undone.",
    silent: "It speaks only where the whole title is an empty verb and the name of an area (\"improve code quality\", \
             \"be better at planning\", \"move faster\"); any word on who gains or what changes silences it.",
    example: Sample::Objectives(
        "- id: quality
  title: Improve code quality
  outcome: Reduce churn
  lever: Improve reliability
  changes: No roadmap work until the error budget is back
  key_results:
    - escaped: Reduce escaped bugs (bugs found in production) from 12/month to 4/month
",
    ),
    instead: Sample::Objectives(
        "- id: quality
  title: Make our platform reliable enough that customers trust us
  outcome: Reduce churn
  lever: Improve reliability
  changes: No roadmap work until the error budget is back
  key_results:
    - escaped: Reduce escaped bugs (bugs found in production) from 12/month to 4/month
",
    ),
    check: Check::Objective(check),
};

fn check(at: &ObjectiveAt<'_>, findings: &mut Findings) {
    let title = &at.objective.title;
    let Some(area) = vague::find(&title.value) else { return };
    let area = title.value.get(area).unwrap_or_default().trim_end_matches('.');
    let message = format!("`{}` names an area, and not what becomes true for whom", title.value.trim_end_matches('.'));
    let is_good = area.to_lowercase().ends_with("excellence");
    let help = if area.is_empty() || is_good {
        "write for whom, and what becomes true: \"… so that customers …\"".to_owned()
    } else {
        let lower = lower_first(area);
        format!("write for whom, and what becomes true: \"Make {lower} so good that customers …\"")
    };
    findings.push(Diagnostic::warning(RULE.code, title, message).help(help));
}

/// Returns a text that begins in lower case, unless its first word is an abbreviation.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let (first, second) = (chars.next(), chars.next());
    match (first, second) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}
