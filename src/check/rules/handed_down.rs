//! `handed-down`: key results that the team did not propose.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "handed-down",
    group: Group::Shape,
    summary: "A key result was proposed by leadership and pushed to a team.",
    why: "A goal that arrives finished is carried out, not pursued: teams that don't set their own key results don't \
          own them. Leadership sets objectives; teams propose how they will tell that these come true.",
    silent: "It is silent about objectives, which leadership may set, about the company's own key results, and where \
             nobody wrote who proposed a key result. Leadership is what `proposed_by` calls so (leadership, management, \
             executives, the board, a chief officer, a VP), the company, and the team above.",
    example: Sample::KeyResults(
        "- id: errors
  title: Reduce payment errors from 1.8% to 1%
  proposed_by: leadership
",
    ),
    instead: Sample::KeyResults(
        "- id: errors
  title: Reduce payment errors from 1.8% to 1%
  proposed_by: team
",
    ),
    check: Check::KeyResult(check),
};

/// Words that name those above a team.
const ABOVE: &[&str] = &[
    "leadership",
    "leaders",
    "management",
    "executives",
    "executive",
    "exec",
    "execs",
    "board",
    "company",
    "ceo",
    "cto",
    "cfo",
    "coo",
    "cpo",
    "cio",
    "vp",
    "svp",
    "evp",
    "founders",
    "headquarters",
    "hq",
];

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let Some(proposer) = &at.key_result.proposed_by else { return };
    let team = &at.at.at.team.team;
    if team.as_str() == "company" || !is_above(at, &proposer.value) {
        return;
    }
    let message = format!("this key result was handed to the team, not proposed by it: `{}`", proposer.value.trim());
    let help = "let leadership set the objective, and let the team propose the key results by which it will be told";
    findings.push(Diagnostic::warning(RULE.code, &**proposer, message).label("not the team").help(help));
}

fn is_above(at: &KeyResultAt<'_>, proposer: &str) -> bool {
    let proposer = proposer.trim();
    let names_them = |word: &str| ABOVE.iter().any(|above| above.eq_ignore_ascii_case(word));
    let words = || proposer.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // "team and management" was proposed by both.
    let with_team = words().any(|word| word.eq_ignore_ascii_case("team"));
    (words().any(names_them) && !with_team) || is_parent(at, proposer)
}

fn is_parent(at: &KeyResultAt<'_>, proposer: &str) -> bool {
    let plan = at.book().plan;
    let own = plan.team(&at.at.at.team.team);
    let Some(parent) = own.and_then(|team| team.parent.as_ref()) else { return false };
    let name = plan.team_name(&parent.value);
    proposer.eq_ignore_ascii_case(parent.value.as_str()) || proposer.eq_ignore_ascii_case(name)
}
