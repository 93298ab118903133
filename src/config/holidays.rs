//! Days off: a list in the settings, or a file of dates beside them.
//!
//! In: the setting, or the file's text. Out: days, sorted. A file has a date on each line, behind a hyphen or before more
//! columns as it may be.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::model::calendar::Day;
use crate::source::Spanned;
use crate::yaml::{Kind, Node, Reader, Text};

/// Where days off are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Holidays {
    /// Those of the settings.
    pub(super) days: BTreeSet<Day>,
    /// The file that holds them instead.
    pub(super) file: Option<Spanned<Arc<str>>>,
}

/// Returns what the setting says.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Holidays {
    let is_name = |text: &str| !text.starts_with(|first: char| first.is_ascii_digit());
    // A list of one file is that file.
    let node = match node.items() {
        [only] if matches!(&only.kind, Kind::Scalar(scalar) if is_name(scalar.text.trim())) => only,
        _ => node,
    };
    if let Kind::Scalar(scalar) = &node.kind
        && is_name(scalar.text.trim())
    {
        let file = reader.text(node, "`holidays`").map(|text| text.map(Arc::from));
        return Holidays { days: BTreeSet::new(), file };
    }
    if matches!(node.kind, Kind::Map(_)) {
        reader.wrong_kind(node, "`holidays` is a list of days, or the name of a file of dates");
        return Holidays::default();
    }
    let items = node.items().iter().filter(|item| !item.is_absent());
    let days = items.filter_map(|item| reader.day(item, "a holiday")).map(|day| day.value).collect();
    Holidays { days, file: None }
}

/// Returns the days of a file, and what is wrong with it.
pub(super) fn of_file(source: Text<'_>) -> (BTreeSet<Day>, Vec<Diagnostic>) {
    let mut reader = Reader::new(source);
    let mut days = BTreeSet::new();
    let mut at = 0;
    for (number, line) in source.text.split('\n').enumerate() {
        let cell = line.split(['#', ',', ';', '\t']).next().unwrap_or_default();
        let cell = cell.trim().trim_start_matches("- ").trim_matches(['"', '\'', ' ']);
        let is_heading = number == 0 && !cell.starts_with(|first: char| first.is_ascii_digit());
        if !cell.is_empty() && cell != "---" && !is_heading {
            let start = at + line.find(cell).unwrap_or(0);
            days.extend(reader.day_of(cell, source.span(start..start + cell.len()), "a holiday"));
        }
        at += line.len() + 1;
    }
    (days, reader.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn a_file_has_a_date_on_each_line_whatever_its_form() {
        for (text, days, faults) in [
            ("- 2026-04-03\n- 2026-04-06  # Easter Monday\n", "2026-04-03 2026-04-06", 0),
            ("date,name\r\n2026-12-25,Christmas\r\n\r\n2026-01-01,New Year\r\n", "2026-01-01 2026-12-25", 0),
            ("# off\n---\n\"2026-05-01\"", "2026-05-01", 0),
            ("2026-05-01\n1.5.2027\n2026-02-30\n", "2026-05-01", 2),
            ("", "", 0),
        ] {
            let mut sources = Sources::default();
            let file = sources.add("holidays.txt", text);
            let (found, diagnostics) = of_file(Text::whole(file, text));
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert_eq!((found.join(" ").as_str(), diagnostics.len()), (days, faults), "{text:?}");
        }
    }
}
