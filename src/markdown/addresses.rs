//! The addresses that a Markdown text names.
//!
//! In: a text. Out: each link's and picture's address, and where it stands.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// An address that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The address.
    pub address: String,
    /// Where it stands in the text; all of the link where it is written in another way.
    pub range: Range<usize>,
    /// Whether it is a picture's.
    pub is_picture: bool,
}

/// Returns the addresses of links and pictures, in the order of the text.
#[must_use]
pub fn addresses(text: &str) -> Vec<Named> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut found = Vec::new();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let (address, is_picture) = match event {
            Event::Start(Tag::Link { dest_url, .. }) => (dest_url.into_string(), false),
            Event::Start(Tag::Image { dest_url, .. }) => (dest_url.into_string(), true),
            _ => continue,
        };
        let written = text.get(range.clone()).unwrap_or_default();
        let start = written.rfind(&format!("({address}")).map(|at| range.start + at + 1);
        let range = start.map_or(range, |start| start..start + address.len());
        found.push(Named { address, range, is_picture });
    }
    found
}
