//! Texts of characters that can be set.
//!
//! In: a packet as data, and what fonts show. Out: the same, in which a square stands for what none of them shows, with
//! a list of that. A character is set together with the marks on it, so one font has to have them all.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::read::paths::is_mark;
use crate::unseen::{Unseen, unseen};

/// Stands for a character that no font has.
const MISSING: char = '□';

/// Joins what stands on both of its sides into one picture.
const JOINER: char = '\u{200d}';

/// Replaces what can't be set.
pub(super) struct Letters<'f> {
    /// Says whether a character with its marks is shown.
    shows: &'f dyn Fn(&str) -> bool,
    /// What was asked before.
    known: BTreeMap<String, bool>,
    /// Characters that no font has.
    missing: BTreeSet<char>,
}

impl<'f> Letters<'f> {
    pub(super) const fn new(shows: &'f dyn Fn(&str) -> bool) -> Self {
        Self { shows, known: BTreeMap::new(), missing: BTreeSet::new() }
    }

    /// Returns the characters that were replaced.
    pub(super) fn missing(self) -> Vec<char> {
        self.missing.into_iter().collect()
    }

    /// Replaces what can't be set in all texts.
    pub(super) fn mend(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(mended) = self.mended(text) {
                    *text = mended;
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.mend(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.mend(field)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Returns a text with what can be set; nothing where that is all of it.
    fn mended(&mut self, text: &str) -> Option<String> {
        if text.chars().all(is_plain) {
            return None;
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let (cluster, behind) = rest.split_at(end_of_cluster(rest));
            self.push(&mut out, cluster);
            rest = behind;
        }
        (out != text).then_some(out)
    }

    fn push(&mut self, out: &mut String, cluster: &str) {
        if cluster.chars().all(is_plain) {
            return out.push_str(cluster);
        }
        if cluster == "\t" {
            return out.push(' ');
        }
        let seen: String = cluster.chars().filter(|letter| !is_unseen(*letter)).collect();
        if seen.is_empty() || self.is_shown(&seen) {
            return out.push_str(&seen);
        }
        // What no font has together may be shown apart: first the character without its marks.
        let mut is_first = true;
        for letter in seen.chars().filter(|letter| *letter != JOINER) {
            let is_shown = (is_first || !is_mark(letter)) && self.is_shown(letter.encode_utf8(&mut [0; 4]));
            if is_shown {
                out.push(letter);
            } else {
                self.missing.insert(letter);
            }
            if !is_shown && is_first {
                out.push(MISSING);
            }
            is_first = false;
        }
    }

    fn is_shown(&mut self, cluster: &str) -> bool {
        if let Some(known) = self.known.get(cluster) {
            return *known;
        }
        let is_shown = (self.shows)(cluster);
        self.known.insert(cluster.to_owned(), is_shown);
        is_shown
    }
}

fn is_plain(letter: char) -> bool {
    (' '..='~').contains(&letter) || letter == '\n'
}

/// Returns where a text's first character ends, with the marks on it and what is joined to it.
fn end_of_cluster(text: &str) -> usize {
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let belongs = before.is_none() || is_on_others(letter) || before == Some(JOINER);
        if !belongs {
            return at;
        }
        before = Some(letter);
    }
    text.len()
}

/// Says whether a character stands on the one before it.
fn is_on_others(letter: char) -> bool {
    !letter.is_ascii() && (is_mark(letter) || unseen(letter).is_some())
}

/// Says whether a character only steers how others look: it is left out, for it deceives, or is nothing on paper. Joiners
/// stay, since they change what the letters beside them look like.
fn is_unseen(letter: char) -> bool {
    letter.is_control() && letter != '\n' || unseen(letter).is_some_and(|kind| kind != Unseen::Joiner)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Returns a text as it is set with two fonts: one of Latin letters with an acute, one of Greek without.
    fn set(text: &str) -> (String, String) {
        let shows = |cluster: &str| {
            let all = |has: &dyn Fn(char) -> bool| cluster.chars().all(|letter| letter == JOINER || has(letter));
            all(&|letter| letter.is_ascii() || "éöü\u{301}’□".contains(letter))
                || all(&|letter| ('α'..='ω').contains(&letter))
        };
        let mut letters = Letters::new(&shows);
        let mut value = json!([{ "title": text }]);
        letters.mend(&mut value);
        (value[0]["title"].as_str().expect("a text").to_owned(), letters.missing().into_iter().collect())
    }

    #[test]
    fn what_one_font_has_is_set_as_it_is() {
        for text in ["", "plain\ntext", "é is e\u{301}", "αβ and ö", "a\u{200d}b"] {
            assert_eq!(set(text), (text.to_owned(), String::new()));
        }
    }

    #[test]
    fn a_square_stands_for_what_no_font_has() {
        assert_eq!(set("a 中 b 中"), ("a □ b □".to_owned(), "中".to_owned()));
        assert_eq!(set("中\u{301}"), ("□".to_owned(), "\u{301}中".to_owned()));
    }

    #[test]
    fn marks_that_a_letters_font_lacks_are_left_out() {
        assert_eq!(set("α\u{301}β"), ("αβ".to_owned(), "\u{301}".to_owned()));
        assert_eq!(set("e\u{301}\u{300}"), ("e".to_owned(), "\u{300}\u{301}".to_owned()));
    }

    #[test]
    fn what_is_joined_of_two_fonts_is_set_apart() {
        assert_eq!(set("α\u{200d}a"), ("αa".to_owned(), String::new()));
        assert_eq!(set("α\u{200d}中"), ("α".to_owned(), "中".to_owned()));
    }

    #[test]
    fn what_only_steers_is_left_out() {
        assert_eq!(set("a\tb\u{7}c\u{202e}d\u{feff}"), ("a bcd".to_owned(), String::new()));
    }
}
