//! A book as it stood after a save, whose pages are made when they are asked for.
//!
//! In: an opened book. Out: its pages, made by a thread of its own that ends with the last one who may ask.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use okrbook::diag::{Diagnostic, emit};
use okrbook::error::Error;
use okrbook::source::Sources;
use okrbook::unseen::inert::{self, Form};
use okrbook::{Opened, Preview, Told};

use super::super::messages;

/// What is said where the program itself is at fault; the terminal tells more.
pub(super) const FAULT: &str = "internal error: this is a fault of okrbook, not of the book; the terminal tells more\n";

/// How many findings a page tells of.
const TOLD: usize = 50;

/// What the thread may stack up: templates may lead into each other in many steps.
pub(super) const STACK: usize = 8 << 20;

/// Whoever has it may ask for pages.
#[derive(Debug, Clone)]
pub(super) struct Edition {
    asks: Sender<Ask>,
}

/// What became of a page that was asked for.
#[derive(Debug)]
pub(super) enum Made {
    /// The file: its path in the site, its bytes, and what was found about what it shows.
    File { path: String, content: Vec<u8>, findings: Findings },
    /// The path names a folder that has a page.
    Folder,
    /// The site has no such file.
    Missing,
    /// It can't be made: why.
    Failed(String),
}

/// What was found about what a page shows.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// How many.
    pub(super) count: usize,
    /// The first ones as the terminal shows them.
    pub(super) text: String,
}

struct Ask {
    path: String,
    answer: SyncSender<Made>,
}

impl Edition {
    /// Begins to make pages of an opened book.
    ///
    /// # Errors
    ///
    /// Where a template or an asset of the book's own can't be used; nothing where the program itself is at fault.
    pub(super) fn new(opened: Opened) -> Result<Self, Option<Error>> {
        let (asks, asked) = channel::<Ask>();
        let (ready, begun) = channel();
        let work = move || {
            let Opened { sources, diagnostics, book: Some(book), .. } = opened else { return };
            let told = Told { sources: &sources, findings: &diagnostics };
            let outcome = book.preview(told, |preview| {
                // Nobody waits any more where the program is about to end.
                let _ = ready.send(Ok(()));
                make(preview, &sources, &asked);
                Ok(())
            });
            if let Err(error) = outcome {
                let _ = ready.send(Err(error));
            }
        };
        thread::Builder::new().stack_size(STACK).spawn(work).map_err(|_| None)?;
        match begun.recv() {
            Ok(Ok(())) => Ok(Self { asks }),
            Ok(Err(error)) => Err(Some(error)),
            Err(_) => Err(None),
        }
    }

    /// Returns what stands at a path inside the site, as `2026-Q3/` or `2026-Q3/index.html`.
    pub(super) fn page(&self, path: &str) -> Made {
        let (answer, answered) = sync_channel(1);
        let asked = self.asks.send(Ask { path: path.to_owned(), answer });
        let made = asked.ok().and_then(|()| answered.recv().ok());
        made.unwrap_or_else(|| Made::Failed(FAULT.to_owned()))
    }
}

fn make(preview: &Preview<'_>, sources: &Sources, asked: &Receiver<Ask>) {
    for Ask { path, answer } in asked {
        let made = catch_unwind(AssertUnwindSafe(|| file(preview, sources, &path)));
        // Whoever asked may have left.
        let _ = answer.send(made.unwrap_or_else(|_| Made::Failed(FAULT.to_owned())));
    }
}

fn file(preview: &Preview<'_>, sources: &Sources, path: &str) -> Made {
    let name = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let Some(route) = preview.route(&name) else {
        return if preview.route(&format!("{path}/index.html")).is_some() { Made::Folder } else { Made::Missing };
    };
    match preview.render(route) {
        Ok(content) => {
            let is_page = name.ends_with(".html");
            let found: Vec<&Diagnostic> = if is_page { preview.findings(route.page).collect() } else { Vec::new() };
            Made::File { path: name, content, findings: Findings::of(&found, sources) }
        }
        Err(error) => Made::Failed(inert::lines(&messages::error_text(&error, false), Form::Plain)),
    }
}

impl Findings {
    fn of(found: &[&Diagnostic], sources: &Sources) -> Self {
        let first: Vec<Diagnostic> = found.iter().take(TOLD).copied().cloned().collect();
        let mut text = inert::lines(&emit::human::render(&first, sources, false), Form::Plain);
        if found.len() > TOLD {
            text.push_str(&format!("and {} more, which `okrbook check` tells\n", found.len() - TOLD));
        }
        Self { count: found.len(), text }
    }
}
