//! Changes of a book's folder.
//!
//! In: the folder. Out: that something in it changed, once it has been quiet for a moment. What it was doesn't matter,
//! since the book is read as a whole.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use okrbook::error::{Error, Result};

/// How long nothing may happen before a change is over: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(20);

/// How long a change is waited for that doesn't end.
const PATIENCE: Duration = Duration::from_millis(500);

/// A folder that is watched as long as this is kept.
pub(in crate::cli) struct Watch {
    _watcher: RecommendedWatcher,
    changes: Receiver<()>,
}

impl Watch {
    /// Begins to watch a book's folder, but for what stands in `site`, to which its site may be written.
    ///
    /// # Errors
    ///
    /// Where the system refuses to.
    pub(in crate::cli) fn new(root: &Path, site: &Path) -> Result<Self> {
        let root = std::fs::canonicalize(root).map_err(Error::io("find", root))?;
        let refused = |error: notify::Error| Error::io("watch", &root)(std::io::Error::other(error));
        let (sender, changes) = channel();
        // A site that isn't there yet has a folder above it.
        let above = site.parent().and_then(|above| std::fs::canonicalize(above).ok());
        let site = above.zip(site.file_name()).map_or_else(|| site.to_path_buf(), |(above, name)| above.join(name));
        let below = root.clone();
        let take = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| is_change(&event, &below, &site)) {
                // Nobody waits any more where the program is about to end.
                let _ = sender.send(());
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher = RecommendedWatcher::new(take, config).map_err(refused)?;
        watcher.watch(&root, RecursiveMode::Recursive).map_err(refused)?;
        Ok(Self { _watcher: watcher, changes })
    }

    /// Waits for the next change and its end; says whether there can be another one.
    pub(in crate::cli) fn wait(&self) -> bool {
        if self.changes.recv().is_err() {
            return false;
        }
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            match self.changes.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }
}

/// Says whether something was written in the book, and not only read, and neither in its site nor in a hidden folder.
fn is_change(event: &Event, root: &Path, site: &Path) -> bool {
    let is_written = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    let is_seen = |path: &Path| {
        let inside = path.strip_prefix(root).unwrap_or(path);
        let is_hidden = inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
        !is_hidden && !path.starts_with(site)
    };
    event.need_rescan() || is_written && event.paths.iter().any(|path| is_seen(path))
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, Flag, ModifyKind};

    use super::*;

    #[test]
    fn what_is_written_in_the_book_is_a_change_and_nothing_else() {
        let root = Path::new("/home/.config/book");
        let says = |kind: EventKind, path: &str| {
            is_change(&Event::new(kind).add_path(root.join(path)), root, &root.join("public"))
        };
        let modified = EventKind::Modify(ModifyKind::Any);
        for path in ["okrbook.yaml", "quarters/2026-Q3/shop.yaml", "quarters/public/x.yaml", "publication", ""] {
            assert!(says(modified, path), "{path}");
            assert!(says(EventKind::Access(AccessKind::Close(AccessMode::Write)), path), "{path}");
            assert!(!says(EventKind::Access(AccessKind::Open(AccessMode::Any)), path), "{path}");
        }
        for path in ["public", "public/index.html", ".public.okrbook-next/x", ".git/index", "quarters/.shop.yaml.swp"] {
            assert!(!says(EventKind::Create(CreateKind::File), path), "{path}");
        }
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(is_change(&lost, root, root), "events were lost, so anything may have changed");
    }
}
