//! Whether a sentence is written in English, which is the language that elimination knows.
//!
//! In: a sentence's words. Out: yes or no, by the words that tell languages apart. A longer sentence without any sign of
//! English is none.

use crate::words::{Class, Text};

/// Words that any English sentence has some of.
const LINKS: Class = Class::END.or(Class::ARTICLE).or(Class::ALL).or(Class::BE).or(Class::NOT);

/// Says whether a sentence is written in English.
pub(super) fn is_english(text: &Text<'_>) -> bool {
    let (mut english, mut other, mut names) = (0, 0, 0);
    for at in (0..text.len()).filter(|&at| text.is_word(at)) {
        let word = text.word(at);
        match () {
            () if text.has(at, Class::FOREIGN) || is_elided(word) => other += 2,
            () if text.has(at, LINKS) => english += 2,
            () if text.has(at, Class::WORDING) => english += 1,
            // "Zürich" may stand in any language.
            () if !word.is_ascii() && word.starts_with(char::is_uppercase) => names += 1,
            () if looks_foreign(word, at + 1 == text.len()) => other += 1,
            () if ["ing", "ed", "ness", "ly"].iter().any(|end| word.len() > 5 && word.ends_with(end)) => english += 1,
            () => {}
        }
    }
    // Few words may all be unknown.
    english > other || other + names == 0 && text.len() < 5 && !text.words.is_empty()
}

/// Endings that English words haven't.
const ENDINGS: [&str; 8] = ["ung", "keit", "heit", "ieren", "mente", "zione", "cion", "ungen"];

/// Says whether a word that nobody knows looks like one of another language, the last one of a sentence like a verb.
fn looks_foreign(word: &str, is_last: bool) -> bool {
    let verb = is_last && word.len() > 5 && ["en", "ern", "eln"].iter().any(|end| word.ends_with(end));
    !word.is_ascii() || verb || word.len() > 5 && ENDINGS.iter().any(|end| word.ends_with(end))
}

/// "l'équipe", "d’un"
fn is_elided(word: &str) -> bool {
    let apostrophe = word.char_indices().nth(1).is_some_and(|(_, c)| c == '\'' || c == '’');
    apostrophe && word.starts_with(|c: char| "ldsnjc".contains(c.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_told_from_other_languages() {
        for text in [
            "Workshop for the sales camp",
            "Launch Zürich office",
            "Launch payments to Überlingen",
            "Real matches playable online",
            "Rio de Janeiro office is open",
        ] {
            assert!(is_english(&Text::new(text)), "{text}");
        }
        for text in [
            "recruter un product owner",
            "Die Dokumentation ist veröffentlicht",
            "publicar la guía para los equipos",
            "mettre en place l'outil de suivi",
            "Auslieferung Verbesserung",
            "新しい製品",
            "",
        ] {
            assert!(!is_english(&Text::new(text)), "{text}");
        }
    }
}
