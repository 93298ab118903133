//! Units: what numbers count, and which convert into each other.
//!
//! Conversions are exact; nothing here panics.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::quantity::Number;
use super::words::words;

/// Units of time. Months, quarters and years have no fixed number of days, working days none of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    /// µs
    Microsecond,
    /// ms
    Millisecond,
    /// s
    Second,
    /// min
    Minute,
    /// h
    Hour,
    /// d
    Day,
    /// weeks
    Week,
    /// months
    Month,
    /// quarters
    Quarter,
    /// Six months.
    HalfYear,
    /// years
    Year,
    /// working or business days
    WorkingDay,
    /// The whole cycle, however long it is; what is counted over it only.
    Cycle,
}

/// Units of information, decimal and binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ByteUnit {
    /// B
    Byte,
    /// kB, 10³
    Kilobyte,
    /// MB, 10⁶
    Megabyte,
    /// GB, 10⁹
    Gigabyte,
    /// TB, 10¹²
    Terabyte,
    /// KiB, 2¹⁰
    Kibibyte,
    /// MiB, 2²⁰
    Mebibyte,
    /// GiB, 2³⁰
    Gibibyte,
    /// TiB, 2⁴⁰
    Tebibyte,
}

/// What people call a unit that isn't one of these. It takes one word of memory, since a book has a million units and few
/// of them have names of their own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitName(Arc<String>);

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Things, without saying which.
    Count,
    /// Hundredths of a whole.
    Percent,
    /// Points of a scale (NPS), or percentage points.
    Points,
    /// Time.
    Duration(TimeUnit),
    /// Money: an ISO 4217 code (`USD`) or a sign as written where the code isn't known.
    Money(UnitName),
    /// Information.
    Bytes(ByteUnit),
    /// Times as many, as in "3x".
    Factor,
    /// Anything else, as written: `req/s`, `users`.
    Named(UnitName),
}

/// What a quantity is counted over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// A stretch of time.
    Time(TimeUnit),
    /// A thing: `transaction`, `active user`.
    Thing(UnitName),
}

impl From<&str> for UnitName {
    fn from(name: &str) -> Self {
        Self(Arc::new(name.to_owned()))
    }
}

impl From<String> for UnitName {
    fn from(name: String) -> Self {
        Self(Arc::new(name))
    }
}

impl Deref for UnitName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for UnitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl TimeUnit {
    /// Returns the family of units that convert into each other, and this unit's size in the family's smallest.
    const fn factor(self) -> (u8, i64) {
        match self {
            Self::Microsecond => (0, 1),
            Self::Millisecond => (0, 1_000),
            Self::Second => (0, 1_000_000),
            Self::Minute => (0, 60_000_000),
            Self::Hour => (0, 3_600_000_000),
            Self::Day => (0, 86_400_000_000),
            Self::Week => (0, 604_800_000_000),
            Self::Month => (1, 1),
            Self::Quarter => (1, 3),
            Self::HalfYear => (1, 6),
            Self::Year => (1, 12),
            Self::WorkingDay => (2, 1),
            Self::Cycle => (3, 1),
        }
    }

    /// Returns the usual sign or short word.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Microsecond => "µs",
            Self::Millisecond => "ms",
            Self::Second => "s",
            Self::Minute => "min",
            Self::Hour => "h",
            Self::Day => "d",
            Self::Week => "weeks",
            Self::Month => "months",
            Self::Quarter => "quarters",
            Self::HalfYear => "half-years",
            Self::Year => "years",
            Self::WorkingDay => "working days",
            Self::Cycle => "cycles",
        }
    }
}

words!(TimeUnit {
    Microsecond => "microsecond",
    Millisecond => "millisecond",
    Second => "second",
    Minute => "minute",
    Hour => "hour",
    Day => "day",
    Week => "week",
    Month => "month",
    Quarter => "quarter",
    HalfYear => "half-year",
    Year => "year",
    WorkingDay => "working day",
    Cycle => "cycle",
});

impl ByteUnit {
    const fn factor(self) -> i64 {
        match self {
            Self::Byte => 1,
            Self::Kilobyte => 1_000,
            Self::Megabyte => 1_000_000,
            Self::Gigabyte => 1_000_000_000,
            Self::Terabyte => 1_000_000_000_000,
            Self::Kibibyte => 1 << 10,
            Self::Mebibyte => 1 << 20,
            Self::Gibibyte => 1 << 30,
            Self::Tebibyte => 1 << 40,
        }
    }
}

words!(ByteUnit {
    Byte => "B",
    Kilobyte => "kB",
    Megabyte => "MB",
    Gigabyte => "GB",
    Terabyte => "TB",
    Kibibyte => "KiB",
    Mebibyte => "MiB",
    Gibibyte => "GiB",
    Tebibyte => "TiB",
});

impl Unit {
    /// Returns `number` of this unit, counted in `other`; nothing where they don't convert.
    ///
    /// Counts, names and points of scales convert only into themselves, but a bare count and a named unit are
    /// the same number, and so are points and percent (a difference of percentages is in points).
    #[must_use]
    pub fn convert(&self, number: Number, other: &Self) -> Option<Number> {
        let (from, to) = match (self, other) {
            (a, b) if a == b => return Some(number),
            (Self::Duration(a), Self::Duration(b)) if a.factor().0 == b.factor().0 => (a.factor().1, b.factor().1),
            (Self::Bytes(a), Self::Bytes(b)) => (a.factor(), b.factor()),
            (Self::Count | Self::Named(_) | Self::Points, Self::Count | Self::Points)
            | (Self::Count | Self::Points, Self::Named(_))
            | (Self::Percent, Self::Points)
            | (Self::Points, Self::Percent) => (1, 1),
            _ => return None,
        };
        number.times(Number::whole(from))?.over(Number::whole(to))
    }

    /// Says whether numbers of this unit can be counted in `other`.
    #[must_use]
    pub fn converts_to(&self, other: &Self) -> bool {
        self.convert(Number::ZERO, other).is_some()
    }
}

impl fmt::Display for Per {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(unit) => f.write_str(unit.name()),
            Self::Thing(thing) => f.write_str(thing),
        }
    }
}

/// Shows the unit as the machine forms do: `count`, `%`, `points`, `min`, `USD`, `MiB`, `x`, or the name.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count => f.write_str("count"),
            Self::Percent => f.write_str("%"),
            Self::Points => f.write_str("points"),
            Self::Duration(unit) => f.write_str(unit.sign()),
            Self::Money(code) | Self::Named(code) => f.write_str(code),
            Self::Bytes(unit) => f.write_str(unit.name()),
            Self::Factor => f.write_str("x"),
        }
    }
}
