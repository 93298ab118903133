//! The templates that okrbook brings along.
//!
//! In: nothing. Out: their names and texts.

use include_dir::{Dir, include_dir};

/// All of them.
pub(super) static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Returns the built-in templates: name and text, sorted by name.
#[must_use]
pub fn built_in_templates() -> Vec<(&'static str, &'static str)> {
    let files = BUILT_IN.files().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)));
    let mut templates: Vec<_> = files.collect();
    templates.sort_unstable();
    templates
}
