//! Aggregates: how a window's rows become one value, and several series one.

use super::quantity::Number;
use super::words::words;

/// How a window's rows become one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// The latest value.
    Last,
    /// The arithmetic mean.
    Mean,
    /// The sum.
    Sum,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// The number of rows.
    Count,
    /// Σof / Σto.
    Ratio,
    /// A percentile in hundredths (5000 is the median): linear interpolation between closest ranks
    /// (Hyndman and Fan 1996, type 7).
    Percentile(Percentile),
}

/// A percentile above 0 and below 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percentile(Number);

impl Percentile {
    /// Returns the percentile, or nothing where it isn't between 0 and 100.
    #[must_use]
    pub fn new(percent: Number) -> Option<Self> {
        (percent > Number::ZERO && percent < Number::whole(100)).then_some(Self(percent))
    }

    /// Returns the percentile as a number between 0 and 100.
    #[must_use]
    pub const fn percent(self) -> Number {
        self.0
    }
}

/// How several series become one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Across {
    /// The largest.
    #[default]
    Max,
    /// The smallest.
    Min,
    /// The arithmetic mean.
    Mean,
    /// The sum.
    Sum,
}

words!(Across { Max => "max", Min => "min", Mean => "mean", Sum => "sum" });

impl Aggregate {
    /// Says whether values add up over time (a sum or a count), so that half a quarter holds half of it.
    #[must_use]
    pub const fn is_flow(self) -> bool {
        matches!(self, Self::Sum | Self::Count)
    }

    /// Says whether values add up over a quarter: a sum or a count, unless each is of a trailing window.
    #[must_use]
    pub const fn adds_up(self, window_days: Option<i32>) -> bool {
        self.is_flow() && window_days.is_none()
    }

    /// Says whether a value speaks of rows as they are on average, so that it has no end and says nothing without rows.
    #[must_use]
    pub const fn divides(self) -> bool {
        matches!(self, Self::Mean | Self::Ratio | Self::Percentile(_))
    }

    /// The names of those that are no percentile.
    pub const NAMED: [(&'static str, Self); 7] = [
        ("last", Self::Last),
        ("mean", Self::Mean),
        ("sum", Self::Sum),
        ("min", Self::Min),
        ("max", Self::Max),
        ("count", Self::Count),
        ("ratio", Self::Ratio),
    ];

    /// Returns the name that a book writes: `last`, `p90`, `ratio`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Percentile(percentile) if percentile.0 == Number::whole(50) => "median".to_owned(),
            Self::Percentile(percentile) => format!("p{}", percentile.0.normal()),
            other => Self::NAMED.iter().find(|(_, known)| *known == other).map_or("", |(name, _)| name).to_owned(),
        }
    }

    /// Returns the aggregate of a name; nothing where it is none.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let percentile = |percent: Number| Percentile::new(percent).map(Self::Percentile);
        match name {
            "median" => percentile(Number::whole(50)),
            _ => match Self::NAMED.iter().find(|(known, _)| *known == name) {
                Some((_, aggregate)) => Some(*aggregate),
                None => name.strip_prefix('p').and_then(Number::parse).and_then(percentile),
            },
        }
    }
}
