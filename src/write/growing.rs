//! A large file of a new generation while it is made, piece by piece, so that it is never held whole.
//!
//! In: where the file is staged, and its pieces in order. Out: the file, or a link to the one before where that is the same.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::folder::{Kind, kind_at, staged_name};
use crate::error::{Error, Result};

/// A file of which some pieces may be written already.
pub(super) struct Growing {
    file: PathBuf,
    handle: Option<File>,
    bytes: u64,
}

impl Growing {
    /// Returns a file that isn't there yet.
    pub(super) const fn new(file: PathBuf) -> Self {
        Self { file, handle: None, bytes: 0 }
    }

    /// Says whether nothing was written yet.
    pub(super) const fn is_empty(&self) -> bool {
        self.handle.is_none()
    }

    /// Writes a piece and leaves nothing of it in memory.
    ///
    /// # Errors
    ///
    /// Where the disk says no.
    pub(super) fn take(&mut self, piece: &mut Vec<u8>) -> Result<()> {
        if self.handle.is_none() {
            self.handle = Some(File::create(&self.file).map_err(Error::io("create", &self.file))?);
        }
        if let Some(handle) = &mut self.handle {
            handle.write_all(piece).map_err(Error::io("write", &self.file))?;
        }
        self.bytes += piece.len() as u64;
        piece.clear();
        Ok(())
    }

    /// Writes the last piece, and puts a link in the file's place where it is the same as `before`; returns its length and
    /// whether it is.
    ///
    /// # Errors
    ///
    /// Where the disk says no.
    pub(super) fn finish(mut self, piece: &mut Vec<u8>, before: Option<&Path>) -> Result<(u64, bool)> {
        self.take(piece)?;
        self.handle = None;
        let is_same = |before: &&Path| File::open(&self.file).is_ok_and(|file| holds(before, self.bytes, file));
        let is_linked = before.filter(is_same).is_some_and(|before| self.link(before).is_ok());
        Ok((self.bytes, is_linked))
    }

    /// Links beside the file first, so that it stays where there can't be a link.
    fn link(&self, before: &Path) -> io::Result<()> {
        let beside = self.file.with_file_name(staged_name(self.file.file_name().unwrap_or_default(), "same"));
        fs::hard_link(before, &beside)?;
        fs::rename(&beside, &self.file)
    }
}

/// Says whether a plain file holds exactly these bytes, of which there are so many.
pub(super) fn holds(file: &Path, length: u64, mut content: impl io::Read) -> bool {
    // A link or a pipe in the old site is never opened.
    if !matches!(kind_at(file), Ok(Some(Kind::File))) {
        return false;
    }
    let Ok(mut handle) = File::open(file) else { return false };
    let same_length = handle.metadata().is_ok_and(|metadata| metadata.len() == length);
    if !same_length {
        return false;
    }
    let (mut buffer, mut wanted) = ([0_u8; 16 << 10], [0_u8; 16 << 10]);
    loop {
        match handle.read(&mut buffer) {
            Ok(0) => return matches!(content.read(&mut wanted[..1]), Ok(0)),
            Ok(n) if content.read_exact(&mut wanted[..n]).is_ok() && buffer[..n] == wanted[..n] => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_make_one_file_which_is_a_link_where_it_was_there_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let grow = |name: &str, before: Option<&Path>| {
            let mut growing = Growing::new(path(name));
            assert!(growing.is_empty());
            growing.take(&mut vec![b'a'; 20_000]).expect("written");
            let mut last = b"b".to_vec();
            let grown = growing.finish(&mut last, before).expect("written");
            assert!(last.is_empty());
            grown
        };
        assert_eq!(grow("one", None), (20_001, false));
        assert_eq!(fs::read(path("one")).expect("there").len(), 20_001);
        assert_eq!(grow("two", Some(&path("one"))), (20_001, true));
        fs::write(path("one"), vec![b'a'; 20_001]).expect("written, in both places");
        assert_eq!(fs::read(path("two")).expect("there"), fs::read(path("one")).expect("there"));
        assert_eq!(grow("three", Some(&path("one"))), (20_001, false));
        assert_eq!(grow("four", Some(&path("none"))), (20_001, false));
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 4, "nothing is left beside them");
    }
}
