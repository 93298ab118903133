//! Diagnostics for people: the line, a caret under what is wrong, and what to do.
//!
//! In: diagnostics and texts. Out: one string, with colour only where it is asked for.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as SnippetLevel, Origin, Renderer, Snippet};

use super::Location;
use crate::diag::{Diagnostic, Level, Place};
use crate::source::{FileId, SourceFile, Sources, Span, position_in};
use crate::unseen::inert;

/// Columns that a message may take.
const WIDTH: usize = 120;

/// Lines between two places of one file that still make one piece.
const GAP: usize = 6;

/// Bytes of a line, or of what is wrong, that are shown; of a longer one what stands around the place.
const LONG: usize = 2000;

/// Bytes before the place that are shown of a longer line.
const BEFORE: usize = 60;

/// Returns the diagnostics one below the other, and how many there are.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(WIDTH).decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for diagnostic in diagnostics {
        let report = [group(diagnostic, sources)];
        text.push_str(&pointed(renderer.render(&report).trim_end()));
        text.push_str("\n\n");
    }
    text.push_str(&summary(diagnostics));
    text
}

/// Returns how many errors and warnings there are, as a line; nothing where there are none.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).count();
    let count = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
    match (errors, diagnostics.len() - errors) {
        (0, 0) => String::new(),
        (errors, 0) => format!("{}\n", count(errors, "error")),
        (0, warnings) => format!("{}\n", count(warnings, "warning")),
        (errors, warnings) => format!("{}, {}\n", count(errors, "error"), count(warnings, "warning")),
    }
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.level {
        Level::Error => SnippetLevel::ERROR,
        Level::Warning => SnippetLevel::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(inert::line(&diagnostic.message)).id(diagnostic.code));
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let mut files = Vec::new();
    let first = std::iter::once((&diagnostic.place, diagnostic.label.as_str(), AnnotationKind::Primary));
    let others = diagnostic.related.iter().map(|(place, label)| (place, label.as_str(), AnnotationKind::Context));
    for (place, label, kind) in first.chain(others) {
        match Piece::of(place, label, kind, sources) {
            Some(piece) => match pieces.iter_mut().find(|other| other.joins(&piece)) {
                Some(other) => other.join(piece, sources),
                None => pieces.push(piece),
            },
            None => files.push(inert::line(Location::of(place, sources).path)),
        }
    }
    // The place of the mistake comes first, whether it is a file or a line of one.
    let is_file = matches!(diagnostic.place, Place::File(_));
    let (first, last) = files.split_at(if is_file { 1 } else { 0 });
    for path in first {
        group = group.element(Origin::path(path.clone()));
    }
    for piece in pieces {
        if let Some(column) = piece.column {
            group = group.element(Origin::path(inert::line(piece.path)).line(piece.line).char_column(column));
        }
        group = group.element(piece.snippet());
    }
    for path in last {
        group = group.element(Origin::path(path.clone()));
    }
    match &diagnostic.help {
        Some(help) => group.element(SnippetLevel::HELP.message(inert::line(help))),
        None => group,
    }
}

/// Some lines of a file with marks.
struct Piece<'a> {
    file: Option<FileId>,
    path: &'a str,
    text: &'a str,
    /// First byte of `text` in its file.
    start: usize,
    /// Number of the first line.
    line: usize,
    /// The column of the place, where the beginning of its line is left out.
    column: Option<usize>,
    marks: Vec<(Range<usize>, &'a str, AnnotationKind)>,
}

impl<'a> Piece<'a> {
    fn of(place: &'a Place, label: &'a str, kind: AnnotationKind, sources: &'a Sources) -> Option<Self> {
        match place {
            Place::Text(span) => Some(Self::of_span(*span, label, kind, sources)),
            Place::Line(line) => {
                let mark = boundaries(&line.text, line.start..line.end);
                let number = usize::try_from(line.line).unwrap_or(usize::MAX);
                let shown = around(&line.text, 0, &mark);
                let column = (shown.start > 0).then(|| position_in(&line.text, mark.start).column as usize);
                let (text, start) = (&line.text[shown.clone()], shown.start);
                let marks = vec![(mark, label, kind)];
                Some(Self { file: None, path: &line.path, text, start, line: number, column, marks })
            }
            Place::File(_) => None,
        }
    }

    fn of_span(span: Span, label: &'a str, kind: AnnotationKind, sources: &'a Sources) -> Self {
        let SourceFile { path, text } = sources.get(span.file);
        let mark = boundaries(text, span.range());
        let line_start = sources.line_start(span.file, mark.start);
        let shown = around(text, line_start, &mark);
        let position = sources.position(span);
        let column = (shown.start > line_start).then_some(position.column as usize);
        let (text, start) = (&text[shown.clone()], shown.start);
        let marks = vec![(mark, label, kind)];
        Self { file: Some(span.file), path, text, start, line: position.line as usize, column, marks }
    }

    /// Says whether the other piece stands in the same file, near enough to be shown with this one.
    fn joins(&self, other: &Self) -> bool {
        let lines = |piece: &Self| piece.line..piece.line + piece.text.matches('\n').count() + 1;
        let (own, others) = (lines(self), lines(other));
        let is_short = self.column.is_none() && other.column.is_none() && self.start.abs_diff(other.start) <= LONG;
        is_short
            && self.file.is_some()
            && self.file == other.file
            && own.start <= others.end + GAP
            && others.start <= own.end + GAP
    }

    fn join(&mut self, other: Self, sources: &'a Sources) {
        let Some(file) = self.file else { return };
        let end = (self.start + self.text.len()).max(other.start + other.text.len());
        self.start = self.start.min(other.start);
        self.line = self.line.min(other.line);
        self.text = &sources.get(file).text[self.start..end];
        self.marks.extend(other.marks);
    }

    fn snippet(self) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let start = self.start;
        let text = inert::excerpt(self.text);
        let places: Vec<_> = self
            .marks
            .iter()
            .map(|(range, ..)| {
                shown_at(self.text, &text, range.start - start)..shown_at(self.text, &text, range.end - start)
            })
            .collect();
        let annotations = self.marks.into_iter().zip(places).map(|((_, label, kind), place)| {
            let annotation = kind.span(place);
            if label.is_empty() { annotation } else { annotation.label(inert::line(label)) }
        });
        let snippet = Snippet::source(text).line_start(self.line).annotations(annotations);
        if self.column.is_some() { snippet } else { snippet.path(inert::line(self.path)) }
    }
}

/// Returns where a byte of a text stands in the text as it is shown, which has as many characters.
fn shown_at(text: &str, shown: &str, byte: usize) -> usize {
    if text == shown {
        return byte;
    }
    let characters = text[..byte].chars().count();
    shown.char_indices().nth(characters).map_or(shown.len(), |(at, _)| at)
}

/// Returns a report in which no line that leads to a second file begins as a command of a host that reads logs: `:::`.
fn pointed(report: &str) -> String {
    // Before it stand only spaces and what chooses a colour.
    let is_before = |c: char| matches!(c, ' ' | '\u{1b}' | '[' | ';' | '0'..='9' | 'm');
    let lines = report.split('\n').map(|line| {
        if line.trim_start_matches(is_before).starts_with(":::") {
            Cow::Owned(line.replacen(":::", "-->", 1))
        } else {
            Cow::Borrowed(line)
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the range moved out to whole characters of the text; of a long one its beginning.
fn boundaries(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end.clamp(start, start.saturating_add(LONG)))
}

/// Returns the range of the whole lines that a mark touches, without the last one's end; of lines that are longer than
/// anybody reads, what stands around the mark.
fn around(text: &str, line_start: usize, mark: &Range<usize>) -> Range<usize> {
    let is_near = mark.start - line_start <= LONG;
    let start = if is_near { line_start } else { text.floor_char_boundary(mark.start - BEFORE) };
    let limit = text.floor_char_boundary(mark.end + LONG);
    let end = text[mark.end..limit].find('\n').map_or(limit, |length| mark.end + length);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, range: Range<usize>, expected: &str) {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", text);
        let diagnostic = Diagnostic::error("code", Span::new(file, range), "message").label("label");
        let found = render(&[diagnostic], &sources, false);
        let lines: Vec<&str> = found.lines().skip(1).take_while(|line| !line.is_empty()).collect();
        assert_eq!(lines.join("\n"), expected, "{text:?}");
    }

    #[test]
    fn the_three_kinds_of_places_are_shown() {
        let (diagnostics, sources) = super::super::tests::examples();
        let expected = "\
error[unknown-key]: an objective has no key `wieght`
 --> quarters/2026-Q3/platform.yaml:3:5
  |
3 |     wieght: 2
  |     ^^^^^^ unknown
  |
  = help: write `weight`

warning[bad-cell]: `n/a` is no number
 --> metrics/a.csv:7:15
  |
7 | 2026-08-01    日本    n/a
  |                       ^^^

error[no-settings]: the book has no okrbook.yaml
--> okrbook.yaml

2 errors, 1 warning
";
        assert_eq!(render(&diagnostics, &sources, false), expected);
    }

    #[test]
    fn of_a_line_that_nobody_reads_what_stands_around_the_place_is_shown() {
        let text = format!("a: [{}]\n", "word, ".repeat(100_000));
        let place = 4 + 6 * 50_000;
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", &text);
        let finding = |place: usize| Diagnostic::error("code", Span::new(file, place..place + 4), "message");
        let found = render(&[finding(place)], &sources, false);
        assert!(found.contains(&format!("--> a.yaml:1:{}\n", place + 1)), "{found}");
        assert!(found.contains("^^^^"), "{found}");
        assert!(found.len() < 1000, "{found}");
        // A finding costs what is shown of it, wherever in the line it stands.
        let all: Vec<Diagnostic> = (0..1000).map(|word| finding(4 + 600 * word)).collect();
        assert!(render(&all, &sources, false).len() < 1_000_000);
    }

    #[test]
    fn carets_stand_under_what_is_wrong_whatever_stands_before() {
        check("a: 🚀 bad", 8..11, " --> a.yaml:1:6\n  |\n1 | a: 🚀 bad\n  |       ^^^ label");
        check("日本: bad", 8..11, " --> a.yaml:1:5\n  |\n1 | 日本: bad\n  |       ^^^ label");
        check("\ta: bad", 4..7, " --> a.yaml:1:5\n  |\n1 |     a: bad\n  |        ^^^ label");
        check("é\nü: bad\n", 7..10, " --> a.yaml:2:4\n  |\n2 | ü: bad\n  |    ^^^ label");
    }

    #[test]
    fn places_outside_characters_and_texts_are_moved_inside() {
        check("é", 1..2, " --> a.yaml:1:1\n  |\n1 | é\n  | ^ label");
        check("a", 7..9, " --> a.yaml:1:2\n  |\n1 | a\n  |  ^ label");
        check("", 0..0, " --> a.yaml:1:1\n  |\n1 |\n  | ^ label");
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_wrong() {
        let text = format!("a: {} wrong {}", "x".repeat(50_000), "y".repeat(50_000));
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", &text);
        let diagnostic = Diagnostic::error("code", Span::new(file, 50_004..50_009), "message");
        let found = render(&[diagnostic], &sources, false);
        assert!(found.lines().all(|line| line.chars().count() <= WIDTH + 10), "{found}");
        assert!(found.contains("wrong") && found.contains("^^^^^"), "{found}");
    }

    #[test]
    fn near_places_share_a_piece_and_far_ones_do_not() {
        let text = "one: 1\ntwo: 2\n\n\n\n\n\n\n\n\n\n\n\n\n\nfar: 3\n";
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", text);
        let far = text.find("far").expect("there");
        let diagnostic = Diagnostic::error("code", Span::new(file, 7..10), "message")
            .label("here")
            .related(Span::new(file, 0..3), "first")
            .related(Span::new(file, far..far + 3), "last");
        let expected = "\
error[code]: message
  --> a.yaml:2:1
   |
 1 | one: 1
   | --- first
 2 | two: 2
   | ^^^ here
   |
  --> a.yaml:16:1
   |
16 | far: 3
   | --- last

1 error
";
        assert_eq!(render(&[diagnostic], &sources, false), expected);
    }

    #[test]
    fn color_is_used_only_where_it_is_asked_for() {
        let (diagnostics, sources) = super::super::tests::examples();
        assert!(!render(&diagnostics, &sources, false).contains('\u{1b}'));
        assert!(render(&diagnostics, &sources, true).contains('\u{1b}'));
    }

    #[test]
    fn no_control_character_of_a_text_reaches_the_terminal() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "a: \u{1b}[31mred\u{202e}\u{7}");
        let diagnostic = Diagnostic::error("code", Span::new(file, 3..7), "found `\u{1b}[31m`")
            .label("\u{1b}[1m")
            .help("\u{1b}]0;x\u{7}");
        let found = render(&[diagnostic], &sources, false);
        assert!(!found.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{found:?}");
    }
}
