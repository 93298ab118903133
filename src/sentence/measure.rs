//! What a goal measures, in the sentence's own words.
//!
//! In: the tokens of a goal's numbers. Out: the words that name what they count. Never changes the goal.

use std::ops::Range;

use super::limits::Scene;
use crate::words::{Class, WordKind};

/// Returns the bytes of what a goal with its first number at `tokens` measures: the words between verb and number, else
/// those behind it.
pub(super) fn measure(scene: Scene<'_, '_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let Scene { text, start, .. } = scene;
    let verb = Class::MOVES.or(Class::HOLD).or(Class::REACH).or(Class::OUTPUT);
    let leads = |at: usize| {
        text.has(at, Class::DETERMINER)
            || text.kind(at).is_some_and(|kind| !matches!(kind, WordKind::Word | WordKind::Number))
    };
    let phrase = |words: Range<usize>| {
        let first = words.clone().find(|&at| !leads(at) && !text.is(at, &["of"]))?;
        let last =
            words.rev().find(|&at| !leads(at) && !text.has(at, Class::STOP.or(Class::MOVES).or(Class::IS_AT)))?;
        (first <= last).then(|| text.bytes(first..last + 1))
    };
    let head = start + usize::from(text.has(start, verb) && start < tokens.start);
    let ends = |at: &usize| text.is_sign(*at, &['(', ',', ';', '.']) || text.is(*at, &["from", "by", "while"]);
    phrase(head..tokens.start).or_else(|| {
        let end = (tokens.end..text.len()).find(ends).unwrap_or(text.len());
        phrase(tokens.end..end)
    })
}
