//! Holds the rules of wording against labelled key results.
//!
//! In: the path of a file with one JSON object a line (`key_result`, `objective`, `label`, `tags`, `org`; one that is
//! `arguable` has `alt`, and either label is right); `--show` lists every disagreement, `--all` every key result,
//! `--by-organisation` measures each organisation alone and weighs them alike. Out: a confusion table of label and verdict,
//! precision and recall of each rule, and how many state no goal and are told nothing, on stdout.

#![expect(clippy::print_stdout, reason = "the tables are this program's result")]

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;

use okrbook::check::wording_codes;
use serde_json::Value;

/// A labelled key result with what is said of it.
struct Case {
    id: String,
    objective: String,
    sentence: String,
    expected: Vec<&'static str>,
    label: String,
    codes: Vec<&'static str>,
    organisation: String,
    /// Whether it states no goal and nothing is said of it.
    is_silent: bool,
}

const RULES: [&str; 6] = ["gameable-metric", "milestone", "no-baseline", "bare-percentage", "no-number", "placeholder"];
const NOTHING: &str = "nothing";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let show = arguments.iter().any(|argument| argument == "--show");
    let all = arguments.iter().any(|argument| argument == "--all");
    let Some(path) = arguments.iter().find(|argument| !argument.starts_with("--")) else {
        println!("usage: evaluate FILE.jsonl [--show | --all] [--by-organisation]");
        return Ok(ExitCode::from(2));
    };
    let text = std::fs::read_to_string(path)?;
    let cases = text.lines().filter(|line| !line.trim().is_empty()).map(case).collect::<Result<Vec<_>, _>>()?;
    table(&cases);
    println!("\nrule               said  right  precision   wanted  found  recall");
    for rule in [
        &["gameable-metric"][..],
        &["milestone"],
        &["no-baseline", "bare-percentage"],
        &["no-number"],
        &["placeholder"],
    ] {
        measure(&cases, rule);
    }
    measure_nothing(&cases);
    println!("without a goal and a finding: {}", cases.iter().filter(|case| case.is_silent).count());
    if arguments.iter().any(|argument| argument == "--by-organisation") {
        by_organisation(&cases);
    }
    if show || all {
        cases.iter().filter(|case| all || !agrees(case)).for_each(print);
    }
    Ok(ExitCode::SUCCESS)
}

fn case(line: &str) -> Result<Case, serde_json::Error> {
    let value: Value = serde_json::from_str(line)?;
    let field = |name: &str| match value.get(name) {
        Some(Value::String(text)) => text.clone(),
        None | Some(Value::Null) => String::new(),
        Some(other) => other.to_string(),
    };
    let (sentence, label, tags) = (field("key_result"), field("label"), field("tags"));
    let codes = wording_codes(&sentence);
    let has_gap = tags.contains("placeholder");
    let said = codes.first().copied().unwrap_or(NOTHING);
    // Where two labels could stand, either is right.
    let other = Some(field("alt")).filter(|alt| !alt.is_empty() && expected(alt, false).contains(&said));
    let label = other.unwrap_or(label);
    let is_silent = codes.is_empty() && okrbook::sentence::read(&sentence).goal.is_none();
    let expected = expected(&label, has_gap);
    let (id, objective, organisation) = (field("id"), field("objective"), field("org"));
    Ok(Case { id, objective, sentence, expected, label, codes, organisation, is_silent })
}

/// Prints precision and recall of the rules of what is done and what is counted, organisation by organisation.
fn by_organisation(cases: &[Case]) {
    let mut organisations: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        organisations.entry(&case.organisation).or_default().push(case);
    }
    for rule in ["milestone", "gameable-metric"] {
        println!("\n{rule:40} precision        recall");
        let (mut precisions, mut recalls) = (Vec::new(), Vec::new());
        for (organisation, cases) in &organisations {
            let count = |is: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| is(case)).count();
            let (said, wanted) = (count(&|case| verdict(case) == rule), count(&|case| case.expected[0] == rule));
            let right = count(&|case| verdict(case) == rule && agrees(case));
            let share = |whole: usize| right as f64 / whole as f64;
            precisions.extend((said > 0).then(|| share(said)));
            recalls.extend((wanted > 0).then(|| share(wanted)));
            println!("{organisation:40} {right:>4} of {said:<4}  {right:>4} of {wanted:<4}");
        }
        let mean = |shares: &[f64]| shares.iter().sum::<f64>() / shares.len().max(1) as f64;
        println!("{:40} {:>12.2}  {:>12.2}", "each organisation alike", mean(&precisions), mean(&recalls));
    }
}

/// Returns what may be said of a key result with this label; the first is what should be.
fn expected(label: &str, has_gap: bool) -> Vec<&'static str> {
    if has_gap {
        return vec!["placeholder"];
    }
    match label {
        "milestone/output" => vec!["milestone"],
        "activity/vanity metric" => vec!["gameable-metric"],
        "outcome metric missing baseline" => vec!["no-baseline", "bare-percentage", "no-number"],
        "other" => vec!["no-number", "placeholder"],
        _ => vec![NOTHING],
    }
}

fn verdict(case: &Case) -> &'static str {
    case.codes.first().copied().unwrap_or(NOTHING)
}

fn agrees(case: &Case) -> bool {
    case.expected.contains(&verdict(case))
}

fn table(cases: &[Case]) {
    let mut rows: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for case in cases {
        let label = if case.expected == ["placeholder"] { "(placeholder)" } else { &case.label };
        *rows.entry(label).or_default().entry(verdict(case)).or_default() += 1;
    }
    let columns: Vec<&str> = RULES.into_iter().chain([NOTHING, "direction-contradicts-verb"]).collect();
    print!("{:36}", format!("{} key results", cases.len()));
    columns.iter().for_each(|column| print!("{:>11}", column.get(..10).unwrap_or(column)));
    println!();
    for (label, row) in rows {
        print!("{label:36}");
        columns.iter().for_each(|column| print!("{:>11}", row.get(column).copied().unwrap_or(0)));
        println!();
    }
}

fn measure(cases: &[Case], rule: &[&str]) {
    let said: Vec<&Case> = cases.iter().filter(|case| rule.contains(&verdict(case))).collect();
    let wanted: Vec<&Case> = cases.iter().filter(|case| rule.contains(&case.expected[0])).collect();
    let right = said.iter().filter(|case| agrees(case)).count();
    let found = wanted.iter().filter(|case| agrees(case)).count();
    line(rule[0], (said.len(), right), (wanted.len(), found));
}

fn measure_nothing(cases: &[Case]) {
    let silent = cases.iter().filter(|case| case.codes.is_empty());
    let (right, said) = silent.fold((0, 0), |(right, said), case| (right + usize::from(agrees(case)), said + 1));
    let wanted: Vec<&Case> = cases.iter().filter(|case| case.expected.contains(&NOTHING)).collect();
    let found = wanted.iter().filter(|case| case.codes.is_empty()).count();
    line(NOTHING, (said, right), (wanted.len(), found));
}

fn line(name: &str, (said, right): (usize, usize), (wanted, found): (usize, usize)) {
    let share = |part: usize, whole: usize| format!("{}%", (100 * part + whole / 2).checked_div(whole).unwrap_or(0));
    println!(
        "{name:18} {said:>4} {right:>6} {:>10} {wanted:>8} {found:>6} {:>7}",
        share(right, said),
        share(found, wanted)
    );
}

fn print(case: &Case) {
    let sentence = case.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    println!("\n{} [{}] said: {}", case.id, case.label, verdict(case));
    println!("   {sentence}");
    if !case.objective.is_empty() {
        println!("   (objective: {})", case.objective);
    }
}
