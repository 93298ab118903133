//! Words: what the grammar of sentences and the checks of wording both read.
//!
//! In: a text that a person wrote. Out: what its words can be. Never judges what they say together.

mod lexicon;

pub(crate) use lexicon::{Class, class};
