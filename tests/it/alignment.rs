//! What objectives support, over cycles, and the page that shows it from the top down.

use std::fs;

use crate::support::{folder_with, run};

const YEAR: &str = "objectives:
  - id: trust
    title: Customers trust us
    outcome: Fewer customers leave
    key_results:
      - { id: churn, title: \"Reduce monthly churn from 3% to 2%\", metric: churn }
  - id: grow
    title: We grow in the north
    outcome: More revenue
    key_results: []
";

const COMPANY: &str = "objectives:
  - id: calm
    title: Nobody notices our releases
    supports: 2026/company/trust/churn
    outcome: Fewer customers leave
    key_results: []
";

const SHOP: &str = "objectives:
  - id: fast
    title: The shop answers at once
    supports: [company/calm, 2026/company/trust]
    key_results: []
  - id: alone
    title: Reports without questions
    key_results: []
";

fn book(shop: &str) -> tempfile::TempDir {
    folder_with(&[
        ("okrbook.yaml", "organisation: X\nas_of: 2026-09-01\n"),
        ("metrics.yaml", "churn: { source: billing }\n"),
        ("metrics/churn.csv", "date,churn\n2026-01-31,3%\n2026-08-31,2.5%\n"),
        ("quarters/2026/company.yaml", YEAR),
        ("quarters/2026-Q3/company.yaml", COMPANY),
        ("quarters/2026-Q3/shop.yaml", shop),
    ])
}

/// Returns a page of a book's site without its tags.
fn text_of(folder: &tempfile::TempDir, path: &str) -> String {
    let (at, site) = (folder.path().to_str().expect("UTF-8"), folder.path().join("site"));
    let (code, _, said) = run(&["build", at, "-o", site.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{said}");
    let page = fs::read_to_string(site.join(path)).expect("the page is there");
    let main = page.split_once("<main").map_or(page.as_str(), |(_, main)| main);
    let mut text = String::new();
    for part in main.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, text)| text));
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn goals_of_a_year_stand_above_those_of_its_quarters_that_support_them() {
    let folder = book(SHOP);
    let alignment = text_of(&folder, "alignment.html");
    let order = [
        "Customers trust us Company, 2026",
        "Nobody notices our releases Company, 2026-Q3, through “Reduce monthly churn from 3% to 2%”",
        "The shop answers at once Shop, 2026-Q3",
        "The shop answers at once Shop, 2026-Q3",
        "Supported by nobody",
        "We grow in the north Company, 2026",
        "Supports nothing",
        "Reports without questions Shop, 2026-Q3",
    ];
    let mut rest = alignment.as_str();
    for text in order {
        let found = rest.split_once(text);
        rest = found.unwrap_or_else(|| panic!("`{text}` is missing in its place: {alignment}")).1;
    }
    let year = text_of(&folder, "2026/company.html");
    assert!(year.contains("Supported by Shop, 2026-Q3: The shop answers at once"), "the objective: {year}");
    assert!(year.contains("Supported by Company, 2026-Q3: Nobody notices our releases"), "the key result: {year}");
    let shop = text_of(&folder, "2026-Q3/shop.html");
    assert!(shop.contains("Supports Company: Nobody notices our releases Company, 2026: Customers trust us"), "{shop}");
}

#[test]
fn a_book_in_which_nothing_supports_anything_has_no_such_page() {
    let folder = folder_with(&[
        ("okrbook.yaml", "organisation: X\nas_of: 2026-09-01\n"),
        (
            "quarters/2026-Q3/company.yaml",
            "objectives:\n  - id: calm\n    title: Nobody notices us\n    key_results: []\n",
        ),
    ]);
    let overview = text_of(&folder, "index.html");
    assert!(!folder.path().join("site/alignment.html").exists(), "{overview}");
    let page = fs::read_to_string(folder.path().join("site/index.html")).expect("built");
    assert!(!page.contains("alignment.html"), "{page}");
}

#[test]
fn references_that_lead_nowhere_or_in_a_circle_are_told_all_in_one_run() {
    let folder = book(
        "objectives:
  - id: a
    title: A
    supports: shop/b
    key_results: []
  - id: b
    title: B
    supports: [shop/c, 2026/company/trusty, 2025-Q1/company/trust, v4/company/trust/x, company/calm/error, company]
    key_results: []
  - id: c
    title: C
    supports: [shop/a, shop/c, 2026/company/grow]
    key_results: []
",
    );
    let (_, _, said) = run(&["check", "-C", folder.path().to_str().expect("UTF-8")]);
    for told in [
        "support each other in a circle: 2026-Q3/shop/a, 2026-Q3/shop/b, 2026-Q3/shop/c",
        "an objective can't support itself",
        "2026 has no objective `company/trusty`",
        "write `2026/company/trust`",
        "2025-Q1 has no day in common with 2026-Q3",
        "`v4` is no cycle of this book",
        "2026-Q3 has no key result `company/calm/error`",
        "`company` names no objective",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert_eq!(said.matches("in a circle").count(), 1, "{said}");
    // What is left leads somewhere, so the book can be shown.
    let (at, site) = (folder.path().to_str().expect("UTF-8"), folder.path().join("site"));
    run(&["build", at, "-o", site.to_str().expect("UTF-8")]);
}
