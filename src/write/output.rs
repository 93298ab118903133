//! The folder that a site is published to: which may be, and what stands beside it.
//!
//! In: the path that the user named, or none, and the book. Out: a folder that may be replaced whole. What is, holds or
//! lies inside something that isn't okrbook's is refused before anything is touched.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::FlockOperation;

use super::folder::{Kind, in_the_way, kind_at, not_ours, repository_below, staged_name};
use super::reach::{committed, reach};
use crate::error::{Error, Result};
use crate::read;

/// Names the file that says: okrbook made this folder and may replace it.
pub const MARKER: &str = ".okrbook-site";

/// The folder in the book that a site is published to where the user names none.
const USUAL: &str = "site";

/// The folder of sealed quarters, which commands write.
const ARCHIVE: &str = "archive";

/// What stands beside the folder, under names of okrbook's own.
const ROLES: [&str; 3] = ["next", "aside", "previous"];

/// The folder to be replaced, with links in its path resolved.
#[derive(Debug)]
pub struct Output {
    /// As the user named it.
    named: PathBuf,
    pub(super) folder: PathBuf,
    parent: PathBuf,
}

impl Output {
    /// Finds the folder that `out` means, the book's `site` where that is none, and refuses it where it may not be
    /// replaced. Touches nothing.
    ///
    /// # Errors
    ///
    /// A usage error that names the folder, or what the disk says.
    pub fn open(out: Option<&Path>, book: &Path) -> Result<Self> {
        let named = out.map_or_else(|| book.join(USUAL), Path::to_path_buf);
        let folder = reach(&named, book)?;
        let (Some(parent), Some(_)) = (folder.parent(), folder.file_name()) else {
            return Err(Error::usage(format!("{} can't be an output folder", named.display())));
        };
        let output = Self { parent: parent.to_path_buf(), folder: folder.clone(), named };
        output.check_place(book)?;
        output.check_ours()?;
        Ok(output)
    }

    /// Returns the folder as the user named it.
    #[must_use]
    pub fn named(&self) -> &Path {
        &self.named
    }

    /// Returns the folder with links in its path resolved.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Refuses a folder that is or holds the book, the working folder or a repository, or that lies in one of their own.
    fn check_place(&self, book: &Path) -> Result<()> {
        let repository = committed(book)?;
        let book = fs::canonicalize(book).map_err(Error::io("find", book))?;
        // A working folder that is gone can't be held by anything.
        let here = std::env::current_dir().ok().and_then(|here| fs::canonicalize(here).ok());
        let guarded =
            [(Some(&book), "the book"), (Some(&repository), "the repository"), (here.as_ref(), "the working folder")];
        for (guarded, name) in guarded {
            let Some(guarded) = guarded else { continue };
            if *guarded == self.folder {
                return Err(self.refused(&format!("is {name} itself")));
            }
            if guarded.starts_with(&self.folder) {
                return Err(self.refused(&format!("holds {name} at {}", guarded.display())));
            }
        }
        if self.folder.components().any(|part| part.as_os_str() == ".git") {
            return Err(self.refused("lies in a repository's own folder"));
        }
        let own = read::FOLDERS.iter().chain(&[ARCHIVE]).find(|name| self.folder.starts_with(book.join(name)));
        own.map_or(Ok(()), |name| Err(self.refused(&format!("lies in {name}/, which is the book's own"))))
    }

    fn refused(&self, why: &str) -> Error {
        let reached = if std::path::absolute(&self.named).is_ok_and(|named| named != self.folder) {
            format!(" (it leads to {})", self.folder.display())
        } else {
            String::new()
        };
        Error::usage_with_help(
            format!("{}{reached} {why}, and a build replaces its output whole", self.named.display()),
            "name a folder that holds nothing else: `-o site`",
        )
    }

    /// Refuses a folder that holds files and no marker, or something that no build makes.
    pub(super) fn check_ours(&self) -> Result<()> {
        for role in ROLES {
            let beside = self.beside(role);
            if let Some(Kind::File | Kind::Link | Kind::Other) = kind_at(&beside)? {
                let message = format!("{} is no folder, and builds keep one under this name", beside.display());
                return Err(Error::usage_with_help(message, "remove it"));
            }
            if let Some(found) = others_repository(&beside)? {
                let at = found.display();
                let message = format!("{} holds a repository at {at}, and a build removes it whole", beside.display());
                return Err(Error::usage_with_help(message, "move it elsewhere, or choose another folder with `-o`"));
            }
        }
        match others_repository(&self.folder)? {
            None => Ok(()),
            Some(found) => Err(self.refused(&format!("holds a repository at {}", found.display()))),
        }
    }

    /// Makes the folder above, where there is none.
    pub(super) fn make_parent(&self) -> Result<()> {
        fs::create_dir_all(&self.parent).map_err(Error::io("create", &self.parent))
    }

    /// Waits for other builds of a folder beside this one; the system frees the lock of a killed build.
    pub(super) fn lock(&self) -> Result<File> {
        let parent = File::open(&self.parent).map_err(Error::io("open", &self.parent))?;
        rustix::fs::flock(&parent, FlockOperation::LockExclusive)
            .map_err(|errno| Error::io("lock", &self.parent)(errno.into()))?;
        Ok(parent)
    }

    /// Returns a name of ours beside the folder.
    pub(super) fn beside(&self, role: &str) -> PathBuf {
        self.parent.join(staged_name(self.folder.file_name().unwrap_or(OsStr::new(USUAL)), role))
    }

    /// Keeps the generation before, so that pages being read still find their style sheets, until the next build.
    pub(super) fn keep_previous(&self, staged: &Path) -> Result<()> {
        let previous = self.beside("previous");
        remove_marked(&previous)?;
        if kind_at(staged)? == Some(Kind::Folder) {
            fs::rename(staged, &previous).map_err(Error::io("rename", staged))?;
        }
        Ok(())
    }
}

/// Refuses a folder that holds files and no marker, and returns a repository that it holds in spite of one.
fn others_repository(folder: &Path) -> Result<Option<PathBuf>> {
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Error::usage(format!("{} is a file, not a folder", folder.display())));
        }
        Err(error) => return Err(Error::io("read", folder)(error)),
    };
    // A build that was killed at once leaves an empty folder.
    if entries.next().is_none() {
        return Ok(None);
    }
    if kind_at(&folder.join(MARKER))? != Some(Kind::File) {
        return Err(not_ours(folder, "choose another folder with `-o`, or empty this one"));
    }
    repository_below(folder)
}

/// Removes a folder of ours. Its marker goes last, so that what a kill leaves of it is still known to be ours.
pub(super) fn remove_marked(folder: &Path) -> Result<()> {
    match kind_at(folder)? {
        None => return Ok(()),
        Some(Kind::Folder) => {}
        Some(kind) => return Err(in_the_way(folder, kind)),
    }
    for entry in fs::read_dir(folder).map_err(Error::io("read", folder))? {
        let entry = entry.map_err(Error::io("read", folder))?;
        if entry.file_name() == MARKER {
            continue;
        }
        let path = entry.path();
        let is_folder = entry.file_type().map_err(Error::io("read", &path))?.is_dir();
        let removed = if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(Error::io("remove", &path))?;
    }
    fs::remove_dir_all(folder).map_err(Error::io("remove", folder))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// Returns a folder with a repository that holds a book, each folder with a marker as if okrbook had made it.
    fn book() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let top = fs::canonicalize(folder.path()).expect("there");
        for path in ["repo/.git/refs/tags", "repo/book/quarters/2026-Q3", "repo/book/archive", "old/sub/.git"] {
            fs::create_dir_all(top.join(path)).expect("made");
        }
        for path in ["", "repo", "repo/book", "repo/book/quarters", "old", "repo/.git"] {
            fs::write(top.join(path).join(MARKER), "").expect("written");
        }
        (folder, top)
    }

    #[test]
    fn what_is_holds_or_lies_in_what_is_not_okrbooks_is_refused_before_anything_is_touched() {
        let (_kept, top) = book();
        let book = top.join("repo/book");
        symlink(".", book.join("dot")).expect("linked");
        symlink("quarters", book.join("public")).expect("linked");
        symlink(top.join("nowhere"), book.join("new")).expect("linked");
        let before = fs::read_dir(&book).expect("readable").count();
        for (out, why) in [
            ("repo/book", "is the book itself"),
            ("repo/book/.", "is the book itself"),
            ("repo/book/site/..", "is the book itself"),
            ("repo", "holds the book"),
            ("", "holds the book"),
            ("repo/book/dot", "is a link"),
            ("repo/book/dot/site", "is a link"),
            ("repo/book/public", "is a link"),
            ("repo/book/new", "is a link"),
            ("repo/book/quarters", "lies in quarters/"),
            ("repo/book/archive/site", "lies in archive/"),
            ("repo/.git", "lies in a repository's own folder"),
            ("repo/.git/refs/tags", "lies in a repository's own folder"),
            ("old", "holds a repository"),
        ] {
            let refused = Output::open(Some(&top.join(out)), &book).expect_err(out);
            assert_eq!(refused.exit_code(), 2, "{out}");
            assert!(refused.to_string().contains(why), "{out}: {refused}");
        }
        assert_eq!(fs::read_dir(&book).expect("readable").count(), before);
        Output::open(Some(Path::new("/")), &book).expect_err("the root");
        for out in ["repo/book/site", "repo/public", "elsewhere/deep/site"] {
            Output::open(Some(&top.join(out)), &book).expect(out);
        }
        assert!(!top.join("elsewhere").exists(), "opening touches nothing");
    }

    #[test]
    fn what_stands_beside_the_folder_and_is_not_okrbooks_is_refused_and_stays() {
        for role in ROLES {
            let (_kept, top) = book();
            let book = top.join("repo/book");
            let beside = book.join(format!(".site.okrbook-{role}"));
            fs::create_dir_all(beside.join("a")).expect("made");
            fs::write(beside.join("a/b"), "years of work").expect("written");
            let refused = Output::open(None, &book).expect_err(role);
            assert_eq!(refused.exit_code(), 2, "{role}");
            assert!(refused.to_string().contains("holds files that okrbook did not make"), "{role}: {refused}");
            assert_eq!(fs::read_to_string(beside.join("a/b")).expect("there"), "years of work");
            // A marker that somebody put there opens no door to a repository; an empty folder is no loss.
            fs::write(beside.join(MARKER), "").expect("written");
            Output::open(None, &book).expect("a build left it");
            fs::create_dir(beside.join("a/.git")).expect("made");
            let refused = Output::open(None, &book).expect_err(role).to_string();
            assert!(refused.contains("holds a repository"), "{role}: {refused}");
            fs::remove_dir_all(&beside).expect("removed");
            fs::create_dir(&beside).expect("made");
            Output::open(None, &book).expect("empty");
        }
    }

    #[test]
    fn a_folder_of_ours_is_removed_with_its_marker_last() {
        let folder = tempfile::tempdir().expect("a folder");
        let ours = folder.path().join("ours");
        remove_marked(&ours).expect("nothing is there");
        fs::create_dir_all(ours.join("a/b")).expect("made");
        for name in ["a/x", "y", MARKER] {
            fs::write(ours.join(name), "").expect("written");
        }
        symlink("a", ours.join("z")).expect("linked");
        remove_marked(&ours).expect("removed");
        assert!(!ours.exists());
    }

    #[test]
    fn the_usual_folder_and_what_stands_beside_it_are_no_links() {
        for name in [USUAL, ".site.okrbook-next", ".site.okrbook-aside", ".site.okrbook-previous"] {
            let (_kept, top) = book();
            let book = top.join("repo/book");
            symlink("..", book.join(name)).expect("linked");
            let refused = Output::open(None, &book).expect_err(name).to_string();
            assert!(refused.contains(name), "{refused}");
        }
    }
}
