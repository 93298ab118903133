//! Rows of a table to objectives and key results, as a map says.
//!
//! In: a table and its map. Out: what was found. Rows of one key result with days of their own are its check-ins.

use std::collections::BTreeMap;

use super::found::{Aim, Found, KeyResult, Note, Objective, Owner, Period, Score, Told, Value};
use super::map::{Map, Rows};
use super::table::{Cell, Table, plain};
use super::value::{counted, cut};
use crate::diag::Diagnostic;
use crate::model::quantity::Number;

/// The most numbered columns that are looked for.
const NUMBERED: usize = 50;

/// Returns what a table says.
#[must_use]
pub(super) fn read(table: &Table, map: &Map) -> Found {
    let mut reader = Reader::new(table, map);
    for row in &table.rows {
        reader.row(row);
    }
    reader.found
}

/// Returns what a table of key results says that stands below an objective: one objective without a title.
#[must_use]
pub(super) fn read_below(table: &Table, map: &Map) -> Found {
    let mut reader = Reader::new(table, map);
    if let Some(head) = table.head.first() {
        let title = Told { text: String::new(), place: head.place.clone() };
        reader.found.objectives.push(Objective { style: map.style(), ..Objective::new(title) });
        reader.last = Some(0);
    }
    for row in &table.rows {
        reader.row(row);
    }
    reader.found
}

struct Reader<'t> {
    map: &'t Map,
    columns: BTreeMap<&'static str, usize>,
    /// Places of the columns of each numbered key result.
    numbered: Vec<BTreeMap<&'static str, usize>>,
    kind: Option<(usize, &'t Rows)>,
    found: Found,
    /// Objectives by what names them: title, team and period, or the id.
    known: BTreeMap<String, usize>,
    /// Key results by their objective and title.
    key_results: BTreeMap<(usize, String), usize>,
    /// The objective of the rows above.
    last: Option<usize>,
}

impl<'t> Reader<'t> {
    fn new(table: &'t Table, map: &'t Map) -> Self {
        let mut found = Found::default();
        let mut columns = BTreeMap::new();
        let mut numbered = Vec::new();
        for (key, heading) in &map.columns {
            if heading.contains("{n}") {
                number(table, key, heading, &mut numbered);
            } else if let Some(column) = table.column(heading) {
                columns.insert(*key, column);
            } else {
                found.diagnostics.extend(missing(table, key, heading));
            }
        }
        let kind = map.kind.as_ref().and_then(|rows| Some((table.column(&rows.column)?, rows)));
        if let (None, Some(rows)) = (kind, &map.kind) {
            found.diagnostics.extend(missing(table, "kind", &rows.column));
        }
        let mut reader = Self {
            map,
            columns,
            numbered,
            kind,
            found,
            known: BTreeMap::new(),
            key_results: BTreeMap::new(),
            last: None,
        };
        reader.tell_of_others(table);
        reader
    }

    /// Tells of columns that the map doesn't name.
    fn tell_of_others(&mut self, table: &Table) {
        let used: Vec<usize> =
            self.columns.values().chain(self.numbered.iter().flat_map(BTreeMap::values)).copied().collect();
        let kind = self.kind.map(|(column, _)| column);
        for (at, head) in table.head.iter().enumerate() {
            let is_named = used.contains(&at) || kind == Some(at);
            let is_ignored = self.map.ignored.iter().any(|heading| plain(heading) == plain(&head.text));
            let count = table.rows.iter().filter(|row| row.get(at).is_some_and(|cell| cell.told().is_some())).count();
            if !is_named && !is_ignored && count > 0 {
                let text =
                    format!("the column `{}` ({}): the map doesn't name it", cut(&head.text), counted(count, "cell"));
                self.found.left_out.push(Note::at(&head.place, text));
            }
        }
    }

    fn told(&self, row: &[Cell], key: &str) -> Option<Told> {
        row.get(*self.columns.get(key)?)?.told()
    }

    fn row(&mut self, row: &[Cell]) {
        let Some((column, rows)) = self.kind else { return self.joined(row) };
        let Some(title) = self.told(row, "title") else { return };
        let kind = row.get(column).map(|cell| cell.text.trim()).unwrap_or_default();
        if kind.eq_ignore_ascii_case(&rows.objective) {
            let objective = self.objective(row, title.clone());
            self.last = Some(self.found.objectives.len());
            let name = self.told(row, "id").map_or_else(|| title.text.clone(), |id| id.text);
            self.known.insert(name, self.found.objectives.len());
            self.found.objectives.push(objective);
        } else if kind.eq_ignore_ascii_case(&rows.key_result) {
            let parent = self.told(row, "parent");
            let place = match &parent {
                Some(parent) => self.known.get(&parent.text).copied(),
                None => self.last,
            };
            match place {
                Some(place) => {
                    let columns = self.columns.clone();
                    self.key_result(place, row, title, &columns);
                }
                None => {
                    let text = format!("`{}`: the table has no objective above it", cut(&title.text));
                    self.found.asked.push(Note::at(&title.place, text));
                }
            }
        } else {
            let text = format!("`{}`: it is neither objective nor key result but `{}`", cut(&title.text), cut(kind));
            self.found.left_out.push(Note::at(&title.place, text));
        }
    }

    /// Reads a row that names the objective and one key result of it, or several in numbered columns.
    fn joined(&mut self, row: &[Cell]) {
        let sentence = self.told(row, "key_result");
        let place = match self.told(row, "objective") {
            Some(title) => Some(self.known_objective(row, title)),
            None => self.last,
        };
        let Some(place) = place else {
            if let Some(sentence) = sentence {
                let text = format!("`{}`: nothing says which objective it belongs to", cut(&sentence.text));
                self.found.asked.push(Note::at(&sentence.place, text));
            }
            return;
        };
        self.last = Some(place);
        if let Some(sentence) = sentence {
            let columns = self.columns.clone();
            self.key_result(place, row, sentence, &columns);
        }
        for columns in self.numbered.clone() {
            let sentence = columns.get("key_result").and_then(|&at| row.get(at)?.told());
            if let Some(sentence) = sentence {
                self.key_result(place, row, sentence, &columns);
            }
        }
    }

    fn known_objective(&mut self, row: &[Cell], title: Told) -> usize {
        let objective = self.objective(row, title);
        let text = |told: &Option<Told>| told.as_ref().map(|told| told.text.as_str()).unwrap_or_default().to_owned();
        let Period { name, begins, ends } = &objective.period;
        let parts = [&objective.title.text, &text(&objective.team), &text(name), &text(begins), &text(ends)];
        let key = parts.map(String::as_str).join("\n");
        let place = self.found.objectives.len();
        let known = *self.known.entry(key).or_insert(place);
        if known == place {
            self.found.objectives.push(objective);
        }
        known
    }

    fn objective(&self, row: &[Cell], title: Told) -> Objective {
        let is_of_key_result = self.kind.is_none();
        let period =
            Period { name: self.told(row, "period"), begins: self.told(row, "begins"), ends: self.told(row, "ends") };
        Objective {
            title,
            team: self.told(row, "team"),
            period,
            owners: if is_of_key_result && self.numbered.is_empty() { Vec::new() } else { self.owners(row) },
            note: self.told(row, "note").filter(|_| !is_of_key_result),
            key_results: Vec::new(),
            style: self.map.style(),
        }
    }

    fn owners(&self, row: &[Cell]) -> Vec<Owner> {
        let Some(told) = self.told(row, "owners") else { return Vec::new() };
        owners(&told)
    }

    fn key_result(&mut self, objective: usize, row: &[Cell], title: Told, columns: &BTreeMap<&'static str, usize>) {
        let told = |key: &str| columns.get(key).and_then(|&at| row.get(at)?.told());
        let unit = told("unit");
        let is_fraction = unit.as_ref().is_some_and(|unit| self.map.fractions.as_ref() == Some(&unit.text));
        let number = |key: &str| told(key).map(|told| if is_fraction { percent(told) } else { told });
        let key = (objective, title.text.clone());
        let known = self.key_results.get(&key).copied();
        let place = known.unwrap_or(self.found.objectives[objective].key_results.len());
        if known.is_none() {
            let is_alone = self.numbered.is_empty();
            let key_result = KeyResult {
                start: number("start"),
                target: number("target"),
                aim: told("aim").map_or(Aim::Reach, |aim| aim_of(&aim.text)),
                unit,
                owners: if is_alone { self.owners(row) } else { Vec::new() },
                note: self.told(row, "note").filter(|_| is_alone),
                weight: told("weight"),
                ..KeyResult::new(title)
            };
            self.found.objectives[objective].key_results.push(key_result);
            self.key_results.insert(key, place);
        }
        let key_result = &mut self.found.objectives[objective].key_results[place];
        if let Some(score) = told("score") {
            key_result.score = Some(Score { told: score, of: self.map.score_of });
        }
        match (number("value"), told("date")) {
            (Some(value), Some(day)) => key_result.values.push(Value { day, value }),
            (Some(value), None) => key_result.undated = Some(value),
            (None, _) => {}
        }
    }
}

/// Returns the people that a text names.
#[must_use]
pub(super) fn owners(told: &Told) -> Vec<Owner> {
    let names = told.text.split([';', ',', '\n']);
    names
        .filter_map(|name| Some(Owner { name: Told::new(name.trim().trim_start_matches('@'), told.place.clone())? }))
        .collect()
}

/// Returns a share as a percentage: 0.25 as 25 %.
fn percent(told: Told) -> Told {
    let share = Number::parse(&told.text).and_then(|share| share.times(Number::whole(100)));
    let text = share.map(|percent| format!("{}%", percent.normal()));
    Told { text: text.unwrap_or_else(|| told.text.clone()), ..told }
}

fn aim_of(text: &str) -> Aim {
    match text.to_ascii_uppercase().as_str() {
        "STAY_AT_OR_BELOW" => Aim::AtMost,
        "STAY_AT_OR_ABOVE" => Aim::AtLeast,
        _ => Aim::Reach,
    }
}

/// Looks for the numbered columns of a key.
fn number(table: &Table, key: &'static str, heading: &str, numbered: &mut Vec<BTreeMap<&'static str, usize>>) {
    for number in 1..=NUMBERED {
        if let Some(column) = table.column(&heading.replace("{n}", &number.to_string())) {
            if numbered.len() < number {
                numbered.resize(number, BTreeMap::new());
            }
            numbered[number - 1].insert(key, column);
        }
    }
}

/// Says that a column isn't there, where nothing can be read without it.
fn missing(table: &Table, key: &str, heading: &str) -> Option<Diagnostic> {
    let is_needed = matches!(key, "objective" | "key_result" | "title" | "kind");
    let place = &table.head.first()?.place;
    let headings: Vec<String> = table.head.iter().map(|cell| format!("`{}`", cut(&cell.text))).take(20).collect();
    let help = match table.near(heading) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("its columns are {}", headings.join(", ")),
    };
    let message = format!("{} has no column `{heading}`, which the map reads as `{key}`", table.name);
    is_needed.then(|| Diagnostic::error("unknown-column", place.clone(), message).help(help))
}
