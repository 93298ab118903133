//! A folder that is written to, reached from a trusted one without following a link.
//!
//! In: a folder that the user named, and the path of one below it, which anybody may have committed. Out: an open folder,
//! through which files are made, named and removed. Every step of the path is opened by itself and refused where it is a
//! link, so that nothing that stands in a book leads a write out of it.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use rustix::fs::{AtFlags, CWD, FileType, FlockOperation, Mode, OFlags, RenameFlags};
use rustix::io::Errno;

use crate::error::{Error, Result};
use crate::hash::Digest;

/// The longest name of a file that file systems take, in bytes.
const NAME_LIMIT: usize = 255;

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder {
    handle: File,
    path: PathBuf,
}

/// A whole file that stands beside its place.
#[derive(Debug)]
pub(super) struct Staged<'n> {
    staged: OsString,
    name: &'n OsStr,
}

impl Staged<'_> {
    /// Puts the file into its place, in one step.
    pub(super) fn take_place(self, folder: &Folder) -> Result<()> {
        let taken = rustix::fs::renameat(&folder.handle, &self.staged, &folder.handle, self.name);
        if taken.is_err() {
            folder.give_up(&self.staged);
        }
        taken.map_err(|errno| Error::io("write", &folder.path_of(self.name))(errno.into()))
    }

    /// Takes the file away again.
    pub(super) fn give_up(self, folder: &Folder) {
        folder.give_up(&self.staged);
    }
}

/// What stands under a name; links are not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A link.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Link => "a link",
            Self::Other => "a pipe or a device",
        }
    }
}

/// Returns the name under which something is put together before it takes the name `name`.
pub(super) fn staged_name(name: &OsStr, role: &str) -> OsString {
    let mut staged = OsString::from(".");
    staged.push(name);
    staged.push(format!(".okrbook-{role}"));
    if staged.len() > NAME_LIMIT {
        staged = format!(".{}.okrbook-{role}", Digest::of(name.as_encoded_bytes()).short()).into();
    }
    staged
}

/// Returns what stands at a path, whose last part is not followed; nothing where nothing does.
///
/// # Errors
///
/// Where that can't be told.
pub(super) fn kind_at(path: &Path) -> Result<Option<Kind>> {
    kind(CWD, path.as_os_str()).map_err(|errno| Error::io("read", path)(errno.into()))
}

/// Removes what a killed run left at a path of ours: a folder with all that is in it, where it holds nothing but what runs
/// put there, which have these names.
///
/// # Errors
///
/// Where something else than a folder stands there, where it holds something else, or where the disk says no.
pub(super) fn remove_left_folder(path: &Path, names: &[&str]) -> Result<()> {
    match kind_at(path)? {
        None => return Ok(()),
        Some(Kind::Folder) => {}
        Some(kind) => return Err(in_the_way(path, kind)),
    }
    for entry in fs::read_dir(path).map_err(Error::io("read", path))? {
        let name = entry.map_err(Error::io("read", path))?.file_name();
        if !names.iter().any(|known| name == *known) {
            return Err(not_ours(path, "move it elsewhere, and run the command again"));
        }
    }
    if repository_below(path)?.is_some() {
        return Err(not_ours(path, "it holds a repository; move it elsewhere, and run the command again"));
    }
    fs::remove_dir_all(path).map_err(Error::io("remove", path))
}

/// Refuses a folder that would be removed whole.
pub(super) fn not_ours(path: &Path, help: &str) -> Error {
    Error::usage_with_help(format!("{} holds files that okrbook did not make", path.display()), help)
}

/// Returns a folder below that is a repository; no command makes one.
pub(super) fn repository_below(folder: &Path) -> Result<Option<PathBuf>> {
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(Error::io("read", &folder))? {
            let entry = entry.map_err(Error::io("read", &folder))?;
            if entry.file_name() == ".git" {
                return Ok(Some(folder));
            }
            if entry.file_type().map_err(Error::io("read", &folder))?.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    Ok(None)
}

fn kind(folder: impl std::os::fd::AsFd, name: &OsStr) -> rustix::io::Result<Option<Kind>> {
    match rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) => Ok(Some(match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Kind::File,
            FileType::Directory => Kind::Folder,
            FileType::Symlink => Kind::Link,
            _ => Kind::Other,
        })),
        Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
        Err(errno) => Err(errno),
    }
}

pub(super) fn in_the_way(path: &Path, kind: Kind) -> Error {
    let message = format!("{} is {}, in the place of what okrbook writes", path.display(), kind.name());
    Error::usage_with_help(message, "remove it, and run the command again")
}

impl Folder {
    /// Opens a folder that the user named, whatever links lead to it.
    ///
    /// # Errors
    ///
    /// Where there is none, or where the disk says no.
    pub(super) fn named(path: &Path) -> Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let handle = File::open(path).map_err(Error::io("open", path))?;
        Ok(Self { handle, path: path.to_path_buf() })
    }

    /// Opens a folder below this one and makes what is missing of it.
    ///
    /// # Errors
    ///
    /// Where a part of the path is a link or no folder, leads upwards, or where the disk says no.
    pub(super) fn below(&self, inside: &Path) -> Result<Self> {
        let mut folder = self.again()?;
        for part in inside.components() {
            match part {
                Component::Normal(name) => folder = folder.step(name)?,
                Component::CurDir => {}
                _ => return Err(Error::usage(format!("{} leads out of {}", inside.display(), self.path.display()))),
            }
        }
        Ok(folder)
    }

    fn again(&self) -> Result<Self> {
        let handle = self.handle.try_clone().map_err(Error::io("open", &self.path))?;
        Ok(Self { handle, path: self.path.clone() })
    }

    fn step(&self, name: &OsStr) -> Result<Self> {
        let path = self.path.join(name);
        let open = || {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            rustix::fs::openat(&self.handle, name, flags, Mode::empty())
        };
        let opened = match open() {
            Err(Errno::NOENT) => match rustix::fs::mkdirat(&self.handle, name, Mode::from_raw_mode(0o777)) {
                Ok(()) | Err(Errno::EXIST) => open(),
                Err(errno) => return Err(Error::io("create", &path)(errno.into())),
            },
            opened => opened,
        };
        match opened {
            Ok(handle) => Ok(Self { handle: handle.into(), path }),
            Err(errno) => Err(match self.kind(name)? {
                Some(Kind::Link) => Error::usage_with_help(
                    format!("{} is a link, and okrbook writes only where no link leads", path.display()),
                    "put a folder in its place, or name the folder that it leads to",
                ),
                Some(kind @ (Kind::File | Kind::Other)) => {
                    Error::usage(format!("{} is {}, not a folder", path.display(), kind.name()))
                }
                _ => Error::io("open", &path)(errno.into()),
            }),
        }
    }

    /// Returns the path of a name in the folder.
    pub(super) fn path_of(&self, name: &OsStr) -> PathBuf {
        self.path.join(name)
    }

    /// Returns the folder's path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what stands under a name; nothing where nothing does.
    ///
    /// # Errors
    ///
    /// Where that can't be told.
    pub(super) fn kind(&self, name: &OsStr) -> Result<Option<Kind>> {
        kind(&self.handle, name).map_err(|errno| Error::io("read", &self.path_of(name))(errno.into()))
    }

    /// Waits until no other run writes into the folder; the system frees the lock of a killed one.
    ///
    /// # Errors
    ///
    /// Where the disk says no.
    pub(super) fn lock(&self) -> Result<()> {
        rustix::fs::flock(&self.handle, FlockOperation::LockExclusive)
            .map_err(|errno| Error::io("lock", &self.path)(errno.into()))
    }

    /// Returns the bytes of a plain file; nothing where there is none.
    ///
    /// # Errors
    ///
    /// Where something else stands there, or where the disk says no.
    pub(super) fn bytes(&self, name: &OsStr) -> Result<Option<Vec<u8>>> {
        let path = self.path_of(name);
        match self.kind(name)? {
            None => return Ok(None),
            Some(Kind::File) => {}
            Some(kind) => return Err(in_the_way(&path, kind)),
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = rustix::fs::openat(&self.handle, name, flags, Mode::empty());
        let mut file = File::from(opened.map_err(|errno| Error::io("read", &path)(errno.into()))?);
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(Error::io("read", &path))?;
        Ok(Some(bytes))
    }

    /// Writes a whole file: beside its place first, then, in one step, in the place of a plain file or of nothing.
    ///
    /// # Errors
    ///
    /// Where something else stands there, or where the disk says no; what stood there then still stands.
    pub(super) fn write(&self, name: &OsStr, content: &[u8]) -> Result<()> {
        self.stage(name, content)?.take_place(self)
    }

    /// Writes a whole file beside its place, which a plain file or nothing has.
    ///
    /// # Errors
    ///
    /// As [`Folder::write`].
    pub(super) fn stage<'n>(&self, name: &'n OsStr, content: &[u8]) -> Result<Staged<'n>> {
        let path = self.path_of(name);
        if let Some(kind @ (Kind::Folder | Kind::Link | Kind::Other)) = self.kind(name)? {
            return Err(in_the_way(&path, kind));
        }
        let staged = staged_name(name, "next");
        match self.kind(&staged)? {
            None => {}
            Some(Kind::File) => self.remove(&staged)?,
            Some(kind) => return Err(in_the_way(&self.path_of(&staged), kind)),
        }
        let mut file = self.create(&staged)?;
        let written = file.write_all(content).and_then(|()| file.sync_all());
        if written.is_err() {
            self.give_up(&staged);
        }
        written.map_err(Error::io("write", &path))?;
        Ok(Staged { staged, name })
    }

    /// Removes what was put together and isn't used: the failure is what counts, and the next run removes what is left.
    pub(super) fn give_up(&self, staged: &OsStr) {
        let _ = rustix::fs::unlinkat(&self.handle, staged, AtFlags::empty());
    }

    /// Makes a file that isn't there yet.
    ///
    /// # Errors
    ///
    /// Where something stands there, or where the disk says no.
    pub(super) fn create(&self, name: &OsStr) -> Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let opened = rustix::fs::openat(&self.handle, name, flags, Mode::from_raw_mode(0o666));
        opened.map(File::from).map_err(|errno| Error::io("create", &self.path_of(name))(errno.into()))
    }

    /// Makes a folder that isn't there yet, and opens it; one that can't be opened is taken away again.
    ///
    /// # Errors
    ///
    /// Where something stands there, or where the disk says no.
    pub(super) fn create_folder(&self, name: &OsStr) -> Result<Self> {
        rustix::fs::mkdirat(&self.handle, name, Mode::from_raw_mode(0o777))
            .map_err(|errno| Error::io("create", &self.path_of(name))(errno.into()))?;
        let opened = self.step(name);
        if opened.is_err() {
            // It is empty: whoever put something into it meanwhile keeps it.
            let _ = rustix::fs::unlinkat(&self.handle, name, AtFlags::REMOVEDIR);
        }
        opened
    }

    fn remove(&self, name: &OsStr) -> Result<()> {
        rustix::fs::unlinkat(&self.handle, name, AtFlags::empty())
            .map_err(|errno| Error::io("remove", &self.path_of(name))(errno.into()))
    }

    /// Gives something in the folder another name that nothing has, in one step.
    ///
    /// # Errors
    ///
    /// Where the name is taken, or where the disk says no.
    pub(super) fn rename_new(&self, from: &OsStr, to: &OsStr) -> Result<()> {
        let failed = |errno: Errno| Error::io("create", &self.path_of(to))(errno.into());
        match rustix::fs::renameat_with(&self.handle, from, &self.handle, to, RenameFlags::NOREPLACE) {
            // File systems that can't refuse a taken name: it is free now, and others wait for the lock.
            Err(Errno::INVAL | Errno::NOSYS) if self.kind(to)?.is_none() => {
                rustix::fs::renameat(&self.handle, from, &self.handle, to).map_err(failed)
            }
            outcome => outcome.map_err(failed),
        }
    }

    /// Brings the names in the folder to the disk.
    ///
    /// # Errors
    ///
    /// Where the disk says no.
    pub(super) fn sync(&self) -> Result<()> {
        self.handle.sync_all().map_err(Error::io("write", &self.path))
    }

    /// Brings all files and folders of the folder's file system to the disk and reports any of their faults.
    ///
    /// # Errors
    ///
    /// Where the disk says no.
    pub(super) fn sync_all(&self) -> Result<()> {
        rustix::fs::syncfs(&self.handle).map_err(|errno| Error::io("write", &self.path)(errno.into()))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn name(text: &str) -> &OsStr {
        OsStr::new(text)
    }

    #[test]
    fn a_link_in_the_path_or_in_the_place_is_refused_and_named() {
        let (book, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        fs::write(elsewhere.path().join("victim"), "theirs").expect("written");
        fs::create_dir(book.path().join("in")).expect("made");
        symlink(elsewhere.path(), book.path().join("out")).expect("linked");
        symlink("in", book.path().join("sideways")).expect("linked");
        symlink(elsewhere.path().join("victim"), book.path().join("in/file")).expect("linked");
        symlink(elsewhere.path().join("victim"), book.path().join("in/.other.okrbook-next")).expect("linked");
        let root = Folder::named(book.path()).expect("open");
        for path in ["out", "sideways", "out/deeper", "in/../out", "/etc"] {
            let refused = root.below(Path::new(path)).expect_err(path);
            assert_eq!(refused.exit_code(), 2, "{refused}");
        }
        let folder = root.below(Path::new("./in")).expect("open");
        for file in ["file", "other"] {
            let refused = folder.write(name(file), b"ours").expect_err(file).to_string();
            assert!(refused.contains(&format!("{file} is a link")) || refused.contains("okrbook-next is a link"));
        }
        assert_eq!(fs::read_dir(elsewhere.path()).expect("readable").count(), 1);
        assert_eq!(fs::read(elsewhere.path().join("victim")).expect("there"), b"theirs");
    }

    #[test]
    fn a_file_takes_its_place_whole_and_over_what_a_killed_run_left() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(".a.okrbook-next"), "half").expect("written");
        let root = Folder::named(folder.path()).expect("open");
        for text in ["one", "two"] {
            root.write(name("a"), text.as_bytes()).expect("written");
            assert_eq!(root.bytes(name("a")).expect("readable").as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(root.bytes(name("b")).expect("readable"), None);
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
        fs::create_dir(folder.path().join("taken")).expect("made");
        assert_eq!(root.write(name("taken"), b"x").expect_err("a folder").exit_code(), 2);
    }

    #[test]
    fn names_of_any_length_can_be_staged() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Folder::named(folder.path()).expect("open");
        let long = "x".repeat(NAME_LIMIT);
        root.write(name(&long), b"x").expect("written");
        assert_eq!(root.bytes(name(&long)).expect("readable").as_deref(), Some(&b"x"[..]));
    }
}
