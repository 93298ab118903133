//! One record of an export: its bytes as they stand there, and where its cells lie in them.
//!
//! In: a line that was parted. Out: each cell's bytes, its text, and its place for messages.

use std::borrow::Cow;

use memchr::memchr;

use crate::metrics::cells::text::decode;

/// One cell's place in its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) struct Cell {
    /// Its first byte.
    pub(super) start: u32,
    /// Behind its last byte.
    pub(super) end: u32,
    /// Whether quotes inside are doubled.
    pub(super) doubled: bool,
    /// Whether something other than a delimiter follows its closing quote.
    pub(in crate::metrics) malformed: bool,
}

/// A row: one line, or several where a quoted cell holds line ends.
#[derive(Debug, Clone, Copy)]
pub(in crate::metrics) struct Record<'a> {
    /// The bytes without the line's end.
    pub(in crate::metrics) raw: &'a [u8],
    /// Its cells.
    pub(in crate::metrics) cells: &'a [Cell],
    /// The line on which it begins, from 1.
    pub(in crate::metrics) line: u64,
    /// Whether an empty line stands before it.
    pub(in crate::metrics) gap: bool,
}

impl Cell {
    fn bytes(self, raw: &[u8]) -> &[u8] {
        raw[self.start as usize..self.end as usize].trim_ascii()
    }

    /// Returns the bytes of the cell's text in the record `raw`, as `text` returns it.
    fn text_bytes(self, raw: &[u8]) -> Cow<'_, [u8]> {
        let bytes = &raw[self.start as usize..self.end as usize];
        // Most texts are what stands there: there is nothing to decode and nothing to trim.
        let is_trimmed = bytes.first() > Some(&b' ') && bytes.last() > Some(&b' ');
        if is_trimmed && !self.doubled && bytes.is_ascii() {
            return Cow::Borrowed(bytes);
        }
        match self.text(raw) {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        }
    }

    /// Returns the cell's text in the record `raw`; bytes that aren't UTF-8 are read as windows-1252.
    pub(in crate::metrics) fn text(self, raw: &[u8]) -> Cow<'_, str> {
        let text = decode(self.bytes(raw));
        let text = if self.doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { text };
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        }
    }
}

impl<'a> Record<'a> {
    /// Returns a cell's bytes without quotes and surrounding ASCII spaces; empty where the row has no such cell.
    #[inline]
    pub(in crate::metrics) fn bytes(&self, column: usize) -> &'a [u8] {
        self.cells.get(column).map_or(&[], |cell| cell.bytes(self.raw))
    }

    /// Returns a cell's text; empty where the row has no such cell.
    pub(in crate::metrics) fn text(&self, column: usize) -> Cow<'a, str> {
        self.cells.get(column).map_or(Cow::Borrowed(""), |cell| cell.text(self.raw))
    }

    /// Returns the bytes of a cell's text, which are told at less cost than the text; none where the row has no such cell.
    #[inline]
    pub(in crate::metrics) fn text_bytes(&self, column: usize) -> Cow<'a, [u8]> {
        self.cells.get(column).map_or(Cow::Borrowed(&[]), |cell| cell.text_bytes(self.raw))
    }

    /// Returns the bytes of the record that a cell covers, without spaces around; the whole record where it has
    /// no such cell.
    pub(in crate::metrics) fn range(&self, column: usize) -> (usize, usize) {
        let Some(cell) = self.cells.get(column) else { return (0, self.raw.len()) };
        let (start, end) = (cell.start as usize, cell.end as usize);
        let bytes = &self.raw[start..end];
        let before = bytes.len() - bytes.trim_ascii_start().len();
        (start + before, (start + before + bytes.trim_ascii().len()).min(end))
    }

    /// Says whether a quote that is never closed made one row of several lines: text follows the next quote below it.
    pub(in crate::metrics) fn has_swallowed_lines(&self) -> bool {
        memchr(b'\n', self.raw).is_some() && self.cells.iter().any(|cell| cell.malformed)
    }

    /// Says whether all cells are blank.
    pub(in crate::metrics) fn is_blank(&self) -> bool {
        (0..self.cells.len()).all(|column| self.bytes(column).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_of_a_text_are_those_of_the_text() {
        let raws: [&[u8]; 10] = [
            b"",
            b"lead",
            b"  a b\t",
            b"\x0bx",
            b"x\x0b",
            b"caf\xe9",
            "\u{a0}x".as_bytes(),
            "é".as_bytes(),
            b"a\"\"b",
            b"\x01",
        ];
        for raw in raws {
            for doubled in [false, true] {
                let cell = Cell { start: 0, end: raw.len() as u32, doubled, malformed: false };
                assert_eq!(*cell.text_bytes(raw), *cell.text(raw).as_bytes(), "{raw:?}");
            }
        }
    }
}
