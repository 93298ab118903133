//! `words.yaml`: words of the interface as a book says them.
//!
//! In: the file. Out: texts by the words' names, with places; which names there are, only the interface knows.

use crate::diag::Diagnostic;
use crate::source::Spanned;
use crate::yaml::{self, Kind, Reader, Text};

/// A word's name, and what the book says instead.
pub type OwnWord = (Spanned<String>, String);

/// Returns the words; what is wrong with one leaves it out.
pub(super) fn read(source: Text<'_>) -> (Vec<OwnWord>, Vec<Diagnostic>) {
    let (node, mut diagnostics) = yaml::read(source);
    let Some(node) = node.filter(|node| !node.is_empty()) else { return (Vec::new(), diagnostics) };
    let mut reader = Reader::new(source);
    let mut words = Vec::new();
    match &node.kind {
        Kind::Map(map) => {
            for entry in &map.entries {
                let name = Spanned::new(entry.key.value.clone().into_owned(), entry.key.span);
                let text = reader.prose(&entry.value, &format!("`{}`", name.value));
                words.extend(text.map(|text| (name, text.value)));
            }
        }
        _ => reader.wrong_kind(&node, "words.yaml is a mapping from words' names to texts"),
    }
    diagnostics.extend(reader.finish());
    (words, diagnostics)
}
