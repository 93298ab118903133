//! The typesetting engine, which nothing else knows.
//!
//! In: a template, files by name, fonts. Out: a PDF that says of itself to be PDF/UA-1 and PDF/A, or what can't be laid
//! out. The engine sees these files and nothing else: no disk, network, package or clock.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration as Span, Smart};
use typst::layout::Abs;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{
    Font, FontBook, FontInstance, FontStyle, FontVariant, FontVariations, FontWeight, is_default_ignorable,
};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::brought::refused as refused_font;
use crate::error::{Error, Result};
use crate::par::{self, Watched};
use crate::read;

/// The longest that a layout may take. Of what a book's texts can ask for, nothing comes near; but a template is a program
/// and so are fonts, and whether programs end can't be told before.
const PATIENCE: Duration = Duration::from_secs(30);

/// The most memory that a layout may take, where it is the only one.
const MEMORY: u64 = 1 << 30;

/// The fonts that are built in: a sans, what the engine brings along, and a few pictures that people put into texts.
const OWN: [&[u8]; 4] = [
    include_bytes!("../../fonts/Inter-Regular.ttf"),
    include_bytes!("../../fonts/Inter-Italic.ttf"),
    include_bytes!("../../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../../fonts/NotoEmoji-Common.ttf"),
];

/// The families that the template names, each first in some text.
const FAMILIES: [&str; 4] = ["inter", "libertinus serif", "dejavu sans mono", "noto emoji"];

/// The styles that the template uses.
const STYLES: [(FontStyle, FontWeight); 5] = [
    (FontStyle::Normal, FontWeight::REGULAR),
    (FontStyle::Normal, FontWeight::SEMIBOLD),
    (FontStyle::Normal, FontWeight::BOLD),
    (FontStyle::Italic, FontWeight::REGULAR),
    (FontStyle::Italic, FontWeight::BOLD),
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
    /// The same as they are read where glyphs are asked for.
    faces: Vec<OnceLock<FontInstance>>,
}

impl Shelf {
    fn new(fonts: Vec<Font>) -> Self {
        let faces = fonts.iter().map(|_| OnceLock::new()).collect();
        Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, faces }
    }

    fn face(&self, place: usize) -> Option<&FontInstance> {
        let (font, face) = (self.fonts.get(place)?, self.faces.get(place)?);
        let read = || font.clone().instantiate(FontVariant::default(), Abs::pt(9.0), &FontVariations::default());
        Some(face.get_or_init(read))
    }
}

/// The fonts of a packet.
pub(super) struct Fonts(Arc<Shelf>);

impl Fonts {
    /// Says whether a character with the marks on it is shown in all styles of the template. The engine tries the named
    /// families in turn and then one other font, that which it finds nearest for the first character.
    pub(super) fn show(&self, cluster: &str) -> bool {
        // Of private use is what means nothing to others, which an archive may not hold.
        let is_private = |letter: char| matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        if cluster.chars().any(is_private) {
            return false;
        }
        let Shelf { book, fonts, .. } = &*self.0;
        // Which characters a font says it has can be more than those it has glyphs for.
        let covers = |font: usize| {
            let face = self.0.face(font);
            let has = |letter| face?.ttf().glyph_index(letter).filter(|glyph| glyph.0 != 0);
            cluster.chars().all(|letter| is_default_ignorable(letter) || has(letter).is_some())
        };
        STYLES.iter().all(|&(style, weight)| {
            let variant = FontVariant { style, weight, ..FontVariant::default() };
            let named: Vec<usize> = FAMILIES.iter().filter_map(|family| book.select(family, variant)).collect();
            let like = |font: &usize| fonts.get(*font).map(Font::info);
            named.iter().any(|font| covers(*font))
                || named.iter().all(|first| book.select_fallback(like(first), variant, cluster).is_some_and(covers))
        })
    }
}

/// Returns the built-in fonts with a book's own, given as paths and bytes.
///
/// # Errors
///
/// Where one can't be read.
pub(super) fn fonts(own: &[(&str, &[u8])]) -> Result<Fonts> {
    if own.is_empty() {
        return Ok(Fonts(BUILT_IN.clone()));
    }
    let mut fonts: Vec<Font> = Vec::new();
    for (path, bytes) in own {
        let known = fonts.len();
        fonts.extend(Font::iter(Bytes::new(bytes.to_vec())));
        if fonts.len() == known {
            return Err(refused_font(path, "can't be read"));
        }
    }
    fonts.extend(BUILT_IN.fonts.iter().cloned());
    Ok(Fonts(Arc::new(Shelf::new(fonts))))
}

/// Returns the family that a font says it belongs to; nothing where it can't be read.
pub(super) fn family(font: &[u8]) -> Option<String> {
    Font::iter(Bytes::new(font.to_vec())).next().map(|font| font.info().family.to_string())
}

/// All that a document is made from.
pub(super) struct Job {
    /// The template.
    pub(super) template: String,
    /// Files by their names in the template.
    pub(super) files: Vec<(String, Arc<Vec<u8>>)>,
    /// The picture among them.
    pub(super) logo: Option<Logo>,
    /// The fonts.
    pub(super) fonts: Fonts,
    /// The document's date: year, month, day.
    pub(super) date: (i16, u8, u8),
    /// What tells this document from others.
    pub(super) identity: String,
    /// Whether files are attached.
    pub(super) attaches: bool,
    /// How many documents are made at once.
    pub(super) at_once: usize,
}

/// A picture.
pub(super) struct Logo {
    /// Its path in the book.
    pub(super) path: String,
    /// Its name in the template.
    pub(super) name: String,
}

/// A file's bytes, held once.
struct Held(Arc<Vec<u8>>);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
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

    fn today(&self, _offset: Option<Span>) -> Option<Datetime> {
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
/// Where something can't be laid out, the template is wrong, or it has no end.
pub(super) fn compile(job: Job) -> Result<(Vec<u8>, usize)> {
    let before = read::memory().unwrap_or_default();
    let most = MEMORY * job.at_once as u64;
    let may_go_on = || read::memory().is_none_or(|now| now.saturating_sub(before) < most);
    match par::watched(PATIENCE, may_go_on, move || set(&job)) {
        Watched::Done(done) => done,
        Watched::Late => Err(given_up(&format!("takes longer than {} s", PATIENCE.as_secs()))),
        Watched::Stopped => Err(given_up(&format!("takes more than {} MiB of memory", most >> 20))),
        Watched::Failed => Err(Error::Integrity { message: "the PDF engine failed on the packet".to_owned() }),
    }
}

fn given_up(cost: &str) -> Error {
    Error::usage_with_help(
        format!("the packet was given up: its layout {cost}"),
        "look for what repeats in templates/packet.typ and for fonts in assets/ that are no usual ones; \
         without both, make packets of single teams, or print the packet's page of the site",
    )
}

fn set(job: &Job) -> Result<(Vec<u8>, usize)> {
    if let Some(logo) = &job.logo {
        // By itself, so that whatever is wrong with it is told of its file, not of the template.
        let template =
            format!("#set document(title: \"Logo\")\n#image(\"{}\", height: 16mm, alt: \"Logo\")", logo.name);
        lay_out(job, &template, |_, found| {
            let message = found.first().map(|found| found.message.to_string()).unwrap_or_default();
            Error::usage_with_help(
                format!("{}: the logo can't be set: {message}", logo.path),
                "save it anew as SVG, PNG, JPEG, GIF or WebP",
            )
        })?;
    }
    lay_out(job, &job.template, fault)
}

fn lay_out(job: &Job, template: &str, fault: impl Fn(&Desk, &[SourceDiagnostic]) -> Error) -> Result<(Vec<u8>, usize)> {
    let path = VirtualPath::new("/packet.typ").map_err(|_| Error::usage("internal: a path"))?;
    let id = RootedPath::new(VirtualRoot::Project, path).intern();
    let desk = Desk {
        shelf: job.fonts.0.clone(),
        main: Source::new(id, template.to_owned()),
        files: job.files.iter().map(|(name, bytes)| (name.clone(), Bytes::new(Held(bytes.clone())))).collect(),
    };
    let fault = |found: &[SourceDiagnostic]| fault(&desk, found);
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(|found| fault(&found))?;
    if job.at_once == 1 {
        // What the layout keeps for a next one, which doesn't come, is as large as the document.
        typst::comemo::evict(0);
    }
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
    Error::template("the packet can't be laid out", lines)
}
