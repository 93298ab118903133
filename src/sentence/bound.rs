//! Bounds: the words and signs that make a limit of an amount.
//!
//! In: the tokens beside an amount. Out: the side that is inside, and whether the limit itself is. Never takes a
//! description ("customers with over 500 seats") or a denied sentence for a limit.

use crate::model::goal::Side;
use crate::model::quantity::Unit;

use super::amount::Amount;
use super::filler::skip_fillers;
use crate::words::{Class, Text};

/// A side of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    /// The side that is inside.
    pub(super) side: Side,
    /// Whether the limit is inside too.
    pub(super) inclusive: bool,
    /// How it is said.
    pub(super) wording: Wording,
}

/// How a bound is said, where that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// By words that only compare.
    Plain,
    /// "within", which may also be a deadline or a window of time.
    Within,
    /// "over", which may also mean "across".
    Over,
    /// A denied bound: "never drops below".
    Denied,
    /// "exceed", which needs no verb and may be denied.
    Exceed,
}

const BELOW: Limit = Limit { side: Side::Below, inclusive: false, wording: Wording::Plain };
const AT_MOST: Limit = Limit { inclusive: true, ..BELOW };
const ABOVE: Limit = Limit { side: Side::Above, inclusive: false, wording: Wording::Plain };
pub(super) const AT_LEAST: Limit = Limit { inclusive: true, ..ABOVE };
const WITHIN: Limit = Limit { wording: Wording::Within, ..AT_MOST };
const OVER: Limit = Limit { wording: Wording::Over, ..ABOVE };
const EXCEED: Limit = Limit { wording: Wording::Exceed, ..ABOVE };

/// Phrases before an amount.
const PHRASES: [(Limit, &str); 7] = [
    (
        AT_MOST,
        "less than or equal to, not more than, not to exceed, no more than, no greater than, no higher than, no \
         longer than, no slower than, a maximum of, maximum of, at or below, at or under, never exceeds, never \
         exceeding, never exceed, not exceed, not exceeding, without exceeding, from exceeding, at most, max, \
         maximum",
    ),
    (
        AT_LEAST,
        "greater than or equal to, more than or equal to, not less than, no less than, no fewer than, no lower \
         than, a minimum of, minimum of, at or above, at or over, at least, minimum",
    ),
    (WITHIN, "no later than, within"),
    (BELOW, "fewer than, less than, lower than, faster than, shorter than, quicker than, under, below"),
    (ABOVE, "more than, greater than, higher than, above"),
    (EXCEED, "exceeding"),
    (OVER, "over"),
];

/// Returns the limit that the words before token `first` say, and the place of their first token.
pub(super) fn before(text: &Text<'_>, first: usize) -> Option<(Limit, usize)> {
    let at = skip_fillers(text, first);
    let mut sign = at.checked_sub(1)?;
    if text.is_sign(sign, &['-']) && text.is(sign.wrapping_sub(1), &["sub"]) {
        return Some((BELOW, sign - 1));
    }
    if text.is_sign(sign, &['=']) && text.is_sign(sign.wrapping_sub(1), &['<', '>']) {
        sign -= 1;
    }
    for (c, limit) in [('<', BELOW), ('≤', AT_MOST), ('>', ABOVE), ('≥', AT_LEAST)] {
        if text.is_sign(sign, &[c]) {
            // "Recall@10 ≥ 0.8" names a measure.
            let is_name = sign > 1 && text.is_sign(sign - 2, &['@']);
            let follows_number = sign > 0 && (text.is_number(sign - 1) || text.is_sign(sign - 1, &['%'])) && !is_name;
            return (!follows_number).then_some((limit, sign));
        }
    }
    if let Some(found) = abbreviated(text, at) {
        return Some(found);
    }
    if text.has(at - 1, Class::EXCEED) {
        let phrase = phrase(text, at);
        return phrase.or(Some((EXCEED, at - 1)));
    }
    phrase(text, at).or_else(|| phrase(text, first))
}

/// Reads "max. 3", "min 30" and "min. 30", where "min" is no minute.
fn abbreviated(text: &Text<'_>, at: usize) -> Option<(Limit, usize)> {
    let dot = usize::from(text.is_sign(at - 1, &['.']) && text.is_glued(at - 1));
    let word = at.checked_sub(1 + dot)?;
    let behind_number = word.checked_sub(1).is_some_and(|before| text.is_number(before));
    match () {
        () if text.is(word, &["max"]) => Some((AT_MOST, word)),
        () if text.is(word, &["min"]) && !behind_number => Some((AT_LEAST, word)),
        () => None,
    }
}

fn phrase(text: &Text<'_>, at: usize) -> Option<(Limit, usize)> {
    // Most of all words before a number are "to", of which few phrases end so.
    let last = at.checked_sub(1)?;
    if !text.has(last, Class::BOUND) || text.is(last, &["to"]) && !text.is(last.wrapping_sub(1), &["equal"]) {
        return None;
    }
    let phrases = PHRASES.iter().flat_map(|(limit, phrases)| phrases.split(", ").map(move |phrase| (*limit, phrase)));
    let said = phrases.filter_map(|(limit, phrase)| {
        let from = at.checked_sub(phrase.split(' ').count())?;
        phrase.split(' ').zip(from..).all(|(word, at)| text.is(at, &[word])).then_some((limit, from))
    });
    // "not more than" ends in "more than".
    said.min_by_key(|(_, from)| *from)
}

/// Returns the limit that the words behind an amount say: "or less", "+", "max".
pub(super) fn behind(text: &Text<'_>, amount: &Amount) -> Option<Limit> {
    let mut at = amount.tokens.end;
    let plus_inside = amount.unit.is_some()
        && (amount.tokens.start + 1..at).any(|at| text.is_sign(at, &['+']) && text.is_number(at - 1));
    if plus_inside || text.is_sign(at, &['+']) && text.is_glued(at) {
        let before = skip_fillers(text, amount.tokens.start);
        let behind_verb = before.checked_sub(1).is_some_and(|last| {
            text.has(last, Class::STATE.or(Class::REACH).or(Class::HOLD)) || text.is(last, &["at", "of", "to", "is"])
        });
        let opens_share = before == 0 && amount.unit == Some(Unit::Percent);
        return (behind_verb || opens_share).then_some(AT_LEAST);
    }
    let words = (at..at + 5)
        .take_while(|&at| {
            let is_link = text.is(at, &["or", "and", "max", "maximum"]) || text.has(at, Class::BE);
            (text.is_word(at) || text.is_sign(at, &['/'])) && !is_link
        })
        .count();
    at += words;
    if text.is_sign(at, &['(']) {
        at += 1;
    }
    if text.is(at, &["max", "maximum", "tops"]) && words < 4 {
        return Some(AT_MOST);
    }
    if text.is(at, &["minimum"]) && words < 3 {
        return Some(AT_LEAST);
    }
    if !text.is(at, &["or", "and"]) {
        return None;
    }
    if text.has(at + 1, Class::OR_LESS) {
        return Some(AT_MOST);
    }
    if text.has(at + 1, Class::OR_MORE) {
        return Some(AT_LEAST);
    }
    let better = text.is(at + 1, &["better"]);
    match amount.unit {
        Some(Unit::Duration(_) | Unit::Money(_)) if better => Some(AT_MOST),
        Some(Unit::Percent) if better && (at.saturating_sub(20)..at).any(|at| text.has(at, Class::GOOD)) => {
            Some(AT_LEAST)
        }
        _ => None,
    }
}

/// Says whether the limit whose words begin at token `key` only describes what is counted.
pub(super) fn is_description(text: &Text<'_>, key: usize, limit: Limit) -> bool {
    let Some(last) = key.checked_sub(1) else { return false };
    let example = (key.saturating_sub(12)..key)
        .rev()
        .take_while(|&at| !text.is_sign(at, &[';', ')']))
        .any(|at| text.is_sign(at.wrapping_sub(1), &['(']) && text.has(at, Class::EXAMPLE));
    let across = limit.wording == Wording::Over && {
        let verb = text.has(last, Class::STATE) || text.has(last, Class::HOLD) || text.has(last, Class::REACH);
        !verb && !text.is(last, &["at", "of"]) && !text.has(0, Class::HOLD)
    };
    example || across
}

/// Returns the limit with a denial before it taken in; nothing where the denial can't be understood.
pub(super) fn negated(text: &Text<'_>, key: usize, limit: Limit) -> Option<Limit> {
    let denial = (key.saturating_sub(5)..key)
        .rev()
        .take_while(|&at| text.is_word(at) && !text.has(at, Class::JOIN) || text.has(at, Class::NEGATION))
        .find(|&at| text.has(at, Class::NEGATION));
    if denial.is_none() {
        return Some(limit);
    }
    let verb = (key.saturating_sub(3)..key).any(|at| text.has(at, Class::DIP)) || text.has(key - 1, Class::SPEND);
    let flipped = match limit.side {
        Side::Below => AT_LEAST,
        Side::Above => AT_MOST,
    };
    let can_flip = !limit.inclusive && (verb || limit.wording == Wording::Exceed || text.has(key - 1, Class::NEGATION));
    can_flip.then_some(Limit { wording: Wording::Denied, ..flipped })
}
