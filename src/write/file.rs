//! One file of a book, replaced whole or not at all.
//!
//! In: a path, what the file held when it was read, and its new text. Out: the file holds the new text, or still the old
//! one, whenever the program is killed. A file that somebody else changed meanwhile is left alone.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use rustix::fs::FlockOperation;

use crate::error::{Error, Result};

/// Replaces the text of a file that held `before` (nothing where there was no file).
///
/// The text goes to a file beside it, reaches the disk, and takes the name in one step. Folders above are made. A file
/// that a killed run left beside it is overwritten by the next one and read by nobody.
///
/// # Errors
///
/// Where the file holds something else by now, or where the disk says no; the file is then as it was.
pub fn replace(path: &Path, before: Option<&str>, text: &str) -> Result<()> {
    let (folder, name) = match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => (folder, name),
        _ => return Err(Error::usage(format!("{} can't be a file", path.display()))),
    };
    fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
    // Two runs take turns; the system frees the lock of a killed one.
    let handle = File::open(folder).map_err(Error::io("open", folder))?;
    rustix::fs::flock(&handle, FlockOperation::LockExclusive)
        .map_err(|errno| Error::io("lock", folder)(errno.into()))?;
    if !holds(path, before)? {
        return Err(Error::usage_with_help(
            format!("{} was changed by somebody else meanwhile", path.display()),
            "nothing was written; run the command again",
        ));
    }
    let staged = folder.join(format!(".{}.okrbook-next", name.to_string_lossy()));
    let written = stage(&staged, text.as_bytes()).and_then(|()| fs::rename(&staged, path));
    if written.is_err() {
        // The failure is what counts; what is left is overwritten by the next run.
        let _ = fs::remove_file(&staged);
    }
    written.map_err(Error::io("write", path))?;
    handle.sync_all().map_err(Error::io("write", folder))
}

/// Puts a whole file in its place, whatever stood there.
///
/// # Errors
///
/// Where the disk says no; what stood there still stands.
pub fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let (folder, name) = match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if folder.as_os_str().is_empty() => (Path::new("."), name),
        (Some(folder), Some(name)) => (folder, name),
        _ => return Err(Error::usage(format!("{} can't be a file", path.display()))),
    };
    fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
    let staged = folder.join(format!(".{}.okrbook-next", name.to_string_lossy()));
    let written = stage(&staged, bytes).and_then(|()| fs::rename(&staged, path));
    if written.is_err() {
        // The failure is what counts; what is left is overwritten by the next run.
        let _ = fs::remove_file(&staged);
    }
    written.map_err(Error::io("write", path))
}

fn stage(staged: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(staged)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Says whether the file holds this text, a byte-order mark aside.
fn holds(path: &Path, before: Option<&str>) -> Result<bool> {
    match (fs::read(path), before) {
        (Ok(bytes), Some(before)) => {
            let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
            Ok(bytes == before.as_bytes())
        }
        (Ok(_), None) => Ok(false),
        (Err(error), before) if error.kind() == io::ErrorKind::NotFound => Ok(before.is_none()),
        (Err(error), _) => Err(Error::io("read", path)(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_takes_its_new_text_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("quarters/2026-Q3/lock.yaml");
        replace(&path, None, "one\n").expect("written");
        replace(&path, Some("one\n"), "two\n").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("there"), "two\n");
        assert_eq!(fs::read_dir(path.parent().expect("inside")).expect("readable").count(), 1);
    }

    #[test]
    fn a_file_is_put_whole_whatever_stood_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("packets/2026-Q3.pdf");
        for text in ["one", "two"] {
            put(&path, text.as_bytes()).expect("written");
            assert_eq!(fs::read_to_string(&path).expect("there"), text);
        }
        fs::create_dir(folder.path().join("taken")).expect("made");
        assert_eq!(put(&folder.path().join("taken"), b"x").expect_err("a folder").exit_code(), 3);
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 2);
    }

    #[test]
    fn a_file_that_somebody_changed_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock.yaml");
        fs::write(&path, "theirs").expect("written");
        for before in [None, Some("mine")] {
            let error = replace(&path, before, "new").expect_err("refused");
            assert_eq!(error.exit_code(), 2);
        }
        assert_eq!(fs::read_to_string(&path).expect("there"), "theirs");
        let gone = folder.path().join("gone.yaml");
        replace(&gone, Some("was here"), "new").expect_err("refused");
        assert!(!gone.exists());
    }

    #[test]
    fn what_a_killed_run_left_is_in_nobodys_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock.yaml");
        fs::write(folder.path().join(".lock.yaml.okrbook-next"), "half a li").expect("written");
        replace(&path, None, "whole\n").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("there"), "whole\n");
    }
}
