//! A folder of a book that is put together beside its place and named in one step.
//!
//! In: files, one by one. Out: the folder with all of them, synced, or no folder at all, whenever the program is killed.
//! An existing folder is never replaced, and no link in the book is followed.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

use super::folder::{Folder, remove_left_folder, staged_name};
use crate::error::{Error, Result};
use crate::hash::{BothHasher, Digests};

/// A folder that isn't in its place yet. Dropped unfinished, it goes away.
#[derive(Debug)]
pub struct Tree {
    /// The folder above, locked until the tree stands or is given up; the system frees the lock of a killed run.
    above: Folder,
    name: OsString,
    staged: OsString,
    /// The folder as it is being put together. It was made by this run, so no link stands in it.
    folder: Folder,
    is_finished: bool,
}

impl Tree {
    /// Begins a folder below `root` that doesn't exist yet, and in which these names will stand; what a killed run left
    /// beside it is removed.
    ///
    /// # Errors
    ///
    /// Where it exists, where something else stands beside it under a name of ours, where a link is on the way, or where the disk says no.
    pub fn begin(root: &Path, path: &str, names: &[&str]) -> Result<Self> {
        let path = Path::new(path);
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(Error::usage(format!("{} can't be a folder", path.display())));
        };
        let above = Folder::named(root)?.below(parent)?;
        above.lock()?;
        if above.kind(name)?.is_some() {
            return Err(Error::usage(format!("{} is there already", above.path_of(name).display())));
        }
        let staged = staged_name(name, "next");
        remove_left_folder(&above.path_of(&staged), names)?;
        let folder = above.create_folder(&staged)?;
        Ok(Self { above, name: name.to_owned(), staged, folder, is_finished: false })
    }

    /// Returns the folder as it is being put together.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file and returns its digests.
    ///
    /// # Errors
    ///
    /// Where the file is there, or where the disk says no.
    pub fn put(&self, path: &str, content: &[u8]) -> Result<Digests> {
        let (file, mut handle) = self.create(path)?;
        handle.write_all(content).map_err(Error::io("write", &file))?;
        Ok(Digests::of(content))
    }

    /// Copies a file from a stream, whose file is `source`, and returns its digests and its length.
    ///
    /// # Errors
    ///
    /// Where `from` can't be read, the file is there, or the disk says no.
    pub fn copy(&self, path: &str, from: &mut dyn Read, source: &Path) -> Result<(Digests, u64)> {
        let (file, mut handle) = self.create(path)?;
        let mut hasher = BothHasher::default();
        let mut buffer = vec![0_u8; 64 << 10];
        let mut length = 0;
        loop {
            let count = from.read(&mut buffer).map_err(Error::io("read", source))?;
            if count == 0 {
                return Ok((hasher.finish(), length));
            }
            length += count as u64;
            hasher.update(&buffer[..count]);
            handle.write_all(&buffer[..count]).map_err(Error::io("write", &file))?;
        }
    }

    fn create(&self, path: &str) -> Result<(PathBuf, File)> {
        let file = self.folder.path().join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
        }
        let handle = File::create_new(&file).map_err(Error::io("create", &file))?;
        Ok((file, handle))
    }

    /// Brings everything to the disk and gives the folder its name, in one step.
    ///
    /// # Errors
    ///
    /// Where the name was taken meanwhile, or where the disk says no; there is then no folder.
    pub fn finish(mut self) -> Result<()> {
        // One call brings all files and folders to the disk and reports any of their faults.
        self.folder.sync_all()?;
        self.above.rename_new(&self.staged, &self.name)?;
        self.is_finished = true;
        self.above.sync()
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        if !self.is_finished {
            // What can't be removed is removed by the next run.
            let _ = fs::remove_dir_all(self.folder.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_stands_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("archive/2026-Q3");
        let begin = || Tree::begin(folder.path(), "archive/2026-Q3", &["a", "c"]);
        let names = |path: &Path| fs::read_dir(path).expect("readable").count();
        let tree = begin().expect("begun");
        tree.put("a/b", b"one").expect("written");
        drop(tree);
        assert_eq!(names(&folder.path().join("archive")), 0, "given up");
        let tree = begin().expect("begun");
        assert_eq!(tree.put("a/b", b"abc").expect("written"), Digests::of(b"abc"));
        assert_eq!(tree.copy("c", &mut &b"abc"[..], Path::new("from")).expect("written"), (Digests::of(b"abc"), 3));
        tree.put("c", b"again").expect_err("a file is written once");
        assert!(!target.exists());
        tree.finish().expect("named");
        assert_eq!(fs::read(target.join("a/b")).expect("there"), b"abc");
        assert_eq!(names(&folder.path().join("archive")), 1);
        assert_eq!(begin().expect_err("taken").exit_code(), 2);
    }

    #[test]
    fn what_a_killed_run_left_is_in_nobodys_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let left = folder.path().join(".x.okrbook-next");
        let begin = || Tree::begin(folder.path(), "x", &["old", "new"]);
        for others in ["other", "old/.git"] {
            fs::create_dir_all(left.join(others)).expect("made");
            let refused = begin().expect_err(others);
            assert!(refused.to_string().contains("holds files that okrbook did not make"), "{others}: {refused}");
            assert!(left.join(others).exists(), "{others}");
            fs::remove_dir_all(left.join(others)).expect("removed");
        }
        fs::create_dir_all(left.join("old")).expect("made");
        let tree = begin().expect("begun");
        tree.put("new", b"").expect("written");
        tree.finish().expect("named");
        assert!(!folder.path().join("x/old").exists());
    }
}
