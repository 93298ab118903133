//! Lines of a review that were meant as headings: a question in bold or before a colon, a key result's name in bold.
//!
//! In: a part of a review. Out: such lines, so that a message can say which heading to write. Changes nothing: the text
//! stays where it stands.

use std::ops::Range;

use super::front;
use super::headings::Outside;
use super::names::KeyResultNames;
use super::sections::{self, Question};
use crate::diag::Diagnostic;
use crate::source::{FileId, Span};

/// Words of a line that may ask a question.
const WORDS: usize = 6;

/// Whose part of a review is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// A key result's, before its first question, with its heading's level.
    KeyResult(usize),
    /// A question's, with its heading's level.
    Answer(Question, usize),
    /// Nobody's.
    Nobody,
}

/// A line that was meant as a heading.
enum Stray {
    Question,
    Name(String),
}

/// Returns what is wrong with the lines of a part that were meant as headings: the first one, and each that names a key
/// result.
pub(super) fn faults(
    (file, text): (FileId, &str),
    range: Range<usize>,
    part: Part,
    names: &KeyResultNames<'_>,
) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut outside = Outside::default();
    let mut is_told = false;
    for line in front::lines(&text[range.clone()]) {
        let line = range.start + line.start..range.start + line.end;
        let content = &text[line.clone()];
        if !outside.holds(content) || content.trim_start().starts_with(['#', '>']) {
            continue;
        }
        let Some((place, stray)) = stray(content, part, names) else { continue };
        let place = line.start + place.start..line.start + place.end;
        let written = text[place.clone()].trim_end_matches(':');
        let place = Span::new(file, place.clone());
        match stray {
            Stray::Name(name) => faults.push(of_name(&name, place)),
            Stray::Question if is_told => {}
            Stray::Question => faults.push(of_question(written, place, part)),
        }
        is_told = true;
    }
    faults
}

fn of_name(name: &str, place: Span) -> Diagnostic {
    let message = format!("`{name}` is no heading here, so what follows answers for no key result");
    Diagnostic::warning("loose-answer", place, message)
        .help(format!("write `## {name}` on a line of its own, and `### What worked` above an answer"))
}

fn of_question(written: &str, place: Span, part: Part) -> Diagnostic {
    let heading = |level: usize| format!("{} {written}", "#".repeat(level.min(6)));
    let (message, help) = match part {
        Part::KeyResult(level) => (
            format!("`{written}` is no heading here, so what follows answers no question"),
            format!("write `{}` on a line of its own, and the answer below it", heading(level + 1)),
        ),
        Part::Answer(_, level) => (
            format!("`{written}` is no heading here, so what follows is part of the answer above"),
            format!("write `{}` on a line of its own, and the answer below it", heading(level)),
        ),
        Part::Nobody => (
            "this answer stands under no key result".to_owned(),
            format!("put it below a heading `## objective/key-result`, with `{}` on a line of its own", heading(3)),
        ),
    };
    Diagnostic::warning("loose-answer", place, message).help(help)
}

/// Returns what a line was meant to be a heading of, and where it says so.
fn stray(line: &str, part: Part, names: &KeyResultNames<'_>) -> Option<(Range<usize>, Stray)> {
    let item = behind_mark(line.trim_start());
    let is_item = item.len() < line.trim_start().len();
    let mark = ["***", "**", "__", "*", "_"].into_iter().find(|mark| item.starts_with(mark)).unwrap_or_default();
    let inner = &item[mark.len()..];
    let start = line.len() - inner.len();
    let end = if mark.is_empty() { inner.find([':', '?'])? + 1 } else { inner.find(mark)? };
    let phrase = inner[..end].trim_end();
    let place = start..start + phrase.len();
    let name = sections::full_name(phrase.trim_end_matches(':'), names);
    if let Some(name) = name.filter(|_| !mark.is_empty() && !is_item) {
        return Some((place, Stray::Name(name)));
    }
    if phrase.split_whitespace().count() > WORDS {
        return None;
    }
    let question = sections::question(phrase)?;
    let is_other = match part {
        Part::KeyResult(_) | Part::Nobody => true,
        Part::Answer(own, _) => own != question && (is_item || !mark.is_empty()),
    };
    is_other.then_some((place, Stray::Question))
}

/// Returns what stands behind the mark of a list's item; the whole line where it is none.
fn behind_mark(line: &str) -> &str {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marks: &[&str] = if digits == 0 { &["- ", "* ", "+ "] } else { &[". ", ") "] };
    marks.iter().find_map(|mark| line[digits..].strip_prefix(mark)).map_or(line, str::trim_start)
}
