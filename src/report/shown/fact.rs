//! What is said about something in a term and a few words.

use std::borrow::Cow;

use super::Target;
use crate::report::Report;

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

/// Returns somebody whom a file names, by the name that people use, with their page where there is one.
#[must_use]
pub fn person<'a>(report: &Report<'a>, term: &'static str, text: &'a str) -> Fact<'a> {
    let Some(place) = report.owner(text) else { return Fact { term, text: Cow::Borrowed(text), target: None } };
    let name = report.owners().get(place).map_or(text, |owner| owner.name);
    Fact { term, text: Cow::Borrowed(name), target: report.has_people().then_some(Target::Person(place)) }
}
