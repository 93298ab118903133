//! Names: numbers that count nothing, such as "tier 1", "April 1", "10:30" or "four nines".
//!
//! In: an amount with its neighbours. Out: whether it is part of a name, a date or a time. Never reads a unit.

use super::amount::{Amount, Shape};
use super::number;
use crate::words::{Class, Text};

/// Says whether the number at place `at` is part of a name, a date or a time.
pub(super) fn is_name(text: &Text<'_>, at: usize, amount: &Amount) -> bool {
    let before = amount.tokens.start.wrapping_sub(1);
    let month = |at: usize| text.has(at, Class::MONTH) && text.word(at).starts_with(char::is_uppercase);
    let nines = |at: usize| text.is(at, &["nines"]) || text.word(at) == "9" && text.word(at + 1) == "s";
    if nines(at + 1) || nines(at) && number::word(text.word(at.wrapping_sub(1))).is_some() {
        return true;
    }
    if text.has(before, Class::RANK) {
        return true;
    }
    if is_scale_end(text, at) {
        return true;
    }
    let end = amount.tokens.end;
    if text.is_sign(end, &['.']) && text.is_glued(end) && text.is_word(end + 1) && text.is_glued(end + 1) {
        return true;
    }
    if amount.unit.is_some() || amount.scale != 1 {
        return false;
    }
    let is_clock = text.has(at + 1, Class::CLOCK);
    let is_period = text.is(before, &["month", "year"]) && !text.has(before.wrapping_sub(1), Class::WHICH_MONTH);
    let is_named = (is_period || text.has(before, Class::NAMED)) && !amount.tokens.is_empty() && amount.per.is_none();
    let is_date = month(before)
        || month(amount.tokens.end)
        || text.is(amount.tokens.end, &["of"]) && month(amount.tokens.end + 1);
    let is_year = amount.shape == Shape::Year
        && (text.has(before, Class::BEFORE_YEAR)
            || text.is_sign(before, &['('])
            || text.is_sign(amount.tokens.end, &['-', '/']));
    is_clock || is_named || is_date || is_year
}

/// Says whether the number at place `at` is an end of "on a scale from 1 to 5".
fn is_scale_end(text: &Text<'_>, at: usize) -> bool {
    let opens = |first: usize| {
        let link = usize::from(text.is(first.wrapping_sub(1), &["of", "from"]));
        let scale = first.wrapping_sub(1 + link);
        let low = matches!(text.word(first), "0" | "1");
        low && text.is(scale, &["scale"]) && text.has(scale.wrapping_sub(1), Class::SCALE)
    };
    let closes = text.is(at.wrapping_sub(1), &["to"]) || text.is_sign(at.wrapping_sub(1), &['-', '–']);
    opens(at) || closes && opens(at.wrapping_sub(2))
}
