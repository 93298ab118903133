//! What is said about something in a term and a few words.

use std::borrow::Cow;

use super::Target;

/// A fact: a term with what is said about it.
#[derive(Debug)]
pub struct Fact<'a> {
    /// The term.
    pub term: &'static str,
    /// What is said about it.
    pub text: Cow<'a, str>,
    /// What the text leads to.
    pub target: Option<Target<'a>>,
}

impl<'a> Fact<'a> {
    /// Returns a fact that leads nowhere; nothing where nothing is said.
    #[must_use]
    pub fn stated(term: &'static str, text: Option<Cow<'a, str>>) -> Option<Self> {
        let text = text.filter(|text| !text.is_empty())?;
        Some(Self { term, text, target: None })
    }
}
