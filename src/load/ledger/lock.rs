//! The lock of a quarter: `lock.yaml`.
//!
//! In: its text. Out: a [`Lock`] with a place for everything that a message may point at. Whether it is as the program
//! wrote it is not judged here; a rule does.

use super::terms::{self, quantity};
use crate::diag::Diagnostic;
use crate::keys::ledgers::{AMENDED_KEY_RESULT, AMENDED_OBJECTIVE, KEY_RESULT, LOCK, OBJECTIVE, START, TEAM};
use crate::model::ids::CycleId;
use crate::model::ledger::{Amendment, Committed, KeyResultLock, Lock, Note, ObjectiveLock, Record, Start, TeamLock};
use crate::yaml::{self, Entry, Fields, Kind, Node, Reader, Shape, Text};

/// Returns what a lock says; nothing where it says nothing that can be read.
pub(super) fn read(source: Text<'_>, quarter: CycleId) -> (Option<Lock>, Vec<Diagnostic>) {
    let (node, mut diagnostics) = yaml::read(source);
    let mut reader = Reader::new(source);
    let teams = node.as_ref().and_then(|node| reader.fields(node, LOCK)).map(|fields| teams(&mut reader, fields));
    if node.is_some() && teams.as_ref().is_none_or(Vec::is_empty) {
        let message = "this lock holds no team";
        let help = format!("remove the file, and write it with `okrbook lock {quarter}`");
        reader.report(Diagnostic::warning("empty-item", source.span(0..0), message).help(help));
    }
    diagnostics.extend(reader.finish());
    (teams.map(|teams| Lock { file: source.file, teams, later: Vec::new() }), diagnostics)
}

fn teams<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Vec<TeamLock> {
    let mut locks = Vec::new();
    for entry in entries(reader, fields, "teams") {
        let id = reader.slug_of(&entry.key.value, entry.key.span, "the team");
        let Some((id, fields)) = id.zip(reader.fields(&entry.value, TEAM)) else { continue };
        let Some(day) = fields.get("locked") else {
            let message = format!("the lock of `{}` doesn't say when it was made", id.value);
            let diagnostic = Diagnostic::error("missing-key", id.span, message);
            reader.report(diagnostic.help("restore the line `locked:` with `git checkout`"));
            continue;
        };
        let Some(on) = reader.day(day, "the day of locking") else { continue };
        let digest = fields.get("digest").and_then(|node| reader.text(node, "the digest"));
        locks.push(TeamLock {
            owner: id.value.clone(),
            team: id,
            on: on.value,
            digest: digest.map(|digest| digest.map(str::to_owned)),
            objectives: objectives(reader, fields),
        });
    }
    locks
}

/// Returns the entries of a mapping from names to things.
fn entries<'n, 'a>(reader: &mut Reader<'a>, fields: Fields<'n, 'a>, key: &'static str) -> &'n [Entry<'a>] {
    let Some(node) = fields.get(key) else { return &[] };
    match &node.kind {
        Kind::Map(map) => &map.entries,
        Kind::Empty | Kind::Scalar(_) | Kind::List(_) => {
            reader.wrong_kind(node, &format!("`{key}` of a lock is a mapping from ids"));
            &[]
        }
    }
}

fn objectives<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Vec<ObjectiveLock> {
    let mut locks = Vec::new();
    for entry in entries(reader, fields, "objectives") {
        let id = reader.slug_of(&entry.key.value, entry.key.span, "the objective");
        let Some((id, fields)) = id.zip(reader.fields(&entry.value, OBJECTIVE)) else { continue };
        let record = record(reader, fields, AMENDED_OBJECTIVE);
        locks.push(ObjectiveLock { id, record, key_results: key_results(reader, fields) });
    }
    locks
}

fn key_results<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Vec<KeyResultLock> {
    let mut locks = Vec::new();
    for entry in entries(reader, fields, "key_results") {
        let id = reader.slug_of(&entry.key.value, entry.key.span, "the key result");
        let Some((id, fields)) = id.zip(reader.fields(&entry.value, KEY_RESULT)) else { continue };
        let record = record(reader, fields, AMENDED_KEY_RESULT);
        let start = fields.get("start").and_then(|node| start(reader, node));
        locks.push(KeyResultLock { id, record, start });
    }
    locks
}

fn start<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Start> {
    let fields = reader.fields(node, START)?;
    let value = fields.get("value").and_then(|node| quantity(reader, node, "the start"))?;
    let on = fields.get("on").and_then(|node| reader.day(node, "the day of the start"))?.value;
    let mut data = Vec::new();
    for entry in entries(reader, fields, "data") {
        if let Some(digest) = reader.text(&entry.value, "a digest") {
            data.push((entry.key.value.to_string(), digest.value.to_owned()));
        }
    }
    Some(Start { value, on, data })
}

/// Returns what was committed and amended.
fn record<'a, T: Committed>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, amended: Shape) -> Record<T> {
    let mut record = Record { terms: terms::read(reader, fields, None), amendments: Vec::new() };
    for item in fields.get("amendments").map(Node::items).unwrap_or_default() {
        let Some(fields) = reader.fields(item, amended) else { continue };
        let Some(note) = note(reader, fields) else { continue };
        let is_dropped = fields.get("dropped").is_some();
        let terms = if is_dropped { None } else { terms::read(reader, fields, record.latest()) };
        if is_dropped || terms.is_some() {
            record.amendments.push(Amendment { note, terms });
        }
    }
    record
}

fn note<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Option<Note> {
    let on = fields.get("on").and_then(|node| reader.day(node, "the day of an amendment"));
    let because = fields.get("because").and_then(|node| terms::text(reader, node, "the reason"));
    let by = fields.get("by").and_then(|node| terms::text(reader, node, "`by`"));
    let (Some(on), Some(because)) = (on, because) else {
        if fields.get("on").is_none() || fields.get("because").is_none() {
            let place = reader.first_line(fields.span);
            let diagnostic = Diagnostic::error("missing-key", place, "this amendment has no day or no reason");
            reader.report(diagnostic.help("let `okrbook lock --amend` write it"));
        }
        return None;
    };
    Some(Note { on: on.value, because, by })
}
