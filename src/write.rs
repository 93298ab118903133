//! A site as a folder, swapped in whole.
//!
//! In: the files of a new generation, pulled one by one. Out: the output folder holds them all, or still holds
//! the old generation. The new one is staged beside the folder, unchanged files are linked instead of written,
//! and one rename exchanges the two. A folder without our marker is never touched.

pub mod file;
pub mod tree;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::fs::{CWD, FlockOperation, RenameFlags};

use crate::error::{Error, Result};
use crate::par;
use crate::read;

/// Names the file that says: okrbook made this folder and may replace it.
pub const MARKER: &str = ".okrbook-site";

const MARKER_TEXT: &str = "This folder is made by okrbook and replaced whole by the next build.\n";

/// What became of a generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Files of the generation.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were the same as before and were linked.
    pub unchanged: u64,
}

/// How the folder is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Swap {
    /// Stage beside it, then exchange.
    #[default]
    Whole,
    /// Write into it, file by file: for a folder that can't be renamed, such as a mount point.
    InPlace,
}

/// Publishes a generation of files to the folder `out`.
///
/// `put` is called once for each item, from several threads, with memory for its content that served for others.
///
/// # Errors
///
/// Where `out` isn't ours, where an item can't be rendered, or where the disk says no; `out` is then unchanged
/// (with [`Swap::InPlace`]: partly written).
pub fn publish<T: Sync>(
    out: &Path,
    swap: Swap,
    items: &[T],
    path_of: impl Fn(&T) -> &str + Sync + Send,
    put: impl Fn(&T, &mut Vec<u8>) -> Result<()> + Sync + Send,
) -> Result<Written> {
    let target = Target::open(out)?;
    check_paths(items, &path_of)?;
    let _lock = target.lock()?;
    target.check_ours()?;
    let stage = match swap {
        Swap::Whole => Stage::beside(&target)?,
        Swap::InPlace => Stage::inside(&target)?,
    };
    let filled = fill(&stage, items, &path_of, put);
    let published = filled.and_then(|written| match swap {
        Swap::Whole => stage.exchange(&target).map(|()| written),
        Swap::InPlace => remove_others(&target.folder, items, &path_of).map(|()| written),
    });
    match swap {
        Swap::Whole if published.is_ok() => target.keep_previous(&stage.folder)?,
        Swap::Whole => {
            // The failure is what counts; a stage that can't be removed is removed by the next build.
            let _ = fs::remove_dir_all(&stage.folder);
        }
        Swap::InPlace => {}
    }
    published
}

fn fill<T: Sync>(
    stage: &Stage,
    items: &[T],
    path_of: impl Fn(&T) -> &str + Sync + Send,
    put: impl Fn(&T, &mut Vec<u8>) -> Result<()> + Sync + Send,
) -> Result<Written> {
    make_folders(&stage.folder, items, &path_of)?;
    let written = Counters::default();
    par::try_for_each(items, Vec::new, |content, item| {
        put(item, content)?;
        stage.write(path_of(item), content, &written)
    })?;
    stage.write(MARKER, MARKER_TEXT.as_bytes(), &Counters::default())?;
    Ok(written.result())
}

/// Returns an error where `out` may not be replaced: it holds files and no marker.
///
/// # Errors
///
/// A usage error that names the folder, or what the disk says.
pub fn check_output(out: &Path) -> Result<()> {
    Target::open(out)?.check_ours()
}

#[derive(Default)]
struct Counters {
    files: AtomicU64,
    bytes: AtomicU64,
    unchanged: AtomicU64,
}

impl Counters {
    fn result(&self) -> Written {
        Written {
            files: self.files.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            unchanged: self.unchanged.load(Ordering::Relaxed),
        }
    }
}

/// The folder to be replaced, with links in its path resolved.
struct Target {
    folder: PathBuf,
    parent: PathBuf,
    name: String,
}

impl Target {
    fn open(out: &Path) -> Result<Self> {
        let absolute = std::path::absolute(out).map_err(Error::io("find", out))?;
        let resolved = match fs::canonicalize(&absolute) {
            Ok(folder) => folder,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let parent = absolute.parent().unwrap_or(&absolute);
                fs::create_dir_all(parent).map_err(Error::io("create", parent))?;
                let name = absolute.file_name().unwrap_or_default();
                fs::canonicalize(parent).map_err(Error::io("find", parent))?.join(name)
            }
            Err(error) => return Err(Error::io("find", out)(error)),
        };
        let name = resolved.file_name().and_then(|name| name.to_str());
        let (Some(parent), Some(name)) = (resolved.parent(), name) else {
            return Err(Error::usage(format!("{} can't be an output folder", out.display())));
        };
        Ok(Self { parent: parent.to_path_buf(), name: name.to_owned(), folder: resolved.clone() })
    }

    /// Waits for other builds of a folder beside this one; the system frees the lock of a killed build.
    fn lock(&self) -> Result<File> {
        let parent = File::open(&self.parent).map_err(Error::io("open", &self.parent))?;
        rustix::fs::flock(&parent, FlockOperation::LockExclusive)
            .map_err(|errno| Error::io("lock", &self.parent)(errno.into()))?;
        Ok(parent)
    }

    fn check_ours(&self) -> Result<()> {
        let mut entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(Error::usage(format!("{} is a file, not a folder", self.folder.display())));
            }
            Err(error) => return Err(Error::io("read", &self.folder)(error)),
        };
        let is_empty = entries.next().is_none();
        let marker = read::look(&self.folder.join(MARKER))?;
        if is_empty || marker.is_some_and(|found| found.is_file()) {
            return Ok(());
        }
        Err(Error::usage_with_help(
            format!("{} holds files that okrbook did not make", self.folder.display()),
            "choose another folder with `-o`, or empty this one",
        ))
    }
}

/// Where a generation is put together.
struct Stage {
    folder: PathBuf,
    /// The generation before, whose unchanged files are linked.
    before: Option<PathBuf>,
}

impl Stage {
    fn beside(target: &Target) -> Result<Self> {
        let folder = target.beside("next");
        remove_all(&folder)?;
        remove_all(&target.beside("aside"))?;
        let before = is_folder(&target.folder)?.then(|| target.folder.clone());
        fs::create_dir(&folder).map_err(Error::io("create", &folder))?;
        Ok(Self { folder, before })
    }

    fn inside(target: &Target) -> Result<Self> {
        fs::create_dir_all(&target.folder).map_err(Error::io("create", &target.folder))?;
        Ok(Self { folder: target.folder.clone(), before: None })
    }

    fn write(&self, path: &str, content: &[u8], written: &Counters) -> Result<()> {
        let file = self.folder.join(path);
        written.files.fetch_add(1, Ordering::Relaxed);
        written.bytes.fetch_add(content.len() as u64, Ordering::Relaxed);
        if let Some(before) = self.before.as_ref().map(|before| before.join(path))
            && holds(&before, content)
            && fs::hard_link(&before, &file).is_ok()
        {
            written.unchanged.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        let mut handle = File::create(&file).map_err(Error::io("create", &file))?;
        handle.write_all(content).map_err(Error::io("write", &file))
    }

    /// Makes the staged generation the published one, in one step; what was published is the stage then.
    fn exchange(&self, target: &Target) -> Result<()> {
        let stage = File::open(&self.folder).map_err(Error::io("open", &self.folder))?;
        rustix::fs::syncfs(&stage).map_err(|errno| Error::io("write", &self.folder)(errno.into()))?;
        let flags = if is_folder(&target.folder)? { RenameFlags::EXCHANGE } else { RenameFlags::NOREPLACE };
        match rustix::fs::renameat_with(CWD, &self.folder, CWD, &target.folder, flags) {
            Ok(()) => Ok(()),
            Err(rustix::io::Errno::BUSY | rustix::io::Errno::XDEV) => Err(Error::usage_with_help(
                format!("{} is a mount point and can't be swapped", target.folder.display()),
                "publish into a folder inside it, or accept a moment of mixed pages with `--in-place`",
            )),
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => self.exchange_in_two_steps(target),
            Err(errno) => Err(Error::io("replace", &target.folder)(errno.into())),
        }
    }

    /// Does the same on file systems that can't exchange two names.
    fn exchange_in_two_steps(&self, target: &Target) -> Result<()> {
        let replaced = |outcome: io::Result<()>| outcome.map_err(Error::io("replace", &target.folder));
        if !is_folder(&target.folder)? {
            return replaced(fs::rename(&self.folder, &target.folder));
        }
        let aside = target.beside("aside");
        replaced(fs::rename(&target.folder, &aside))?;
        if let Err(error) = fs::rename(&self.folder, &target.folder) {
            replaced(fs::rename(&aside, &target.folder))?;
            return replaced(Err(error));
        }
        // The new generation is published; where the old one stays in the way, the next build removes it.
        let _ = fs::rename(&aside, &self.folder);
        Ok(())
    }
}

impl Target {
    /// Returns a name of ours beside the folder.
    fn beside(&self, role: &str) -> PathBuf {
        self.parent.join(format!(".{}.okrbook-{role}", self.name))
    }

    /// Keeps the generation before, so that pages being read still find their style sheets, until the next build.
    fn keep_previous(&self, staged: &Path) -> Result<()> {
        let previous = self.beside("previous");
        remove_all(&previous)?;
        if is_folder(staged)? {
            fs::rename(staged, &previous).map_err(Error::io("rename", staged))?;
        }
        Ok(())
    }
}

/// Removes a folder of ours with all that is in it, where it is there.
fn remove_all(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io("remove", folder)(error)),
        _ => Ok(()),
    }
}

fn is_folder(path: &Path) -> Result<bool> {
    Ok(read::look(path)?.is_some_and(|found| found.is_dir()))
}

/// Says whether the file holds exactly these bytes.
fn holds(file: &Path, content: &[u8]) -> bool {
    let Ok(mut handle) = File::open(file) else { return false };
    let same_length = handle.metadata().is_ok_and(|metadata| metadata.len() == content.len() as u64);
    if !same_length {
        return false;
    }
    let mut rest = content;
    let mut buffer = [0_u8; 16 << 10];
    loop {
        match handle.read(&mut buffer) {
            Ok(0) => return rest.is_empty(),
            Ok(n) if rest.starts_with(&buffer[..n]) => rest = &rest[n..],
            _ => return false,
        }
    }
}

/// Refuses paths that lead out of the folder or that two items share.
fn check_paths<T>(items: &[T], path_of: impl Fn(&T) -> &str) -> Result<()> {
    let mut seen = BTreeSet::new();
    for item in items {
        let path = path_of(item);
        let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        if path.is_empty() || !inside {
            return Err(Error::Integrity { message: format!("the page path {path:?} leads out of the site") });
        }
        if !seen.insert(path.to_lowercase()) {
            return Err(Error::Integrity { message: format!("two pages want to be {path}") });
        }
    }
    Ok(())
}

fn make_folders<T>(folder: &Path, items: &[T], path_of: impl Fn(&T) -> &str) -> Result<()> {
    let parents: BTreeSet<&Path> = items.iter().filter_map(|item| Path::new(path_of(item)).parent()).collect();
    for parent in parents {
        let parent = folder.join(parent);
        fs::create_dir_all(&parent).map_err(Error::io("create", &parent))?;
    }
    Ok(())
}

/// Removes files of earlier generations from a folder that was written in place.
fn remove_others<T>(folder: &Path, items: &[T], path_of: impl Fn(&T) -> &str) -> Result<()> {
    let mut kept: BTreeSet<PathBuf> = items.iter().map(|item| folder.join(path_of(item))).collect();
    kept.insert(folder.join(MARKER));
    let mut folders = vec![folder.to_path_buf()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).map_err(Error::io("read", &current))? {
            let path = entry.map_err(Error::io("read", &current))?.path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if !kept.contains(&path) {
                fs::remove_file(&path).map_err(Error::io("remove", &path))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Item = (&'static str, &'static str);

    fn put_text(item: &Item, content: &mut Vec<u8>) -> Result<()> {
        content.clear();
        content.extend_from_slice(item.1.as_bytes());
        Ok(())
    }

    fn put(out: &Path, items: &[Item]) -> Result<Written> {
        publish(out, Swap::Whole, items, |item| item.0, put_text)
    }

    fn read(path: PathBuf) -> Option<String> {
        fs::read_to_string(path).ok()
    }

    #[test]
    fn a_generation_replaces_the_one_before_and_links_what_stayed() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("site");
        put(&out, &[("index.html", "one"), ("a/b.html", "same"), ("gone.html", "x")]).expect("published");
        let written = put(&out, &[("index.html", "two"), ("a/b.html", "same")]).expect("published");
        assert_eq!(written, Written { files: 2, bytes: 7, unchanged: 1 });
        assert_eq!(read(out.join("index.html")).as_deref(), Some("two"));
        assert_eq!(read(out.join("a/b.html")).as_deref(), Some("same"));
        assert!(!out.join("gone.html").exists());
    }

    #[test]
    fn a_folder_that_is_not_ours_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("site");
        fs::create_dir(&out).expect("made");
        fs::write(out.join("thesis.txt"), "years of work").expect("written");
        let error = put(&out, &[("index.html", "one")]).expect_err("refused");
        assert_eq!(error.exit_code(), 2);
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
        assert_eq!(read(out.join("thesis.txt")).as_deref(), Some("years of work"));
    }

    #[test]
    fn a_page_that_fails_leaves_the_old_site() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("site");
        put(&out, &[("index.html", "one")]).expect("published");
        let fail = |item: &&str, content: &mut Vec<u8>| match *item {
            "b.html" => Err(Error::usage("no")),
            _ => put_text(&("", "two"), content),
        };
        publish(&out, Swap::Whole, &["index.html", "b.html"], |item| item, fail).expect_err("fails");
        assert_eq!(read(out.join("index.html")).as_deref(), Some("one"));
        put(&out, &[("index.html", "three")]).expect("the next build needs no cleaning up");
        assert_eq!(read(out.join("index.html")).as_deref(), Some("three"));
    }

    #[test]
    fn paths_that_lead_out_or_meet_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("site");
        for items in
            [&[("../x", "")][..], &[("/etc/x", "")], &[("", "")], &[("a", ""), ("A", "")], &[("a/./../../b", "")]]
        {
            assert_eq!(put(&out, items).expect_err("refused").exit_code(), 4, "{items:?}");
        }
        assert!(!out.exists());
    }

    #[test]
    fn a_mount_point_can_be_written_in_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("site");
        put(&out, &[("index.html", "one"), ("gone.html", "x")]).expect("published");
        let items = [("index.html", "two")];
        publish(&out, Swap::InPlace, &items, |item| item.0, put_text).expect("published");
        assert_eq!(read(out.join("index.html")).as_deref(), Some("two"));
        assert!(!out.join("gone.html").exists());
        assert!(out.join(MARKER).exists());
    }
}
