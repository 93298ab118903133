//! The keys of a metrics file.

use super::File;
use crate::model::goal::Better;
use crate::model::grain::RowGrain;
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

/// The keys of a metric, in the order in which they are told.
const METRIC_KEYS: &[Key] = &chained::<
    {
        ABOUT.len()
            + QUESTION.len()
            + PULLED.len()
            + PARTS.len()
            + WINDOW.len()
            + SERIES.len()
            + FORMAT.len()
            + NAMES.len()
    },
>(&[ABOUT, QUESTION, PULLED, PARTS, WINDOW, SERIES, FORMAT, NAMES]);

/// Where the export is fetched from.
const PULLED: &[Key] = &[key(
    "pull",
    Form::Of(&PULL),
    "The query that fills the export, and the connection that answers it: `okrbook pull` asks it there and writes the file.",
    "pull: { connection: shop, query: metrics/checkout.sql }",
)];

/// A query that fills an export.
pub const PULL: Shape = Shape {
    name: "Pull",
    what: "`pull`",
    doc: "A query that fills the metric's export, a row a day and series. Builds read the file only.",
    keys: PULL_KEYS,
};

const PULL_KEYS: &[Key] = &[
    key(
        "connection",
        Form::Written("a connection's name: a–z, 0–9 and `-`", "shop"),
        "The name of a connection. Driver, address and secrets stand in your own profile of that name, never in the book.",
        "connection: shop",
    )
    .needed()
    .slips(&["database", "engine", "profile"]),
    key("query", Form::Text, "The query, or the file under metrics/ that holds it.", "query: metrics/checkout.sql")
        .slips(&["sql"]),
    key(
        "since",
        Form::Either(&[DURATION, DAY]),
        "From when on it is asked, where the query has a place for a day: `$1` or `?`.",
        "since: 3 years",
    )
    .or("`2 years`"),
    key("max_rows", Form::Count, "The most rows that are taken home; raw tables are refused.", "max_rows: 20000")
        .or("5000")
        .slips(&["limit"]),
];

/// Exports that went on from each other.
const PARTS: &[Key] = &[key(
    "parts",
    Form::List(&Form::Of(&PART)),
    "Exports that went on from each other, oldest first: another tool, or other columns. One metric, with a mark where they \
     meet.",
    "parts:\n  - { until: 2025-04-30, file: old.csv, value: rate }\n  - { file: new.csv, value: pct }",
)];

/// An export that another one went on from.
pub const PART: Shape = Shape {
    name: "Part",
    what: "a part",
    doc: "An export of a metric that others go on from, or that goes on from others.",
    keys: &chained::<{ END.len() + QUESTION.len() + SERIES.len() + FORMAT.len() }>(&[END, QUESTION, SERIES, FORMAT]),
};

const END: &[Key] =
    &[key("until", DAY, "The last day of which this part tells; the newest one has none.", "until: 2025-04-30")];

/// What is known of a metric.
const ABOUT: &[Key] = &[
    key("title", Form::Text, "What people call it.", "title: Checkout success rate").or("its id").slips(&["name"]),
    key("unit", Form::Text, "Its unit: `\"%\"`, `h`, `$`.", "unit: \"%\"")
        .or("the unit of the key result")
        .slips(&["units"]),
    key("better", Form::Choice(Better::NAMES), "Which way is better.", "better: lower").slips(&["direction"]),
    key("source", Form::Text, "Who measured it. Best somebody outside the team.", "source: payment gateway"),
    key("owner", Form::Text, "Who answers for it.", "owner: payments"),
    key("description", Form::Text, "A sentence about it.", "description: Paid orders of all that were begun"),
];

/// What is asked of exports.
const QUESTION: &[Key] = &[
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
        Form::Choice(RowGrain::NAMES),
        "How long a period a row speaks of, where dates are written as days: `2026-07-01` for July. A week begins with its date; with `week-ending`, and where the column is called so, it ends with it.",
        "grain: month",
    )
    .or("as its date is written: `2026-07`, `2026-W30`, `2026-Q3`"),
    key(
        "snapshot",
        DAY,
        "The day on which all rows show how things stood: the export has no dates.",
        "snapshot: 2026-09-30",
    ),
    key(
        "value",
        Form::Either(&[Form::Column, Form::Of(&VALUE)]),
        "The column with the value; or the time from one date to another, or one column less another.",
        "value: { from: opened, to: resolved }",
    )
    .or("the only one that holds numbers")
    .slips(&["column"]),
    key(
        "weighted_by",
        Form::Column,
        "The column with the weight of each value in the mean.",
        "weighted_by: impressions",
    ),
    key("scale", Form::Number, "What values are multiplied by: 100 where 0.12 stands for 12 %.", "scale: 100").or("1"),
    key(
        "stock",
        Form::Of(&STOCK),
        "How many rows are open at the end of each day.",
        "stock: { from: opened, until: closed }",
    ),
    key(
        "unique_by",
        Form::Column,
        "The column that makes a row one, where exports overlap: of rows with the same text in it the newest counts, whatever it says.",
        "unique_by: Issue key",
    ),
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
];

/// How a window's rows become one value, and how far they reach.
const WINDOW: &[Key] = &[
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
    key(
        "per",
        Form::Text,
        "What a sum or count is counted over: `quarter`, `month`, or `cycle` for the whole of it, however long it is.",
        "per: month",
    ),
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
];

/// Which rows are a series, and which count.
const SERIES: &[Key] = &[
    key("split", Form::Column, "The column whose texts part the rows into series.", "split: dashboard")
        .slips(&["group_by"]),
    key("across", Form::Choice(Across::NAMES), "How several series become one value.", "across: max").or("`max`"),
    key(
        "since",
        Form::Of(&SINCE),
        "Rows count only within days of another date in the row.",
        "since: { column: launched_at, within: 7 days }",
    ),
];

/// How exports are written.
const FORMAT: &[Key] = &[
    key("delimiter", Form::Text, "The sign between cells: `\";\"`, `tab`.", "delimiter: \";\"")
        .or("detected")
        .slips(&["separator", "sep"]),
    key("decimal", Form::Text, "The sign before decimals.", "decimal: \",\"").or("detected"),
    key("encoding", Form::Text, "The encoding.", "encoding: windows-1252").or("detected").slips(&["charset"]),
    key("date_format", Form::Text, "How dates are written.", "date_format: DD.MM.YYYY")
        .or("detected")
        .slips(&["format"]),
    key("duration_format", Form::Text, "How durations are written: `h:mm`, `mm:ss`.", "duration_format: \"h:mm\"")
        .or("with units, or as hours, minutes and seconds"),
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
];

/// What it was called before.
const NAMES: &[Key] =
    &[key("aliases", IDS, "Ids that it had before: their links and references lead to it.", "aliases: checkout-rate")];

/// Returns several lists of keys as one.
const fn chained<const N: usize>(lists: &[&[Key]]) -> [Key; N] {
    let mut keys = [key("", Form::Text, "", ""); N];
    let (mut list, mut place) = (0, 0);
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            keys[place] = lists[list][at];
            (at, place) = (at + 1, place + 1);
        }
        list += 1;
    }
    keys
}

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

/// The time between two dates, or one column less another.
pub const VALUE: Shape = Shape {
    name: "Value",
    what: "`value`",
    doc: "The time between two dates of a row, or one of its numbers less another.",
    keys: VALUE_KEYS,
};

const VALUE_KEYS: &[Key] = &[
    key("from", Form::Column, "The date at which the time begins.", "value: { from: opened, to: resolved }")
        .slips(&["start", "begin"]),
    key("to", Form::Column, "The date at which it ends.", "value: { from: opened, to: resolved }")
        .slips(&["end", "until"]),
    key("column", Form::Column, "The number.", "value: { column: amount, minus: refunded }").slips(&["of"]),
    key(
        "minus",
        Form::Column,
        "What is taken from it; an empty cell takes nothing.",
        "value: { column: amount, minus: refunded }",
    )
    .slips(&["less", "without"]),
];

/// Rows that are there from one date to another.
pub const STOCK: Shape =
    Shape { name: "Stock", what: "`stock`", doc: "Rows that are there from one date until another.", keys: STOCK_KEYS };

const STOCK_KEYS: &[Key] = &[
    key("from", Form::Column, "From when on a row is there.", "stock: { from: opened, until: closed }")
        .needed()
        .slips(&["start", "opened"]),
    key(
        "until",
        Form::Column,
        "Until when; an empty cell says that it still is.",
        "stock: { from: opened, until: closed }",
    )
    .needed()
    .slips(&["to", "end", "closed"]),
];

/// A part of a ratio.
const TERM: Form = Form::Either(&[Form::Column, Form::Of(&RATIO_PART)]);

/// One sum over another.
pub const RATIO: Shape = Shape { name: "Ratio", what: "`ratio`", doc: "One sum over another.", keys: RATIO_KEYS };

const RATIO_KEYS: &[Key] = &[
    key("of", TERM, "What is divided: a column, or a metric.", "ratio: { of: succeeded, to: attempts }")
        .needed()
        .slips(&["numerator", "from", "part"]),
    key("to", TERM, "By what: a column, or a metric.", "ratio: { of: { metric: bill }, to: { metric: orders } }")
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
