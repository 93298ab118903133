//! A folder that anybody may have written, looked at before anything in it is opened.
//!
//! In: a folder. Out: its plain files with their sizes, and everything in it that is something else. No link is followed,
//! no pipe or device is opened, and what is read is bounded.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::paths;
use crate::error::{Error, Result};
use crate::hash::{BothHasher, Digests};

/// The most files of a folder that are looked at.
const FILES: usize = 250_000;

/// The deepest folder that is looked into.
const DEPTH: usize = 24;

/// What stands in a folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// Plain files with safe paths, sorted by path.
    pub files: Vec<Entry>,
    /// Paths of everything else, and why none of it is opened.
    pub refused: Vec<(String, &'static str)>,
}

/// A plain file.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Path inside the folder, with forward slashes.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    absolute: PathBuf,
    /// Device and number, by which the opened file is known to be the one that was looked at.
    identity: (u64, u64),
}

/// Returns the names in a folder, sorted, without those that begin with a dot; none where there is no folder.
///
/// # Errors
///
/// Where the folder is there and can't be read.
pub fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("read", folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(Error::io("read", folder))?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Says what stands at a path instead of a plain folder, in words; nothing where there is one, or nothing at all.
///
/// # Errors
///
/// Where that can't be told.
pub fn not_plain(path: &Path) -> Result<Option<&'static str>> {
    Ok(match super::told(path, fs::symlink_metadata(path))? {
        Some(metadata) if metadata.is_symlink() => Some("a link"),
        Some(metadata) if !metadata.is_dir() => Some("no folder"),
        _ => None,
    })
}

/// Says whether anything stands at a path, a link that leads nowhere included.
#[must_use]
pub fn stands(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Says whether something of this name stands in the folder and is a folder itself, not a link to one.
#[must_use]
pub fn is_plain_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Returns the text of a plain file; nothing where there is none.
///
/// # Errors
///
/// Where it is something else than a plain file, longer than `limit`, no UTF-8, or can't be read.
pub fn text(path: &Path, limit: u64) -> Result<Option<String>> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("read", path)(error)),
    };
    let integrity = |what| Error::Integrity { message: format!("{} {what}", path.display()) };
    if !metadata.is_file() {
        return Err(integrity("is not a plain file"));
    }
    let identity = (metadata.dev(), metadata.ino());
    let entry = Entry { path: String::new(), size: metadata.len(), absolute: path.to_path_buf(), identity };
    String::from_utf8(entry.bytes(limit)?).map(Some).map_err(|_| integrity("is not UTF-8"))
}

/// Returns everything below a folder.
///
/// # Errors
///
/// Where it can't be read.
pub fn list(root: &Path) -> Result<Listing> {
    let mut listing = Listing::default();
    let mut folders = vec![(root.to_path_buf(), String::new(), 0)];
    while let Some((folder, prefix, depth)) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(Error::io("read", &folder))? {
            let entry = entry.map_err(Error::io("read", &folder))?;
            let name = entry.file_name();
            let path = format!("{prefix}{}", name.to_string_lossy());
            let metadata = fs::symlink_metadata(entry.path()).map_err(Error::io("read", &entry.path()))?;
            if let Some(why) = refusal(name.to_str(), &path, &metadata) {
                listing.refused.push((path, why));
            } else if metadata.is_file() {
                let identity = (metadata.dev(), metadata.ino());
                listing.files.push(Entry { path, size: metadata.len(), absolute: entry.path(), identity });
            } else if depth >= DEPTH {
                listing.refused.push((path, "it lies too deep"));
            } else {
                folders.push((entry.path(), format!("{path}/"), depth + 1));
            }
            if listing.files.len() > FILES {
                listing.refused.push((prefix, "there are too many files"));
                return Ok(listing);
            }
        }
    }
    listing.files.sort_by(|a, b| a.path.cmp(&b.path));
    let twins: Vec<String> = twins(listing.files.iter().map(|file| file.path.as_str()));
    listing.refused.extend(twins.into_iter().map(|path| (path, "another file is the same one on other systems")));
    listing.refused.sort();
    Ok(listing)
}

/// Returns those of the paths that are one file with an earlier one on systems that ignore case or accents' making.
pub fn twins<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut keyed: Vec<(String, &str)> = paths.map(|path| (paths::twin_key(path), path)).collect();
    keyed.sort();
    let pairs = keyed.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    pairs.map(|pair| pair[1].1.to_owned()).collect()
}

fn refusal(name: Option<&str>, path: &str, metadata: &fs::Metadata) -> Option<&'static str> {
    if name.is_none() {
        return Some("its name is not UTF-8");
    }
    if metadata.is_symlink() {
        return Some("it is a link");
    }
    if !metadata.is_file() && !metadata.is_dir() {
        return Some("it is a pipe or a device");
    }
    paths::danger(path)
}

impl Entry {
    fn open(&self) -> io::Result<File> {
        let file = File::open(&self.absolute)?;
        let metadata = file.metadata()?;
        if (metadata.dev(), metadata.ino()) == self.identity && metadata.is_file() {
            return Ok(file);
        }
        Err(io::Error::other("it was replaced while it was looked at"))
    }

    /// Returns the file's bytes, or an error where it is longer than `limit`.
    ///
    /// # Errors
    ///
    /// Where it can't be read, or is too long.
    pub fn bytes(&self, limit: u64) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = self.open().and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
        read.map_err(Error::io("read", &self.absolute))?;
        if bytes.len() as u64 > limit {
            let message = format!("{} is longer than {limit} bytes, more than is read", self.absolute.display());
            return Err(Error::Integrity { message });
        }
        Ok(bytes)
    }

    /// Returns both digests of the file, which is streamed.
    ///
    /// # Errors
    ///
    /// Where it can't be read.
    pub fn digests(&self) -> Result<Digests> {
        let read = |mut file: File| {
            let mut hasher = BothHasher::default();
            let mut buffer = vec![0_u8; 64 << 10];
            loop {
                match file.read(&mut buffer)? {
                    0 => return Ok(hasher.finish()),
                    n => hasher.update(&buffer[..n]),
                }
            }
        };
        self.open().and_then(read).map_err(Error::io("read", &self.absolute))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_pipes_and_twins_are_refused_and_files_are_listed() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("data")).expect("made");
        for name in ["a", "data/b", "data/B", "x y"] {
            fs::write(at(name), name).expect("written");
        }
        std::os::unix::fs::symlink("/etc/hostname", at("link")).expect("linked");
        std::os::unix::fs::symlink("data", at("folder-link")).expect("linked");
        fs::write(at("bad\nname"), "").expect("written");
        let listing = list(folder.path()).expect("readable");
        let files: Vec<_> = listing.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(files, ["a", "data/B", "data/b", "x y"]);
        let refused: Vec<_> = listing.refused.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(refused, ["bad\nname", "data/b", "folder-link", "link"]);
    }

    #[test]
    fn a_file_that_is_swapped_for_a_link_is_not_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, "a").expect("written");
        let listing = list(folder.path()).expect("readable");
        fs::remove_file(&path).expect("removed");
        std::os::unix::fs::symlink("/etc/hostname", &path).expect("linked");
        listing.files[0].bytes(10).expect_err("refused");
    }

    #[test]
    fn what_is_read_is_bounded() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a"), "12345").expect("written");
        let listing = list(folder.path()).expect("readable");
        assert_eq!(listing.files[0].bytes(5).expect("short enough"), b"12345");
        assert_eq!(listing.files[0].bytes(4).expect_err("too long").exit_code(), 4);
    }
}
