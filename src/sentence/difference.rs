//! Differences: the words that make one of an amount: "25% faster", "fell 40%", "20% revenue growth".
//!
//! In: the tokens beside an amount. Out: which way it goes, or the verb that says so. Never reads the amount.

use crate::model::goal::Better;
use crate::model::quantity::Unit;

use super::amount::{Amount, Shape};
use super::filler::skip_fillers;
use crate::words::{Class, Text};

/// Returns the direction that the words behind (or before) a difference say: "25% faster", "a reduction of 25%".
pub(super) fn relative(text: &Text<'_>, amount: &Amount) -> Option<(Better, usize)> {
    let at = amount.tokens.end;
    let first = amount.tokens.start;
    let before_of = skip_fillers(text, first).checked_sub(2).filter(|&at| text.is(at + 1, &["of"]));
    if let Some(noun) = before_of {
        if text.has(noun, Class::FALL) {
            return Some((Better::Lower, noun));
        }
        if text.has(noun, Class::RISE) {
            return Some((Better::Higher, noun));
        }
    }
    if let Some(better) = changed(text, amount) {
        return Some((better, first));
    }
    let differs = amount.unit.is_some() && !text.is(at + 1, &["than"]);
    let noun_follows = !text.is_word(at + 1) || text.has(at + 1, Class::STOP);
    if differs && text.has(at, Class::FEWER) {
        return Some((Better::Lower, first));
    }
    if differs && text.has(at, Class::MORE) {
        return Some((Better::Higher, first));
    }
    if differs && noun_follows && text.has(at, Class::FALL) {
        return Some((Better::Lower, first));
    }
    if differs && noun_follows && text.has(at, Class::RISE) {
        return Some((Better::Higher, first));
    }
    let is_points = matches!(amount.unit, Some(Unit::Points | Unit::Percent));
    // A curve that flattens "at +20%" is at a level.
    let alone = amount.shape == Shape::Signed && is_points && !text.is(first.wrapping_sub(1), &["at"]);
    alone.then(|| (if amount.number.is_negative() { Better::Lower } else { Better::Higher }, first))
}

/// Returns the direction that the end of the noun phrase behind a difference says: "20% revenue growth".
fn changed(text: &Text<'_>, amount: &Amount) -> Option<Better> {
    let last = amount.noun.end.checked_sub(1).filter(|&last| last > amount.noun.start)?;
    let is_share = matches!(amount.unit, Some(Unit::Percent | Unit::Points));
    let plain = (amount.noun.start..last).all(|at| !text.has(at, Class::STATE) && !text.has(at, Class::REACH));
    match (text.has(last, Class::RISE), text.has(last, Class::FALL)) {
        (true, false) if is_share && plain => Some(Better::Higher),
        (false, true) if is_share && plain => Some(Better::Lower),
        _ => None,
    }
}

/// Returns the direction and the verb of "response times fell 40%" and "sales up 10%".
pub(super) fn moved(text: &Text<'_>, amount: &Amount, start: usize) -> Option<(Better, usize)> {
    let verb = skip_fillers(text, amount.tokens.start).checked_sub(1).filter(|&verb| verb > start)?;
    let better = match () {
        () if text.has(verb, Class::LOWER) || text.is(verb, &["down"]) => Better::Lower,
        () if text.has(verb, Class::HIGHER) || text.is(verb, &["up"]) => Better::Higher,
        () => return None,
    };
    let is_subject = text.is_word(verb - 1) && !text.has(verb - 1, Class::STOP) && !text.has(verb - 1, Class::JOIN)
        || text.is_sign(verb - 1, &[')'])
        || text.is(verb - 1, &["has", "have", "is", "are"]);
    let is_share = matches!(amount.unit, Some(Unit::Percent | Unit::Points));
    let whole = !text.is(amount.tokens.end, &["of"]) && amount.noun.is_empty();
    (is_subject && is_share && whole).then_some((better, verb))
}
