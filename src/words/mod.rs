//! Words: what the grammar of sentences and the checks of wording both read.
//!
//! In: a text that a person wrote. Out: its words, numbers and signs, each with its bytes and with what it can be. Never
//! judges what they say together.

mod label;
mod lexicon;
mod noise;
mod text;

pub(crate) use label::opening;
pub(crate) use lexicon::Class;
pub(crate) use text::{LONGEST, Text};
pub use text::{Word, WordKind};
