//! Lines of a page: which of them count, and what begins a heading or an item.
//!
//! In: a text, by the bytes of its lines. Out: what a line is by its shape alone.

use std::ops::Range;

use super::marks::{self, Label};

/// Returns the lines' bytes, without front matter, fenced code and comments.
pub(super) fn lines(text: &str) -> Vec<Range<usize>> {
    let (mut lines, mut at, mut skipped) = (Vec::new(), 0, None::<&str>);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let range = at..at + line.trim_end().len();
        at += line.len();
        let bare = line.trim();
        match skipped {
            Some(end) if bare.starts_with(end) || end == "-->" && bare.ends_with(end) => skipped = None,
            Some(_) => {}
            None if number == 0 && bare == "---" => skipped = Some("---"),
            None if bare.starts_with("```") => skipped = Some("```"),
            None if bare.starts_with("~~~") => skipped = Some("~~~"),
            None if bare.starts_with("<!--") && !bare.ends_with("-->") => skipped = Some("-->"),
            None if bare.starts_with("<!--") => {}
            None => lines.push(range),
        }
    }
    lines
}

/// Says whether a line is labelled as an objective.
pub(super) fn is_labelled(line: &str) -> bool {
    let bare = line.trim_start_matches(['#', '>', ' ', '\t']);
    let bare = bare.get(bullet(bare).unwrap_or(0)..).unwrap_or_default();
    marks::read(bare.trim()).label == Some(Label::Objective)
}

/// Returns how many bytes the mark of a list's item has.
pub(super) fn bullet(bare: &str) -> Option<usize> {
    if bare.starts_with(['-', '*', '+', '•']) {
        let width = bare.chars().next().map_or(0, char::len_utf8);
        return bare[width..].starts_with([' ', '\t']).then_some(width);
    }
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = (1..=3).contains(&digits) && bare[digits..].starts_with(['.', ')']);
    (is_numbered && bare[digits + 1..].starts_with(' ')).then_some(digits + 1)
}

/// Returns how wide blanks are.
pub(super) fn columns(blanks: &str) -> usize {
    blanks.chars().map(|blank| if blank == '\t' { 4 } else { 1 }).sum()
}

/// Returns where the item ends that begins on a line: lines that are set in below it belong to it.
pub(super) fn whole_item(text: &str, lines: &[Range<usize>], at: usize, indent: usize) -> usize {
    let mut end = lines[at].end;
    for line in &lines[at + 1..] {
        let written = &text[line.clone()];
        let bare = written.trim_start();
        let is_rest = !bare.is_empty()
            && columns(&written[..written.len() - bare.len()]) > indent
            && bullet(bare).is_none()
            && !bare.starts_with(['|', '#', '>']);
        if !is_rest {
            break;
        }
        end = line.end;
    }
    end
}

/// Says whether items stand below one.
pub(super) fn has_nested(text: &str, lines: &[Range<usize>], at: usize, indent: usize) -> bool {
    let mut below = lines[at + 1..].iter().map(|line| &text[line.clone()]).filter(|line| !line.trim().is_empty());
    below.next().is_some_and(|line| {
        let bare = line.trim_start();
        bullet(bare).is_some() && columns(&line[..line.len() - bare.len()]) > indent
    })
}

/// Returns the team that a heading names by itself: `Team: Platform`, `Platform team`, `Team Platform`.
pub(super) fn named_team(heading: &str) -> Option<&str> {
    let lower = heading.to_lowercase();
    if lower.len() != heading.len() {
        return None;
    }
    let name = if lower.starts_with("team:") || lower.starts_with("team ") {
        heading.get(5..)?
    } else {
        heading.get(..lower.strip_suffix(" team")?.len())?
    };
    Some(name.trim()).filter(|name| !name.is_empty())
}
