//! Findings on the site: each stands at what it is about, and leads there from the checks page.

use std::fs;

use okrbook::check::rules;

use crate::support::{folder_with, run};

const TEAM: &str = "objectives:
  - id: trust
    title: People trust checkout
    outcome: Reduce churn
    lever: Improve reliability
    changes: No roadmap work until checkout is stable
    key_results:
      - page: Ship the payment page by the end of August
      # okrbook-allow(milestone): the law asks for it
      - report: Ship the yearly report by the end of September
      - id: success
        title: Improve checkout success from 94% to 98%
        colour: red
      - id: speed
        title: Reduce checkout time from 9 s to 3 s
    weigth: 2
";
const METRICS: &str = "success:
  source: Payment gateway
  file: success.csv
  unit: \"%\"
speed:
  source: Browsers
  file: speed.csv
  unit: s
  colour: blue
";
const REVIEW: &str = "The quarter.

## trust/speed
### What worked
Caching.

## trust/speed
### What didn't
Nothing.
";

/// Returns the site of a book with a finding of each kind of place, by path.
fn site() -> (tempfile::TempDir, impl Fn(&str) -> String) {
    let folder = folder_with(&[
        ("okrbook.yaml", "organisation: Small\nas_of: 2026-08-20\ncheks: {}\n"),
        ("metrics.yaml", METRICS),
        ("metrics/success.csv", "date,value\n2026-07-01,94.5\n2026-07-09,soon\n2026-08-20,96.8\n"),
        ("metrics/speed.csv", "date,value\n2026-07-01,9\n2026-08-20,5\n"),
        ("quarters/2026-Q3/shop.yaml", TEAM),
        ("quarters/2026-Q3/shop.review.md", REVIEW),
    ]);
    let (code, _, stderr) = run(&["build", folder.path().to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{stderr}");
    let root = folder.path().join("site");
    (folder, move |path: &str| fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}")))
}

/// Returns a key result's card.
fn card<'a>(page: &'a str, id: &str) -> &'a str {
    let start = page.find(&format!("<article class=\"kr\" id=\"{id}\"")).expect("a card");
    &page[start..start + page[start..].find("</article>").expect("its end")]
}

#[test]
fn a_finding_stands_on_the_card_of_what_it_is_about() {
    let (_folder, page) = site();
    let team = page("2026-Q3/shop.html");
    for (id, messages) in [
        ("trust/page", vec!["is a thing to be delivered", "not measurable", "easy to game"]),
        ("trust/report", vec!["is a thing to be delivered", "Allowed: the law asks for it"]),
        // In its entry, and in a cell of its metric's export.
        ("trust/success", vec!["has no key <code>colour</code>", "is not a number"]),
        // In its metric's definition, and in its section of the review.
        ("trust/speed", vec!["has no key <code>colour</code>", "has a second section"]),
    ] {
        let card = card(&team, id);
        for message in messages {
            assert!(card.contains(message), "{id}: no {message:?} in {card}");
        }
    }
    assert!(!card(&team, "trust/success").contains("second section"));
    assert!(!card(&team, "trust/speed").contains("is not a number"));
    let header = &team[team.find("id=\"h-trust\"").expect("an objective")..];
    let header = &header[..header.find("</header>").expect("its end")];
    assert!(header.contains("<code>weigth</code>"), "{header}");
}

#[test]
fn the_checks_page_leads_to_each_place_and_lists_what_is_allowed() {
    let (_folder, page) = site();
    let checks = page("checks.html");
    let (said, allowed) = checks.split_once("id=\"allowed\"").expect("allowed findings");
    assert!(said.contains("href=\"2026-Q3/shop.html#trust/page\""), "{said}");
    assert!(!said.contains("<mark>Ship the yearly report</mark>"));
    assert!(allowed.contains("href=\"2026-Q3/shop.html#trust/report\"") && allowed.contains("the law asks for it"));
    assert!(said.contains("<mark>Ship the payment page</mark>"), "the words that the finding marks are marked");
    assert!(said.contains("metrics/success.csv:3") && said.contains("href=\"metrics/success.html\""));
    assert!(said.contains("<code>cheks</code>"), "what belongs to no quarter stands there too");
}

#[test]
fn every_rule_has_a_page_with_its_texts_and_its_findings() {
    let (_folder, page) = site();
    for rule in rules() {
        let text = page(&format!("checks/{}.html", rule.code));
        for id in ["why", "example", "instead", "silent", "setting", "found"] {
            assert!(text.contains(&format!("id=\"{id}\"")), "{}: no {id}", rule.code);
        }
        assert!(page("checks.html").contains(&format!("href=\"checks/{}.html\"", rule.code)));
    }
    assert!(page("checks/milestone.html").contains("href=\"../2026-Q3/shop.html#trust/page\""));
}

#[test]
fn the_overview_says_how_well_each_team_words_its_key_results() {
    let (_folder, page) = site();
    let index = page("index.html");
    assert!(index.contains("2 of 4 measurable and hard to game"), "{index}");
}
