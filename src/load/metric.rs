//! Metric definitions.
//!
//! In: a metrics file and the exports of the book. Out: metrics with the files they read. A definition with a fault in
//! what it measures is left out; a fault elsewhere costs only its key.

use super::exports::Exports;
use super::{pull, query, words};
use crate::diag::Diagnostic;
use crate::keys::metrics::METRIC;
use crate::model::goal::Better;
use crate::model::ids::{RESERVED_METRICS, Slug};
use crate::model::metric::{Aggregate, Cadence, Metric, MetricPlace, Query, Through};
use crate::model::pull::Pull;
use crate::source::Spanned;
use crate::yaml::{self, Entry, Fields, Kind, Node, Reader, Text};

/// What a metrics file says.
#[derive(Default)]
pub(super) struct Definitions {
    /// The metrics that can be measured.
    pub(super) metrics: Vec<Metric>,
    /// Those that are left out.
    pub(super) broken: Vec<Slug>,
    /// Exports that are fetched, whether or not their metrics can be measured.
    pub(super) pulls: Vec<Pull>,
    /// What is wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Returns the metrics that a file defines.
pub(super) fn read(source: Text<'_>, exports: &Exports) -> Definitions {
    let (node, diagnostics) = yaml::read(source);
    let mut found = Definitions { diagnostics, ..Definitions::default() };
    let Some(node) = node else { return found };
    let mut reader = Reader::new(source);
    match &node.kind {
        Kind::Empty => {}
        Kind::Map(map) => {
            for entry in &map.entries {
                match metric(&mut reader, entry, exports, &mut found.pulls) {
                    Some(metric) => found.metrics.push(metric),
                    None => found.broken.extend(names(entry)),
                }
            }
        }
        Kind::Scalar(_) | Kind::List(_) => {
            reader.wrong_kind(&node, "a metrics file is a mapping from a metric's id to its definition");
        }
    }
    found.diagnostics.extend(reader.finish());
    found
}

/// Returns the ids of a definition that is left out, so that nothing takes its place.
fn names(entry: &Entry<'_>) -> Vec<Slug> {
    let aliases = match &entry.value.kind {
        Kind::Map(map) => map.entries.iter().find(|entry| entry.key.value == "aliases"),
        _ => None,
    };
    let aliases = aliases.iter().flat_map(|entry| entry.value.items()).filter_map(Node::as_text);
    std::iter::once(&*entry.key.value).chain(aliases).filter_map(Slug::new).collect()
}

fn metric<'a>(reader: &mut Reader<'a>, entry: &Entry<'a>, exports: &Exports, pulls: &mut Vec<Pull>) -> Option<Metric> {
    let id = reader.slug_of(&entry.key.value, entry.key.span, "the metric id")?;
    if RESERVED_METRICS.contains(&id.value.as_str()) {
        let message = format!("a metric can't be called `{}`: a page has that name", id.value);
        reader.report(Diagnostic::error("reserved-name", id.span, message).help("give it a longer id"));
        return None;
    }
    match &entry.value.kind {
        // `nps:` alone, and `nps: survey.csv`: everything else is detected.
        Kind::Empty => Some(plain(&id, query::default_rows(reader, &id, exports)?)),
        Kind::Scalar(_) => Some(plain(&id, query::rows_of(reader, &entry.value, exports)?)),
        Kind::Map(_) => {
            let fields = reader.fields(&entry.value, METRIC)?;
            pulls.extend(pull::read(reader, fields, &id, exports));
            let (query, aggregate) = query::read(reader, fields, &id, exports)?;
            Some(describe(reader, fields, plain_with(&id, query, aggregate)))
        }
        Kind::List(_) => {
            reader.wrong_kind(&entry.value, "a metric is a mapping of keys, or the name of its export");
            None
        }
    }
}

fn plain(id: &Spanned<Slug>, query: Query) -> Metric {
    plain_with(id, query, Aggregate::Last)
}

/// Returns a metric of which only the query is known.
fn plain_with(id: &Spanned<Slug>, query: Query, aggregate: Aggregate) -> Metric {
    Metric::bare(id.value.clone(), MetricPlace::Defined(id.span), query, aggregate)
}

fn describe<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, mut metric: Metric) -> Metric {
    let prose =
        |reader: &mut Reader<'a>, key: &str| fields.get(key).and_then(|node| reader.prose(node, &format!("`{key}`")));
    let days = |reader: &mut Reader<'a>, key: &str| {
        fields.get(key).and_then(|node| words::days(reader, node, &format!("`{key}`"))).map(|days| days.value)
    };
    if let Some(title) = prose(reader, "title") {
        metric.title = title.value;
    }
    metric.unit = fields.get("unit").and_then(|node| words::unit(reader, node));
    let choices = [Better::WORDS, &[("up", Better::Higher), ("down", Better::Lower)]].concat();
    metric.better =
        fields.get("better").and_then(|node| reader.choice(node, "`better`", &choices)).map(|better| better.value);
    metric.source = prose(reader, "source");
    metric.owner = prose(reader, "owner").map(|owner| owner.value);
    metric.description = prose(reader, "description").map(|description| description.value);
    metric.per = fields.get("per").and_then(|node| words::per(reader, node)).map(|per| per.value);
    metric.fresh_within = days(reader, "fresh_within");
    metric.complete_through = fields.get("complete_through").and_then(|node| match node.as_text() {
        Some("yesterday") => Some(Through::Yesterday),
        _ => reader.day(node, "`complete_through`").map(|day| Through::Day(day.value)),
    });
    metric.complete_from =
        fields.get("complete_from").and_then(|node| reader.day(node, "`complete_from`")).map(|day| day.value);
    let whole_quarter = fields.get("window").and_then(Node::as_text) == Some("quarter");
    metric.window_days = if whole_quarter { None } else { days(reader, "window") };
    let others = [("daily", Cadence::Day), ("weekly", Cadence::Week), ("monthly", Cadence::Month)];
    let choices = [Cadence::WORDS, &others].concat();
    metric.aliases = reader.aliases(fields);
    metric.every =
        fields.get("every").and_then(|node| reader.choice(node, "`every`", &choices)).map(|every| every.value);
    metric
}
