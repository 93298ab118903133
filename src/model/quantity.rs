//! Quantities: a number with its unit.

pub use super::number::{Digits, Number};
pub use super::unit::{ByteUnit, Per, TimeUnit, Unit, UnitName};

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
