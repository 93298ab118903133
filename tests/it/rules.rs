//! Rules: each finds its example and nothing else in it, and nothing in what it says to write instead.

use std::collections::{BTreeMap, BTreeSet};

use okrbook::Clock;
use okrbook::check::{Group, Sample, rule, rules};
use okrbook::diag::emit;
use okrbook::lifecycle::init;
use okrbook::model::calendar::{Calendar, Day};

use crate::cases::CLOCK;
use crate::support::{folder_with, root};

/// Returns the codes of what is found in a sample, and the messages.
fn found(sample: &Sample) -> (BTreeSet<&'static str>, String) {
    let files = sample.files();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = folder_with(&files);
    let opened = okrbook::open(folder.path(), &CLOCK).expect("readable");
    assert!(opened.book.is_some(), "a sample is a book that builds");
    let text = emit::human::render(&opened.diagnostics, &opened.sources, false);
    (opened.diagnostics.iter().map(|found| found.code).collect(), text)
}

#[test]
fn each_rule_finds_its_example_and_nothing_else() {
    for rule in rules() {
        let (codes, text) = found(&rule.example);
        assert_eq!(codes, BTreeSet::from([rule.code]), "{}:\n{text}", rule.code);
    }
}

#[test]
fn nothing_is_found_in_what_a_rule_says_to_write_instead() {
    for rule in rules() {
        let (codes, text) = found(&rule.instead);
        assert!(codes.is_empty(), "{}:\n{text}", rule.code);
    }
}

#[test]
fn each_rule_has_a_name_of_its_own_and_all_its_texts() {
    let codes: BTreeSet<&str> = rules().iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), rules().len());
    for rule in rules() {
        for text in [rule.summary, rule.why, rule.silent] {
            assert!(text.ends_with('.') && text.len() > 20, "{}: {text:?}", rule.code);
        }
    }
}

#[test]
fn a_new_book_has_nothing_to_complain_about_on_any_day() {
    let first = Day::parse("2026-01-01").expect("a day");
    for today in (0..370).step_by(11).map(|days| first.plus(days)) {
        let files = init::files("New", &Calendar::default().quarter_of(today).expect("a quarter"), today);
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let folder = folder_with(&files);
        let opened = okrbook::open(folder.path(), &Clock { flag: Some(today), ..CLOCK }).expect("readable");
        let text = emit::human::render(&opened.diagnostics, &opened.sources, false);
        assert!(opened.diagnostics.is_empty(), "{today}:\n{text}");
    }
}

/// What the example book was written to show, in the groups of shape, data and review.
const SEEDED: &[(&str, &[&str])] = &[
    ("quarters/2026-Q1/checkout.yaml", &["performative", "too-many-key-results"]),
    ("quarters/2026-Q1/data.yaml", &["individual-checklist", "no-outcome", "performative"]),
    ("quarters/2026-Q1/lock.yaml", &["late-lock"]),
    ("quarters/2026-Q1/platform.yaml", &["no-outcome", "no-outcome", "performative", "performative"]),
    (
        "quarters/2026-Q1/product.yaml",
        &["handed-down", "handed-down", "no-outcome", "no-outcome", "performative", "performative"],
    ),
    ("quarters/2026-Q2/checkout.yaml", &["theatre"]),
    ("quarters/2026-Q2/product.review.md", &["lost-carry-forward"]),
    ("quarters/2026-Q3/devex.yaml", &["carried-again", "inflated-baseline"]),
    ("quarters/2026-Q3/product.yaml", &["guardrail-broken"]),
    ("quarters/2026-Q4/data.yaml", &["no-data"]),
    ("quarters/2026-Q4/devex.yaml", &["moved-goalpost", "stale-metric"]),
];

#[test]
fn the_example_book_shows_what_it_was_written_to_show_and_nothing_else() {
    let opened = okrbook::open(&root().join("content"), &CLOCK).expect("readable");
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let told = opened.diagnostics.iter().filter(|found| {
        // An allowance may wait for a rule of another group.
        let group = rule(found.code).filter(|rule| rule.code != "unused-allow").map(|rule| rule.group);
        matches!(group, Some(Group::Shape | Group::Data | Group::Review))
    });
    for diagnostic in told {
        let path = diagnostic.place.file_id().map(|file| opened.sources.get(file).path.to_string());
        found.entry(path.unwrap_or_default()).or_default().push(diagnostic.code);
    }
    found.values_mut().for_each(|codes| codes.sort_unstable());
    let seeded = SEEDED.iter().map(|&(path, codes)| (path.to_owned(), codes.to_vec())).collect();
    assert_eq!(found, seeded);
}
