//! `self-reported`: the team measures itself.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::source::Spanned;

pub(in crate::check) const RULE: Rule = Rule {
    code: "self-reported",
    group: Group::Evidence,
    summary: "The number comes from those who are judged by it.",
    why: "Nobody grades their own paper well: a team that assesses itself, or a service that reports its own health, sees \
          least when it matters most. Measure where customers are: from outside.",
    silent: "It is silent where the source names a system or another team, where the text says that the source is not of \
             this kind, and where there is no source, which `no-source` says.",
    example: Sample::KeyResults(
        "- id: uptime\n  title: Achieve 99.95% uptime (from current 99.7%)\n  measured_by: Internal health checks\n",
    ),
    instead: Sample::KeyResults(
        "- id: uptime\n  title: Achieve 99.95% uptime (from current 99.7%)\n  measured_by: External monitoring (not internal health checks)\n",
    ),
    check: Check::KeyResult(check),
};

/// Words for an assessment of one's own.
const OWN: [&str; 10] = [
    "self-assessment",
    "self assessment",
    "self-assessed",
    "self-reported",
    "self reported",
    "self-evaluation",
    "self-rating",
    "self-survey",
    "own estimate",
    "gut feeling",
];

/// Words for the team, where they open a source or stand behind "by" or "of".
const TEAM: [&str; 8] =
    ["the team", "our team", "team itself", "team survey", "team vote", "team lead", "team retrospective", "ourselves"];

/// Words that say what a source is not.
const DENIALS: [&str; 7] = ["not ", "outside", "independent", "other than", "external", "without", "another"];

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let Some(source) = at.key_result.measured_by.as_deref().or_else(|| at.metric()?.source.as_ref()) else { return };
    let text = source.value.to_lowercase();
    let here = letters(&text);
    let holds = |words: &&str| letters(words) & !here == 0 && text.contains(words);
    if DENIALS.iter().any(holds) {
        return;
    }
    let found = if OWN.iter().any(holds) {
        Some(("an assessment of one's own", "let somebody else measure it, or measure what those outside see"))
    } else if is_team(at, &text) {
        Some(("the team itself", "name a system, or people outside the team, that measure it"))
    } else if is_own_health(at, &text) {
        Some(("a service that reports on itself", "measure from outside, as customers see it: external probes"))
    } else {
        None
    };
    if let Some((what, help)) = found {
        findings.push(finding(source, what, help));
    }
}

/// Returns which letters a text holds, a bit for each: most words needn't be looked for in most sources.
fn letters(text: &str) -> u32 {
    let letters = text.bytes().filter(u8::is_ascii_lowercase);
    letters.fold(0, |known, letter| known | 1 << (letter - b'a'))
}

fn finding(source: &Spanned<String>, what: &str, help: &str) -> Diagnostic {
    let message = format!("`{}` is {what}", source.value);
    Diagnostic::warning(RULE.code, source, message).label("measured by whom it judges").help(help)
}

/// Says whether a source names the key result's team, its lead or an owner.
fn is_team(at: &KeyResultAt<'_>, text: &str) -> bool {
    let plan = at.book().plan;
    let id = &at.at.at.team.team;
    let name = plan.team_name(id).to_lowercase();
    let lead = plan.team(id).and_then(|team| team.lead.as_deref());
    let owners = at.key_result.owners.iter().map(|owner| owner.value.as_str());
    let is_person = owners.chain(lead).any(|person| text == person.to_lowercase());
    let names = [name.as_str(), id.as_str()];
    let is_named = names.iter().any(|name| {
        let own = text.strip_prefix("the ").unwrap_or(text).strip_prefix(name);
        own.is_some_and(|rest| matches!(rest.trim(), "" | "team" | "team itself" | "team's own survey"))
    });
    is_person || is_named || names_team(text)
}

/// Says whether words for the team open a text, or stand behind "by" or "of" in it.
fn names_team(text: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric) && !rest.starts_with('-');
    let opens = |place: &str| TEAM.iter().any(|words| place.strip_prefix(words).is_some_and(ends));
    let behind = |link: &str| text.split_once(link).is_some_and(|(_, rest)| opens(rest));
    opens(text.strip_prefix("own ").unwrap_or(text)) || behind(" by ") || behind(" of ")
}

/// Says whether uptime is measured by what is down with it.
fn is_own_health(at: &KeyResultAt<'_>, text: &str) -> bool {
    let is_internal =
        text.contains("internal") && ["check", "monitor", "probe", "status"].iter().any(|word| text.contains(word));
    if !(is_internal || text.contains("health check") || text.contains("healthcheck")) {
        return false;
    }
    let title = at.key_result.title.value.to_lowercase();
    ["uptime", "availability", "available"].iter().any(|word| title.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_is_told_from_what_is_called_so() {
        for (text, expected) in [
            ("the team", true),
            ("survey of the team", true),
            ("judged by our team, monthly", true),
            ("own team survey", true),
            ("the teams dashboard", false),
            ("reports to the team", false),
            ("team survey", true),
        ] {
            assert_eq!(names_team(text), expected, "{text}");
        }
    }
}
