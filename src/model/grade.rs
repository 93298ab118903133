//! Grades: scores floored to a tenth, and the bands that they fall into.

use std::fmt;

use super::quantity::Number;
use super::words::words;

/// A score floored to a tenth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade(u8);

impl Grade {
    /// Returns the grade of a score; scores outside 0..1 are clamped.
    #[must_use]
    pub fn of(score: Number) -> Self {
        let tenths = match score.floor_to(1).parts() {
            Some((tenths, 1)) => tenths,
            Some((whole, _)) => whole.saturating_mul(10),
            None if score.is_negative() => 0,
            None => 10,
        };
        Self(tenths.clamp(0, 10) as u8)
    }

    /// Returns the tenths, 0 to 10.
    #[must_use]
    pub const fn tenths(self) -> u8 {
        self.0
    }

    /// Returns the band.
    #[must_use]
    pub const fn band(self) -> Band {
        match self.0 {
            0..=3 => Band::Missed,
            4..=6 => Band::FellShort,
            7..=9 => Band::Strong,
            _ => Band::Complete,
        }
    }
}

/// Shows `0.7`.
impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// What a grade means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// 0.0–0.3: investigate why.
    Missed,
    /// 0.4–0.6: expected of stretch goals.
    FellShort,
    /// 0.7–0.9: the sweet spot.
    Strong,
    /// 1.0: was it too easy?
    Complete,
}

words!(Band { Missed => "missed", FellShort => "fell-short", Strong => "strong", Complete => "complete" });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_floored_and_bands_have_no_gaps() {
        let grade = |text: &str| Grade::of(Number::parse(text).expect("a number"));
        assert_eq!(grade("0.7").to_string(), "0.7");
        assert_eq!(grade("0.6999999999").to_string(), "0.6");
        assert_eq!(grade("0.9999").band(), Band::Strong);
        assert_eq!(grade("1").to_string(), "1.0");
        assert_eq!(grade("1").band(), Band::Complete);
        assert_eq!(grade("-3").to_string(), "0.0");
        assert_eq!(grade("7").to_string(), "1.0");
        assert_eq!(grade("79228162514264337593543950335").to_string(), "1.0");
        assert_eq!(grade("-79228162514264337593543950335").to_string(), "0.0");
        assert_eq!(grade("0.9999999999999999999999999999").to_string(), "0.9");
        assert_eq!(grade("0.50").to_string(), "0.5");
        assert_eq!(grade("0.39").band(), Band::Missed);
        assert_eq!(grade("0.4").band(), Band::FellShort);
    }
}
