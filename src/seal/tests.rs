//! What a build writes, and what a seal knows of it.

use super::place;
use crate::model::ids::CycleId;
use crate::render::{Overrides, Site};
use crate::report::Report;
use crate::report::fixture::Fixture;

#[test]
fn each_file_that_a_build_writes_has_a_place() {
    let mut fixture = Fixture::new();
    fixture.identity.base_url = Some("https://okr.example/".to_owned());
    let report = Report::new(fixture.inputs());
    let site = Site::new(&report, &Overrides { pdf: true, ..Overrides::default() }).expect("built-in templates");
    // Of a quarter that the book doesn't have, so that no file stands among a seal's own.
    let quarter = CycleId::quarter(1999, 1);
    let pdfs = site.pdfs();
    let paths = site.routes().iter().map(|route| &route.path).chain(pdfs.iter().map(|(path, _)| path));
    let unknown: Vec<&str> = paths.map(String::as_str).filter(|path| place::of(quarter, path).is_none()).collect();
    assert!(
        unknown.is_empty(),
        "a build writes these files, and src/seal/place.rs knows no place for them:\n  {}\nNo seal that holds one would \
         verify. In src/seal/place.rs, add a file of the site's root to `TOP`, and one in a folder to the `match` of \
         `of`: `Evidence` where a sealed quarter's pages refer to it and a build publishes it as it was sealed, \
         `Living` where it changes with the book; then a line in the test's table there.",
        unknown.join("\n  ")
    );
}
