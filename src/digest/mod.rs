//! A digest as somebody posts or mails it: text, Markdown, HTML, Slack's mrkdwn.
//!
//! In: a [`Digest`] and where the site stands. Out: text with a line end. Titles, names and notes are anybody's: in no form
//! do they make markup, an address, a mention or a command. Sends nothing.

mod html;
mod item;
mod markdown;
mod slack;
mod text;

pub use item::Address;

use crate::report::digest::Digest;

/// What a digest is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines of at most 80 columns.
    Text,
    /// For issues and chats that read Markdown.
    Markdown,
    /// A fragment for a mail, without anything that is loaded from elsewhere.
    Html,
    /// Slack's mrkdwn.
    Slack,
}

/// Returns a digest in a form, with a line end; in one line where there is nothing to know.
#[must_use]
pub fn written(digest: &Digest<'_>, form: Form, address: &Address<'_>) -> String {
    match form {
        Form::Text => text::written(digest),
        Form::Markdown => markdown::written(digest, address),
        Form::Html => html::written(digest, address),
        Form::Slack => slack::written(digest, address),
    }
}

#[cfg(test)]
mod tests;
