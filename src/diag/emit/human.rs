//! Diagnostics for people: the line, a caret under what is wrong, and what to do.
//!
//! In: diagnostics and texts. Out: one string, with colour only where it is asked for.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as SnippetLevel, Origin, Renderer, Snippet};

use super::Location;
use crate::diag::{Diagnostic, Level, Place};
use crate::source::{FileId, Sources, Span};
use crate::unseen::inert;

/// Columns that a message may take.
const WIDTH: usize = 120;

/// Lines between two places of one file that still make one piece.
const GAP: usize = 6;

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
    marks: Vec<(std::ops::Range<usize>, &'a str, AnnotationKind)>,
}

impl<'a> Piece<'a> {
    fn of(place: &'a Place, label: &'a str, kind: AnnotationKind, sources: &'a Sources) -> Option<Self> {
        match place {
            Place::Text(span) => Some(Self::of_span(*span, label, kind, sources)),
            Place::Line(line) => {
                let mark = boundaries(&line.text, line.start..line.end);
                let number = usize::try_from(line.line).unwrap_or(usize::MAX);
                let marks = vec![(mark, label, kind)];
                Some(Self { file: None, path: &line.path, text: &line.text, start: 0, line: number, marks })
            }
            Place::File(_) => None,
        }
    }

    fn of_span(span: Span, label: &'a str, kind: AnnotationKind, sources: &'a Sources) -> Self {
        let file = sources.get(span.file);
        let mark = boundaries(&file.text, span.range());
        let lines = whole_lines(&file.text, mark.clone());
        let line = sources.position(span).line as usize;
        let marks = vec![(mark, label, kind)];
        Self {
            file: Some(span.file),
            path: &file.path,
            text: &file.text[lines.clone()],
            start: lines.start,
            line,
            marks,
        }
    }

    /// Says whether the other piece stands in the same file, near enough to be shown with this one.
    fn joins(&self, other: &Self) -> bool {
        let lines = |piece: &Self| piece.line..piece.line + piece.text.matches('\n').count() + 1;
        let (own, others) = (lines(self), lines(other));
        self.file.is_some() && self.file == other.file && own.start <= others.end + GAP && others.start <= own.end + GAP
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
        Snippet::source(text).path(inert::line(self.path)).line_start(self.line).annotations(annotations)
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

/// Returns the range moved out to whole characters of the text.
fn boundaries(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let mut start = range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = range.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// Returns the range of the whole lines that a range touches, without the last one's end.
fn whole_lines(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |length| range.end + length);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, range: std::ops::Range<usize>, expected: &str) {
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
