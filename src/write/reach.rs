//! Where a path leads that the user named for what is written.
//!
//! In: the path and the book. Out: the folder or file that it means, with no link left in it. Links outside of the book
//! are the user's own and followed; links inside it, or inside the repository that holds it, may be anybody's who could
//! commit there, and are refused.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::folder::{Kind, kind_at};
use crate::error::{Error, Result};

/// The most links that a path may lead through, as on Linux.
const LINKS: usize = 40;

/// Returns the folder whose content others may have committed: the work tree of the repository that holds the book, or
/// the book.
///
/// # Errors
///
/// Where the book can't be found.
pub(super) fn committed(book: &Path) -> Result<PathBuf> {
    let book = fs::canonicalize(book).map_err(Error::io("find", book))?;
    let repository = book.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok());
    Ok(repository.unwrap_or(&book).to_path_buf())
}

/// Returns what a path means.
///
/// # Errors
///
/// Where a link inside the book or its repository is on the way, where a link leads nowhere, or where the disk says no.
pub(super) fn reach(path: &Path, book: &Path) -> Result<PathBuf> {
    let committed = committed(book)?;
    let absolute = std::path::absolute(path).map_err(Error::io("find", path))?;
    let mut ahead = parts(&absolute);
    let mut reached = PathBuf::from("/");
    let mut links = 0;
    while let Some(part) = ahead.pop_front() {
        if part == ".." {
            reached.pop();
            continue;
        }
        let next = reached.join(&part);
        if kind_at(&next)? != Some(Kind::Link) {
            reached = next;
            continue;
        }
        let leads = fs::read_link(&next).map_err(Error::io("read", &next))?;
        if reached.starts_with(&committed) {
            return Err(Error::usage_with_help(
                format!("{} is a link, and okrbook writes only where no link of the book leads", next.display()),
                format!("put a folder in its place, or name what it leads to: {}", leads.display()),
            ));
        }
        links += 1;
        if links > LINKS {
            return Err(Error::usage(format!("{} leads through too many links", path.display())));
        }
        if leads.is_absolute() {
            reached = PathBuf::from("/");
        }
        for part in parts(&leads).into_iter().rev() {
            ahead.push_front(part);
        }
    }
    Ok(reached)
}

fn parts(path: &Path) -> VecDeque<OsString> {
    let kept = path.components().filter(|part| matches!(part, Component::Normal(_) | Component::ParentDir));
    kept.map(|part| part.as_os_str().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_outside_are_followed_and_links_that_could_be_committed_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let top = fs::canonicalize(folder.path()).expect("there");
        for path in ["repository/.git", "repository/book/in", "outside/deep"] {
            fs::create_dir_all(top.join(path)).expect("made");
        }
        let book = top.join("repository/book");
        symlink(top.join("outside"), top.join("way")).expect("linked");
        symlink("deep", top.join("outside/short")).expect("linked");
        symlink(top.join("repository/book"), top.join("home")).expect("linked");
        symlink(top.join("outside"), book.join("out")).expect("linked");
        symlink("../outside", top.join("repository/beside")).expect("linked");
        symlink("loop", top.join("loop")).expect("linked");
        for (path, means) in [
            ("way/short/new/../site", "outside/deep/site"),
            ("home/in/site", "repository/book/in/site"),
            ("repository/book/../new", "repository/new"),
        ] {
            assert_eq!(reach(&top.join(path), &book).expect(path), top.join(means));
        }
        for path in ["repository/book/out", "repository/beside/x", "home/out/x", "way/../home/out", "loop"] {
            assert_eq!(reach(&top.join(path), &book).expect_err(path).exit_code(), 2);
        }
    }
}
