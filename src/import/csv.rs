//! A text of cells between commas, semicolons or tabs.
//!
//! In: a text. Out: its rows, each cell with its place, or what is wrong with it. Quotes are undone as RFC 4180 says.

use super::table::{Cell, WIDTH_LIMIT};
use crate::diag::{Diagnostic, Place};
use crate::source::{FileId, Span};

/// The longest cell that is taken, in bytes.
pub(super) const CELL_LIMIT: usize = 64 << 10;

/// Returns the rows of a text.
///
/// # Errors
///
/// Where a quote never closes, a cell is longer than anything that people write, or a row has too many of them.
pub(super) fn rows(file: FileId, text: &str) -> Result<Vec<Vec<Cell>>, Box<Diagnostic>> {
    let mut reader = Reader { file, text, at: 0, delimiter: delimiter(text) };
    let mut rows = Vec::new();
    while reader.at < text.len() {
        rows.push(reader.row()?);
    }
    Ok(rows)
}

/// Returns what parts the cells of the first line that has any: of comma, semicolon and tab what stands there most often.
fn delimiter(text: &str) -> u8 {
    let mut inside = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => inside = !inside,
            b'\n' if !inside && counts.iter().any(|(_, count)| *count > 0) => break,
            _ if inside => {}
            _ => counts.iter_mut().filter(|(sign, _)| *sign == byte).for_each(|(_, count)| *count += 1),
        }
    }
    let [comma, others @ ..] = counts;
    others.into_iter().fold(comma, |best, other| if other.1 > best.1 { other } else { best }).0
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    at: usize,
    delimiter: u8,
}

impl Reader<'_> {
    fn row(&mut self) -> Result<Vec<Cell>, Box<Diagnostic>> {
        let mut cells = Vec::new();
        loop {
            let cell = self.cell()?;
            if cells.len() == WIDTH_LIMIT {
                let message = format!("a row has more than {WIDTH_LIMIT} cells");
                return Err(Box::new(Diagnostic::error("not-a-table", cell.place, message).help(HELP)));
            }
            cells.push(cell);
            match self.text.as_bytes().get(self.at) {
                Some(&byte) if byte == self.delimiter => self.at += 1,
                _ => break,
            }
        }
        for end in ["\r\n", "\n", "\r"] {
            if self.text[self.at..].starts_with(end) {
                self.at += end.len();
                break;
            }
        }
        Ok(cells)
    }

    fn cell(&mut self) -> Result<Cell, Box<Diagnostic>> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut text = String::new();
        if bytes.get(self.at) == Some(&b'"') {
            self.at += 1;
            loop {
                let Some(length) = memchr::memchr(b'"', &bytes[self.at..]) else {
                    let place = Span::new(self.file, start..start + 1);
                    let diagnostic = Diagnostic::error("not-a-table", place, "a quote is opened and never closed");
                    return Err(Box::new(diagnostic.help(HELP)));
                };
                text.push_str(&self.text[self.at..self.at + length]);
                self.at += length + 1;
                if bytes.get(self.at) != Some(&b'"') {
                    break;
                }
                text.push('"');
                self.at += 1;
            }
        }
        let rest = &bytes[self.at..];
        let is_end = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\n' | b'\r');
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        text.push_str(&self.text[self.at..self.at + length]);
        self.at += length;
        let place = Place::from(Span::new(self.file, start..self.at.max(start)));
        if text.len() > CELL_LIMIT {
            let place = Span::new(self.file, start..start + 1);
            let message = format!("a cell holds {} kB, more than the 64 kB that are read", text.len() >> 10);
            return Err(Box::new(Diagnostic::error("not-a-table", place, message).help(HELP)));
        }
        Ok(Cell { text, place })
    }
}

const HELP: &str = "export the table anew, or mend the line";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(text: &str) -> Result<Vec<Vec<String>>, String> {
        let file = Sources::default().add("a.csv", text);
        let texts = |row: Vec<Cell>| row.into_iter().map(|cell| cell.text).collect();
        rows(file, text).map(|rows| rows.into_iter().map(texts).collect()).map_err(|fault| fault.message)
    }

    #[test]
    fn cells_are_parted_by_what_stands_most_often_in_the_first_line() {
        for (text, expected) in [
            ("a,b\n1,2\n", vec![vec!["a", "b"], vec!["1", "2"]]),
            ("a;b\r\n\"1,5\";2", vec![vec!["a", "b"], vec!["1,5", "2"]]),
            ("a\tb\n\t\n", vec![vec!["a", "b"], vec!["", ""]]),
            ("\"3,637,839\",\"he said \"\"no\"\"\nand left\"\n", vec![vec!["3,637,839", "he said \"no\"\nand left"]]),
        ] {
            assert_eq!(
                read(text),
                Ok(expected.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_table_is_told_with_its_place() {
        assert_eq!(read("a,b\n\"open,1\n"), Err("a quote is opened and never closed".to_owned()));
        let long = format!("a,b\n{},1\n", "x".repeat(CELL_LIMIT + 1));
        assert_eq!(read(&long), Err("a cell holds 64 kB, more than the 64 kB that are read".to_owned()));
        let wide = ",".repeat(WIDTH_LIMIT + 1);
        assert_eq!(read(&wide), Err("a row has more than 1000 cells".to_owned()));
    }
}
