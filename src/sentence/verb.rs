//! Verbs: which way a sentence says is better.
//!
//! In: a sentence's tokens. Out: its verbs of change with their directions. Never looks at a number.

use crate::model::goal::Better;

use crate::words::{Class, Text};

/// A verb that says a direction, by its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Direction {
    /// The verb's token.
    pub(super) at: usize,
    /// Which way it says.
    pub(super) better: Better,
}

/// Returns the verbs of `text` that say a direction, from token `start` on.
pub(super) fn directions(text: &Text<'_>, start: usize) -> Vec<Direction> {
    (start..text.len()).filter_map(|at| better(text, at, start).map(|better| Direction { at, better })).collect()
}

fn better(text: &Text<'_>, at: usize, start: usize) -> Option<Better> {
    if text.is(at, &["down", "up"]) && text.is(at + 1, &["to", "from", "by"]) {
        let limit = text.is(at, &["up"]) && text.is(at + 1, &["to"]);
        return (!limit).then_some(if text.is(at, &["down"]) { Better::Lower } else { Better::Higher });
    }
    if at == start && text.is_number(at) && text.is_glued(at + 1) && text.is(at + 1, &["x"]) {
        return Some(Better::Higher);
    }
    let better = match (text.has(at, Class::LOWER), text.has(at, Class::HIGHER)) {
        (true, false) => Better::Lower,
        (false, true) => Better::Higher,
        _ => return None,
    };
    let is_season = text.is(at, &["fall"]) && text.has(at.wrapping_sub(1), Class::BEFORE_SEASON);
    let compares = text.is(at + 1, &["than"]);
    let is_noun = text.is(at.wrapping_sub(1), &["a", "an", "the", "or"]) && !text.is(at + 1, &["of", "in"]);
    (!is_season && !compares && (!is_noun || at == start)).then_some(better)
}

/// Returns the direction that the verbs before token `key` agree on.
pub(super) fn agreed(directions: &[Direction], key: usize) -> Option<Better> {
    let before = directions.partition_point(|verb| verb.at < key);
    let first = directions[..before].first()?.better;
    directions[..before].iter().all(|verb| verb.better == first).then_some(first)
}

/// Says whether every verb before token `key` says the other direction than `better`.
pub(super) fn contradict(directions: &[Direction], key: usize, better: Better) -> bool {
    let before = directions.partition_point(|verb| verb.at < key);
    before > 0 && directions[..before].iter().all(|verb| verb.better != better)
}
