//! Sealed quarters: made whole or not at all, published from their frozen bytes for ever, and every change is named.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use crate::support::{contents, folder_with, okrbook, run};

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
pub(crate) struct Shelf {
    folder: tempfile::TempDir,
}

impl Shelf {
    pub(crate) fn new() -> Self {
        let shelf = Self { folder: folder_with(&[]) };
        for (path, text) in BOOK.iter().filter(|(path, _)| !path.starts_with("templates/")) {
            shelf.write(path, text);
        }
        shelf
    }

    pub(crate) fn sealed() -> Self {
        let shelf = Self::new();
        shelf.ok(&["seal", QUARTER]);
        shelf
    }

    pub(crate) fn folder_path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn book(&self) -> PathBuf {
        self.folder.path().join("book")
    }

    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.book().join(path)
    }

    pub(crate) fn bag(&self) -> PathBuf {
        self.at("archive/2026-Q3")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("folders");
        fs::write(path, text).expect("written");
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let book = self.book();
        run(&[&["-C", book.to_str().expect("UTF-8"), "--as-of", OVER], arguments].concat())
    }

    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
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
    pub(crate) fn site(&self) -> BTreeMap<PathBuf, Vec<u8>> {
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

pub(crate) fn page(files: &BTreeMap<PathBuf, Vec<u8>>, path: &str) -> String {
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
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "2026-Q3 is not locked, so nothing records what its teams committed to", "{said}");
    let reviewed = Shelf::new().ok(&["review", QUARTER]);
    let counts = reviewed.lines().next().and_then(|line| line.split_once(": ")).expect("counts").1;
    assert!(counts.ends_with(" questions are open"), "{reviewed}");
    assert!(lines[1].starts_with("the review of ") && lines[1].ends_with(counts), "{said}{reviewed}");
    assert!(lines.iter().skip(2).any(|line| line.starts_with("sealed ")), "it is told before: {said}");
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
    // Even what the book forgot is published: the folder, the metric, the old style sheet.
    fs::remove_dir_all(shelf.at("quarters/2026-Q3")).expect("removed");
    fs::remove_file(shelf.at("metrics/success.csv")).expect("removed");
    let site = shelf.site();
    assert_eq!(only_own(site.clone()), only_own(bag.clone()));
    assert!(page(&site, "teams/shop.html").contains("0.7"));
    assert_eq!(site.get(Path::new("metrics/success.html")), bag.get(Path::new("metrics/success.html")));
    let styles: Vec<_> = bag.keys().filter(|path| path.starts_with("assets")).collect();
    assert!(!styles.is_empty());
    for style in styles {
        assert_eq!(site.get(style), bag.get(style), "{}", style.display());
    }
    // Where a page was altered that the quarter only links to, the seal is broken, which is said; nothing comes from it.
    fs::write(shelf.bag().join("data/site/metrics/success.html"), "forged").expect("written");
    let site = shelf.site();
    assert_eq!(only_own(site.clone()), BTreeMap::new());
    assert!(!site.contains_key(Path::new("metrics/success.html")));
    assert!(page(&site, "checks.html").contains("altered: data/site/metrics/success.html"));
}

#[test]
fn a_build_and_a_check_name_whatever_verify_names() {
    let shelf = Shelf::sealed();
    let files: Vec<PathBuf> = contents(&shelf.bag()).into_keys().collect();
    // One of each kind: all of them are what `verify` is held to elsewhere.
    let has_kind = |path: &&PathBuf| {
        let path = path.to_string_lossy();
        let kinds = ["inputs/metrics/", "inputs/assets/", "templates/base.html", "metrics/success.csv", "assets/site"];
        !path.starts_with("data/") || path.starts_with("data/inputs/okrbook") || kinds.iter().any(|k| path.contains(k))
    };
    for path in files.iter().filter(has_kind) {
        let shown = path.to_string_lossy();
        let at = shelf.bag().join(path);
        let before = fs::read(&at).expect("there");
        let altered = [&before[..], b"x"].concat();
        for what in [Some(&altered), None] {
            match what {
                Some(altered) => fs::write(&at, altered).expect("written"),
                None => fs::remove_file(&at).expect("removed"),
            }
            let (code, _, stderr) = shelf.run(&["check"]);
            let told = "error[broken-seal]: the sealed 2026-Q3 can't be trusted: ";
            assert!(code == 1 && stderr.contains(told), "{shown}: {stderr}");
            assert!(stderr.contains(&*shown), "{shown}: {stderr}");
        }
        fs::write(&at, before).expect("written");
    }
    fs::write(shelf.bag().join("data/site/2026-Q3/zz.html"), "x").expect("written");
    let (code, _, stderr) = shelf.run(&["check"]);
    assert!(code == 1 && stderr.contains("added: data/site/2026-Q3/zz.html was not sealed"), "{stderr}");
    let site = shelf.site();
    assert!(page(&site, "checks.html").contains("added: data/site/2026-Q3/zz.html was not sealed"));
}

/// Returns what is wrong with the bag of a book, one line for each fault.
pub(crate) fn faults(book: &Path) -> Vec<String> {
    let verified = okrbook::verify(book, &okrbook::Asked::default()).expect("readable");
    let of_bags = verified.bags.iter().flat_map(|(_, checked)| checked.faults.iter().map(ToString::to_string));
    of_bags.chain(verified.faults).collect()
}

/// Does something to a file, asks what is wrong, and puts the file back.
fn damaged(book: &Path, path: &Path, damage: impl Fn(&Path)) -> Vec<String> {
    let before = fs::read(path).expect("readable");
    damage(path);
    let found = faults(book);
    fs::write(path, before).expect("written");
    found
}

#[test]
fn every_damage_to_every_file_of_a_bag_is_named() {
    let shelf = Shelf::sealed();
    let (book, bag) = (shelf.book(), shelf.bag());
    assert_eq!(faults(&book), Vec::<String>::new());
    let files = contents(&bag);
    assert!(files.len() > 60, "{}", files.len());
    let mut place = 12_345_usize;
    for (path, bytes) in &files {
        let (name, file) = (path.to_string_lossy(), bag.join(path));
        let altered = |found: &[String], what: &str| {
            let first = found.first().unwrap_or_else(|| panic!("{what} in {name} was not seen"));
            assert!(first.starts_with(&format!("altered: {name}")), "{what}: {found:?}");
            // A manifest that was changed may list paths that nobody may open.
            let others = &found[1..];
            assert!(others.iter().all(|fault| fault.starts_with("unsafe path")), "{what} in {name}: {found:?}");
            assert!(first.lines().count() == 3 && first.contains("    found "), "{first}");
        };
        for round in 0..2 {
            place = place.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (byte, bit) = ((place >> 16) % bytes.len(), round + 2 * (place >> 60 & 1));
            let found = damaged(&book, &file, |file| {
                let mut bytes = bytes.clone();
                bytes[byte] ^= 1 << bit;
                fs::write(file, bytes).expect("written");
            });
            altered(&found, &format!("bit {bit} of byte {byte}"));
        }
        for length in [bytes.len() - 1, bytes.len() / 3] {
            let found = damaged(&book, &file, |file| fs::write(file, &bytes[..length]).expect("written"));
            altered(&found, &format!("cut to {length}"));
        }
        let found = damaged(&book, &file, |file| fs::remove_file(file).expect("removed"));
        let count = files.len();
        assert_eq!(found, [format!("incomplete: {} of {count}\n    missing {name}", count - 1)]);
        let added = file.with_file_name("zz-added");
        fs::write(&added, "x").expect("written");
        let shown = added.strip_prefix(&bag).expect("inside").display().to_string();
        assert_eq!(faults(&book), [format!("added: {shown} was not sealed")]);
        fs::remove_file(&added).expect("removed");
    }
    assert_eq!(faults(&book), Vec::<String>::new());
    assert!(sha256sum(&bag));
}

#[test]
fn a_file_that_is_larger_than_all_that_was_sealed_is_not_read() {
    let shelf = Shelf::sealed();
    let grow = |path: &str, size: u64| {
        let file = fs::OpenOptions::new().write(true).open(shelf.bag().join(path)).expect("there");
        file.set_len(size).expect("grown");
    };
    // Reading it would take an hour.
    grow("data/scores.json", 1 << 40);
    let begin = Instant::now();
    let found = faults(&shelf.book());
    assert_eq!(found.len(), 1, "{found:?}");
    let told = format!("too large: data/scores.json has {} bytes, and all files together had ", 1_u64 << 40);
    assert!(found[0].starts_with(&told), "{found:?}");
    let (code, _, stderr) = shelf.run(&["check"]);
    assert!(code == 1 && stderr.contains(&told), "{stderr}");
    assert!(begin.elapsed().as_secs() < 30, "{:?}", begin.elapsed());
}

#[test]
fn a_partial_copy_an_unsafe_bag_and_a_broken_chain_are_told_apart() {
    let shelf = Shelf::sealed();
    shelf.ok(&["seal", QUARTER, "--supersede", "the vendor restated September"]);
    let (book, bag) = (shelf.book(), shelf.bag());
    let log = fs::read_to_string(shelf.at("archive/LOG")).expect("there");
    // Links are never followed, and nothing of such a bag is opened.
    std::os::unix::fs::symlink("/etc/hostname", bag.join("data/link")).expect("linked");
    assert_eq!(faults(&book), ["unsafe path: \"data/link\": it is a link; nothing was opened"]);
    fs::remove_file(bag.join("data/link")).expect("removed");
    for (change, expected) in [
        (log.replacen("2026-Q3 ", "2026-Q3.r3 ", 1), "LOG chain broken: line 2"),
        (log.lines().next().expect("two lines").to_owned() + "\n", "2026-Q3.r2"),
        (log.lines().last().expect("two lines").to_owned() + "\n", "LOG chain broken: line 1"),
        (String::new(), "missing from LOG"),
    ] {
        fs::write(shelf.at("archive/LOG"), &change).expect("written");
        let (code, stdout, _) = shelf.run(&["verify"]);
        assert_eq!(code, 4, "{stdout}");
        assert!(stdout.contains(expected), "{expected}: {stdout}");
    }
    // A LOG that is no text, or broken behind a line, vouches for nothing; sites are built, and nothing is added to it.
    for change in [b"\xff\xfe".to_vec(), log.replacen("2026-Q3 ", "2026-Q2 ", 1).into_bytes()] {
        fs::write(shelf.at("archive/LOG"), change).expect("written");
        let (code, _, stderr) = shelf.run(&["check", "--strict"]);
        assert!(code == 1 && stderr.contains("error[broken-seal]"), "{stderr}");
        let (code, _, stderr) = shelf.run(&["seal", QUARTER, "--supersede", "again"]);
        assert!(code == 4 && stderr.contains("nothing is added to it"), "{stderr}");
    }
    fs::write(shelf.at("archive/LOG"), &log).expect("written");
    // A bag that was rewritten whole disagrees with the LOG.
    let other = Shelf::new();
    other.write("metrics/success.csv", "date,value\n2026-07-01,94.5\n2026-09-28,98\n");
    other.ok(&["seal", QUARTER]);
    fs::remove_dir_all(&bag).expect("removed");
    assert!(faults(&book)[0].contains("archive/2026-Q3 is in LOG and not in the archive"));
    fs::rename(other.bag(), &bag).expect("moved");
    let found = faults(&book);
    assert!(found[0].starts_with("altered: tagmanifest-sha256.txt, or its line in LOG"), "{found:?}");
    let (code, _, stderr) = shelf.run(&["verify", QUARTER]);
    assert_eq!(code, 4, "{stderr}");
}

#[test]
fn a_later_format_is_vouched_for_and_not_read() {
    let shelf = Shelf::sealed();
    let bag = shelf.bag();
    let about = fs::read_to_string(bag.join("archive.json")).expect("there");
    let changed = about.replace("\"schema\": 1", "\"schema\": 7");
    reseal(&shelf, "archive.json", &changed);
    assert!(sha256sum(&bag));
    let said = shelf.ok(&["verify"]);
    assert!(said.contains("newer format (7): hashes hold, content not read"), "{said}");
    let (code, stdout, _) = shelf.run(&["verify", "--rebuild"]);
    assert_eq!(code, 4, "{stdout}");
    let (_, _, stderr) = shelf.run(&["check"]);
    assert!(stderr.contains("a newer okrbook made it"), "{stderr}");
}

/// Changes a tag file of the bag and makes manifest and LOG agree with it, as a later program or a forger would.
fn reseal(shelf: &Shelf, tag: &str, text: &str) {
    use okrbook::hash::Digest;
    let manifest = shelf.bag().join("tagmanifest-sha256.txt");
    let lines = fs::read_to_string(&manifest).expect("there");
    let before = Digest::of(&fs::read(shelf.bag().join(tag)).expect("there")).to_string();
    let lines = lines.replace(&before, &Digest::of(text.as_bytes()).to_string());
    fs::write(shelf.bag().join(tag), text).expect("written");
    fs::write(&manifest, &lines).expect("written");
    let zeros = "0".repeat(64);
    fs::write(shelf.at("archive/LOG"), format!("2026-Q3 {} {zeros}\n", Digest::of(lines.as_bytes()))).expect("written");
}

#[test]
fn scores_that_the_inputs_do_not_give_are_found_by_rebuilding() {
    let shelf = Shelf::sealed();
    let scores = shelf.bag().join("data/scores.json");
    let text = fs::read_to_string(&scores).expect("there");
    let forged = text.replace("\"score\": \"0.7\"", "\"score\": \"1\"");
    assert_ne!(text, forged);
    fs::write(&scores, &forged).expect("written");
    // The forger writes new manifests and a new LOG as well.
    use okrbook::hash::Digests;
    let (before, after) = (Digests::of(text.as_bytes()), Digests::of(forged.as_bytes()));
    for (tag, from, to) in [
        ("manifest-sha256.txt", before.sha256.to_string(), after.sha256.to_string()),
        ("manifest-sha512.txt", before.sha512.to_string(), after.sha512.to_string()),
    ] {
        let lines = fs::read_to_string(shelf.bag().join(tag)).expect("there");
        reseal(&shelf, tag, &lines.replace(&from, &to));
    }
    let info = fs::read_to_string(shelf.bag().join("bag-info.txt")).expect("there");
    let after: usize = contents(&shelf.bag().join("data")).values().map(Vec::len).sum();
    let before = after + text.len() - forged.len();
    reseal(&shelf, "bag-info.txt", &info.replace(&format!("Oxum: {before}."), &format!("Oxum: {after}.")));
    assert!(shelf.ok(&["verify"]).contains("holds"));
    let (code, stdout, _) = shelf.run(&["verify", "--rebuild"]);
    assert_eq!(code, 4);
    assert!(stdout.contains("rebuilt differently: shop/trust/success: sealed 1, rebuilt 0.7"), "{stdout}");
}

#[test]
fn inputs_that_cannot_be_read_again_are_named_by_rebuilding() {
    let shelf = Shelf::sealed();
    // An empty folder is no file that a manifest could miss.
    fs::create_dir(shelf.bag().join("data/inputs/okrbook.yml")).expect("made");
    let (code, stdout, _) = shelf.run(&["verify", "--rebuild"]);
    assert_eq!(code, 4);
    assert!(stdout.contains("computed again from data/inputs/: okrbook.yml:"), "{stdout}");
}

#[test]
fn a_damaged_seal_is_never_published_and_the_rest_of_the_site_is() {
    let shelf = Shelf::sealed();
    let sealed = shelf.frozen_pages();
    let frozen = shelf.bag().join("data/site/2026-Q3/shop.html");
    let text = fs::read_to_string(&frozen).expect("there");
    fs::write(&frozen, text.replace("0.7", "1.0")).expect("written");
    let (_, stdout, _) = shelf.run(&["verify"]);
    assert!(stdout.contains("  altered: data/site/2026-Q3/shop.html\n      sealed "), "{stdout}");
    let site = shelf.site();
    assert!(!page(&site, "2026-Q3/shop.html").contains("Grade 1.0"));
    assert!(page(&site, "2026-Q3/index.html").contains("over"), "it isn't called sealed");
    assert!(page(&site, "checks.html").contains("altered: data/site/2026-Q3/shop.html"));
    assert!(page(&site, "archive/index.html").contains("can’t be trusted"));
    let out = shelf.folder.path().join("site");
    let (code, _, stderr) = shelf.run(&["build", "--strict", "-o", out.to_str().expect("UTF-8")]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("error[broken-seal]"), "{stderr}");
    fs::write(&frozen, text).expect("written");
    assert_eq!(shelf.frozen_pages(), sealed);
}

#[test]
fn a_seal_is_superseded_beside_it_and_both_are_kept() {
    let shelf = Shelf::sealed();
    let first = contents(&shelf.bag());
    shelf.write("metrics/success.csv", "date,value\n2026-07-01,94.5\n2026-09-28,95.6\n");
    assert!(page(&shelf.site(), "2026-Q3/shop.html").contains("0.7"), "the seal counts");
    shelf.refused(&["seal", QUARTER, "--supersede", "  "], "say why");
    shelf.ok(&["seal", QUARTER, "--supersede", "the vendor restated September"]);
    let site = shelf.site();
    assert!(page(&site, "2026-Q3/shop.html").contains("0.4"), "the new seal counts");
    let archive = page(&site, "archive/index.html");
    assert!(archive.contains("superseded") && archive.contains("the vendor restated September"), "{archive}");
    assert_eq!(contents(&shelf.bag()), first);
    let verified = shelf.ok(&["verify", "--rebuild"]);
    assert!(verified.contains("2026-Q3: holds") && verified.contains("2026-Q3.r2: holds"), "{verified}");
    let info = fs::read_to_string(shelf.at("archive/2026-Q3.r2/bag-info.txt")).expect("there");
    assert!(info.contains("Okrbook-Supersedes: 2026-Q3\nOkrbook-Reason: the vendor restated September\n"), "{info}");
    assert!(sha256sum(&shelf.at("archive/2026-Q3.r2")));
}

#[test]
fn an_export_that_was_restated_after_the_seal_is_told() {
    let shelf = Shelf::sealed();
    let told = |arguments: &[&str]| {
        let (code, stdout, stderr) = shelf.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {stdout}{stderr}");
        stderr.lines().filter(|line| line.contains("[sealed-differs]")).map(str::to_owned).collect::<Vec<_>>()
    };
    let (build, verify) = (&["build", "-v"][..], &["verify"][..]);
    let rows = "date,value\n2026-07-01,94.5\n";
    for silent in [
        &format!("{rows}2026-09-28,96.8\n2026-10-04,97\n2026-10-05,97.2\n"),
        &format!("{rows}2026-09-28,96.82\n"),
        // The tool keeps its rows for a few days only.
        "date,value\n2026-10-04,97\n2026-10-05,97.2\n",
    ] {
        shelf.write("metrics/success.csv", silent);
        assert_eq!(told(build), Vec::<String>::new(), "{silent}");
    }
    shelf.write("metrics/success.csv", &format!("{rows}2026-09-28,95.6\n"));
    let differs = "warning[sealed-differs]: 2026-Q3 is sealed with 0.7 (at 96.8 %) for `trust/success`; today's exports give \
                   0.4 (at 95.6 %)";
    assert_eq!((told(build), told(verify)), (vec![differs.to_owned()], vec![differs.to_owned()]));
    assert_eq!(told(&["verify", "2026-Q3", "--rebuild"]), [differs]);
    shelf.ok(&["seal", QUARTER, "--supersede", "the vendor restated September"]);
    assert_eq!((told(build), told(verify)), (Vec::new(), Vec::new()), "the newest seal counts");
}

#[test]
fn a_quarter_is_not_sealed_while_nobody_knows_that_its_data_is_complete() {
    let shelf = Shelf::new();
    let team = fs::read_to_string(shelf.at("quarters/2026-Q3/shop.yaml")).expect("there");
    let goals = "      - outages: Reduce outages from 8/quarter to 2/quarter\n      - speed: Reduce time to pay from 9 s to 5 s\n";
    shelf.write("quarters/2026-Q3/shop.yaml", &(team + goals));
    shelf.write("metrics/outages.csv", "date,outage\n2026-06-03,a\n2026-06-20,b\n2026-07-04,c\n2026-07-14,d\n");
    shelf.write("metrics/speed.csv", "date,value\n2026-07-01,9\n2026-08-02,7\n");
    let metric = |more: &str| format!("outages: {{ file: outages.csv, count: rows{more} }}\n");
    shelf.write("metrics.yaml", &metric(""));
    let (code, _, stderr) = shelf.run(&["seal", QUARTER]);
    assert_eq!(code, 1, "{stderr}");
    let named = "the data of shop/trust/outages, shop/trust/speed is complete";
    for said in [named, "--with-gaps", "[incomplete-events]", "complete_through", "[stale-metric]"] {
        assert!(stderr.contains(said), "no {said}: {stderr}");
    }
    assert!(!shelf.bag().exists());
    shelf.write("metrics.yaml", &metric(", complete_through: 2026-09-30"));
    let (_, _, stderr) = shelf.run(&["seal", QUARTER]);
    assert!(stderr.contains("the data of shop/trust/speed is complete"), "{stderr}");
    shelf.ok(&["seal", QUARTER, "--with-gaps"]);
    shelf.ok(&["verify", "--rebuild"]);
}

#[test]
fn nothing_is_recorded_in_a_sealed_quarter() {
    let shelf = Shelf::sealed();
    shelf.refused(&["lock", QUARTER], "is sealed");
    shelf.refused(&["checkin", QUARTER, "--all"], "is sealed");
}

#[test]
fn a_quarter_that_rests_on_another_seal_is_sealed_and_rebuilt_from_its_own_bag() {
    let shelf = Shelf::sealed();
    shelf.write("metrics/success.csv", "date,value\n2026-10-01,96\n2026-12-28,98\n");
    let book = shelf.book();
    let book = book.to_str().expect("UTF-8");
    let (code, _, stderr) = run(&["-C", book, "--as-of", "2027-01-04", "seal", "2026-Q4"]);
    assert_eq!(code, 0, "{stderr}");
    let (code, stdout, _) = run(&["-C", book, "verify", "--rebuild"]);
    assert_eq!(code, 0, "{stdout}");
    assert!(shelf.at("archive/2026-Q4/data/sealed/2026-Q3.json").is_file());
    let page = fs::read_to_string(shelf.at("archive/2026-Q4/data/site/2026-Q4/shop.html")).expect("there");
    assert!(page.contains("0.7"), "the lineage shows what was sealed, though the export has forgotten it");
}

#[test]
fn a_folder_with_a_small_letter_is_sealed_like_any_other() {
    let shelf = Shelf::new();
    fs::rename(shelf.at("quarters/2026-Q3"), shelf.at("quarters/2026-q3")).expect("renamed");
    shelf.ok(&["seal", QUARTER]);
    let bag = contents(&shelf.bag().join("data/site"));
    fs::remove_dir_all(shelf.at("quarters/2026-q3")).expect("removed");
    assert_eq!(shelf.frozen_pages(), only_own(bag));
    assert!(page(&shelf.site(), "teams/shop.html").contains("0.7"));
}

#[test]
fn errors_stop_a_seal_unless_they_are_accepted() {
    let shelf = Shelf::new();
    shelf.write("metrics/success.csv", "date,value\n2026-07-01,94.5\n2026-09-28,96\n2026-09-29,many\n");
    let (code, _, stderr) = shelf.run(&["seal", QUARTER]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("bad-cell") && stderr.contains("--with-errors"), "{stderr}");
    assert!(!shelf.at("archive").exists());
    shelf.ok(&["seal", QUARTER, "--with-errors"]);
    assert!(sha256sum(&shelf.bag()));
}

#[test]
fn a_seal_that_is_killed_at_any_moment_is_whole_or_not_there() {
    let begin = Instant::now();
    let whole = Shelf::sealed();
    let duration = begin.elapsed();
    let expected = contents(&whole.at("archive"));
    for step in 0..24 {
        let shelf = Shelf::new();
        let book = shelf.book();
        let mut command = okrbook();
        command.args(["--quiet", "--as-of", OVER, "-C"]).arg(&book).args(["seal", QUARTER]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
        sleep(duration * step / 22);
        child.kill().expect("killed or over");
        child.wait().expect("waited for");
        if shelf.bag().exists() {
            assert!(sha256sum(&shelf.bag()), "step {step}: a bag in its place is whole");
        }
        let (code, _, stderr) = shelf.run(&["seal", QUARTER]);
        assert!(code == 0 || code == 2 && stderr.contains("is sealed"), "step {step}: {stderr}");
        assert_eq!(contents(&shelf.at("archive")), expected, "step {step}: the next run needs no cleaning up");
    }
    // Killed between the bag and its line in the LOG.
    fs::remove_file(whole.at("archive/LOG")).expect("removed");
    assert!(whole.ok(&["seal", QUARTER]).contains("was sealed by a run that was stopped"));
    assert_eq!(contents(&whole.at("archive")), expected);
}

#[test]
fn living_pages_show_of_sealed_quarters_what_they_showed_before() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let folder = tempfile::tempdir().expect("a folder");
    let build = |book: &Path, name: &str| {
        let out = folder.path().join(name);
        let (code, _, stderr) =
            run(&["--quiet", "build", book.to_str().expect("UTF-8"), "-o", out.to_str().expect("UTF-8")]);
        assert_eq!(code, 0, "{stderr}");
        contents(&out)
    };
    let before = build(&content, "before");
    let book = folder.path().join("book");
    for (path, bytes) in contents(&content).into_iter().filter(|(path, _)| !path.starts_with("site")) {
        let path = book.join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("folders");
        fs::write(path, bytes).expect("written");
    }
    for quarter in ["2026-Q2", "2026-Q1", "2026-Q3"] {
        let (code, _, stderr) = run(&["--quiet", "-C", book.to_str().expect("UTF-8"), "seal", quarter]);
        assert_eq!(code, 0, "{stderr}");
    }
    let after = build(&book, "after");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let mut as_over = 0;
    for (path, before) in before.iter().filter(|(path, _)| !path.starts_with("archive")) {
        let text = String::from_utf8_lossy(&after[path]).into_owned();
        let words = [(">sealed<", ">over<"), (", sealed<", ", over<"), ("\"state\":\"sealed\"", "\"state\":\"over\"")];
        let undone = words.iter().fold(text.clone(), |text, (sealed, over)| text.replace(sealed, over));
        as_over += usize::from(undone != text);
        assert_eq!(undone, String::from_utf8_lossy(before), "{}", path.display());
    }
    assert!(as_over > 10, "{as_over} files say that a quarter is sealed");
}

/// Each version's golden book with the digest of its LOG. None of them may ever be made anew.
const GOLDEN: [(&str, &str); 1] = [("v1", "99dcbdfc7ab6c6698fc91d405ee6e19bdce0922ea2a8e778ea52b07afeb27b0a")];

#[test]
fn what_was_sealed_once_is_vouched_for_and_published_for_ever() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    assert_eq!(fs::read_dir(&golden).expect("readable").count(), GOLDEN.len(), "list each golden book above");
    for (name, digest) in GOLDEN {
        let book = golden.join(name);
        let log = fs::read(book.join("archive/LOG")).expect("there");
        assert_eq!(okrbook::hash::Digest::of(&log).to_string(), digest, "{name} was made anew");
        assert_eq!(faults(&book), Vec::<String>::new());
        assert!(sha256sum(&book.join("archive/2026-Q3")));
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("site");
        let arguments = ["--as-of", "2027-02-01", "--quiet", "build"];
        let (book_text, out_text) = (book.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
        let (code, _, stderr) = run(&[&arguments[..], &[book_text, "-o", out_text]].concat());
        assert_eq!((code, stderr.as_str()), (0, ""), "{name}");
        let site = contents(&out);
        assert_eq!(only_own(site.clone()), only_own(contents(&book.join("archive/2026-Q3/data/site"))));
        // Its scores are read, not only vouched for: the living pages of the team and of the book show them.
        let team = page(&site, "teams/shop.html");
        assert!(team.contains("sealed") && team.contains("0.6"), "{team}");
    }
}
