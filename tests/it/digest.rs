//! `okrbook digest` as somebody posts it: each form, the day it tells from, and titles that mean no good.

use std::fs;

use crate::support::{folder_with, run};

const SETTINGS: &str = "organisation: Northwind
as_of: 2026-09-01
base_url: https://okr.example/
people: { ana: Ana Ruiz }
teams: { shop: { name: The shop, lead: Cem }, web: Web }
scoring: { stale_after: 21 days }
";

const SHOP: &str = "objectives:
  - id: fast
    title: The shop answers at once
    outcome: Fewer customers leave
    lever: Faster pages
    changes: Nothing else is begun
    key_results:
      - { id: errors, title: \"Reduce errors & <!channel> from 50 to 30\", metric: errors, owners: [ana] }
      - { id: baskets, title: \"Reduce lost baskets from 9% to 5%\", metric: baskets }
      - { id: orders, title: \"Raise filled orders from 90% to 98%\", metric: orders, guardrails: [{ metric: errors, below: 45 }] }
";

const WEB: &str = "objectives:
  - id: seen
    title: People find us
    outcome: More customers come
    lever: Better pages
    changes: Nothing else is begun
    key_results:
      - { id: found, title: \"Raise found pages from 10% to 20%\", metric: found }
";

const METRICS: &str = "errors: { source: logs, aggregate: last }
baskets: { source: shop, owner: web, unit: \"%\" }
orders: { source: shop, unit: \"%\" }
found: { source: search, unit: \"%\" }
";

fn book(extra: &[(&str, &str)]) -> tempfile::TempDir {
    let files = [
        ("okrbook.yaml", SETTINGS),
        ("metrics.yaml", METRICS),
        ("quarters/2026-Q3/shop.yaml", SHOP),
        ("quarters/2026-Q3/web.yaml", WEB),
        ("metrics/errors.csv", "date,value\n2026-06-30,50\n2026-08-10,36\n2026-08-31,48\n"),
        ("metrics/baskets.csv", "date,value\n2026-06-30,9\n2026-07-20,8\n"),
        ("metrics/orders.csv", "date,value\n2026-06-30,90\n2026-08-10,91\n2026-08-31,95\n"),
        ("metrics/found.csv", "date,value\n2026-06-30,10\n2026-08-10,14\n2026-08-31,14\n"),
    ];
    let folder = folder_with(&files);
    for (path, text) in extra {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("folders");
        fs::write(path, text).expect("written");
    }
    folder
}

fn digest(folder: &tempfile::TempDir, arguments: &[&str]) -> (i32, String, String) {
    let at = folder.path().to_str().expect("UTF-8");
    run(&[&["digest", "-C", at][..], arguments].concat())
}

fn said(folder: &tempfile::TempDir, arguments: &[&str]) -> String {
    let (code, out, error) = digest(folder, arguments);
    assert_eq!(code, 0, "{out}{error}");
    out.replace('\u{a0}', " ")
}

#[test]
fn a_digest_tells_what_changed_what_is_stale_and_whose_and_what_is_to_decide() {
    let text = said(&book(&[]), &["--since", "2026-08-10"]);
    assert_eq!(text, said(&book(&[]), &["--since", "2026-08-10"]), "the same book says the same");
    insta::assert_snapshot!(text);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn a_digest_tells_from_the_last_check_in_and_what_was_noted_since() {
    let checked =
        ("quarters/2026-Q3/checkins/2026-08-05.shop.yaml", "fast/errors: { confidence: 7, score: \"0.9\" }\n");
    let later = (
        "quarters/2026-Q3/checkins/2026-08-20.shop.yaml",
        "fast/errors: { confidence: 3, note: the bank <@U1> refuses, by: Ana }\n",
    );
    let noted = said(&book(&[checked]), &["--format", "markdown"]);
    assert!(noted.contains("Changed since 5 August 2026"), "{noted}");
    assert!(noted.contains("0.9 → 0.1"), "what was recorded on the day goes before what is computed today: {noted}");
    let both = book(&[checked, later]);
    assert!(said(&both, &[]).contains("Changed since 20 August 2026"));
    let since = said(&both, &["--since", "2026-08-05"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(since.contains("Confidence 3 of 10 on 20 August 2026: the bank <@U1> refuses (Ana)"), "{since}");
    assert!(said(&book(&[]), &[]).contains("Changed since 25 August 2026"), "without check-ins a week");
}

#[test]
fn no_form_lets_a_title_mention_anybody_or_load_anything() {
    let folder = book(&[]);
    let of = |form: &str| said(&folder, &["--since", "2026-08-10", "--format", form]);
    let slack = of("slack");
    assert!(slack.contains("&amp; &lt;!channel&gt;") && !slack.contains("<!"), "{slack}");
    assert!(slack.contains("• <https://okr.example/2026-Q3/shop.html#fast/errors|"), "{slack}");
    let html = of("html");
    assert!(html.contains("&amp; &lt;!channel&gt;") && !html.contains("<!"), "{html}");
    for loaded in ["src=", "url(", "<link", "<style", "<script", "<img"] {
        assert!(!html.contains(loaded), "{loaded}: {html}");
    }
    assert!(html.contains("<a href=\"https://okr.example/2026-Q3/shop.html#fast/errors\">"), "{html}");
    let markdown = of("markdown");
    assert!(
        !markdown.contains("<!") && markdown.contains("](<https://okr.example/2026-Q3/shop.html#fast/errors>)"),
        "{markdown}"
    );
}

#[test]
fn a_digest_of_nothing_is_one_line() {
    let folder = folder_with(&[("okrbook.yaml", "organisation: X\nas_of: 2026-09-01\n")]);
    assert_eq!(said(&folder, &[]), "Nothing changed since 25 August 2026, nothing waits, nothing is to decide.\n");
}

#[test]
fn a_day_that_is_not_before_the_book_s_own_is_refused_with_what_to_do() {
    let (code, _, error) = digest(&book(&[]), &["--since", "2026-09-01"]);
    assert_eq!(code, 2);
    assert!(error.contains("nothing can have changed since 2026-09-01") && error.contains("--as-of"), "{error}");
}
