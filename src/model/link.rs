//! Links that objectives and key results bring along.

use crate::source::Spanned;

/// A link with what it leads to in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it leads to: "Epic".
    pub name: String,
    /// Where it leads: to another site or to somebody's mail as written, to a page of the book (`pages/NAME.md`), or to an
    /// asset (`assets/NAME`).
    pub to: Spanned<String>,
}

impl Link {
    /// Returns the name of the book's page that it leads to, where it leads to one.
    #[must_use]
    pub fn page(&self) -> Option<&str> {
        self.to.value.strip_prefix("pages/")?.strip_suffix(".md")
    }
}
