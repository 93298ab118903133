//! A site as a folder, swapped in whole.
//!
//! In: the files of a new generation, pulled one by one. Out: the output folder holds them all, or still holds
//! the old generation. The new one is staged beside the folder, unchanged files are linked instead of written,
//! and one rename exchanges the two. A folder without our marker is never touched.

pub mod file;
mod folder;
mod growing;
mod output;
mod reach;
pub mod tree;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::fs::{CWD, RenameFlags};

use crate::error::{Error, Result};
use crate::par;
use folder::{Folder, Kind, kind_at};
use growing::{Growing, holds};
use output::remove_marked;
pub use output::{MARKER, Output};

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
/// `put` is called once for each item, from several threads, with memory for its content that served for others. What it
/// hands on in pieces is taken out of that memory where it can be.
///
/// # Errors
///
/// Where `out` isn't ours any more, where an item can't be rendered, or where the disk says no; `out` is then unchanged
/// (with [`Swap::InPlace`]: partly written).
pub fn publish<T: Sync>(
    out: &Output,
    swap: Swap,
    items: &[T],
    path_of: impl Fn(&T) -> &str + Sync + Send,
    put: impl Fn(&T, &mut Vec<u8>, &mut TakePiece<'_>) -> Result<()> + Sync + Send,
) -> Result<Written> {
    check_paths(items, &path_of)?;
    out.make_parent()?;
    let _lock = out.lock()?;
    out.check_ours()?;
    match swap {
        Swap::Whole => {
            let stage = Stage::beside(out)?;
            let written = fill(&stage, items, &path_of, put);
            let published = written.and_then(|written| stage.exchange(out).map(|()| written));
            if published.is_ok() {
                out.keep_previous(&stage.folder)?;
            } else {
                // The failure is what counts; a stage that can't be removed is removed by the next build.
                let _ = remove_marked(&stage.folder);
            }
            published
        }
        Swap::InPlace => {
            let stage = Stage::inside(out)?;
            let written = fill(&stage, items, &path_of, put)?;
            remove_others(&out.folder, items, &path_of)?;
            Ok(written)
        }
    }
}

/// Returns where a folder that the user named for a new book lies. Links of the repository or the folder that the user
/// works in are refused.
///
/// # Errors
///
/// Where such a link is on the way, or where the disk says no.
pub fn new_folder(named: &Path) -> Result<PathBuf> {
    reach::reach(named, Path::new("."))
}

/// Takes the part of a file that is made so far; what it leaves stands before the rest.
pub type TakePiece<'a> = dyn FnMut(&mut Vec<u8>) -> Result<()> + 'a;

/// How many bytes of memory are kept from file to file.
const KEPT: usize = 1 << 20;

fn fill<T: Sync>(
    stage: &Stage,
    items: &[T],
    path_of: impl Fn(&T) -> &str + Sync + Send,
    put: impl Fn(&T, &mut Vec<u8>, &mut TakePiece<'_>) -> Result<()> + Sync + Send,
) -> Result<Written> {
    // First of all, so that what a killed build leaves is known to be ours.
    stage.write(MARKER, MARKER_TEXT.as_bytes(), &Counters::default())?;
    stage.make_folders(items, &path_of)?;
    let written = Counters::default();
    par::try_for_each(items, Vec::new, |content, item| {
        let path = path_of(item);
        let mut growing = Growing::new(stage.folder.join(path));
        put(item, content, &mut |piece| if stage.takes_pieces() { growing.take(piece) } else { Ok(()) })?;
        if growing.is_empty() {
            stage.write(path, content, &written)?;
        } else {
            stage.finish(growing, path, content, &written)?;
        }
        if content.capacity() > KEPT {
            *content = Vec::new();
        }
        Ok(())
    })?;
    Ok(written.result())
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

/// Where a generation is put together.
struct Stage {
    folder: PathBuf,
    how: How,
}

enum How {
    /// In a folder that this run made, so that nothing of others stands in it; files that are unchanged since the
    /// generation before, where there is one, are linked.
    Beside(Option<PathBuf>),
    /// In the published folder, in which anything may stand.
    Inside(Folder),
}

impl Stage {
    fn beside(out: &Output) -> Result<Self> {
        let folder = out.beside("next");
        remove_marked(&folder)?;
        remove_marked(&out.beside("aside"))?;
        let before = is_folder(&out.folder)?.then(|| out.folder.clone());
        fs::create_dir(&folder).map_err(Error::io("create", &folder))?;
        Ok(Self { folder, how: How::Beside(before) })
    }

    fn inside(out: &Output) -> Result<Self> {
        fs::create_dir_all(&out.folder).map_err(Error::io("create", &out.folder))?;
        Ok(Self { folder: out.folder.clone(), how: How::Inside(Folder::named(&out.folder)?) })
    }

    fn make_folders<T>(&self, items: &[T], path_of: impl Fn(&T) -> &str) -> Result<()> {
        let parents: BTreeSet<&Path> = items.iter().filter_map(|item| Path::new(path_of(item)).parent()).collect();
        for parent in parents {
            match &self.how {
                How::Beside(_) => {
                    let parent = self.folder.join(parent);
                    fs::create_dir_all(&parent).map_err(Error::io("create", &parent))?;
                }
                How::Inside(folder) => {
                    folder.below(parent)?;
                }
            }
        }
        Ok(())
    }

    /// Says whether files may grow where they are staged; in the published folder only whole ones take others' places.
    const fn takes_pieces(&self) -> bool {
        matches!(self.how, How::Beside(_))
    }

    fn finish(&self, growing: Growing, path: &str, content: &mut Vec<u8>, written: &Counters) -> Result<()> {
        let before = if let How::Beside(Some(before)) = &self.how { Some(before.join(path)) } else { None };
        let (bytes, is_unchanged) = growing.finish(content, before.as_deref())?;
        written.files.fetch_add(1, Ordering::Relaxed);
        written.bytes.fetch_add(bytes, Ordering::Relaxed);
        written.unchanged.fetch_add(u64::from(is_unchanged), Ordering::Relaxed);
        Ok(())
    }

    fn write(&self, path: &str, content: &[u8], written: &Counters) -> Result<()> {
        written.files.fetch_add(1, Ordering::Relaxed);
        written.bytes.fetch_add(content.len() as u64, Ordering::Relaxed);
        let file = self.folder.join(path);
        match &self.how {
            How::Inside(folder) => {
                let path = Path::new(path);
                let folder = folder.below(path.parent().unwrap_or(Path::new("")))?;
                return folder.write(path.file_name().unwrap_or_default(), content);
            }
            How::Beside(Some(before)) => {
                let before = before.join(path);
                if holds(&before, content.len() as u64, content) && fs::hard_link(&before, &file).is_ok() {
                    written.unchanged.fetch_add(1, Ordering::Relaxed);
                    return Ok(());
                }
            }
            How::Beside(None) => {}
        }
        let mut handle = File::create(&file).map_err(Error::io("create", &file))?;
        handle.write_all(content).map_err(Error::io("write", &file))
    }

    /// Makes the staged generation the published one, in one step; what was published is the stage then.
    fn exchange(&self, out: &Output) -> Result<()> {
        let stage = File::open(&self.folder).map_err(Error::io("open", &self.folder))?;
        rustix::fs::syncfs(&stage).map_err(|errno| Error::io("write", &self.folder)(errno.into()))?;
        let flags = if is_folder(&out.folder)? { RenameFlags::EXCHANGE } else { RenameFlags::NOREPLACE };
        match rustix::fs::renameat_with(CWD, &self.folder, CWD, &out.folder, flags) {
            Ok(()) => Ok(()),
            Err(rustix::io::Errno::BUSY | rustix::io::Errno::XDEV) => Err(Error::usage_with_help(
                format!("{} is a mount point and can't be swapped", out.folder.display()),
                "publish into a folder inside it, or accept a moment of mixed pages with `--in-place`",
            )),
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => self.exchange_in_two_steps(out),
            Err(errno) => Err(Error::io("replace", &out.folder)(errno.into())),
        }
    }

    /// Does the same on file systems that can't exchange two names.
    fn exchange_in_two_steps(&self, out: &Output) -> Result<()> {
        let replaced = |outcome: io::Result<()>| outcome.map_err(Error::io("replace", &out.folder));
        if !is_folder(&out.folder)? {
            return replaced(fs::rename(&self.folder, &out.folder));
        }
        let aside = out.beside("aside");
        replaced(fs::rename(&out.folder, &aside))?;
        if let Err(error) = fs::rename(&self.folder, &out.folder) {
            replaced(fs::rename(&aside, &out.folder))?;
            return replaced(Err(error));
        }
        // The new generation is published; where the old one stays in the way, the next build removes it.
        let _ = fs::rename(&aside, &self.folder);
        Ok(())
    }
}

fn is_folder(path: &Path) -> Result<bool> {
    Ok(kind_at(path)? == Some(Kind::Folder))
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
        publish(&open(out), Swap::Whole, items, |item| item.0, |item, content, _| put_text(item, content))
    }

    /// Returns the folder as the output of a book that stands beside it.
    fn open(out: &Path) -> Output {
        let book = out.with_file_name("book");
        fs::create_dir_all(&book).expect("made");
        Output::open(Some(out), &book).expect("may be replaced")
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
        let error = Output::open(Some(&out), folder.path()).expect_err("refused");
        assert_eq!(error.exit_code(), 2);
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
        assert_eq!(read(out.join("thesis.txt")).as_deref(), Some("years of work"));
    }

    #[test]
    fn a_page_that_fails_leaves_the_old_site() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("site");
        put(&out, &[("index.html", "one")]).expect("published");
        let fail = |item: &&str, content: &mut Vec<u8>, _: &mut TakePiece<'_>| match *item {
            "b.html" => Err(Error::usage("no")),
            _ => put_text(&("", "two"), content),
        };
        publish(&open(&out), Swap::Whole, &["index.html", "b.html"], |item| item, fail).expect_err("fails");
        assert_eq!(read(out.join("index.html")).as_deref(), Some("one"));
        put(&out, &[("index.html", "three")]).expect("the next build needs no cleaning up");
        assert_eq!(read(out.join("index.html")).as_deref(), Some("three"));
    }

    #[test]
    fn what_is_put_together_is_marked_as_ours_before_anything_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("site");
        let staged = folder.path().join(".site.okrbook-next");
        for (swap, at) in [(Swap::Whole, &staged), (Swap::InPlace, &out)] {
            let looks = |item: &Item, content: &mut Vec<u8>, _: &mut TakePiece<'_>| {
                assert!(at.join(MARKER).is_file(), "{swap:?}");
                put_text(item, content)
            };
            publish(&open(&out), swap, &[("a.html", "x")], |item| item.0, looks).expect("published");
            if swap == Swap::Whole {
                fs::remove_dir_all(&out).expect("removed");
            }
        }
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
    fn nothing_in_the_old_site_is_followed_or_opened() {
        for swap in [Swap::Whole, Swap::InPlace] {
            let folder = tempfile::tempdir().expect("a folder");
            let victim = folder.path().join("victim");
            fs::write(&victim, "two").expect("written");
            let out = folder.path().join("site");
            put(&out, &[("index.html", "one"), ("a/b.html", "x")]).expect("published");
            fs::remove_file(out.join("index.html")).expect("removed");
            std::os::unix::fs::symlink(&victim, out.join("index.html")).expect("linked");
            fs::remove_file(out.join("a/b.html")).expect("removed");
            rustix::fs::mknodat(CWD, out.join("a/b.html"), rustix::fs::FileType::Fifo, 0o600.into(), 0)
                .expect("a pipe");
            let items = [("index.html", "two"), ("a/b.html", "x")];
            let published =
                publish(&open(&out), swap, &items, |item| item.0, |item, content, _| put_text(item, content));
            match swap {
                Swap::Whole => assert_eq!(published.expect("published").unchanged, 0),
                Swap::InPlace => assert_eq!(published.expect_err("refused").exit_code(), 2),
            }
            let is_link = out.join("index.html").is_symlink();
            assert_eq!(is_link, swap == Swap::InPlace, "a link is replaced with the whole folder, or refused");
            assert_eq!(read(victim).as_deref(), Some("two"));
        }
    }

    #[test]
    fn a_mount_point_can_be_written_in_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("site");
        put(&out, &[("index.html", "one"), ("gone.html", "x")]).expect("published");
        let items = [("index.html", "two")];
        publish(&open(&out), Swap::InPlace, &items, |item| item.0, |item, content, _| put_text(item, content))
            .expect("published");
        assert_eq!(read(out.join("index.html")).as_deref(), Some("two"));
        assert!(!out.join("gone.html").exists());
        assert!(out.join(MARKER).exists());
    }
}
