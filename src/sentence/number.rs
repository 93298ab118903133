//! Number literals as people write them.
//!
//! In: digits with separators (`1,721,992`, `0.12`, `10 000`), or a small number's word. Out: the exact number.
//! Never decides between two readings: `3,2` has none.

use crate::model::quantity::Number;

/// Why digits are no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotANumber {
    /// The comma may part decimals or thousands; holds the number with the comma as a decimal point.
    Comma(Option<Number>),
    /// Parts like a version's or a date's: `1.2.3`.
    Parts,
    /// More than 28 digits.
    TooLong,
}

/// Returns the number of `text`, which begins with a digit or a point and holds digits and separators.
pub(super) fn literal(text: &str) -> Result<Number, NotANumber> {
    if text.len() > 40 || text.bytes().filter(u8::is_ascii_digit).count() > 28 {
        return Err(NotANumber::TooLong);
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return Number::parse(text).ok_or(NotANumber::TooLong);
    }
    let (whole, decimals) = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => (&text[..comma], &text[comma + 1..]),
        (_, Some(point)) => (&text[..point], &text[point + 1..]),
        _ => (text, ""),
    };
    if decimals.contains(|c: char| !c.is_ascii_digit()) {
        return Err(NotANumber::Parts);
    }
    let Some(digits) = ungrouped(whole) else { return Err(why_not(text)) };
    let is_european = decimals.len() != text.len() && whole.contains('.');
    if is_european && !text.contains(',') {
        return Err(NotANumber::Parts);
    }
    let plain = if decimals.is_empty() { digits } else { format!("{digits}.{decimals}") };
    Number::parse(&plain).ok_or(NotANumber::TooLong)
}

/// Returns the digits of a whole number without the separators between its groups of three.
fn ungrouped(whole: &str) -> Option<String> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else { return Some(whole.to_owned()) };
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let are_groups = groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
    (is_first && are_groups).then(|| whole.replace(separator, ""))
}

fn why_not(text: &str) -> NotANumber {
    let mut parts = text.split(',');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(whole), Some(decimals), None) => NotANumber::Comma(Number::parse(&format!("{whole}.{decimals}"))),
        (_, Some(_), Some(_)) => NotANumber::Comma(None),
        _ => NotANumber::Parts,
    }
}

/// Returns what a word behind a number multiplies it by: `k`, `million`, `dozen`.
///
/// `m` and `B` have other meanings where no money is meant, and are for the caller.
pub(super) fn scale(word: &str, is_money: bool) -> Option<i64> {
    const WORDS: [(&str, i64); 17] = [
        ("dozen", 12),
        ("hundred", 100),
        ("hundreds", 100),
        ("thousand", 1_000),
        ("thousands", 1_000),
        ("lakh", 100_000),
        ("lakhs", 100_000),
        ("mn", 1_000_000),
        ("mio", 1_000_000),
        ("mil", 1_000_000),
        ("million", 1_000_000),
        ("millions", 1_000_000),
        ("crore", 10_000_000),
        ("crores", 10_000_000),
        ("bn", 1_000_000_000),
        ("billion", 1_000_000_000),
        ("billions", 1_000_000_000),
    ];
    match word {
        "k" | "K" => return Some(1_000),
        "M" => return Some(1_000_000),
        "m" | "mm" | "MM" if is_money => return Some(1_000_000),
        "B" if is_money => return Some(1_000_000_000),
        _ if word.len() < 2 || word.len() > "thousands".len() || !b"dhtlmcbDHTLMCB".contains(&word.as_bytes()[0]) => {
            return None;
        }
        _ => {}
    }
    WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|&(_, scale)| scale)
}

/// Returns the number that a word stands for: `two`.
pub(crate) fn word(text: &str) -> Option<Number> {
    const WORDS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if text.len() > "twelve".len() {
        return None;
    }
    let times = match () {
        () if text.eq_ignore_ascii_case("once") => Some(1),
        () if text.eq_ignore_ascii_case("twice") => Some(2),
        () => None,
    };
    let place = WORDS.iter().position(|word| word.eq_ignore_ascii_case(text)).and_then(|at| i64::try_from(at).ok());
    times.or(place).map(Number::whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_read_where_only_one_reading_is_possible() {
        for (text, expected) in [
            ("8", "8"),
            ("0.12", "0.12"),
            ("2.40", "2.40"),
            (".5", "0.5"),
            ("1,721,992", "1721992"),
            ("1,200", "1200"),
            ("1,234.56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("10 000", "10000"),
            ("10\u{a0}000.5", "10000.5"),
            ("10'000", "10000"),
            ("10_000", "10000"),
        ] {
            assert_eq!(literal(text).map(|n| n.to_string()), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn doubtful_separators_are_no_number() {
        let long = "9".repeat(50);
        for (text, expected) in [
            ("3,2", NotANumber::Comma(Number::new(32, 1))),
            ("0,125", NotANumber::Comma(Number::new(125, 3))),
            ("3,4,5", NotANumber::Comma(None)),
            ("1.2.3", NotANumber::Parts),
            ("1.721.992", NotANumber::Parts),
            ("12,34,567.8", NotANumber::Comma(None)),
            (long.as_str(), NotANumber::TooLong),
        ] {
            assert_eq!(literal(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn words_and_letters_behind_a_number_scale_it() {
        for (text, is_money, expected) in [
            ("k", false, Some(1_000)),
            ("Million", false, Some(1_000_000)),
            ("lakh", true, Some(100_000)),
            ("crore", true, Some(10_000_000)),
            ("dozen", false, Some(12)),
            ("MM", true, Some(1_000_000)),
            ("MM", false, None),
            ("m", false, None),
            ("users", false, None),
            ("", false, None),
        ] {
            assert_eq!(scale(text, is_money), expected, "{text}");
        }
    }

    #[test]
    fn small_numbers_have_words() {
        assert_eq!(word("Twelve"), Some(Number::whole(12)));
        assert_eq!(word("twice"), Some(Number::whole(2)));
        assert_eq!(word("twenty"), None);
    }
}
