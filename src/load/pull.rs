//! What a metric says about the engine that its export is fetched from.
//!
//! In: a metric's fields and the queries of the book. Out: the pull, or nothing where it can't be run; what is wrong is
//! reported. Knows no engine: what a connection's name leads to stands in the user's own profile.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::exports::{Exports, Statement};
use super::misfits::clash;
use super::sql;
use crate::diag::{Diagnostic, nearest};
use crate::keys::metrics::PULL;
use crate::model::ids::Slug;
use crate::model::pull::{MAX_ROWS, Pull, ROWS_LIMIT, SINCE, Since, Sql};
use crate::source::{Span, Spanned};
use crate::yaml::{Fields, Kind, Node, Reader, Text};

/// The longest name of a connection.
const NAME_LIMIT: usize = 64;

/// Returns what a metric's export is fetched by.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    fields: Fields<'_, 'a>,
    id: &Spanned<Slug>,
    exports: &Exports,
) -> Option<Pull> {
    let node = fields.get("pull")?;
    if let Some(other) = ["parts", "ratio"].into_iter().find_map(|key| other(fields, key)) {
        let message = "a pull fills one export, and this metric is made of several";
        clash(
            reader,
            reader.first_line(other),
            reader.first_line(node.span),
            message,
            "pull each in a metric of its own",
        );
        return None;
    }
    let asked = reader.fields(node, PULL)?;
    let connection = match asked.get("connection") {
        Some(node) => connection(reader, node),
        None => {
            let place = reader.first_line(asked.span);
            let diagnostic = Diagnostic::error("missing-key", place, "this pull has no `connection`");
            reader.report(diagnostic.help("add `connection:` with a name, such as `shop`"));
            None
        }
    };
    let query = asked.get("query").map(|node| query(reader, node, exports));
    let since = asked.get("since").map_or(Some(SINCE), |node| since(reader, node));
    let max_rows = asked.get("max_rows").map_or(Some(MAX_ROWS), |node| max_rows(reader, node));
    let export = target(reader, fields, id)?;
    Some(Pull {
        metric: id.clone(),
        export,
        connection: connection?,
        query: query.map_or(Some(None), |query| query.map(Some))?,
        since: since?,
        max_rows: max_rows?,
        texts: texts(fields),
    })
}

/// Returns where a key stands that makes a metric one of several exports.
fn other(fields: Fields<'_, '_>, key: &str) -> Option<Span> {
    let node = fields.get(key)?;
    (key != "ratio" || is_ratio_of_metrics(node)).then_some(node.span)
}

/// Says whether `ratio` is one of metrics.
pub(super) fn is_ratio_of_metrics(node: &Node<'_>) -> bool {
    let Kind::Map(map) = &node.kind else { return false };
    map.entries.iter().any(|entry| matches!(entry.value.kind, Kind::Map(_)))
}

/// Says, where a metric's export isn't there because nobody fetched it yet, how to.
pub(super) fn is_missing<'a>(
    reader: &mut Reader<'a>,
    fields: Fields<'_, 'a>,
    id: &Spanned<Slug>,
    exports: &Exports,
) -> bool {
    let Some(node) = fields.get("pull") else { return false };
    let Some(export) = named(fields, id) else { return false };
    if exports.holds(&export) {
        return false;
    }
    let place = fields.get("file").map_or_else(|| reader.first_line(node.span), |file| file.span);
    let diagnostic = Diagnostic::error("no-file", place, format!("{export} was not fetched yet"));
    reader.report(diagnostic.help(format!("run `okrbook pull {}`", id.value)));
    true
}

/// Returns the path of the export that a pull fills, where it is one plain name.
fn named(fields: Fields<'_, '_>, id: &Spanned<Slug>) -> Option<Arc<str>> {
    let Some(node) = fields.get("file") else { return Some(format!("metrics/{}.csv", id.value).into()) };
    let [name] = node.items() else { return None };
    let name = name.as_text()?;
    let name = name.strip_prefix("./").unwrap_or(name);
    let is_plain =
        |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['*', '?', '[', '{', '\\']);
    (name.ends_with(".csv") && name.split('/').all(is_plain)).then(|| format!("metrics/{name}").into())
}

fn target<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, id: &Spanned<Slug>) -> Option<Arc<str>> {
    let named = named(fields, id);
    if let (None, Some(node)) = (&named, fields.get("file")) {
        let message = "a pull fills one export, and this is not the name of one";
        let help = format!("write the name of a file that ends in .csv, such as `file: {}.csv`", id.value);
        reader.report(Diagnostic::error("bad-value", node.span, message).help(help));
    }
    named
}

fn connection<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Spanned<String>> {
    let text = reader.text(node, "`connection`")?;
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_name = text.value.len() <= NAME_LIMIT && text.value.bytes().all(is_plain);
    if !is_name || text.value.starts_with('-') {
        let message = "a connection has a name of a–z, 0–9 and `-`, and this is none";
        let help = "name it, as in `connection: shop`; driver, address and secrets stand in the file shop.toml of your own \
                    profiles, outside the book";
        reader.report(Diagnostic::error("bad-value", text.span, message).help(help));
        return None;
    }
    Some(text.map(str::to_owned))
}

fn query<'a>(reader: &mut Reader<'a>, node: &Node<'a>, exports: &Exports) -> Option<Sql> {
    let text = reader.text(node, "`query`")?;
    let is_path = text.value.ends_with(".sql") && !text.value.contains(char::is_whitespace);
    if !is_path {
        if let Err(fault) = sql::check(text.value) {
            let place = reader.part(text.span, text.value, fault.range);
            reader.report(Diagnostic::error("bad-query", place, fault.message).help(fault.help));
            return None;
        }
        let takes_since = sql::takes_a_day(text.value);
        return Some(Sql { text: text.value.into(), place: reader.first_line(text.span), file: None, takes_since });
    }
    let name = text.value.strip_prefix("./").unwrap_or(text.value);
    let name = if name.starts_with("metrics/") { name.to_owned() } else { format!("metrics/{name}") };
    let Some((path, Statement { file, text: statement })) = exports.statement(&name) else {
        let diagnostic = Diagnostic::error("no-file", text.span, format!("there is no query {name}"));
        reader.report(match nearest(&name, exports.statements()) {
            Some(near) => diagnostic.propose(near),
            None => diagnostic.help("write the query into a file under metrics/ that ends in .sql"),
        });
        return None;
    };
    if let Err(fault) = sql::check(statement) {
        let place = Text::whole(*file, statement).span(fault.range);
        let diagnostic = Diagnostic::error("bad-query", place, fault.message).help(fault.help);
        reader.report(diagnostic.related(text.span, "named here"));
        return None;
    }
    let takes_since = sql::takes_a_day(statement);
    Some(Sql { text: statement.clone(), place: text.span, file: Some(path.clone()), takes_since })
}

fn since<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Since> {
    let text = reader.text(node, "`since`")?;
    if text.value.len() == 10 && text.value.starts_with(|c: char| c.is_ascii_digit()) && text.value.contains('-') {
        return reader.day(node, "`since`").map(|day| Since::Day(day.value));
    }
    let parts = text.value.split_once(' ').and_then(|(count, unit)| Some((count.parse::<i32>().ok()?, unit.trim())));
    let since = parts.filter(|(count, _)| (1..=10_000).contains(count)).and_then(|(count, unit)| match unit {
        "year" | "years" => Some(Since::Months(12 * count.min(100))),
        "month" | "months" => Some(Since::Months(count.min(1200))),
        "week" | "weeks" => Some(Since::Days(7 * count)),
        "day" | "days" => Some(Since::Days(count)),
        _ => None,
    });
    if since.is_none() {
        let message = format!("`since` is a length of time or a day, and `{}` is neither", text.value);
        let help = "write `2 years`, `18 months` or `2024-01-01`";
        reader.report(Diagnostic::error("bad-value", text.span, message).help(help));
    }
    since
}

fn max_rows<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<u32> {
    let text = reader.text(node, "`max_rows`")?;
    let rows = text.value.parse().ok().filter(|rows| (1..=ROWS_LIMIT).contains(rows));
    if rows.is_none() {
        let message = format!("`max_rows` is a number from 1 to {ROWS_LIMIT}, and `{}` is none", text.value);
        let help = "let the query give a row a day and series: `group by` them";
        reader.report(Diagnostic::error("bad-value", text.span, message).help(help));
    }
    rows
}

/// Returns the columns in which a metric expects texts, whether or not all else of it is right.
fn texts(fields: Fields<'_, '_>) -> Vec<Arc<str>> {
    let stated = ["split", "unique_by"].into_iter().filter_map(|key| fields.get(key)?.as_text()).map(Arc::from);
    let conditions = fields.get("where").and_then(|node| match &node.kind {
        Kind::Map(map) => Some(map.entries.iter().map(|entry| Arc::from(&*entry.key.value))),
        _ => None,
    });
    stated.chain(conditions.into_iter().flatten()).collect()
}

/// Returns the pulls, of several that fill one export the first.
pub(super) fn settle(pulls: Vec<Pull>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Pull> {
    let mut kept: Vec<Pull> = Vec::with_capacity(pulls.len());
    let mut places = BTreeMap::new();
    for pull in pulls {
        match places.get(&pull.export) {
            None => {
                places.insert(pull.export.clone(), kept.len());
                kept.push(pull);
            }
            Some(&place) => {
                let message = format!("two metrics pull {}", pull.export);
                let diagnostic = Diagnostic::error("contradiction", pull.metric.span, message);
                let help = "keep `pull` in one of them; the other reads the same `file`";
                diagnostics.push(diagnostic.related(kept[place].metric.span, "the other one").help(help));
            }
        }
    }
    kept
}
