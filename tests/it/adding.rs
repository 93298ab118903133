//! `okrbook add-metric`: a definition for an export, asking only what it leaves open.

use std::fs;
use std::path::Path;

use crate::support::{folder_with, run};

const JIRA: &str =
    "Issue key,Created,Resolved,Lead hours\nA-1,2026-07-01,2026-07-02,24\nA-2,2026-07-03,2026-07-05,48\n";

fn book(export: &str) -> tempfile::TempDir {
    let files = [("okrbook.yaml", "organisation: X\nas_of: 2026-08-01\n"), ("metrics/jira.csv", export)];
    folder_with(&files)
}

fn add(book: &Path, arguments: &[&str]) -> (i32, String, String) {
    let book = book.to_str().expect("UTF-8");
    run(&[&["add-metric", "-C", book, "jira.csv"], arguments].concat())
}

#[test]
fn a_definition_is_written_that_the_book_reads_without_a_word() {
    let book = book(JIRA);
    fs::write(book.path().join("metrics.yaml"), "# ours\nother: { file: jira.csv, count: rows }\n").expect("written");
    let (code, printed, said) = add(book.path(), &["--id", "lead-time", "--aggregate", "median"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(
        printed,
        "lead-time:\n  file: jira.csv\n  date: Created  # the first of 2 columns of dates: Created, Resolved\n  \
         value: Lead hours\n  unit: h  # the column's name says so\n  \
         aggregate: median\n"
    );
    let written = fs::read_to_string(book.path().join("metrics.yaml")).expect("there");
    assert_eq!(written, format!("# ours\nother: {{ file: jira.csv, count: rows }}\n\n{printed}"));
    let name = book.path().to_str().expect("UTF-8");
    let (_, traced, _) = run(&["trace", "-C", name, "lead-time"]);
    assert!(traced.contains("\"Lead hours\" (stated)"), "{traced}");
    let (code, _, said) = add(book.path(), &["--id", "lead-time", "--aggregate", "median"]);
    assert_eq!(code, 2);
    assert!(said.contains("there is a metric `lead-time` already"), "{said}");
}

#[test]
fn what_is_open_is_named_with_the_option_that_settles_it() {
    for (export, arguments, message, help) in [
        ("day,a,b\n2026-07-01,1,2\n", &[][..], "2 columns hold numbers: a, b", "--value COLUMN"),
        ("day,a\n2026-07-01,1\n2026-07-01,2\n", &[], "several rows stand on one day", "--aggregate mean"),
        ("at,a\n2026-07-01 09:00,1\n2026-07-01 17:00,2\n", &[], "several rows stand on one day", "--count"),
        (JIRA, &[], "each row is a thing of its own, by its `Issue key`", "--aggregate mean"),
        ("name,a\nx,1\n", &[], "no column of this export holds dates", "--date COLUMN"),
        (JIRA, &["--value", "Lead hour"], "no column `Lead hour`", "did you mean `Lead hours`?"),
    ] {
        let book = book(export);
        let (code, _, said) = add(book.path(), arguments);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(message) && said.contains(help), "{said}");
        assert!(!book.path().join("metrics.yaml").exists(), "nothing is written");
    }
}

#[test]
fn a_definition_can_be_looked_at_before_it_is_written() {
    let book = book(JIRA);
    let (code, printed, _) = add(book.path(), &["--count", "--print"]);
    assert_eq!(
        (code, printed.as_str()),
        (
            0,
            "jira:\n  file: jira.csv\n  date: Created  # the first of 2 columns of dates: Created, Resolved\n  count: rows\n  per: quarter\n"
        )
    );
    assert!(!book.path().join("metrics.yaml").exists());
}
