//! What changed between two builds: the three forms, and what can't be compared.

use std::fs;
use std::path::Path;

use okrbook::Told;
use okrbook::diff::{self, Build, Difference, Named};
use okrbook::render::DATA_SCHEMA;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::cases::{CLOCK, cases, compare};
use crate::support::{SMALL_BOOK, folder_with, okrbook, run};

fn build(book: &Path) -> Build {
    let opened = okrbook::open(book, &CLOCK).expect("readable");
    let book = opened.book.as_ref().expect("nothing blocks");
    let data = book.book_data(Told { sources: &opened.sources, findings: &opened.diagnostics }).expect("renders");
    let quarters =
        book.quarter_data(Told { sources: &opened.sources, findings: &opened.diagnostics }).expect("renders");
    let named = |text| Named { name: "data", text };
    let quarters: Vec<Named<'_>> = quarters.iter().map(|text| named(text)).collect();
    Build::of_book(named(&data), &quarters).expect("our own data")
}

fn difference(case: &Path) -> Difference {
    diff::compare(&build(&case.join("before")), &build(&case.join("after")))
}

#[test]
fn each_difference_is_told_to_people_and_machines() {
    compare("diff", 5, "difference", |case| {
        let difference = difference(case);
        let forms = [diff::text(&difference), diff::markdown(&difference), diff::json(&difference)];
        forms.join("\n================\n\n")
    });
}

#[test]
fn a_build_is_the_same_as_itself() {
    for case in cases("diff") {
        let after = build(&case.join("after"));
        assert!(diff::compare(&after, &after).is_empty(), "{}", case.display());
    }
}

#[test]
fn backwards_what_was_added_is_removed() {
    for case in cases("diff") {
        let (before, after) = (build(&case.join("before")), build(&case.join("after")));
        let count = |difference: &Difference, sign: &str| {
            diff::text(difference).lines().filter(|line| line.trim_start().starts_with(sign)).count()
        };
        let (forth, back) = (diff::compare(&before, &after), diff::compare(&after, &before));
        assert_eq!(count(&forth, "+ "), count(&back, "- "), "{}", case.display());
        assert_eq!(count(&forth, "- "), count(&back, "+ "), "{}", case.display());
    }
}

#[test]
fn no_title_becomes_markup_or_a_mention() {
    let markdown =
        diff::markdown(&difference(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/diff/hostile"))));
    let (mut texts, mut tables) = (String::new(), 0);
    let ours = ["<!-- okrbook diff -->", "<br>", "<details>", "<summary>", "</summary>", "</details>"];
    for event in Parser::new_ext(&markdown, Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let mut rest = html.trim().to_owned();
                for element in ours {
                    rest = rest.replace(element, "");
                }
                assert!(!rest.contains('<'), "an element that is not ours: {html}");
            }
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::Start(tag) => {
                let is_foreign = matches!(
                    tag,
                    Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strikethrough | Tag::CodeBlock(_)
                );
                assert!(!is_foreign, "{tag:?}");
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => panic!("math: {text}"),
            Event::Text(text) => texts.push_str(&text),
            _ => {}
        }
    }
    let read = texts.replace('\u{2060}', "");
    assert!(read.contains("</details><h1>Done</h1> | [click](javascript:alert(1))"), "{read}");
    assert!(texts.contains("@\u{2060}everyone see #\u{2060}1"), "{texts}");
    assert_eq!(tables, 4, "{texts}");
    for raw in ["https:", "www.", "@e", "\u{202e}", "\u{1b}"] {
        assert!(!markdown.contains(raw), "{raw:?} stands in the comment");
    }
}

#[test]
fn what_is_no_data_of_a_build_is_named_with_what_to_do() {
    let folder = folder_with(SMALL_BOOK);
    let book = folder.path().to_str().expect("UTF-8").to_owned();
    assert_eq!(run(&["--quiet", "build", &book]).0, 0);
    let site = format!("{book}/site");
    let quarter = fs::read_to_string(format!("{site}/data/2026-Q3.json")).expect("written");
    let newer = quarter.replace(&format!("\"schema\":{DATA_SCHEMA},"), &format!("\"schema\":{},", DATA_SCHEMA + 1));
    assert_ne!(newer, quarter);
    let cases: &[(&str, &str)] = &[
        ("{\"schema\": 1, \"tea", "is broken JSON"),
        ("", "is broken JSON"),
        ("[1]", "is not what okrbook writes"),
        ("{\"name\": \"left-pad\"}", "no `schema` is in it"),
        ("{\"schema\": 1, \"okrbook\": \"0.1.0\"}", "is not what okrbook writes"),
        (&newer, "reads forms up to"),
        (&"[".repeat(100_000), "is not what okrbook writes"),
    ];
    let file = format!("{book}/other.json");
    for (text, expected) in cases {
        fs::write(&file, text).expect("written");
        let (code, stdout, stderr) = run(&["diff", &format!("{site}/data/2026-Q3.json"), &file]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert!(stderr.contains(&file) && stderr.contains(expected) && stderr.contains("help:"), "{stderr}");
    }
    for (path, expected) in [("nowhere", "does not exist"), ("metrics", "holds no data"), ("site/index.html", "broken")]
    {
        let (code, _, stderr) = run(&["diff", &site, &format!("{book}/{path}")]);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(path) && stderr.contains(expected) && stderr.contains("help:"), "{stderr}");
    }
    fs::remove_file(format!("{site}/data/2026-Q3.json")).expect("removed");
    let (code, _, stderr) = run(&["diff", &site, &site]);
    assert_eq!(code, 2);
    assert!(stderr.contains("2026-Q3.json is missing"), "{stderr}");
}

#[test]
fn sites_data_folders_and_files_can_be_compared_and_the_exit_code_tells_on_demand() {
    let folder = folder_with(SMALL_BOOK);
    let book = folder.path().to_str().expect("UTF-8").to_owned();
    for (out, as_of) in [("a", "2026-08-19"), ("b", "2026-08-20"), ("c", "2026-08-20")] {
        let site = format!("{book}/{out}");
        assert_eq!(run(&["--quiet", "build", &book, "-o", &site, "--as-of", as_of]).0, 0);
    }
    let diff = |a: &str, b: &str, more: &[&str]| {
        run(&[&["diff", &format!("{book}/{a}"), &format!("{book}/{b}")], more].concat())
    };
    for (a, b) in
        [("a", "b"), ("a/data", "b"), ("a/data/book.json", "b/data"), ("a/data/2026-Q3.json", "b/data/2026-Q3.json")]
    {
        let (code, stdout, stderr) = diff(a, b, &[]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        assert!(stdout.contains("score   0.125 → 0.7"), "{stdout}");
        assert_eq!(diff(a, b, &["--exit-code"]).0, 1);
    }
    assert_eq!(
        diff("b", "c", &["--exit-code"]),
        (0, "both as of 2026-08-20\nnothing changed in 1 quarter with 1 key result\n".to_owned(), String::new())
    );
    assert_eq!(diff("a", "b/data/2026-Q3.json", &[]).0, 2);
    fs::write(format!("{book}/unreadable"), [0xff, 0xfe, 0x00]).expect("written");
    assert_eq!(diff("a", "unreadable", &[]).0, 2);
}

#[test]
fn nothing_but_the_order_of_names_decides_the_order_of_what_is_told() {
    let case = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/diff/came-and-went"));
    let once = diff::json(&difference(case));
    assert_eq!(once, diff::json(&difference(case)));
    let folder = folder_with(SMALL_BOOK);
    let output = okrbook().args(["schema", "diff"]).current_dir(folder.path()).output().expect("runs");
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let document: serde_json::Value = serde_json::from_str(&once).expect("JSON");
    let required = schema["required"].as_array().expect("a list");
    assert!(required.iter().all(|key| document.get(key.as_str().expect("a name")).is_some()), "{required:?}");
}
