//! `unanswered-question`: a review that leaves questions open.

use crate::check::answers;
use crate::check::context::{KeyResultAt, ObjectiveAt, TeamAt};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, paying};
use crate::diag::{Diagnostic, Place};
use crate::model::review::Answers;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unanswered-question",
    group: Group::Review,
    summary: "A review leaves a question of a key result unanswered.",
    why: "The score says how it went; the answers say what to do next time. What worked, what didn't, what was learned \
          and whether to carry on is all that a quarter leaves behind.",
    silent: "It is silent before a review is due: while the quarter runs and no review file exists. Where a quarter has \
             been over for two weeks without a review, it says so once for the team, and only in a book in which some \
             team has ever written one. Any words are an answer; comments and `TODO` are none.",
    example: Sample::Files(&[(paying::REVIEW, HALF), paying::TEAM, paying::METRICS, paying::PAGE, paying::SETTINGS]),
    instead: Sample::Files(&[(paying::REVIEW, WHOLE), paying::TEAM, paying::METRICS, paying::PAGE, paying::SETTINGS]),
    check: Check::Team(check),
};

const HALF: &str = "## quick/page

### What worked
Two partner scripts are gone, with their contracts.

### What didn't

### What we learned

### Carry forward?
No: it is fast enough now.
";
const WHOLE: &str = "## quick/page

### What worked
Two partner scripts are gone, with their contracts.

### What didn't
The gateway does not allow its card form to load later.

### What we learned
Ask for what takes others' time in the first week.

### Carry forward?
No: it is fast enough now.
";

fn check(at: &TeamAt<'_>, findings: &mut Findings) {
    let Some(review) = &at.team.review else {
        if answers::is_overdue(at) {
            findings.push(no_review(at));
        }
        return;
    };
    let path = &at.book.sources.get(review.file).path;
    let key_results = at.objectives().flat_map(ObjectiveAt::key_results);
    findings.extend(key_results.filter_map(|key_result| match answers::of(&key_result) {
        Some(answers) => open_questions(answers),
        None => Some(no_answers(&key_result, path)),
    }));
}

fn no_review(at: &TeamAt<'_>) -> Diagnostic {
    let quarter = at.quarter.quarter;
    let name = at.book.plan.team_name(&at.team.team);
    let message = format!("{name} has no review of {}, which ended on {}", quarter.id, quarter.window.end.plus(-1));
    let help =
        format!("`okrbook review {} --team {}` lays it out, with the questions to answer", quarter.id, at.team.team);
    Diagnostic::warning(RULE.code, Place::file(&at.book.sources.get(at.team.file).path), message).help(help)
}

fn no_answers(at: &KeyResultAt<'_>, path: &str) -> Diagnostic {
    let name = format!("{}/{}", at.at.objective.id.value, at.key_result.id.value);
    let message = format!("the review says nothing about `{name}`");
    let help = format!("add `## {name}` with the four answers to it");
    Diagnostic::warning(RULE.code, &at.key_result.title, message).related(Place::file(path), "").help(help)
}

fn open_questions(answers: &Answers) -> Option<Diagnostic> {
    let carry = answers.carry.as_ref().map(|carry| &carry.body);
    let questions = [
        ("what worked", answers.worked.as_ref()),
        ("what didn't work", answers.failed.as_ref()),
        ("what you learned", answers.learned.as_ref()),
        ("whether to carry on", carry),
    ];
    let open: Vec<&str> =
        questions.iter().filter(|(_, body)| answers::words(*body) == 0).map(|(name, _)| *name).collect();
    if open.is_empty() {
        return undecided(answers);
    }
    let message = format!("`{}/{}` doesn't say {}", answers.objective, answers.key_result.value, listed(&open));
    let label =
        if open.len() == 1 { "one question is open".to_owned() } else { format!("{} questions are open", open.len()) };
    let help = "a sentence each is enough: what you would tell the next team that tries this";
    Some(Diagnostic::warning(RULE.code, &answers.key_result, message).label(label).help(help))
}

/// Tells of an answer to "carry forward?" that begins with neither yes nor no.
fn undecided(answers: &Answers) -> Option<Diagnostic> {
    let carry = answers.carry.as_ref().filter(|carry| carry.decision.is_none())?;
    let message = format!("`{}/{}` doesn't say whether to carry on", answers.objective, answers.key_result.value);
    let help = "begin the answer with yes or no, then why: `Yes: halve it again`";
    Some(Diagnostic::warning(RULE.code, carry.body.span, message).help(help))
}

/// Joins words as a sentence does.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => (*word).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
