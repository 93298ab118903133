//! The first hour: what a new book begins with, and what `okrbook` alone says is next.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{SMALL_BOOK, folder_with, okrbook, run};

/// Returns the first line that `okrbook` alone says of a book, as of a day.
fn next(folder: &Path, as_of: &str) -> (String, String) {
    let book = folder.to_str().expect("UTF-8");
    let (code, said, error) = run(&["-C", book, "--as-of", as_of]);
    assert_eq!(code, 0, "{said}{error}");
    assert!(said.ends_with("`okrbook --help` lists all commands\n"), "{said}");
    let (command, why) = said.split_once('\n').expect("two lines");
    (command.to_owned(), why.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("inside")).expect("folders");
    fs::write(path, text).expect("written");
}

#[test]
fn without_a_command_the_next_sensible_step_is_named_through_a_quarters_life() {
    let folder = folder_with(&[("okrbook.yaml", "organisation: Small\nteams: { shop: The shop }\n")]);
    let root = folder.path();
    let (command, why) = next(root, "2026-07-02");
    assert_eq!(command, "okrbook add-metric metrics/EXPORT.csv");
    assert!(why.contains("put an export"), "{why}");
    put(root, "metrics/success.csv", SMALL_BOOK[2].1);
    assert_eq!(next(root, "2026-07-02").0, "okrbook add-metric metrics/success.csv");
    put(root, "metrics.yaml", "success: { source: payment gateway }\n");
    assert_eq!(next(root, "2026-07-02").0, "okrbook start 2026-Q3");
    put(root, "quarters/2026-Q3/shop.yaml", "objectives: [");
    assert_eq!(next(root, "2026-07-02").0, "okrbook check");
    put(root, "quarters/2026-Q3/shop.yaml", &format!("rubbish: 1\n{}", SMALL_BOOK[1].1));
    let (command, why) = next(root, "2026-07-02");
    assert!(command == "okrbook check" && why.contains("1 error was found"), "{command} {why}");
    put(root, "quarters/2026-Q3/shop.yaml", SMALL_BOOK[1].1);
    let (command, why) = next(root, "2026-07-02");
    assert!(command == "okrbook lock 2026-Q3" && why.contains("not committed yet: The shop"), "{command} {why}");
    assert_eq!(next(root, "2026-08-20").0, "okrbook serve --open", "a lock would come late");
    let book = root.to_str().expect("UTF-8");
    let (command, why) = next(root, "2026-10-05");
    assert!(command == "okrbook review 2026-Q3" && why.contains("4 questions are open"), "{command} {why}");
    let review = "## trust/success\n\n### What worked\nThis.\n\n### What didn't\nThat.\n\n### What we learned\nMuch.\n\n### Carry forward?\nNo: done.\n";
    put(root, "quarters/2026-Q3/shop.review.md", review);
    assert_eq!(next(root, "2026-10-05").0, "okrbook seal 2026-Q3");
    put(root, "metrics/success.csv", &format!("{}2026-09-30,97\n", SMALL_BOOK[2].1));
    let (code, _, error) = run(&["-C", book, "--as-of", "2026-10-05", "seal", "2026-Q3"]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(next(root, "2026-10-05").0, "okrbook start 2026-Q4");
}

#[test]
fn without_a_book_the_next_step_is_to_make_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = okrbook().current_dir(folder.path()).output().expect("the program starts");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success() && said.starts_with("okrbook init my-okrs\n"), "{said}");
    let (code, _, error) = run(&["-C", folder.path().to_str().expect("UTF-8")]);
    assert!(code == 2 && error.contains("has no okrbook.yaml"), "a folder that is named is asked for: {error}");
}

#[test]
fn a_new_book_has_its_own_team_and_cycle_and_nothing_to_complain_about() {
    for (cycles, id) in
        [("half", "2026-H2"), ("third", "2026-T2"), ("month", "2026-08"), ("year", "2026"), ("quarter", "2026-Q3")]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let book = folder.path().join("book");
        let at = book.to_str().expect("UTF-8");
        let arguments =
            ["--as-of", "2026-08-20", "init", at, "--team", "Field: sales", "--function", "sales", "--cycles", cycles];
        let (code, _, error) = run(&arguments);
        assert_eq!(code, 0, "{error}");
        assert!(book.join(format!("quarters/{id}/field-sales.yaml")).exists(), "{cycles}");
        assert!(fs::read_to_string(book.join("okrbook.yaml")).expect("written").contains("name: \"Field: sales\""));
        let (code, said, error) = run(&["--as-of", "2026-08-20", "check", at, "--strict", "--format", "short"]);
        assert_eq!((code, said.as_str()), (0, ""), "{cycles}: {error}");
    }
}

#[test]
fn git_leaves_out_what_a_build_makes_and_a_repositorys_own_list_stays() {
    let folder = folder_with(&[(".gitignore", "target\n")]);
    let at = folder.path().to_str().expect("UTF-8");
    let (code, _, said) = run(&["init", at]);
    assert!(code == 0 && said.contains(".gitignore stays as it is"), "{said}");
    assert_eq!(fs::read_to_string(folder.path().join(".gitignore")).expect("there"), "target\n");
    let other = folder.path().join("other");
    assert_eq!(run(&["init", other.to_str().expect("UTF-8")]).0, 0);
    let list = fs::read_to_string(other.join(".gitignore")).expect("written");
    assert!(list.contains("\n/site/\n/.site.okrbook-*/\n"), "{list}");
}

#[test]
fn a_person_is_asked_three_questions_and_nobody_else_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("book");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/terminal/talk.py");
    let mut command = Command::new("python3");
    command.arg("-B").arg(script).arg(env!("CARGO_BIN_EXE_okrbook")).args(["--as-of", "2026-08-20", "init"]).arg(&book);
    command.env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1").stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        println!("python3 is not here: nobody was asked on a terminal");
        return;
    };
    let answers = "Northwind\nCheckout, product\nfortnight\nhalf\n";
    child.stdin.take().expect("piped").write_all(answers.as_bytes()).expect("taken");
    let output = child.wait_with_output().expect("ends");
    let seen = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(output.status.code(), Some(0), "{seen}");
    assert_eq!(seen.matches("]: ").count(), 4, "three questions, the last one twice: {seen}");
    assert!(seen.contains("write year, half, third, quarter or month"), "{seen}");
    let settings = fs::read_to_string(book.join("okrbook.yaml")).expect("written");
    for said in ["organisation: \"Northwind\"", "checkout: { name: Checkout, function: product }", "cycles: half"] {
        assert!(settings.contains(said), "{said}: {settings}");
    }
    assert!(book.join("quarters/2026-H2/checkout.yaml").exists());
}

#[test]
fn the_first_page_of_a_book_of_one_team_begins_with_the_team() {
    let folder = folder_with(SMALL_BOOK);
    let book = folder.path().to_str().expect("UTF-8");
    assert_eq!(run(&["--quiet", "build", book]).0, 0);
    let page = fs::read_to_string(folder.path().join("site/index.html")).expect("built");
    assert!(page.contains("<h2 id=\"scores\">Shop</h2>") && !page.contains("company.yaml"), "{page}");
    assert!(page.contains("Improve checkout success"), "its key results stand there: {page}");
}
