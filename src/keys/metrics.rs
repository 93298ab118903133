//! The keys of a metrics file.

use super::File;
use crate::model::goal::Better;
use crate::model::grain::Grain;
use crate::model::metric::{Across, Cadence};
use crate::yaml::{DAY, DURATION, Form, ID, IDS, Key, Shape, TEXTS, key};

/// `metrics.yaml`.
pub const FILE: File = File {
    name: "metrics",
    path: "metrics.yaml",
    doc: "Metrics by their ids: named questions to exports. Also `metrics/*.yaml`, beside the exports that they describe. \
          `nps:` alone and `nps: survey.csv` are definitions, too: the rest is detected.",
    form: Form::ByName("a metric's id", &Form::Either(&[Form::Text, Form::Of(&METRIC)])),
};

/// What stands in a cell.
const CELL: Form = Form::Either(&[Form::Text, Form::Number]);

/// A named question to exports.
pub const METRIC: Shape = Shape {
    name: "Metric",
    what: "a metric",
    doc: "A named question to exports. Only one of `value`, `count` and `ratio`.",
    keys: METRIC_KEYS,
};

const METRIC_KEYS: &[Key] = &[
    key("title", Form::Text, "What people call it.", "title: Checkout success rate").or("its id").slips(&["name"]),
    key("unit", Form::Text, "Its unit: `\"%\"`, `h`, `$`.", "unit: \"%\"")
        .or("the unit of the key result")
        .slips(&["units"]),
    key("better", Form::Choice(Better::NAMES), "Which way is better.", "better: lower").slips(&["direction"]),
    key("source", Form::Text, "Who measured it. Best somebody outside the team.", "source: payment gateway"),
    key("owner", Form::Text, "Who answers for it.", "owner: payments"),
    key("description", Form::Text, "A sentence about it.", "description: Paid orders of all that were begun"),
    key(
        "file",
        TEXTS,
        "The export's name in metrics/, a pattern, or a list; several are one series.",
        "file: incidents-*.csv",
    )
    .or("the export that is named as the metric: `ID.csv`")
    .slips(&["files", "path", "csv"]),
    key(
        "date",
        Form::Either(&[Form::Column, Form::Of(&DATE)]),
        "The column with the date, or year and month in columns of their own.",
        "date: opened_at",
    )
    .or("the first column that holds dates")
    .slips(&["dates"]),
    key(
        "grain",
        Form::Choice(Grain::NAMES),
        "How long a period a row speaks of, where dates are written as days: `2026-07-01` for July.",
        "grain: month",
    )
    .or("as its date is written: `2026-07`, `2026-W30`, `2026-Q3`"),
    key("value", Form::Column, "The column with the value.", "value: lead_hours")
        .or("the only one that holds numbers")
        .slips(&["column"]),
    key("count", Form::Choice(&["rows"]), "The rows themselves are counted.", "count: rows"),
    key(
        "ratio",
        Form::Of(&RATIO),
        "The sum of one column over the sum of another, or one metric over another; never a mean of ratios.",
        "ratio: { of: succeeded, to: attempts }",
    )
    .slips(&["formula"]),
    key(
        "where",
        Form::ByName("a column", &Form::Either(&[Form::OneOrMany(&CELL), Form::Of(&RANGE)])),
        "Which rows count: by column, a text, one of several texts, or a range. All conditions must hold.",
        "where: { severity: [P1, P2] }",
    )
    .or("all rows")
    .slips(&["filter"]),
    key(
        "aggregate",
        Form::Text,
        "How a window's rows become one value: `last`, `mean`, `median`, `sum`, `min`, `max`, `count`, or a percentile \
         such as `p90`.",
        "aggregate: p50",
    )
    .or("`last`")
    .slips(&["agg", "aggregation"]),
    key("window", DURATION, "A trailing window.", "window: 28 days").or("the quarter"),
    key("per", Form::Text, "What a sum or count is counted over: `quarter` or `month`.", "per: month"),
    key("fresh_within", DURATION, "After how long without data the value is stale.", "fresh_within: 3 days")
        .or("`stale_after` of okrbook.yaml")
        .slips(&["stale_after"]),
    key(
        "complete_through",
        Form::Either(&[DAY, Form::Choice(&["yesterday"])]),
        "Until which day silence means zero: a day, or `yesterday` where exports are fetched whole.",
        "complete_through: 2026-09-30",
    )
    .or("the export's last row; for lists of events, as long after it as they were ever silent"),
    key(
        "complete_from",
        DAY,
        "From which day on the export holds all rows, where it holds just as many as its tool exports at most.",
        "complete_from: 2026-07-01",
    ),
    key(
        "every",
        Form::Choice(Cadence::NAMES),
        "How often a value is due; a missing one then counts against a bound.",
        "every: day",
    )
    .slips(&["frequency", "cadence"]),
    key("split", Form::Column, "The column whose texts part the rows into series.", "split: dashboard")
        .slips(&["group_by"]),
    key("across", Form::Choice(Across::NAMES), "How several series become one value.", "across: max").or("`max`"),
    key(
        "since",
        Form::Of(&SINCE),
        "Rows count only within days of another date in the row.",
        "since: { column: launched_at, within: 7 days }",
    ),
    key("delimiter", Form::Text, "The sign between cells: `\";\"`, `tab`.", "delimiter: \";\"")
        .or("detected")
        .slips(&["separator", "sep"]),
    key("decimal", Form::Text, "The sign before decimals.", "decimal: \",\"").or("detected"),
    key("encoding", Form::Text, "The encoding.", "encoding: windows-1252").or("detected").slips(&["charset"]),
    key("date_format", Form::Text, "How dates are written.", "date_format: DD.MM.YYYY")
        .or("detected")
        .slips(&["format"]),
    key("skip_rows", Form::Count, "How many lines stand before the header.", "skip_rows: 3")
        .or("detected")
        .slips(&["skip"]),
    key("zone", Form::Written("a time zone", "Europe/Berlin"), "The zone of times without one.", "zone: Europe/Berlin")
        .or("the book's")
        .slips(&["timezone", "tz"]),
    key(
        "header",
        Form::Choice(&["none", "first"]),
        "`none` where the first row is data; columns are numbers then.",
        "header: none",
    )
    .or("`first`")
    .slips(&["headers"]),
    key("aliases", IDS, "Ids that it had before: their links and references lead to it.", "aliases: checkout-rate"),
];

/// Year and month in columns of their own.
pub const DATE: Shape =
    Shape { name: "YearMonth", what: "`date`", doc: "Year and month in columns of their own.", keys: DATE_KEYS };

const DATE_KEYS: &[Key] = &[
    key("year", Form::Column, "The year's column.", "date: { year: Year, month: Month }").needed().slips(&["years"]),
    key("month", Form::Column, "The month's column.", "date: { year: Year, month: Month }").slips(&["months"]),
    key("week", Form::Column, "The column of the ISO week, in place of `month`.", "date: { year: Year, week: Week }")
        .slips(&["weeks"]),
    key(
        "quarter",
        Form::Column,
        "The quarter's column, in place of `month`.",
        "date: { year: Year, quarter: Quarter }",
    )
    .slips(&["quarters"]),
];

/// A part of a ratio.
const PART: Form = Form::Either(&[Form::Column, Form::Of(&RATIO_PART)]);

/// One sum over another.
pub const RATIO: Shape = Shape { name: "Ratio", what: "`ratio`", doc: "One sum over another.", keys: RATIO_KEYS };

const RATIO_KEYS: &[Key] = &[
    key("of", PART, "What is divided: a column, or a metric.", "ratio: { of: succeeded, to: attempts }")
        .needed()
        .slips(&["numerator", "from", "part"]),
    key("to", PART, "By what: a column, or a metric.", "ratio: { of: { metric: bill }, to: { metric: orders } }")
        .needed()
        .slips(&["denominator", "total", "over"]),
];

/// Another metric.
pub const RATIO_PART: Shape =
    Shape { name: "MetricPart", what: "a part of `ratio`", doc: "Another metric.", keys: RATIO_PART_KEYS };

const RATIO_PART_KEYS: &[Key] =
    &[key("metric", ID, "The metric's id.", "{ metric: aws-bill }").needed().slips(&["id"])];

/// Between two ends, both inside.
pub const RANGE: Shape =
    Shape { name: "Range", what: "a condition", doc: "Between two ends, both inside.", keys: RANGE_KEYS };

const RANGE_KEYS: &[Key] = &[
    key("from", CELL, "The lower end.", "where: { age: { from: 18 } }").slips(&["min", "after", "at_least"]),
    key("to", CELL, "The upper end.", "where: { age: { from: 18, to: 65 } }").slips(&["max", "before", "at_most"]),
];

/// Days after another date of the row.
pub const SINCE: Shape =
    Shape { name: "Since", what: "`since`", doc: "Days after another date of the row.", keys: SINCE_KEYS };

const SINCE_KEYS: &[Key] = &[
    key("column", Form::Column, "The other date's column.", "since: { column: launched_at, within: 7 days }")
        .needed()
        .slips(&["date"]),
    key("within", DURATION, "How long after it rows count.", "since: { column: launched_at, within: 7 days }")
        .needed()
        .slips(&["days", "window"]),
];
