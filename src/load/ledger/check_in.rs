//! Check-ins: `checkins/2026-08-03.platform.yaml`.
//!
//! In: a file's text with the day and team of its name. Out: a [`CheckIn`]. Names of key results are not resolved: what
//! was recorded stays true when a key result is renamed.

use super::terms::{quantity, text};
use crate::diag::Diagnostic;
use crate::keys::ledgers::{ENTRY, READING};
use crate::model::calendar::Day;
use crate::model::ids::Slug;
use crate::model::ledger::{CheckIn, Entry, Reading};
use crate::model::quantity::Number;
use crate::source::Spanned;
use crate::yaml::{self, Fields, Kind, Node, Reader, Text};

/// Returns what was recorded on a day by a team.
pub(super) fn read(source: Text<'_>, on: Day, team: &Slug) -> (CheckIn, Vec<Diagnostic>) {
    let (node, mut diagnostics) = yaml::read(source);
    let mut reader = Reader::new(source);
    let entries = node.as_ref().map(|node| entries(&mut reader, node)).unwrap_or_default();
    diagnostics.extend(reader.finish());
    (CheckIn { file: source.file, on, team: team.clone(), entries: entries.into() }, diagnostics)
}

fn entries<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Entry> {
    let map = match &node.kind {
        Kind::Empty => return Vec::new(),
        Kind::Map(map) => map,
        Kind::Scalar(_) | Kind::List(_) => {
            reader.wrong_kind(node, "check-ins are a mapping from `objective/key-result`");
            return Vec::new();
        }
    };
    let mut entries = Vec::with_capacity(map.entries.len());
    for item in &map.entries {
        let name = item.key.value.split_once('/');
        let name = name.and_then(|(objective, id)| Some((Slug::new(objective)?, Slug::new(id)?)));
        let Some((objective, id)) = name else {
            let message = format!("`{}` names no key result", item.key.value);
            let diagnostic = Diagnostic::error("bad-reference", item.key.span, message);
            reader.report(diagnostic.help("write the ids of objective and key result: `reliable/p1`"));
            continue;
        };
        let Some(fields) = reader.fields(&item.value, ENTRY) else { continue };
        entries.push(entry(reader, fields, objective, Spanned::new(id, item.key.span)));
    }
    entries
}

fn entry<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, objective: Slug, id: Spanned<Slug>) -> Entry {
    let number = |reader: &mut Reader<'a>, key: &'static str| -> Option<Number> {
        fields.get(key).and_then(|node| reader.number(node, key)).map(|number| number.value)
    };
    Entry {
        objective,
        key_result: id,
        value: fields.get("value").and_then(|node| quantity(reader, node, "the value")),
        progress: number(reader, "progress"),
        score: number(reader, "score"),
        confidence: fields.get("confidence").and_then(|node| confidence(reader, node)),
        note: fields.get("note").and_then(|node| text(reader, node, "the note")),
        by: fields.get("by").and_then(|node| text(reader, node, "`by`")),
        reading: fields.get("reading").and_then(|node| reading(reader, node)),
    }
}

fn confidence<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Spanned<u8>> {
    let text = reader.text(node, "the confidence")?;
    let number = text.value.parse().ok().filter(|number| *number <= 10);
    if number.is_none() {
        let message = format!("a confidence is a whole number from 0 to 10, and `{}` is none", text.value);
        reader.report(Diagnostic::error("bad-value", text.span, message).help("write 7 for seven chances in ten"));
    }
    Some(Spanned::new(number?, text.span))
}

fn reading<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Reading> {
    let fields = reader.fields(node, READING)?;
    let metric = fields.get("metric").and_then(|node| reader.slug(node, "the metric"))?.value;
    let definition = fields.get("definition").and_then(|node| text(reader, node, "the definition"))?;
    let value = fields.get("value").and_then(|node| reader.number(node, "the value"))?;
    let through = fields.get("through").and_then(|node| reader.day(node, "the last day"))?.value;
    Some(Reading { metric, definition, value, through })
}
