//! The reference of keys, where it stands as a file and as a page of the example: it is what the program prints.

use std::fs;

use crate::support::{root, run};

#[test]
fn the_written_reference_is_what_the_program_prints() {
    let (code, printed, stderr) = run(&["reference", "--markdown"]);
    assert_eq!(code, 0, "{stderr}");
    let files = [
        ("docs/reference.md", printed.clone()),
        ("content/pages/reference.md", format!("---\nnav: Reference\norder: 4\n---\n{printed}")),
    ];
    let faults: Vec<String> = files.iter().filter_map(|(file, text)| differs(file, text)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Says what to do where a file holds something else, and leaves beside the build what it should hold.
fn differs(file: &str, text: &str) -> Option<String> {
    if fs::read_to_string(root().join(file)).ok().as_deref() == Some(text) {
        return None;
    }
    let new = root().join("target/tmp").join(file);
    fs::create_dir_all(new.parent().expect("inside")).expect("made");
    fs::write(&new, text).expect("written");
    Some(format!("{file} is not what `okrbook reference --markdown` prints; put {} in its place", new.display()))
}

#[test]
fn a_key_that_no_file_has_is_told_with_those_like_it() {
    let (code, _, stderr) = run(&["reference", "fresh"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("fresh_within"), "{stderr}");
}
