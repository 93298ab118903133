//! Bodies: Markdown texts that stay in the file that they were read from.
//!
//! In: a file's text and a place in it. Out: the text when it is asked for.

use std::sync::Arc;

use crate::source::Span;

/// Markdown text that stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The whole file's text.
    file: Arc<str>,
    /// Where it stands.
    pub span: Span,
}

impl Body {
    /// Returns the part of a file's text that stands at `span`; it shares the memory of the whole.
    #[must_use]
    pub const fn new(file: Arc<str>, span: Span) -> Self {
        Self { file, span }
    }

    /// Returns the text.
    #[must_use]
    pub fn markdown(&self) -> &str {
        self.file.get(self.span.range()).unwrap_or_default()
    }
}
