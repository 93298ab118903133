//! `okrbook pull` and what it leaves in a book: receipts, what they vouch for, and what is said where something is wrong.
//!
//! Engines are asked by `tests/pull/run.py`; here is all that every program does without one.

use std::fs;
use std::path::Path;

use crate::support::{folder_with, run};

const QUERY: &str = "select opened_at, count(*) as count from incidents group by opened_at\n";
const EXPORT: &str = "opened_at,count\n2026-07-02,1\n2026-07-09,1\n2026-07-20,1\n";
const METRICS: &str = "\
incidents:
  source: on-call tool
  date: opened_at
  aggregate: sum
  per: quarter
  pull: { connection: calls, query: incidents.sql }
";
const TEAM: &str = "\
objectives:
  - id: calm
    title: Nights are calm
    key_results:
      - incidents: Reduce incidents from 8 per quarter to 2 per quarter
";
const RECEIPT: &str = r#"{
  "form": 1,
  "export": "metrics/incidents.csv",
  "sha256": "515caae5d9916cf4b28b24f9d3482dc7587f32a4f55d607b7d7df74d026e1503",
  "rows": 3,
  "columns": [{ "name": "opened_at", "type": "Date32", "holds": "day" }],
  "connection": "calls",
  "engine": "PostgreSQL 15.18",
  "driver": "ADBC PostgreSQL Driver 1.13.0",
  "query_file": "metrics/incidents.sql",
  "query_sha256": "1851517431d5ff76e325ab92f2438b07f2d7ca8c303a28e940f7be97025ae3cf",
  "started": "2026-09-13T06:00:00Z",
  "seconds": "0.210",
  "pulled_on": "2026-09-13",
  "complete_through": "2026-09-12"
}
"#;

/// A book whose only metric was pulled, with some files in the place of others.
fn book(instead: &[(&str, &str)]) -> tempfile::TempDir {
    let files = [
        ("okrbook.yaml", "organisation: Small\nas_of: 2026-09-14\n"),
        ("quarters/2026-Q3/ops.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/incidents.sql", QUERY),
        ("metrics/incidents.csv", EXPORT),
        ("metrics/incidents.pull.json", RECEIPT),
    ];
    let kept = files.iter().filter(|(path, _)| instead.iter().all(|(other, _)| other != path)).copied();
    let files: Vec<(&str, &str)> = kept.chain(instead.iter().copied()).filter(|(_, text)| *text != "(none)").collect();
    folder_with(&files)
}

/// Runs a command in a book and returns its exit code and all that it said.
fn said(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let name = folder.to_str().expect("UTF-8");
    let (code, out, told) = run(&[&["-C", name], arguments].concat());
    (code, format!("{out}{told}").replace('\u{a0}', " "))
}

fn check(folder: &Path) -> String {
    let (_, out, told) = run(&["check", folder.to_str().expect("UTF-8")]);
    format!("{out}{told}")
}

#[test]
fn a_receipt_says_on_page_and_trace_where_an_export_came_from_and_through_which_day_it_is_complete() {
    let folder = book(&[]);
    let (code, trace) = said(folder.path(), &["trace", "incidents"]);
    assert_eq!(code, 0, "{trace}");
    assert!(trace.contains("pulled   13 September 2026 from PostgreSQL 15.18"), "{trace}");
    assert!(trace.contains("complete   up to 12 September 2026 (by rule: the last day that was over when"), "{trace}");
    let site = folder.path().join("site");
    let (code, _, told) = run(&["build", folder.path().to_str().expect("UTF-8"), "-o", site.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{told}");
    let page = fs::read_to_string(site.join("metrics/incidents.html")).expect("there").replace('\u{a0}', " ");
    assert!(page.contains("<dt>Pulled</dt><dd>13 September 2026 from PostgreSQL 15.18</dd>"), "{page}");
    let said = check(folder.path());
    assert!(!said.contains("stale-metric") && !said.contains("-pull"), "{said}");
}

#[test]
fn what_the_book_states_goes_before_what_a_receipt_says() {
    let stated = format!("{METRICS}  complete_through: 2026-08-01\n");
    let (_, trace) = said(book(&[("metrics.yaml", &stated)]).path(), &["trace", "incidents"]);
    assert!(trace.contains("complete   up to 1 August 2026 (stated)"), "{trace}");
}

#[test]
fn the_receipt_of_an_edited_export_vouches_for_nothing() {
    let folder = book(&[("metrics/incidents.csv", "opened_at,count\n2026-07-02,1\n2026-07-09,1\n")]);
    let found = check(folder.path());
    let place = "error[edited-pull]: metrics/incidents.csv is not as it was pulled on 2026-09-13 from PostgreSQL 15.18\n \
                 --> metrics.yaml:6:23\n";
    assert!(found.contains(place) && found.contains("run `okrbook pull incidents`"), "{found}");
    let (_, trace) = said(folder.path(), &["trace", "incidents"]);
    assert!(!trace.contains("pulled") && !trace.contains("12 September"), "{trace}");
}

#[test]
fn a_changed_query_or_connection_is_found_and_blanks_around_it_are_none() {
    let changed = check(book(&[("metrics/incidents.sql", "select 1 as day\n")]).path());
    let told = "warning[stale-pull]: metrics/incidents.csv holds the answer to another query\n --> metrics.yaml:6:37\n";
    assert!(changed.contains(told), "{changed}");
    let moved = check(book(&[("metrics.yaml", &METRICS.replace("calls", "desk"))]).path());
    let told = "warning[stale-pull]: metrics/incidents.csv was pulled from `calls`\n --> metrics.yaml:6:23\n";
    assert!(moved.contains(told), "{moved}");
    let blanks = format!("\r\n{}\r\n\r\n", QUERY.trim());
    let found = check(book(&[("metrics/incidents.sql", &blanks)]).path());
    assert!(!found.contains("stale-pull"), "{found}");
}

#[test]
fn a_receipt_that_is_none_is_told_and_the_export_counts_like_any_other() {
    for (receipt, told) in [
        ("{}", "it can't be read"),
        (&*RECEIPT.replace("\"form\": 1", "\"form\": 2"), "its form is 2, and this program knows 1"),
        (&*RECEIPT.replace("2026-09-12", "soon"), "`soon` in it is no day"),
    ] {
        let found = check(book(&[("metrics/incidents.pull.json", receipt)]).path());
        assert!(
            found.contains("error[bad-receipt]: this is no receipt of a pull: ") && found.contains(told),
            "{found}"
        );
        assert!(!found.contains("no-file"), "{found}");
    }
}

#[test]
fn an_export_that_was_never_fetched_is_told_with_the_command_that_fetches_it() {
    let found = check(book(&[("metrics/incidents.csv", "(none)"), ("metrics/incidents.pull.json", "(none)")]).path());
    assert!(
        found.contains("error[no-file]: metrics/incidents.csv was not fetched yet\n --> metrics.yaml:6:9"),
        "{found}"
    );
    assert!(found.contains("run `okrbook pull incidents`"), "{found}");
}

#[test]
fn what_is_wrong_with_a_pull_is_told_at_its_place() {
    let beside = |keys: &str| format!("incidents:\n  date: opened_at\n  aggregate: sum\n{keys}");
    let block = |query: &str| beside(&format!("  pull:\n    connection: calls\n    query: |\n      {query}\n"));
    let key = |key: &str| beside(&format!("  pull:\n    connection: calls\n    query: select 1\n    {key}\n"));
    for (metrics, told) in [
        (beside("  pull: { query: select 1 }\n"), "missing-key]: this pull has no `connection`\n --> metrics.yaml:4:9"),
        (
            beside("  pull: { connection: ../shop }\n"),
            "bad-value]: a connection has a name of a–z, 0–9 and `-`, and this is none\n --> metrics.yaml:4:23",
        ),
        (
            beside("  pull: { connection: \"postgresql://me:secret@db\" }\n"),
            "bad-value]: a connection has a name of a–z, 0–9 and `-`, and this is none\n --> metrics.yaml:4:23",
        ),
        (
            beside("  pull: { connection: calls, query: incident.sql }\n"),
            "no-file]: there is no query metrics/incident.sql\n --> metrics.yaml:4:37",
        ),
        (
            beside("  pull: { connection: calls, query: ../secrets.sql }\n"),
            "no-file]: there is no query metrics/../secrets.sql\n --> metrics.yaml:4:37",
        ),
        (
            block("copy t to 'x'"),
            "bad-query]: a query begins with `select`, `with`, `from` or `values`, and this one doesn't",
        ),
        (block("select 1; drop table t"), "bad-query]: a pull asks one query, and a semicolon stands inside of it"),
        (block("select ';'"), "bad-query]: a pull asks one query, and a semicolon stands inside of it"),
        (
            key("since: soon"),
            "bad-value]: `since` is a length of time or a day, and `soon` is neither\n --> metrics.yaml:7:12",
        ),
        (key("since: 2026-02-30"), "bad-date]"),
        (
            key("max_rows: 1000000"),
            "bad-value]: `max_rows` is a number from 1 to 100000, and `1000000` is none\n --> metrics.yaml:7:15",
        ),
        (key("sql: select 2"), "unknown-key]"),
        (
            beside("  file: [a.csv, b.csv]\n  pull: { connection: calls }\n"),
            "bad-value]: a pull fills one export, and this is not the name of one\n --> metrics.yaml:4:9",
        ),
        (
            beside("  file: \"../a.csv\"\n  pull: { connection: calls }\n"),
            "bad-value]: a pull fills one export, and this is not the name of one\n --> metrics.yaml:4:9",
        ),
        (
            format!(
                "{}other:\n  file: incidents.csv\n  pull: {{ connection: calls }}\n",
                beside("  pull: { connection: calls }\n")
            ),
            "contradiction]: two metrics pull metrics/incidents.csv\n --> metrics.yaml:5:1",
        ),
    ] {
        let found = check(book(&[("metrics.yaml", &metrics)]).path());
        assert!(found.contains(told), "{told}\n{metrics}\n{found}");
    }
}

#[test]
fn a_query_in_a_file_is_pointed_at_in_that_file() {
    let found = check(book(&[("metrics/incidents.sql", "-- one\nselect 1;\ndrop table t\n")]).path());
    let told =
        "error[bad-query]: a pull asks one query, and a semicolon stands inside of it\n --> metrics/incidents.sql:2:9";
    assert!(found.contains(told), "{found}");
}

#[test]
fn files_with_the_endings_of_queries_may_hold_anything_where_nobody_names_them() {
    let folder = book(&[]);
    fs::write(folder.path().join("metrics/dump.sql"), b"\xff\xfe old dump of 2019").expect("written");
    let large = fs::File::create(folder.path().join("metrics/large.sql")).expect("made");
    large.set_len(5 << 20).expect("long");
    let found = check(folder.path());
    assert!(!found.contains(".sql"), "{found}");
}

#[test]
fn a_sealed_quarter_keeps_the_query_and_the_receipt_of_what_was_pulled() {
    let folder = book(&[("okrbook.yaml", "organisation: Small\nas_of: 2026-10-20\n")]);
    let (code, told) = said(folder.path(), &["seal", "2026-Q3", "--with-gaps", "--with-errors"]);
    assert_eq!(code, 0, "{told}");
    for name in ["incidents.sql", "incidents.pull.json", "incidents.csv"] {
        let kept = folder.path().join("archive/2026-Q3/data/inputs/metrics").join(name);
        let other = folder.path().join("archive");
        assert!(kept.exists(), "{name} is not in {other:?}: {:?}", crate::support::contents(&other).keys());
    }
    let (code, told) = said(folder.path(), &["verify", "--rebuild"]);
    assert_eq!(code, 0, "{told}");
}

#[cfg(not(feature = "pull"))]
#[test]
fn a_program_that_can_ask_no_engine_says_how_to_get_one_that_can() {
    let (code, told) = said(book(&[]).path(), &["pull", "--list"]);
    assert_eq!(code, 2);
    assert!(told.contains("this okrbook was built without `pull`") && told.contains("--features pull"), "{told}");
}
