//! ZIP archives, unpacked in memory and never larger than anything that people export.
//!
//! In: bytes. Out: the files, by names that lead nowhere, or what is wrong. Nothing reaches a disk.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::input::Input;
use crate::diag::{Diagnostic, Place};
use crate::read::paths;

/// The most files that are looked at.
const FILES: usize = 1_000;

/// The most bytes that all files have together.
const BYTES: u64 = 128 << 20;

/// Returns the files of an archive, each a name and its bytes.
///
/// # Errors
///
/// Where it is none, is locked, or holds more than is read.
pub(super) fn files(input: &Input<'_>) -> Result<Vec<(String, Vec<u8>)>, Box<Diagnostic>> {
    let refuse = |message: String, help: &str| {
        Box::new(Diagnostic::error("bad-archive", Place::file(input.name), message).help(help))
    };
    let again = "export it anew, and bring in the file as it came";
    let broken = |why: String| refuse(format!("{} can't be unpacked: {why}", input.name), again);
    let mut archive = ZipArchive::new(Cursor::new(input.bytes)).map_err(|error| broken(error.to_string()))?;
    if archive.len() > FILES {
        return Err(refuse(
            format!("{} holds {} files, more than the {FILES} that are read", input.name, archive.len()),
            again,
        ));
    }
    let (mut files, mut left) = (Vec::with_capacity(archive.len()), BYTES);
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|error| broken(error.to_string()))?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(|error| broken(error.to_string()))?.into_owned();
        if let Some(why) = paths::danger(&name) {
            return Err(refuse(format!("{} holds a file that no export holds: {why}", input.name), again));
        }
        let mut bytes = Vec::new();
        // What the archive says of sizes may be wrong.
        file.take(left + 1).read_to_end(&mut bytes).map_err(|error| broken(error.to_string()))?;
        let Some(rest) = left.checked_sub(bytes.len() as u64) else {
            let message = format!("{} unpacks to more than the {} MB that are read", input.name, BYTES >> 20);
            return Err(refuse(message, again));
        };
        left = rest;
        files.push((name, bytes));
    }
    Ok(files)
}
