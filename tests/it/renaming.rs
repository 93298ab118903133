//! Things that were renamed: earlier addresses lead on, and what was recorded under earlier ids still counts.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{contents, folder_with, run};

const AS_OF: &str = "2026-08-20";
const METRICS: &str = "success: { unit: \"%\", better: higher, source: gateway }\n";
const TEAM: &str = "objectives:
  - id: trust
    title: People trust checkout
    key_results:
      - id: success
        title: Improve checkout success from 94% to 98%
        guardrails: [{ metric: speed, at_most: 4 s }]
      - { id: share, title: Raise the share of returns from 10% to 40%, metric: returns }
";
const REVIEW: &str = "## trust/success\n### Carry forward?\nYes: there is more to win.\n";

/// A book in which a team, metrics and a page are about to be renamed: one quarter is sealed, one locked.
fn book() -> tempfile::TempDir {
    let carrying =
        TEAM.replace("        guardrails", "        carried_from: 2026-Q2/shop/trust/success\n        guardrails");
    let ratio =
        "returns: { unit: \"%\", source: gateway, ratio: { of: { metric: speed }, to: { metric: success } } }\n";
    let book = folder_with(&[
        ("okrbook.yaml", "organisation: Small\nteams: { shop: The shop }\n"),
        ("metrics.yaml", &format!("{METRICS}speed: {{ unit: s, source: gateway }}\n{ratio}")),
        ("metrics/success.csv", "date,value\n2026-04-02,94\n2026-06-29,95\n2026-07-05,95.5\n2026-08-19,96\n"),
        ("metrics/speed.csv", "date,value\n2026-04-02,3\n2026-06-29,3\n2026-07-05,3\n2026-08-19,3\n"),
        ("quarters/2026-Q2/shop.yaml", TEAM),
        ("quarters/2026-Q2/shop.review.md", REVIEW),
        ("quarters/2026-Q3/shop.yaml", &carrying),
        ("pages/scoring.md", "# How we score\n\nHonestly.\n"),
    ]);
    ok(book.path(), "2026-07-02", &["seal", "2026-Q2"]);
    ok(book.path(), "2026-07-03", &["lock", "2026-Q3"]);
    let said = ["--kr", "trust/success", "--confidence", "7", "--note", "it holds"];
    ok(book.path(), "2026-07-10", &[&["checkin", "2026-Q3", "--team", "shop"], &said[..]].concat());
    book
}

fn ok(book: &Path, day: &str, arguments: &[&str]) -> String {
    let book = book.to_str().expect("UTF-8");
    let (code, stdout, stderr) = run(&[&["-C", book, "--as-of", day], arguments].concat());
    assert_eq!(code, 0, "{arguments:?}: {stderr}");
    stdout
}

/// Renames the team, two metrics and the page in the book's settings.
fn rename(book: &Path) {
    let write = |path: &str, text: &str| fs::write(book.join(path), text).expect("written");
    write("okrbook.yaml", "organisation: Small\nteams: { till: { name: The till, aliases: shop } }\n");
    let text = fs::read_to_string(book.join("metrics.yaml")).expect("metrics");
    let text = text
        .replace("success: { unit", "paid: { file: success.csv, aliases: [success], unit")
        .replace("speed: { unit: s", "wait: { aliases: speed, file: speed.csv, unit: s");
    write("metrics.yaml", &text);
    fs::remove_file(book.join("pages/scoring.md")).expect("removed");
    write("pages/grades.md", "---\ntitle: How we grade\naliases: [scoring]\n---\nHonestly.\n");
}

/// Renames the files of the running quarter too.
fn rename_files(book: &Path) {
    let quarter = book.join("quarters/2026-Q3");
    fs::rename(quarter.join("shop.yaml"), quarter.join("till.yaml")).expect("renamed");
}

fn build(book: &Path, base: &[&str]) -> std::path::PathBuf {
    let out = book.join("site");
    ok(book, AS_OF, &[&["build", "-o", out.to_str().expect("UTF-8")], base].concat());
    out
}

fn page(site: &Path, path: &str) -> String {
    fs::read_to_string(site.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Asserts that the page at `from` leads to `link`, and says so to readers, browsers and searches.
fn leads(site: &Path, from: &str, link: &str) {
    let text = page(site, from);
    let refresh = format!("<meta http-equiv=\"refresh\" content=\"0; url={link}\">");
    assert!(text.contains(&refresh), "{from}: {text}");
    assert!(text.contains(&format!("<a href=\"{link}\">")), "{from}: {text}");
    assert!(text.contains("<meta name=\"robots\" content=\"noindex\">"), "{from}");
    assert!(text.contains("Content-Security-Policy"), "{from}");
    assert!(!text.contains("<script"), "{from}");
    let folder = site.join(from).parent().expect("a folder").to_path_buf();
    assert!(folder.join(link).is_file(), "{from} leads to {link}, which is not there");
}

#[test]
fn earlier_addresses_lead_to_todays() {
    let book = book();
    rename(book.path());
    rename_files(book.path());
    let site = build(book.path(), &[]);
    leads(&site, "teams/shop.html", "../teams/till.html");
    leads(&site, "2026-Q3/shop.html", "../2026-Q3/till.html");
    leads(&site, "2026-Q3/shop.packet.html", "../2026-Q3/till.packet.html");
    leads(&site, "metrics/success.html", "../metrics/paid.html");
    leads(&site, "pages/scoring.html", "../pages/grades.html");
    assert!(page(&site, "pages/scoring.html").contains("<link rel=\"canonical\" href=\"../pages/grades.html\">"));
    assert_eq!(page(&site, "metrics/success.csv"), page(&site, "metrics/paid.csv"));
    // The sealed quarter keeps the address and the bytes under which it was sealed.
    let sealed = page(&book.path().join("archive/2026-Q2/data/site"), "2026-Q2/shop.html");
    assert_eq!(page(&site, "2026-Q2/shop.html"), sealed);
    assert!(!site.join("2026-Q2/till.html").exists());
    every_link_leads_somewhere(&site);
}

#[test]
fn searches_are_told_todays_addresses_alone() {
    let book = book();
    rename(book.path());
    rename_files(book.path());
    let site = build(book.path(), &["--base-url", "https://okr.example/a"]);
    let canonical = "<link rel=\"canonical\" href=\"https://okr.example/a/teams/till.html\">";
    assert!(page(&site, "teams/shop.html").contains(canonical), "{}", page(&site, "teams/shop.html"));
    let sitemap = page(&site, "sitemap.xml");
    for (path, is_there) in [
        ("teams/till.html", true),
        ("2026-Q3/till.html", true),
        ("2026-Q2/shop.html", true),
        ("metrics/paid.html", true),
        ("teams/shop.html", false),
        ("2026-Q3/shop.html", false),
        ("metrics/success.html", false),
        ("pages/scoring.html", false),
    ] {
        assert_eq!(sitemap.contains(&format!("/{path}<")), is_there, "{path}: {sitemap}");
    }
}

#[test]
fn a_renamed_team_keeps_its_quarters_its_lock_and_its_check_ins() {
    let book = book();
    let before = ok(book.path(), AS_OF, &["check", "--format", "short"]);
    rename(book.path());
    for is_quarter_renamed in [false, true] {
        if is_quarter_renamed {
            rename_files(book.path());
        }
        let id = if is_quarter_renamed { "till" } else { "shop" };
        let found = ok(book.path(), AS_OF, &["check", "--format", "short"]);
        let codes = |text: &str| -> Vec<String> {
            text.lines().map(|line| line.split(": ").nth(1).unwrap_or_default().to_owned()).collect()
        };
        assert_eq!(codes(&found), codes(&before), "{found}");
        let site = build(book.path(), &[]);
        let team = page(&site, "teams/till.html");
        assert!(team.contains("../2026-Q2/shop.html"), "{team}");
        assert!(team.contains(&format!("../2026-Q3/{id}.html")), "{team}");
        let card = page(&site, &format!("2026-Q3/{id}.html"));
        assert!(card.contains("../2026-Q2/shop.html#trust/success"), "the lineage");
        assert!(card.contains("it holds"), "the check-in: {card}");
        assert!(card.contains("ommitted on 3"), "the lock: {card}");
        assert!(card.contains("The till") && card.contains("../metrics/paid.html"), "{card}");
        every_link_leads_somewhere(&site);
    }
}

#[test]
fn a_rename_alone_is_nothing_to_amend_and_an_amendment_goes_to_the_teams_own_record() {
    let book = book();
    rename(book.path());
    rename_files(book.path());
    let amend = |day: &str| {
        let root = book.path().to_str().expect("UTF-8");
        run(&[
            "-C",
            root,
            "--as-of",
            day,
            "lock",
            "2026-Q3",
            "--amend",
            "till/trust/success",
            "--because",
            "We know more",
        ])
    };
    let (code, _, stderr) = amend(AS_OF);
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("nothing"), "{stderr}");
    let file = "quarters/2026-Q3/till.yaml";
    let text = page(book.path(), file).replace("to 98%", "to 97%");
    fs::write(book.path().join(file), text).expect("written");
    let (code, _, stderr) = amend(AS_OF);
    assert_eq!(code, 0, "{stderr}");
    let lock = page(book.path(), "quarters/2026-Q3/lock.yaml");
    assert!(lock.contains("\n  shop:\n") && !lock.contains("till:"), "{lock}");
    let found = ok(book.path(), AS_OF, &["check", "--format", "short"]);
    assert!(!found.contains("edited-lock") && !found.contains("moved-goalpost"), "{found}");
}

#[test]
fn a_renamed_team_starts_its_next_quarter_with_what_it_carries() {
    let book = book();
    fs::write(book.path().join("quarters/2026-Q3/shop.review.md"), REVIEW).expect("written");
    rename(book.path());
    let before: BTreeSet<_> = contents(book.path()).into_keys().collect();
    ok(book.path(), "2026-10-02", &["start", "2026-Q4", "--team", "shop"]);
    let after: BTreeSet<_> = contents(book.path()).into_keys().collect();
    let new: Vec<String> = after.difference(&before).map(|path| path.display().to_string()).collect();
    assert_eq!(new, ["quarters/2026-Q4/index.md", "quarters/2026-Q4/till.yaml"]);
    let text = page(book.path(), "quarters/2026-Q4/till.yaml");
    assert!(text.contains("carried_from: 2026-Q3/shop/trust/success"), "{text}");
    assert!(text.contains("metric: wait") && text.contains("metric: paid"), "{text}");
    let found = ok(book.path(), "2026-10-02", &["check", "--format", "short"]);
    assert!(!found.contains("lost-carry-forward") && !found.contains("unknown"), "{found}");
}

fn every_link_leads_somewhere(site: &Path) {
    let files = contents(site);
    for (path, bytes) in files.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "html")) {
        let text = String::from_utf8_lossy(bytes);
        for link in text.split(" href=\"").skip(1).filter_map(|rest| rest.split(['"', '#']).next()) {
            let is_outside = link.is_empty() || link.contains("://");
            let target = site.join(path).parent().expect("a folder").join(link);
            assert!(is_outside || target.is_file(), "{} links to {link}, which is not there", path.display());
        }
    }
}
