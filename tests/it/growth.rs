//! Books that are large in one direction, from text to findings and pages.

use std::fmt::Write as _;
use std::fs;

use okrbook::Clock;

use crate::support::{folder_with, run};

const SETTINGS: &str = "organisation: Northwind\nas_of: 2026-12-31\n";

/// Returns the findings of a code in a book of these files.
fn findings(files: &[(String, String)], code: &str) -> Vec<okrbook::diag::Diagnostic> {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = folder_with(&files);
    let opened = okrbook::open(folder.path(), &Clock { flag: None, epoch: None, now: 0 }).expect("readable");
    opened.diagnostics.into_iter().filter(|found| found.code == code).collect()
}

fn team(key_results: &str) -> String {
    format!("objectives:\n  - id: trust\n    title: People trust us\n    key_results:\n{key_results}")
}

#[test]
fn a_key_result_that_is_carried_over_hundreds_of_quarters_is_told_with_its_latest_grades() {
    let quarter = |place: usize| format!("{}-Q{}", 1900 + place / 4, place % 4 + 1);
    let mut files = vec![("okrbook.yaml".to_owned(), SETTINGS.to_owned())];
    for place in 0..500 {
        let from =
            if place == 0 { String::new() } else { format!(", carried_from: {}/shop/trust/ship", quarter(place - 1)) };
        let rows = team(&format!("      - {{ id: ship, title: Ship it{from} }}\n"));
        files.push((format!("quarters/{}/shop.yaml", quarter(place)), rows));
    }
    let found = findings(&files, "carried-again");
    assert_eq!(found.len(), 498);
    let messages: Vec<&str> = found.iter().map(|found| &*found.message).collect();
    assert_eq!(messages[0], "this is the third quarter of this key result");
    assert_eq!(messages[497], "this is the 500th quarter of this key result");
    assert!(found[497].label.starts_with("…, 0.0 in 2022-Q4, "), "{}", found[497].label);
    assert_eq!(found[497].related.len(), 8);
}

#[test]
fn promises_that_the_next_quarter_keeps_and_forgets_are_told_apart_among_thousands() {
    const COUNT: usize = 2000;
    let (mut before, mut review, mut after) = (String::new(), String::new(), String::new());
    for place in 0..COUNT {
        let _ = writeln!(before, "      - k{place}: Ship it");
        let _ = write!(review, "## trust/k{place}\n\n### Carry forward?\nYes: it is needed.\n\n");
        if place % 2 == 0 {
            let _ = writeln!(
                after,
                "      - {{ id: k{place}, title: Ship it, carried_from: 2026-Q3/shop/trust/k{place} }}"
            );
        }
    }
    let files = [
        ("okrbook.yaml", SETTINGS.to_owned()),
        ("quarters/2026-Q3/shop.yaml", team(&before)),
        ("quarters/2026-Q3/shop.review.md", review),
        ("quarters/2026-Q4/shop.yaml", team(&after)),
    ]
    .map(|(path, text)| (path.to_owned(), text));
    assert_eq!(findings(&files, "lost-carry-forward").len(), COUNT / 2);
}

#[test]
fn objectives_whose_outcome_another_one_names_are_told_apart_among_thousands() {
    const COUNT: usize = 3000;
    let mut text = "objectives:\n".to_owned();
    for place in 0..COUNT {
        let supports = (place + 2) % COUNT;
        let outcome = if place % 2 == 0 { "\n    outcome: Reduce churn" } else { "" };
        let _ = write!(
            text,
            "  - id: o{place}\n    title: People trust us\n    lever: Do\n    supports: shop/o{supports}{outcome}\n"
        );
    }
    let files = [("okrbook.yaml", SETTINGS.to_owned()), ("quarters/2026-Q3/shop.yaml", text)];
    let files = files.map(|(path, text)| (path.to_owned(), text));
    assert_eq!(findings(&files, "no-outcome").len(), COUNT / 2);
}

#[test]
fn pages_beyond_the_navigation_are_published_and_not_named_on_every_page() {
    let mut files = vec![("okrbook.yaml".to_owned(), SETTINGS.to_owned())];
    files.extend((0..120).map(|place| (format!("pages/p{place:03}.md"), format!("# Page {place}\n"))));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (folder, out) = (folder_with(&files), tempfile::tempdir().expect("a folder"));
    let site = out.path().join("site");
    let paths = [folder.path(), &site].map(|path| path.to_str().expect("UTF-8").to_owned());
    let (code, _, stderr) = run(&["build", "-v", &paths[0], "-o", &paths[1]]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("the navigation names 100 pages, and this one and 19 more are left out of it"), "{stderr}");
    assert!(site.join("pages/p119.html").exists());
    let index = fs::read_to_string(site.join("index.html")).expect("readable");
    assert!(index.contains("p099.html") && !index.contains("p100.html"));
}

#[test]
fn hundreds_of_teams_are_locked_and_check_in_at_once() {
    const COUNT: usize = 300;
    let rows: String = (0..COUNT).map(|place| format!("      - k{place}: Ship it\n")).collect();
    let paths: Vec<String> = (0..COUNT).map(|place| format!("quarters/2026-Q4/t{place}.yaml")).collect();
    let (few, many) = (team("      - ship: Ship it\n"), team(&rows));
    let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), few.as_str())).collect();
    files.extend([("okrbook.yaml", SETTINGS), ("quarters/2026-Q4/shop.yaml", &many)]);
    let folder = folder_with(&files);
    let path = folder.path().to_str().expect("UTF-8");
    let (code, _, stderr) = run(&["-C", path, "lock", "2026-Q4"]);
    assert_eq!(code, 0, "{stderr}");
    let lock = fs::read_to_string(folder.path().join("quarters/2026-Q4/lock.yaml")).expect("readable");
    assert_eq!(lock.matches("    digest: ").count(), COUNT + 1);
    assert!(lock.find("  shop:\n") < lock.find("  t0:\n") && lock.find("  t10:\n") < lock.find("  t2:\n"));
    let (code, _, stderr) = run(&["-C", path, "checkin", "--all"]);
    assert_eq!(code, 0, "{stderr}");
    let text =
        fs::read_to_string(folder.path().join("quarters/2026-Q4/checkins/2026-12-31.shop.yaml")).expect("readable");
    assert_eq!(text.matches("\ntrust/k").count(), COUNT);
}
