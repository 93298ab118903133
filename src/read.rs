//! A book's folder as values: texts in memory, exports to be streamed, assets to be copied.
//!
//! In: the book's root. Out: a [`Workspace`] and what is wrong with the folder itself. All reading of files
//! happens here; links that lead out of the book, pipes and devices are never opened.

mod assets;
pub mod base;
mod binary;
pub mod commit;
pub mod folder;
pub mod paths;

pub use binary::{Binary, Stamp, TEXT_LIMIT};

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Diagnostic, LinePlace, Place};
use crate::error::{Error, Result};
use crate::par;
use crate::source::{SourceFile, Sources};

/// The files of a book that stand beside its folders.
const FILES: [&str; 8] = [
    "okrbook.yaml",
    "okrbook.yml",
    "metrics.yaml",
    "catalogue.yaml",
    "holidays.yaml",
    "holidays.csv",
    "holidays.txt",
    "words.yaml",
];

/// The folders of a book that are read.
pub const FOLDERS: [&str; 6] = ["metrics", "quarters", "cycles", "pages", "templates", "assets"];

/// The deepest folder that is looked into.
const DEPTH_LIMIT: usize = 12;

/// What Unix systems say where a disk fails, EIO; the standard library has no name for it.
const DISK_FAILED: i32 = 5;

/// How much of a line is shown behind a byte that can't be read.
const LINE_SHOWN: usize = 120;

/// A book's folder.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// All YAML, Markdown and template texts.
    pub sources: Sources,
    /// Metric exports, sorted by path; opened when they are measured.
    pub exports: Vec<Binary>,
    /// Files under `assets/` that may be published, sorted by path.
    pub assets: Vec<Binary>,
    /// Paths of those that may not.
    pub refused: Vec<Arc<str>>,
}

/// Returns how much memory this program holds, in bytes; nothing where the system doesn't say.
#[must_use]
pub fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

/// Returns what stands at a path, links followed; nothing where nothing does.
///
/// # Errors
///
/// Where that can't be told: a disk that fails must not pass for an empty one.
pub fn look(path: &Path) -> Result<Option<fs::Metadata>> {
    told(path, fs::metadata(path))
}

fn told(path: &Path, outcome: io::Result<fs::Metadata>) -> Result<Option<fs::Metadata>> {
    match outcome {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if is_absent(error.kind()) => Ok(None),
        Err(error) => Err(Error::io("read", path)(error)),
    }
}

/// Says whether nothing can stand at a path: no system has names that are too long.
const fn is_absent(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename)
}

/// Returns the nearest folder from `start` upwards that holds an `okrbook.yaml`.
///
/// # Errors
///
/// Where that can't be told.
pub fn find_root(start: &Path) -> Result<Option<PathBuf>> {
    for folder in start.ancestors() {
        let path = folder.join("okrbook.yaml");
        // Where it is no file, reading the book says so.
        if told(&path, path.symlink_metadata())?.is_some() {
            return Ok(Some(folder.to_path_buf()));
        }
    }
    Ok(None)
}

/// Texts that stand in the place of files', by their paths in the book: what an editor holds and may not have saved.
pub type Overlay = BTreeMap<String, Arc<str>>;

/// Reads the book at `root`.
///
/// # Errors
///
/// Where the folder or a file of it can't be read for reasons that are not the author's.
pub fn read(root: &Path) -> Result<(Workspace, Vec<Diagnostic>)> {
    read_over(root, &Overlay::new())
}

/// Reads the book at `root` as if files had other texts; a text whose file isn't there yet counts as if it were. A text that is
/// too long for a file counts as none.
///
/// # Errors
///
/// As [`read`].
pub fn read_over(root: &Path, overlay: &Overlay) -> Result<(Workspace, Vec<Diagnostic>)> {
    let canonical = fs::canonicalize(root).map_err(Error::io("read", root))?;
    let mut walk = Walk { root: canonical.clone(), files: Vec::new(), diagnostics: Vec::new() };
    for name in FILES.iter().chain(&FOLDERS) {
        let path = canonical.join(name);
        if told(&path, path.symlink_metadata())?.is_some() {
            walk.entry(&path, name, 0)?;
        }
    }
    walk.lay_over(overlay);
    walk.files.sort();
    walk.report_twins();
    let Walk { files, mut diagnostics, .. } = walk;
    let (texts, mut binaries): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| is_text(path));
    let mut sources = Vec::with_capacity(texts.len());
    let outcomes = par::map_ordered(&texts, |(path, absolute)| read_text(path, absolute, overlay));
    for (outcome, (path, absolute)) in outcomes.into_iter().zip(&texts) {
        match outcome? {
            Ok(file) => sources.push(file),
            // Whoever names it as a query is told; to anybody else it is a file like others.
            Err(_) if is_query(path) => binaries.push((path.clone(), absolute.clone())),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    binaries.sort();
    let kept = |path: &str| overlay.get(path).map(|text| text.as_bytes().into());
    let binaries =
        binaries.into_iter().map(|(path, absolute)| Binary { kept: kept(&path), path: path.into(), absolute });
    let (exports, rest): (Vec<_>, Vec<_>) = binaries.partition(|file| file.path.starts_with("metrics/"));
    let found: Vec<Binary> = rest.into_iter().filter(|file| file.path.starts_with("assets/")).collect();
    let assets::Passed { assets, refused, diagnostics: told } = assets::passing(&found)?;
    diagnostics.extend(told);
    Ok((Workspace { root: canonical, sources: Sources::new(sources), exports, assets, refused }, diagnostics))
}

/// Says whether the file is held in memory as text.
fn is_text(path: &str) -> bool {
    if path.starts_with("assets/") {
        return false;
    }
    path.starts_with("templates/")
        || FILES.contains(&path)
        || [".yaml", ".yml", ".md"].iter().any(|ending| path.ends_with(ending))
        || path.starts_with("metrics/") && (is_query(path) || path.ends_with(".pull.json"))
}

/// Says whether a file may hold a query; what else is called so may be of any size and form.
fn is_query(path: &str) -> bool {
    path.starts_with("metrics/") && path.ends_with(".sql")
}

/// Says whether a path is one that only a folder can have: the folders of the book, of a quarter and of its check-ins.
fn is_folder_of_book(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    match &parts[..] {
        [name] => FOLDERS.contains(name),
        ["quarters" | "cycles", quarter] => !quarter.contains('.'),
        ["quarters" | "cycles", _, name] => *name == "checkins",
        _ => false,
    }
}

/// Says whether a name on the path begins with a dot, as those of repositories and of secrets do.
fn is_hidden(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."))
}

type TextOutcome = Result<std::result::Result<SourceFile, Box<Diagnostic>>>;

/// Returns the text that stands in the place of a file's.
fn laid_over<'o>(overlay: &'o Overlay, path: &str) -> Option<&'o Arc<str>> {
    overlay.get(path).filter(|text| text.len() as u64 <= TEXT_LIMIT)
}

fn read_text(path: &str, absolute: &Path, overlay: &Overlay) -> TextOutcome {
    if let Some(text) = laid_over(overlay, path) {
        return Ok(Ok(SourceFile { path: path.into(), text: text.clone() }));
    }
    if is_query(path) && look(absolute)?.is_some_and(|found| found.len() > TEXT_LIMIT) {
        return Ok(Err(Box::new(Diagnostic::error("not-read", Place::file(path), "too long for a query"))));
    }
    let bytes = fs::read(absolute).map_err(Error::io("read", absolute))?;
    Ok(decode(path, bytes).map_err(Box::new))
}

fn decode(path: &str, bytes: Vec<u8>) -> std::result::Result<SourceFile, Diagnostic> {
    let place = || Place::file(path);
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Diagnostic::error("encoding", place(), "this file is UTF-16, not UTF-8")
            .help("save it as UTF-8 in your editor")
            .blocking());
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            Ok(SourceFile { path: path.into(), text: text.into() })
        }
        Err(error) => {
            let (place, byte) = first_fault(path, error.as_bytes(), error.utf8_error().valid_up_to());
            let message = format!("line {} is not UTF-8 (byte 0x{byte:02X})", place.line);
            let label = match char::from(byte) {
                letter if byte >= 0xA0 => format!("`{letter}`, if the file is Latin-1 or Windows-1252"),
                _ => "no letter in UTF-8".to_owned(),
            };
            let help = "save the file as UTF-8 in your editor, or run `iconv -f WINDOWS-1252 -t UTF-8`";
            Err(Diagnostic::error("encoding", place, message).label(label).help(help).blocking())
        }
    }
}

/// Returns the line with the byte at `at`, each of its other bytes that are no UTF-8 read as Latin-1, and the byte.
fn first_fault(path: &str, bytes: &[u8], at: usize) -> (LinePlace, u8) {
    let before = bytes.get(..at).unwrap_or_default();
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let byte = bytes.get(at).copied().unwrap_or_default();
    let mut text = String::from_utf8_lossy(&before[start..]).into_owned();
    let from = text.len();
    text.push(char::from(byte));
    let to = text.len();
    let rest = bytes.get(at + 1..).unwrap_or_default();
    let rest = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    text.extend(rest.iter().take(LINE_SHOWN).map(|&byte| char::from(byte)));
    (LinePlace { path: path.into(), line: line as u64, text, start: from, end: to }, byte)
}

struct Walk {
    root: PathBuf,
    files: Vec<(String, PathBuf)>,
    diagnostics: Vec<Diagnostic>,
}

impl Walk {
    fn entry(&mut self, absolute: &Path, path: &str, depth: usize) -> Result<()> {
        let plain = fs::symlink_metadata(absolute).map_err(Error::io("read", absolute))?;
        let metadata = if plain.is_symlink() {
            match self.follow(absolute, path)? {
                Some(metadata) => metadata,
                None => return Ok(()),
            }
        } else {
            plain
        };
        if metadata.is_dir() {
            if is_text(path) && !path.starts_with("templates/") && path != "templates" {
                self.refuse(path, "is a folder, not a file", "rename it");
                return Ok(());
            }
            return self.folder(absolute, path, depth);
        }
        if !metadata.is_file() {
            self.refuse(path, "is a pipe or a device, not a file", "replace it by a plain file");
        } else if is_folder_of_book(path) {
            self.refuse(path, "is a file, not a folder", "rename it");
        } else if is_text(path) && !is_query(path) && metadata.len() > TEXT_LIMIT {
            let size = metadata.len() >> 20;
            self.refuse(path, &format!("is {size} MiB of text, more than the 4 MiB that are read"), "split it");
        } else {
            self.files.push((path.to_owned(), absolute.to_path_buf()));
        }
        Ok(())
    }

    /// Returns what a link leads to, where it stays inside the book and isn't a folder that holds the link.
    fn follow(&mut self, absolute: &Path, path: &str) -> Result<Option<fs::Metadata>> {
        let target = match fs::canonicalize(absolute) {
            Ok(target) => target,
            Err(error) if error.raw_os_error() == Some(DISK_FAILED) => return Err(Error::io("read", absolute)(error)),
            Err(_) => {
                self.refuse(path, "is a link that leads nowhere", "remove it, or mend where it points");
                return Ok(None);
            }
        };
        if !target.starts_with(&self.root) {
            self.refuse(path, "is a link that leads out of the book", "copy the file into the book");
            return Ok(None);
        }
        if target.strip_prefix(&self.root).is_ok_and(is_hidden) {
            self.refuse(path, "is a link to a hidden file or folder", "copy what may be seen to a place of its own");
            return Ok(None);
        }
        let metadata = look(&target)?;
        if metadata.as_ref().is_some_and(fs::Metadata::is_dir) && absolute.starts_with(&target) {
            self.refuse(path, "is a link to a folder that holds it", "remove the link");
            return Ok(None);
        }
        Ok(metadata)
    }

    fn folder(&mut self, absolute: &Path, path: &str, depth: usize) -> Result<()> {
        if depth >= DEPTH_LIMIT {
            self.refuse(path, "lies too deep", "keep files within twelve folders");
            return Ok(());
        }
        for entry in fs::read_dir(absolute).map_err(Error::io("read", absolute))? {
            let entry = entry.map_err(Error::io("read", absolute))?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                let shown = name.to_string_lossy();
                self.refuse(&format!("{path}/{shown}"), "has a name that is not UTF-8", "rename it");
                continue;
            };
            if name.starts_with('.') || name.ends_with('~') {
                continue;
            }
            self.entry(&entry.path(), &format!("{path}/{name}"), depth + 1)?;
        }
        Ok(())
    }

    /// Adds texts of files that aren't there yet.
    fn lay_over(&mut self, overlay: &Overlay) {
        let known: BTreeSet<String> = self.files.iter().map(|(path, _)| path.clone()).collect();
        for path in overlay.keys().filter(|path| !is_text(path) || laid_over(overlay, path).is_some()) {
            let mut parts = path.split('/');
            let is_of_book = FILES.contains(&path.as_str()) || parts.next().is_some_and(|top| FOLDERS.contains(&top));
            if is_of_book && !known.contains(path) && !is_hidden(Path::new(path)) && !self.root.join(path).exists() {
                self.files.push((path.clone(), self.root.join(path)));
            }
        }
    }

    fn refuse(&mut self, path: &str, what: &str, help: &str) {
        let found = Diagnostic::error("unreadable-file", Place::file(path), format!("{path} {what}")).help(help);
        // Without an export a key result has no data, and without an asset a page is plain, and both can be seen. What
        // teams wrote would be missing without a trace.
        let file = path.rsplit('/').next().unwrap_or(path);
        let can_be_seen = path.starts_with("assets/") || path.starts_with("metrics/") && file.contains('.');
        self.diagnostics.push(if can_be_seen && !is_text(path) { found } else { found.blocking() });
    }

    /// Reports files whose names differ only in case or in how accents are put together: elsewhere they are one file.
    fn report_twins(&mut self) {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        let mut twins = Vec::new();
        for (path, _) in &self.files {
            if let Some(first) = seen.insert(paths::twin_key(path), path) {
                twins.push((first.to_owned(), path.clone()));
            }
        }
        for (first, second) in twins {
            let message = format!("{first} and {second} are one file on other systems");
            self.diagnostics.push(Diagnostic::error("twin-files", Place::file(&second), message).help("rename one"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_an_editor_holds_stand_in_the_place_of_files() {
        let book = book(&[("okrbook.yaml", b"a"), ("metrics/x.csv", b"1"), ("pages/a.md", b"\xff")]);
        let new =
            ["okrbook.yaml", "metrics/x.csv", "pages/a.md", "pages/b.md", "pages/.c.md", "pages/../d.md", "e/f.yaml"];
        let overlay: Overlay = new.iter().map(|path| ((*path).to_owned(), format!("over {path}").into())).collect();
        let (workspace, found) = read_over(book.path(), &overlay).expect("readable");
        assert!(found.is_empty(), "{found:?}");
        let texts: Vec<&str> = workspace.sources.iter().map(|(_, file)| &*file.text).collect();
        assert_eq!(texts, ["over okrbook.yaml", "over pages/a.md", "over pages/b.md"]);
        assert_eq!(workspace.exports[0].bytes().expect("kept"), b"over metrics/x.csv");
        let long = Overlay::from([("okrbook.yaml".to_owned(), "x".repeat(5 << 20).into())]);
        let (workspace, _) = read_over(book.path(), &long).expect("readable");
        assert_eq!(&*workspace.sources.iter().next().expect("a text").1.text, "a", "what is too long counts as none");
    }

    fn book(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("inside")).expect("folders");
            fs::write(path, bytes).expect("written");
        }
        folder
    }

    #[test]
    fn files_are_sorted_into_texts_exports_and_assets() {
        let folder = book(&[
            ("okrbook.yaml", b"organisation: X\n"),
            ("metrics/a.csv", b"date,value\n"),
            ("metrics/a.yaml", b"x: {}\n"),
            ("quarters/2026-Q1/t.yaml", b"\xEF\xBB\xBFobjectives: []\n"),
            ("assets/logo.svg", b"<svg/>"),
            ("quarters/.DS_Store", b"\0"),
        ]);
        let (workspace, diagnostics) = read(folder.path()).expect("readable");
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let texts: Vec<_> = workspace.sources.iter().map(|(_, file)| file.path.to_string()).collect();
        assert_eq!(texts, ["metrics/a.yaml", "okrbook.yaml", "quarters/2026-Q1/t.yaml"]);
        let id = workspace.sources.id_of("quarters/2026-Q1/t.yaml").expect("read");
        assert!(workspace.sources.get(id).text.starts_with("objectives"), "the byte-order mark is dropped");
        assert_eq!(workspace.exports.len(), 1);
        assert_eq!(workspace.assets.len(), 1);
    }

    #[test]
    fn links_out_of_the_book_loops_and_dangling_links_are_refused() {
        let folder = book(&[("okrbook.yaml", b"organisation: X\n"), ("pages/a.md", b"a")]);
        let link = |target: &str, name: &str| {
            std::os::unix::fs::symlink(target, folder.path().join(name)).expect("linked");
        };
        link("/etc/hostname", "pages/out.md");
        link("/dev/zero", "pages/zero.md");
        link(".", "pages/loop");
        link("nothing", "pages/nothing.md");
        link("a.md", "pages/b.md");
        fs::create_dir(folder.path().join(".git")).expect("made");
        fs::write(folder.path().join(".git/config"), "token = secret").expect("written");
        link("../.git/config", "pages/token.md");
        link(".git", "assets");
        let (workspace, diagnostics) = read(folder.path()).expect("readable");
        assert_eq!(diagnostics.len(), 6, "{diagnostics:?}");
        assert!(workspace.assets.is_empty());
        assert!(workspace.sources.id_of("pages/b.md").is_some(), "a link inside the book is followed");
        assert!(workspace.sources.id_of("pages/out.md").is_none());
    }

    #[test]
    fn what_would_be_missing_without_a_trace_blocks_and_what_can_be_seen_does_not() {
        let link = |folder: &tempfile::TempDir, path: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("inside")).expect("folders");
            std::os::unix::fs::symlink("/dev/zero", path).expect("linked");
        };
        for (path, blocks) in [
            ("quarters/2026-Q3/shop.yaml", true),
            ("quarters/2026-Q3/shop.review.md", true),
            ("quarters/2026-Q3", true),
            ("quarters", true),
            ("metrics.yaml", true),
            ("metrics/shop.yaml", true),
            ("metrics/folder", true),
            ("templates/index.html", true),
            ("metrics/shop.csv", false),
            ("assets/logo.svg", false),
            ("assets/more", false),
        ] {
            let folder = book(&[("okrbook.yaml", b"organisation: X\n")]);
            link(&folder, path);
            let (_, diagnostics) = read(folder.path()).expect("readable");
            assert_eq!(diagnostics.iter().map(|found| found.blocks).collect::<Vec<_>>(), [blocks], "{path}");
        }
    }

    #[test]
    fn files_where_folders_belong_and_folders_where_files_belong_are_refused() {
        let folder = book(&[
            ("okrbook.yaml", b"organisation: X\n"),
            ("metrics.yaml/x.yaml", b""),
            ("pages/a.md/b.md", b""),
            ("quarters/2026-Q3", b""),
            ("quarters/2026-Q4/checkins", b""),
            ("quarters/notes.txt", b""),
            ("assets", b""),
            ("metrics/parts.csv/part-0.csv", b"date,value\n"),
        ]);
        let (workspace, diagnostics) = read(folder.path()).expect("readable");
        let mut named: Vec<&str> =
            diagnostics.iter().map(|found| found.message.split(' ').next().unwrap_or_default()).collect();
        named.sort_unstable();
        assert_eq!(named, ["assets", "metrics.yaml", "pages/a.md", "quarters/2026-Q3", "quarters/2026-Q4/checkins"]);
        assert_eq!(workspace.exports.len(), 1);
    }

    #[test]
    fn a_text_in_another_encoding_blocks_and_says_where() {
        let folder = book(&[("okrbook.yaml", b"organisation: X\nx: caf\xe9\n")]);
        let (_, diagnostics) = read(folder.path()).expect("readable");
        assert!(diagnostics[0].blocks);
        assert!(diagnostics[0].message.contains("line 2"), "{}", diagnostics[0].message);
        assert!(diagnostics[0].label.contains('é'), "{}", diagnostics[0].label);
    }

    #[test]
    fn the_first_unreadable_byte_is_shown_in_its_line() {
        let cases: [(&[u8], u64, &str, &str); 5] = [
            (b"a: caf\xe9 au lait\r\nb", 1, "a: caf\u{e9} au lait", "\u{e9}"),
            (b"a\n\xff", 2, "\u{ff}", "\u{ff}"),
            (b"\xc3", 1, "\u{c3}", "\u{c3}"),
            ("\u{fc}: x\n\u{fc}\u{93}".as_bytes().split_last().expect("bytes").1, 2, "\u{fc}\u{c2}", "\u{c2}"),
            (b"\n\n\x80 \xe4", 3, "\u{80} \u{e4}", "\u{80}"),
        ];
        for (bytes, line, text, marked) in cases {
            let at = std::str::from_utf8(bytes).expect_err("not UTF-8").valid_up_to();
            let (place, _) = first_fault("a.yaml", bytes, at);
            assert_eq!((place.line, place.text.as_str()), (line, text), "{bytes:?}");
            assert_eq!(&place.text[place.start..place.end], marked, "{bytes:?}");
        }
    }

    #[test]
    fn names_that_differ_only_in_case_are_named_both() {
        let folder = book(&[("okrbook.yaml", b"organisation: X\n"), ("pages/a.md", b"a"), ("pages/A.md", b"a")]);
        let (_, diagnostics) = read(folder.path()).expect("readable");
        assert_eq!(diagnostics[0].code, "twin-files");
    }
}
