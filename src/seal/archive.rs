//! The folder `archive` itself: where it lies, which bags stand in it, and its LOG.
//!
//! In: the folder, which anybody may have written. Out: names and the LOG; no bag is opened.

use std::path::Path;

use super::log::{self, Log};
use crate::error::{Error, Result};
use crate::model::archive::BagName;
use crate::read::folder;

/// The folder of sealed quarters in a book.
pub const ARCHIVE: &str = "archive";

/// The largest LOG that is read.
pub const LOG_LIMIT: u64 = 16 << 20;

/// Says where the folder `archive` is something else than a folder of the book itself, in words.
///
/// # Errors
///
/// Where that can't be told.
pub fn lies_elsewhere(archive: &Path) -> Result<Option<String>> {
    let what = folder::not_plain(archive)?;
    Ok(what.map(|what| format!("archive is {what}, so nobody vouches for what it holds")))
}

/// Says whether anything stands in the archive under a bag's name.
pub(super) fn stands(archive: &Path, name: BagName) -> bool {
    folder::stands(&archive.join(name.to_string()))
}

/// Returns the bags in the folder `archive`, sorted; and names that are none.
///
/// # Errors
///
/// Where the folder can't be read.
pub fn names(archive: &Path) -> Result<(Vec<BagName>, Vec<String>)> {
    let (mut bags, mut others) = (Vec::new(), Vec::new());
    for name in folder::names(archive)? {
        match BagName::parse(&name) {
            Some(bag) => bags.push(bag),
            None if name == "LOG" => {}
            None => others.push(name),
        }
    }
    bags.sort();
    Ok((bags, others))
}

/// Reads the archive's LOG; an empty one where there is none. One that is no text vouches for nothing.
///
/// # Errors
///
/// Where the disk says no.
pub fn read_log(archive: &Path) -> Result<Log> {
    match folder::text(&archive.join("LOG"), LOG_LIMIT) {
        Ok(text) => Ok(log::read(&text.unwrap_or_default())),
        Err(Error::Integrity { message }) => Ok(Log::unreadable(message)),
        Err(error) => Err(error),
    }
}
