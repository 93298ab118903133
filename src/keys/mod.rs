//! Every key of a book's files, told once.
//!
//! In: nothing. Out: for each file the mapping that it is, as a table of keys: the readers in `config` and `load` take
//! their known keys from it, editors their schemas, and people the reference. A key that isn't in a table is not read.

pub mod book;
pub mod catalogue;
mod file;
pub mod ledgers;
pub mod metrics;
pub mod reference;
pub mod schema;
pub mod team;
#[cfg(test)]
mod tests;
pub mod texts;

pub use file::File;

/// Returns the file that stands at a path of a book, as far as its keys are concerned.
#[must_use]
pub fn file_at(path: &str) -> Option<File> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["okrbook.yaml"] => Some(book::FILE),
        ["metrics.yaml"] => Some(metrics::FILE),
        ["metrics", .., name] if name.ends_with(".yaml") => Some(metrics::FILE),
        ["pages", name] if name.ends_with(".md") => Some(texts::PAGE_FILE),
        ["catalogue.yaml"] => Some(catalogue::FILE),
        ["quarters" | "cycles", _, "index.md"] => Some(texts::STORY_FILE),
        ["quarters" | "cycles", _, "lock.yaml"] => Some(ledgers::LOCK_FILE),
        ["quarters" | "cycles", _, "checkins", name] if name.ends_with(".yaml") => Some(ledgers::CHECK_IN_FILE),
        ["quarters" | "cycles", _, name] if name.ends_with(".review.md") => Some(texts::REVIEW_FILE),
        ["quarters" | "cycles", _, name] if name.ends_with(".yaml") => Some(team::FILE),
        _ => None,
    }
}

/// All files of a book that have keys, in the order in which people meet them.
pub const FILES: [File; 9] = [
    book::FILE,
    team::FILE,
    metrics::FILE,
    texts::REVIEW_FILE,
    texts::STORY_FILE,
    texts::PAGE_FILE,
    catalogue::FILE,
    ledgers::LOCK_FILE,
    ledgers::CHECK_IN_FILE,
];
