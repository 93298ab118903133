//! What the valid cases expect, written as comments in their settings and derived by hand: each is held against
//! the scorecard.

use std::fs;
use std::path::Path;

use okrbook::Book;
use okrbook::model::quantity::Number;
use okrbook::model::scorecard::{GuardrailState, KeyResultScore, QuarterScore, Rollup};

use crate::cases::{CLOCK, cases};

/// What an expectation is about.
enum Subject<'a> {
    Rollup { whole: &'a Rollup, without_soft: Option<&'a Rollup> },
    KeyResult(&'a KeyResultScore),
}

fn find<'a>(quarters: &'a [QuarterScore], path: &str) -> Option<Subject<'a>> {
    let parts: Vec<&str> = path.split('/').collect();
    let team = quarters.iter().rev().flat_map(|quarter| &quarter.teams).find(|team| {
        team.team.as_str() == parts[0]
            && parts.get(1).is_none_or(|id| team.objectives.iter().any(|objective| objective.id.as_str() == *id))
    })?;
    let Some(id) = parts.get(1) else {
        return Some(Subject::Rollup { whole: &team.rollup, without_soft: team.without_soft.as_ref() });
    };
    let objective = team.objectives.iter().find(|objective| objective.id.as_str() == *id)?;
    let Some(id) = parts.get(2) else {
        return Some(Subject::Rollup { whole: &objective.rollup, without_soft: None });
    };
    objective.key_results.iter().find(|found| found.id.as_str() == *id).map(Subject::KeyResult)
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| panic!("{text} is not a number"))
}

/// Says what is wrong with an expectation, or nothing where it holds.
fn fault(book: &Book, expectation: &str) -> Option<String> {
    let words: Vec<&str> = expectation.split_whitespace().collect();
    let quarters = &book.scorecard.quarters;
    if let [id, "runs", "from", start, "to", last, "and", "is", "over"] = words[..] {
        let quarter = quarters.iter().find(|found| found.quarter.id.to_string() == id)?;
        let window = quarter.quarter.window;
        let holds = window.start.to_string() == start
            && window.end.plus(-1).to_string() == last
            && quarter.quarter.is_over(book.scorecard.as_of);
        return (!holds).then(|| format!("{} to {}", window.start, window.end));
    }
    let Some(subject) = find(quarters, words[0]) else { return Some("there is no such thing".to_owned()) };
    let (score, grade) = match &subject {
        Subject::KeyResult(found) => (found.score, found.grade()),
        Subject::Rollup { without_soft: Some(without), .. } if words.ends_with(&["without", "milestones"]) => {
            (without.score, without.grade())
        }
        Subject::Rollup { whole, .. } => (whole.score, whole.grade()),
    };
    let (holds, found) = match (&words[1..], &subject) {
        (["scores", "exactly", expected, ..], _) => (score == Some(number(expected)), format!("{score:?}")),
        (["has", "no", "score"], _) => (score.is_none(), format!("{score:?}")),
        (["has", "grade", expected], _) => {
            (grade.is_some_and(|grade| grade.to_string() == *expected), format!("{grade:?}"))
        }
        (["is", measured, "of", of, "measured"], Subject::Rollup { whole, .. }) => {
            let found = format!("{} of {}", whole.measured, whole.of);
            (found == format!("{measured} of {of}"), found)
        }
        (rest, Subject::KeyResult(score)) => key_result_holds(rest, score),
        _ => (false, "an expectation that nothing understands".to_owned()),
    };
    (!holds).then_some(found)
}

fn key_result_holds(words: &[&str], score: &KeyResultScore) -> (bool, String) {
    match words {
        ["is", "judged", expected, "by", who] => {
            let holds = score
                .judgement
                .as_ref()
                .is_some_and(|judgement| judgement.score == number(expected) && judgement.by.as_deref() == Some(*who));
            (holds, format!("{:?}", score.judgement))
        }
        ["is", state] => (score.state.name() == *state, score.state.name().to_owned()),
        ["has", "status", expected] => {
            let status = score.standing.as_ref().map(|standing| standing.status.name());
            (status == Some(*expected), format!("{status:?}"))
        }
        ["has", "value", expected] => {
            let value = score.value.as_ref().map(|quantity| quantity.number);
            (value == Some(number(expected)), format!("{value:?}"))
        }
        ["has", "age", days, "days"] => {
            (score.age_days.map(|age| age.to_string()).as_deref() == Some(*days), format!("{:?}", score.age_days))
        }
        ["has", "baseline", expected, "of", day] => {
            let shown = format!("{:?}", score.baseline);
            let holds = score.baseline.as_ref().is_some_and(|baseline| {
                let origin = format!("{:?}", baseline.origin);
                let day = okrbook::model::calendar::Day::parse(day).expect("a day");
                baseline.quantity.number == number(expected) && origin.contains(&format!("{day:?}"))
            });
            (holds, shown)
        }
        ["has", "guardrail", metric, "broken", "at", expected] => {
            let holds = score.guardrails.iter().any(|guardrail| {
                guardrail.metric.as_str() == *metric
                    && guardrail.state == GuardrailState::Broken
                    && guardrail.value.as_ref().map(|value| value.number) == Some(number(expected))
            });
            (holds, format!("{:?}", score.guardrails))
        }
        _ => (false, "an expectation that nothing understands".to_owned()),
    }
}

fn expectations(case: &Path) -> Vec<String> {
    let settings = fs::read_to_string(case.join("okrbook.yaml")).expect("settings");
    settings.lines().filter_map(|line| line.strip_prefix("# expects: ")).map(str::to_owned).collect()
}

#[test]
fn figures_derived_by_hand_come_out() {
    let mut faults = Vec::new();
    let mut held = 0;
    for case in cases("valid") {
        let opened = okrbook::open(&case, &CLOCK).expect("readable");
        let book = opened.book.expect("nothing blocks");
        for expectation in expectations(&case) {
            held += 1;
            if let Some(found) = fault(&book, &expectation) {
                faults.push(format!("{}: {expectation}; found {found}", case.display()));
            }
        }
    }
    assert!(held >= 60, "only {held} expectations were found");
    assert!(faults.is_empty(), "{} of {held} differ:\n{}", faults.len(), faults.join("\n"));
}
