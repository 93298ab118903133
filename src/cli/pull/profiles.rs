//! Where the user's own connection profiles stand.
//!
//! In: a connection's name and the environment. Out: the profile with its place, or why there is none. A profile that lies in
//! the book is none of the user's: whoever sends a change could send another one along.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use okrbook::pull::profile::{self, Profile};

/// The largest profile that is read, in bytes.
const LIMIT: u64 = 1 << 20;

/// A profile that was found.
pub(super) struct Found {
    /// Where it stands.
    pub(super) path: PathBuf,
    /// What it says, or why that is nothing.
    pub(super) profile: Result<Profile, String>,
}

/// Returns the folders in which profiles are looked for, in their order, as ADBC's driver manager does.
pub(super) fn folders() -> Vec<PathBuf> {
    let named = env::var_os("ADBC_PROFILE_PATH").map(|paths| env::split_paths(&paths).collect::<Vec<_>>());
    let home = || env::var_os("HOME").map(|home| Path::new(&home).join(".config"));
    let own = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).or_else(home);
    let own = own.map(|config| config.join("adbc/profiles"));
    named.into_iter().flatten().chain(own).filter(|folder| folder.is_absolute()).collect()
}

/// Returns the profile of a connection; nothing where there is none.
pub(super) fn find(name: &str, book: &Path) -> Option<Found> {
    let path = folders().into_iter().map(|folder| folder.join(format!("{name}.toml"))).find(|path| path.is_file())?;
    let profile = read(&path, book);
    Some(Found { path, profile })
}

fn read(path: &Path, book: &Path) -> Result<Profile, String> {
    let inside = fs::canonicalize(path).ok().zip(fs::canonicalize(book).ok());
    if inside.is_none_or(|(path, book)| path.starts_with(book)) {
        return Err("it lies in the book, where others may change it: move it to your own folder".to_owned());
    }
    if fs::metadata(path).is_ok_and(|found| found.len() > LIMIT) {
        return Err("it has more than 1 MB".to_owned());
    }
    let text = fs::read_to_string(path).map_err(|error| format!("it can't be read: {}", error.kind()))?;
    profile::read(&text, &|name| env::var(name).ok())
}
