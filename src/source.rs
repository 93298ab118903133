//! Text files of a book and places in them.
//!
//! In: the files that `read` found. Out: a [`Sources`] that owns every text, and [`Span`]s that point
//! into it. Line and column are computed only when a message is printed. Knows nothing of OKRs.

use std::ops::Range;
use std::sync::Arc;

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
        Self { files }
    }

    /// Adds a text that stands in no folder (tests, standard input) and returns its id.
    pub fn add(&mut self, path: &str, text: &str) -> FileId {
        self.files.push(SourceFile { path: path.into(), text: text.into() });
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
        position_in(&self.get(span.file).text, span.start as usize)
    }
}

/// Returns line and column of a byte in `text`; a byte behind the end counts as the end.
#[must_use]
pub fn position_in(text: &str, byte: usize) -> Position {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
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
    fn files_are_found_by_path_whatever_their_order() {
        let file = |path: &str| SourceFile { path: path.into(), text: "x".into() };
        let sources = Sources::new(vec![file("b"), file("a")]);
        let id = sources.id_of("b").expect("b is there");
        assert_eq!(&*sources.get(id).path, "b");
        assert!(sources.id_of("c").is_none());
    }
}
