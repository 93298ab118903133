//! Exports with the same bytes under two names: their rows count once.
//!
//! In: exports. Out: for each, the earlier one that it is a copy of. Only files of one size that begin alike are read for
//! it.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;

use crate::diag::{Diagnostic, Place};
use crate::error::Result;
use crate::hash::{Digest, Hasher};
use crate::read::Binary;

/// Exports that are copies of earlier ones.
#[derive(Debug, Default)]
pub(super) struct Copies {
    of: BTreeMap<Arc<str>, (Arc<str>, Digest)>,
}

impl Copies {
    /// Finds the copies among exports.
    pub(super) fn among(files: &[&Binary]) -> Result<Self> {
        let mut by_size: BTreeMap<u64, Vec<&Binary>> = BTreeMap::new();
        if files.len() > 1 {
            for file in files {
                // A file that can't be looked at is told when it is read.
                if let Ok(size) = file.size() {
                    by_size.entry(size).or_default().push(file);
                }
            }
        }
        let mut of = BTreeMap::new();
        for of_one_size in by_size.into_values().filter(|alike| alike.len() > 1) {
            let mut by_beginning: BTreeMap<Digest, Vec<&Binary>> = BTreeMap::new();
            for file in of_one_size {
                if let Some(digest) = digest(file, BEGINNING)? {
                    by_beginning.entry(digest).or_default().push(file);
                }
            }
            for alike in by_beginning.into_values().filter(|alike| alike.len() > 1) {
                of_alike(&alike, &mut of)?;
            }
        }
        Ok(Self { of })
    }

    /// Returns the export that another one is a copy of, and the digest of both.
    pub(super) fn original(&self, path: &Arc<str>) -> Option<&(Arc<str>, Digest)> {
        self.of.get(path)
    }
}

/// Bytes of a file that tell most files of one size apart.
const BEGINNING: u64 = 1 << 10;

/// Finds the copies among exports that begin alike.
fn of_alike(alike: &[&Binary], of: &mut BTreeMap<Arc<str>, (Arc<str>, Digest)>) -> Result<()> {
    let mut known: BTreeMap<Digest, Arc<str>> = BTreeMap::new();
    for file in alike {
        let Some(digest) = digest(file, u64::MAX)? else { continue };
        match known.get(&digest) {
            Some(first) => _ = of.insert(file.path.clone(), (first.clone(), digest)),
            None => _ = known.insert(digest, file.path.clone()),
        }
    }
    Ok(())
}

/// Returns the digest of the first bytes of an export; nothing where it may not be read.
pub(super) fn digest(file: &Binary, bytes: u64) -> Result<Option<Digest>> {
    let (mut hasher, mut buffer) = (Hasher::default(), vec![0; bytes.min(64 << 10) as usize]);
    let read = file.open().and_then(|input| {
        let mut input = input.take(bytes);
        loop {
            match input.read(&mut buffer)? {
                0 => return Ok(()),
                count => hasher.update(&buffer[..count]),
            }
        }
    });
    match read {
        Ok(()) => Ok(Some(hasher.finish())),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(None),
        Err(error) => Err(file.failed()(error)),
    }
}

/// Tells of a copy.
pub(super) fn told(path: &Arc<str>, original: &str) -> Diagnostic {
    let message = format!("this export has the same bytes as {original}: its rows count once");
    let help = "remove one of the two, or name one with `file:`";
    Diagnostic::warning("same-export", Place::File(path.clone()), message).help(help)
}
