//! What a metric asks of its exports: files, date, measure, conditions.
//!
//! In: a metric's fields. Out: its query and aggregate, or nothing where it can't be asked.

use std::sync::Arc;

use super::aggregate::aggregate;
use super::columns::Columns;
use super::exports::Exports;
use super::misfits::clash;
use super::{dialect, measure, parts, pull, words};
use crate::diag::Diagnostic;
use crate::keys::metrics::{DATE, RANGE, RATIO, RATIO_PART, SINCE};
use crate::model::grain::{Grain, RowGrain};
use crate::model::ids::Slug;
use crate::model::metric::{Across, Aggregate, Condition, DateColumn, Query, RowQuery, Since, Test};
use crate::source::{Span, Spanned};
use crate::yaml::{Fields, Kind, Node, Reader};

/// Returns a metric's query, and how its rows become one value.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    fields: Fields<'_, 'a>,
    id: &Spanned<Slug>,
    exports: &Exports,
) -> Option<(Query, Aggregate)> {
    let asked = fields.get("aggregate");
    let stated = asked.and_then(|node| aggregate(reader, node));
    if let Some(query) = fields.get("ratio").and_then(|node| ratio_of_metrics(reader, node)) {
        alone(reader, fields, stated.as_ref());
        return Some((query?, Aggregate::Ratio));
    }
    let measured = match fields.get("parts") {
        Some(node) => {
            parts::stand_alone(reader, fields, node);
            let part =
                |reader: &mut Reader<'a>, part: Fields<'_, 'a>| rows(reader, part, (id, exports), stated.clone());
            parts::read(reader, node, part)
        }
        None if pull::is_missing(reader, fields, id, exports) => None,
        None => rows(reader, fields, (id, exports), stated.clone()),
    };
    let (rows, aggregate) = measured.filter(|_| asked.is_none() || stated.is_some())?;
    Some((Query::Rows(Box::new(rows)), aggregate))
}

/// Returns what a metric, or a part of it, asks of its export.
fn rows<'a>(
    reader: &mut Reader<'a>,
    fields: Fields<'_, 'a>,
    (id, exports): (&Spanned<Slug>, &Exports),
    stated: Option<Spanned<Aggregate>>,
) -> Option<(RowQuery, Aggregate)> {
    let dialect = dialect::read(reader, fields);
    let columns = Columns { numbered: dialect.no_header };
    let measure = measure::read(reader, fields, columns)?;
    let (measure, aggregate) = measure::with_aggregate(reader, measure, stated, fields)?;
    let (files, files_span) = match fields.get("file") {
        Some(node) => (files(reader, node, exports), Some(node.span)),
        None => (default_file(reader, id, exports).into_iter().collect(), None),
    };
    if files.is_empty() {
        return None;
    }
    let date = dated(reader, fields, columns)?;
    // How things stood on a day is a state, which no later day adds to.
    let is_state = matches!(date, DateColumn::Snapshot(_)) && aggregate.is_flow();
    let (summed_by, aggregate) = if is_state { (Some(aggregate), Aggregate::Last) } else { (None, aggregate) };
    let rows = RowQuery {
        files,
        files_span,
        dialect,
        date,
        grain: fields
            .get("grain")
            .and_then(|node| reader.choice(node, "`grain`", RowGrain::WORDS))
            .map(|grain| grain.value),
        measure,
        filter: fields.get("where").map(|node| conditions(reader, node, columns)).unwrap_or_default(),
        split: fields.get("split").and_then(|node| columns.read(reader, node, "`split`")),
        across: across(reader, fields),
        since: fields.get("since").and_then(|node| since(reader, node, columns)),
        scale: fields.get("scale").and_then(|node| reader.number(node, "`scale`")).map(|scale| scale.value),
        unique_by: fields.get("unique_by").and_then(|node| columns.read(reader, node, "`unique_by`")),
        summed_by,
        earlier: Vec::new(),
    };
    Some((rows, aggregate))
}

/// Returns the query of a metric of which nothing is said: the export with its name.
pub(super) fn default_rows(reader: &mut Reader<'_>, id: &Spanned<Slug>, exports: &Exports) -> Option<Query> {
    default_file(reader, id, exports).map(|path| only_file(vec![path], None))
}

/// Returns the query of a metric of which only the file is said.
pub(super) fn rows_of<'a>(reader: &mut Reader<'a>, node: &Node<'a>, exports: &Exports) -> Option<Query> {
    let files = files(reader, node, exports);
    (!files.is_empty()).then(|| only_file(files, Some(node.span)))
}

/// Returns the query of which only the files are known.
pub(super) fn only_file(files: Vec<Arc<str>>, files_span: Option<Span>) -> Query {
    Query::Rows(Box::new(RowQuery::of_files(files, files_span)))
}

fn default_file(reader: &mut Reader<'_>, id: &Spanned<Slug>, exports: &Exports) -> Option<Arc<str>> {
    let path = exports.named(id.value.as_str()).cloned();
    if path.is_none() {
        let message = format!("the metric `{}` names no file, and there is no metrics/{}.csv", id.value, id.value);
        reader.report(Diagnostic::error("no-file", id, message).help("add `file:` with the name of its export"));
    }
    path
}

fn files<'a>(reader: &mut Reader<'a>, node: &Node<'a>, exports: &Exports) -> Vec<Arc<str>> {
    let mut files = Vec::new();
    for item in node.items() {
        if let Some(name) = reader.text(item, "`file`") {
            files.extend(exports.find(reader, &name));
        }
    }
    files.sort();
    files.dedup();
    files
}

/// Returns the query where `ratio` is one of metrics; the inner nothing says that it is one with faults.
fn ratio_of_metrics<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Option<Query>> {
    if !pull::is_ratio_of_metrics(node) {
        return None;
    }
    let fields = reader.fields(node, RATIO)?;
    let mut part = |key: &str| {
        let Some(node) = fields.get(key) else {
            let place = reader.first_line(fields.span);
            reader.report(
                Diagnostic::error("missing-key", place, format!("this ratio has no `{key}`"))
                    .help("write `{ of: …, to: … }`"),
            );
            return None;
        };
        if let Kind::Scalar(_) = node.kind {
            let message = format!("`{key}` is a column, but the other part is a metric");
            let help = "make both metrics: `{ of: { metric: aws-bill }, to: { metric: transactions } }`";
            reader.report(Diagnostic::error("contradiction", node.span, message).help(help));
            return None;
        }
        let metric = reader.fields(node, RATIO_PART)?.get("metric")?;
        reader.slug(metric, "the metric")
    };
    let (of, to) = (part("of"), part("to"));
    Some(of.zip(to).map(|(of, to)| Query::RatioOfMetrics { of, to }))
}

/// Reports keys that a ratio of metrics has no use for.
fn alone<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, stated: Option<&Spanned<Aggregate>>) {
    let Some(ratio) = fields.get("ratio") else { return };
    let others = [
        "file",
        "date",
        "snapshot",
        "value",
        "weighted_by",
        "stock",
        "count",
        "where",
        "split",
        "since",
        "scale",
        "unique_by",
    ];
    let used = others.iter().find_map(|key| fields.get(key).map(|node| (*key, node.span)));
    if let Some((key, span)) = used {
        let message = format!("`{key}` asks for rows, but this metric is a ratio of two others");
        clash(reader, ratio.span, span, &message, "put it into the definitions of those two");
    }
    if let Some(stated) = stated.filter(|stated| stated.value != Aggregate::Ratio) {
        clash(reader, ratio.span, stated.span, "a ratio is its own aggregate", "remove `aggregate`");
    }
}

/// Returns where the date stands.
fn dated<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, columns: Columns) -> Option<DateColumn> {
    match (fields.get("date"), fields.get("snapshot")) {
        (Some(column), Some(snapshot)) => {
            let message = "a snapshot has one date for all rows, and needs no column of them";
            clash(reader, column.span, snapshot.span, message, "keep one of the two");
            None
        }
        (Some(node), None) => date(reader, node, columns),
        (None, Some(node)) => reader.day(node, "`snapshot`").map(|day| DateColumn::Snapshot(day.value)),
        (None, None) => Some(DateColumn::First),
    }
}

fn date<'a>(reader: &mut Reader<'a>, node: &Node<'a>, columns: Columns) -> Option<DateColumn> {
    if !matches!(node.kind, Kind::Map(_)) {
        return columns.read(reader, node, "`date`").map(DateColumn::Column);
    }
    let fields = reader.fields(node, DATE)?;
    let parts = [Grain::Month, Grain::Week, Grain::Quarter];
    let part = parts.into_iter().find_map(|grain| Some((grain, fields.get(grain.name())?)));
    let (Some(year), Some((grain, part))) = (fields.get("year"), part) else {
        let place = reader.first_line(node.span);
        let message = "a date in two columns needs `year` and `month`, `week` or `quarter`";
        let diagnostic = Diagnostic::error("missing-key", place, message);
        reader.report(diagnostic.help("write `{ year: Year, month: Month }`"));
        return None;
    };
    let (year, part) = (columns.read(reader, year, "`year`"), columns.read(reader, part, "`date`"));
    Some(DateColumn::YearPart { year: year?, part: part?, grain })
}

fn conditions<'a>(reader: &mut Reader<'a>, node: &Node<'a>, columns: Columns) -> Vec<Condition> {
    let Kind::Map(map) = &node.kind else {
        reader.wrong_kind(node, "`where` is a mapping from a column to what its cells must be");
        return Vec::new();
    };
    let conditions = map.entries.iter().filter_map(|entry| {
        let column = columns.column(reader, &entry.key.value, entry.key.span)?;
        let test = match &entry.value.kind {
            Kind::Empty => {
                let message = format!("the condition on `{}` says nothing", entry.key.value);
                let help = "write the cell's text, a list of texts, or `{ from: …, to: … }`; an empty cell is `\"\"`";
                reader.report(Diagnostic::error("missing-key", entry.key.span, message).help(help));
                return None;
            }
            Kind::Map(_) => range(reader, &entry.value)?,
            Kind::Scalar(_) | Kind::List(_) => {
                // `""` asks for empty cells.
                let said = entry.value.items().iter().filter(|item| !matches!(item.kind, Kind::Empty));
                let text = |item| reader.text(item, "a condition").map(|text| text.value.to_owned());
                Test::OneOf(said.filter_map(text).collect())
            }
        };
        Some(Condition { column, test })
    });
    conditions.collect()
}

fn range<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Test> {
    let fields = reader.fields(node, RANGE)?;
    let mut text =
        |key: &str| fields.get(key).and_then(|node| reader.text(node, "a limit")).map(|text| text.map(str::to_owned));
    let (from, to) = (text("from"), text("to"));
    (from.is_some() || to.is_some()).then_some(Test::Range { from, to })
}

fn across<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Across {
    let across = fields.get("across").and_then(|node| reader.choice(node, "`across`", Across::WORDS));
    if let Some(across) = across.as_ref().filter(|_| fields.get("split").is_none()) {
        let diagnostic = Diagnostic::error("missing-key", across, "`across` joins several series, and here is one");
        reader.report(diagnostic.help("add `split:` with the column that tells them apart, or remove `across`"));
    }
    across.map(|across| across.value).unwrap_or_default()
}

fn since<'a>(reader: &mut Reader<'a>, node: &Node<'a>, columns: Columns) -> Option<Since> {
    let fields = reader.fields(node, SINCE)?;
    let (Some(column), Some(within)) = (fields.get("column"), fields.get("within")) else {
        let place = reader.first_line(node.span);
        let diagnostic = Diagnostic::error("missing-key", place, "`since` needs a column and the days within");
        reader.report(diagnostic.help("write `{ column: launched_at, within: 7 days }`"));
        return None;
    };
    let (column, within) = (columns.read(reader, column, "`column`"), words::days(reader, within, "`within`"));
    Some(Since { column: column?, within_days: within?.value })
}
