//! The documents that an editor holds, and the books that they belong to.
//!
//! In: documents with their texts, saved or not. Out: for each file of a book what `check` says of it, with the texts of open
//! documents in the place of the files'. Writes nothing.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use okrbook::diag::{Diagnostic, Level, Place};
use okrbook::error::Result;
use okrbook::metrics::Memory;
use okrbook::read::{self, Overlay};
use okrbook::source::Sources;
use okrbook::unseen::inert;
use okrbook::{Book, Opened, Told as ToldOf, par};

use super::super::messages::Messages;
use super::super::shared::Shared;
use super::place::{At, Lines, Stretch, address_of, path_of};
use super::protocol::Told;

/// All that is open.
pub(super) struct Desk<'a> {
    shared: &'a Shared,
    messages: &'a Messages,
    documents: BTreeMap<String, Document>,
    shelves: BTreeMap<PathBuf, Shelf>,
}

/// A document that an editor holds.
pub(super) struct Document {
    /// Its text.
    pub(super) text: Arc<str>,
    /// Where it belongs, where it is a file of a book.
    pub(super) home: Option<Home>,
}

/// Where a document belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    /// The book's folder.
    pub(super) root: PathBuf,
    /// The file's path in it, with forward slashes.
    pub(super) path: String,
}

/// A book of which something is open.
#[derive(Default)]
struct Shelf {
    memory: Memory,
    /// What is to be read again, and how much of it.
    waits: Option<Depth>,
    /// What reading it gave the last time.
    now: Option<Opened>,
    /// What reading it gave the last time that nothing blocked it, where that isn't the last time.
    before: Option<Opened>,
    /// What was told, by address.
    told: BTreeMap<String, Vec<Told>>,
}

/// How thoroughly a book is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    /// All that its files say.
    Typed,
    /// Also the pages that its own templates make, which takes as long as a build.
    Saved,
}

/// What was found in a document: its address, and all that is told of it.
pub(super) type Findings = Vec<(String, Vec<Told>)>;

impl<'a> Desk<'a> {
    /// Returns an empty desk.
    pub(super) const fn new(shared: &'a Shared, messages: &'a Messages) -> Self {
        Self { shared, messages, documents: BTreeMap::new(), shelves: BTreeMap::new() }
    }

    /// Puts a document there, as it is opened or typed in.
    pub(super) fn put(&mut self, address: String, text: &str, depth: Depth) {
        let known = self.documents.get(&address).filter(|_| depth == Depth::Typed).map(|known| known.home.clone());
        let home = known.unwrap_or_else(|| home_of(&address));
        let text: Arc<str> = text.strip_prefix('\u{feff}').unwrap_or(text).into();
        self.wait(home.as_ref(), depth);
        self.documents.insert(address, Document { text, home });
    }

    /// Notices that a document was saved, or that a file changed.
    pub(super) fn saved(&mut self, address: &str) {
        // What is saved for the first time has a place only now.
        if let Some(document) = self.documents.get_mut(address).filter(|document| document.home.is_none()) {
            document.home = home_of(address);
        }
        let home = self.documents.get(address).and_then(|document| document.home.clone());
        self.wait(home.as_ref(), Depth::Saved);
    }

    /// Takes a document away: its file counts again.
    pub(super) fn close(&mut self, address: &str) {
        let home = self.documents.remove(address).and_then(|document| document.home);
        self.wait(home.as_ref(), Depth::Typed);
    }

    /// Notices that something in some folder changed.
    pub(super) fn changed_outside(&mut self) {
        self.shelves.values_mut().for_each(|shelf| shelf.waits = Some(Depth::Saved));
    }

    fn wait(&mut self, home: Option<&Home>, depth: Depth) {
        if let Some(home) = home {
            let shelf = self.shelves.entry(home.root.clone()).or_default();
            shelf.waits = shelf.waits.max(Some(depth));
        }
    }

    /// Says whether a book is to be read again.
    pub(super) fn waits(&self) -> bool {
        self.shelves.values().any(|shelf| shelf.waits.is_some())
    }

    /// Returns a document.
    pub(super) fn document(&self, address: &str) -> Option<&Document> {
        self.documents.get(address)
    }

    /// Returns the book that a document belongs to, as it was read the last time that nothing blocked it.
    pub(super) fn book(&self, home: &Home) -> Option<(&Book, &Sources)> {
        let shelf = self.shelves.get(&home.root)?;
        let whole = [&shelf.now, &shelf.before].into_iter().flatten().find(|opened| opened.book.is_some())?;
        Some((whole.book.as_ref()?, &whole.sources))
    }

    /// Returns what was found in a document, as it was read the last time.
    pub(super) fn findings_of(&self, home: &Home) -> impl Iterator<Item = (&Diagnostic, &Sources)> {
        let opened = self.shelves.get(&home.root).and_then(|shelf| shelf.now.as_ref());
        let all = opened.into_iter().flat_map(|opened| opened.diagnostics.iter().map(|found| (found, &opened.sources)));
        all.filter(|(found, sources)| found.place.path(sources) == home.path)
    }

    /// Returns the address of a file of a book: the one that the editor uses, where it is open.
    pub(super) fn address(&self, root: &Path, path: &str) -> String {
        let is_it = |home: &Home| home.root == root && home.path == path;
        let open = self.documents.iter().find(|(_, document)| document.home.as_ref().is_some_and(is_it));
        open.map_or_else(|| address_of(&root.join(path)), |(address, _)| address.clone())
    }

    /// Reads all books again that wait for it, and returns what is to be told; nothing of files of which nothing is new to tell.
    pub(super) fn refresh(&mut self) -> Findings {
        let waiting: Vec<(PathBuf, Depth)> =
            self.shelves.iter().filter_map(|(root, shelf)| Some((root.clone(), shelf.waits?))).collect();
        waiting.into_iter().flat_map(|(root, depth)| self.read(&root, depth)).collect()
    }

    fn read(&mut self, root: &Path, depth: Depth) -> Findings {
        let overlay: Overlay = self
            .documents
            .values()
            .filter_map(|document| Some((document.home.as_ref()?, &document.text)))
            .filter(|(home, _)| home.root == root)
            .map(|(home, text)| (home.path.clone(), text.clone()))
            .collect();
        let Some(shelf) = self.shelves.get_mut(root) else { return Vec::new() };
        shelf.waits = None;
        let shared = self.shared;
        // A fault of the program must not end it, since the next letter may mend what it fell over.
        let memory = &mut shelf.memory;
        let outcome = catch_unwind(AssertUnwindSafe(|| open(root, shared, &overlay, memory, depth)));
        match outcome {
            Ok(Ok(opened)) => {
                let last = shelf.now.replace(opened);
                shelf.before = last.filter(|last| last.book.is_some()).or(shelf.before.take());
                if shelf.now.as_ref().is_some_and(|opened| opened.book.is_some()) {
                    shelf.before = None;
                }
            }
            Ok(Err(error)) => {
                self.messages.error(&error);
                return Vec::new();
            }
            // The hook has told of it.
            Err(_) => return Vec::new(),
        }
        self.told(root)
    }

    /// Returns what is to be told of a book's files, and that nothing is to be told any more of those that were mended.
    fn told(&mut self, root: &Path) -> Findings {
        let Some(opened) = self.shelves.get(root).and_then(|shelf| shelf.now.as_ref()) else { return Vec::new() };
        let mut by_file: BTreeMap<String, Vec<Told>> = BTreeMap::new();
        let writer = Writer { desk: self, root, sources: &opened.sources };
        let mut lines: BTreeMap<&str, Lines<'_>> = BTreeMap::new();
        for found in &opened.diagnostics {
            let told = writer.told(found, &mut lines);
            by_file.entry(self.address(root, found.place.path(&opened.sources))).or_default().push(told);
        }
        let is_open = |address: &String| self.documents.contains_key(address);
        let Some(shelf) = self.shelves.get_mut(root) else { return Vec::new() };
        let before = std::mem::replace(&mut shelf.told, by_file.clone());
        let mended = before.keys().filter(|address| !by_file.contains_key(*address));
        let mended: Vec<(String, Vec<Told>)> = mended.map(|address| (address.clone(), Vec::new())).collect();
        // A large book has thousands of files, of which a letter changes what is told of a few. What is open is told again, since
        // editors forget.
        let is_news = |(address, told): &(String, Vec<Told>)| is_open(address) || before.get(address) != Some(told);
        by_file.into_iter().filter(is_news).chain(mended).collect()
    }
}

/// Returns where a document belongs; nothing where it is no file of a book.
fn home_of(address: &str) -> Option<Home> {
    let path = path_of(address)?;
    // A link is judged by where it stands, not by where it leads.
    let folder = std::fs::canonicalize(path.parent()?).ok()?;
    let root = read::find_root(&folder).ok()??;
    let inside = folder.strip_prefix(&root).ok()?.join(path.file_name()?);
    let parts: Option<Vec<&str>> = inside.components().map(|part| part.as_os_str().to_str()).collect();
    Some(Home { root, path: parts?.join("/") })
}

fn open(root: &Path, shared: &Shared, overlay: &Overlay, memory: &mut Memory, depth: Depth) -> Result<Opened> {
    let mut opened = okrbook::open_over(root, &shared.clock()?, overlay, memory)?;
    if let Some(book) = opened.book.as_ref().filter(|_| depth == Depth::Saved) {
        let told = ToldOf { sources: &opened.sources, findings: &opened.diagnostics };
        let found = par::with_new_threads(|| book.template_faults(told))?;
        opened.diagnostics.extend(found);
    }
    Ok(opened)
}

/// What writes down what was found in a book.
struct Writer<'d, 'a> {
    desk: &'d Desk<'a>,
    root: &'d Path,
    sources: &'d Sources,
}

impl<'d> Writer<'d, '_> {
    fn told(&self, found: &'d Diagnostic, lines: &mut BTreeMap<&'d str, Lines<'d>>) -> Told {
        let mut message = inert::line(&found.message).into_owned();
        if !found.label.is_empty() {
            message.push_str(&format!("\n{}", inert::line(&found.label)));
        }
        if let Some(help) = &found.help {
            message.push_str(&format!("\nhelp: {}", inert::line(help)));
        }
        let related = found.related.iter().map(|(place, label)| {
            let label = if label.is_empty() { "see here" } else { label };
            let address = self.desk.address(self.root, place.path(self.sources));
            (address, self.stretch(place, lines), inert::line(label).into_owned())
        });
        let related = related.collect();
        let stretch = self.stretch(&found.place, lines);
        Told { stretch, is_error: found.level == Level::Error, code: found.code, message, related }
    }

    fn stretch(&self, place: &'d Place, lines: &mut BTreeMap<&'d str, Lines<'d>>) -> Stretch {
        match place {
            Place::Text(span) => {
                let file = self.sources.get(span.file);
                lines.entry(&file.path).or_insert_with(|| Lines::of(&file.text)).stretch(span.range())
            }
            Place::Line(line) => {
                let number = u32::try_from(line.line.saturating_sub(1)).unwrap_or(u32::MAX);
                let within = Lines::of(&line.text).stretch(line.start..line.end);
                let on = |at: At| At { line: number, ..at };
                Stretch { from: on(within.from), to: on(within.to) }
            }
            Place::File(_) => Stretch::default(),
        }
    }
}
