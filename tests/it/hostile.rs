//! Input that means harm, as the program meets it: refused by name, with exit code 2, and nothing published.

use std::fs;
use std::os::unix::fs::symlink;

use crate::support::{SMALL_BOOK, folder_with, run};

#[test]
fn bombs_and_links_out_of_the_book_are_refused_by_name() {
    let folder = folder_with(SMALL_BOOK);
    let quarter = folder.path().join("quarters/2026-Q3");
    symlink("/dev/zero", quarter.join("endless.yaml")).expect("linked");
    symlink("/etc", folder.path().join("metrics/etc")).expect("linked");
    fs::write(quarter.join("deep.yaml"), "[".repeat(100_000)).expect("written");
    fs::write(quarter.join("huge.yaml"), format!("objectives: \"{}\"\n", "a".repeat(10_000_000))).expect("written");
    fs::write(
        quarter.join("nan.yaml"),
        "objectives: [{ id: a, title: A, key_results: [{ k: From 1% to 2%, weight: .nan }] }]\n",
    )
    .expect("written");
    let (code, _, stderr) = run(&["build", folder.path().to_str().expect("UTF-8")]);
    assert_eq!(code, 2, "{stderr}");
    for name in ["endless.yaml", "deep.yaml", "huge.yaml", "nan.yaml", "metrics/etc"] {
        assert!(stderr.contains(name), "{name} is not named:\n{stderr}");
    }
    assert!(!folder.path().join("site").exists());
}

#[test]
fn a_broken_export_leaves_its_key_result_without_data_and_the_site_standing() {
    let mut files = SMALL_BOOK.to_vec();
    files.push(("metrics/success.csv", "\u{0}\u{1}PK\u{3}\u{4} this is no table\n"));
    let folder = folder_with(&files);
    let (code, _, stderr) = run(&["build", folder.path().to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("metrics/success.csv"), "{stderr}");
    let data = fs::read_to_string(folder.path().join("site/data/2026-Q3.json")).expect("written");
    assert!(data.contains("\"no-data\""), "{data}");
}
