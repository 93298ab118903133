//! Reads labelled key results and says how many of their goals are read right.
//!
//! In: the path of a file with one JSON object a line (`key_result`, `baseline`, `target`, `label`). Out: counts,
//! and the sentences behind each count, on stdout. Never judges a sentence without a label: those are listed.

#![expect(clippy::print_stdout, reason = "the lists are this program's result")]

use std::error::Error;
use std::process::ExitCode;

use okrbook::model::goal::Goal;
use okrbook::model::quantity::{Number, Quantity};
use okrbook::sentence::{Reading, read};
use serde_json::Value;

/// What became of a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Right,
    Wrong,
    Unparsed,
}

/// A labelled sentence with its reading.
struct Case {
    id: String,
    sentence: String,
    label: String,
    baseline: String,
    target: String,
    reading: Reading,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let Some(path) = std::env::args_os().nth(1) else {
        println!("usage: read_sentences FILE.jsonl");
        return Ok(ExitCode::from(2));
    };
    let text = std::fs::read_to_string(path)?;
    let cases = text.lines().filter(|line| !line.trim().is_empty()).map(case).collect::<Result<Vec<_>, _>>()?;
    let is_hidden = |case: &&Case| case.baseline.contains("hidden") || case.target.contains("hidden");
    let is_stated = |text: &str| !numbers(text).is_empty();
    let (hidden, visible): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(is_hidden);
    let both = |case: &&&Case| is_stated(&case.baseline) && is_stated(&case.target);
    let target_only = |case: &&&Case| case.baseline.is_empty() && is_stated(&case.target);
    let neither = |case: &&&Case| !is_stated(&case.baseline) && !is_stated(&case.target);
    report("baseline and target", visible.iter().filter(both).copied(), judge_both);
    report("target only", visible.iter().filter(target_only).copied(), judge_target);
    report("hidden numbers (right: no goal)", hidden.iter().copied(), judge_none);
    let unlabelled: Vec<&Case> = visible.iter().filter(neither).copied().collect();
    let (with, without): (Vec<&&Case>, Vec<&&Case>) = unlabelled.iter().partition(|case| case.reading.goal.is_some());
    println!("\n== no labelled number: {} of {} got a goal (judge each)", with.len(), unlabelled.len());
    with.iter().for_each(|case| print(case));
    println!("\n== no labelled number, no goal: {}", without.len());
    without.iter().for_each(|case| print(case));
    Ok(ExitCode::SUCCESS)
}

fn case(line: &str) -> Result<Case, serde_json::Error> {
    let value: Value = serde_json::from_str(line)?;
    let field = |name: &str| match value.get(name) {
        Some(Value::String(text)) => text.clone(),
        None | Some(Value::Null) => String::new(),
        Some(other) => other.to_string(),
    };
    let sentence = field("key_result");
    let reading = read(&sentence);
    let (id, label, baseline, target) = (field("id"), field("label"), field("baseline"), field("target"));
    Ok(Case { id, sentence, label, baseline, target, reading })
}

fn report<'a>(title: &str, cases: impl Iterator<Item = &'a Case>, judge: impl Fn(&Case) -> Outcome) {
    let judged: Vec<(Outcome, &Case)> = cases.map(|case| (judge(case), case)).collect();
    let count = |outcome| judged.iter().filter(|(other, _)| *other == outcome).count();
    let (right, wrong, unparsed) = (count(Outcome::Right), count(Outcome::Wrong), count(Outcome::Unparsed));
    println!("\n== {title}: {} right, {} wrong, {} unparsed, of {}", right, wrong, unparsed, judged.len());
    for (outcome, name) in [(Outcome::Wrong, "wrong"), (Outcome::Unparsed, "unparsed"), (Outcome::Right, "right")] {
        for (_, case) in judged.iter().filter(|(other, _)| *other == outcome) {
            println!("-- {name}: from {:?} to {:?}", case.baseline, case.target);
            print(case);
        }
    }
}

fn print(case: &Case) {
    let sentence = case.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    println!("{} [{}] {sentence}\n     {}", case.id, case.label, case.reading);
}

fn judge_both(case: &Case) -> Outcome {
    match &case.reading.goal {
        Some(Goal::Move(goal)) => {
            let is_right = says(&goal.from, &case.baseline) && says(&goal.to, &case.target);
            if is_right { Outcome::Right } else { Outcome::Wrong }
        }
        // A start that is only implied may be left out; the end may not be another one.
        Some(goal) if case.baseline.contains("implied") => judge_end(goal, &case.target),
        Some(Goal::Gain(goal)) if goal.from.as_ref().is_some_and(|from| says(from, &case.baseline)) => Outcome::Right,
        Some(_) => Outcome::Wrong,
        None => Outcome::Unparsed,
    }
}

fn judge_target(case: &Case) -> Outcome {
    case.reading.goal.as_ref().map_or(Outcome::Unparsed, |goal| judge_end(goal, &case.target))
}

fn judge_end(goal: &Goal, target: &str) -> Outcome {
    let end = match goal {
        Goal::Move(goal) => Some(&goal.to),
        other => other.quantity(),
    };
    if end.is_some_and(|end| says(end, target)) { Outcome::Right } else { Outcome::Wrong }
}

fn judge_none(case: &Case) -> Outcome {
    if case.reading.goal.is_none() { Outcome::Right } else { Outcome::Wrong }
}

/// Says whether the first number of a label is the quantity's.
fn says(quantity: &Quantity, label: &str) -> bool {
    numbers(label).first().is_some_and(|number| number.magnitude() == quantity.number.magnitude())
}

/// Returns the numbers of a label: `125k`, `~3 minutes`, `8 days; 15%`.
fn numbers(label: &str) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut rest = label;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[start..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        let digits = rest[..end].replace(',', "");
        let scale = match rest[end..].chars().next() {
            Some('k' | 'K') => 1_000,
            Some('M') => 1_000_000,
            _ => 1,
        };
        numbers
            .extend(Number::parse(digits.trim_end_matches('.')).and_then(|number| number.times(Number::whole(scale))));
        rest = &rest[end..];
    }
    numbers
}
