//! Quantities as keys hold them: `2 s`, `8/quarter`, `$0.12`, `99.95%`, `1.2M`.
//!
//! In: a text that is to be one quantity. Out: the quantity, or what is wrong with which part of it. Never
//! leaves a part of the text unread.

use std::ops::Range;

use crate::diag::nearest;
use crate::model::quantity::{Number, Quantity, TimeUnit, Unit};
use crate::words::Text;

use super::amount::{Amount, Flaw, Shape};
use super::number::{self, NotANumber};
use super::placeholder::gaps;
use super::reader::amount;
use super::unit::{known, unit};

/// Why a text is no quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityError {
    /// The part that is wrong, in bytes.
    pub range: Range<usize>,
    /// What is wrong: a lower-case phrase without a full stop.
    pub message: String,
    /// What to write.
    pub help: String,
}

/// The longest text that is tried.
const LONGEST: usize = 200;

/// Words of units, for slips of the pen.
const UNITS: &str = "percent points seconds second minutes minute hours hour days weeks week months month quarters quarter years year \
                     milliseconds";

/// Reads `text`, which must be one quantity and nothing else.
///
/// # Errors
///
/// Returns the part that is wrong, and what to write instead.
pub fn quantity(text: &str) -> Result<Quantity, QuantityError> {
    if text.len() > LONGEST {
        return Err(error(0..text.len(), "too long for a quantity", "write a number and its unit: `2 s`"));
    }
    let tokens = Text::new(text);
    let first = (0..tokens.len()).find(|&at| tokens.is_number(at));
    let Some(at) = first else { return Err(no_number(&tokens)) };
    let opens = (0..at).all(|it| tokens.is_sign(it, &['-', '+', '$', '€', '£', '¥', '₹']) || is_code(&tokens, it));
    if !opens {
        return Err(lead(&tokens, at));
    }
    let Some(amount) = amount(&tokens, at) else { return Err(no_amount(&tokens, at)) };
    flaw(&tokens, &amount)?;
    if amount.tokens.start > 0 {
        return Err(error(
            tokens.bytes(0..amount.tokens.start),
            "unexpected text before the number",
            "write the number first: `2 s`",
        ));
    }
    finish(&tokens, amount)
}

/// Returns the whole number of days that `text` says: `7 days`, `2 weeks`. Months have no fixed length.
#[must_use]
pub fn duration_days(text: &str) -> Option<i32> {
    let quantity = quantity(text).ok()?;
    let unit = match quantity.unit {
        Unit::Duration(unit @ (TimeUnit::Day | TimeUnit::Week)) if quantity.per.is_none() => unit,
        _ => return None,
    };
    let days = Unit::Duration(unit).convert(quantity.number, &Unit::Duration(TimeUnit::Day))?.normal();
    let (days, places) = days.parts()?;
    i32::try_from(days).ok().filter(|&days| places == 0 && days >= 0)
}

/// Takes the rest of the text as the unit's name.
fn finish(tokens: &Text<'_>, amount: Amount) -> Result<Quantity, QuantityError> {
    let end = tokens.len();
    let mut read = amount.tokens.end;
    let mut unit_of = amount.unit.clone();
    if amount.shape == Shape::Adjective || amount.out_of.is_some() {
        return Err(error(tokens.bytes(0..end), "not a plain quantity", "write a number and its unit: `30 days`"));
    }
    if unit_of.is_none() && !amount.noun.is_empty() && amount.noun.start == read {
        let range = tokens.bytes(amount.noun.start..amount.noun.end);
        unit_of = Some(name(&tokens.text[range.clone()], range)?);
        read = amount.noun.end;
        let (per, length) = super::suffix::per(tokens, read);
        read += if per.is_some() { length } else { 0 };
    }
    if read < end {
        let range = tokens.bytes(read..end);
        return Err(error(
            range,
            "unexpected text behind the quantity",
            "write one number and its unit, and nothing else",
        ));
    }
    Ok(Quantity { number: amount.number, unit: unit_of.unwrap_or(Unit::Count), per: amount.per })
}

/// Returns the unit that is named; a slip of the pen is none.
fn name(word: &str, range: Range<usize>) -> Result<Unit, QuantityError> {
    let Some(unit) = unit(word) else {
        return Err(error(
            range,
            format!("`{word}` is no unit"),
            "write a unit such as %, s, min, h, days, $ or points",
        ));
    };
    let slip =
        if word.len() > 3 && known(word).is_none() { nearest(&word.to_lowercase(), UNITS.split(' ')) } else { None };
    match slip {
        Some(meant) if matches!(unit, Unit::Named(_)) => {
            Err(error(range, format!("`{word}` is no unit"), format!("did you mean `{meant}`?")))
        }
        _ => Ok(unit),
    }
}

fn is_code(tokens: &Text<'_>, at: usize) -> bool {
    tokens.is_word(at)
        && (super::unit::money(tokens.word(at)).is_some() || super::unit::dollar(tokens.word(at)).is_some())
}

fn flaw(tokens: &Text<'_>, amount: &Amount) -> Result<(), QuantityError> {
    let range = tokens.bytes(amount.tokens.start..amount.tokens.end);
    let written = &tokens.text[range.clone()];
    let (message, help) = match amount.flaw {
        None => return Ok(()),
        Some(Flaw::Range) => ("is a range", "write one number"),
        Some(Flaw::Separator) => (
            "can be read in two ways",
            "write decimals with a point (`3.2`) and thousands without a separator (`3200`)",
        ),
        Some(Flaw::Minutes) => ("can be minutes or millions", "write `min` or `M`"),
        Some(Flaw::Billions) => ("can be bytes or billions", "write `bytes` or `billion`"),
    };
    Err(error(range.clone(), format!("`{written}` {message}"), help))
}

fn no_number(tokens: &Text<'_>) -> QuantityError {
    let range = 0..tokens.text.len();
    if !gaps(tokens).is_empty() {
        return error(range, "a placeholder stands where a number belongs", "write the number");
    }
    if tokens.words.is_empty() {
        return error(range, "the quantity is empty", "write a number and its unit: `2 s`");
    }
    error(range, "there is no number in this quantity", "write it in digits, with its unit: `2 s`")
}

fn lead(tokens: &Text<'_>, at: usize) -> QuantityError {
    let range = tokens.bytes(0..at);
    if (0..at).any(|it| tokens.is_sign(it, &['<', '>', '≤', '≥'])) || super::bound::before(tokens, at).is_some() {
        return error(
            range,
            "a quantity holds no comparison",
            "say the side by the key: `below:`, `at_most:`, `above:`, `at_least:`",
        );
    }
    error(range, "unexpected text before the number", "write the number first: `2 s`")
}

fn no_amount(tokens: &Text<'_>, at: usize) -> QuantityError {
    let digits = tokens.word(at);
    let range = tokens.bytes(0..tokens.len());
    match number::literal(digits) {
        Err(NotANumber::TooLong) => {
            error(tokens.bytes(at..at + 1), "the number has more than 28 digits", "write fewer digits")
        }
        Err(NotANumber::Parts) => {
            error(tokens.bytes(at..at + 1), format!("`{digits}` is no number"), "write a number such as `1.5`")
        }
        Err(NotANumber::Comma(_)) | Ok(Number { .. }) => error(
            range,
            format!("`{}` is no quantity", tokens.text.trim()),
            "write a number, a space and its unit: `2 s`",
        ),
    }
}

fn error(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> QuantityError {
    QuantityError { range, message: message.into(), help: help.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        match quantity(text) {
            Ok(quantity) => {
                let per = quantity.per.map(|per| format!("/{per}")).unwrap_or_default();
                format!("{} {}{per}", quantity.number, quantity.unit)
            }
            Err(error) => format!("{:?} {}", text.get(error.range).unwrap_or("?"), error.message),
        }
    }

    #[test]
    fn quantities_are_read_as_authors_write_them() {
        for (text, expected) in [
            ("2 s", "2 s"),
            ("8/quarter", "8 count/quarter"),
            ("8 per quarter", "8 count/quarter"),
            ("$0.12", "0.12 USD"),
            ("$0.12 per transaction", "0.12 USD/transaction"),
            ("99.95%", "99.95 %"),
            ("99.95 percent", "99.95 %"),
            ("1.2M", "1200000 count"),
            ("200k", "200000 count"),
            ("2 h", "2 h"),
            (" 30min ", "30 min"),
            ("-17%", "-17 %"),
            ("+5 points", "5 points"),
            ("5 percentage points", "5 points"),
            ("$1.2M", "1200000 USD"),
            ("€10k", "10000 EUR"),
            ("10 EUR", "10 EUR"),
            ("EUR 10", "10 EUR"),
            ("-$5", "-5 USD"),
            ("€2,40", "2.40 EUR"),
            ("1,721,992", "1721992 count"),
            ("10 000", "10000 count"),
            ("512 MiB", "512 MiB"),
            ("3 business days", "3 working days"),
            ("1h30m", "90 min"),
            ("2 h 15 min", "135 min"),
            ("500 req/s", "500 req/s"),
            ("12 incidents", "12 incidents"),
            ("12 incidents/month", "12 incidents/month"),
            ("3x", "3 x"),
            ("0", "0 count"),
            ("2026", "2026 count"),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_quantity_says_which_part_is_wrong() {
        for (text, expected) in [
            ("", "\"\" the quantity is empty"),
            ("fast", "\"fast\" there is no number in this quantity"),
            ("TBD%", "\"TBD%\" a placeholder stands where a number belongs"),
            ("two", "\"two\" there is no number in this quantity"),
            ("3,2 s", "\"3,2 s\" `3,2 s` can be read in two ways"),
            ("30m", "\"30m\" `30m` can be minutes or millions"),
            ("512B", "\"512B\" `512B` can be bytes or billions"),
            ("3-4%", "\"3\" `3` is a range"),
            ("< 5 s", "\"<\" a quantity holds no comparison"),
            ("at most 5 s", "\"at most\" a quantity holds no comparison"),
            ("about 5", "\"about\" unexpected text before the number"),
            ("5 mintues", "\"mintues\" `mintues` is no unit"),
            ("5 s or so", "\"or so\" unexpected text behind the quantity"),
            ("from 8 to 2", "\"from\" unexpected text before the number"),
            ("8 to 2", "\"to 2\" unexpected text behind the quantity"),
            ("5xx", "\"5xx\" `5xx` is no quantity"),
            ("1.2.3", "\"1.2.3\" `1.2.3` is no number"),
            ("12:30", "\"12:30\" `12:30` is no quantity"),
            ("1e5", "\"1e5\" `1e5` is no quantity"),
            ("3/4", "\"3/4\" not a plain quantity"),
            (
                "99999999999999999999999999999999",
                "\"99999999999999999999999999999999\" the number has more than 28 digits",
            ),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }

    #[test]
    fn days_are_whole_and_months_are_none() {
        for (text, days) in [
            ("7 days", Some(7)),
            ("3 d", Some(3)),
            ("2 weeks", Some(14)),
            ("0.5 weeks", None),
            ("1 month", None),
            ("48 h", None),
            ("7", None),
            ("-3 days", None),
            ("99999999999 days", None),
            ("seven days", None),
        ] {
            assert_eq!(duration_days(text), days, "{text}");
        }
    }
}
