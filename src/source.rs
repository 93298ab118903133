//! Text files of a book and places in them.
//!
//! In: the files that `read` found. Out: a [`Sources`] that owns every text, and [`Span`]s that point
//! into it. Line and column are computed only when a message is printed. Knows nothing of OKRs.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Names one file of a [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in one text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// First byte behind.
    pub end: u32,
}

impl Span {
    /// Returns the span of `range` in `file`.
    ///
    /// Texts are limited to 64 MiB by `read`, so byte offsets fit.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: narrow(range.start), end: narrow(range.end.max(range.start)) }
    }

    /// Returns the bytes that the span covers.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the part of this span that `range` names, counted from this span's start.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Self {
        let start = self.start as usize;
        Self::new(self.file, start + range.start..start + range.end)
    }

    /// Returns where a part of a text stands that is `written` here, perhaps in quotes; the whole span where escapes or
    /// line breaks moved its bytes.
    #[must_use]
    pub fn part_of_text(self, written: &str, text: &str, range: Range<usize>) -> Self {
        let start = if written.trim_start().starts_with(text) {
            written.len() - written.trim_start().len()
        } else if written.get(1..).is_some_and(|inner| inner.starts_with(text)) {
            1
        } else {
            return self;
        };
        self.part(start + range.start..start + range.end)
    }
}

/// A value and the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Returns `value` as written at `span`.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Returns the result of `change` on the value, at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }

    /// Returns a borrowed value at the same place.
    pub const fn as_ref(&self) -> Spanned<&T> {
        Spanned { value: &self.value, span: self.span }
    }
}

/// One text file of the book.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path inside the book, with forward slashes.
    pub path: Arc<str>,
    /// The text, without a byte-order mark.
    pub text: Arc<str>,
}

/// All text files of a book, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// Where the lines of each file begin, once a place in it was asked for.
    lines: Vec<OnceLock<Lines>>,
}

/// Line and column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Sources {
    /// Returns the files sorted by path, so that ids don't depend on the folder's order.
    #[must_use]
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let lines = files.iter().map(|_| OnceLock::new()).collect();
        Self { files, lines }
    }

    /// Adds a text that stands in no folder (tests, standard input) and returns its id.
    pub fn add(&mut self, path: &str, text: &str) -> FileId {
        self.files.push(SourceFile { path: path.into(), text: text.into() });
        self.lines.push(OnceLock::new());
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// Returns the file.
    #[must_use]
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Returns the text that `span` covers, or nothing where it doesn't fit the file.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// Returns the id of the file at `path`.
    #[must_use]
    pub fn id_of(&self, path: &str) -> Option<FileId> {
        let place = self.files.binary_search_by(|file| (*file.path).cmp(path)).ok()?;
        Some(FileId(u32::try_from(place).ok()?))
    }

    /// Returns all files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(place, file)| (FileId(u32::try_from(place).unwrap_or(u32::MAX)), file))
    }

    /// Returns where a part of a scalar's text stands; the whole scalar where escapes or line breaks moved its bytes.
    #[must_use]
    pub fn part(&self, scalar: &Spanned<String>, range: Range<usize>) -> Span {
        scalar.span.part_of_text(self.text(scalar.span), &scalar.value, range)
    }

    /// Returns where a span begins.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.position_of(span.file, span.start as usize)
    }

    /// Returns line and column of a byte in a file; a byte behind the end counts as the end.
    #[must_use]
    pub fn position_of(&self, file: FileId, byte: usize) -> Position {
        let text = &self.get(file).text;
        self.lines_of(file).position(text, boundary(text, byte))
    }

    /// Returns the first byte of the line that a byte of a file stands in.
    #[must_use]
    pub fn line_start(&self, file: FileId, byte: usize) -> usize {
        self.lines_of(file).start(boundary(&self.get(file).text, byte)).1
    }

    fn lines_of(&self, file: FileId) -> &Lines {
        self.lines[file.0 as usize].get_or_init(|| Lines::of(&self.get(file).text))
    }
}

/// Where the lines of a text begin, and how many characters stand before every so many bytes. Thousands of findings may
/// stand in one text, and on one line of it; each is found without a walk from the beginning.
#[derive(Debug, Clone)]
struct Lines {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

/// Bytes between two places for which [`Lines`] remembers the number of characters.
const STRIDE: usize = 1 << 10;

impl Lines {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|newline| newline + 1)).collect();
        let mut count = 0;
        let characters = bytes.chunks(STRIDE).map(|chunk| {
            let before = count;
            count += begun(chunk);
            before
        });
        Self { starts, characters: characters.collect() }
    }

    /// Returns the number of the line of a byte, from 0, and its first byte.
    fn start(&self, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        (line, self.starts[line])
    }

    fn position(&self, text: &str, byte: usize) -> Position {
        let before = |byte: usize| {
            let place = byte / STRIDE;
            let known = self.characters.get(place).copied();
            // Behind the last stretch of a text nothing is left to count.
            let (from, known) = known.map_or_else(
                || (byte.saturating_sub(STRIDE), self.characters.last().copied().unwrap_or_default()),
                |known| (place * STRIDE, known),
            );
            known + begun(&text.as_bytes()[from..byte])
        };
        let (line, start) = self.start(byte);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: count(line + 1), column: count(before(byte) - before(start) + 1) }
    }
}

/// Returns how many characters begin in these bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0b1100_0000) != 0b1000_0000).count()
}

/// Returns the last character boundary up to a byte.
fn boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Returns line and column of a byte in `text`; a byte behind the end counts as the end.
#[must_use]
pub fn position_in(text: &str, byte: usize) -> Position {
    let before = &text[..boundary(text, byte)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position {
        line: count(before.bytes().filter(|&b| b == b'\n').count() + 1),
        column: count(before[line_start..].chars().count() + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "a: 1\nüß: x";
        assert_eq!(position_in(text, 0), Position { line: 1, column: 1 });
        assert_eq!(position_in(text, 5), Position { line: 2, column: 1 });
        assert_eq!(position_in(text, 9), Position { line: 2, column: 3 });
        assert_eq!(position_in(text, 6), Position { line: 2, column: 1 }, "a byte inside a character is its start");
        assert_eq!(position_in(text, 999), Position { line: 2, column: 6 });
    }

    #[test]
    fn places_in_long_lines_and_long_texts_are_the_same_without_a_walk_from_the_beginning() {
        let texts =
            ["".to_owned(), "ü".repeat(512), "aü\n".repeat(1000), "é🚀".repeat(2000), "x".repeat(2048), "\n".repeat(3)];
        for text in texts {
            let mut sources = Sources::default();
            let file = sources.add("a.yaml", &text);
            for byte in (0..text.len() + 3).step_by(7).chain([1023, 1024, 1025, 2047, 2048, text.len()]) {
                let expected = position_in(&text, byte);
                assert_eq!(sources.position_of(file, byte), expected, "{} {byte}", text.len());
                let start = text[..boundary(&text, byte)].rfind('\n').map_or(0, |newline| newline + 1);
                assert_eq!(sources.line_start(file, byte), start);
            }
        }
    }

    #[test]
    fn thousands_of_places_in_one_line_of_megabytes_are_found() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", &"ab, ".repeat(1 << 20));
        let places = (0..1 << 20).step_by(16).map(|place| sources.position_of(file, place * 4));
        assert!(places.zip(0..).all(|(found, place)| found == Position { line: 1, column: place * 64 + 1 }));
    }

    #[test]
    fn files_are_found_by_path_whatever_their_order() {
        let file = |path: &str| SourceFile { path: path.into(), text: "x".into() };
        let sources = Sources::new(vec![file("b"), file("a")]);
        let id = sources.id_of("b").expect("b is there");
        assert_eq!(&*sources.get(id).path, "b");
        assert!(sources.id_of("c").is_none());
    }
}
