//! What is given for a packet beside its report.
//!
//! In: the book's own templates and assets, and files to attach; whoever composes reads them. Out: the same, handed on as
//! one value to all that look at some of it.

use std::sync::Arc;

use crate::report::packet::Extent;

/// What a book brings along to look different, and what goes into a packet besides its pages.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extras<'a> {
    /// The book's own templates: name (`packet.typ`) and text.
    pub templates: &'a [(&'a str, &'a str)],
    /// The book's own assets: path (`assets/logo.svg`) and bytes.
    pub assets: &'a [(&'a str, Vec<u8>)],
    /// Files to attach.
    pub attachments: &'a [Attachment],
    /// How much of the packet is wanted.
    pub extent: Extent,
    /// How many packets are made at once, in the memory of one program.
    pub at_once: usize,
}

/// A file of the book inside a PDF.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Its path in the book.
    pub path: String,
    /// Its bytes, which are many.
    pub bytes: Arc<Vec<u8>>,
}
