//! Diagnostics as workflow commands, which GitHub shows beside the lines of a pull request.
//!
//! In: diagnostics, texts, and where the book stands in the repository. Out: one command a line. A text can't end its
//! command or begin another: line ends and the signs of the syntax are escaped.

use std::fmt::Write as _;

use super::{Location, Region};
use crate::diag::Diagnostic;
use crate::source::Sources;
use crate::unseen::inert;

/// Returns one command for each diagnostic; `prefix` leads from the repository's root to the book (`okrs/`, or nothing).
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, prefix: &str) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let Location { path, line, column } = Location::of(&diagnostic.place, sources);
        let mut properties = format!("file={},line={line}", property(&format!("{prefix}{path}")));
        match Region::of(&diagnostic.place, sources) {
            // Columns are understood within one line only.
            Some(region) if region.end.line == region.start.line => {
                let _ = write!(properties, ",col={column},endColumn={}", region.end.column);
            }
            Some(region) => {
                let _ = write!(properties, ",endLine={}", region.end.line);
            }
            None => {}
        }
        let mut message = diagnostic.message.clone();
        if !diagnostic.label.is_empty() {
            let _ = write!(message, ": {}", diagnostic.label);
        }
        if let Some(help) = &diagnostic.help {
            let _ = write!(message, "\n{help}");
        }
        let (level, title) = (diagnostic.level.word(), property(diagnostic.code));
        let _ = writeln!(text, "::{level} {properties},title={title}::{}", data(&message));
    }
    text
}

/// Returns a message as a command carries it.
fn data(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(|line| inert::line(line.trim_end_matches('\r'))).collect();
    lines.join("\n").replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns the value of a property, whose list is parted by commas and ended by a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;
    use crate::source::Span;

    #[test]
    fn each_diagnostic_is_one_command_with_its_place() {
        let (diagnostics, sources) = super::super::tests::examples();
        assert_eq!(
            render(&diagnostics, &sources, "okrs/"),
            "::error file=okrs/quarters/2026-Q3/platform.yaml,line=3,col=5,endColumn=11,title=unknown-key::an objective \
             has no key `wieght`: unknown%0Awrite `weight`\n\
             ::warning file=okrs/metrics/a.csv,line=7,col=15,endColumn=18,title=bad-cell::`n/a` is no number\n\
             ::error file=okrs/okrbook.yaml,line=1,title=no-settings::the book has no okrbook.yaml\n"
        );
    }

    #[test]
    fn no_text_ends_its_command_or_begins_another() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "a: one\nb: two\n");
        for (message, expected) in [
            ("50% done", "50%25 done"),
            ("a\n::error::b", "a%0A::error::b"),
            ("a\r\n::set-output name=x::y", "a%0A::set-output name=x::y"),
            ("\u{1b}[31mred\u{202e}", "␛[31mred�"),
            ("##[group]a", "#⌗[group]a"),
        ] {
            let found = render(&[Diagnostic::warning("code", Span::new(file, 0..10), message)], &sources, "");
            assert_eq!(found, format!("::warning file=a.yaml,line=1,endLine=2,title=code::{expected}\n"));
        }
        let odd = Diagnostic::error("code", Place::file("a,b:c\n%.yaml"), "x");
        assert!(render(&[odd], &sources, "").starts_with("::error file=a%2Cb%3Ac%0A%25.yaml,line=1,title=code::x"));
    }
}
