//! Paths that mean the same on every system.
//!
//! In: a path that somebody wrote. Out: whether it may be opened at all, and which others it can't stand beside.
//! Looks at no disk.

use unicode_normalization::UnicodeNormalization as _;

use crate::unseen::{Unseen, unseen};

/// Says whether a character is a mark, which stands on the one before it.
#[must_use]
pub fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

/// The longest path of a file in an archive, in bytes.
const LENGTH: usize = 1_000;

/// Returns why a path may not be opened, or nothing where it leads to one file below the folder it is read from.
#[must_use]
pub fn danger(path: &str) -> Option<&'static str> {
    if path.is_empty() || path.len() > LENGTH {
        return Some("it is empty or too long");
    }
    if path.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Some("it has characters that can't be seen");
    }
    if path.starts_with('/') || path.contains('\\') || path.as_bytes().get(1) == Some(&b':') {
        return Some("it leads out of the folder");
    }
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Some("it leads out of the folder");
    }
    if path.split('/').any(|part| part.starts_with(' ') || part.ends_with([' ', '.'])) {
        return Some("a part of it begins or ends with a space, or ends with a dot");
    }
    None
}

/// Says whether a character changes the order or the look of others without being seen itself.
/// Marks and joiners that texts need are refused too: no name of a file needs them, and two names could look the same.
/// What only chooses a picture (`❤️.csv`) may stay, as in every bag that was sealed so far.
const fn is_invisible(c: char) -> bool {
    matches!(unseen(c), Some(Unseen::Turn | Unseen::Mark | Unseen::Joiner | Unseen::Nothing | Unseen::Separator))
}

/// Returns what two paths share that are one file on a system that ignores case or puts accents together.
#[must_use]
pub fn twin_key(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfd().flat_map(char::to_lowercase).nfc().collect()
}

/// Returns a text without the accents on its letters, for names that are to be plain.
#[must_use]
pub fn without_accents(text: &str) -> String {
    text.nfd().filter(|letter| !is_mark(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_elsewhere_are_dangers() {
        for good in ["a", "data/site/2026-Q3/index.html", "data/inputs/metrics/Umsätze 2026.csv", "a..b/.c"] {
            assert_eq!(danger(good), None, "{good}");
        }
        let bad = [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "a\\b",
            "C:/x",
            "a\nb",
            "a\0",
            "a/ b",
            "a /b",
            "a.",
            "a\u{202e}b",
            "a\u{feff}",
            "a/..",
            "..",
        ];
        for bad in bad {
            assert!(danger(bad).is_some(), "{bad:?}");
        }
        assert!(danger(&"a/".repeat(800)).is_some());
    }

    #[test]
    fn accents_leave_their_letters() {
        assert_eq!(without_accents("Équipe Ströme"), "Equipe Strome");
    }

    #[test]
    fn twins_share_a_key() {
        assert_eq!(twin_key("A/b"), twin_key("a/B"));
        assert_eq!(twin_key("caf\u{e9}"), twin_key("CAFE\u{301}"));
        assert_ne!(twin_key("cafe"), twin_key("caf\u{e9}"));
    }
}
