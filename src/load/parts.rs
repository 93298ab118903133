//! A metric of several exports that went on from each other: another tool, or other columns from some day on.
//!
//! In: the list of parts, oldest first. Out: the last part's question, with those before it; nothing where a part can't be
//! asked, or where two count differently.

use super::misfits::clash;
use crate::diag::Diagnostic;
use crate::keys::metrics::{METRIC, PART};
use crate::model::calendar::Day;
use crate::model::metric::{Aggregate, Earlier, RowQuery};
use crate::source::{Span, Spanned};
use crate::yaml::{Fields, Node, Reader};

/// What a part asks: its rows, how they become one value, up to which day, and where it stands.
struct Part {
    rows: RowQuery,
    aggregate: Aggregate,
    until: Option<Spanned<Day>>,
    span: Span,
}

/// Returns the question of the last part, with the earlier ones; `rows` reads one.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    mut rows: impl FnMut(&mut Reader<'a>, Fields<'_, 'a>) -> Option<(RowQuery, Aggregate)>,
) -> Option<(RowQuery, Aggregate)> {
    if node.items().is_empty() {
        let place = reader.first_line(node.span);
        let diagnostic = Diagnostic::error("missing-key", place, "these parts name no export");
        reader.report(diagnostic.help("write `- { until: 2025-04-30, file: old.csv }` and `- { file: new.csv }`"));
        return None;
    }
    let parts = node.items().iter().map(|item| {
        let fields = reader.fields(item, PART)?;
        let until = fields.get("until").map(|node| reader.day(node, "`until`"));
        let (rows, aggregate) = rows(reader, fields)?;
        Some(Part { rows, aggregate, until: until.map_or(Some(None), |day| day.map(Some))?, span: item.span })
    });
    // All faults of all parts are told.
    let parts: Vec<Option<Part>> = parts.collect();
    let mut parts = parts.into_iter().collect::<Option<Vec<Part>>>()?;
    if !(are_ordered(reader, &parts) && count_alike(reader, &parts)) {
        return None;
    }
    let Part { mut rows, aggregate, .. } = parts.pop()?;
    let earlier = |part: Part| Some(Earlier { until: part.until?.value, rows: part.rows });
    rows.earlier = parts.into_iter().filter_map(earlier).collect();
    Some((rows, aggregate))
}

/// Says whether each part but the last ends, the later the later it stands.
fn are_ordered(reader: &mut Reader<'_>, parts: &[Part]) -> bool {
    let mut before: Option<&Spanned<Day>> = None;
    for (at, part) in parts.iter().enumerate() {
        let is_last = at + 1 == parts.len();
        let fault = match (&part.until, is_last) {
            (None, false) => {
                let message = "it isn't said up to which day this part tells";
                let place = reader.first_line(part.span);
                Some(Diagnostic::error("missing-key", place, message).help("add `until:` with its last day"))
            }
            (Some(until), true) => {
                let message = "the last part goes on, and has no end";
                Some(Diagnostic::error("contradiction", until, message).help("remove `until`, or add what follows"))
            }
            (Some(until), false) if before.is_some_and(|before| before.value >= until.value) => {
                let message = "this part ends no later than the one before it";
                Some(
                    Diagnostic::error("bad-range", until, message).help("list the parts from the oldest to the newest"),
                )
            }
            _ => None,
        };
        if let Some(fault) = fault {
            reader.report(fault);
            return false;
        }
        before = part.until.as_ref();
    }
    true
}

/// Says whether the rows of all parts become one value in the same way.
fn count_alike(reader: &mut Reader<'_>, parts: &[Part]) -> bool {
    let Some((first, others)) = parts.split_first() else { return false };
    let differs = |part: &&Part| part.aggregate != first.aggregate || part.rows.across != first.rows.across;
    let Some(other) = others.iter().find(differs) else { return true };
    let (a, b) = (first.aggregate.name(), other.aggregate.name());
    let message = if a == b {
        "the series of these parts are joined in two ways".to_owned()
    } else {
        format!("the rows of one part become one value by `{a}`, those of another by `{b}`")
    };
    let (first, other) = (reader.first_line(first.span), reader.first_line(other.span));
    clash(reader, first, other, &message, "measure all parts alike, or make two metrics");
    false
}

/// Reports keys that stand beside the parts and belong into them.
pub(super) fn stand_alone<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, parts: &Node<'a>) {
    for key in PART.names().filter(|key| METRIC.has(key)) {
        if let Some(node) = fields.get(key) {
            let message = format!("`{key}` stands beside `parts`, and each part has its own");
            clash(reader, reader.first_line(parts.span), node.span, &message, "move it into each part");
        }
    }
}
