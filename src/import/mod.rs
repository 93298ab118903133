//! OKRs that stand in another product, brought into a book.
//!
//! In: files that another product or a team wrote, and what the book says. Out: files of a book as text, and notes on what
//! was understood, asked and left out. Nothing is guessed, nothing is typed in as a score, and nothing is written here.
//!
//! `csv`, `workbook` and `pipes` make tables, in which `rows` finds objectives by a map; `viva` and `markdown` find them by
//! themselves. `arrange` puts what was found into its places, `files` writes it down, `report` tells.

mod archive;
pub mod arrange;
mod csv;
pub mod files;
pub mod found;
mod goal;
mod headings;
mod ids;
mod input;
mod json;
mod known;
mod lines;
pub mod map;
mod markdown;
mod marks;
mod people;
pub mod period;
mod pipes;
pub mod report;
mod rows;
mod table;
mod teams;
mod text;
mod value;
mod viva;
mod workbook;

pub use input::Input;
pub use known::Known;
pub use text::decode;

use found::{Found, Note};
use json::Node;
use map::Map;
use table::Table;
use viva::Part;

use crate::diag::{Diagnostic, Place};
use crate::source::Sources;

/// The largest file that is taken, in bytes.
pub const FILE_LIMIT: u64 = 64 << 20;

/// Returns what files say. Those of Viva Goals are read together, whether they are packed or not.
#[must_use]
pub fn understand(inputs: &[Input<'_>], known: Known<'_>, sources: &mut Sources) -> Found {
    let mut found = Found::default();
    let mut parts = Vec::new();
    for input in inputs {
        let outcome = match Form::of(input) {
            Form::Archive => unpack(input, &mut parts, &mut found, sources),
            Form::Json => part(input, &mut parts, &mut found, sources),
            Form::Workbook => workbook::tables(input).map(|tables| {
                tables.iter().for_each(|table| found.add(read_table(table, known.map)));
            }),
            Form::Markdown => decode(input).map(|text| {
                let file = sources.add(input.name, &text);
                found.add(markdown::read(file, &text, known));
            }),
            Form::Table => read_text(input, known.map, sources).map(|read| found.add(read)),
        };
        found.diagnostics.extend(outcome.err().map(|fault| *fault));
    }
    if !parts.is_empty() {
        found.add(viva::read(&parts));
    }
    found
}

/// Says whether Viva Goals wrote a file, which needs no map to be called by its name.
#[must_use]
pub fn is_of_viva(input: &Input<'_>) -> bool {
    matches!(Form::of(input), Form::Archive | Form::Json)
}

/// What a file is, by its ending and its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Archive,
    Json,
    Workbook,
    Markdown,
    Table,
}

impl Form {
    fn of(input: &Input<'_>) -> Self {
        let name = input.name.to_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        match input.bytes {
            _ if ends(&[".xlsx", ".xlsm"]) => Self::Workbook,
            [b'P', b'K', ..] => Self::Archive,
            _ if ends(&[".json"]) => Self::Json,
            _ if ends(&[".md", ".markdown"]) => Self::Markdown,
            _ if ends(&[".zip"]) => Self::Archive,
            _ => Self::Table,
        }
    }
}

/// Takes the JSON files of an archive.
fn unpack(
    input: &Input<'_>,
    parts: &mut Vec<(Part, Node)>,
    found: &mut Found,
    sources: &mut Sources,
) -> Result<(), Box<Diagnostic>> {
    for (name, bytes) in archive::files(input)? {
        let name = format!("{}/{name}", input.name);
        part(&Input { name: &name, bytes: &bytes }, parts, found, sources)?;
    }
    Ok(())
}

fn part(
    input: &Input<'_>,
    parts: &mut Vec<(Part, Node)>,
    found: &mut Found,
    sources: &mut Sources,
) -> Result<(), Box<Diagnostic>> {
    let Some(part) = Part::of(input.name) else {
        let text = "it is none of TimePeriods, Teams, Users, objectives and checkins as Viva Goals names them";
        found.left_out.push(Note::at(&Place::file(input.name), text));
        return Ok(());
    };
    let text = decode(input)?;
    let file = sources.add(input.name, &text);
    parts.push((part, json::read(file, &text)?));
    Ok(())
}

fn read_text(input: &Input<'_>, map: Option<&Map>, sources: &mut Sources) -> Result<Found, Box<Diagnostic>> {
    let text = decode(input)?;
    let file = sources.add(input.name, &text);
    let Some(table) = Table::of(input.name, csv::rows(file, &text)?) else {
        let message = format!("{} holds no table", input.name);
        let diagnostic = Diagnostic::error("not-a-table", Place::file(input.name), message);
        return Err(Box::new(diagnostic.help("its first row with two cells or more is to be the headings")));
    };
    Ok(read_table(&table, map))
}

/// Returns what a table says, by the map, else by headings that say it plainly; else asks what its columns mean.
fn read_table(table: &Table, map: Option<&Map>) -> Found {
    let own = pipes::map(table).filter(|map| map.columns.contains_key("objective"));
    if let Some(map) = map.or(own.as_ref()) {
        return rows::read(table, map);
    }
    let headings = table.head.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    let headings: Vec<String> = headings.take(40).map(value::cut).collect();
    let names: Vec<&str> = map::READY.iter().map(|(name, _)| *name).collect();
    let text = format!(
        "what the columns of {} mean ({}): say `--map NAME` ({}), or write a map",
        table.name,
        headings.join(", "),
        names.join(", ")
    );
    let note = Note { place: table.head.first().map(|cell| cell.place.clone()), text };
    Found { asked: vec![note], ..Found::default() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::arrange::{Given, arrange};
    use crate::model::calendar::Calendar;

    /// Reads bytes in every form, and puts what was found into its places.
    fn brought(bytes: &[u8]) {
        let calendar = Calendar::default();
        for name in ["a.md", "a.csv", "a.json", "objectives.json", "a.zip", "a.xlsx"] {
            let mut sources = Sources::default();
            let (map, _) = map::read(&mut sources, "lattice", map::READY[3].1);
            for map in [None, Some(&map)] {
                let known = Known { map, calendar: &calendar, teams: &[] };
                let found = understand(&[Input { name, bytes }], known, &mut sources);
                let sealed = std::collections::BTreeSet::new();
                let given =
                    Given { calendar: &calendar, teams: &[], people: &[], sealed: &sealed, team: None, cycle: None };
                let arranged = arrange(found, &given);
                assert!(report::report(&arranged, &report::Scores::new(), &sources).starts_with("Understood"));
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(
            lines in proptest::collection::vec(
                "(# |## |- |  - |\\* |\\||> |1\\. )?(\\*\\*|~~|\\[x\\] )?(KR1:|Objective:|O2|Team: |Q1 2024)?\\PC{0,12}(\\[0\\.7\\]|\\(@\\PC\\)|\\|)?",
                0..12,
            )
        ) {
            brought(lines.join("\n").as_bytes());
        }

        #[test]
        fn any_values_are_read_or_refused(text in "\\PC{0,12}") {
            let calendar = Calendar::default();
            let _ = value::amount(&text, None);
            let _ = value::day(&text, None, &calendar.zone);
            let _ = value::day(&text, Some("MM/DD/YYYY"), &calendar.zone);
            let _ = period::named(&text, &calendar);
        }

        #[test]
        fn any_json_is_read_or_refused(text in "[\\[\\]{}:,\"a1\\\\u \\PC]{0,40}") {
            brought(text.as_bytes());
        }
    }
}
