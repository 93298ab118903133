//! One key result of a team's file.
//!
//! In: its node: a sentence, `id: sentence`, or a mapping. Out: the key result with its references as they are written
//! (`join` resolves them), and how its goal was stated.

use super::misfits::{misplaced, value};
use super::{goal, links, pace};
use crate::diag::Diagnostic;
use crate::keys::schema::TYPED;
use crate::keys::team::{GUARDRAIL, KEY_RESULT, OBJECTIVE};
use crate::load::goal::{Stated, bound};
use crate::model::goal::Bound;
use crate::model::ids::{KeyResultRef, Slug};
use crate::model::levels::Level;
use crate::model::plan::{Guardrail, KeyResult};
use crate::model::quantity::Number;
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Fields, Kind, Map, Node, Reader};

/// A key result as its file states it.
pub(super) struct Draft {
    /// The key result; its references are not resolved yet.
    pub(super) key_result: KeyResult,
    /// How its goal was stated.
    pub(super) goal_place: Span,
    /// Whether the goal is "by 5%", without saying whether relative or points.
    pub(super) bare_percent: bool,
    /// Whether somebody typed its value, which is reported.
    pub(super) is_typed: bool,
    /// The levels beside its goal, as they are written.
    pub(super) levels: Vec<Spanned<Level>>,
    /// The earlier ids that it lists.
    pub(super) aliases: Vec<Spanned<Slug>>,
}

/// Keys by which a key result is judged: while one of them is misspelt, what is said of the rest follows from that.
const JUDGED_BY: [&str; 14] = [
    "metric", "from", "to", "by", "at_most", "at_least", "below", "above", "unit", "per", "done", "baseline", "steps",
    "judge",
];

/// Reads one key result; `place` is its number in the objective, from 1.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>, place: usize) -> Option<Draft> {
    match &node.kind {
        _ if node.is_absent() => {
            let diagnostic = Diagnostic::warning("empty-item", node.span, "this key result is empty");
            reader.report(diagnostic.help("write its sentence, or remove the dash"));
            None
        }
        Kind::Scalar(_) => {
            let title = reader.prose(node, "the sentence")?;
            let id = id_by_place(reader, &title, place);
            Some(draft(reader, (id, false), title, None))
        }
        Kind::Map(map) => mapping(reader, node, map, place),
        Kind::Empty | Kind::List(_) => {
            reader.wrong_kind(node, "a key result is a sentence or a mapping of keys");
            None
        }
    }
}

fn mapping<'a>(reader: &mut Reader<'a>, node: &Node<'a>, map: &Map<'a>, place: usize) -> Option<Draft> {
    let has = |key: &str| map.entries.iter().any(|entry| entry.key.value == key);
    let short = map.entries.first().filter(|first| {
        let known = KEY_RESULT.has(&first.key.value) || TYPED.contains(&&*first.key.value);
        !known && !has("title") && first.value.as_text().is_some()
    });
    if let Some(first) = short.filter(|first| first.key.value.contains(' ')) {
        return Some(broken_sentence(reader, node, first, place));
    }
    let id_of_typed = map.entries.iter().find(|entry| entry.key.value == "id").or(short).cloned();
    let fields = reader.fields_but(node, KEY_RESULT, |reader, entry| {
        short.is_some_and(|first| first.key == entry.key)
            || typed_value(reader, entry, id_of_typed.as_ref())
            || misplaced(reader, entry, &OBJECTIVE, "its objective")
    })?;
    if fields.has_slip_of(&JUDGED_BY) {
        reader.spoils(fields.span);
    }
    let title = match short {
        Some(first) => reader.prose(&first.value, "the sentence")?,
        None => title(reader, fields)?,
    };
    let own = match (fields.get("id"), short) {
        (Some(node), _) => reader.slug(node, "the key result id"),
        (None, Some(first)) => reader.slug_of(&first.key.value, first.key.span, "the key result id"),
        (None, None) => Some(id_by_place(reader, &title, place)),
    };
    let has_own = own.is_some() && (short.is_some() || fields.get("id").is_some());
    let id = own.unwrap_or_else(|| numbered(place, title.span));
    Some(draft(reader, (id, has_own), title, Some(fields)))
}

fn title<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Option<Spanned<String>> {
    if let Some(node) = value(reader, fields, "title") {
        return reader.prose(node, "the sentence");
    }
    let place = reader.first_line(fields.span);
    let diagnostic = Diagnostic::error("missing-key", place, "this key result has no sentence");
    reader.report(diagnostic.help("add `title:`, or write `id: sentence` first"));
    None
}

/// Reads a sentence that its own colon broke in two: "Data freshness: all dashboards below 15 min".
fn broken_sentence<'a>(reader: &mut Reader<'a>, node: &Node<'a>, first: &Entry<'a>, place: usize) -> Draft {
    let span = Span { end: first.value.span.end, ..first.key.span };
    let written = reader.source().at(span).to_owned();
    let diagnostic = Diagnostic::error("colon-in-sentence", first.key.span, "a colon broke this sentence in two");
    let words = written.replace('"', "'");
    let help = format!("quote the sentence: `- \"{words}\"`; or put a short id before it: `- freshness: \"{words}\"`");
    reader.report(
        diagnostic
            .label("read as a key, since a colon follows")
            .help(help.replace("freshness", &short_id(&first.key.value))),
    );
    let title = Spanned::new(written, span);
    let fields = reader.fields_but(node, KEY_RESULT, |_, entry| entry.key == first.key);
    draft(reader, (numbered(place, span), false), title, fields)
}

/// Returns a short id for a sentence: its last word.
fn short_id(text: &str) -> String {
    let word = text.split_whitespace().next_back().map(Slug::suggest).unwrap_or_default();
    if word.is_empty() { "k1".to_owned() } else { word }
}

fn id_by_place(reader: &mut Reader<'_>, title: &Spanned<String>, place: usize) -> Spanned<Slug> {
    let place_of = reader.first_line(title.span);
    let diagnostic = Diagnostic::warning(
        "missing-id",
        place_of,
        format!("this key result has no id, so it is called `k{place}` by its place"),
    );
    let help = "put a short id before the sentence (`- p1: Reduce …`): links keep it for ever, `lock` needs it, and metrics/p1.csv is found by it";
    reader.report(diagnostic.help(help));
    numbered(place, title.span)
}

fn numbered(place: usize, span: Span) -> Spanned<Slug> {
    let slug = Slug::new(&format!("k{place}")).expect("internal: k and digits are a slug");
    Spanned::new(slug, span)
}

/// Says whether a key is one by which people type a value.
fn is_typed(key: &str) -> bool {
    let same = |(a, b): (u8, u8)| a == b.to_ascii_lowercase() || (a == b'_' && b == b'-');
    TYPED.iter().any(|typed| typed.len() == key.len() && typed.bytes().zip(key.bytes()).all(same))
}

/// Reports a value that somebody typed, and says whether the key is one of those.
fn typed_value<'a>(reader: &mut Reader<'a>, entry: &Entry<'a>, id: Option<&Entry<'a>>) -> bool {
    let key = &*entry.key.value;
    if !is_typed(key) {
        return false;
    }
    let id = id
        .map(|entry| if entry.key.value == "id" { entry.value.as_text().unwrap_or("name") } else { &entry.key.value });
    let file = format!("metrics/{}.csv", id.unwrap_or("name"));
    let number: String =
        entry.value.as_text().unwrap_or_default().chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let value = if number.is_empty() { "96.8" } else { &number };
    let message = format!("`{key}` is typed by hand, and values are measured, never typed");
    let help = format!(
        "write {file} with two lines, `date,value` and `2026-08-14,{value}` (the day it was measured), and remove this key"
    );
    reader.report(Diagnostic::error("typed-value", entry.key.span, message).help(help));
    true
}

fn draft<'a>(
    reader: &mut Reader<'a>,
    (id, has_own_id): (Spanned<Slug>, bool),
    title: Spanned<String>,
    fields: Option<Fields<'_, 'a>>,
) -> Draft {
    let Stated { goal, place, steps, by_sentence, levels, deadline, bare_percent, doubts, remarks } =
        goal::read(reader, fields, &title);
    let span = fields.map_or(title.span, |fields| fields.span);
    let bare = KeyResult::bare(id, title, goal);
    let mut key_result = KeyResult { has_own_id, steps, by_sentence, deadline, doubts, remarks, span, ..bare };
    if let Some(fields) = fields {
        rest(reader, fields, &mut key_result);
    }
    let is_typed = fields.is_some_and(|fields| fields.entries().iter().any(|entry| is_typed(&entry.key.value)));
    let aliases = fields.map(|fields| reader.aliases(fields)).unwrap_or_default();
    Draft { key_result, goal_place: place, bare_percent, is_typed, levels, aliases }
}

/// Reads the keys that state no goal.
fn rest<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, key_result: &mut KeyResult) {
    let prose =
        |reader: &mut Reader<'a>, key: &str| fields.get(key).and_then(|node| reader.prose(node, &format!("`{key}`")));
    key_result.metric = fields.get("metric").and_then(|node| reader.slug(node, "the metric"));
    key_result.measured_by = prose(reader, "measured_by").map(Box::new);
    key_result.owners = fields.get("owners").map(|node| owners(reader, node)).unwrap_or_default();
    key_result.note = prose(reader, "note").map(Box::new);
    key_result.links = fields.get("links").map(|node| links::read(reader, node)).unwrap_or_default();
    key_result.proposed_by = prose(reader, "proposed_by").map(Box::new);
    key_result.guardrails = fields.get("guardrails").map(|node| guardrails(reader, node)).unwrap_or_default();
    if let Some(weight) = fields.get("weight").and_then(|node| weight(reader, node)) {
        key_result.weight = weight;
    }
    key_result.pace = fields.get("pace").and_then(|node| pace::read(reader, node)).unwrap_or_default();
    key_result.carried_from = fields.get("carried_from").and_then(|node| carried_from(reader, node)).map(Box::new);
}

/// Returns owners; "ana, ben" are two.
fn owners<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Spanned<String>> {
    let written = reader.texts(node, "an owner");
    if !written.iter().any(|text| text.value.contains(',')) {
        return written;
    }
    let mut owners = Vec::new();
    for text in &written {
        let mut start = 0;
        for name in text.value.split_inclusive(',') {
            let trimmed = name.trim_end_matches(',').trim();
            let at = start + name.len() - name.trim_start().len();
            if !trimmed.is_empty() {
                let place = reader.part(text.span, &text.value, at..at + trimmed.len());
                owners.push(Spanned::new(trimmed.to_owned(), place));
            }
            start += name.len();
        }
    }
    owners
}

fn guardrails<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Guardrail> {
    let mut guardrails = Vec::new();
    for item in node.items().iter().filter(|item| !item.is_absent()) {
        let Some(fields) = reader.fields(item, GUARDRAIL) else { continue };
        let place = reader.first_line(item.span);
        let Some(metric) = fields.get("metric") else {
            let diagnostic = Diagnostic::error("missing-key", place, "this guardrail names no metric");
            reader.report(diagnostic.help("write `{ metric: checkout-p75, at_most: 2 s }`"));
            continue;
        };
        let Some(metric) = reader.slug(metric, "the metric") else { continue };
        match bound(reader, fields) {
            Some(bound) => guardrails.push(Guardrail { metric, bound }),
            None if Bound::KEYS.iter().any(|(key, ..)| fields.get(key).is_some()) => {}
            None => {
                let diagnostic = Diagnostic::error(
                    "missing-key",
                    place,
                    format!("the guardrail on `{}` has no bound", metric.value),
                );
                reader.report(diagnostic.help("add `at_most`, `at_least`, `below` or `above`, as in `at_most: 5%`"));
            }
        }
    }
    // A book has tens of thousands of these lists, most with one item.
    guardrails.shrink_to_fit();
    guardrails
}

fn weight<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Number> {
    let weight = reader.number(node, "`weight`")?;
    if weight.value > Number::ZERO {
        return Some(weight.value);
    }
    let diagnostic = Diagnostic::error(
        "bad-value",
        &weight,
        if weight.value.is_negative() {
            format!("a weight of {} would count the key result against its objective", weight.value)
        } else {
            "a weight of 0 takes the key result out of its objective".to_owned()
        },
    );
    reader.report(diagnostic.help("write a number above 0, or remove the key result"));
    None
}

fn carried_from<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Spanned<KeyResultRef>> {
    let text = reader.text(node, "`carried_from`")?;
    let reference = KeyResultRef::parse(text.value);
    if reference.is_none() {
        let message = format!("`{}` names no key result", text.value);
        let known = KeyResultRef::parse(&format!("2026-Q2/{}", text.value));
        let help = match known {
            Some(known) => format!("put the quarter before it that it comes from: `{known}`"),
            None => "write quarter/team/objective/key result: `2026-Q2/platform/reliable/checkout`".to_owned(),
        };
        reader.report(Diagnostic::error("bad-reference", text.span, message).help(help));
    }
    Some(Spanned::new(reference?, text.span))
}
