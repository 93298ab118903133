//! Bad cells as diagnostics: the first few of each column with a caret, the rest as a number.
//!
//! In: a record, a column and what is wrong with its cell. Out: diagnostics whose place is the line as it stands in
//! the export. A cell that several metrics read is reported once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Diagnostic, LinePlace, Place};
use crate::metrics::cells::date::looks_like_date;
use crate::metrics::cells::text::decode;
use crate::metrics::cells::{civil, number};
use crate::metrics::split::record::Record;
use crate::model::quantity::Number;

/// How many bad cells of a column are shown.
const SHOWN: u32 = 5;

/// The bad cells of one export.
pub(in crate::metrics) struct Faults {
    path: Arc<str>,
    columns: Vec<Column>,
    diagnostics: Vec<Diagnostic>,
    /// Durations below zero, by column.
    negative: BTreeMap<usize, Negative>,
}

/// Durations below zero in one column.
struct Negative {
    count: u64,
    last_line: u64,
    first: LinePlace,
    cell: String,
}

#[derive(Default, Clone)]
struct Column {
    shown: u32,
    more: u64,
    last_line: u64,
}

/// What is wrong with a cell.
pub(in crate::metrics) struct Fault {
    /// What is wrong, said of the quoted cell: `is not a number`.
    pub(in crate::metrics) message: String,
    /// What to do.
    pub(in crate::metrics) help: Option<String>,
}

impl Faults {
    /// Returns a record of bad cells without any.
    pub(in crate::metrics) fn new(path: Arc<str>, width: usize) -> Self {
        Self { path, columns: vec![Column::default(); width + 1], diagnostics: Vec::new(), negative: BTreeMap::new() }
    }

    /// Reports a cell.
    pub(in crate::metrics) fn cell(&mut self, record: &Record<'_>, column: usize, fault: Fault) {
        let message = format!("{} {}", quoted(&record.text(column)), fault.message);
        self.report(record, column, Fault { message, help: fault.help });
    }

    /// Reports a record that has more cells than there are columns.
    pub(in crate::metrics) fn row(&mut self, record: &Record<'_>, width: usize) {
        let lines = memchr::memchr_iter(b'\n', record.raw).count();
        let message = if record.cells.len() > width {
            format!("this row has {} cells, but there are {width} columns", record.cells.len())
        } else if lines > 0 {
            "this row covers several lines, because a quote isn't closed".to_owned()
        } else {
            "a quote that isn't closed takes several cells of this row into one".to_owned()
        };
        let help = if lines > 0 {
            format!("a quote that opens on this line closes {lines} lines below; mend the quotes")
        } else if record.cells.len() < width {
            "mend the quotes of this line".to_owned()
        } else {
            "quote cells that hold the delimiter, or set `delimiter` in the metric's definition".to_owned()
        };
        self.report(record, width, Fault { message, help: Some(help) });
    }

    /// Notes a duration below zero.
    pub(in crate::metrics) fn negative(&mut self, record: &Record<'_>, column: usize) {
        let seen = self.negative.entry(column).or_insert_with(|| Negative {
            count: 0,
            last_line: 0,
            first: place(&self.path, record, column),
            cell: record.text(column).into_owned(),
        });
        if seen.last_line != record.line {
            (seen.count, seen.last_line) = (seen.count + 1, record.line);
        }
    }

    /// Reports a record whose cells stand in other columns than those of other records.
    pub(in crate::metrics) fn misfit(&mut self, record: &Record<'_>, column: usize, name: &str) {
        let cell = record.text(column);
        let what = if cell.is_empty() { format!("{name} is empty") } else { format!("{} is in {name}", quoted(&cell)) };
        let message = format!("the cells of this row stand elsewhere than those of others: {what}");
        let help = "a separator or a quote is missing or too many: mend the row where it comes from".to_owned();
        self.report(record, column, Fault { message, help: Some(help) });
    }

    /// Reports that another table begins with a record, and that it isn't read.
    pub(in crate::metrics) fn other_table(&mut self, record: &Record<'_>) {
        let message = "another table begins here; only the one above is read";
        let help = format!("to read this one instead, set `skip_rows: {}` in the metric's definition", record.line - 1);
        let place = place(&self.path, record, usize::MAX);
        self.diagnostics.push(Diagnostic::warning("several-tables", place, message).help(help));
    }

    fn report(&mut self, record: &Record<'_>, column: usize, fault: Fault) {
        let last = self.columns.len() - 1;
        let seen = &mut self.columns[column.min(last)];
        if seen.last_line == record.line {
            return;
        }
        seen.last_line = record.line;
        if seen.shown == SHOWN {
            seen.more += 1;
            return;
        }
        seen.shown += 1;
        let place = place(&self.path, record, column);
        let mut diagnostic = Diagnostic::error("bad-cell", place, fault.message).label("this row is left out");
        diagnostic.help = fault.help;
        self.diagnostics.push(diagnostic);
    }

    /// Returns the diagnostics, with a number for those that weren't shown.
    pub(in crate::metrics) fn finish(mut self, header: Option<&[String]>) -> Vec<Diagnostic> {
        for (column, seen) in self.columns.iter().enumerate().filter(|(_, seen)| seen.more > 0) {
            let name = match header.and_then(|header| header.get(column)) {
                Some(name) => format!("in column {}", quoted(name)),
                None if column + 1 == self.columns.len() => "with too many cells".to_owned(),
                None => format!("in column {}", column + 1),
            };
            let rows = if seen.more == 1 { "row" } else { "rows" };
            let message = format!("and {} more bad {rows} {name}", seen.more);
            self.diagnostics.push(Diagnostic::error("bad-cell", Place::File(self.path.clone()), message));
        }
        for (column, seen) in self.negative {
            let name =
                header.and_then(|header| header.get(column)).cloned().unwrap_or_else(|| (column + 1).to_string());
            let more = match seen.count {
                1 => String::new(),
                2 => ", and so is one more of its cells".to_owned(),
                count => format!(", and so are {} more of its cells", count - 1),
            };
            let message = format!("{} in {} is a duration below zero{more}", quoted(&seen.cell), quoted(&name));
            let mut help = "mend what ends before it begins where it comes from".to_owned();
            // Between two dates no column holds the duration.
            if !looks_like_date(seen.cell.as_bytes()) {
                help.push_str(&format!(", or choose what counts: `where: {{ {}: {{ from: 0 }} }}`", quoted(&name)));
            }
            let diagnostic = Diagnostic::warning("negative-duration", seen.first, message);
            self.diagnostics.push(diagnostic.label("ends before it begins").help(help));
        }
        self.diagnostics
    }
}

/// Returns a text in quotes, cut where it is long.
pub(in crate::metrics) fn quoted(text: &str) -> String {
    let shown: String = text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if shown.len() < text.len() { format!("\"{shown}…\"") } else { format!("\"{shown}\"") }
}

/// Returns the place of a cell; of the whole line where the record has no such cell.
pub(in crate::metrics) fn place(path: &Arc<str>, record: &Record<'_>, column: usize) -> LinePlace {
    let (start, end) = record.range(column);
    // A record with line ends in quotes covers several lines; the one with the cell is shown.
    let raw = record.raw;
    let line_start = raw[..start].iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let line_end = memchr::memchr(b'\n', &raw[start..]).map_or(raw.len(), |newline| start + newline);
    let (before, cell) = (&raw[line_start..start], &raw[start..end.min(line_end).max(start)]);
    let after = &raw[start + cell.len()..line_end];
    let mut text = decode(before).into_owned();
    let start = text.len();
    text.push_str(&decode(cell));
    let end = text.len();
    text.push_str(String::from_utf8_lossy(&after[..after.len().min(120)]).trim_end_matches(['\u{fffd}', '\r']));
    let lines_before = memchr::memchr_iter(b'\n', &raw[..line_start]).count();
    LinePlace { path: path.clone(), line: record.line + lines_before as u64, text, start, end }
}

/// Says what is wrong with a date.
pub(in crate::metrics) fn of_date(fault: civil::Fault, format: Option<&str>) -> Fault {
    let (message, help) = match fault {
        civil::Fault::NotADate => ("is not a date".to_owned(), None),
        civil::Fault::NotInFormat => {
            (format!("is not written as `date_format: {}` says", format.unwrap_or_default()), None)
        }
        civil::Fault::NoSuchDay => ("is no day of the calendar".to_owned(), None),
        civil::Fault::NoYear => ("has no year".to_owned(), Some("export dates with their year, best as 2026-07-01")),
        civil::Fault::Zone => {
            let help =
                "set `zone:` in the metric's definition, such as `zone: America/Chicago`, or export times in UTC";
            ("names a zone that isn't known".to_owned(), Some(help))
        }
        civil::Fault::Ambiguous => (
            "may be two dates: nothing tells day from month".to_owned(),
            Some("set `date_format: D/M/YYYY` or `date_format: M/D/YYYY` in the metric's definition"),
        ),
        civil::Fault::Contradiction => (
            "has day and month the other way round than other cells".to_owned(),
            Some("set `date_format` in the metric's definition, as in `date_format: M/D/YY`"),
        ),
    };
    Fault { message, help: help.map(str::to_owned) }
}

/// Says what is wrong with a number.
pub(in crate::metrics) fn of_number(fault: number::Fault) -> Fault {
    let decimal = "set `decimal: \".\"` or `decimal: \",\"` in the metric's definition";
    let (message, help) = match fault {
        number::Fault::NotANumber => ("is not a number", None),
        number::Fault::Contradiction => ("has its separators the other way round than other numbers", Some(decimal)),
        number::Fault::Ambiguous => ("may be two numbers: nothing tells thousands from decimals", Some(decimal)),
        number::Fault::TooLarge => ("is too large a number to compute with", None),
    };
    Fault { message: message.to_owned(), help: help.map(str::to_owned) }
}

/// Says that a number is in another currency than its column or metric.
pub(in crate::metrics) fn of_currency(other: &str, own: &str) -> Fault {
    let help = match other {
        "cents" => "export whole amounts".to_owned(),
        _ => format!("choose rows of one currency with `where:`; if the metric is in {other}, set `unit: {other}`"),
    };
    Fault { message: format!("is in {other}, and not in {own}"), help: Some(help) }
}

/// Says that a text is one that a condition asks for but for quotes that were left in it.
pub(in crate::metrics) fn of_quotes() -> Fault {
    let help = "a quote is missing or too many: mend the row where it comes from";
    Fault {
        message: "has a quote left in it, and would be asked for without it".to_owned(),
        help: Some(help.to_owned()),
    }
}

/// Says that a number most likely stands for "no value".
pub(in crate::metrics) fn of_placeholder(number: &Number, column: &str) -> Fault {
    let help = format!("if it is a value, say from where numbers count: `where: {{ {column}: {{ from: {number} }} }}`");
    Fault { message: "stands for \"no value\" in many exports".to_owned(), help: Some(help) }
}
