//! The `calendar` setting as the model's calendar.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::holidays::{self, Holidays};
use crate::diag::Diagnostic;
use crate::keys::book::{CALENDAR, QUARTER};
use crate::model::calendar::{Calendar, Day, MONTHS, NameBy, Quarter, Window};
use crate::model::ids::{CycleId, CycleKind};
use crate::model::zone::Zone;
use crate::source::{Span, Spanned};
use crate::yaml::{Kind, Node, Reader};

/// What the setting says.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The calendar.
    pub(super) calendar: Calendar,
    /// Where quarters are named.
    pub(super) places: Vec<(CycleId, Span)>,
    /// The file of days off.
    pub(super) holidays: Option<Spanned<Arc<str>>>,
}

/// Returns the calendar; what is wrong in it takes its default.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Read {
    let mut read = Read::default();
    let Some(fields) = reader.fields(node, CALENDAR) else { return read };
    let calendar = &mut read.calendar;
    if let Some(month) = fields.get("year_starts").and_then(|node| first_month(reader, node)) {
        calendar.first_month = month;
    }
    if let Some(name_by) = fields.get("name_by").and_then(|node| reader.choice(node, "`name_by`", NameBy::WORDS)) {
        calendar.name_by = name_by.value;
    }
    if let Some(zone) = fields.get("zone").and_then(|node| zone(reader, node)) {
        calendar.zone = zone;
    }
    if let Some(cycles) = fields.get("cycles").and_then(|node| reader.choice(node, "`cycles`", CycleKind::WORDS)) {
        calendar.cycles = cycles.value;
    }
    if let Some(node) = fields.get("quarters") {
        let quarters = quarters(reader, node);
        read.places = quarters.iter().map(|(quarter, span)| (quarter.id, *span)).collect();
        calendar.explicit = quarters.into_iter().map(|(quarter, _)| quarter).collect();
    }
    if let Some(node) = fields.get("holidays") {
        let Holidays { days, file } = holidays::read(reader, node);
        (calendar.holidays, read.holidays) = (days, file);
    }
    read
}

fn first_month<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<u8> {
    let text = reader.text(node, "`year_starts`")?;
    let word = text.value.to_lowercase();
    let by_name = MONTHS.iter().position(|month| *month == word || (word.len() >= 3 && month.starts_with(&word)));
    let by_number = word.parse::<usize>().ok().filter(|number| (1..=12).contains(number)).map(|number| number - 1);
    let month = by_name.or(by_number).and_then(|place| u8::try_from(place + 1).ok());
    if month.is_none() {
        let message = format!("`year_starts` is a month, and `{}` is none", text.value);
        reader.report(Diagnostic::error("bad-value", text.span, message).help("write its name: `february`"));
    }
    month
}

fn zone<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Zone> {
    let text = reader.text(node, "`zone`")?;
    let zone = Zone::named(text.value);
    if zone.is_none() {
        let message = format!("there is no time zone `{}`", text.value);
        reader.report(
            Diagnostic::error("bad-value", text.span, message)
                .help("write a name such as `Europe/Berlin`, or an offset such as `+02:00`"),
        );
    }
    zone
}

/// Returns the quarters whose dates the book gives, sorted; overlapping ones are reported and left out.
fn quarters<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<(Quarter, Span)> {
    let Kind::Map(map) = &node.kind else {
        reader.wrong_kind(node, "`quarters` is a mapping from a quarter to its dates");
        return Vec::new();
    };
    // By their first days; none of them overlaps another of its length.
    let mut quarters: BTreeMap<(CycleKind, Day), (Quarter, Span)> = BTreeMap::new();
    for entry in &map.entries {
        let Some(id) = CycleId::parse(&entry.key.value) else {
            let message = format!("`{}` is no quarter's name", entry.key.value);
            reader.report(
                Diagnostic::error("bad-quarter", entry.key.span, message).help("write year and number: `2026-Q3`"),
            );
            continue;
        };
        let Some(window) = window(reader, &entry.value) else { continue };
        let alike = (id.kind, Day::MIN)..(id.kind, window.end);
        let before = quarters.range(alike).next_back().map(|(_, known)| known);
        if let Some((other, span)) = before.filter(|(other, _)| window.start < other.window.end) {
            let message = format!("{id} overlaps {}", other.id);
            let diagnostic = Diagnostic::error("bad-quarter", entry.key.span, message).related(*span, "the other one");
            reader.report(diagnostic.help("a day belongs to one quarter; `to` is a quarter's last day"));
            continue;
        }
        quarters.insert((id.kind, window.start), (Quarter { id, window }, entry.key.span));
    }
    let mut quarters: Vec<(Quarter, Span)> = quarters.into_values().collect();
    quarters.sort_by_key(|(quarter, _)| quarter.id);
    quarters
}

fn window<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Window> {
    let fields = reader.fields(node, QUARTER)?;
    let (Some(from), Some(to)) = (fields.get("from"), fields.get("to")) else {
        let place = reader.first_line(node.span);
        let diagnostic = Diagnostic::error("missing-key", place, "a quarter needs its first and its last day");
        reader.report(diagnostic.help("write `{ from: 2026-01-05, to: 2026-04-03 }`"));
        return None;
    };
    let (from, to) = (reader.day(from, "`from`")?, reader.day(to, "`to`")?);
    if to.value < from.value {
        let diagnostic = Diagnostic::error("bad-quarter", to.span, "the quarter's last day is before its first");
        reader.report(diagnostic.related(from.span, "its first day"));
        return None;
    }
    Some(Window { start: from.value, end: to.value.plus(1) })
}
