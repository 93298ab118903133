//! The program as people and CI call it: exit codes, streams, and what is left on disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{SMALL_BOOK, contents, folder_with, okrbook, root, run};

#[test]
fn a_new_book_builds_at_once_and_has_nothing_to_complain_about() {
    let folder = folder_with(&[]);
    let book = folder.path().join("book");
    let book = book.to_str().expect("UTF-8");
    assert_eq!(run(&["init", book]).0, 0);
    let (code, _, stderr) = run(&["build", book, "--strict"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(fs::exists(format!("{book}/site/index.html")).expect("readable"));
    let (code, stdout, _) = run(&["check", book, "--strict", "--format", "short"]);
    assert_eq!((code, stdout.as_str()), (0, ""));
    let (code, _, stderr) = run(&["init", book]);
    assert_eq!(code, 2, "an existing book is not overwritten");
    assert!(stderr.contains("is already there"), "{stderr}");
}

#[test]
fn the_example_book_unpacks_and_builds_as_it_does_in_the_repository() {
    let folder = folder_with(&[]);
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    assert_eq!(run(&["init", "--example", &at("example")]).0, 0);
    assert_eq!(run(&["--quiet", "build", &at("example"), "-o", &at("a"), "--jobs", "1"]).0, 0);
    let content = root().join("content");
    assert_eq!(run(&["--quiet", "build", content.to_str().expect("UTF-8"), "-o", &at("b"), "--jobs", "2"]).0, 0);
    assert_eq!(contents(&folder.path().join("a")), contents(&folder.path().join("b")));
}

#[test]
#[cfg_attr(feature = "pdf", ignore = "with the engine, tests/packets/check.py asks for the files")]
fn a_program_without_its_pdf_engine_says_where_else_a_packet_is() {
    let folder = folder_with(SMALL_BOOK);
    let book = folder.path().to_str().expect("UTF-8");
    for arguments in [["-C", book, "packet", "2026-Q3"], ["-C", book, "build", "--packets"]] {
        let (code, _, stderr) = run(&arguments);
        assert_eq!(code, 2, "{arguments:?}: {stderr}");
        assert!(stderr.contains("packet.html of the site") && stderr.contains("--features pdf"), "{stderr}");
    }
    assert!(!folder.path().join("site").exists(), "nothing is published by halves");
}

#[test]
fn the_smallest_book_is_one_line_one_sentence_and_one_export() {
    let folder = folder_with(SMALL_BOOK);
    let book = folder.path().to_str().expect("UTF-8");
    let (code, stdout, stderr) = run(&["build", book]);
    assert_eq!((code, stdout.as_str()), (0, ""), "{stderr}");
    let data = fs::read_to_string(folder.path().join("site/data/2026-Q3.json")).expect("written");
    assert!(data.contains("\"score\":\"0.7\""), "{data}");
}

#[test]
fn what_cannot_be_read_publishes_nothing_and_exits_with_2() {
    let mut files = SMALL_BOOK.to_vec();
    let folder = folder_with(&files);
    let book = folder.path().to_str().expect("UTF-8");
    assert_eq!(run(&["build", book]).0, 0);
    let before = contents(&folder.path().join("site"));
    files.push(("quarters/2026-Q3/other.yaml", "objectives: [\n"));
    for (path, text) in &files {
        fs::write(folder.path().join(path), text).expect("written");
    }
    let (code, _, stderr) = run(&["build", book]);
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("quarters/2026-Q3/other.yaml:"), "{stderr}");
    assert_eq!(contents(&folder.path().join("site")), before);
}

#[test]
fn errors_that_read_well_publish_unless_strict() {
    let mut files = SMALL_BOOK.to_vec();
    files.push((
        "quarters/2026-Q3/other.yaml",
        "objectives:\n  - { id: a, title: A, key_results: [{ k: From 1% to 2%, weight: 0 }] }\n",
    ));
    let folder = folder_with(&files);
    let book = folder.path().to_str().expect("UTF-8");
    let (code, _, stderr) = run(&["build", book, "--strict"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(!folder.path().join("site").exists());
    assert_eq!(run(&["build", book]).0, 0);
    assert_eq!(run(&["check", book]).0, 1);
    assert!(folder.path().join("site/index.html").exists());
}

#[test]
fn usage_errors_say_what_to_do() {
    let folder = folder_with(&[("notes.txt", "x")]);
    let place = folder.path().to_str().expect("UTF-8");
    let (code, stdout, stderr) = run(&["build", place]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("okrbook.yaml") && stderr.contains("help"), "{stderr}");
    assert_eq!(run(&["build", "/nowhere/at/all"]).0, 2);
    assert_eq!(run(&["bluid"]).0, 2);
    assert_eq!(run(&["build", "--as-of", "soon"]).0, 2);
}

#[test]
fn a_foreign_output_folder_is_refused_and_left_as_it_was() {
    let folder = folder_with(SMALL_BOOK);
    let foreign = folder_with(&[("thesis.txt", "years of work")]);
    let before = contents(foreign.path());
    let (book, out) = (folder.path().to_str().expect("UTF-8"), foreign.path().to_str().expect("UTF-8"));
    assert_eq!(run(&["build", book, "-o", out]).0, 2);
    assert_eq!(contents(foreign.path()), before);
}

#[test]
fn the_as_of_day_comes_from_the_flag_then_the_environment_then_the_book() {
    let folder = folder_with(SMALL_BOOK);
    let book = folder.path().to_str().expect("UTF-8");
    let as_of = |arguments: &[&str], epoch: Option<&str>| {
        let mut command = okrbook();
        command.args(["--quiet", "build", book]).args(arguments);
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        assert!(command.status().expect("runs").success());
        let data = fs::read_to_string(folder.path().join("site/data/book.json")).expect("written");
        let place = data.find("\"as_of\"").expect("an as-of day");
        data[place..].split('"').nth(3).expect("a day").to_owned()
    };
    assert_eq!(as_of(&[], None), "2026-08-20");
    assert_eq!(as_of(&[], Some("1785542400")), "2026-08-01");
    assert_eq!(as_of(&["--as-of", "2026-07-15"], Some("1785542400")), "2026-07-15");
}

#[test]
fn schemas_and_completions_are_results_on_stdout() {
    for file in ["okr", "metrics", "book", "lock", "checkin", "review", "quarter", "index", "findings"] {
        let (code, stdout, stderr) = run(&["schema", file]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        assert!(stdout.contains("\"$schema\""), "{file}");
    }
    let (code, stdout, _) = run(&["completions", "bash"]);
    assert_eq!(code, 0);
    assert!(stdout.contains("okrbook"));
}

#[test]
fn drafts_are_published_on_demand_only() {
    let draft = "---\ndraft: true\n---\nStill being written: salmon.\n";
    let mut files = SMALL_BOOK.to_vec();
    let upcoming = SMALL_BOOK[1].1.replace("success", "later");
    files.extend([
        ("pages/plan.md", draft),
        ("quarters/2026-Q3/shop.review.md", draft),
        ("quarters/2026-Q4/index.md", draft),
        ("quarters/2026-Q4/shop.yaml", &upcoming),
    ]);
    let folder = folder_with(&files);
    let book = folder.path().to_str().expect("UTF-8");
    let built = |flags: &[&str]| {
        let (code, _, text) = run(&[&["build", book], flags].concat());
        assert_eq!(code, 0, "{text}");
        contents(&folder.path().join("site"))
    };
    let speaks_of = |site: &BTreeMap<PathBuf, Vec<u8>>, word: &str| {
        site.values().any(|bytes| String::from_utf8_lossy(bytes).contains(word))
    };
    let finished = built(&[]);
    assert!(!speaks_of(&finished, "salmon") && !speaks_of(&finished, "2026-Q4"));
    assert!(finished.contains_key(Path::new("2026-Q3/shop.html")));
    let all = built(&["--drafts"]);
    for path in ["pages/plan.html", "2026-Q4/shop.html", "2026-Q4/index.html"] {
        assert!(all.contains_key(Path::new(path)), "{path}");
    }
    assert!(String::from_utf8_lossy(&all[Path::new("2026-Q3/shop.html")]).contains("salmon"));
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "nothing else has /dev/full")]
fn a_result_that_cannot_be_printed_is_an_error_that_names_stdout() {
    let full = Path::new("/dev/full");
    let folder = folder_with(SMALL_BOOK);
    let book = folder.path().to_str().expect("UTF-8");
    assert_eq!(run(&["--quiet", "build", book]).0, 0);
    let site = format!("{book}/site");
    let commands: &[&[&str]] = &[
        &["check", book, "--format", "short"],
        &["check", book, "--format", "json"],
        &["check", book, "--format", "github"],
        &["check", book, "--format", "sarif"],
        &["explain"],
        &["explain", "no-baseline"],
        &["explain", "--sentence", "Reduce incidents from 8 to 2"],
        &["schema", "okr"],
        &["completions", "bash"],
        &["diff", &site, &site],
        &["--help"],
        &["--version"],
    ];
    for command in commands {
        let stdout = fs::OpenOptions::new().write(true).open(full).expect("writable");
        let output = okrbook().args(*command).stdout(stdout).output().expect("runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{command:?}: {said}");
        let is_help = command[0].starts_with("--");
        assert!(is_help || said.contains("could not write <stdout>: No space left"), "{command:?}: {said}");
    }
}
