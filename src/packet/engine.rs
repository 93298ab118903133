//! The typesetting engine, which nothing else knows.
//!
//! In: a template, files by name, fonts. Out: a PDF that says of itself to be PDF/UA-1 and PDF/A, or what can't be laid
//! out. The engine sees these files and nothing else: no disk, network, package or clock.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::error::{Error, Result};

/// The fonts that are built in: a sans, what the engine brings along, and a few pictures that people put into texts.
const OWN: [&[u8]; 4] = [
    include_bytes!("../../fonts/Inter-Regular.ttf"),
    include_bytes!("../../fonts/Inter-Italic.ttf"),
    include_bytes!("../../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../../fonts/NotoEmoji-Common.ttf"),
];

static BUILT_IN: LazyLock<Arc<Shelf>> = LazyLock::new(|| {
    let texts = OWN.into_iter().chain(typst_assets::fonts());
    Arc::new(Shelf::new(texts.flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect()))
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Fonts with what is known of them.
struct Shelf {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Shelf {
    fn new(fonts: Vec<Font>) -> Self {
        Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    }
}

/// The fonts of a packet.
pub(super) struct Fonts(Arc<Shelf>);

impl Fonts {
    /// Says whether any of the fonts has a character.
    pub(super) fn cover(&self, letter: char) -> bool {
        // Of private use is what means nothing to others, which an archive may not hold.
        let is_private = matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        !is_private && self.0.fonts.iter().any(|font| font.info().coverage.contains(u32::from(letter)))
    }
}

/// Returns the built-in fonts with a book's own.
pub(super) fn fonts(own: Vec<Vec<u8>>) -> Fonts {
    if own.is_empty() {
        return Fonts(BUILT_IN.clone());
    }
    let own = own.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes)));
    Fonts(Arc::new(Shelf::new(own.chain(BUILT_IN.fonts.iter().cloned()).collect())))
}

/// All that a document is made from.
pub(super) struct Job {
    /// The template.
    pub(super) template: String,
    /// Files by their names in the template.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// The fonts.
    pub(super) fonts: Fonts,
    /// The document's date: year, month, day.
    pub(super) date: (i16, u8, u8),
    /// What tells this document from others.
    pub(super) identity: String,
    /// Whether files are attached.
    pub(super) attaches: bool,
}

struct Desk {
    shelf: Arc<Shelf>,
    main: Source,
    files: BTreeMap<String, Bytes>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shelf.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(refused(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let is_own = matches!(id.get().root(), VirtualRoot::Project);
        let known = self.files.get(id.get().vpath().get_with_slash()).filter(|_| is_own);
        known.cloned().ok_or_else(|| refused(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn refused(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

/// Returns the PDF and the number of its pages.
///
/// # Errors
///
/// Where something can't be laid out, or the template is wrong.
pub(super) fn compile(job: &Job) -> Result<(Vec<u8>, usize)> {
    let path = VirtualPath::new("/packet.typ").map_err(|_| Error::usage("internal: a path"))?;
    let id = RootedPath::new(VirtualRoot::Project, path).intern();
    let desk = Desk {
        shelf: job.fonts.0.clone(),
        main: Source::new(id, job.template.clone()),
        files: job.files.iter().map(|(name, bytes)| (name.clone(), Bytes::new(bytes.clone()))).collect(),
    };
    let fault = |found: &[SourceDiagnostic]| fault(&desk, found);
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(|found| fault(&found))?;
    let (year, month, day) = job.date;
    let date = Datetime::from_ymd_hms(i32::from(year), month, day, 0, 0, 0);
    let archive = if job.attaches { PdfStandard::A_3a } else { PdfStandard::A_2a };
    let standards = PdfStandards::new(&[archive, PdfStandard::Ua_1]);
    let options = PdfOptions {
        ident: Smart::Custom(job.identity.clone()),
        creator: Smart::Custom(Some(crate::report::MADE_BY.to_owned())),
        timestamp: date.map(Timestamp::new_utc),
        standards: standards.map_err(|error| Error::Integrity { message: error.message().to_string() })?,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|found| fault(&found));
    // What was laid out once is rarely laid out again.
    typst::comemo::evict(2);
    pdf.map(|bytes| (bytes, document.pages().len()))
}

/// Returns what can't be laid out, with its place in the template.
fn fault(desk: &Desk, found: &[SourceDiagnostic]) -> Error {
    let mut lines = Vec::new();
    for known in found.iter().take(5) {
        let line = desk.range(known.span).and_then(|range| desk.main.lines().byte_to_line(range.start));
        let place = line.map(|line| format!("packet.typ:{}: ", line + 1)).unwrap_or_default();
        lines.push(format!("{place}{}", known.message));
        lines.extend(known.hints.iter().map(|hint| format!("  {}", hint.v)));
    }
    Error::Template { message: "the packet can't be laid out".to_owned(), place: lines }
}
