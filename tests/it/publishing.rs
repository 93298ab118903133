//! The published site is entirely the old or entirely the new one, whenever the program is stopped.

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{SMALL_BOOK, contents, folder_with, okrbook, root};

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let build = |as_of: &str| {
        let mut command = okrbook();
        command.args(["--quiet", "build", "--as-of", as_of, "-o"]).arg(&site).arg(root().join("content"));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let days = ["2026-11-20", "2026-11-10"];
    let generations = days.map(|day| {
        assert!(build(day).status().expect("runs").success());
        contents(&site)
    });
    assert_ne!(generations[0], generations[1]);
    let begin = Instant::now();
    assert!(build(days[0]).status().expect("runs").success());
    let whole = begin.elapsed();
    for step in 0..24 {
        let mut child = build(days[step % 2]).spawn().expect("starts");
        sleep(whole * u32::try_from(step).expect("small") / 22);
        child.kill().expect("killed or over");
        child.wait().expect("waited for");
        let now = contents(&site);
        assert!(generations.contains(&now), "after step {step} the site is neither the old nor the new one");
    }
    assert!(build(days[1]).status().expect("runs").success());
    assert_eq!(contents(&site), generations[1], "the next build needs no cleaning up");
}

#[test]
fn two_builds_at_once_leave_one_complete_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let build = |as_of: &str| {
        let mut command = okrbook();
        command.args(["--quiet", "build", "--as-of", as_of, "-o"]).arg(&site).arg(root().join("content"));
        command
    };
    let mut children: Vec<_> =
        ["2026-11-20", "2026-11-10"].iter().map(|day| build(day).spawn().expect("starts")).collect();
    for child in &mut children {
        assert!(child.wait().expect("waited for").success());
    }
    let left = contents(&site);
    sleep(Duration::from_millis(1));
    let whole = ["2026-11-20", "2026-11-10"].map(|day| {
        assert!(build(day).status().expect("runs").success());
        contents(&site)
    });
    assert!(whole.contains(&left));
    let names: Vec<_> =
        fs::read_dir(folder.path()).expect("readable").map(|entry| entry.expect("readable").file_name()).collect();
    assert!(names.iter().all(|name| name != ".site.okrbook-next"), "{names:?}");
}

#[test]
fn a_build_that_waits_for_a_killed_one_makes_a_whole_site() {
    let folder = folder_with(SMALL_BOOK);
    let site = folder.path().join("site");
    let build = |as_of: &str| {
        let mut command = okrbook();
        command.args(["--quiet", "build", "--as-of", as_of, "-o"]).arg(&site).arg(folder.path());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let day = "2026-08-20";
    assert!(build(day).status().expect("runs").success());
    let whole = contents(&site);
    for step in 0..12 {
        let mut holder = build("2026-08-19").spawn().expect("starts");
        let mut waiting = build(day).spawn().expect("starts");
        sleep(Duration::from_millis(step));
        holder.kill().expect("killed or over");
        holder.wait().expect("waited for");
        assert!(waiting.wait().expect("waited for").success(), "step {step}");
        assert!(build(day).status().expect("runs").success(), "no lock is left behind");
        assert_eq!(contents(&site), whole, "step {step}");
    }
}
