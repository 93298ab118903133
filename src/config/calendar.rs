//! The `calendar` setting as the model's calendar.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::holidays::{self, Holidays};
use crate::diag::Diagnostic;
use crate::keys::book::{CALENDAR, NAMED, QUARTER};
use crate::model::calendar::{Calendar, Day, MONTHS, NameBy, Quarter, Window};
use crate::model::ids::{CycleId, CycleKind, LONGEST_CYCLE, RESERVED_CYCLES, Slug};
use crate::model::zone::Zone;
use crate::source::{Span, Spanned};
use crate::yaml::{Fields, Kind, Node, Reader, Shape};

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
    let mut given = Given::default();
    if let Some(node) = fields.get("quarters") {
        given.read(reader, node, &BY_RULE);
    }
    if let Some(node) = fields.get("named") {
        given.read(reader, node, &BY_NAME);
    }
    (read.places, calendar.explicit) = given.sorted();
    calendar.titles = given.titles;
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

/// What one of the two keys that give cycles their days says of names.
struct Naming {
    what: &'static str,
    shape: Shape,
    cycle: fn(&str) -> Option<CycleId>,
    /// What names are, for one that is none.
    help: &'static str,
}

/// `quarters`: cycles whose names say their days, which the book moves.
const BY_RULE: Naming = Naming {
    what: "`quarters` is a mapping from a quarter to its dates",
    shape: QUARTER,
    cycle: CycleId::of_year,
    help: "write year and number: `2026-Q3`; a cycle with a name of its own stands under `named:`",
};

/// `named`: cycles with names of their own.
const BY_NAME: Naming = Naming {
    what: "`named` is a mapping from a cycle's name to its dates",
    shape: NAMED,
    cycle: |name| CycleId::parse(name).filter(|cycle| cycle.kind() == CycleKind::Named),
    help: "",
};

/// The cycles whose days the book gives.
#[derive(Default)]
struct Given {
    /// By their first days; none of them overlaps another of its length.
    known: BTreeMap<(CycleKind, Day), (Quarter, Span)>,
    titles: BTreeMap<CycleId, String>,
}

impl Given {
    /// Reads one of the keys; overlapping cycles are reported and left out.
    fn read<'a>(&mut self, reader: &mut Reader<'a>, node: &Node<'a>, naming: &Naming) {
        let Kind::Map(map) = &node.kind else {
            reader.wrong_kind(node, naming.what);
            return;
        };
        for entry in &map.entries {
            let Some(id) = (naming.cycle)(&entry.key.value) else {
                reader.report(no_name(&entry.key, naming));
                continue;
            };
            let Some(window) = self.days_and_title(reader, &entry.value, (id, naming.shape)) else { continue };
            let alike = (id.kind(), Day::MIN)..(id.kind(), window.end);
            let before = self.known.range(alike).next_back().map(|(_, known)| known);
            if let Some((other, span)) = before.filter(|(other, _)| window.start < other.window.end) {
                let message = format!("{id} overlaps {}", other.id);
                let diagnostic =
                    Diagnostic::error("bad-quarter", entry.key.span, message).related(*span, "the other one");
                reader.report(diagnostic.help("a day belongs to one quarter; `to` is a quarter's last day"));
                continue;
            }
            self.known.insert((id.kind(), window.start), (Quarter { id, window }, entry.key.span));
        }
    }

    fn days_and_title<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        node: &Node<'a>,
        (id, shape): (CycleId, Shape),
    ) -> Option<Window> {
        let fields = reader.fields(node, shape)?;
        let is_named = id.kind() == CycleKind::Named;
        let title = is_named.then(|| fields.get("title")).flatten().and_then(|node| reader.text(node, "`title`"));
        let window = window(reader, node, &fields)?;
        self.titles.extend(title.map(|title| (id, title.value.to_owned())));
        Some(window)
    }

    /// Returns where each is named, and all of them, sorted by name.
    fn sorted(&self) -> (Vec<(CycleId, Span)>, Vec<Quarter>) {
        let mut all: Vec<&(Quarter, Span)> = self.known.values().collect();
        all.sort_by_key(|(quarter, _)| quarter.id);
        (
            all.iter().map(|(quarter, span)| (quarter.id, *span)).collect(),
            all.iter().map(|(quarter, _)| *quarter).collect(),
        )
    }
}

/// Says that a key names no cycle, and why.
fn no_name(key: &Spanned<Cow<'_, str>>, naming: &Naming) -> Diagnostic {
    let name = &key.value;
    if !naming.help.is_empty() {
        let message = format!("`{name}` is no quarter's name");
        return Diagnostic::error("bad-quarter", key.span, message).help(naming.help);
    }
    let (message, help) = if CycleId::of_year(name).is_some() {
        (
            format!("`{name}` says by itself which days it has"),
            "to give it others, write it under `quarters:`".to_owned(),
        )
    } else if RESERVED_CYCLES.contains(&name.to_ascii_lowercase().as_str()) {
        (format!("a cycle can't be called `{name}`: pages have that name"), format!("call it `{name}-cycle`"))
    } else {
        let suggestion = Slug::suggest(name);
        let fits = (1..=LONGEST_CYCLE).contains(&suggestion.len());
        let help = if fits {
            format!("write `{suggestion}`")
        } else {
            format!("use {LONGEST_CYCLE} letters, digits, `-` and `_` at most")
        };
        (format!("`{name}` can't stand in a link"), help)
    };
    Diagnostic::error("bad-quarter", key.span, message).help(help)
}

fn window<'a>(reader: &mut Reader<'a>, node: &Node<'a>, fields: &Fields<'_, 'a>) -> Option<Window> {
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
