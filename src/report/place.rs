//! Where findings stand, as readers and machines are told.

use crate::diag::Place;

use super::Report;

/// A place in a file of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Path in the book.
    pub file: String,
    /// Line, from 1, where it is in a line.
    pub line: Option<u64>,
    /// Column in characters, from 1.
    pub column: Option<u64>,
}

impl Report<'_> {
    /// Returns the path of the file that a finding stands in.
    #[must_use]
    pub fn path<'p>(&'p self, place: &'p Place) -> &'p str {
        place.path(self.inputs.sources)
    }

    /// Returns where a finding stands.
    #[must_use]
    pub fn position(&self, place: &Place) -> Position {
        match place {
            Place::Text(span) => {
                let sources = self.inputs.sources;
                let position = sources.position(*span);
                Position {
                    file: sources.get(span.file).path.to_string(),
                    line: Some(u64::from(position.line)),
                    column: Some(u64::from(position.column)),
                }
            }
            Place::Line(line) => {
                let before = line.text.get(..line.start).unwrap_or(&line.text);
                let column = u64::try_from(before.chars().count() + 1).ok();
                Position { file: line.path.to_string(), line: Some(line.line), column }
            }
            Place::File(path) => Position { file: path.to_string(), line: None, column: None },
        }
    }
}
