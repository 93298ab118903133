//! The form of a metrics file.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::{Amount, Better, OneOrMany};

/// Metrics by their ids: named questions to exports.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub(super) struct MetricsFile(BTreeMap<String, FileOrMetric>);

#[derive(JsonSchema)]
#[schemars(untagged)]
enum FileOrMetric {
    /// The export's name; the rest is detected.
    File(Option<String>),
    /// The metric with its keys.
    Metric(Box<Metric>),
}

/// A named question to exports. Only one of `value`, `count` and `ratio`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Metric {
    /// What people call it.
    title: Option<String>,
    /// Its unit: `"%"`, `h`, `$`. Default: the unit of the key result.
    unit: Option<String>,
    /// Which way is better.
    better: Option<Better>,
    /// Who measured it. Best somebody outside the team.
    source: Option<String>,
    /// Who answers for it.
    owner: Option<String>,
    /// A sentence about it.
    description: Option<String>,
    /// The export's name in metrics/, a pattern (`incidents-*.csv`) or a list; several are one series. Default: ID.csv.
    file: Option<OneOrMany>,
    /// The column with the date, or `{ year: Year, month: Month }`. Default: the first column that holds dates.
    date: Option<ColumnOrMonth>,
    /// The column with the value. Default: the only one that holds numbers.
    value: Option<ColumnName>,
    /// `rows`: the rows themselves are counted.
    count: Option<CountRows>,
    /// The sum of one column over the sum of another, or one metric over another.
    ratio: Option<Ratio>,
    /// Which rows count: by column, a text, a list of texts, or `{ from:, to: }`.
    #[schemars(rename = "where")]
    conditions: Option<BTreeMap<String, Condition>>,
    /// How a window's rows become one value: `last` (default), `mean`, `median`, `sum`, `min`, `max`, `count`, `p90`.
    aggregate: Option<String>,
    /// A trailing window: `28 days`. Default: the quarter.
    window: Option<String>,
    /// What a sum or count is counted over: `quarter` or `month`.
    per: Option<String>,
    /// After how long without data the value is stale: `3 days`.
    fresh_within: Option<String>,
    /// Until which day silence means zero. Default: the export's last row.
    complete_through: Option<String>,
    /// How often a value is due; a missing one then counts against a bound.
    every: Option<Every>,
    /// The column whose texts part the rows into series.
    split: Option<ColumnName>,
    /// How several series become one value. Default: `max`.
    across: Option<Across>,
    /// Rows count only within days of another date in the row.
    since: Option<Since>,
    /// The sign between cells: `";"`, `tab`. Default: detected.
    delimiter: Option<String>,
    /// The sign before decimals: `","`. Default: detected.
    decimal: Option<String>,
    /// The encoding: `windows-1252`. Default: detected.
    encoding: Option<String>,
    /// How dates are written: `DD.MM.YYYY`, `unix`. Default: detected.
    date_format: Option<String>,
    /// How many lines stand before the header. Default: detected.
    skip_rows: Option<u32>,
    /// The zone of times without one: `Europe/Berlin`. Default: the book's.
    zone: Option<String>,
    /// `none` where the first row is data; columns are numbers then.
    header: Option<Header>,
    /// Ids that it had before: their links and references lead to it.
    aliases: Option<OneOrMany>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum CountRows {
    Rows,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Every {
    Day,
    Weekday,
    Week,
    Month,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Across {
    Max,
    Min,
    Mean,
    Sum,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Header {
    None,
    First,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum ColumnName {
    /// The column's header.
    Header(String),
    /// The column's number, from 1, where there is no header.
    Number(u32),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum ColumnOrMonth {
    /// One column.
    Column(ColumnName),
    /// Year and month in columns of their own.
    YearMonth(YearMonth),
}

/// Year and month in columns of their own.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct YearMonth {
    /// The year's column.
    year: ColumnName,
    /// The month's column.
    month: ColumnName,
}

/// One sum over another.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Ratio {
    /// What is divided: a column, or `{ metric: ID }`.
    of: RatioPart,
    /// By what: a column, or `{ metric: ID }`.
    to: RatioPart,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum RatioPart {
    /// A column.
    Column(ColumnName),
    /// A metric.
    Metric(MetricPart),
}

/// Another metric.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct MetricPart {
    /// The metric's id.
    metric: String,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Condition {
    /// The cell's text.
    Equal(Amount),
    /// One of these texts.
    OneOf(Vec<Amount>),
    /// Between two ends, both inside.
    Range(Range),
}

/// Between two ends, both inside.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Range {
    /// The lower end.
    from: Option<Amount>,
    /// The upper end.
    to: Option<Amount>,
}

/// Days after another date of the row.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Since {
    /// The other date's column.
    column: ColumnName,
    /// How long after it rows count: `7 days`.
    within: String,
}
