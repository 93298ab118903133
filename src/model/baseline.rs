//! Starts: the value that a score counts from, and who says so.

use super::calendar::Day;
use super::quantity::Quantity;

/// The start that a score counts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The start.
    pub quantity: Quantity,
    /// Who says so.
    pub origin: BaselineOrigin,
}

/// Where a start comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaselineOrigin {
    /// The team stated it.
    Stated,
    /// The metric showed it before the quarter's first day, last on this day.
    BeforeQuarter(Day),
    /// The metric has nothing before the quarter; its first value in it, on this day.
    FirstInQuarter(Day),
    /// The lock recorded it; the metric showed it last on this day.
    Locked(Day),
}

impl BaselineOrigin {
    /// Returns the name in the machine forms, and the day that belongs to it.
    #[must_use]
    pub const fn name(self) -> (&'static str, Option<Day>) {
        match self {
            Self::Stated => ("stated", None),
            Self::BeforeQuarter(day) => ("before-quarter", Some(day)),
            Self::FirstInQuarter(day) => ("first-in-quarter", Some(day)),
            Self::Locked(day) => ("locked", Some(day)),
        }
    }

    /// Returns the origin of a name and its day; nothing where the name is none, or needs a day that isn't there.
    #[must_use]
    pub fn named(name: &str, day: Option<Day>) -> Option<Self> {
        let dated = [Self::BeforeQuarter, Self::FirstInQuarter, Self::Locked].map(|of| day.map(of));
        dated.into_iter().flatten().chain([Self::Stated]).find(|origin| origin.name().0 == name)
    }
}
