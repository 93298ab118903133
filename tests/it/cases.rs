//! Cases are folders: a small book and a snapshot of what okrbook says about it.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use okrbook::check::rule;
use okrbook::diag::emit;
use okrbook::{Clock, Opened, Told};

use crate::support::root;

pub(crate) fn cases(kind: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/cases").join(kind);
    let mut cases: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the cases' folder")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

/// The clock that cases are judged by where they pin no date: 2026-08-20.
pub(crate) const CLOCK: Clock = Clock { flag: None, epoch: None, now: 1_787_184_000 };

/// Opens a case without what rules find in it: a rule has tests of its own, and a case is about something else. One
/// that is about a rule says `# about: CODE` in its settings.
fn open(case: &Path) -> Opened {
    let mut opened = okrbook::open(case, &CLOCK).expect("readable");
    let settings = fs::read_to_string(case.join("okrbook.yaml")).unwrap_or_default();
    let subjects: Vec<&str> = settings.lines().filter_map(|line| line.strip_prefix("# about: ")).collect();
    opened.diagnostics.retain(|found| rule(found.code).is_none() || subjects.contains(&found.code));
    opened
}

fn messages(opened: &Opened) -> String {
    let text = emit::human::render(&opened.diagnostics, &opened.sources, false);
    let outcome = if opened.book.is_some() { "the site is published" } else { "nothing is published" };
    format!("{}\n\n{outcome}\n", text.trim_end())
}

fn data(opened: &Opened) -> String {
    let book = opened.book.as_ref().expect("nothing blocks");
    let findings = emit::short::render(&opened.diagnostics, &opened.sources);
    let machine_forms =
        book.quarter_data(Told { sources: &opened.sources, findings: &opened.diagnostics }).expect("renders");
    let machine_forms: Vec<String> = machine_forms.iter().map(|form| indented(form)).collect();
    format!("{findings}{}\n", machine_forms.join("\n"))
}

/// Returns JSON with a line for each value, so that snapshots show what changed.
fn indented(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
    serde_json::to_string_pretty(&value).expect("JSON") + "\n"
}

/// Compares each case with the snapshot in its folder and reports all that differ.
pub(crate) fn compare(kind: &str, at_least: usize, name: &str, text_of: impl Fn(&Path) -> String) {
    let cases = cases(kind);
    assert!(cases.len() >= at_least, "only {} cases found in tests/cases/{kind}", cases.len());
    let mut failed = Vec::new();
    for case in &cases {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(case);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let outcome = catch_unwind(AssertUnwindSafe(|| settings.bind(|| insta::assert_snapshot!(name, text_of(case)))));
        if outcome.is_err() {
            failed.push(case.display().to_string());
        }
    }
    assert!(failed.is_empty(), "these cases differ from their snapshots:\n{}", failed.join("\n"));
}

#[test]
fn each_mistake_is_explained_where_it_stands() {
    compare("invalid", 40, "message", |case| messages(&open(case)));
}

#[test]
fn each_small_book_is_scored_as_by_hand() {
    compare("valid", 12, "data", |case| data(&open(case)));
}

/// What rules say where it takes judgement: the true case, the near miss, too little data.
#[test]
fn each_judgement_is_as_the_figures_are() {
    compare("checks", 20, "findings", |case| messages(&okrbook::open(case, &CLOCK).expect("readable")));
}

#[test]
fn no_mistake_goes_unseen() {
    let mut unseen = Vec::new();
    for case in cases("invalid") {
        if open(&case).diagnostics.is_empty() {
            unseen.push(case.display().to_string());
        }
    }
    assert!(unseen.is_empty(), "these are taken as right:\n{}", unseen.join("\n"));
}
