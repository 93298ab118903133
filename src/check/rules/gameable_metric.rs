//! `gameable-metric`: a number that the team can reach while nothing that matters gets better.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::check::wording::{Verdict, VerdictKind};
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "gameable-metric",
    group: Group::Wording,
    summary: "The number counts what the team does, or the attention that it gets, and not what that changes.",
    why: "A team can reach such a number while nothing that matters gets better: coverage with tests that check nothing, \
          deploys by splitting them, closed tickets by closing them unsolved. The catalogue says for each measure how it \
          is gamed and what to measure instead. A book adds its own with `catalogue: FILE`, and an entry with \
          `off: true` takes one away.",
    silent: "It is silent where the same words name something else (the time that a review takes), where an effect with \
             both ends is stated beside the activity, and for people and bodies who come of their own will. Where it \
             speaks, `no-baseline` and `bare-percentage` don't: a start would not cure the measure.",
    example: Sample::KeyResults("- coverage: Increase test coverage from 62% to 80%\n"),
    instead: Sample::KeyResults("- escaped: Reduce escaped bugs (bugs found in production) from 12/month to 4/month\n"),
    check: Check::Wording(check),
};

fn check(at: &KeyResultAt<'_>, verdict: &Verdict<'_>, findings: &mut Findings) {
    let VerdictKind::Gameable(measure) = verdict.kind else { return };
    let title = &at.key_result.title;
    let words = title.value.get(verdict.range.clone()).unwrap_or(&title.value);
    let moves = match () {
        () if measure.measures.is_empty() && measure.things.is_empty() => "be done",
        () if measure.falls => "fall",
        () => "rise",
    };
    let message = format!("`{words}` can {moves} while nothing that matters gets better");
    let place = at.book().words(title, verdict.range.clone());
    let label = format!("gamed by {}", measure.gamed_by);
    findings.push(Diagnostic::warning(RULE.code, place, message).label(label).help(verdict.help.as_str()));
}
