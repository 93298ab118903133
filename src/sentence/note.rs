//! Notes of progress: "(result: 41%)", "(0.7)", "Progress: 48%."
//!
//! In: the tokens beside an amount. Out: whether it says how far the key result came. Never takes a level or a start for
//! a note.

use super::amount::Amount;
use super::origin::names_period;
use crate::words::{Class, Text};

/// Says whether the amount is a note of progress.
pub(super) fn is_note(text: &Text<'_>, amount: &Amount) -> bool {
    let first = amount.tokens.start;
    let before = first.wrapping_sub(1);
    if text.is(amount.noun.start, &["so"]) && text.is(amount.noun.start + 1, &["far"])
        || text.is(amount.tokens.end, &["so"]) && text.is(amount.tokens.end + 1, &["far"])
    {
        return true;
    }
    let is_colon = text.is_sign(before, &[':', '=']);
    if is_colon && text.has(before.wrapping_sub(1), Class::PROGRESS) && opens(text, before - 1) {
        return true;
    }
    let open = (first.saturating_sub(6)..first).rev().find(|&at| text.is_sign(at, &['(', ')']));
    let Some(open) = open.filter(|&at| text.is_sign(at, &['('])) else { return false };
    let inside = open + 1..first;
    let said = inside.clone().any(|at| text.has(at, Class::NOTED));
    let is_start = |at: usize| names_period(text, at) || text.has(at, Class::START) || text.is(at, &["from"]);
    said && !inside.clone().any(is_start)
}

/// Says whether the word at `at` opens a clause of its own, but for "current".
fn opens(text: &Text<'_>, at: usize) -> bool {
    let mut before = at.wrapping_sub(1);
    if text.is(before, &["current", "latest", "final"]) {
        before = before.wrapping_sub(1);
    }
    text.get(before).is_none() || text.is_sign(before, &['.', ';', ',', '(', '–', '-', '['])
}
