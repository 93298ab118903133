//! Machine forms: JSON that begins as such, and CSV of which no spreadsheet takes a cell for a formula.

use super::refusal::{Outcome, Refusal};

const HELP: &str = "no okrbook writes such a file; restore the seal from a backup or from version control";

/// Looks at JSON.
pub(super) fn look_at_json(text: &str) -> Outcome {
    match text.trim_start().starts_with(['{', '[']) {
        true => Ok(()),
        false => Err(Refusal::unknown("it doesn't hold what its ending says: it does not begin as JSON does", HELP)),
    }
}

/// Looks at CSV.
pub(super) fn look(text: &str) -> Outcome {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        let end = end_of_cell(bytes, at);
        let cell = text[at..end].trim_matches('"');
        if is_formula(cell) {
            return Err(Refusal::active("a spreadsheet takes a cell for a formula", HELP).at(at, end));
        }
        match bytes.get(end) {
            Some(_) => at = end + 1,
            None => return Ok(()),
        }
    }
}

fn end_of_cell(bytes: &[u8], start: usize) -> usize {
    let mut is_quoted = false;
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' | b';' | b'\t' | b'\n' | b'\r' if !is_quoted => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start_matches([' ', '\u{a0}', '\u{feff}']);
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'+' | b'-' | b'e' | b'E');
    match cell.chars().next() {
        Some('=' | '@' | '\t' | '\r' | '\n') => true,
        Some('+' | '-') => !cell.bytes().all(is_part) || cell.parse::<f64>().is_err(),
        _ => false,
    }
}
