//! Names: numbers that count nothing, such as "tier 1", "April 1", "10:30" or "four nines".
//!
//! In: an amount with its neighbours. Out: whether it is part of a name, a date or a time. Never reads a unit.

use super::amount::{Amount, Shape};
use super::number;
use super::part::Part;
use crate::words::{Class, Text};

/// Says whether the number at place `at` is part of a name, a date or a time.
pub(super) fn is_name(text: &Text<'_>, at: usize, amount: &Amount) -> bool {
    let before = amount.tokens.start.wrapping_sub(1);
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
    let is_year = amount.shape == Shape::Year
        && (text.has(before, Class::BEFORE_YEAR)
            || text.is_sign(before, &['('])
            || text.is_sign(amount.tokens.end, &['-', '/']));
    is_clock || is_named || is_year
}

/// Says whether the number at place `at` is an end of "on a scale from 1 to 5".
fn is_scale_end(text: &Text<'_>, at: usize) -> bool {
    let opens = |first: usize| {
        let link = usize::from(text.is(first.wrapping_sub(1), &["of", "from"]));
        let scale = first.wrapping_sub(1 + link);
        let low = matches!(text.word(first), "0" | "1");
        let before = scale.wrapping_sub(1);
        low && text.is(scale, &["scale"]) && (text.has(before, Class::SCALE) || text.is_sign(before, &['(']))
    };
    let closes = text.is(at.wrapping_sub(1), &["to"]) || text.is_sign(at.wrapping_sub(1), &['-', '–']);
    opens(at) || closes && opens(at.wrapping_sub(2))
}

/// Returns what a number is that is no amount.
pub(super) fn part(text: &Text<'_>, at: usize) -> Part {
    let joins = |at: usize| text.is_sign(at, &['/', ':']) && text.is_glued(at) && text.is_glued(at + 1);
    let is_pair =
        joins(at + 1) && text.is_number(at + 2) || joins(at.wrapping_sub(1)) && text.is_number(at.wrapping_sub(2));
    let is_always = |at: usize| text.word(at) == "24" && text.is_sign(at + 1, &['/']) && text.word(at + 2) == "7";
    let before = at.wrapping_sub(1);
    let is_slashed = text.is_sign(at + 1, &['/']) || text.is_sign(before, &['/']);
    match () {
        () if is_scale_end(text, at) => Part::Scale,
        () if is_always(at) || is_always(at.wrapping_sub(2)) => Part::Name,
        () if is_pair && is_slashed || text.is_sign(before, &['±']) => Part::LeftOver,
        () if text.word(at).len() > 40 => Part::LeftOver,
        // "From 1m30" would be a start.
        () if text.has(before, Class::BEFORE_NUMBER) && !text.is(before, &["by"]) => Part::LeftOver,
        () if text.word(at).len() == 4 && text.word(at).starts_with("20") => Part::Time,
        () => Part::Name,
    }
}

/// Returns where the date that begins at `at` ends: `30 September 2026`, `30th`, `2026-09-30`, `by 9/30`.
pub(super) fn date(text: &Text<'_>, at: usize) -> Option<usize> {
    if !text.is_number(at) {
        return None;
    }
    let part = |at: usize, sign: char| text.is_sign(at, &[sign]) && text.is_glued(at) && text.is_number(at + 1);
    let is_day = text.word(at).len() <= 2;
    let year = |at: usize| {
        let comma = usize::from(text.is_sign(at, &[',']));
        let is_year = text.word(at + comma).len() == 4 && text.word(at + comma).starts_with("20");
        if is_year { at + comma + 1 } else { at }
    };
    let ordinal = at + 1 + usize::from(text.is(at + 1, &["st", "nd", "rd", "th"]));
    let of = ordinal + usize::from(text.is(ordinal, &["of"]));
    let before = at.wrapping_sub(1);
    match () {
        () if part(at + 1, '-') && part(at + 3, '-') => Some(at + 5),
        () if is_day && part(at + 1, '/') && part(at + 3, '/') => Some(at + 5),
        () if is_day && part(at + 1, '/') && text.is(before, &["by", "on", "before", "until"]) => Some(at + 3),
        () if is_day && is_month(text, of) => Some(year(of + 1)),
        () if is_day && is_month(text, before) => Some(year(ordinal)),
        () => None,
    }
}

/// Says whether a month is named at `at`.
pub(super) fn is_month(text: &Text<'_>, at: usize) -> bool {
    text.has(at, Class::MONTH) && text.word(at).starts_with(char::is_uppercase)
}
