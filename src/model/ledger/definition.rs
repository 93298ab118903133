//! How a metric is computed, in one line that changes exactly when the answer could.
//!
//! In: a metric and the texts. Out: words. How an export is written (delimiters, encodings, date formats), how fresh it
//! should be, titles and descriptions are left out: they may change without moving a goalpost.

use crate::model::calendar::Window;
use crate::model::metric::{Column, Condition, DateColumn, Measure, Metric, MetricPlace, Query, RowQuery, Test};
use crate::model::quantity::Unit;
use crate::source::{Sources, Spanned};

/// Returns how a metric is computed in a window for a goal that counts in `unit`, where it counts in anything.
///
/// Exports that had ended before the window, or begin behind it, move no goalpost of it.
#[must_use]
pub fn definition(metric: &Metric, unit: Option<&Unit>, window: Window, sources: &Sources) -> String {
    let mut parts = match &metric.query {
        Query::RatioOfMetrics { of, to } => vec![format!("{} / {}", of.value, to.value)],
        Query::Rows(query) => rows_of_parts(metric, query, window, sources),
    };
    if let Some(days) = metric.window_days {
        parts.push(format!("over the last {days} days"));
    }
    if let Some(per) = &metric.per {
        parts.push(format!("per {per}"));
    }
    if let Some(every) = metric.every {
        parts.push(format!("due every {}", every.name()));
    }
    // A unit that a metric leaves out is that of its key results.
    if let Some(unit) = metric.unit.as_ref().map(|unit| &unit.value).or(unit).filter(|unit| **unit != Unit::Count) {
        parts.push(format!("in {unit}"));
    }
    if let Some(source) = &metric.source {
        parts.push(format!("by {}", source.value));
    }
    parts.join("; ")
}

/// Returns what the parts ask that tell of a window.
fn rows_of_parts(metric: &Metric, query: &RowQuery, window: Window, sources: &Sources) -> Vec<String> {
    let told = query.parts().filter(|(part, _)| part.start < window.end && window.start < part.end);
    let mut parts: Vec<String> = Vec::new();
    for (part, query) in told {
        if !parts.is_empty() {
            parts.push(format!("from {} on", part.start));
        }
        parts.extend(rows(metric, query, sources));
    }
    parts
}

fn rows(metric: &Metric, query: &RowQuery, sources: &Sources) -> Vec<String> {
    let aggregate = query.summed_by.unwrap_or(metric.aggregate).name();
    let what = match &query.measure {
        Measure::OnlyNumber => aggregate,
        Measure::Value(value) => format!("{aggregate} of {}", column(value)),
        Measure::Rows => format!("{aggregate} of rows"),
        Measure::Ratio { of, to } => format!("sum of {} / sum of {}", column(of), column(to)),
        Measure::Duration { from, to } => format!("{aggregate} of time from {} to {}", column(from), column(to)),
        Measure::Difference { column: of, minus } => format!("{aggregate} of {} less {}", column(of), column(minus)),
        Measure::Weighted { value, by } => format!("mean of {} weighted by {}", column(value), column(by)),
        Measure::Stock { from, until } => format!("{aggregate} of open from {} until {}", column(from), column(until)),
    };
    let mut parts = vec![what, files(metric, query, sources)];
    match &query.date {
        DateColumn::First => {}
        DateColumn::Column(date) => parts.push(format!("on {}", column(date))),
        DateColumn::Snapshot(day) => parts.push(format!("on {day}")),
        DateColumn::YearPart { year, part, .. } => parts.push(format!("on {} and {}", column(year), column(part))),
    }
    if let Some(grain) = query.grain {
        parts.push(format!("by {}", grain.name()));
    }
    if let Some(scale) = query.scale {
        parts.push(format!("times {scale}"));
    }
    if let Some(unique) = &query.unique_by {
        parts.push(format!("each {} once", column(unique)));
    }
    parts.extend(query.filter.iter().map(condition));
    if let Some(split) = &query.split {
        parts.push(format!("{} across {}", query.across.name(), column(split)));
    }
    if let Some(since) = &query.since {
        parts.push(format!("within {} days of {}", since.within_days, column(&since.column)));
    }
    parts
}

/// Returns the exports as the book names them: a new file of the same glob moves no goalpost.
fn files(metric: &Metric, query: &RowQuery, sources: &Sources) -> String {
    let named = query.files_span.map(|span| sources.text(span).trim()).filter(|text| !text.is_empty());
    match (named, &metric.place) {
        (Some(named), _) => named.trim_matches(['"', '\'']).to_owned(),
        (None, MetricPlace::Export(path)) => short(path).to_owned(),
        (None, MetricPlace::Defined(_)) => query.files.iter().map(|path| short(path)).collect::<Vec<_>>().join(", "),
    }
}

fn short(path: &str) -> &str {
    path.strip_prefix("metrics/").unwrap_or(path)
}

fn column(column: &Spanned<Column>) -> String {
    match &column.value {
        Column::Named(name) => name.to_string(),
        Column::Number(number) => format!("column {number}"),
    }
}

fn condition(condition: &Condition) -> String {
    let name = column(&condition.column);
    match &condition.test {
        Test::OneOf(texts) => format!("{name} is {}", texts.join(" or ")),
        Test::Range { from, to } => {
            let end = |word: &str, end: &Option<Spanned<String>>| {
                end.as_ref().map(|end| format!(" {word} {}", end.value)).unwrap_or_default()
            };
            format!("{name}{}{}", end("from", from), end("to", to))
        }
    }
}
