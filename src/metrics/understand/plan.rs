//! How one metric reads one export.
//!
//! In: what the book states and what the export's cells tell. Out: places of columns and how their cells are written,
//! with no question left open.

use crate::metrics::cells::amount::Scale;
use crate::metrics::cells::number::Decimals;
use crate::metrics::read::sought::Texts;
use crate::metrics::split::record::Record;
use crate::model::calendar::Day;
use crate::model::lapse::Lapse;
use crate::model::quantity::{Number, TimeUnit};

/// A query with its places in one export.
pub(in crate::metrics) struct Bound {
    /// The metric's place in the group.
    pub(in crate::metrics) query: usize,
    /// The slot of the row's date.
    pub(in crate::metrics) date: usize,
    /// The slot of another date, and the days after it that count.
    pub(in crate::metrics) since: Option<(usize, i32)>,
    /// What cells must be.
    pub(in crate::metrics) filter: Vec<(usize, Check)>,
    /// The column that parts rows into series.
    pub(in crate::metrics) split: Option<usize>,
    /// What is taken from a row.
    pub(in crate::metrics) take: Take,
    /// The column that says what money the row's amount is in.
    pub(in crate::metrics) currencies: Option<usize>,
    /// The column that makes a row one.
    pub(in crate::metrics) unique: Option<usize>,
}

impl Bound {
    /// Says whether a row has the texts that the conditions ask for.
    #[inline]
    pub(in crate::metrics) fn has_texts(&self, record: &Record<'_>) -> bool {
        self.filter.iter().all(|(column, check)| match check {
            Check::OneOf(texts) => texts.has(record.text_bytes(*column)),
            Check::Numbers { .. } | Check::Days { .. } => true,
        })
    }

    /// Says whether the query asks for the texts of a column.
    pub(in crate::metrics) fn asks(&self, column: usize) -> bool {
        self.split == Some(column)
            || self.unique == Some(column)
            || self.filter.iter().any(|(own, check)| *own == column && matches!(check, Check::OneOf(_)))
    }

    /// Returns the column of bare numbers that is all that is taken of a row, where its conditions ask for texts only.
    #[inline]
    pub(in crate::metrics) fn plain(&self) -> Option<&NumberColumn> {
        let Self { since: None, split: None, currencies: None, unique: None, take: Take::Value(column), .. } = self
        else {
            return None;
        };
        let is_bare = column.times.is_none() && column.lapse.is_none();
        let asks_for_texts = self.filter.iter().all(|(_, check)| matches!(check, Check::OneOf(_)));
        (is_bare && asks_for_texts).then_some(column)
    }
}

/// What is taken from a row.
pub(in crate::metrics) enum Take {
    /// Nothing: the export has no rows to tell a column by.
    Nothing,
    /// The row itself.
    Rows,
    /// A number.
    Value(NumberColumn),
    /// Two numbers.
    Ratio(NumberColumn, NumberColumn),
    /// The time between the dates of two slots, counted in a unit.
    Duration {
        /// The slot of the beginning.
        from: usize,
        /// The slot of the end.
        to: usize,
        /// What it is counted in.
        unit: TimeUnit,
    },
    /// One number less another.
    Difference(NumberColumn, NumberColumn),
    /// A number and its weight.
    Weighted(NumberColumn, NumberColumn),
    /// The row itself, from its date until that of another slot.
    Stock(usize),
}

impl Take {
    /// Returns the columns of its numbers.
    pub(in crate::metrics) fn columns(&self) -> impl Iterator<Item = usize> {
        let two = match self {
            Self::Value(column) => [Some(column.column), None],
            Self::Ratio(a, b) | Self::Difference(a, b) | Self::Weighted(a, b) => [Some(a.column), Some(b.column)],
            Self::Nothing | Self::Rows | Self::Duration { .. } | Self::Stock(_) => [None, None],
        };
        two.into_iter().flatten()
    }
}

/// A column of numbers.
#[derive(Clone, Copy)]
pub(in crate::metrics) struct NumberColumn {
    /// Its place.
    pub(in crate::metrics) column: usize,
    /// What stands before decimals.
    pub(in crate::metrics) decimals: Decimals,
    /// What cells with units are counted in.
    pub(in crate::metrics) scale: Scale,
    /// What money its numbers are in.
    pub(in crate::metrics) currency: Option<&'static str>,
    /// What its numbers are multiplied by.
    pub(in crate::metrics) times: Option<Number>,
    /// How its durations are written, as the book says it.
    pub(in crate::metrics) lapse: Option<(Lapse, TimeUnit)>,
    /// Whether `-999` is a number here, because the book says which numbers count.
    pub(in crate::metrics) has_range: bool,
}

/// What a cell must be.
pub(in crate::metrics) enum Check {
    /// One of these texts, whose places are those in `Tracker::sought`.
    OneOf(Texts),
    /// A number between two ends.
    Numbers {
        /// Lower end.
        from: Option<Number>,
        /// Upper end.
        to: Option<Number>,
        /// What stands before decimals.
        decimals: Decimals,
    },
    /// A day between two ends.
    Days {
        /// First day.
        from: Option<Day>,
        /// Last day.
        to: Option<Day>,
        /// The slot of the date.
        slot: usize,
    },
}
