//! Exact decimal numbers.
//!
//! Every operation that could overflow returns an `Option`; nothing here panics.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr as _;

use rust_decimal::{Decimal, RoundingStrategy};

pub use super::digits::Digits;
use super::digits::exact_float;

/// An exact decimal number with up to 28 digits.
///
/// Equal numbers compare equal whatever their trailing zeros; [`fmt::Display`] keeps the zeros as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(Decimal);

impl Number {
    /// 0
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// 1
    pub const ONE: Self = Self(Decimal::ONE);

    /// Returns `mantissa` · 10^−`scale`, or nothing where it has more than 28 digits.
    #[must_use]
    pub fn new(mantissa: i64, scale: u32) -> Option<Self> {
        (scale <= 28).then(|| Self(Decimal::new(mantissa, scale)))
    }

    /// Returns a whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self(Decimal::from(number))
    }

    /// Returns a count of things.
    #[must_use]
    pub fn count(count: u64) -> Self {
        Self(Decimal::from(count))
    }

    /// Returns the number of a plain decimal text: `-0.5`, `12`, `1.50`; no exponent, no separators. Nothing where it
    /// has more digits than numbers have.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = plain(text)?;
        let whole_and_decimals = text.split_once('.').filter(|(_, decimals)| decimals.len() > 28);
        // Zeros at the end say nothing, however many there are.
        let kept = whole_and_decimals
            .map_or(text.len(), |(whole, decimals)| whole.len() + 1 + decimals.trim_end_matches('0').len().max(28));
        Decimal::from_str_exact(text.get(..kept)?).ok().map(Self)
    }

    /// Returns the number of a plain decimal text, rounded to as many digits as numbers have, [apart](Self::apart) from
    /// shorter ones but 0; nothing where it is too large.
    #[must_use]
    pub fn parse_rounded(text: &str) -> Option<Self> {
        let text = plain(text)?;
        // What stands further behind decides nothing but whether there is more.
        let end = text.find('.').map_or(text.len(), |point| text.len().min(point + 30));
        let rounded = Self(Decimal::from_str(text.get(..end)?).ok()?);
        if rounded.is_zero() {
            return Some(rounded);
        }
        let exact = magnitude_cmp(text, rounded.digits().as_str());
        Some(rounded.apart(if text.starts_with('-') { exact.reverse() } else { exact }))
    }

    /// Says whether a text is a plain decimal one, whatever its length.
    #[must_use]
    pub fn is_plain(text: &str) -> bool {
        plain(text).is_some()
    }

    /// Returns the decimal number that a binary float stands for, rounded to `places` decimals.
    #[must_use]
    pub fn from_float(float: f64, places: u32) -> Option<Self> {
        Decimal::from_f64_retain(float).map(|decimal| Self(decimal.round_dp(places)))
    }

    /// Returns mantissa and scale, where the mantissa fits.
    #[must_use]
    pub fn parts(self) -> Option<(i64, u32)> {
        Some((i64::try_from(self.0.mantissa()).ok()?, self.0.scale()))
    }

    /// Returns mantissa and scale.
    pub(super) fn long_parts(self) -> (i128, u32) {
        (self.0.mantissa(), self.0.scale())
    }

    /// Returns `mantissa` · 10^−`scale`, or nothing where it has too many digits.
    pub(super) fn of_long_parts(mantissa: i128, scale: u32) -> Option<Self> {
        Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(Self)
    }

    /// Returns the number, which was rounded from one that compares to it as `exact` says, so that it isn't taken for a
    /// shorter one: 0.99…95 never becomes 1. Numbers that end at least nine digits before the last that there is room
    /// for are moved by one of that last digit.
    #[must_use]
    pub fn apart(self, exact: Ordering) -> Self {
        let Some((mantissa, scale)) = self.short_parts().filter(|_| exact.is_ne()) else { return self };
        let moved = mantissa + if exact.is_gt() { 1 } else { -1 };
        Self::of_long_parts(moved, scale).unwrap_or(self)
    }

    /// Returns mantissa and scale with as many digits as there is room for, where the last nine of them are zeros.
    pub(super) fn short_parts(self) -> Option<(i128, u32)> {
        let (mut mantissa, mut scale) = self.long_parts();
        while scale < 28 && mantissa.unsigned_abs() * 10 < 1 << 96 {
            (mantissa, scale) = (mantissa * 10, scale + 1);
        }
        (mantissa % 1_000_000_000 == 0).then_some((mantissa, scale))
    }

    /// Returns the sum, or nothing on overflow.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Returns the difference, or nothing on overflow.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Returns the product, or nothing on overflow.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(Self)
    }

    /// Returns the quotient to 28 digits, or nothing where `other` is 0 or on overflow.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        self.0.checked_div(other.0).map(Self)
    }

    /// Returns the number with its sign turned.
    #[must_use]
    pub fn negated(self) -> Self {
        Self(-self.0)
    }

    /// Returns the number without its sign.
    #[must_use]
    pub fn magnitude(self) -> Self {
        Self(self.0.abs())
    }

    /// Says whether the number is below 0.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0 < Decimal::ZERO
    }

    /// Says whether the number is 0.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Returns the number rounded down (towards −∞) to `places` decimals.
    #[must_use]
    pub fn floor_to(self, places: u32) -> Self {
        Self(self.0.round_dp_with_strategy(places, RoundingStrategy::ToNegativeInfinity))
    }

    /// Returns the number rounded half to even to `places` decimals.
    #[must_use]
    pub fn round_to(self, places: u32) -> Self {
        Self(self.0.round_dp(places))
    }

    /// Returns the number without trailing zeros behind the point.
    #[must_use]
    pub fn normal(self) -> Self {
        let is_normal = self.parts().is_some_and(|(mantissa, scale)| scale == 0 || mantissa % 10 != 0);
        if is_normal { self } else { Self(self.0.normalize()) }
    }

    /// Says whether the number has at least so many digits, not counting zeros at either end.
    #[must_use]
    pub fn has_digits(self, digits: u32) -> bool {
        let Some(most) = 10_u128.checked_pow(digits.saturating_sub(1)) else { return false };
        let mut mantissa = self.0.mantissa().unsigned_abs();
        while mantissa >= most && mantissa.is_multiple_of(10) {
            mantissa /= 10;
        }
        mantissa >= most
    }

    /// Returns how many digits stand behind the point.
    #[must_use]
    pub fn places(self) -> u32 {
        self.0.scale()
    }

    /// Returns the nearest binary float, for charts and trends only.
    #[must_use]
    pub fn to_float(self) -> f64 {
        let exact = self.parts().and_then(|(mantissa, scale)| exact_float(mantissa, scale));
        exact.unwrap_or_else(|| self.0.as_f64())
    }

    /// Returns the number as it is written, with all its digits.
    #[must_use]
    pub fn digits(self) -> Digits {
        self.parts().map_or_else(|| Digits::copied(&self.0.to_string()), |(whole, scale)| Digits::new(whole, scale))
    }
}

/// Returns a text without a leading plus, where it is a plain decimal one.
fn plain(text: &str) -> Option<&str> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().any(|b| b.is_ascii_digit())
        && digits.bytes().filter(|b| *b == b'.').count() <= 1;
    is_plain.then_some(text)
}

/// Compares two plain decimal texts without their signs.
fn magnitude_cmp(a: &str, b: &str) -> Ordering {
    let parts = |text| -> (&str, &str) {
        let text = str::trim_start_matches(text, ['-', '0']);
        text.split_once('.').unwrap_or((text, ""))
    };
    let ((a, a_decimals), (b, b_decimals)) = (parts(a), parts(b));
    let decimals = || a_decimals.trim_end_matches('0').cmp(b_decimals.trim_end_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b)).then_with(decimals)
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain = f.width().is_none() && f.precision().is_none();
        if is_plain { f.write_str(self.digits().as_str()) } else { fmt::Display::fmt(&self.0, f) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    #[test]
    fn decimals_are_exact() {
        let progress = number("96.8").minus(number("94")).and_then(|n| n.over(number("4"))).expect("fits");
        assert_eq!(progress, number("0.7"));
        assert_eq!(number("0.7").floor_to(1), number("0.7"));
        assert_eq!(number("-0.01").floor_to(1), number("-0.1"));
    }

    #[test]
    fn overflow_and_division_by_nothing_have_no_result() {
        let huge = number("79228162514264337593543950335");
        assert!(huge.plus(huge).is_none());
        assert!(huge.times(huge).is_none());
        assert!(Number::ONE.over(Number::ZERO).is_none());
        assert!(Number::parse("1e400").is_none());
    }

    #[test]
    fn a_number_of_too_many_digits_is_none_and_zeros_behind_it_are_no_digits() {
        for long in [
            "0.00000000000000000000000000001",
            "0.99999999999999999999999999999999",
            "99999999999999999999999999999",
            "7922816251426433759354395033.51",
        ] {
            assert_eq!(Number::parse(long), None, "{long}");
            assert!(Number::is_plain(long));
        }
        assert_eq!(number(&format!("1.5{}", "0".repeat(60))), number("1.5"));
        assert_eq!(number("0.0000000000000000000000000001").places(), 28);
    }

    #[test]
    fn what_is_rounded_never_becomes_a_shorter_number() {
        let (one, below, above) =
            (Number::ONE, number("0.9999999999999999999999999999"), number("1.0000000000000000000000000001"));
        for (text, expected) in [
            ("0.99999999999999999999999999999999999999999", below),
            ("-0.99999999999999999999999999999", below.negated()),
            ("1.00000000000000000000000000000000000000001", above),
            ("0.00000000000000000000000000000000000000001", Number::ZERO),
            ("1.00000000000000000000000000000000000000000", one),
            ("0.5", number("0.5")),
            ("12.5", number("12.5")),
            ("0.33333333333333333333333333333333", number("0.3333333333333333333333333333")),
        ] {
            assert_eq!(Number::parse_rounded(text), Some(expected), "{text}");
        }
        let (most, next) = (number("79228162514264337593543950335"), number("79228162514264337593543950334"));
        assert_eq!(next.over(most), Some(one), "plain division rounds");
        assert_eq!(next.fair_quotient(most), Some(below));
        assert_eq!(most.fair_quotient(next), Some(above));
        assert_eq!(next.negated().fair_quotient(most), Some(below.negated()));
        assert_eq!(next.fair_quotient(most.negated()), Some(below.negated()));
        assert_eq!(one.fair_quotient(Number::whole(3)), one.over(Number::whole(3)));
        assert_eq!(Number::ZERO.fair_quotient(most), Some(Number::ZERO));
        assert_eq!(below.plus(one).and_then(|sum| sum.fair_quotient(Number::whole(2))), Some(below));
        let round = number("70000000000000000000000000000");
        assert_eq!(round.fair_sum(number("-0.1")), Some(number("69999999999999999999999999999")));
        assert_eq!(round.fair_sum(number("0.00")), Some(round));
        assert_eq!(most.fair_sum(one), None);
    }

    #[test]
    fn only_plain_decimals_are_numbers() {
        for bad in ["", ".", "-", "1e5", "1_000", "1,5", "NaN", "inf", " 1", "0x10", "--1", "1.2.3"] {
            assert!(Number::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(number("1.50").to_string(), "1.50");
    }

    #[test]
    fn numbers_are_printed_as_they_were_written() {
        let longest = ["-9223372036854775808", "0.0000000000000000000000000001", "-0.9223372036854775807"];
        for text in ["0", "0.00", "-0.5", "12", "1.50", "-1203.040", "100"].into_iter().chain(longest) {
            assert_eq!(number(text).to_string(), text);
        }
        assert_eq!(format!("{:>6}", number("1.5")), "   1.5");
    }
}
