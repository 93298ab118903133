//! `okrbook explain --sentence`: how a key result's sentence is read, number by number.

use std::fmt::Write as _;
use std::ops::Range;

use okrbook::check::{Verdict, VerdictKind, verdict_on};
use okrbook::load::built_in_catalogue;
use okrbook::model::goal::{Better, Goal};
use okrbook::model::remark::{Remark, RemarkKind};
use okrbook::report::format::Format;
use okrbook::report::text::{Language, Phrases};
use okrbook::sentence::{self, Numeral, Part, Reading};
use okrbook::unseen::inert;

use super::terminal::Terminal;

/// A number's mark under a line: its first column, its length, its part.
type Mark = (usize, usize, &'static str);

/// Returns how a sentence is read.
pub(super) fn shown(sentence: &str, terminal: Terminal) -> String {
    let sentence = inert::line(sentence.trim());
    let reading = sentence::read(&sentence);
    let mut text = format!("{}\n", terminal.heading("sentence"));
    for line in lines(&sentence, &reading.numerals, terminal.width().saturating_sub(2)) {
        let _ = writeln!(text, "  {}", sentence[line.clone()].trim_end());
        for row in rows(&marks(&sentence, &line, &reading.numerals)) {
            let _ = writeln!(text, "  {}", terminal.quiet(&row));
        }
    }
    let _ = writeln!(text, "\n{}", terminal.heading("reading"));
    let told = told(&sentence, &reading);
    let width = told.iter().map(|(term, _)| term.len()).max().unwrap_or(0);
    for (term, said) in told {
        let wrapped = terminal.wrapped(&said, width + 4);
        let _ = writeln!(text, "  {}  {}", terminal.quiet(&format!("{term:width$}")), wrapped.trim_start());
    }
    text
}

/// Returns the lines of a sentence that fit a width; none ends inside a number.
fn lines(sentence: &str, numerals: &[Numeral], width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut fits) = (0, 0);
    let inside = |place: usize| numerals.iter().any(|numeral| numeral.range.start < place && place < numeral.range.end);
    let places = sentence.match_indices(' ').map(|(place, _)| place + 1).filter(|&place| !inside(place));
    for place in places.chain([sentence.len()]) {
        if sentence[start..place].trim_end().chars().count() > width && fits > start {
            lines.push(start..fits);
            start = fits;
        }
        fits = place;
    }
    lines.push(start..sentence.len());
    lines
}

fn marks(sentence: &str, line: &Range<usize>, numerals: &[Numeral]) -> Vec<Mark> {
    let here = numerals.iter().filter(|numeral| line.contains(&numeral.range.start));
    let mark = |numeral: &Numeral| {
        let column = sentence[line.start..numeral.range.start].chars().count();
        (column, sentence[numeral.range.clone()].chars().count(), numeral.part.name())
    };
    here.map(mark).collect()
}

/// Returns the rows under a line: carets, then the parts, each on the first row where it has room.
fn rows(marks: &[Mark]) -> Vec<String> {
    let carets: Vec<(usize, String)> = marks.iter().map(|&(column, length, _)| (column, "^".repeat(length))).collect();
    let mut rows = vec![row(&carets)];
    let mut open: Vec<Mark> = marks.iter().rev().copied().collect();
    while !open.is_empty() {
        let mut placed = Vec::new();
        let mut waiting = Vec::new();
        let mut room = usize::MAX;
        for mark @ (column, _, name) in open {
            if column + name.len() < room {
                placed.push((column, name.to_owned()));
            } else {
                placed.push((column, "|".to_owned()));
                waiting.push(mark);
            }
            room = column;
        }
        placed.reverse();
        rows.push(row(&placed));
        open = waiting;
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// Returns texts at their columns.
fn row(texts: &[(usize, String)]) -> String {
    let mut row = String::new();
    for (column, text) in texts {
        row.extend(std::iter::repeat_n(' ', column.saturating_sub(row.len())));
        row.push_str(text);
    }
    row
}

/// Returns what is said of a reading, by terms.
fn told(sentence: &str, reading: &Reading) -> Vec<(&'static str, String)> {
    let mut told = Vec::new();
    if let Some(measure) = &reading.measure {
        told.push(("measure", sentence[measure.clone()].to_owned()));
    }
    let phrases = Phrases::new(Format::new(Language::default()));
    if let Some(goal) = &reading.goal {
        told.push(("goal", phrases.goal(Some(goal))));
        if !reading.levels.is_empty() {
            told.push(("levels", phrases.levels(&reading.levels)));
        }
        told.push(("direction", direction(sentence, reading, goal)));
    } else {
        told.push(("goal", "none".to_owned()));
    }
    let left = reading.numerals.iter().filter(|numeral| numeral.part == Part::LeftOver);
    let left: Vec<String> = left.map(|numeral| format!("`{}`", &sentence[numeral.range.clone()])).collect();
    if !left.is_empty() {
        told.push(("left over", left.join(", ")));
    }
    let quoted = |range: Range<usize>| {
        let quoted = sentence[range].trim();
        if quoted.is_empty() || quoted == sentence { String::new() } else { format!("`{quoted}`: ") }
    };
    let catalogue = built_in_catalogue();
    let verdict = verdict_on(sentence, reading, &catalogue);
    for remark in reading.remarks.iter().filter(|remark| is_told_beside(remark, reading, verdict.as_ref())) {
        let (kind, place) = (remark.kind, quoted(remark.range.clone()));
        told.push((kind.code(), format!("{place}{}; {}", kind.message(), kind.help())));
    }
    if let Some(Verdict { kind, range, help }) = verdict {
        let message = match kind {
            VerdictKind::Unread(kind) => format!("{}; ", kind.message()),
            _ => String::new(),
        };
        told.push((kind.code(), [quoted(range), message, help].concat()));
    }
    told
}

/// Says whether a remark is told beside the verdict: as a doubt about a goal, or where there is no verdict.
fn is_told_beside(remark: &Remark, reading: &Reading, verdict: Option<&Verdict<'_>>) -> bool {
    let contradicts = remark.kind == RemarkKind::DirectionContradictsVerb;
    contradicts || !remark.kind.is_told_by_a_rule() && (reading.goal.is_some() || verdict.is_none())
}

/// Returns which way is better, and what says so.
fn direction(sentence: &str, reading: &Reading, goal: &Goal) -> String {
    let better = match goal.better() {
        Some(Better::Higher) => "higher is better",
        Some(Better::Lower) => "lower is better",
        None if matches!(goal, Goal::Hold(_)) => return "inside both limits is better".to_owned(),
        None => return "not said".to_owned(),
    };
    match reading.verb.as_ref().filter(|verb| Some(verb.better) == goal.better()) {
        Some(verb) => format!("{better}, as `{}` says", &sentence[verb.range.clone()]),
        None => format!("{better}, as its numbers say"),
    }
}
