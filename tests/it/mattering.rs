//! "Did it matter?": the picture of key results above their outcome, and what its sentence says.

use std::fs;

use crate::support::{folder_with, run};

/// A shop with two key results that are reached, and an outcome of one value a month.
fn team(more: &str) -> String {
    format!(
        "objectives:
  - id: pay
    title: Paying takes a moment
    outcome: More orders
    outcome_metric: orders
{more}    key_results:
      - {{ id: page, title: \"Reduce page load from 3.2s to 2s\", metric: page }}
      - {{ id: errors, title: \"Reduce payment errors from 8% to 2%\", metric: errors }}
      - {{ id: slots, title: \"No more than 5 slots are lost in a day\", metric: slots }}
"
    )
}

const METRICS: &str = "page: { title: Page load, source: RUM, unit: s }
errors: { title: Payment errors, source: gateway, unit: \"%\" }
slots: { title: Lost slots, source: planner }
orders: { title: Visits that end in an order, source: web, unit: \"%\", fresh_within: 45 days, BETTER }
";

const PAGE: &str = "date,page\n2026-03-30,3.2\n2026-04-13,3.1\n2026-05-11,2.4\n2026-06-29,1.9\n";
const ERRORS: &str = "date,errors\n2026-03-30,8\n2026-05-11,4\n2026-06-29,2.5\n";
const SLOTS: &str = "date,slots\n2026-04-30,2\n2026-06-30,3\n";
const FLAT: &str = "date,orders\n2025-08-31,2.79\n2025-09-30,2.80\n2025-10-31,2.81\n2025-11-30,2.79\n2025-12-31,2.80\n\
                    2026-01-31,2.82\n2026-02-28,2.80\n2026-03-31,2.80\n2026-04-30,2.81\n2026-05-31,2.79\n2026-06-30,2.80\n";

/// Returns the text under the picture's name on the team's page, with the page.
fn told(team: &str, orders: &str, better: &str, as_of: &str) -> (String, String) {
    let book = folder_with(&[
        ("okrbook.yaml", &format!("organisation: X\nas_of: {as_of}\n")),
        ("metrics.yaml", &METRICS.replace("BETTER", better)),
        ("metrics/page.csv", PAGE),
        ("metrics/errors.csv", ERRORS),
        ("metrics/slots.csv", SLOTS),
        ("metrics/orders.csv", orders),
        ("quarters/2026-Q2/shop.yaml", team),
    ]);
    let (at, site) = (book.path().to_str().expect("UTF-8"), book.path().join("site"));
    let (code, _, said) = run(&["build", at, "-o", site.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{said}");
    let page = fs::read_to_string(site.join("2026-Q2/shop.html")).expect("the page is there");
    let sentence = page.split_once("<strong>Did it matter?</strong> ").and_then(|(_, rest)| rest.split_once("</p>"));
    (sentence.map(|(sentence, _)| sentence.replace('\u{a0}', " ")).unwrap_or_default(), page)
}

fn sentence(team: &str, orders: &str, better: &str, as_of: &str) -> String {
    told(team, orders, better, as_of).0
}

#[test]
fn theatre_is_seen_as_rising_lines_above_a_flat_one_in_its_band() {
    let (sentence, page) = told(&team(""), FLAT, "better: higher", "2026-07-10");
    assert_eq!(
        sentence,
        "3 of 3 key results reached 0.7 or more. Visits that end in an order stayed at 2.8 %, within its usual range: no \
         movement is shown."
    );
    let picture = page.split_once("class=\"chart matter\"").expect("a picture").1;
    let picture = picture.split_once("</figure>").expect("its end").0;
    assert!(picture.contains("class=\"usual\"") && picture.matches("class=\"lever\"").count() == 1, "{picture}");
    // What is held has no way to go, and keeps its number.
    assert!(picture.contains("<figcaption>1\u{a0}Page load · 2\u{a0}Payment errors</figcaption>"), "{picture}");
    assert!(picture.contains("last 1 at 108 %, 2 at 91 %."), "{picture}");
}

#[test]
fn an_outcome_that_moved_is_said_to_have_moved_either_way() {
    let to = |last: &str| FLAT.replace("2026-06-30,2.80", &format!("2026-06-30,{last}"));
    let moved = sentence(&team(""), &to("3.4"), "better: higher", "2026-07-10");
    assert!(moved.ends_with("moved, from 2.8 % to 3.4 %: by more than it usually changes."), "{moved}");
    let back = sentence(&team(""), &to("2.4"), "better: higher", "2026-07-10");
    assert!(back.ends_with("moved the other way, from 2.8 % to 2.4 %, by more than it usually changes."), "{back}");
}

#[test]
fn what_can_not_be_told_is_not_told() {
    let short = "date,orders\n2026-03-31,2.80\n2026-06-30,3.2\n";
    let little = sentence(&team(""), short, "better: higher", "2026-07-10");
    assert!(little.ends_with("2.8 % to 3.2 %; there is too little data to say whether that is usual."), "{little}");
    let no_way = sentence(&team(""), FLAT, "decimal: \".\"", "2026-07-10");
    assert!(no_way.ends_with("stayed at 2.8 %; which way is good is not stated."), "{no_way}");
    let lag = team("    outcome_lag: 60 days\n");
    let awaited = sentence(&lag, FLAT, "better: higher", "2026-07-10");
    assert!(awaited.ends_with("is at 2.8 %; the effect is awaited until 29 August 2026."), "{awaited}");
    let early = sentence(&team(""), FLAT, "better: higher", "2026-04-20");
    assert!(early.ends_with("is at 2.8 %; it is too early to tell whether it moves."), "{early}");
    let none = sentence(&team(""), "date,orders\n2026-05-31,2.8\n", "better: higher", "2026-07-10");
    assert!(none.ends_with("is at 2.8 %; there is no value before the quarter to compare it with."), "{none}");
}

#[test]
fn an_objective_without_a_measured_outcome_has_no_picture() {
    let without = team("").replace("    outcome_metric: orders\n", "");
    let (sentence, page) = told(&without, FLAT, "better: higher", "2026-07-10");
    assert_eq!(sentence, "");
    assert!(!page.contains("class=\"chart matter\""));
}
