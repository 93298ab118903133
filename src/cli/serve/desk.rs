//! What is shown now: the last good edition, and what is wrong with the book since.
//!
//! In: editions, or what stopped one; paths that are asked for. Out: answers as values, of which no path is looked up
//! anywhere but among the site's own.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use super::edition::{Edition, Made};
use super::page::{self, Extras};

/// What is shown now.
pub(super) struct Desk {
    state: Mutex<State>,
}

struct State {
    /// Counts saves; begins elsewhere each time the program starts, so that open pages notice that, too.
    number: u64,
    edition: Option<Edition>,
    /// What stops a build since the edition was made.
    trouble: Option<String>,
    /// The page that was shown last: its path and what it was made of.
    last: Option<(String, Vec<u8>)>,
}

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// HTTP's number of what became of it.
    pub(super) status: u16,
    /// What the content is.
    pub(super) kind: &'static str,
    /// Where to look instead.
    pub(super) location: Option<String>,
    /// The content.
    pub(super) content: Vec<u8>,
}

impl Answer {
    /// Returns a page or a text.
    pub(super) fn new(status: u16, kind: &'static str, content: impl Into<Vec<u8>>) -> Self {
        Self { status, kind, location: None, content: content.into() }
    }
}

impl Desk {
    /// Returns a desk on which nothing lies.
    pub(super) fn new() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self { state: Mutex::new(State { number: since << 16, edition: None, trouble: None, last: None }) }
    }

    /// Takes a new edition, or what stopped it; returns the number of what is shown from now on.
    pub(super) fn put(&self, made: Result<Edition, String>) -> u64 {
        let mut state = self.state();
        state.number += 1;
        match made {
            Ok(edition) => (state.edition, state.trouble) = (Some(edition), None),
            Err(trouble) => state.trouble = Some(trouble),
        }
        state.number
    }

    /// Returns the answer for a path inside the site.
    pub(super) fn answer(&self, path: &str) -> Answer {
        let (edition, trouble, number) = {
            let state = self.state();
            (state.edition.clone(), state.trouble.clone(), state.number)
        };
        let Some(edition) = edition else {
            let extras = Extras { number, trouble: trouble.as_deref(), findings: None };
            return Answer::new(500, page::HTML, page::bare("The book can't be shown yet", &extras));
        };
        match edition.page(path) {
            Made::File { path, content, findings } if path.ends_with(".html") => {
                let extras = Extras { number, trouble: trouble.as_deref(), findings: Some(&findings) };
                let shown = page::with(&content, &extras);
                self.state().last = Some((path, content));
                Answer::new(200, page::HTML, shown)
            }
            Made::File { path, content, .. } => Answer::new(200, page::kind(&path), content),
            Made::Folder => Answer { location: Some(format!("/{path}/")), ..Answer::new(308, page::TEXT, "") },
            Made::Missing => {
                let extras = Extras { number, trouble: trouble.as_deref(), findings: None };
                Answer::new(404, page::HTML, page::bare("The site has no page at this address", &extras))
            }
            Made::Failed(text) => {
                let extras = Extras { number, trouble: Some(trouble.as_deref().unwrap_or(&text)), findings: None };
                let name =
                    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.into() };
                let state = self.state();
                let last = state.last.as_ref().filter(|(known, _)| *known == name);
                let shown = last.map_or_else(
                    || page::bare("This page can't be made", &extras),
                    |(_, content)| page::with(content, &extras),
                );
                Answer::new(500, page::HTML, shown)
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
