//! Arrivals: the words that make an end or a level of an amount without "to": "reach 500", "takes 1 hour", "at 99.9%".
//!
//! In: the tokens beside an amount. Out: the verb. Never reads the amount.

use crate::model::quantity::{Number, Unit};

use super::amount::Amount;
use super::filler::skip_fillers;
use crate::words::{Class, Text};

/// Returns the verb of arrival whose object the amount is: "reach 500", "achieve an NPS of 50".
pub(super) fn reach(text: &Text<'_>, amount: &Amount, start: usize) -> Option<usize> {
    let last = skip_fillers(text, amount.tokens.start).checked_sub(1)?;
    let is_clause = (last.saturating_sub(8).max(start)..last).any(|at| text.has(at, Class::CONDITION));
    if is_clause {
        return None;
    }
    let earns = text.is(last, &["generate", "generates", "earn", "earns"]);
    if text.has(last, Class::REACH) || earns && matches!(amount.unit, Some(Unit::Money(_))) {
        return Some(last);
    }
    // "the work of 5 teams" and "at 3 sites" are no ends.
    let is_measure = |at: usize| {
        let acronym = text.word(at).len() > 2 && text.word(at).chars().all(char::is_uppercase);
        acronym || text.has(at, Class::GOOD.or(Class::BAD).or(Class::SIZE))
    };
    let of_things = amount.unit.is_none() && !amount.noun.is_empty() && !is_measure(last.wrapping_sub(1));
    if !text.is(last, &["of", "at"]) || of_things {
        return None;
    }
    // "achieve a reduction of the backlog of 40 bugs" is a difference.
    let far = if amount.unit.is_some() { 12 } else { 8 };
    (start.max(last.saturating_sub(far))..last)
        .rev()
        .take_while(|&at| text.is_word(at) && !text.has(at, Class::FALL) && !text.has(at, Class::RISE))
        .find(|&at| text.has(at, Class::REACH))
}

/// Says whether the amount before token `at` is a level that is kept: "at 99.9%", "maintain 99.9%", "uptime of".
pub(super) fn level(text: &Text<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|last| text.is(last, &["at", "of"]) || text.has(last, Class::HOLD))
}

/// Says whether something is to stay wholly so, which can only be missed from below: "keep our fleet 100% electric".
pub(super) fn kept_whole(text: &Text<'_>, amount: &Amount, start: usize) -> bool {
    let is_whole = amount.unit == Some(Unit::Percent) && amount.number == Number::whole(100);
    let first = amount.tokens.start;
    let keeps =
        text.has(start, Class::HOLD) && (start..first).all(|at| text.is_word(at) && !text.has(at, Class::BOUND));
    is_whole && keeps && !amount.noun.is_empty()
}

/// Returns the verb of "upgrades take 1 hour".
pub(super) fn takes(text: &Text<'_>, amount: &Amount, start: usize) -> Option<usize> {
    let verb = skip_fillers(text, amount.tokens.start).checked_sub(1).filter(|&verb| verb > start)?;
    let is_verb = text.is(verb, &["take", "takes"]) && matches!(amount.unit, Some(Unit::Duration(_)));
    let is_clause = text.has(verb - 1, Class::CLAUSE);
    let delivers = text.has(start, Class::OUTPUT) && !text.word(start).ends_with('s');
    (is_verb && !is_clause && !delivers).then_some(verb)
}
