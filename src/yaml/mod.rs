//! YAML texts as trees of nodes with their places, and readers for the values in them.
//!
//! In: a text, or the part of one that is front matter. Out: a [`Node`] whose scalars keep their text as it was
//! written (`007`, `no`, `1.50`), and what is wrong with the text. Never guesses a type; knows nothing of OKRs.

#[cfg(test)]
pub(crate) mod asked;
mod former;
mod parse;
mod reader;
mod shape;
mod simple;
#[cfg(test)]
mod tests;
mod trap;
mod values;

use std::borrow::Cow;
use std::ops::Range;

pub use former::{Named, settle};
pub use parse::read;
pub use reader::{Fields, Reader};
pub use shape::{DAY, DURATION, Form, ID, IDS, Key, Shape, TEXTS, key};

use crate::source::{FileId, Sources, Span, Spanned};

/// A text, or a part of one, that is to be read as YAML.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The file.
    pub file: FileId,
    /// The YAML.
    pub text: &'a str,
    /// Where it begins in the file.
    pub start: usize,
}

/// A value in a YAML text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'a> {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Nothing behind the key, or `~`.
    Empty,
    /// A text.
    Scalar(Scalar<'a>),
    /// A list.
    List(Vec<Node<'a>>),
    /// Keys with values.
    Map(Map<'a>),
}

/// A text as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar<'a> {
    /// The text, without quotes and with its lines joined as YAML says.
    pub text: Cow<'a, str>,
    /// Whether it stands without quotes.
    pub plain: bool,
}

/// Keys with values, in the file's order, each key once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map<'a> {
    /// The entries.
    pub entries: Vec<Entry<'a>>,
    /// Whether it is written in braces.
    pub in_braces: bool,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The key.
    pub key: Spanned<Cow<'a, str>>,
    /// The value.
    pub value: Node<'a>,
}

impl<'a> Text<'a> {
    /// Returns a whole file's text.
    #[must_use]
    pub const fn whole(file: FileId, text: &'a str) -> Self {
        Self { file, text, start: 0 }
    }

    /// Returns the whole text of a file that was read.
    #[must_use]
    pub fn of(sources: &'a Sources, file: FileId) -> Self {
        Self::whole(file, &sources.get(file).text)
    }

    /// Returns the span of a range of this text.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.start + range.start..self.start + range.end)
    }

    /// Returns the range of this text that a span covers.
    fn range(&self, span: Span) -> Range<usize> {
        let local = |offset: u32| (offset as usize).saturating_sub(self.start);
        local(span.start)..local(span.end)
    }

    /// Returns what is written at the span.
    #[must_use]
    pub fn at(&self, span: Span) -> &'a str {
        self.text.get(self.range(span)).unwrap_or_default()
    }

    /// Returns what stands before the span.
    fn before(&self, span: Span) -> &'a str {
        self.text.get(..self.range(span).start).unwrap_or_default()
    }

    /// Returns the rest of the line behind the span, where it begins so.
    fn rest_of_line(&self, span: Span, beginning: &str) -> Option<&'a str> {
        let rest = self.text.get(self.range(span).end..).filter(|rest| rest.starts_with(beginning))?;
        rest.split(['\n', '\r']).next()
    }
}

impl<'a> Node<'a> {
    /// Says whether nothing is written here, or a pair of quotes with nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.kind {
            Kind::Empty => true,
            Kind::Scalar(scalar) => scalar.text.is_empty(),
            Kind::List(_) | Kind::Map(_) => false,
        }
    }

    /// Says whether nothing is meant to stand here: it is empty, or YAML's word for nothing without quotes.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        let is_null = |scalar: &Scalar<'_>| scalar.plain && matches!(&*scalar.text, "null" | "Null" | "NULL");
        self.is_empty() || matches!(&self.kind, Kind::Scalar(scalar) if is_null(scalar))
    }

    /// Returns the text, where the node is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            Kind::Empty | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// Returns a list's items; a single value is a list of one.
    #[must_use]
    pub fn items(&self) -> &[Node<'a>] {
        match &self.kind {
            Kind::List(items) => items,
            Kind::Empty => &[],
            Kind::Scalar(_) | Kind::Map(_) => std::slice::from_ref(self),
        }
    }

    /// Returns what the node is, in words.
    const fn name(&self) -> &'static str {
        match self.kind {
            Kind::Empty => "nothing",
            Kind::Scalar(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a mapping",
        }
    }
}
