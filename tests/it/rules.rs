//! Rules: each finds its example and nothing else in it, and nothing in what it says to write instead.

use std::collections::BTreeSet;

use okrbook::check::{Sample, rules};
use okrbook::diag::emit;

use crate::cases::CLOCK;
use crate::support::folder_with;

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
