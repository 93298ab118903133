//! Check-ins as people make them: asked on a terminal, and by several of them at once, in git.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{SMALL_BOOK, folder_with, okrbook, run};

const CHECK_IN: &str = "quarters/2026-Q3/checkins/2026-08-20.shop.yaml";

fn book() -> tempfile::TempDir {
    let mut files = SMALL_BOOK.to_vec();
    let team = format!("{}      - speed: Reduce checkout time from 3 s to 1 s\n", SMALL_BOOK[1].1);
    files[1].1 = &team;
    files.push(("metrics/speed.csv", "date,value\n2026-07-01,3\n2026-08-19,2\n"));
    folder_with(&files)
}

/// Answers the questions of `checkin` on a pseudo terminal; returns the exit code and what was seen, or nothing where
/// there is no Python to make one.
#[expect(clippy::print_stdout, reason = "a test that compares nothing says so")]
fn talk(book: &Path, answers: &str) -> Option<(Option<i32>, String)> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/terminal/talk.py");
    let mut command = Command::new("python3");
    command.arg("-B").arg(script).arg(env!("CARGO_BIN_EXE_okrbook")).arg("-C").arg(book).arg("checkin");
    command.env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1").stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        println!("python3 is not here: nobody was asked on a terminal");
        return None;
    };
    child.stdin.take().expect("piped").write_all(answers.as_bytes()).expect("taken");
    let output = child.wait_with_output().expect("ends");
    Some((output.status.code(), String::from_utf8(output.stdout).expect("UTF-8")))
}

#[test]
fn a_person_is_asked_key_result_by_key_result_and_may_stop() {
    let folder = book();
    let Some((code, seen)) = talk(folder.path(), "eleven\n7\nthe gateway is slow\n^D\n") else { return };
    assert_eq!(code, Some(0), "{seen}");
    let expected = "\
shop in 2026-Q3, as of 2026-08-20. An empty line skips; Ctrl-D ends and keeps what was said.

1/2  Improve checkout success from 94% to 98%
     Success rose from 94 % to 96.8 % this quarter; the goal is 98 %. Grade 0.7, strong.
     confidence, 0 to 10: eleven
     `eleven` is no whole number from 0 to 10; an empty line skips
     confidence, 0 to 10: 7
     note: the gateway is slow

2/2  Reduce checkout time from 3 s to 1 s
     Speed fell from 3 s to 2 s this quarter; the goal is 1 s. Grade 0.5 so far, on track.
     confidence, 0 to 10: 
recorded 2 key results of shop, 1 of them with confidence or a note: quarters/2026-Q3/checkins/2026-08-20.shop.yaml
";
    let plain: Vec<&str> = seen.lines().map(|line| line.trim_start_matches("^D\u{8}\u{8}")).collect();
    assert_eq!(plain.join("\n").replace('\u{a0}', " ") + "\n", expected);
    let recorded = fs::read_to_string(folder.path().join(CHECK_IN)).expect("written");
    assert!(recorded.contains("confidence: 7\n  note: the gateway is slow\n"), "{recorded}");
}

#[test]
fn a_person_who_says_nothing_records_values() {
    let folder = book();
    let Some((code, seen)) = talk(folder.path(), "\n\n\n\n") else { return };
    assert_eq!(code, Some(0), "{seen}");
    assert!(seen.contains("recorded 2 key results of shop: quarters"), "{seen}");
    let recorded = fs::read_to_string(folder.path().join(CHECK_IN)).expect("written");
    assert!(recorded.contains("value: 96.8 %") && !recorded.contains("confidence"), "{recorded}");
}

/// Runs git in a folder without anybody's settings.
fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.args(["-c", "user.name=Ana", "-c", "user.email=ana@example.com"]).args(arguments);
    let output = command.output().expect("git runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
}

#[test]
fn check_ins_on_two_branches_merge_without_a_conflict() {
    let folder = book();
    let depot = SMALL_BOOK[1].1.replace("success", "depot-success");
    fs::write(folder.path().join("quarters/2026-Q3/depot.yaml"), depot).expect("written");
    let path = folder.path().to_str().expect("UTF-8");
    let check_in = |team: &str, key_result: &str, day: &str| {
        let command = ["-C", path, "--as-of", day, "checkin", "--team", team, "--kr", key_result, "--confidence", "6"];
        let (code, _, said) = run(&command);
        assert_eq!(code, 0, "{said}");
    };
    let commit = |message: &str| {
        git(folder.path(), &["add", "-A"]);
        git(folder.path(), &["commit", "-q", "-m", message]);
    };
    git(folder.path(), &["init", "-q", "-b", "main"]);
    commit("a book");
    git(folder.path(), &["checkout", "-q", "-b", "ana"]);
    check_in("shop", "trust/success", "2026-08-13");
    check_in("shop", "trust/speed", "2026-08-20");
    commit("shop checks in");
    git(folder.path(), &["checkout", "-q", "main"]);
    check_in("depot", "trust/depot-success", "2026-08-20");
    check_in("shop", "trust/success", "2026-08-06");
    commit("depot checks in, and shop, earlier");
    git(folder.path(), &["merge", "-q", "-m", "both", "ana"]);
    let names = fs::read_dir(folder.path().join("quarters/2026-Q3/checkins")).expect("readable");
    assert_eq!(names.count(), 4);
    let output = okrbook().args(["check", path, "--format", "short"]).output().expect("runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && !said.contains("checkins/"), "{said}");
    assert_eq!(run(&["--quiet", "build", path]).0, 0);
    let page = fs::read_to_string(folder.path().join("site/2026-Q3/shop.html")).expect("built").replace('\u{a0}', " ");
    assert!(page.contains("6 Aug") && page.contains("13 Aug"), "the card's line of confidence has both branches' days");
}
