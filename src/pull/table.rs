//! What an engine or a program answered, as the CSV of an export.
//!
//! In: columns with their cells. Out: the CSV, sorted by day, its numbers as they came; or why it is no export. One column
//! holds days, at least one holds numbers, and texts stand only where a metric asks for them. Nothing is rounded, nothing is
//! guessed.

use crate::model::calendar::Day;
use crate::model::quantity::Number;

/// The longest text of a cell, in bytes.
const TEXT_LIMIT: usize = 1000;

/// A column as it came home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, as the engine calls it.
    pub kind: String,
    /// Its cells, as many as there are rows.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// A day.
    Day(Day),
    /// A number, all of its digits.
    Number(String),
    /// A text, which may be a day or a number in engines that have no such types.
    Text(String),
    /// Something that no score is made of, in words: "a time of day".
    Other(&'static str),
}

/// What a column is to an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The days.
    Day,
    /// Numbers.
    Number,
    /// Texts that a metric asks for.
    Text,
}

impl Role {
    /// Returns its name in receipts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Number => "number",
            Self::Text => "text",
        }
    }
}

/// An export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Csv {
    /// Its text.
    pub text: String,
    /// How many rows it has, the header aside.
    pub rows: u64,
    /// Name, type and role of each column.
    pub columns: Vec<(String, String, Role)>,
}

/// Why an answer is no export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

fn refuse<T>(message: String, help: &'static str) -> Result<T, Refusal> {
    Err(Refusal { message, help })
}

/// Returns the answer as an export; `texts` names the columns in which texts are asked for.
///
/// # Errors
///
/// Where it has no rows, no column of days or several, no numbers, or a column that is neither.
pub fn export<T: AsRef<str>>(columns: &[Column], texts: &[T]) -> Result<Csv, Refusal> {
    let rows = columns.first().map_or(0, |column| column.cells.len());
    if rows == 0 {
        return refuse(
            "the answer has no rows".to_owned(),
            "the export stays as it was; look at the query's conditions",
        );
    }
    named(columns)?;
    let mut roles = Vec::with_capacity(columns.len());
    for column in columns {
        let is_asked = texts.iter().any(|text| text.as_ref() == column.name);
        roles.push(if is_asked { text_role(column)? } else { role(column)? });
    }
    let days = days(columns, &roles)?;
    if !roles.contains(&Role::Number) && !roles.contains(&Role::Text) {
        return refuse("no column of the answer holds numbers".to_owned(), "let the query give a day and a number");
    }
    let mut lines: Vec<(Day, String)> = Vec::with_capacity(rows);
    for (row, day) in days.iter().enumerate() {
        let cells = columns.iter().zip(&roles).map(|(column, role)| cell(&column.cells[row], *role));
        lines.push((*day, cells.collect::<Vec<_>>().join(",")));
    }
    lines.sort();
    let mut text = columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(",");
    text.push('\n');
    for (_, line) in &lines {
        text.push_str(line);
        text.push('\n');
    }
    let told = columns.iter().zip(roles).map(|(column, role)| (column.name.clone(), column.kind.clone(), role));
    Ok(Csv { text, rows: u64::try_from(rows).unwrap_or(u64::MAX), columns: told.collect() })
}

/// Refuses columns without a name or with the same one.
fn named(columns: &[Column]) -> Result<(), Refusal> {
    for (at, column) in columns.iter().enumerate() {
        let name = column.name.trim();
        if name.is_empty() || name.contains(['\n', '\r']) {
            let message = format!("column {} of the answer has no name", at + 1);
            return refuse(message, "name it in the query: `sum(paid) as paid`");
        }
        if columns[..at].iter().any(|other| other.name == column.name) {
            return refuse(format!("two columns of the answer are called `{name}`"), "name each once in the query");
        }
    }
    Ok(())
}

/// Returns what a column is, by all of its cells.
fn role(column: &Column) -> Result<Role, Refusal> {
    let mut role = None;
    for cell in &column.cells {
        let found = match cell {
            Cell::Empty => continue,
            Cell::Day(_) => Role::Day,
            Cell::Number(digits) if is_number(digits) => Role::Number,
            Cell::Text(text) if Day::parse(text).is_some() => Role::Day,
            Cell::Text(text) if is_number(text) => Role::Number,
            Cell::Number(other) => return Err(neither(column, &format!("`{}` is no number", shown(other)))),
            Cell::Text(other) => return Err(neither(column, &format!("`{}` is a text", shown(other)))),
            Cell::Other(what) => return Err(neither(column, what)),
        };
        if *role.get_or_insert(found) != found {
            return Err(neither(column, "some of its cells are days, others numbers"));
        }
    }
    role.ok_or_else(|| Refusal {
        message: format!("all cells of the column `{}` ({}) are empty", column.name, column.kind),
        help: "leave it out of the query",
    })
}

fn text_role(column: &Column) -> Result<Role, Refusal> {
    let fault = column.cells.iter().find_map(|cell| match cell {
        Cell::Other(what) => Some((*what).to_owned()),
        Cell::Text(text) if text.len() > TEXT_LIMIT => Some(format!("a text has more than {TEXT_LIMIT} bytes")),
        _ => None,
    });
    match fault {
        Some(fault) => Err(neither(column, &fault)),
        None => Ok(Role::Text),
    }
}

fn neither(column: &Column, why: &str) -> Refusal {
    Refusal {
        message: format!("the column `{}` ({}) holds neither days nor numbers: {why}", column.name, column.kind),
        help: "leave it out of the query, cast it (`cast(at as date) as day`), or name it in the metric's `split:` or \
               `where:`",
    }
}

fn shown(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// Returns each row's day.
fn days(columns: &[Column], roles: &[Role]) -> Result<Vec<Day>, Refusal> {
    let mut found = columns.iter().zip(roles).filter(|(_, role)| **role == Role::Day).map(|(column, _)| column);
    let Some(column) = found.next() else {
        return refuse("no column of the answer holds days".to_owned(), "cast one: `cast(at as date) as day`");
    };
    if let Some(other) = found.next() {
        let message = format!("two columns of the answer hold days: `{}` and `{}`", column.name, other.name);
        return refuse(message, "keep the one that a row is about");
    }
    let day = |cell: &Cell| match cell {
        Cell::Day(day) => Some(*day),
        Cell::Text(text) => Day::parse(text),
        _ => None,
    };
    let days: Option<Vec<Day>> = column.cells.iter().map(day).collect();
    days.ok_or_else(|| Refusal {
        message: format!("a row of the answer has no day in `{}`", column.name),
        help: "leave such rows out: `where day is not null`",
    })
}

/// Says whether a text is a decimal number with all of its digits.
fn is_number(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    text.bytes().all(plain) && Number::parse(text).is_some()
}

fn cell(cell: &Cell, role: Role) -> String {
    match cell {
        Cell::Empty | Cell::Other(_) => String::new(),
        Cell::Day(day) => day.to_string(),
        Cell::Number(digits) => digits.clone(),
        Cell::Text(text) if role == Role::Text => quoted(text),
        Cell::Text(text) => text.clone(),
    }
}

/// Returns a text as it stands in a cell (RFC 4180).
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// Returns what a program printed as columns, each cell a text (RFC 4180: commas, quotes, a header).
///
/// # Errors
///
/// Where a row has another number of cells than the header, or a quote stays open.
pub fn of_csv(text: &str) -> Result<Vec<Column>, Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let help = "let it print CSV with a header: commas between cells, quotes around texts with commas";
    let Some(mut records) = records(text) else {
        return refuse("a quote in what the program printed stays open".to_owned(), help);
    };
    if records.is_empty() {
        return refuse("the program printed nothing".to_owned(), help);
    }
    let header = records.remove(0);
    if let Some(at) = records.iter().position(|record| record.len() != header.len()) {
        let message = format!(
            "row {} of what the program printed has {} cells, and its header {}",
            at + 1,
            records[at].len(),
            header.len()
        );
        return refuse(message, help);
    }
    let mut columns: Vec<Column> =
        header.into_iter().map(|name| Column { name, kind: "text".to_owned(), cells: Vec::new() }).collect();
    for record in records {
        for (column, text) in columns.iter_mut().zip(record) {
            column.cells.push(if text.is_empty() { Cell::Empty } else { Cell::Text(text) });
        }
    }
    Ok(columns)
}

/// Returns the cells of each line that isn't empty; nothing where a quote stays open.
fn records(text: &str) -> Option<Vec<Vec<String>>> {
    let (mut records, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut is_open, mut signs) = (false, text.chars().peekable());
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_open && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if is_open || cell.is_empty() => is_open = !is_open,
            ',' if !is_open => record.push(std::mem::take(&mut cell)),
            '\r' if !is_open && signs.peek() == Some(&'\n') => {}
            '\n' if !is_open => {
                if !record.is_empty() || !cell.is_empty() {
                    record.push(std::mem::take(&mut cell));
                    records.push(std::mem::take(&mut record));
                }
            }
            other => cell.push(other),
        }
    }
    if !record.is_empty() || !cell.is_empty() {
        record.push(cell);
        records.push(record);
    }
    (!is_open).then_some(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, cells: &[Cell]) -> Column {
        Column { name: name.to_owned(), kind: "type".to_owned(), cells: cells.to_vec() }
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    fn number(digits: &str) -> Cell {
        Cell::Number(digits.to_owned())
    }

    fn day(text: &str) -> Cell {
        Cell::Day(Day::parse(text).expect("a day"))
    }

    fn message(columns: &[Column], texts: &[&str]) -> String {
        export(columns, texts).expect_err("refused").message
    }

    #[test]
    fn rows_are_sorted_by_day_and_keep_all_digits() {
        let columns = [
            column("day", &[day("2026-02-01"), day("2026-01-01"), text("2026-01-01")]),
            column("paid", &[number("-0.10"), text("12345678901234567.123456789"), Cell::Empty]),
            column("shop, name", &[text("b"), text("say \"a\""), text("a")]),
        ];
        let csv = export(&columns, &["shop, name"]).expect("an export");
        assert_eq!(
            csv.text,
            "day,paid,\"shop, name\"\n2026-01-01,,a\n2026-01-01,12345678901234567.123456789,\"say \"\"a\"\"\"\n\
             2026-02-01,-0.10,b\n"
        );
        assert_eq!((csv.rows, csv.columns[1].2), (3, Role::Number));
    }

    #[test]
    fn what_is_neither_a_day_nor_a_number_is_refused_by_name() {
        let days = column("day", &[day("2026-01-01")]);
        for (cell, told) in [
            (text("P1"), "the column `x` (type) holds neither days nor numbers: `P1` is a text"),
            (number("NaN"), "the column `x` (type) holds neither days nor numbers: `NaN` is no number"),
            (number("inf"), "the column `x` (type) holds neither days nor numbers: `inf` is no number"),
            (Cell::Other("it is a list"), "the column `x` (type) holds neither days nor numbers: it is a list"),
            (day("2026-01-02"), "two columns of the answer hold days: `day` and `x`"),
            (Cell::Empty, "all cells of the column `x` (type) are empty"),
        ] {
            assert_eq!(message(&[days.clone(), column("x", &[cell])], &[]), told);
        }
    }

    #[test]
    fn what_has_no_rows_days_or_numbers_is_no_export() {
        let days = column("day", &[day("2026-01-01")]);
        assert_eq!(message(&[], &[]), "the answer has no rows");
        assert_eq!(message(&[column("day", &[])], &[]), "the answer has no rows");
        assert_eq!(message(std::slice::from_ref(&days), &[]), "no column of the answer holds numbers");
        assert_eq!(message(&[column("n", &[number("1")])], &[]), "no column of the answer holds days");
        assert_eq!(message(&[days.clone(), days.clone()], &[]), "two columns of the answer are called `day`");
        let gap = [column("day", &[day("2026-01-01"), Cell::Empty]), column("n", &[number("1"), number("2")])];
        assert_eq!(message(&gap, &[]), "a row of the answer has no day in `day`");
        assert_eq!(message(&[days, column(" ", &[number("1")])], &[]), "column 2 of the answer has no name");
    }

    #[test]
    fn what_a_program_prints_is_read_as_csv() {
        let columns = of_csv("\u{feff}day,n,who\r\n2026-01-02,1,\"a, \"\"b\"\"\"\r\n\n2026-01-01,,x").expect("read");
        let csv = export(&columns, &["who"]).expect("an export");
        assert_eq!(csv.text, "day,n,who\n2026-01-01,,x\n2026-01-02,1,\"a, \"\"b\"\"\"\n");
        for (wrong, told) in [
            ("", "the program printed nothing"),
            ("a,\"b", "a quote in what the program printed stays open"),
            ("a,b\n1\n", "row 1 of what the program printed has 1 cells, and its header 2"),
        ] {
            assert_eq!(of_csv(wrong).expect_err("refused").message, told);
        }
    }
}
