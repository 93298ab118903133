//! `placeholder`: a gap where a number or a word belongs.

use crate::check::context::{KeyResultAt, ObjectiveAt};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::wording::{Verdict, VerdictKind};
use crate::diag::Diagnostic;
use crate::source::Spanned;

pub(in crate::check) const RULE: Rule = Rule {
    code: "placeholder",
    group: Group::Wording,
    summary: "A placeholder stands where a number or a word belongs.",
    why: "Until the number is there, nothing is promised, and once the quarter runs, whatever comes out fits. The same \
          goes for what the team is to change: a gap commits nobody.",
    silent: "It is silent for letters that belong to names, such as an axis or a product. Nothing else is said of a \
             sentence with a gap. Texts other than a key result's sentence are gaps only as a whole: `TBD`, `TODO`, `?`.",
    example: Sample::KeyResults("- activation: Increase activation from TBD% to 50%\n"),
    instead: Sample::KeyResults("- activation: Increase activation from 38% to 50%\n"),
    check: Check::WordingAndTexts(check, check_texts),
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

fn check_texts(at: &ObjectiveAt<'_>, findings: &mut Findings) {
    let objective = at.objective;
    let texts = [
        (Some(&objective.title), "an objective", "write what is to become true"),
        (objective.outcome.as_ref(), "a business outcome", "write what the business needs: `outcome: Reduce churn`"),
        (objective.lever.as_ref(), "a lever", "write what brings the outcome about: `lever: Improve reliability`"),
        (
            objective.changes.as_ref(),
            "a change in the team's work",
            "write what it stops, starts or puts off: `changes: No roadmap work until the error budget is back`",
        ),
    ];
    for (text, what, help) in texts {
        findings.extend(text.filter(|text| is_gap(&text.value)).map(|text| gap(text, what, help)));
    }
    for key_result in &objective.key_results {
        let measured_by = key_result.measured_by.as_deref().filter(|text| is_gap(&text.value));
        let help = "write who or what measures it: `measured_by: payment gateway`";
        findings.extend(measured_by.map(|text| gap(text, "a source", help)));
        let owners = key_result.owners.iter().filter(|owner| is_gap(&owner.value));
        findings.extend(owners.map(|owner| gap(owner, "an owner", "name who answers for it")));
    }
}

fn gap(text: &Spanned<String>, what: &str, help: &str) -> Diagnostic {
    let message = format!("`{}` stands where {what} belongs", text.value.trim());
    Diagnostic::warning(RULE.code, text, message).label("a gap").help(help)
}

/// Says whether a text only keeps a place.
fn is_gap(text: &str) -> bool {
    // Nearly all texts are longer than every gap.
    let text = text.trim();
    let is_short = text.len() <= 12;
    is_short
        && ["TBD", "TBA", "TBC", "TODO", "XXX", "?", "??", "???", "…", "..."]
            .iter()
            .any(|gap| gap.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_text_is_a_gap() {
        for gap in ["TBD", " tbd ", "TODO", "???", "…"] {
            assert!(is_gap(gap), "{gap}");
        }
        for text in ["Reduce churn", "TODO list app", "Tbd Ltd", ""] {
            assert!(!is_gap(text), "{text}");
        }
    }
}
