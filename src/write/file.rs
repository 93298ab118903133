//! One file of a book, replaced whole or not at all.
//!
//! In: a book, a path in it, what the file held when it was read, and its new text. Out: the file holds the new text, or
//! still the old one, whenever the program is killed. A file that somebody else changed meanwhile is left alone, and no
//! link in the book is followed.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::folder::Folder;
use super::reach::reach;
use crate::error::{Error, Result};

/// Replaces the text of a file below `root` that held `before` (nothing where there was no file).
///
/// The text goes to a file beside it, reaches the disk, and takes the name in one step. Folders above are made. A file
/// that a killed run left beside it is removed by the next one and read by nobody.
///
/// # Errors
///
/// Where the file holds something else by now, where a link or no file stands in its place or above it, or where the
/// disk says no; the file is then as it was.
pub fn replace(root: &Path, path: &str, before: Option<&str>, text: &str) -> Result<()> {
    let (above, name) = split(Path::new(path))?;
    let folder = Folder::named(root)?.below(above)?;
    // Two runs take turns; the system frees the lock of a killed one.
    folder.lock()?;
    if !holds(&folder, name, before)? {
        return Err(Error::usage_with_help(
            format!("{} was changed by somebody else meanwhile", folder.path_of(name).display()),
            "nothing was written; run the command again",
        ));
    }
    folder.write(name, text.as_bytes())?;
    folder.sync()
}

/// Replaces two files of one folder below `root`, whatever plain files stood there: both or none.
///
/// Both reach the disk beside their places before either takes its own, so that only a program that is killed between two
/// renames leaves one of them. Folders above are made.
///
/// # Errors
///
/// Where a link or no file stands in their place or above it, or where the disk says no; both files are then as they were.
pub fn replace_both(root: &Path, [first, second]: [(&str, &str); 2]) -> Result<()> {
    let (above, first_name) = split(Path::new(first.0))?;
    let (_, second_name) = split(Path::new(second.0))?;
    let folder = Folder::named(root)?.below(above)?;
    folder.lock()?;
    let one = folder.stage(first_name, first.1.as_bytes())?;
    let other = match folder.stage(second_name, second.1.as_bytes()) {
        Ok(other) => other,
        Err(error) => {
            one.give_up(&folder);
            return Err(error);
        }
    };
    if let Err(error) = one.take_place(&folder) {
        other.give_up(&folder);
        return Err(error);
    }
    other.take_place(&folder)?;
    folder.sync()
}

/// Makes a file below `root` that isn't there yet. Folders above are made.
///
/// # Errors
///
/// Where something stands in its place, where a link stands above it, or where the disk says no.
pub fn create(root: &Path, path: &Path, bytes: &[u8]) -> Result<()> {
    let (above, name) = split(path)?;
    let folder = Folder::named(root)?.below(above)?;
    let mut file = folder.create(name)?;
    file.write_all(bytes).map_err(Error::io("write", &folder.path_of(name)))
}

/// Puts a whole file where the user said, whatever file stood there. Folders above are made.
///
/// # Errors
///
/// Where a link of the book is on the way, where no file stands in its place, or where the disk says no; what stood there
/// still stands.
pub fn put(path: &Path, book: &Path, bytes: &[u8]) -> Result<()> {
    let reached = reach(path, book)?;
    let (above, name) = split(&reached)?;
    fs::create_dir_all(above).map_err(Error::io("create", above))?;
    Folder::named(above)?.write(name, bytes)
}

fn split(path: &Path) -> Result<(&Path, &OsStr)> {
    let parts = path.parent().zip(path.file_name());
    parts.ok_or_else(|| Error::usage(format!("{} can't be a file", path.display())))
}

/// Says whether the file holds this text, a byte-order mark aside.
fn holds(folder: &Folder, name: &OsStr, before: Option<&str>) -> Result<bool> {
    Ok(match (folder.bytes(name)?, before) {
        (Some(bytes), Some(before)) => {
            let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
            bytes == before.as_bytes()
        }
        (None, None) => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_takes_its_new_text_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = "quarters/2026-Q3/lock.yaml";
        replace(folder.path(), path, None, "one\n").expect("written");
        replace(folder.path(), path, Some("one\n"), "two\n").expect("written");
        assert_eq!(fs::read_to_string(folder.path().join(path)).expect("there"), "two\n");
        assert_eq!(fs::read_dir(folder.path().join("quarters/2026-Q3")).expect("readable").count(), 1);
    }

    #[test]
    fn a_file_is_put_whole_whatever_file_stood_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("packets/2026-Q3.pdf");
        for text in ["one", "two"] {
            put(&path, folder.path(), text.as_bytes()).expect("written");
            assert_eq!(fs::read_to_string(&path).expect("there"), text);
        }
        fs::create_dir(folder.path().join("taken")).expect("made");
        assert_eq!(put(&folder.path().join("taken"), folder.path(), b"x").expect_err("a folder").exit_code(), 2);
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 2);
    }

    #[test]
    fn a_file_that_somebody_changed_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("lock.yaml"), "theirs").expect("written");
        for before in [None, Some("mine")] {
            let error = replace(folder.path(), "lock.yaml", before, "new").expect_err("refused");
            assert_eq!(error.exit_code(), 2);
        }
        assert_eq!(fs::read_to_string(folder.path().join("lock.yaml")).expect("there"), "theirs");
        replace(folder.path(), "gone.yaml", Some("was here"), "new").expect_err("refused");
        assert!(!folder.path().join("gone.yaml").exists());
    }
}
