//! The reference of keys, where it stands as a file: it is what the program prints.

use std::fs;

use crate::support::{root, run};

#[test]
fn the_written_reference_is_what_the_program_prints() {
    let (code, printed, stderr) = run(&["reference", "--markdown"]);
    assert_eq!(code, 0, "{stderr}");
    let path = root().join("docs/reference.md");
    if fs::read_to_string(&path).ok().as_deref() != Some(&printed) {
        let new = root().join("target/tmp/reference.md");
        fs::create_dir_all(new.parent().expect("inside")).expect("made");
        fs::write(&new, &printed).expect("written");
        panic!(
            "docs/reference.md is not what `okrbook reference --markdown` prints; put {} in its place",
            new.display()
        );
    }
}

#[test]
fn a_key_that_no_file_has_is_told_with_those_like_it() {
    let (code, _, stderr) = run(&["reference", "fresh"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("fresh_within"), "{stderr}");
}
