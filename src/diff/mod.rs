//! What changed between two builds, as their `data/` tells it.
//!
//! In: the machine forms of two builds as texts. Out: a [`Difference`], and it as text, Markdown or JSON. It reads what
//! [`crate::render`] writes, today's form and every earlier one; nothing here touches a file, and numbers stay the exact
//! strings that they are.

mod build;
mod compare;
mod escape;
mod fact;
mod file;
mod form;
mod json;
mod markdown;
mod one_line;
mod summary;
mod text;

pub use build::{Build, quarters_of};
pub use compare::{Change, Difference, Node, Presence, compare};
pub use escape::escaped;
pub use fact::{Figure, What};
pub use file::Named;
pub use json::{json, schema};
pub use markdown::markdown;
pub use one_line::on_one_line;
pub use text::text;
