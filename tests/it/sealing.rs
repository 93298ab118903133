//! Sealed quarters: made whole or not at all, published from their frozen bytes for ever, and every change is named.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{contents, folder_with, run};

const QUARTER: &str = "2026-Q3";
const OVER: &str = "2026-10-05";

/// A book with two quarters, of which the first is over; a key result of the second carries one of the first on.
pub(crate) const BOOK: &[(&str, &str)] = &[
    ("okrbook.yaml", "organisation: Small\nteams:\n  shop: { name: The shop, lead: Ana }\n"),
    (
        "quarters/2026-Q3/shop.yaml",
        "objectives:
  - id: trust
    title: People trust checkout
    outcome: Reduce churn
    lever: Improve reliability
    key_results:
      - success: Improve checkout success from 94% to 98%
      # okrbook-allow(milestone): the lease ends that day
      - exit: Ship the new checkout by 30 September
",
    ),
    (
        "quarters/2026-Q3/shop.review.md",
        "## trust/success\n### What worked\nRetries.\n### Carry forward?\nYes: there is more to win.\n",
    ),
    (
        "quarters/2026-Q4/shop.yaml",
        "objectives:
  - id: trust
    title: People trust checkout
    outcome: Reduce churn
    lever: Improve reliability
    key_results:
      - id: success
        title: Improve checkout success from 96% to 99%
        carried_from: 2026-Q3/shop/trust/success
",
    ),
    ("metrics/success.csv", "date,value\n2026-07-01,94.5\n2026-09-28,96.8\n2026-10-04,97\n"),
    ("templates/bands.html", "{% extends \"bands.html\" %}"),
    ("assets/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
];

/// A book in a folder, and what is asked of it.
struct Shelf {
    folder: tempfile::TempDir,
}

impl Shelf {
    fn new() -> Self {
        let shelf = Self { folder: folder_with(&[]) };
        for (path, text) in BOOK.iter().filter(|(path, _)| !path.starts_with("templates/")) {
            shelf.write(path, text);
        }
        shelf
    }

    fn sealed() -> Self {
        let shelf = Self::new();
        shelf.ok(&["seal", QUARTER]);
        shelf
    }

    fn book(&self) -> PathBuf {
        self.folder.path().join("book")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.book().join(path)
    }

    fn bag(&self) -> PathBuf {
        self.at("archive/2026-Q3")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("folders");
        fs::write(path, text).expect("written");
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let book = self.book();
        run(&[&["-C", book.to_str().expect("UTF-8"), "--as-of", OVER], arguments].concat())
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let (code, stdout, stderr) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {stdout}{stderr}");
        stdout + &stderr
    }

    fn refused(&self, arguments: &[&str], because: &str) {
        let before = contents(&self.book());
        let (code, _, stderr) = self.run(arguments);
        assert_eq!(code, 2, "{arguments:?}: {stderr}");
        assert!(stderr.contains(because), "{arguments:?}: {stderr}");
        assert_eq!(contents(&self.book()), before, "{arguments:?} wrote something");
    }

    /// Builds the site and returns its files.
    fn site(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let out = self.folder.path().join("site");
        self.ok(&["--quiet", "build", "-o", out.to_str().expect("UTF-8")]);
        contents(&out)
    }

    /// Returns the files of the site that belong to the sealed quarter.
    fn frozen_pages(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        only_own(self.site())
    }
}

fn only_own(mut files: BTreeMap<PathBuf, Vec<u8>>) -> BTreeMap<PathBuf, Vec<u8>> {
    files.retain(|path, _| {
        path.starts_with(QUARTER) || path.starts_with("data") && path.to_string_lossy().contains(QUARTER)
    });
    files
}

fn page(files: &BTreeMap<PathBuf, Vec<u8>>, path: &str) -> String {
    let bytes = files.get(Path::new(path)).unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

/// Runs `sha256sum -c` in a bag, which is all that anybody needs to check it.
fn sha256sum(bag: &Path) -> bool {
    let mut command = Command::new("sha256sum");
    command.args(["--quiet", "--strict", "-c", "tagmanifest-sha256.txt", "manifest-sha256.txt"]).current_dir(bag);
    command.output().expect("sha256sum is there").status.success()
}

#[test]
fn a_quarter_is_sealed_once_and_verifies_with_and_without_the_program() {
    let shelf = Shelf::new();
    shelf.refused(&["seal", "2026-Q4"], "its last day is 2026-12-31");
    shelf.refused(&["seal", "2026-Q2"], "no objectives in 2026-Q2");
    shelf.refused(&["seal", QUARTER, "--supersede", "wrong export"], "isn't sealed");
    shelf.refused(&["verify", QUARTER], "isn't sealed");
    assert!(shelf.ok(&["verify"]).contains("nothing to verify"));
    let said = shelf.ok(&["seal", QUARTER]);
    assert!(said.contains("sealed 2026-Q3 as of 2026-10-05"), "{said}");
    assert!(said.contains("unanswered"), "{said}");
    shelf.refused(&["seal", QUARTER], "--supersede");
    assert!(sha256sum(&shelf.bag()));
    assert!(shelf.ok(&["verify"]).starts_with("2026-Q3: holds ("));
    assert!(shelf.ok(&["verify", QUARTER, "--rebuild"]).contains("its scores are the same again"));
    let left: Vec<_> =
        fs::read_dir(shelf.at("archive")).expect("readable").map(|e| e.expect("there").file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn the_frozen_inputs_are_a_book_of_their_own() {
    let shelf = Shelf::sealed();
    let out = shelf.folder.path().join("again");
    let inputs = shelf.bag().join("data/inputs");
    let (code, _, stderr) =
        run(&["--quiet", "build", inputs.to_str().expect("UTF-8"), "-o", out.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{stderr}");
    let again = contents(&out);
    let frozen = contents(&shelf.bag().join("data/site"));
    let (again, frozen) = (page(&again, "data/2026-Q3.csv"), page(&frozen, "data/2026-Q3.csv"));
    assert_eq!(again, frozen);
}

#[test]
fn sealed_pages_never_change_whatever_happens_to_the_book() {
    let shelf = Shelf::sealed();
    let bag = contents(&shelf.bag().join("data/site"));
    assert_eq!(shelf.frozen_pages(), only_own(bag.clone()));
    // Every template is replaced, the export tells another story, the team's file is softened.
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")).expect("readable") {
        let path = entry.expect("readable").path();
        let text = fs::read_to_string(&path).expect("readable");
        let name = path.file_name().expect("named").to_string_lossy().into_owned();
        let text = match text.contains("{% block main %}") {
            true => text.replace("{% block main %}", "{% block main %}<!-- mine -->"),
            false => text + "<!-- mine -->",
        };
        shelf.write(&format!("templates/{name}"), &text);
    }
    shelf.write("assets/site.css", "body { color: red }");
    shelf.write("metrics/success.csv", "date,value\n2026-07-01,94.5\n2026-09-28,90\n2026-10-04,97\n");
    let team = BOOK[1].1.replace("98%", "95%");
    shelf.write("quarters/2026-Q3/shop.yaml", &team);
    let (code, _, stderr) = shelf.run(&["check"]);
    assert_eq!(code, 0, "{stderr}");
    let site = shelf.site();
    assert_eq!(only_own(site.clone()), only_own(bag.clone()));
    assert!(page(&site, "index.html").contains("<!-- mine -->"));
    assert!(page(&site, "checks.html").contains("changed after 2026-Q3 was sealed; the seal counts"));
    // Living pages read what was frozen: the grade is that of the seal, in lineage, team page and machine forms.
    assert!(page(&site, "2026-Q4/shop.html").contains("0.7"), "lineage");
    assert!(page(&site, "teams/shop.html").contains("0.7"), "team");
    assert!(page(&site, "index.html").contains("sealed"));
    // Even what the book forgot is published: the folder, the old style sheet.
    fs::remove_dir_all(shelf.at("quarters/2026-Q3")).expect("removed");
    let site = shelf.site();
    assert_eq!(only_own(site.clone()), only_own(bag.clone()));
    assert!(page(&site, "teams/shop.html").contains("2026-Q3"));
    let styles: Vec<_> = bag.keys().filter(|path| path.starts_with("assets")).collect();
    assert!(!styles.is_empty());
    for style in styles {
        assert_eq!(site.get(style), bag.get(style), "{}", style.display());
    }
}
