//! Workbooks: sheets as tables, each cell by its name.
//!
//! In: the bytes of an .xlsx file. Out: a table for each sheet that holds one. Of formulas only the values count that were
//! saved with them; nothing is computed. What a file unpacks to is weighed before it is opened.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};

use super::archive;
use super::input::Input;
use super::table::{Cell, Table, WIDTH_LIMIT};
use crate::diag::{Diagnostic, Place};
use crate::model::quantity::Number;

/// The most rows of a sheet that are read.
const ROWS: usize = 100_000;

/// The most cells of all sheets that are read.
const CELLS: usize = 1_000_000;

/// Returns the tables of a workbook.
///
/// # Errors
///
/// Where it is none, or is larger than anything that people write.
pub(super) fn tables(input: &Input<'_>) -> Result<Vec<Table>, Box<Diagnostic>> {
    archive::files(input)?;
    let refuse = |message: String| {
        let help = "save it anew as .xlsx, or as .csv";
        Box::new(Diagnostic::error("bad-workbook", Place::file(input.name), message).help(help))
    };
    let broken = |why: String| refuse(format!("{} can't be read as a workbook: {why}", input.name));
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(input.bytes)).map_err(|error| broken(error.to_string()))?;
    let (mut tables, mut count) = (Vec::new(), 0);
    for sheet in workbook.sheet_names() {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let Ok(mut cells) = workbook.worksheet_cells_reader(&sheet) else { continue };
        let percents: Vec<bool> = cells
            .styles()
            .iter()
            .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
            .collect();
        while let Some((cell, style)) =
            cells.next_cell_with_style_id().map_err(|error| broken(format!("sheet {sheet}: {error}")))?
        {
            let (row, column) = cell.get_position();
            let (row, column) = (row as usize, column as usize);
            let text = text(cell.get_value(), percents.get(style).copied().unwrap_or_default());
            if text.trim().is_empty() {
                continue;
            }
            // Blank cells before it take room, too.
            count += 1 + column.saturating_sub(rows.get(row).map_or(0, Vec::len));
            if row >= ROWS || column >= WIDTH_LIMIT || count > CELLS {
                let at = place(input.name, &sheet, row, column);
                return Err(refuse(format!(
                    "{at} lies beyond the {ROWS} rows, {WIDTH_LIMIT} columns and {CELLS} cells that are read"
                )));
            }
            put(&mut rows, (row, column), text);
        }
        place_all(&mut rows, input.name, &sheet);
        tables.extend(Table::of(&format!("{}, sheet {sheet}", input.name), rows));
    }
    Ok(tables)
}

/// Puts a text into its cell; cells before it are blank.
fn put(rows: &mut Vec<Vec<Cell>>, (row, column): (usize, usize), text: String) {
    let blank = || Cell { text: String::new(), place: Place::file("") };
    if rows.len() <= row {
        rows.resize(row + 1, Vec::new());
    }
    let cells = &mut rows[row];
    if cells.len() <= column {
        cells.resize(column + 1, blank());
    }
    cells[column].text = text;
}

/// Says of each cell where it stands.
fn place_all(rows: &mut [Vec<Cell>], name: &str, sheet: &str) {
    for (row, cells) in rows.iter_mut().enumerate() {
        for (column, cell) in cells.iter_mut().enumerate() {
            cell.place = Place::file(&place(name, sheet, row, column));
        }
    }
}

/// Returns the name of a cell: `okrs.xlsx, sheet Goals, B7`.
fn place(name: &str, sheet: &str, row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or_default()));
        left = (left - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{name}, sheet {sheet}, {letters}{}", row + 1)
}

/// Returns a cell as it is shown: a share in a cell of percentages as percent, a day as `2024-03-05`.
fn text(value: &DataRef<'_>, is_percent: bool) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(float) => {
            let written = float.to_string();
            let percent = Number::parse(&written).filter(|_| is_percent);
            let percent = percent.and_then(|share| share.times(Number::whole(100)));
            percent.map_or(written, |percent| format!("{}%", percent.normal()))
        }
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(is_so) => is_so.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_the_sheet_names_them() {
        for (row, column, name) in [(0, 0, "A1"), (6, 25, "Z7"), (0, 26, "AA1"), (9, 701, "ZZ10"), (9, 702, "AAA10")] {
            assert_eq!(place("a.xlsx", "S", row, column), format!("a.xlsx, sheet S, {name}"));
        }
    }
}
