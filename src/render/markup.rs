//! HTML and SVG that pages print as they are.
//!
//! In: strings. Out: [`Markup`], which grows only from escaped text, from HTML and charts that this program built
//! itself, and from what templates made.

use crate::chart::Svg;
use crate::markdown::{self, Html};

/// HTML or SVG that templates print as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Markup(String);

impl Markup {
    /// Returns what templates made, which escape all but markup.
    pub(super) const fn rendered(text: String) -> Self {
        Self(text)
    }

    /// Returns nothing, in memory that served for something else.
    pub(super) fn over(mut memory: Vec<u8>) -> Self {
        memory.clear();
        Self(String::from_utf8(memory).unwrap_or_default())
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    #[inline]
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Makes room for more bytes.
    #[inline]
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.0.reserve(bytes);
    }

    /// Adds what a template made.
    #[inline]
    pub(super) fn add_rendered(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Adds other markup.
    #[inline]
    pub(super) fn add(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// Adds text, escaped; what stands in backticks is code, unless one of them has no other.
    pub(super) fn add_text(&mut self, text: &str) {
        if !text.matches('`').count().is_multiple_of(2) {
            return markdown::escape(&mut self.0, text);
        }
        for (place, part) in text.split('`').enumerate().filter(|(_, part)| !part.is_empty()) {
            if place % 2 == 1 {
                self.0.push_str("<code>");
            }
            markdown::escape(&mut self.0, part);
            if place % 2 == 1 {
                self.0.push_str("</code>");
            }
        }
    }

    /// Adds text, escaped.
    #[inline]
    pub(super) fn add_escaped(&mut self, text: &str) {
        markdown::escape(&mut self.0, text);
    }

    /// Adds a space and other markup.
    pub(super) fn add_word(&mut self, other: &Self) {
        self.0.push(' ');
        self.0.push_str(&other.0);
    }

    /// Begins a new line, unless it is the first.
    pub(super) fn begin_line(&mut self, is_first: bool) {
        if !is_first {
            self.0.push('\n');
        }
    }
}

impl From<Html> for Markup {
    fn from(html: Html) -> Self {
        Self(html.into_string())
    }
}

impl From<Svg> for Markup {
    fn from(svg: Svg) -> Self {
        Self(svg.into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_what_stands_in_backticks_is_code() {
        for (text, expected) in [
            ("a `b` c", "a <code>b</code> c"),
            ("`<a>``b`", "<code>&lt;a&gt;</code><code>b</code>"),
            ("``", ""),
            ("`a & b", "`a &amp; b"),
        ] {
            let mut markup = Markup::default();
            markup.add_text(text);
            assert_eq!(markup.0, expected);
        }
    }
}
