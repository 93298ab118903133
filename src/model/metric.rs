//! Metric definitions: named queries over exports.

use std::sync::Arc;

pub use super::aggregate::{Across, Aggregate, Percentile};
use super::calendar::{Day, Window};
use super::goal::Better;
use super::grain::{Grain, RowGrain};
use super::ids::Slug;
use super::quantity::{Number, Per, Unit};
use super::words::words;
use crate::source::{Span, Spanned};

/// A named query over exports, with all that is said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Its name for ever.
    pub id: Slug,
    /// What people call it; the id where the book doesn't say.
    pub title: String,
    /// Where it is defined; the export itself where the book defines nothing.
    pub place: MetricPlace,
    /// Its unit; that of the key result where the book doesn't say.
    pub unit: Option<Spanned<Unit>>,
    /// Which way is better, where the book says.
    pub better: Option<Better>,
    /// Who measured it.
    pub source: Option<Spanned<String>>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// Where its numbers come from.
    pub query: Query,
    /// How a window's rows become one value.
    pub aggregate: Aggregate,
    /// A trailing window in days; the quarter where there is none.
    pub window_days: Option<i32>,
    /// What a flow is counted over: per quarter or per month.
    pub per: Option<Per>,
    /// After how many days without data the value is stale.
    pub fresh_within: Option<i32>,
    /// Up to which day silence means zero.
    pub complete_through: Option<Through>,
    /// From which day on exports hold all rows.
    pub complete_from: Option<Day>,
    /// How often a value is due; a missing one counts against a hold.
    pub every: Option<Cadence>,
    /// Earlier ids, whose links lead here.
    pub aliases: Vec<Spanned<Slug>>,
}

impl Metric {
    /// Returns a metric that nothing describes.
    #[must_use]
    pub fn bare(id: Slug, place: MetricPlace, query: Query, aggregate: Aggregate) -> Self {
        Self {
            title: id.as_str().to_owned(),
            id,
            place,
            unit: None,
            better: None,
            source: None,
            owner: None,
            description: None,
            query,
            aggregate,
            window_days: None,
            per: None,
            fresh_within: None,
            complete_through: None,
            complete_from: None,
            every: None,
            aliases: Vec::new(),
        }
    }
}

impl Metric {
    /// Says whether its definition states its unit, and not a key result that it measures.
    #[must_use]
    pub fn states_its_unit(&self) -> bool {
        let unit = self.unit.as_ref();
        matches!((&self.place, unit), (MetricPlace::Defined(own), Some(unit)) if own.file == unit.span.file)
    }

    /// Returns the exports that it asks; none where it is made of other metrics.
    pub fn exports(&self) -> impl Iterator<Item = &Arc<str>> {
        let rows = match &self.query {
            Query::Rows(rows) => Some(rows),
            Query::RatioOfMetrics { .. } => None,
        };
        rows.into_iter().flat_map(|rows| rows.all_files())
    }

    /// Says whether a metrics file defines it.
    #[must_use]
    pub const fn is_defined(&self) -> bool {
        matches!(self.place, MetricPlace::Defined(_))
    }
}

/// Where a metric comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetricPlace {
    /// A definition in a metrics file: the span of its id.
    Defined(Span),
    /// An export named like the metric, with no definition: its path in the book.
    Export(Arc<str>),
}

/// Up to which day silence means zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Through {
    /// Up to a day.
    Day(Day),
    /// Up to the day before the one that is judged: exports are fetched whole.
    Yesterday,
    /// Up to the day through which the receipt of a pull calls the export complete.
    Pulled(Day),
}

impl Through {
    /// Returns the day, as of another one.
    #[must_use]
    pub const fn day(self, as_of: Day) -> Day {
        match self {
            Self::Day(day) | Self::Pulled(day) => day,
            Self::Yesterday => as_of.plus(-1),
        }
    }
}

/// How often a value is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// Every day.
    Day,
    /// Monday to Friday.
    Weekday,
    /// Every seven days.
    Week,
    /// Every calendar month.
    Month,
}

words!(Cadence { Day => "day", Weekday => "weekday", Week => "week", Month => "month" });

/// Where a metric's numbers come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// The rows of one or more exports.
    Rows(Box<RowQuery>),
    /// One metric's value over another's.
    RatioOfMetrics {
        /// Numerator.
        of: Spanned<Slug>,
        /// Denominator.
        to: Spanned<Slug>,
    },
}

/// A question to the rows of exports.
#[derive(Debug, Clone, PartialEq)]
pub struct RowQuery {
    /// Paths of the exports inside the book (`metrics/checkout.csv`), sorted; several are one series.
    pub files: Vec<Arc<str>>,
    /// Where the files are named, for messages.
    pub files_span: Option<Span>,
    /// What is known of the files' format; the rest is detected.
    pub dialect: Dialect,
    /// Where the date stands.
    pub date: DateColumn,
    /// How long a period a row speaks of; as its date is written where the book doesn't say.
    pub grain: Option<RowGrain>,
    /// What is taken from a row.
    pub measure: Measure,
    /// Conditions that all must hold for a row to count.
    pub filter: Vec<Condition>,
    /// The column whose values part the rows into series.
    pub split: Option<Spanned<Column>>,
    /// How several series become one value.
    pub across: Across,
    /// Rows count only within days of another date in the row.
    pub since: Option<Since>,
    /// What numbers are multiplied by.
    pub scale: Option<Number>,
    /// The column that makes a row one: rows with the same text in it count once.
    pub unique_by: Option<Spanned<Column>>,
    /// How the rows of a snapshot become the value of its day, where they are counted or added up.
    pub summed_by: Option<Aggregate>,
    /// Exports that this one went on from, each with its last day, oldest first.
    pub earlier: Vec<Earlier>,
}

/// A question to exports that others went on from: the tool changed, or its columns did.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// The last day of which they tell.
    pub until: Day,
    /// The question.
    pub rows: RowQuery,
}

impl RowQuery {
    /// Returns the questions that make the metric, oldest first, each with the days of which it tells.
    pub fn parts(&self) -> impl Iterator<Item = (Window, &Self)> {
        let ends = self.earlier.iter().map(|part| part.until.plus(1));
        let starts = std::iter::once(Day::MIN).chain(ends.clone());
        let windows = starts.zip(ends.chain([Day::MAX])).map(|(start, end)| Window { start, end });
        windows.zip(self.earlier.iter().map(|part| &part.rows).chain([self]))
    }

    /// Returns the exports that all parts ask.
    pub fn all_files(&self) -> impl Iterator<Item = &Arc<str>> {
        self.parts().flat_map(|(_, part)| &part.files)
    }

    /// Returns the query of which only the files are known: the one column of numbers, by the first one of dates.
    #[must_use]
    pub fn of_files(files: Vec<Arc<str>>, files_span: Option<Span>) -> Self {
        Self {
            files,
            files_span,
            dialect: Dialect::default(),
            date: DateColumn::First,
            grain: None,
            measure: Measure::OnlyNumber,
            filter: Vec::new(),
            split: None,
            across: Across::Max,
            since: None,
            scale: None,
            unique_by: None,
            summed_by: None,
            earlier: Vec::new(),
        }
    }
}

/// What a book says about an export's format; `None` is "detect it".
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Dialect {
    /// The byte between cells.
    pub delimiter: Option<u8>,
    /// The character before decimals.
    pub decimal: Option<char>,
    /// An encoding's label (WHATWG Encoding Standard).
    pub encoding: Option<String>,
    /// How dates are written, in `YYYY`, `YY`, `MM`, `M`, `MMM`, `DD`, `D`, `hh`, `mm`, `ss`, `A`, or `unix`, `unix-ms`,
    /// `excel` (days since 1899-12-30).
    pub date_format: Option<String>,
    /// How durations are written: `h:mm`, `mm:ss`.
    pub duration_format: Option<String>,
    /// Lines before the header.
    pub skip_rows: Option<u32>,
    /// The zone of times without an offset (IANA name or offset).
    pub zone: Option<String>,
    /// False where the first row is data.
    pub no_header: bool,
}

/// A column by its header, or by its number from 1 where there is no header.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Column {
    /// The header's text.
    Named(Arc<str>),
    /// From 1.
    Number(usize),
}

/// Where a row's date stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateColumn {
    /// The first column whose cells are dates.
    First,
    /// One column.
    Column(Spanned<Column>),
    /// No column: all rows show how things stood on this day.
    Snapshot(Day),
    /// A year, and a month, week or quarter of it, in columns of their own.
    YearPart {
        /// The year's column.
        year: Spanned<Column>,
        /// The column of the month, week or quarter.
        part: Spanned<Column>,
        /// Which of them it is.
        grain: Grain,
    },
}

/// What is taken from a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// The only number column.
    OnlyNumber,
    /// A number from a column.
    Value(Spanned<Column>),
    /// The row itself.
    Rows,
    /// Two numbers, whose sums are divided.
    Ratio {
        /// Numerator.
        of: Spanned<Column>,
        /// Denominator.
        to: Spanned<Column>,
    },
    /// The time from one date of the row to another.
    Duration {
        /// Where it begins.
        from: Spanned<Column>,
        /// Where it ends; an empty cell says that it hasn't.
        to: Spanned<Column>,
    },
    /// One number less another, of which an empty cell is none.
    Difference {
        /// The number.
        column: Spanned<Column>,
        /// What is taken from it.
        minus: Spanned<Column>,
    },
    /// A number with its weight in the mean.
    Weighted {
        /// The number.
        value: Spanned<Column>,
        /// Its weight.
        by: Spanned<Column>,
    },
    /// Each row from one date to another: how many there are at the end of each day.
    Stock {
        /// From which day on it is there.
        from: Spanned<Column>,
        /// On which day it is there no more; an empty cell says that it still is.
        until: Spanned<Column>,
    },
}

/// A condition on one column of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The column.
    pub column: Spanned<Column>,
    /// What its cell must be.
    pub test: Test,
}

/// What a cell must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// One of these texts, compared without surrounding spaces.
    OneOf(Vec<String>),
    /// A number or date between two ends, both inside.
    Range {
        /// Lower end.
        from: Option<Spanned<String>>,
        /// Upper end.
        to: Option<Spanned<String>>,
    },
}

/// A limit on the days between another date of the row and the row's date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The other date's column.
    pub column: Spanned<Column>,
    /// Days after it that still count; day 0 is the other date itself.
    pub within_days: i32,
}

/// Returns what a metric's values are multiplied by: 100 for ratios in %.
#[must_use]
pub fn factor_of(metric: &Metric) -> Number {
    let percent = metric.unit.as_ref().is_some_and(|unit| unit.value == Unit::Percent);
    let is_ratio = match &metric.query {
        Query::RatioOfMetrics { .. } => true,
        Query::Rows(rows) => matches!(rows.measure, Measure::Ratio { .. }),
    };
    if percent && is_ratio { Number::whole(100) } else { Number::ONE }
}
