//! Files that are not held in memory.
//!
//! In: a path that was found in the book. Out: the file's bytes when they are asked for. Never follows a path anew.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::error::{Error, Result};

/// The largest text file that is read, in bytes. A team's objectives need a thousandth of it.
pub const TEXT_LIMIT: u64 = 4 << 20;

/// What tells whether a file was written: another one says that it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
}

/// A file that is not held in memory.
#[derive(Debug, Clone)]
pub struct Binary {
    /// Path inside the book, with forward slashes.
    pub path: Arc<str>,
    pub(super) absolute: PathBuf,
    /// Its bytes, where they were looked at and must be those that are used.
    pub(super) kept: Option<Arc<[u8]>>,
}

impl Binary {
    /// Opens the file.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    pub fn open(&self) -> io::Result<Box<dyn io::Read>> {
        Ok(match &self.kept {
            Some(kept) => Box::new(io::Cursor::new(kept.clone())),
            None => Box::new(fs::File::open(&self.absolute)?),
        })
    }

    /// Returns the whole file.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        match &self.kept {
            Some(kept) => Ok(kept.to_vec()),
            None => fs::read(&self.absolute).map_err(self.failed()),
        }
    }

    /// Returns the file's beginning: all of it, or one byte more than the limit.
    pub(super) fn bytes_up_to(&self, limit: u64) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = self.open().and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
        read.map(|_| bytes).map_err(self.failed())
    }

    /// Returns how many bytes the file has.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    pub fn size(&self) -> Result<u64> {
        fs::metadata(&self.absolute).map(|found| found.len()).map_err(self.failed())
    }

    /// Returns what tells whether the file was written since.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    pub fn stamp(&self) -> Result<Stamp> {
        let found = fs::metadata(&self.absolute).map_err(self.failed())?;
        Ok(Stamp { size: found.len(), modified: found.modified().ok() })
    }

    /// Returns where the file is.
    #[must_use]
    pub fn place(&self) -> &Path {
        &self.absolute
    }

    /// Returns a function for `map_err` that says which file could not be read.
    pub fn failed(&self) -> impl FnOnce(io::Error) -> Error + '_ {
        Error::io("read", &self.absolute)
    }
}
