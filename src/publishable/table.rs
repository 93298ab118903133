//! Machine forms: JSON that begins as such, and CSV of which no spreadsheet takes a cell for a formula.

use super::refusal::{Outcome, Refusal};
use crate::unseen::unseen;

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

/// Signs by which spreadsheets know a formula, the wide and the small ones of East Asian keyboards included, which some
/// take for the plain ones; and characters that part cells, which may show what stands behind them as a cell.
const SIGNS: [char; 15] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '\t', '\r', '\n'];

/// Returns what of a cell a spreadsheet may take for a formula: from the sign on, where nothing that is seen stands before
/// it. Plain numbers with a sign are among them.
#[must_use]
pub fn formula(cell: &str) -> Option<&str> {
    let is_passed_over = |c: char| c.is_whitespace() || c.is_control() || unseen(c).is_some();
    let cell = cell.trim_start_matches(|c| is_passed_over(c) && !SIGNS.contains(&c));
    cell.starts_with(SIGNS).then_some(cell)
}

fn is_formula(cell: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'+' | b'-' | b'e' | b'E');
    let is_number = |text: &str| text.bytes().all(is_part) && text.parse::<f64>().is_ok();
    formula(cell).is_some_and(|text| !is_number(text))
}
