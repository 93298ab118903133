//! What changed between two builds, as their `data/` tells it.
//!
//! In: the machine forms of two builds as texts. Out: a [`Difference`], and it as text, Markdown or JSON. It reads what
//! [`crate::render`] writes, today's form and every earlier one; nothing here touches a file, and numbers stay the exact
//! strings that they are.

mod build;
mod compare;
mod escape;
mod fact;
mod form;
mod json;
mod markdown;
mod summary;
mod text;

use crate::unseen::inert;

pub use build::{Build, quarters_of};
pub use compare::{Change, Difference, Node, Presence, compare};
pub use fact::{Figure, What};
pub use json::{json, schema};
pub use markdown::markdown;
pub use text::text;

/// A file's name, for messages, and its text.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// What people call it: a path.
    pub name: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// Returns words on one line, without signs that steer a terminal or the direction of writing.
fn on_one_line(text: &str) -> String {
    inert::line(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}
