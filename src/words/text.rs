//! A text as words, numbers and signs, each with its range and its classes.
//!
//! In: a text. Out: its words, without noise; none of one that is too long for a sentence. Never judges what a number
//! means.

use std::ops::Range;

use super::lexicon::{Class, class};
use super::noise::{NoiseKind, Noises};

/// A text with its words.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    /// As written.
    pub(crate) text: &'a str,
    /// In order, without noise.
    pub(crate) words: Vec<Word>,
}

/// The longest text that is taken for a sentence, in bytes.
pub(crate) const LONGEST: usize = 16 * 1024;

/// A word, number or sign of a text, by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// What it is.
    pub kind: WordKind,
    /// First byte.
    pub start: usize,
    /// First byte behind it.
    pub end: usize,
    /// Whether nothing stands between it and the one before.
    pub glued: bool,
    /// What it can be, if it is a word.
    pub(crate) class: Class,
}

/// What a part of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// Letters, with digits, hyphens and apostrophes inside.
    Word,
    /// Digits, with separators inside.
    Number,
    /// A sign. `≤`, `≥`, `→`, `-` and `~` stand for all their spellings.
    Sign(char),
    /// A value that isn't there.
    Placeholder,
}

impl<'a> Text<'a> {
    /// Splits `text`.
    pub(crate) fn new(text: &'a str) -> Self {
        let mut this = Self { text, words: Vec::with_capacity(text.len().min(LONGEST) / 4) };
        if text.len() > LONGEST {
            return this;
        }
        let mut noises = Noises::default();
        let mut at = 0;
        let mut glued = false;
        while at < text.len() {
            if let Some(noise) = noises.at(text, at) {
                match noise.kind {
                    NoiseKind::Markup => {}
                    NoiseKind::Gap => glued = false,
                    NoiseKind::Opaque => this.push(WordKind::Word, at..noise.end, &mut glued),
                    NoiseKind::Placeholder => this.push(WordKind::Placeholder, at..noise.end, &mut glued),
                }
                at = noise.end;
                continue;
            }
            at = this.read(at, &mut glued);
        }
        this
    }

    /// Returns how many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns the word at place `index`.
    pub(crate) fn get(&self, index: usize) -> Option<&Word> {
        self.words.get(index)
    }

    /// Returns what is written at place `index`, or nothing behind the end.
    pub(crate) fn word(&self, index: usize) -> &'a str {
        self.get(index).map_or("", |word| &self.text[word.start..word.end])
    }

    /// Says whether the word at place `index` is one of `words`, whatever its case.
    pub(crate) fn is(&self, index: usize, words: &[&str]) -> bool {
        if !self.is_word(index) {
            return false;
        }
        let word = self.word(index);
        words.iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    /// Says whether the word at place `index` is a sign out of `signs`.
    pub(crate) fn is_sign(&self, index: usize, signs: &[char]) -> bool {
        matches!(self.kind(index), Some(WordKind::Sign(sign)) if signs.contains(&sign))
    }

    /// Says whether the word at place `index` is a word.
    pub(crate) fn is_word(&self, index: usize) -> bool {
        self.kind(index) == Some(WordKind::Word)
    }

    /// Says whether the word at place `index` is a number.
    pub(crate) fn is_number(&self, index: usize) -> bool {
        self.kind(index) == Some(WordKind::Number)
    }

    /// Says whether nothing stands before the word at place `index`.
    pub(crate) fn is_glued(&self, index: usize) -> bool {
        self.get(index).is_some_and(|word| word.glued)
    }

    /// Says whether the word at place `index` is of one of the classes.
    pub(crate) fn has(&self, index: usize, class: Class) -> bool {
        self.class(index).has(class)
    }

    /// Returns what the word at place `index` can be.
    pub(crate) fn class(&self, index: usize) -> Class {
        self.get(index).map_or_else(Class::default, |word| word.class)
    }

    /// Returns what kind of word stands at place `index`.
    pub(crate) fn kind(&self, index: usize) -> Option<WordKind> {
        self.get(index).map(|word| word.kind)
    }

    /// Returns the bytes of a range of words.
    pub(crate) fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let start = self.get(words.start).map_or(self.text.len(), |word| word.start);
        let last = words.end.checked_sub(1).and_then(|last| self.get(last));
        start..last.map_or(start, |word| word.end).max(start)
    }

    fn push(&mut self, kind: WordKind, range: Range<usize>, glued: &mut bool) {
        let word = &self.text[range.clone()];
        let class = if kind == WordKind::Word { class(word) } else { Class::default() };
        self.words.push(Word { kind, start: range.start, end: range.end, glued: *glued, class });
        *glued = true;
    }

    /// Reads the word, or the gap, at byte `at`; returns the first byte behind it.
    fn read(&mut self, at: usize, glued: &mut bool) -> usize {
        let rest = &self.text[at..];
        let Some(c) = rest.chars().next() else { return self.text.len() };
        if c.is_whitespace() {
            *glued = false;
            return at + c.len_utf8();
        }
        let is_decimal = c == '.' && !*glued && rest[1..].starts_with(|next: char| next.is_ascii_digit());
        if c.is_ascii_digit() || is_decimal {
            let end = at + number_length(rest, self.groups_by_space());
            if let Some(behind) = keycap(&self.text[end..]) {
                *glued = false;
                return end + behind;
            }
            self.push(WordKind::Number, at..end, glued);
            return end;
        }
        if c.is_alphabetic() {
            let end = at + word_length(rest);
            self.push(WordKind::Word, at..end, glued);
            return end;
        }
        let (sign, length) = sign(rest, c);
        match sign {
            Some(sign) => self.push(WordKind::Sign(sign), at..at + length, glued),
            None => *glued = false,
        }
        at + length
    }

    /// Says whether "10 000" may be one number here: only where a number is expected.
    fn groups_by_space(&self) -> bool {
        let last = self.words.len().wrapping_sub(1);
        self.words.is_empty()
            || self.is_sign(last, &['→', '<', '>', '≤', '≥', '$', '€', '£', '~', '-'])
            || self.has(last, Class::BEFORE_NUMBER)
    }
}

/// Returns the length of the word that `rest` begins with.
fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        let Some(&(next_at, next)) = chars.peek() else { return rest.len() };
        let joins = match next {
            _ if next.is_alphanumeric() => true,
            '-' | '\'' | '’' | '_' | '.' => {
                let behind = rest[next_at + next.len_utf8()..].chars().next();
                let continues = behind.is_some_and(char::is_alphanumeric);
                // "p95.The next sentence" is rare; "Node.js", "e.g" and "sub-200ms" are not.
                c.is_alphanumeric() && continues && !(next == '-' && rest[..next_at].eq_ignore_ascii_case("sub"))
            }
            _ => false,
        };
        if !joins {
            return next_at;
        }
    }
    rest.len()
}

/// Returns the length of the number that `rest` begins with.
fn number_length(rest: &str, by_space: bool) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = 0;
    loop {
        end += digits(end);
        let Some(separator) = rest[end..].chars().next() else { return end };
        let behind = end + separator.len_utf8();
        let following = digits(behind.min(rest.len()));
        let joins = match separator {
            ',' | '.' | '\'' | '_' => following > 0,
            '’' | '\u{a0}' | '\u{202f}' | '\u{2009}' => following == 3 && end > 0,
            ' ' => by_space && following == 3 && end < 40 && bytes[0] != b'0' && is_grouped(&bytes[..end]),
            _ => false,
        };
        if !joins {
            return end;
        }
        end = behind;
    }
}

/// Says whether `digits` may be followed by one more group of three digits.
fn is_grouped(digits: &[u8]) -> bool {
    digits.split(|&b| b == b' ').enumerate().all(|(index, group)| {
        group.iter().all(u8::is_ascii_digit) && if index == 0 { group.len() < 4 } else { group.len() == 3 }
    })
}

/// Returns the length of what makes a key-cap emoji of the digit before, where that stands there.
fn keycap(rest: &str) -> Option<usize> {
    let bare = rest.strip_prefix('\u{fe0f}').unwrap_or(rest);
    bare.strip_prefix('\u{20e3}').map(|behind| rest.len() - behind.len())
}

/// Returns the sign that `rest` begins with and its length; nothing where it is only decoration.
fn sign(rest: &str, c: char) -> (Option<char>, usize) {
    const SPELLINGS: [(&str, char); 16] = [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&le;", '≤'),
        ("&ge;", '≥'),
        ("-->", '→'),
        ("==>", '→'),
        ("->", '→'),
        ("=>", '→'),
        ("<=", '≤'),
        ("=<", '≤'),
        (">=", '≥'),
        ("\u{2248}", '~'),
        ("\u{2212}", '-'),
        ("—", '–'),
        ("‒", '–'),
        ("‐", '-'),
    ];
    if let Some((spelling, sign)) = SPELLINGS.iter().find(|(spelling, _)| rest.starts_with(spelling)) {
        return (Some(*sign), spelling.len());
    }
    let sign = match c {
        '⇒' | '➔' | '➜' | '➡' | '⟶' | '➝' | '▶' | '→' => '→',
        '≦' | '⩽' | '≤' => '≤',
        '≧' | '⩾' | '≥' => '≥',
        '‑' => '-',
        '％' => '%',
        '|' | '\u{300}'..='\u{36f}' => return (None, c.len_utf8()),
        _ if c.is_ascii()
            || matches!(c, '–' | '€' | '£' | '¥' | '₹' | '×' | '±' | '…' | '‰' | '½' | '¼' | '¾' | '⅓' | '⅔') =>
        {
            c
        }
        _ => return (None, c.len_utf8()),
    };
    (Some(sign), c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> String {
        let text = Text::new(text);
        let mut out = String::new();
        for (index, token) in text.words.iter().enumerate() {
            if index > 0 {
                out.push(if token.glued { '·' } else { ' ' });
            }
            match token.kind {
                WordKind::Sign(sign) => out.push(sign),
                WordKind::Placeholder => out.push('□'),
                WordKind::Word | WordKind::Number => out.push_str(text.word(index)),
            }
        }
        out
    }

    #[test]
    fn sentences_split_into_words_numbers_and_signs() {
        for (text, tokens) in [
            ("from 8/quarter to 2/quarter", "from 8·/·quarter to 2·/·quarter"),
            ("4h->1h, 4h → 1h", "4·h·→·1·h·, 4·h → 1·h"),
            ("**35**% of p95", "35·% of p95"),
            ("from 10 000 to 1,721,992", "from 10 000 to 1,721,992"),
            ("Tier 1 200 ms", "Tier 1 200 ms"),
            ("<=5 ≥ 5 < 60s", "≤·5 ≥ 5 < 60·s"),
            ("1️⃣ Node.js isn't 5xx", "Node.js isn't 5·xx"),
            ("sub-200ms time-to-fill", "sub·-·200·ms time-to-fill"),
            ("[NPS](https://x.y/5) to .5 ~~9~~ 🚀7", "NPS to .5 7"),
            ("[_N<sub>6</sub>_][n6] WAU", "□ WAU"),
            ("−17% 20–30", "-·17·% 20·–·30"),
        ] {
            assert_eq!(split(text), tokens, "{text}");
        }
    }
}
