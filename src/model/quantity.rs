//! Exact decimal numbers, units, and quantities: a number with its unit.
//!
//! Every operation that could overflow returns an `Option`; nothing here panics.

use std::fmt;
use std::str::FromStr as _;

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

pub use super::digits::Digits;
use super::digits::exact_float;
pub use super::unit::{ByteUnit, Per, TimeUnit, Unit};

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

    /// Returns the number of a plain decimal text: `-0.5`, `12`, `1.50`; no exponent, no separators.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let plain = !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && digits.bytes().any(|b| b.is_ascii_digit());
        if !plain {
            return None;
        }
        Decimal::from_str(text).ok().map(Self)
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

    /// Returns how many digits stand behind the point.
    #[must_use]
    pub fn places(self) -> u32 {
        self.0.scale()
    }

    /// Returns the nearest binary float, for charts and trends only.
    #[must_use]
    pub fn to_float(self) -> f64 {
        let exact = self.parts().and_then(|(mantissa, scale)| exact_float(mantissa, scale));
        exact.unwrap_or_else(|| self.0.to_f64().unwrap_or(0.0))
    }

    /// Returns the number as it is written, with all its digits.
    #[must_use]
    pub fn digits(self) -> Digits {
        self.parts().map_or_else(|| Digits::copied(&self.0.to_string()), |(whole, scale)| Digits::new(whole, scale))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain = f.width().is_none() && f.precision().is_none();
        if is_plain { f.write_str(self.digits().as_str()) } else { fmt::Display::fmt(&self.0, f) }
    }
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// How many, as written.
    pub number: Number,
    /// Of what.
    pub unit: Unit,
    /// Over what.
    pub per: Option<Per>,
}

impl Quantity {
    /// Returns a quantity that is not counted over anything.
    #[must_use]
    pub const fn new(number: Number, unit: Unit) -> Self {
        Self { number, unit, per: None }
    }

    /// Returns the number in the unit `unit`, or nothing where the units can't be converted.
    #[must_use]
    pub fn number_in(&self, unit: &Unit) -> Option<Number> {
        self.unit.convert(self.number, unit)
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

    #[test]
    fn units_of_one_family_convert_exactly_and_others_do_not() {
        let hours = Unit::Duration(TimeUnit::Hour);
        let minutes = Unit::Duration(TimeUnit::Minute);
        assert_eq!(minutes.convert(number("30"), &hours), Some(number("0.5")));
        assert_eq!(Unit::Duration(TimeUnit::Month).convert(number("1"), &Unit::Duration(TimeUnit::Day)), None);
        assert_eq!(Unit::Percent.convert(number("1"), &Unit::Count), None);
        assert_eq!(Unit::Money("USD".into()).convert(number("1"), &Unit::Money("EUR".into())), None);
        assert_eq!(Unit::Named("users".into()).convert(number("1"), &Unit::Named("teams".into())), None);
        assert!(Unit::Points.converts_to(&Unit::Percent));
    }
}
