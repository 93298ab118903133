//! Tables of Markdown, and headings that name a period.
//!
//! In: lines between pipes, or a heading. Out: cells with their places, the map that plain headings make, the period.

use std::ops::Range;

use super::map::Map;
use super::period;
use super::table::{Cell, Table, WIDTH_LIMIT};
use crate::diag::Place;
use crate::model::calendar::Calendar;
use crate::source::{FileId, Span};

/// Headings that say by themselves what their column holds, in the plainest form.
const HEADINGS: &str = "objective=objective key_result=key_result key_results=key_result kr=key_result owner=owners owners=owners assignee=owners \
                        start=start baseline=start from=start target=target to=target unit=unit team=team quarter=period \
                        period=period score=score grade=score final_score=score date=date value=value current=value";

/// Returns the rows of a table's lines, without the line below its head.
#[must_use]
pub(super) fn rows(file: FileId, text: &str, lines: &[Range<usize>]) -> Vec<Vec<Cell>> {
    let is_rule = |line: &str| line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
    let lines = lines.iter().filter(|line| !is_rule(&text[(*line).clone()]));
    lines.map(|line| cells(file, text, line.clone())).collect()
}

fn cells(file: FileId, text: &str, line: Range<usize>) -> Vec<Cell> {
    let written = &text[line.clone()];
    let mut cells = Vec::new();
    let first = written.find('|').map_or(0, |first| first + 1);
    let (mut start, mut escaped) = (first, false);
    for (at, letter) in written.char_indices().skip_while(|(at, _)| *at < first) {
        if letter == '|' && !escaped && cells.len() < WIDTH_LIMIT {
            cells.push(cell(file, text, line.start + start..line.start + at));
            start = at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    if !written[start..].trim().is_empty() {
        cells.push(cell(file, text, line.start + start..line.end));
    }
    cells
}

fn cell(file: FileId, text: &str, range: Range<usize>) -> Cell {
    let inner = &text[range.clone()];
    let start = range.start + inner.len() - inner.trim_start().len();
    let inner = inner.trim();
    let place = Place::from(Span::new(file, start..start + inner.len()));
    let bare = ["**", "__"].into_iter().find_map(|mark| inner.strip_prefix(mark)?.strip_suffix(mark)).unwrap_or(inner);
    Cell { text: bare.replace("\\|", "|"), place }
}

/// Returns the map that plain headings make; nothing where none is of key results.
#[must_use]
pub(super) fn map(table: &Table) -> Option<Map> {
    let mut map = Map { score_of: 1, source: "the table".to_owned(), ..Map::default() };
    for head in &table.head {
        let plain = head.text.trim().to_lowercase().replace([' ', '-'], "_");
        let known = HEADINGS.split_whitespace().filter_map(|pair| pair.split_once('='));
        if let Some((_, key)) = known.into_iter().find(|(heading, _)| *heading == plain) {
            map.columns.entry(key).or_insert_with(|| head.text.trim().to_owned());
        }
    }
    map.columns.contains_key("key_result").then_some(map)
}

/// Returns the period that a heading names, alone or beside what it is of: `Q1 2024`, `OKRs Q1 2024`, `2024 Q1 goals`.
#[must_use]
pub(super) fn period(heading: &str, calendar: &Calendar) -> Option<String> {
    let is_beside = |word: &&str| {
        let word = word.to_lowercase();
        matches!(word.trim_end_matches(':'), "okrs" | "okr" | "goals" | "objectives")
    };
    let words: Vec<&str> = heading.split_whitespace().filter(|word| !is_beside(word)).collect();
    let name = words.join(" ").trim_matches([':', '-', '–', '—', ' ', '(', ')']).to_owned();
    period::named(&name, calendar).map(|_| name)
}
