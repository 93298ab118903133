//! What follows a number: its unit, and what it is counted over.
//!
//! In: the tokens behind a number. Out: units, and how many tokens they take. Never reads the number itself.

use crate::model::quantity::{Number, Per, TimeUnit, Unit};

use super::number;
use super::unit::{self, known};
use crate::words::{Class, Text};

/// Returns the unit at token `at`, and how many tokens it takes.
pub(super) fn unit(text: &Text<'_>, at: usize) -> Option<(Unit, usize)> {
    if text.is_sign(at, &['%']) {
        let hyphen = usize::from(text.is_sign(at + 1, &['-']));
        let points = text.is(at + 1 + hyphen, &["points", "point", "pts", "pp"]);
        return Some(if points { (Unit::Points, 2 + hyphen) } else { (Unit::Percent, 1) });
    }
    if text.is_sign(at, &['€', '£', '$', '₹', '×']) {
        return known(text.word(at)).map(|unit| (unit, 1));
    }
    if !text.is_word(at) {
        return None;
    }
    let (word, next) = (text.word(at), text.word(at + 1));
    let is_next = |words: &[&str]| text.is(at + 1, words);
    if text.is(at, &["percentage", "percent"]) && is_next(&["points", "point"]) {
        return Some((Unit::Points, 2));
    }
    if text.is(at, &["per"]) && is_next(&["cent"]) {
        return Some((Unit::Percent, 2));
    }
    if text.is(at, &["working", "business"]) && is_next(&["days", "day"]) {
        return Some((Unit::Duration(TimeUnit::WorkingDay), 2));
    }
    if text.is(at, &["calendar"]) && is_next(&["days", "day"]) {
        return Some((Unit::Duration(TimeUnit::Day), 2));
    }
    if text.is(at, &["times"]) {
        let compares = text.has(at + 1, Class::FEWER) || text.has(at + 1, Class::MORE) || next == "as";
        return compares.then_some((Unit::Factor, 1));
    }
    match word {
        "us" if text.is_glued(at) => Some((Unit::Duration(TimeUnit::Microsecond), 1)),
        "p.p" => Some((Unit::Points, 1 + usize::from(text.is_sign(at + 1, &['.'])))),
        "X" if text.is_glued(at) => Some((Unit::Factor, 1)),
        "X" | "count" | "number" | "factor" => None,
        _ => known(word).map(|unit| (unit, 1)),
    }
}

/// Says whether the number from token `first` on goes on at `at`: "10 500", "two hundred fifty", "2½", "2 and a half",
/// "one third".
pub(super) fn goes_on(text: &Text<'_>, first: usize, at: usize) -> bool {
    let part = |at: usize| {
        text.has(at, Class::FRACTION)
            || text.is_sign(at, &['½', '¼', '¾', '⅓', '⅔'])
            || text.is(at, &["quarter", "quarters"]) && text.is(first.wrapping_sub(1), &["by"])
    };
    let is_scaled = at > first + 1;
    let spoken = |at: usize| number::word(text.word(at)).is_some() || text.has(at, Class::TENS);
    let number = text.is_number(at) && !text.is_glued(at)
        || is_scaled && (spoken(at) || text.is(at, &["and"]) && spoken(at + 1));
    let and_part = text.is(at, &["and"]) && (part(at + 1) || text.is(at + 1, &["a", "one"]) && part(at + 2));
    // "5 of 100" may be 5%.
    let of_ten = text.is(at, &["of"]) && matches!(text.word(at + 1), "100" | "1000" | "1,000");
    number || part(at) || and_part || of_ten
}

/// Splits `h30m` and `m30s`, which stand behind a number: hours, 30, minutes.
pub(super) fn packed(word: &str) -> Option<(TimeUnit, Number, TimeUnit)> {
    let digits = word.find(|c: char| c.is_ascii_digit())?;
    let (large, rest) = word.split_at(digits);
    let letters = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, small) = rest.split_at(letters);
    let large = if large == "m" { TimeUnit::Minute } else { unit::time(large)? };
    Some((large, Number::parse(digits)?, smaller(large, small)?))
}

/// Returns the smaller unit that `word` names after a number of `large`.
pub(super) fn smaller(large: TimeUnit, word: &str) -> Option<TimeUnit> {
    let small = match word {
        "" | "m" if large == TimeUnit::Hour => TimeUnit::Minute,
        word => unit::time(word)?,
    };
    let fits = small < large && Unit::Duration(large).converts_to(&Unit::Duration(small));
    fits.then_some(small)
}

/// Returns what the tokens from `at` on say that something is counted over, and how many they are.
pub(super) fn per(text: &Text<'_>, at: usize) -> (Option<Per>, usize) {
    if text.is_sign(at, &['/']) && text.is(at.wrapping_sub(1), &["p"]) && text.word(at + 1).len() == 1 {
        // "£15,000 p/m"
        let unit = if text.is(at + 1, &["m"]) { Some(TimeUnit::Month) } else { unit::short_time(text.word(at + 1)) };
        return (unit.or_else(|| unit::time(text.word(at + 1))).map(Per::Time), 2);
    }
    if text.is_sign(at, &['/']) && text.is_word(at + 1) {
        return (unit::per(text.word(at + 1)), 2);
    }
    if text.is(at, &["per"]) {
        let is_thing = |at: usize| text.is_word(at) && !text.has(at, Class::STOP);
        // "Pages per shift goes down"
        let moves = |at: usize| text.has(at, Class::MOVES) && text.word(at).ends_with(['s', 'd']);
        let length = (1..=3).take_while(|&offset| is_thing(at + offset) && !(offset > 1 && moves(at + offset))).count();
        if length == 0 {
            return (None, 0);
        }
        if let Some(unit) = unit::time(text.word(at + 1)) {
            return (Some(Per::Time(unit)), 2);
        }
        return (unit::per(&text.text[text.bytes(at + 1..at + 1 + length)]), 1 + length);
    }
    if text.is(at, &["a", "an", "each", "every"]) {
        let unit = unit::time(text.word(at + 1)).filter(|_| text.word(at + 1).len() > 2);
        return (unit.map(Per::Time), 2);
    }
    (None, 0)
}
