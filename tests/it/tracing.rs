//! `okrbook trace`: how a number came about, on one screen.

use crate::support::{folder_with, root, run};

fn traced(name: &str) -> String {
    let book = root().join("content");
    let (code, printed, stderr) = run(&["trace", "-C", book.to_str().expect("UTF-8"), "--as-of", "2026-11-20", name]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{name}");
    printed.replace('\u{a0}', " ")
}

#[test]
fn a_key_result_is_traced_from_its_status_to_its_export() {
    let printed = traced("checkout/slots/slot-abandon");
    for said in [
        "checkout/slots/slot-abandon  Reduce baskets left at the slot step from 25.4% to 18%",
        "2026-Q4",
        "way",
        "on track: ",
        "metrics/shop-funnel.csv",
        "(stated)",
        "(the only one)",
        "sha256",
        "metric slot-abandon",
    ] {
        assert!(printed.contains(said), "{said}\n{printed}");
    }
    assert!(printed.lines().count() <= 40, "it is a screen:\n{printed}");
    assert!(printed.lines().all(|line| line.chars().count() <= 100), "{printed}");
}

#[test]
fn a_metric_is_traced_with_what_its_silence_means() {
    let printed = traced("p1-incidents");
    assert!(printed.contains("Severity is P1") && printed.contains("up to 20 November 2026"), "{printed}");
}

#[test]
fn an_export_that_both_parts_of_a_ratio_read_is_told_with_the_rows_of_each() {
    let rows = "2026-07-01,Good\n2026-07-02,Bad\n2026-07-03,Good\n2026-07-04,\n";
    let part = |texts: &str| format!("{{ file: votes.csv, where: {{ vote: {texts} }}, count: rows }}");
    let (good, rated) = (part("Good"), part("[Good, Bad]"));
    let ratio = "happy: { unit: \"%\", ratio: { of: { metric: good }, to: { metric: rated } } }";
    let folder = folder_with(&[
        ("okrbook.yaml", "organisation: X\nas_of: 2026-08-01\n"),
        ("metrics.yaml", &format!("good: {good}\nrated: {rated}\n{ratio}\n")),
        ("metrics/votes.csv", &format!("day,vote\n{rows}")),
        (
            "quarters/2026-Q3/shop.yaml",
            "objectives:\n  - id: o\n    title: People are happy\n    key_results:\n      - happy: Raise satisfaction from 50% to 80%\n",
        ),
    ]);
    let (_, printed, _) = run(&["trace", "-C", folder.path().to_str().expect("UTF-8"), "shop/o/happy"]);
    let used: Vec<&str> = printed.lines().filter(|line| line.contains("rows used")).map(str::trim).collect();
    assert_eq!(
        used,
        ["rows     4 rows in it, 2 rows used (lines 2 to 4)", "rows     4 rows in it, 3 rows used (lines 2 to 4)"]
    );
}

#[test]
fn a_name_that_is_none_is_told_with_the_nearest() {
    let book = root().join("content");
    let (code, _, stderr) = run(&["trace", "-C", book.to_str().expect("UTF-8"), "chekout/slots/slot-abandon"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("did you mean `okrbook trace checkout/slots/slot-abandon`?"), "{stderr}");
}
