//! Numbers and days as other products write them.
//!
//! In: a text. Out: the number with its unit, or the day; or why it could be another one. Nothing is guessed.

use crate::model::calendar::{Day, MONTHS};
use crate::model::quantity::Number;
use crate::model::zone::Zone;

/// The longest text that is tried as a number.
const LONGEST: usize = 64;

/// A number with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    /// The number.
    pub(super) number: Number,
    /// The sign or word beside it: `%`, `$`, `h`; empty where it stands alone.
    pub(super) unit: String,
}

/// Returns the number that a text is; `decimal` says which sign stands before decimals, where that is known.
///
/// # Errors
///
/// Why it is none, or which two it could be.
pub(super) fn amount(text: &str, decimal: Option<char>) -> Result<Amount, String> {
    let no_number = || format!("`{}` is no number", cut(text));
    if text.len() > LONGEST {
        return Err(no_number());
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let first = text.find(is_digit).ok_or_else(no_number)?;
    // ".5" begins with its point.
    let first = if text[..first].ends_with('.') { first - 1 } else { first };
    let last = text.rfind(is_digit).ok_or_else(no_number)?;
    let (before, digits, after) = (text[..first].trim(), &text[first..=last], text[last + 1..].trim());
    let (sign, before) = match before.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest.trim()),
        None => before.strip_suffix(['-', '−']).map_or(("", before), |rest| ("-", rest.trim())),
    };
    let unit = match (before, after) {
        ("" | "+", after) => after,
        (before, "") => before,
        _ => return Err(no_number()),
    };
    let is_sign = |c: char| c.is_alphabetic() || "%‰°$€£¥₹".contains(c);
    if unit.chars().any(|c| c == '(' || is_digit(c)) || !unit.is_empty() && !unit.contains(is_sign) {
        return Err(no_number());
    }
    let (digits, times) = match unit.chars().next() {
        Some(scale @ ('k' | 'K' | 'M' | 'm')) if unit.chars().count() == 1 && after == unit => {
            return Err(format!(
                "`{}` may stand for more than {digits}: write all digits instead of `{scale}`",
                cut(text)
            ));
        }
        _ => (digits, unit),
    };
    let plain = plain_digits(digits, decimal).ok_or_else(|| unclear(text, digits))?;
    let number = Number::parse(&format!("{sign}{plain}")).ok_or_else(no_number)?;
    Ok(Amount { number, unit: times.to_owned() })
}

fn unclear(text: &str, digits: &str) -> String {
    if digits.chars().filter(|c| matches!(c, ',' | '.')).count() == 1 {
        format!("`{}` can be read in two ways; say `decimal: \".\"` or `decimal: \",\"` in the map", cut(text))
    } else {
        format!("`{}` is no number", cut(text))
    }
}

/// Returns digits without what parts thousands, with a point before decimals; nothing where they can be read in two ways.
fn plain_digits(digits: &str, decimal: Option<char>) -> Option<String> {
    let joined: String =
        digits.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' | '_')).collect();
    if joined.len() != digits.len() && !in_groups(digits, |c| !c.is_ascii_digit() && !matches!(c, ',' | '.')) {
        return None;
    }
    let (commas, points) = (joined.matches(',').count(), joined.matches('.').count());
    let comma_before_point = joined.rfind(',') < joined.rfind('.');
    let decimal = match (decimal, commas, points) {
        (Some(sign), ..) => sign,
        (None, 0, 0 | 1) => '.',
        (None, 1, 0) => {
            let behind = joined.len() - joined.find(',')? - 1;
            // "0,123" and "12,5" are decimals, "3,200" may be thousands.
            (behind != 3 || joined.starts_with("0,")).then_some(',')?
        }
        (None, _, 0) => '.',
        (None, 0, _) => ',',
        (None, _, 1) if comma_before_point => '.',
        (None, 1, _) if !comma_before_point => ',',
        _ => return None,
    };
    let parting = if decimal == '.' { ',' } else { '.' };
    let (whole, decimals) = joined.split_once(decimal).map_or((joined.as_str(), None), |(a, b)| (a, Some(b)));
    if !in_groups(whole, |c| c == parting) || decimals.is_some_and(|decimals| decimals.contains([',', '.'])) {
        return None;
    }
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let whole = if digits.is_empty() { "0".to_owned() } else { digits };
    Some(decimals.map_or_else(|| whole.clone(), |decimals| format!("{whole}.{decimals}")))
}

/// Says whether digits stand in groups of three behind the first.
fn in_groups(digits: &str, parts: impl Fn(char) -> bool) -> bool {
    let whole = digits.split(['.', ',']).next().filter(|_| !parts(',') && !parts('.')).unwrap_or(digits);
    let mut groups = whole.split(parts);
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    rest.peek().is_none() || ((1..=3).contains(&first.len()) && rest.all(|group| group.len() == 3))
}

/// Returns the day that a text names; `form` says how days are written, as `MM/DD/YYYY`, where that is known.
///
/// # Errors
///
/// Why it is none, or which two it could be.
pub(super) fn day(text: &str, form: Option<&str>, zone: &Zone) -> Result<Day, String> {
    let text = text.trim();
    let none = || format!("`{}` is no day", cut(text));
    if let Some(form) = form {
        return formed(text, form).ok_or_else(|| format!("`{}` is no day as the map writes it, `{form}`", cut(text)));
    }
    if let Some(day) = text.get(..10).and_then(Day::parse) {
        let rest = &text[10..];
        return if rest.is_empty() || rest.starts_with(['T', ' ']) { Ok(day) } else { Err(none()) };
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds = match text.len() {
            10 => text.parse().ok(),
            13 => text.parse::<i64>().ok().map(|milliseconds| milliseconds / 1000),
            _ => None,
        };
        return seconds.and_then(|seconds| Some(zone.civil(seconds)?.0)).ok_or_else(none);
    }
    let parts: Vec<&str> = text.split([' ', ',', '/', '.', '-']).filter(|part| !part.is_empty()).collect();
    let &[a, b, c] = &parts[..] else { return Err(none()) };
    if let Some(day) = worded(a, b, c) {
        return Ok(day);
    }
    let number = |text: &str| text.parse::<u8>().ok();
    let (Some(a), Some(b), Some(year)) = (number(a), number(b), c.parse::<i16>().ok().filter(|_| c.len() == 4)) else {
        return Err(none());
    };
    match (Day::new(year, a, b), Day::new(year, b, a)) {
        (Some(one), Some(other)) if one != other => {
            let help = "say `dates: MM/DD/YYYY` or `dates: DD/MM/YYYY` in the map";
            Err(format!("`{text}` is {one} or {other}; {help}"))
        }
        (Some(day), _) | (None, Some(day)) => Ok(day),
        (None, None) => Err(none()),
    }
}

/// Returns the day of `Jan 5 2024` or `5 January 2024`.
fn worded(a: &str, b: &str, year: &str) -> Option<Day> {
    let month = |word: &str| {
        let word = word.to_lowercase();
        let place = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(&word))?;
        u8::try_from(place + 1).ok()
    };
    let day = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u8>().ok();
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    month(a).zip(day(b)).or_else(|| month(b).zip(day(a))).and_then(|(month, day)| Day::new(year, month, day))
}

/// Returns the day of a text that is written as `form` says.
fn formed(text: &str, form: &str) -> Option<Day> {
    let parts = |text: &str| {
        let parts = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect::<Vec<_>>()
    };
    let (forms, texts) = (parts(form), parts(text));
    let find = |key: &str| texts.get(forms.iter().position(|form| form == key)?)?.parse::<i16>().ok();
    Day::new(find("YYYY")?, u8::try_from(find("MM")?).ok()?, u8::try_from(find("DD")?).ok()?)
}

/// Returns a text as it is quoted, cut where it is long.
#[must_use]
pub(super) fn cut(text: &str) -> String {
    const SHOWN: usize = 60;
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.chars().count() <= SHOWN { plain } else { plain.chars().take(SHOWN).chain(['…']).collect() }
}

/// Returns a count with its noun.
#[must_use]
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_what_stands_around_them() {
        for (text, expected) in [
            ("3,637,839", "3637839 "),
            ("57", "57 "),
            ("-0.5", "-0.5 "),
            ("94%", "94 %"),
            ("$1,200.50", "1200.50 $"),
            ("1.200,50 €", "1200.50 €"),
            ("12,5", "12.5 "),
            ("2.5 hours", "2.5 hours"),
            ("1 234 567", "1234567 "),
            ("0,125", "0.125 "),
            (".5", "0.5 "),
        ] {
            let read = amount(text, None).map(|read| format!("{} {}", read.number, read.unit));
            assert_eq!(read, Ok(expected.to_owned()), "{text}");
        }
        assert_eq!(amount("3,200", Some('.')).map(|read| read.number), Ok(Number::whole(3200)));
        assert_eq!(amount("3,200", Some(',')).map(|read| read.number.to_string()), Ok("3.200".to_owned()));
    }

    #[test]
    fn numbers_that_could_be_others_are_asked() {
        for text in [
            "3,200",
            "",
            "n/a",
            "5 of 8",
            "1,23,456",
            "1.2M",
            "12k",
            "1 2",
            "5 (6)",
            "1.2.3",
            "5.",
            "-.",
            &"9".repeat(90),
        ] {
            assert!(amount(text, None).is_err(), "{text}: {:?}", amount(text, None));
        }
    }

    #[test]
    fn days_are_read_where_they_are_one_day_only() {
        for (text, expected) in [
            ("2024-03-05", Some("2024-03-05")),
            ("2024-03-05T23:10:00Z", Some("2024-03-05")),
            ("1709596800", Some("2024-03-05")),
            ("1709596800000", Some("2024-03-05")),
            ("Mar 5, 2024", Some("2024-03-05")),
            ("5 March 2024", Some("2024-03-05")),
            ("25/03/2024", Some("2024-03-25")),
            ("03/25/2024", Some("2024-03-25")),
            ("05/05/2024", Some("2024-05-05")),
            ("03/05/2024", None),
            ("2024-02-30", None),
            ("soon", None),
            ("5/3/24", None),
            ("日本2024-03-05", None),
        ] {
            assert_eq!(day(text, None, &Zone::utc()).ok(), expected.and_then(Day::parse), "{text}");
        }
        assert_eq!(day("03/05/2024", Some("DD/MM/YYYY"), &Zone::utc()).ok(), Day::parse("2024-05-03"));
        assert!(day("2024/05", Some("DD/MM/YYYY"), &Zone::utc()).is_err());
    }
}
