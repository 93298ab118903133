//! Bytes to records: lines parted into cells, with quotes, in a buffer that doesn't grow with the file.
//!
//! In: bytes in an encoding that keeps ASCII, the byte between cells and the byte that ends a line. Out: one
//! [`Record`] at a time, with the number of its line and the bytes as they stand there. Knows nothing of headers.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memchr2};

use super::record::{Cell, Record};

/// How many bytes are read at once.
const CHUNK: usize = 128 << 10;

/// The longest quoted cell; a quote that is still open then is a plain character.
const QUOTE_LIMIT: usize = 1 << 20;

/// The longest record that is read.
const RECORD_LIMIT: usize = 4 << 20;

/// The longest line that is parted without looking for quotes first.
const LINE_LIMIT: usize = 4 << 20;

/// How a file's lines become cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) struct Layout {
    /// The byte between cells.
    pub(in crate::metrics) delimiter: u8,
    /// The byte that ends a line: LF, or CR where the file has no LF.
    pub(in crate::metrics) end: u8,
}

/// Why there is no next record.
#[derive(Debug)]
pub(in crate::metrics) enum Trouble {
    /// What the system said.
    Io(io::Error),
    /// The record that begins on this line is longer than 4 MiB.
    Endless(u64),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads records one by one.
pub(in crate::metrics) struct Records<R> {
    input: R,
    layout: Layout,
    signs: Signs,
    buffer: Vec<u8>,
    /// Where the next record begins in the buffer.
    at: usize,
    line: u64,
    ended: bool,
    cells: Vec<Cell>,
}

/// Calls `look` with each record of `text` behind its first lines, its cells and its line, until it says false; the
/// last one may be cut. Returns where it stopped.
pub(in crate::metrics) fn each<'t>(
    text: &'t [u8],
    layout: Layout,
    skip: u64,
    look: impl FnMut(&'t [u8], &[Cell], u64) -> bool,
) -> Stop {
    let skip = usize::try_from(skip).unwrap_or(usize::MAX);
    let at = match skip.checked_sub(1) {
        None => 0,
        Some(last) => memchr_iter(layout.end, text).nth(last).map_or(text.len(), |end| end + 1),
    };
    each_from(text, layout, Stop { at, line: skip as u64 + 1 }, look)
}

/// Where looking at records stopped: the next one's first byte and line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) struct Stop {
    at: usize,
    line: u64,
}

/// Calls `look` like [`each`], going on where that stopped.
pub(in crate::metrics) fn each_from<'t>(
    text: &'t [u8],
    layout: Layout,
    from: Stop,
    mut look: impl FnMut(&'t [u8], &[Cell], u64) -> bool,
) -> Stop {
    let Stop { mut at, mut line } = from;
    let (mut cells, signs) = (Vec::new(), Signs::of(layout));
    while let Some(found) = split(text, at, (layout, &signs), true, &mut cells) {
        let raw = &text[at..found.end];
        let goes_on = raw.is_empty() || look(raw, &cells, line);
        line += 1;
        if found.quoted {
            line += memchr_iter(layout.end, raw).count() as u64;
        }
        at = found.next;
        if !goes_on {
            break;
        }
    }
    Stop { at, line }
}

impl<R: Read> Records<R> {
    /// Returns the records of `head`, followed by those of `input` unless `head` is `complete`.
    pub(in crate::metrics) fn new(head: Vec<u8>, complete: bool, input: R, layout: Layout) -> Self {
        let (cells, signs) = (Vec::with_capacity(8), Signs::of(layout));
        Self { input, layout, signs, buffer: head, at: 0, line: 1, ended: complete, cells }
    }

    /// Returns the reader of what follows.
    pub(in crate::metrics) fn into_input(self) -> R {
        self.input
    }

    /// Returns the next record that isn't an empty line.
    pub(in crate::metrics) fn next(&mut self) -> Result<Option<Record<'_>>, Trouble> {
        let mut gap = false;
        let (start, line, found) = loop {
            let line = self.line;
            let Some(found) = self.split()? else { return Ok(None) };
            let start = self.at;
            self.at = found.next;
            self.line += 1;
            if found.end > start {
                break (start, line, found);
            }
            gap = true;
        };
        let raw = &self.buffer[start..found.end];
        if found.quoted {
            let inside = memchr_iter(self.layout.end, raw).count();
            self.line += u64::try_from(inside).unwrap_or_default();
        }
        Ok(Some(Record { raw, cells: &self.cells, line, gap }))
    }

    /// Skips a number of lines, whatever they hold.
    pub(in crate::metrics) fn skip_lines(&mut self, lines: u64) -> io::Result<()> {
        let mut left = lines;
        while left > 0 {
            if let Some(end) = memchr(self.layout.end, &self.buffer[self.at..]) {
                self.at += end + 1;
                self.line += 1;
                left -= 1;
            } else {
                self.at = self.buffer.len();
                if !self.refill()? {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Parts the record at `at` into cells; nothing where the text has ended.
    fn split(&mut self) -> Result<Option<Found>, Trouble> {
        loop {
            let layout = (self.layout, &self.signs);
            if let Some(found) = split(&self.buffer, self.at, layout, self.ended, &mut self.cells) {
                return Ok(Some(found));
            }
            if self.buffer.len() - self.at > RECORD_LIMIT {
                return Err(Trouble::Endless(self.line));
            }
            if self.ended {
                return Ok(None);
            }
            self.refill()?;
        }
    }

    /// Reads more bytes behind those that are left; says whether there were any.
    fn refill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let old = self.buffer.len();
        self.buffer.resize(old + CHUNK.max(old), 0);
        let mut filled = old;
        while filled < self.buffer.len() {
            match self.input.read(&mut self.buffer[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.ended = filled < self.buffer.len();
        self.buffer.truncate(filled);
        Ok(filled > old)
    }
}

/// Where a record ends.
struct Found {
    /// Behind its last byte.
    end: usize,
    /// Where the next one begins.
    next: usize,
    /// Whether it has quoted cells, which may hold line ends.
    quoted: bool,
}

/// Parts the record that begins at `start`; nothing where its end isn't in `bytes` and more may come, or where
/// there are no more bytes.
#[inline]
fn split(
    bytes: &[u8],
    start: usize,
    (layout, signs): (Layout, &Signs),
    last: bool,
    cells: &mut Vec<Cell>,
) -> Option<Found> {
    cells.clear();
    if start >= bytes.len() {
        return None;
    }
    if let Some(found) = split_plain(bytes, start, (layout, signs), last, cells) {
        return Some(found);
    }
    cells.clear();
    let narrow = |at: usize| u32::try_from(at - start).unwrap_or(u32::MAX);
    let (mut at, mut quoted) = (start, false);
    loop {
        let quote = opening_quote(bytes, at);
        let closing = match quote.map(|open| closing_quote(bytes, open + 1, last)) {
            Some(Quote::Open) => return None,
            Some(Quote::Closed { at, doubled }) => Some((at, doubled)),
            Some(Quote::Never) | None => None,
        };
        let behind = closing.map_or(at, |(close, _)| close + 1);
        let stop = memchr2(layout.delimiter, layout.end, &bytes[behind..]).map(|found| behind + found);
        let ends = stop.is_none_or(|stop| bytes[stop] == layout.end);
        if stop.is_none() && !last {
            return None;
        }
        let stop = stop.unwrap_or(bytes.len());
        let mut end = stop;
        if ends && end > behind && layout.end == b'\n' && bytes[end - 1] == b'\r' {
            end -= 1;
        }
        let cell = match (quote, closing) {
            (Some(open), Some((close, doubled))) => {
                quoted = true;
                let malformed = !bytes[behind..end].trim_ascii().is_empty();
                let (from, to) = if malformed { (at, end) } else { (open + 1, close) };
                Cell { start: narrow(from), end: narrow(to), doubled, malformed }
            }
            _ => Cell { start: narrow(at), end: narrow(end), doubled: false, malformed: false },
        };
        cells.push(cell);
        if ends {
            return Some(Found { end, next: (stop + 1).min(bytes.len()), quoted });
        }
        at = stop + 1;
    }
}

/// Which bytes mean something to a line without quotes: what parts cells, what ends lines, quotes.
struct Signs([bool; 256]);

impl Signs {
    fn of(layout: Layout) -> Self {
        let mut signs = [false; 256];
        [layout.delimiter, layout.end, b'"'].into_iter().for_each(|sign| signs[usize::from(sign)] = true);
        Self(signs)
    }
}

/// Parts a record whose line has no quotes; nothing where it has some, or where its end isn't in `bytes`.
fn split_plain(
    bytes: &[u8],
    start: usize,
    (layout, signs): (Layout, &Signs),
    last: bool,
    cells: &mut Vec<Cell>,
) -> Option<Found> {
    let rest = &bytes[start..];
    let looked_at = &rest[..rest.len().min(LINE_LIMIT)];
    let mut from = 0;
    let mut push = |to: usize| {
        cells.push(Cell { start: from, end: to as u32, doubled: false, malformed: false });
        from = to as u32 + 1;
    };
    // Cells are short, so that looking at each byte takes less than looking for the next delimiter.
    let mut stop = None;
    for (at, &byte) in looked_at.iter().enumerate() {
        if !signs.0[usize::from(byte)] {
            continue;
        }
        if byte == layout.end {
            stop = Some(at);
            break;
        }
        if byte != layout.delimiter {
            return None;
        }
        push(at);
    }
    let stop = stop.or_else(|| (last && rest.len() < LINE_LIMIT).then_some(rest.len()))?;
    let has_return = layout.end == b'\n' && rest[..stop].ends_with(b"\r");
    let end = stop - usize::from(has_return);
    push(end);
    Some(Found { end: start + end, next: (start + stop + 1).min(bytes.len()), quoted: false })
}

/// Returns where a quote stands with nothing but spaces before it.
fn opening_quote(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    (bytes.get(at) == Some(&b'"')).then_some(at)
}

enum Quote {
    Closed {
        at: usize,
        doubled: bool,
    },
    /// More bytes must tell.
    Open,
    /// It is a plain character.
    Never,
}

fn closing_quote(bytes: &[u8], from: usize, last: bool) -> Quote {
    let limit = bytes.len().min(from + QUOTE_LIMIT);
    let (mut at, mut doubled) = (from, false);
    while let Some(found) = memchr(b'"', &bytes[at..limit]) {
        let close = at + found;
        match bytes.get(close + 1) {
            Some(b'"') => {
                doubled = true;
                at = (close + 2).min(limit);
            }
            None if !last => return Quote::Open,
            _ => return Quote::Closed { at: close, doubled },
        }
    }
    if last || bytes.len() >= from + QUOTE_LIMIT { Quote::Never } else { Quote::Open }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Trickle<'a>(&'a [u8]);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((&first, rest)) = self.0.split_first() else { return Ok(0) };
            buffer[0] = first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn read(text: &[u8], layout: Layout) -> Vec<(u64, Vec<String>)> {
        let mut rows = Vec::new();
        let mut records = Records::new(Vec::new(), false, Trickle(text), layout);
        while let Some(record) = records.next().expect("no trouble") {
            rows.push((record.line, (0..record.cells.len()).map(|cell| record.text(cell).into_owned()).collect()));
        }
        rows
    }

    #[track_caller]
    fn check(text: &str, expected: &[(u64, &[&str])]) {
        let expected: Vec<(u64, Vec<String>)> =
            expected.iter().map(|(line, cells)| (*line, cells.iter().map(|&cell| cell.to_owned()).collect())).collect();
        assert_eq!(read(text.as_bytes(), Layout { delimiter: b',', end: b'\n' }), expected);
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        check("a,b\n\n\r\n1,2\n", &[(1, &["a", "b"]), (4, &["1", "2"])]);
        check("a\r\nb\r\n\r\nc", &[(1, &["a"]), (2, &["b"]), (4, &["c"])]);
        check("\"x\ny\",1\nz,2\n", &[(1, &["x\ny", "1"]), (3, &["z", "2"])]);
        assert_eq!(read(b"a;1\rb;2\r", Layout { delimiter: b';', end: b'\r' })[1].0, 2);
    }

    #[test]
    fn quotes_part_cells_only_where_they_open_one() {
        check("\"a,b\",\"c\"\"d\"", &[(1, &["a,b", "c\"d"])]);
        check("5\" screen,3", &[(1, &["5\" screen", "3"])]);
        check("1, \"a,b\" ,2", &[(1, &["1", "a,b", "2"])]);
        check("\"never closed,1\n2,3", &[(1, &["\"never closed", "1"]), (2, &["2", "3"])]);
        check("\"a\"b,1", &[(1, &["\"a\"b", "1"])]);
        check("\"\",\"\"\"\"", &[(1, &["", "\""])]);
    }

    #[test]
    fn nothing_is_lost_at_the_end() {
        check("", &[]);
        check("\n\n", &[]);
        check("a,", &[(1, &["a", ""])]);
        check("a", &[(1, &["a"])]);
        check("\"", &[(1, &["\""])]);
        check("\"a\"", &[(1, &["a"])]);
    }

    #[test]
    fn a_line_without_end_is_refused_before_it_fills_the_memory() {
        let mut records = Records::new(Vec::new(), false, io::repeat(b'x'), Layout { delimiter: b',', end: b'\n' });
        assert!(matches!(records.next(), Err(Trouble::Endless(1))));
        let mut records = Records::new(Vec::new(), false, io::repeat(b'"'), Layout { delimiter: b',', end: b'\n' });
        assert!(matches!(records.next(), Err(Trouble::Endless(1))));
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_read_as_windows_1252() {
        assert_eq!(read(b"caf\xe9,1", Layout { delimiter: b',', end: b'\n' })[0].1[0], "café");
    }

    #[test]
    fn records_don_t_depend_on_how_the_bytes_arrive() {
        let text = b"a,\"b\"\"\nc\",d\r\n\r\n1,\"2\",3\nend";
        let layout = Layout { delimiter: b',', end: b'\n' };
        let mut records = Records::new(text[..9].to_vec(), false, &text[9..], layout);
        let mut rows = Vec::new();
        while let Some(record) = records.next().expect("no trouble") {
            rows.push((record.line, (0..record.cells.len()).map(|cell| record.text(cell).into_owned()).collect()));
        }
        assert_eq!(rows, read(text, layout));
        assert_eq!(rows[1].0, 4);
        let mut lines = Vec::new();
        each(text, layout, 2, |_, cells, line| {
            lines.push((line, cells.len()));
            true
        });
        assert_eq!(lines, [(4, 3), (5, 1)]);
    }
}
