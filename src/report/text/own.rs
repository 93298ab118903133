//! Words of the interface as a book says them, in the place of a language's.
//!
//! In: what `words.yaml` says. Out: all words, or findings about names that no word has.

use super::words::Words;
use crate::config::OwnWord;
use crate::diag::{Diagnostic, nearest};

/// Returns a language's words with those of a book in their place.
///
/// They live as long as the program, as all words do: some kilobytes each time such a book is opened.
pub(crate) fn replaced(words: &'static Words, own: &[OwnWord]) -> &'static Words {
    if own.is_empty() {
        return words;
    }
    let said = |name: &str| {
        let (_, text) = own.iter().find(|(known, _)| known.value == name)?;
        Some(&*Box::leak(text.clone().into_boxed_str()))
    };
    Box::leak(Box::new(words.replaced(&said)))
}

/// Returns findings about names in `words.yaml` that no word has.
#[must_use]
pub fn unknown_words(own: &[OwnWord]) -> Vec<Diagnostic> {
    let unknown = own.iter().filter(|(name, _)| !Words::NAMES.contains(&name.value.as_str()));
    let told = unknown.map(|(name, _)| {
        let message = format!("the interface has no word `{}`", name.value);
        let diagnostic = Diagnostic::warning("unknown-word", name, message);
        match nearest(&name.value, Words::NAMES.iter().copied()) {
            Some(near) => diagnostic.propose(near),
            None => diagnostic.help("`okrbook template words` prints all of them with their texts"),
        }
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::text::Language;
    use crate::source::{Sources, Span, Spanned};

    #[test]
    fn a_book_says_a_word_its_own_way_and_a_name_that_none_has_is_told() {
        let mut sources = Sources::new(Vec::new());
        let file = sources.add("words.yaml", "team: Mannschaft\nteem: x\n");
        let word = |name: &str, text: &str| (Spanned::new(name.to_owned(), Span::new(file, 0..4)), text.to_owned());
        let own = [word("team", "Mannschaft"), word("teem", "x"), word("nothing_like_it", "x")];
        let english = Language::English.words();
        let words = replaced(english, &own);
        assert_eq!((words.team, words.teams), ("Mannschaft", english.teams));
        assert!(std::ptr::eq(replaced(english, &[]), english));
        let told = unknown_words(&own);
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].help.as_deref(), Some("write `team`"));
        assert!(told[1].help.as_deref().is_some_and(|help| help.contains("template words")));
    }
}
