//! Maps: which column of a product's table says what.
//!
//! In: a map's YAML, the program's own or the user's. Out: a [`Map`], and what is wrong with the text.

use std::collections::BTreeMap;

use super::found::Style;
use crate::diag::{Diagnostic, nearest};
use crate::source::{Sources, Span};
use crate::yaml::{self, Kind, Node, Text};

/// The maps that the program brings along, by their names.
pub const READY: [(&str, &str); 6] = [
    ("asana", include_str!("../../assets/maps/asana.yaml")),
    ("betterworks", include_str!("../../assets/maps/betterworks.yaml")),
    ("culture-amp", include_str!("../../assets/maps/culture-amp.yaml")),
    ("lattice", include_str!("../../assets/maps/lattice.yaml")),
    ("notion", include_str!("../../assets/maps/notion.yaml")),
    ("perdoo", include_str!("../../assets/maps/perdoo.yaml")),
];

/// The keys that name a column, each with what the column says.
pub const COLUMNS: [(&str, &str); 20] = [
    ("objective", "the objective's title, on each row of a key result or on its first"),
    ("key_result", "the key result's sentence"),
    ("title", "the title of an objective or a key result, where rows are both; `kind` tells them apart"),
    ("id", "what `parent` refers to"),
    ("parent", "the `id` of a key result's objective; without it a key result belongs to the objective above it"),
    ("team", "the team"),
    ("period", "the period: Q1 2024, H1 2026, Annual 2025"),
    ("begins", "the first day of the period"),
    ("ends", "its last day"),
    ("owners", "who answers for it, parted by `;` or `,`"),
    ("note", "what is said besides"),
    ("start", "where a key result started"),
    ("target", "where it was to end"),
    ("unit", "what it counts in"),
    ("aim", "what the target is: rows that say STAY_AT_OR_BELOW or STAY_AT_OR_ABOVE are bounds"),
    ("weight", "its weight"),
    ("value", "a value"),
    ("date", "the day of the value; rows of one key result with days of their own are its check-ins"),
    ("score", "the product's own score, which is compared and never taken"),
    ("ignore", "a column, or a list of them, that is left out without a word"),
];

/// The keys that say how the table is written.
const OTHERS: [&str; 6] = ["source", "kind", "score_of", "dates", "decimal", "fractions"];

/// Which column says what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    /// What the product is called.
    pub source: String,
    /// Headings by what their columns say; `{n}` in one stands for 1, 2, 3….
    pub columns: BTreeMap<&'static str, String>,
    /// Headings of columns that are left out without a word.
    pub ignored: Vec<String>,
    /// What tells objectives from key results, where rows are both.
    pub kind: Option<Rows>,
    /// What stands for a whole score.
    pub score_of: i64,
    /// How days are written.
    pub dates: Option<String>,
    /// The sign before decimals.
    pub decimal: Option<char>,
    /// What the column of units says where 0.25 stands for 25 %.
    pub fractions: Option<String>,
}

impl Map {
    /// Returns how the table writes numbers and days.
    #[must_use]
    pub fn style(&self) -> Style {
        Style { decimal: self.decimal, dates: self.dates.clone() }
    }
}

/// What tells objectives from key results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The column.
    pub column: String,
    /// What it says of an objective.
    pub objective: String,
    /// What it says of a key result.
    pub key_result: String,
}

/// Reads a map.
#[must_use]
pub fn read(sources: &mut Sources, path: &str, text: &str) -> (Map, Vec<Diagnostic>) {
    let file = sources.add(path, text);
    let (node, mut diagnostics) = yaml::read(Text::whole(file, text));
    let mut map = Map { score_of: 1, source: "the table".to_owned(), ..Map::default() };
    let whole = Span::new(file, 0..0);
    let Some(Node { kind: Kind::Map(entries), .. }) = node else {
        diagnostics.push(bad(whole, "a map says which column says what").help("begin with `objective: HEADING`"));
        return (map, diagnostics);
    };
    for entry in &entries.entries {
        let key: &str = &entry.key.value;
        let column = COLUMNS.iter().find(|(known, _)| *known == key);
        match (column, entry.value.as_text(), key) {
            (Some(("ignore", _)), ..) => {
                map.ignored.extend(entry.value.items().iter().filter_map(Node::as_text).map(str::to_owned));
            }
            (Some((known, _)), Some(heading), _) => {
                map.columns.insert(known, heading.to_owned());
            }
            (None, Some(text), "source") => text.clone_into(&mut map.source),
            (None, Some(text), "dates") => map.dates = Some(text.to_owned()),
            (None, Some(unit), "fractions") => map.fractions = Some(unit.to_owned()),
            (None, Some("1"), "score_of") => map.score_of = 1,
            (None, Some("100"), "score_of") => map.score_of = 100,
            (None, Some(sign @ ("." | ",")), "decimal") => map.decimal = sign.chars().next(),
            (None, _, "kind") => match kind(&entry.value) {
                Some(rows) => map.kind = Some(rows),
                None => diagnostics.push(bad(entry.value.span, "`kind` tells rows apart").help(KIND_HELP)),
            },
            _ => diagnostics.push(unknown(key, entry.key.span, entry.value.span)),
        }
    }
    if !["key_result", "title", "objective"].iter().any(|key| map.columns.contains_key(key)) {
        diagnostics.push(bad(whole, "no column holds sentences").help("name it: `key_result: HEADING`"));
    }
    (map, diagnostics)
}

const KIND_HELP: &str = "write `kind: { column: type, objective: goal, key_result: milestone }`";

fn bad(place: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("bad-map", place, message)
}

fn unknown(key: &str, place: Span, value: Span) -> Diagnostic {
    if OTHERS.contains(&key) || COLUMNS.iter().any(|(known, _)| *known == key) {
        let help = match key {
            "score_of" => "write 1 or 100",
            "decimal" => "write \".\" or \",\"",
            _ => "write one text",
        };
        return bad(value, format!("`{key}` can't be this")).help(help);
    }
    let known = COLUMNS.iter().map(|(known, _)| *known).chain(OTHERS);
    let diagnostic = bad(place, format!("a map has no key `{key}`"));
    match nearest(key, known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("`okrbook import --help` lists the keys of maps"),
    }
}

fn kind(node: &Node<'_>) -> Option<Rows> {
    let Kind::Map(map) = &node.kind else { return None };
    let find = |key: &str| {
        let entry = map.entries.iter().find(|entry| entry.key.value == key)?;
        Some(entry.value.as_text()?.to_owned())
    };
    Some(Rows { column: find("column")?, objective: find("objective")?, key_result: find("key_result")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let (_, faults) = read(&mut sources, "map.yaml", text);
        let place = |fault: &Diagnostic| match &fault.place {
            crate::diag::Place::Text(span) => sources.position(*span),
            _ => panic!("a place in the text"),
        };
        faults.iter().map(|fault| format!("{}:{} {}", place(fault).line, place(fault).column, fault.message)).collect()
    }

    #[test]
    fn every_ready_map_is_read_without_a_word() {
        for (name, text) in READY {
            assert_eq!(faults(text), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn a_slip_in_a_map_is_told_at_its_key() {
        assert_eq!(faults("objective: A\nkeyresult: B\n"), ["2:1 a map has no key `keyresult`"]);
        assert_eq!(faults("objective: A\nscore_of: 7\n"), ["2:11 `score_of` can't be this"]);
        assert_eq!(faults("objective: A\nkind: type\n"), ["2:7 `kind` tells rows apart"]);
        assert_eq!(faults("team: A\n"), ["1:1 no column holds sentences"]);
        assert_eq!(faults("- a\n"), ["1:1 a map says which column says what"]);
    }
}
