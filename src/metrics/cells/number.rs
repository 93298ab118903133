//! Cells as numbers: separators, signs, currencies, per cent, exponents.
//!
//! In: one cell and which character stands before decimals. Out: an exact number, "missing", or why it is neither.
//! Nothing is guessed: `1,234` without anything that tells what its comma means is refused.

use super::blank::is_missing;
use super::marks::{CURRENCIES, currency_of};
use crate::metrics::cells::text::decode;
use crate::model::quantity::Number;

/// What is known about the character before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Decimals {
    /// A point.
    Point,
    /// A comma.
    Comma,
    /// No cell told so far.
    Unknown {
        /// Whether a lone point can't be a thousands separator, because the export is comma-separated.
        point_is_safe: bool,
    },
}

/// Why a cell is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Fault {
    /// It isn't written as one.
    NotANumber,
    /// It is, but its separators contradict those of the other cells.
    Contradiction,
    /// Its separator may mean thousands or decimals.
    Ambiguous,
    /// It has more than 28 digits before the point.
    TooLarge,
}

/// What one cell tells about the character before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Evidence {
    /// There is no value.
    Missing,
    /// It isn't a number.
    NotANumber,
    /// A number without separators.
    Neutral,
    /// It can only be a point.
    Point,
    /// It can only be a comma.
    Comma,
    /// One point before three digits: `1.234`.
    EitherPoint,
    /// One comma before three digits: `1,234`.
    EitherComma,
}

/// Returns the number in a cell, or nothing where the cell says that there is none.
pub(in crate::metrics) fn read(cell: &[u8], decimals: Decimals) -> Result<Option<Number>, Fault> {
    Ok(read_priced(cell, decimals)?.map(|(number, _)| number))
}

/// Returns the number in a cell with the currency beside it, or nothing where the cell says that there is none.
pub(in crate::metrics) fn read_priced(
    cell: &[u8],
    decimals: Decimals,
) -> Result<Option<(Number, Option<&'static str>)>, Fault> {
    if let Some(number) = read_plain(cell, decimals).and_then(|(mantissa, scale)| Number::new(mantissa, scale)) {
        return Ok(Some((number, None)));
    }
    let text = decode(cell);
    if is_missing(&text) {
        return Ok(None);
    }
    let parts = strip(&text).ok_or(Fault::NotANumber)?;
    let shape = Shape::of(parts.body).ok_or(Fault::NotANumber)?;
    let mark = shape.mark(decimals)?;
    let number = shape.number(mark)?.times(Number::whole(parts.times)).ok_or(Fault::TooLarge)?;
    Ok(Some((if parts.negative { number.negated() } else { number }, parts.currency)))
}

/// Returns the currency beside a cell's number.
pub(in crate::metrics) fn currency(cell: &[u8]) -> Option<&'static str> {
    if plain_evidence(cell).is_some() {
        return None;
    }
    strip(&decode(cell)).filter(|parts| Shape::of(parts.body).is_some())?.currency
}

/// Says why a text that people take for a number is none, and what to do.
pub(in crate::metrics) fn near_miss(cell: &[u8]) -> Option<&'static str> {
    let text = decode(cell);
    let text = text.trim();
    let is_one_of = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if text.starts_with('#') {
        return Some("the spreadsheet could not compute this cell: mend it there and export again");
    }
    if text.starts_with(['<', '>', '≤', '≥', '~', '≈']) {
        return Some("it says about how much: export the number itself");
    }
    if is_one_of(&["true", "false", "yes", "no"]) {
        return Some("count the rows: `count: rows`, with the column and the word under `where:`");
    }
    let words = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | ' ')))?;
    let (number, word) = text.split_at(words);
    let is_word = word.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '*');
    (is_word && number.bytes().any(|byte| byte.is_ascii_digit())).then_some("export the bare number")
}

/// Says what a cell tells about the character before decimals.
pub(in crate::metrics) fn evidence(cell: &[u8]) -> Evidence {
    if let Some(evidence) = plain_evidence(cell) {
        return evidence;
    }
    let text = decode(cell);
    if is_missing(&text) {
        return Evidence::Missing;
    }
    strip(&text).and_then(|parts| Shape::of(parts.body)).map_or(Evidence::NotANumber, |shape| shape.evidence())
}

/// Says what digits with at most one point tell; nothing for other cells.
pub(in crate::metrics) fn plain_evidence(cell: &[u8]) -> Option<Evidence> {
    let digits = cell.strip_prefix(b"-").unwrap_or(cell);
    let whole = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = &digits[whole..];
    match rest.split_first() {
        _ if whole == 0 => None,
        None => Some(Evidence::Neutral),
        Some((b'.', decimals)) if decimals.iter().all(u8::is_ascii_digit) => {
            let either = decimals.len() == 3 && whole <= 3 && digits[0] != b'0';
            Some(if either { Evidence::EitherPoint } else { Evidence::Point })
        }
        Some(_) => None,
    }
}

/// Reads `-12.50` and its like without any detour: the digits, and how many of them stand behind the point.
#[inline]
pub(in crate::metrics) fn read_plain(cell: &[u8], decimals: Decimals) -> Option<(i64, u32)> {
    let (mark, three_are_decimals) = match decimals {
        Decimals::Point => (b'.', true),
        Decimals::Comma => (b',', true),
        Decimals::Unknown { point_is_safe } => (b'.', point_is_safe),
    };
    let (negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, cell),
    };
    // Eighteen digits always fit.
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let (mut mantissa, mut point) = (0_i64, None);
    for (at, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            mantissa = mantissa * 10 + i64::from(digit);
        } else if byte == mark && point.is_none() {
            point = Some(at);
        } else {
            return None;
        }
    }
    let places = match point {
        None => 0,
        Some(_) if digits.len() == 1 => return None,
        Some(at) if digits.len() - at == 4 && !three_are_decimals && (1..=3).contains(&at) => return None,
        Some(at) => digits.len() - at - 1,
    };
    Some((if negative { -mantissa } else { mantissa }, u32::try_from(places).ok()?))
}

/// A number's digits and separators, without sign, currency and per cent.
struct Parts<'a> {
    body: &'a str,
    negative: bool,
    currency: Option<&'static str>,
    /// What a letter behind an amount of money stands for: `€4.7M`.
    times: i64,
}

fn strip(text: &str) -> Option<Parts<'_>> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut body = unguarded(text.trim());
    let (mut currency, mut signs) = (None, 0);
    let mut negative = false;
    // Signs and currencies stand in either order: -$5, $-5, 5 €-, ($5), $(5).
    for _ in 0..4 {
        let bracketed = body.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let minus = body.strip_prefix(['-', '−', '–']).or_else(|| body.strip_suffix(['-', '−']));
        if let Some(rest) = bracketed.or(minus) {
            (body, negative, signs) = (rest.trim(), true, signs + 1);
        } else if let Some(rest) = body.strip_prefix('+') {
            (body, signs) = (rest.trim(), signs + 1);
        }
        body = body.strip_suffix('%').or_else(|| body.strip_prefix('%')).unwrap_or(body).trim();
        if let Some((rest, code)) = without_currency(body) {
            (body, currency) = (rest.trim(), Some(code));
        }
    }
    let (body, times) = match currency.and_then(|_| without_letter(body)) {
        Some(shortened) => shortened,
        None => (body, 1),
    };
    let digit_first = body.trim_start_matches(['.', ',']).starts_with(|c: char| c.is_ascii_digit());
    (digit_first && signs <= 1).then_some(Parts { body, negative, currency, times })
}

/// Returns a text without what spreadsheets put around it so that it stays one: `'5`, `="5"`; nor marks of direction.
fn unguarded(text: &str) -> &str {
    let text = text.trim_matches(['\u{200b}', '\u{200e}', '\u{200f}', '\u{feff}']);
    let formula = text.strip_prefix('=').filter(|rest| rest.starts_with('"')).map(|rest| rest.trim_matches('"'));
    formula.unwrap_or_else(|| text.trim_matches('\'')).trim()
}

fn without_currency(body: &str) -> Option<(&str, &'static str)> {
    let (first, last) = (body.chars().next()?, body.chars().next_back()?);
    if let Some(code) = currency_of(first) {
        return Some((&body[first.len_utf8()..], code));
    }
    if let Some(code) = currency_of(last) {
        return Some((&body[..body.len() - last.len_utf8()], code));
    }
    if !first.is_alphabetic() && !last.is_alphabetic() && last != '.' {
        return None;
    }
    let strip = |word: &str| body.strip_prefix(word).or_else(|| body.strip_suffix(word));
    CURRENCIES.iter().find_map(|(word, code)| Some((strip(word)?, *code)))
}

/// Returns an amount without the letters that shorten it, and what they stand for.
fn without_letter(body: &str) -> Option<(&str, i64)> {
    let digits = body.trim_end_matches(|c: char| c.is_alphabetic());
    let times = match &body[digits.len()..] {
        "k" | "K" => 1_000,
        "m" | "M" | "mn" | "Mn" | "MM" | "Mio" => 1_000_000,
        "b" | "B" | "bn" | "Bn" | "Mrd" => 1_000_000_000,
        _ => return None,
    };
    Some((digits.trim_end(), times))
}

/// Where the separators of a number stand.
struct Shape<'a> {
    digits: &'a str,
    exponent: i32,
    points: usize,
    commas: usize,
    /// Whether thousands are parted by spaces or apostrophes.
    spaced: bool,
    /// The last point or comma and how many digits follow it.
    last: Option<(char, usize)>,
}

const fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2007}' | '\'' | '’' | '_')
}

impl<'a> Shape<'a> {
    fn of(body: &'a str) -> Option<Self> {
        let (digits, exponent) = match body.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent_of(exponent)?),
            None => (body, 0),
        };
        let count = |wanted: char| digits.chars().filter(|&c| c == wanted).count();
        let plain = |c: char| c.is_ascii_digit() || c == '.' || c == ',' || is_space(c);
        if !digits.chars().all(plain) {
            return None;
        }
        let last = digits.rfind(['.', ',']);
        let last = last.and_then(|at| Some((digits[at..].chars().next()?, digits.len() - at - 1)));
        let shape =
            Self { digits, exponent, points: count('.'), commas: count(','), spaced: digits.contains(is_space), last };
        let fits = |mark: char| shape.groups_fit(mark);
        (fits('.') || fits(',')).then_some(shape)
    }

    /// Says whether the digits are a number when `mark` stands before decimals: at most one mark, behind it only
    /// digits, and before it groups of three (or of two before the last, as in India).
    fn groups_fit(&self, mark: char) -> bool {
        let mut halves = self.digits.split(mark);
        let whole = halves.next().unwrap_or_default();
        let decimals = halves.next().unwrap_or_default();
        if halves.next().is_some() || !decimals.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        if whole.bytes().all(|b| b.is_ascii_digit()) {
            return true;
        }
        let mut separators = whole.chars().filter(|c| !c.is_ascii_digit());
        let first = separators.next();
        if separators.any(|c| Some(c) != first) || self.exponent != 0 {
            return false;
        }
        let groups: Vec<&str> = whole.split(|c: char| !c.is_ascii_digit()).collect();
        let (head, tail) = (groups[0].len(), &groups[1..]);
        let last = tail.last().is_some_and(|group| group.len() == 3);
        let of = |size: usize| tail[..tail.len() - 1].iter().all(|group| group.len() == size);
        let begins = (1..=3).contains(&head) && !groups[0].starts_with('0');
        begins && last && (of(3) || (of(2) && head <= 2 && first == Some(',')))
    }

    fn evidence(&self) -> Evidence {
        let lone = self.points + self.commas == 1 && !self.spaced;
        match (self.groups_fit('.'), self.groups_fit(','), self.last) {
            (_, _, None) => Evidence::Neutral,
            (true, true, Some(('.', 3))) if lone => Evidence::EitherPoint,
            (true, true, Some((',', 3))) if lone => Evidence::EitherComma,
            (true, false, _) => Evidence::Point,
            (false, true, _) => Evidence::Comma,
            // A lone mark with other than three digits behind it fits as decimals only.
            (_, _, Some((mark, _))) => {
                if mark == '.' {
                    Evidence::Point
                } else {
                    Evidence::Comma
                }
            }
        }
    }

    fn mark(&self, decimals: Decimals) -> Result<char, Fault> {
        let checked = |mark| if self.groups_fit(mark) { Ok(mark) } else { Err(Fault::Contradiction) };
        match (decimals, self.evidence()) {
            (Decimals::Point, _) => checked('.'),
            (Decimals::Comma, _) => checked(','),
            (Decimals::Unknown { .. }, Evidence::Comma) => Ok(','),
            (Decimals::Unknown { .. }, Evidence::EitherComma)
            | (Decimals::Unknown { point_is_safe: false }, Evidence::EitherPoint) => Err(Fault::Ambiguous),
            (Decimals::Unknown { .. }, _) => Ok('.'),
        }
    }

    fn number(&self, mark: char) -> Result<Number, Fault> {
        let (whole, decimals) = self.digits.split_once(mark).unwrap_or((self.digits, ""));
        let mut digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        let point = i32::try_from(digits.len()).map_err(|_| Fault::TooLarge)? + self.exponent;
        digits.push_str(decimals);
        let significant = digits.trim_start_matches('0');
        let point = point - i32::try_from(digits.len() - significant.len()).unwrap_or_default();
        if significant.is_empty() {
            return Ok(Number::ZERO);
        }
        if point > 29 {
            return Err(Fault::TooLarge);
        }
        let text = if point <= 0 {
            // How far behind the 28th decimal it begins makes no difference.
            let zeros = usize::try_from(-point).unwrap_or_default().min(30);
            format!("0.{}{significant}", "0".repeat(zeros))
        } else {
            let point = usize::try_from(point).unwrap_or_default();
            let padded = format!("{significant:0<point$}");
            format!("{}.{}0", &padded[..point], &padded[point..])
        };
        let places = self.exponent.min(0).unsigned_abs() as usize + decimals.len();
        let text = if places == 0 { text.split('.').next().unwrap_or_default() } else { text.as_str() };
        let number = Number::parse_rounded(text).ok_or(Fault::TooLarge)?;
        let number = number.round_to(u32::try_from(places.min(28)).unwrap_or(28));
        Ok(if self.exponent == 0 { number } else { number.normal() })
    }
}

fn exponent_of(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let fits = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.strip_prefix('+').unwrap_or(text).parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Decimals = Decimals::Unknown { point_is_safe: true };

    #[track_caller]
    fn check(decimals: Decimals, cells: &[(&str, &str)]) {
        for (cell, expected) in cells {
            let number = read(cell.as_bytes(), decimals);
            let shown = match number {
                Ok(Some(number)) => number.to_string(),
                Ok(None) => "missing".to_owned(),
                Err(fault) => format!("{fault:?}"),
            };
            assert_eq!(&shown, expected, "{cell:?}");
        }
    }

    #[test]
    fn numbers_are_read_as_tools_write_them() {
        check(
            OPEN,
            &[
                ("0", "0"),
                ("12", "12"),
                ("-12.50", "-12.50"),
                ("+3", "3"),
                (".5", "0.5"),
                ("5.", "5"),
                ("007", "7"),
                ("45.63399999999999", "45.63399999999999"),
                ("1,721,992,142.283", "1721992142.283"),
                ("1.234,56", "1234.56"),
                ("200.000.000", "200000000"),
                ("1,7", "1.7"),
                ("12,34,567.8", "1234567.8"),
                ("1 234 567", "1234567"),
                ("1\u{a0}234,5", "1234.5"),
                ("1\u{202f}234.5", "1234.5"),
                ("1'234.50", "1234.50"),
                ("$65,548.10 ", "65548.10"),
                ("-$5", "-5"),
                ("$-5", "-5"),
                ("(1,234.50)", "-1234.50"),
                ("($5)", "-5"),
                ("$(5)", "-5"),
                ("'5", "5"),
                ("'5'", "5"),
                ("=\"5.5\"", "5.5"),
                ("=\"\"5.5\"\"", "5.5"),
                ("\u{200e}5\u{200e}", "5"),
                ("12.50 €", "12.50"),
                ("€ 12.50", "12.50"),
                ("1200 kr", "1200"),
                ("CHF 12.50", "12.50"),
                ("R$ 7.10", "7.10"),
                ("−4", "-4"),
                ("4-", "-4"),
                ("1.42%", "1.42"),
                ("42 %", "42"),
                ("-3%", "-3"),
                ("1.5e-3", "0.0015"),
                ("1E+03", "1000"),
                ("1.5E3", "1500"),
                ("12345678901234567890.5", "12345678901234567890.5"),
                ("3.0000000000000000001", "3.0000000000000000001"),
                ("1e-400", "0"),
                ("0e999", "0"),
                ("0.00", "0.00"),
            ],
        );
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for cell in [
            "abc",
            "1.2.3",
            "1,2,3",
            "12:30",
            "2026-07-01",
            "1e",
            "e5",
            "--5",
            "-5-",
            "0x10",
            "1/2",
            "12ms",
            "inf",
            "+Inf",
            "1..2",
            "1,,2",
            "1,234.5,6",
            "1 2",
            "12 34",
            "1e5e5",
            "1,23e5,0",
            "１２",
            "1e99999",
            "5 %%%%%%",
            "ABC 12",
            "#REF!",
            "((5))",
            "=5+2",
        ] {
            check(OPEN, &[(cell, "NotANumber")]);
        }
        check(OPEN, &[("1e40", "TooLarge"), ("99999999999999999999999999999999", "TooLarge")]);
    }

    #[test]
    fn one_comma_before_three_digits_needs_something_that_tells() {
        check(OPEN, &[("1,234", "Ambiguous"), ("$65,548", "Ambiguous"), ("0,123", "0.123"), ("1.234", "1.234")]);
        check(Decimals::Point, &[("1,234", "1234"), ("1.234", "1.234"), ("1,7", "Contradiction")]);
        check(Decimals::Comma, &[("1,234", "1.234"), ("1.234", "1234"), ("1.7", "Contradiction"), ("0,5", "0.5")]);
        let strict = Decimals::Unknown { point_is_safe: false };
        check(strict, &[("1.234", "Ambiguous"), ("0.123", "0.123"), ("1.5", "1.5"), ("1234.567", "1234.567")]);
    }

    #[test]
    fn cells_tell_what_their_separators_mean() {
        for (cell, expected) in [
            ("12", Evidence::Neutral),
            ("1.5", Evidence::Point),
            ("1,5", Evidence::Comma),
            ("1.234", Evidence::EitherPoint),
            ("$1,234", Evidence::EitherComma),
            ("1,234.5", Evidence::Point),
            ("1.234,5", Evidence::Comma),
            ("1,234,567", Evidence::Point),
            ("1.234.567", Evidence::Comma),
            ("0.132", Evidence::Point),
            ("1234.567", Evidence::Point),
            ("1 234", Evidence::Neutral),
            ("1 234,567", Evidence::Comma),
            ("null", Evidence::Missing),
            ("P1", Evidence::NotANumber),
        ] {
            assert_eq!(evidence(cell.as_bytes()), expected, "{cell}");
        }
    }

    #[test]
    fn currencies_beside_numbers_are_told() {
        for (cell, expected) in [
            ("5", None),
            ("5 %", None),
            ("$5", Some("$")),
            ("-5,50 €", Some("EUR")),
            ("EUR 5", Some("EUR")),
            ("(R$ 5)", Some("BRL")),
            ("12¢", Some("cents")),
            ("five €", None),
        ] {
            assert_eq!(currency(cell.as_bytes()), expected, "{cell}");
        }
    }

    #[test]
    fn what_is_nearly_a_number_says_why_it_is_none() {
        for (cell, word) in
            [("#REF!", "spreadsheet"), ("<0.1", "about"), ("~5", "about"), ("TRUE", "count: rows"), ("5 users", "bare")]
        {
            assert!(near_miss(cell.as_bytes()).is_some_and(|help| help.contains(word)), "{cell}");
        }
        for cell in ["", "five", "P1", "5/10"] {
            assert_eq!(near_miss(cell.as_bytes()), None, "{cell}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, text in "[-+0-9.,eE%$€ '()]{0,40}") {
            for decimals in [OPEN, Decimals::Point, Decimals::Comma, Decimals::Unknown { point_is_safe: false }] {
                let _ = read(&bytes, decimals);
                let _ = read(text.as_bytes(), decimals);
            }
            let _ = evidence(&bytes);
            let _ = (currency(&bytes), near_miss(&bytes), currency(text.as_bytes()), near_miss(text.as_bytes()));
        }

        #[test]
        fn plain_decimals_come_back_exactly(mantissa: i64, scale in 0_u32..19) {
            let number = Number::new(mantissa, scale).expect("fits");
            let text = number.to_string();
            proptest::prop_assert_eq!(read(text.as_bytes(), Decimals::Point), Ok(Some(number)));
            proptest::prop_assert_eq!(read(text.replace('.', ",").as_bytes(), Decimals::Comma), Ok(Some(number)));
        }
    }
}
