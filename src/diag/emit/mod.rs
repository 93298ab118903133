//! Diagnostics as text: for people, for editors, for machines.
//!
//! In: sorted diagnostics and the texts that they point into. Out: strings in which nothing acts, whoever worded it:
//! see [`inert`](crate::unseen::inert). Prints nothing itself.

pub mod github;
pub mod human;
pub mod json;
pub mod sarif;
pub mod short;
pub mod table;

use super::{Level, Place};
use crate::source::{Position, Sources, position_in};

impl Level {
    /// Returns the word for people and machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place as people say it: path, line and column; a whole file is its first character.
struct Location<'a> {
    path: &'a str,
    line: u64,
    column: u64,
}

impl<'a> Location<'a> {
    fn of(place: &'a Place, sources: &'a Sources) -> Self {
        match place {
            Place::Text(span) => {
                let position = sources.position(*span);
                let path = &sources.get(span.file).path;
                Self { path, line: position.line.into(), column: position.column.into() }
            }
            Place::Line(line) => {
                let column = position_in(&line.text, line.start).column;
                Self { path: &line.path, line: line.line, column: column.into() }
            }
            Place::File(path) => Self { path, line: 1, column: 1 },
        }
    }
}

/// A place with its end: the column behind the last character, on the last line.
struct Region<'a> {
    path: &'a str,
    start: Position,
    end: Position,
    /// The text that the place marks, and the line that it begins in; of long ones the beginning.
    words: &'a str,
    line_text: &'a str,
}

impl<'a> Region<'a> {
    /// Returns the range of a place; nothing for a whole file.
    fn of(place: &'a Place, sources: &'a Sources) -> Option<Self> {
        match place {
            Place::Text(span) => {
                let file = sources.get(span.file);
                let position = |byte: u32| sources.position_of(span.file, byte as usize);
                let words = beginning(sources.text(*span));
                let line_start = sources.line_start(span.file, span.start as usize);
                let line_text = beginning(&file.text[line_start..]).lines().next().unwrap_or_default();
                Some(Self { path: &file.path, start: position(span.start), end: position(span.end), words, line_text })
            }
            Place::Line(line) => {
                let number = u32::try_from(line.line).unwrap_or(u32::MAX);
                let position = |byte: usize| Position { line: number, ..position_in(&line.text, byte) };
                let words = line.text.get(line.start..line.end).unwrap_or_default();
                let (start, end) = (position(line.start), position(line.end));
                Some(Self { path: &line.path, start, end, words, line_text: &line.text })
            }
            Place::File(_) => None,
        }
    }
}

/// Bytes of a marked text, or of its line, that are looked at.
const BEGINNING: usize = 4 << 10;

/// Returns the beginning of a text.
fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(BEGINNING)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostic, LinePlace};
    use crate::source::Span;

    /// Returns one diagnostic of each kind of place, and what they point into.
    pub(super) fn examples() -> (Vec<Diagnostic>, Sources) {
        let mut sources = Sources::default();
        let file = sources
            .add("quarters/2026-Q3/platform.yaml", "objectives:\n  - title: \"größer 🚀 日本\"\n    wieght: 2\n");
        let diagnostics = vec![
            Diagnostic::error("unknown-key", Span::new(file, 50..56), "an objective has no key `wieght`")
                .label("unknown")
                .help("write `weight`"),
            Diagnostic::warning(
                "bad-cell",
                LinePlace {
                    path: "metrics/a.csv".into(),
                    line: 7,
                    text: "2026-08-01\t日本\tn/a".to_owned(),
                    start: 18,
                    end: 21,
                },
                "`n/a` is no number",
            ),
            Diagnostic::error("no-settings", Place::file("okrbook.yaml"), "the book has no okrbook.yaml"),
        ];
        (diagnostics, sources)
    }

    #[test]
    fn columns_count_characters_in_texts_and_in_streamed_lines() {
        let (diagnostics, sources) = examples();
        let locations: Vec<_> =
            diagnostics.iter().map(|diagnostic| Location::of(&diagnostic.place, &sources)).collect();
        let found: Vec<_> = locations.iter().map(|place| (place.path, place.line, place.column)).collect();
        assert_eq!(found, [("quarters/2026-Q3/platform.yaml", 3, 5), ("metrics/a.csv", 7, 15), ("okrbook.yaml", 1, 1)]);
    }
}
