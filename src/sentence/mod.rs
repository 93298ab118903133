//! Key-result sentences: "Reduce P1 incidents from 8/quarter to 2/quarter".
//!
//! In: a sentence as an author wrote it. Out: the goal that it states, if it states one, and remarks on what it
//! lacks. Never guesses: a sentence that can be read in two ways states no goal.

mod amount;
mod arrival;
mod bound;
mod decide;
mod difference;
mod label;
mod lack;
mod limits;
mod mention;
mod name;
mod noise;
mod note;
mod number;
mod origin;
mod pair;
mod placeholder;
mod quantity;
mod rival;
mod show;
mod suffix;
mod token;
mod unit;
mod verb;

use std::ops::Range;

pub use crate::model::remark::{Remark, RemarkKind};
pub use quantity::{QuantityError, duration_days, quantity};
pub use unit::{per, unit};

use crate::model::goal::{Better, Goal};

/// What a sentence says.
///
/// `Display` shows it in one line, for tests and tools: `move 8 count/quarter → 2 count/quarter`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The goal, where the sentence states one that can be measured. Never a milestone.
    pub goal: Option<Goal>,
    /// The verb that says which way is better.
    pub verb: Option<Verb>,
    /// What it lacks, by place.
    pub remarks: Vec<Remark>,
}

/// A verb that says which way is better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verb {
    /// Which way: "reduce" is lower; "improve" says neither.
    pub better: Better,
    /// The verb's bytes in the sentence.
    pub range: Range<usize>,
}

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
}

/// What a part of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// Letters, with digits, hyphens and apostrophes inside.
    Word,
    /// Digits, with separators inside.
    Number,
    /// A sign.
    Sign(char),
    /// A value that isn't there.
    Placeholder,
}

/// Returns the words of a text, without links' targets, markup and struck-out text; none of one that is too long.
pub fn words(text: &str) -> impl Iterator<Item = Word> + use<> {
    opened(text).1
}

/// Returns the place of the first word behind list marks and labels ("KR2:"), and all words.
pub fn opened(text: &str) -> (usize, impl Iterator<Item = Word> + use<>) {
    let read = if text.len() > LONGEST { "" } else { text };
    let word = |token: token::Token| Word {
        kind: match token.kind {
            token::Kind::Word => WordKind::Word,
            token::Kind::Number => WordKind::Number,
            token::Kind::Sign(sign) => WordKind::Sign(sign),
            token::Kind::Placeholder => WordKind::Placeholder,
        },
        start: token.start,
        end: token.end,
        glued: token.glued,
    };
    let text = token::Text::new(read);
    (label::opening(&text), text.tokens.into_iter().map(word))
}

/// The longest text that is taken for a sentence, in bytes.
const LONGEST: usize = 16 * 1024;

/// Reads a key-result sentence.
#[must_use]
pub fn read(sentence: &str) -> Reading {
    if sentence.len() > LONGEST {
        let remark = Remark { kind: RemarkKind::NotUnderstood, range: 0..sentence.len() };
        return Reading { goal: None, verb: None, remarks: vec![remark] };
    }
    decide::decide(&token::Text::new(sentence))
}

#[cfg(test)]
mod tests;
