//! What a metric takes from a row, and how rows become one value.
//!
//! In: a metric's fields. Out: its measure and its aggregate, where the two fit.

use super::columns::Columns;
use super::misfits::clash;
use crate::diag::Diagnostic;
use crate::keys::metrics::{RATIO, STOCK, VALUE};
use crate::model::metric::{Aggregate, Column, Measure};
use crate::source::{Span, Spanned};
use crate::yaml::{Fields, Kind, Node, Reader};

/// The keys that say what is measured; a metric has one of them.
const KEYS: [&str; 4] = ["value", "stock", "count", "ratio"];

/// Returns what a metric takes from a row.
pub(super) fn read<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, columns: Columns) -> Option<Measure> {
    let given: Vec<(&str, Span)> = KEYS.iter().filter_map(|key| Some((*key, fields.get(key)?.span))).collect();
    if let [(first, first_span), (second, second_span), ..] = given[..] {
        let message = format!("`{first}` and `{second}` say two things to measure");
        clash(reader, first_span, second_span, &message, "keep one; two measures are two metrics");
        return None;
    }
    let weight = fields.get("weighted_by");
    if let Some(node) = fields.get("value") {
        let measure = if matches!(node.kind, Kind::Map(_)) {
            of_two_columns(reader, node, columns)?
        } else {
            Measure::Value(columns.read(reader, node, "`value`")?)
        };
        return match (measure, weight) {
            (measure, None) => Some(measure),
            (Measure::Value(value), Some(weight)) => {
                Some(Measure::Weighted { value, by: columns.read(reader, weight, "`weighted_by`")? })
            }
            (_, Some(weight)) => {
                clash(reader, node.span, weight.span, "only a single column can be weighted", "remove `weighted_by`");
                None
            }
        };
    }
    if let Some(weight) = weight {
        let diagnostic = Diagnostic::error("missing-key", weight.span, "a weight says nothing without what it weighs");
        reader.report(diagnostic.help("name the column with `value:`"));
        return None;
    }
    if let Some(node) = fields.get("stock") {
        let stock = reader.fields(node, STOCK)?;
        let mut end = |key: &str| column_of(reader, stock, columns, (key, "write `{ from: opened, until: closed }`"));
        let (from, until) = (end("from"), end("until"));
        return Some(Measure::Stock { from: from?, until: until? });
    }
    if let Some(node) = fields.get("count") {
        return reader.choice(node, "`count`", &[("rows", ())]).map(|_| Measure::Rows);
    }
    let Some(node) = fields.get("ratio") else { return Some(Measure::OnlyNumber) };
    let parts = reader.fields(node, RATIO)?;
    let mut part = |key: &str| column_of(reader, parts, columns, (key, "write `{ of: succeeded, to: attempts }`"));
    let (of, to) = (part("of"), part("to"));
    Some(Measure::Ratio { of: of?, to: to? })
}

/// Returns the time between two dates, or one number less another.
fn of_two_columns<'a>(reader: &mut Reader<'a>, node: &Node<'a>, columns: Columns) -> Option<Measure> {
    let fields = reader.fields(node, VALUE)?;
    let is_time = fields.get("from").is_some() || fields.get("to").is_some();
    let other =
        fields.get(if is_time { "column" } else { "from" }).or(fields.get(if is_time { "minus" } else { "to" }));
    if let Some(other) = other {
        let message = "a value is the time from one date to another, or one column less another";
        clash(reader, node.span, other.span, message, "keep `from` and `to`, or `column` and `minus`");
        return None;
    }
    let (keys, help) = if is_time {
        (["from", "to"], "write `{ from: opened, to: resolved }`")
    } else {
        (["column", "minus"], "write `{ column: amount, minus: refunded }`, or `{ from: opened, to: resolved }`")
    };
    let [first, second] = keys.map(|key| column_of(reader, fields, columns, (key, help)));
    let (first, second) = (first?, second?);
    Some(if is_time {
        Measure::Duration { from: first, to: second }
    } else {
        Measure::Difference { column: first, minus: second }
    })
}

/// Returns the column that a key of a mapping names, or reports that it is missing.
fn column_of<'a>(
    reader: &mut Reader<'a>,
    fields: Fields<'_, 'a>,
    columns: Columns,
    (key, help): (&str, &str),
) -> Option<Spanned<Column>> {
    let Some(node) = fields.get(key) else {
        let place = reader.first_line(fields.span);
        reader.report(
            Diagnostic::error("missing-key", place, format!("this {} has no `{key}`", fields.name())).help(help),
        );
        return None;
    };
    columns.read(reader, node, &format!("`{key}`"))
}

/// Returns what is measured and how rows become one value, where what is stated fits.
pub(super) fn with_aggregate<'a>(
    reader: &mut Reader<'a>,
    measure: Measure,
    stated: Option<Spanned<Aggregate>>,
    fields: Fields<'_, 'a>,
) -> Option<(Measure, Aggregate)> {
    if let (Measure::Weighted { .. }, Some(stated)) = (&measure, &stated)
        && stated.value != Aggregate::Mean
    {
        let diagnostic = Diagnostic::error("contradiction", stated, "only a mean has weights");
        reader.report(diagnostic.help("write `aggregate: mean`, or remove `weighted_by`"));
        return None;
    }
    if let (Measure::Stock { .. }, Some(stated)) = (&measure, &stated)
        && stated.value.is_flow()
    {
        let message = "what is open at each day's end adds up to nothing";
        let diagnostic = Diagnostic::error("contradiction", stated, message);
        reader.report(diagnostic.help("write `aggregate: last`, `mean` or `max`, or remove it"));
        return None;
    }
    // A weighted mean is kept as the sum of the weighted values over the sum of the weights.
    let stated = stated.filter(|_| !matches!(measure, Measure::Weighted { .. }));
    let aggregate = fitting(reader, &measure, stated, fields)?;
    let measure = if aggregate == Aggregate::Count { Measure::Rows } else { measure };
    Some((measure, aggregate))
}

fn fitting<'a>(
    reader: &mut Reader<'a>,
    measure: &Measure,
    stated: Option<Spanned<Aggregate>>,
    fields: Fields<'_, 'a>,
) -> Option<Aggregate> {
    let implied = match measure {
        Measure::Rows => Some(Aggregate::Count),
        Measure::Ratio { .. } | Measure::Weighted { .. } => Some(Aggregate::Ratio),
        Measure::OnlyNumber
        | Measure::Value(_)
        | Measure::Duration { .. }
        | Measure::Difference { .. }
        | Measure::Stock { .. } => None,
    };
    let place = KEYS.iter().find_map(|key| fields.get(key)).map(|node| node.span);
    match (implied, stated) {
        (Some(implied), Some(stated)) if implied != stated.value => {
            let what = if implied == Aggregate::Count { "`count: rows`" } else { "a ratio" };
            clash(
                reader,
                place.unwrap_or(stated.span),
                stated.span,
                &format!("{what} is its own aggregate"),
                "remove `aggregate`",
            );
            Some(implied)
        }
        (Some(implied), _) => Some(implied),
        (None, Some(stated)) if stated.value == Aggregate::Ratio => {
            let diagnostic = Diagnostic::error("missing-key", &stated, "a ratio needs its two parts");
            reader.report(diagnostic.help("write `ratio: { of: succeeded, to: attempts }` and remove `aggregate`"));
            None
        }
        (None, Some(stated)) if stated.value == Aggregate::Count && place.is_some() => {
            clash(
                reader,
                place.unwrap_or(stated.span),
                stated.span,
                "counting rows needs no `value`",
                "keep one of the two",
            );
            Some(Aggregate::Count)
        }
        (None, stated) => Some(stated.map_or(Aggregate::Last, |stated| stated.value)),
    }
}
