//! Placeholders: gaps where a number belongs.
//!
//! In: a sentence's tokens. Out: the places of its gaps. Never takes a letter for a gap where no number belongs.

use super::filler::skip_fillers;
use crate::words::{Class, Text, WordKind};

/// A gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    /// Its token.
    pub(super) at: usize,
    /// Whether it stands where a goal's number belongs: behind "from", "to", before `%`.
    pub(super) is_value: bool,
}

/// Returns the gaps of `text`.
pub(super) fn gaps(text: &Text<'_>) -> Vec<Gap> {
    (0..text.len()).filter_map(|at| gap(text, at)).collect()
}

fn gap(text: &Text<'_>, at: usize) -> Option<Gap> {
    let token = text.get(at)?;
    let word = text.word(at);
    let is_value = || is_value(text, at);
    let is_gap = match token.kind {
        WordKind::Placeholder => true,
        WordKind::Number => false,
        WordKind::Sign('%') => text.is(at.wrapping_sub(1), &["from", "to", "by"]),
        WordKind::Sign('?') => {
            is_value() && (text.is_sign(at + 1, &['?', '%']) || text.is(at.wrapping_sub(1), &["to", "from"]))
        }
        WordKind::Sign(_) => false,
        WordKind::Word => match word {
            "TBD" | "TBA" | "TBC" | "tbd" | "XX" | "XXX" | "YY" | "ZZ" | "ZZZ" | "NN" | "NNN" | "XYZ" => true,
            // "TODO comments" are things in code.
            "TODO" => !text.has(at + 1, Class::TODO_ITEM),
            "X" | "Y" | "Z" | "N" => is_value() || at == 0 && text.is(1, &["to"]),
            "x" | "y" | "z" | "n" => is_value() && !token.glued && !text.is_sign(at + 1, &['-']),
            "xx" | "yy" | "nn" => is_value() && !token.glued,
            _ => text.is(at, &["insert"]) && (word == "INSERT" || (at + 1..at + 4).any(|at| text.is(at, &["here"]))),
        },
    };
    is_gap.then(|| Gap { at, is_value: is_value() })
}

fn is_value(text: &Text<'_>, at: usize) -> bool {
    let percent = text.is_sign(at + 1, &['%']) && text.is_glued(at + 1);
    let Some(last) = skip_fillers(text, at).checked_sub(1) else { return percent };
    percent
        || text.has(last, Class::BEFORE_GAP)
        || text.is_sign(last, &['<', '>', '≤', '≥', '→', '$', '€', '£', '#'])
        || text.has(last, Class::REACH)
}
