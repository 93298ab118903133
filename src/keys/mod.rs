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
