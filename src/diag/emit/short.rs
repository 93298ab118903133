//! One line for each diagnostic, as editors and `grep` read them: `path:line:column: level[code]: message`.

use std::fmt::Write as _;

use super::Location;
use crate::diag::Diagnostic;
use crate::source::Sources;
use crate::unseen::inert;

/// Returns one line for each diagnostic.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let Location { path, line, column } = Location::of(&diagnostic.place, sources);
        let Diagnostic { level, code, message, .. } = diagnostic;
        // A message may quote a text of several lines.
        let (path, message) = (inert::line(path), inert::line(message));
        let _ = writeln!(text, "{path}:{line}:{column}: {}[{code}]: {message}", level.word());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_diagnostic_is_one_line_that_an_editor_can_jump_to() {
        let (diagnostics, sources) = super::super::tests::examples();
        assert_eq!(
            render(&diagnostics, &sources),
            "quarters/2026-Q3/platform.yaml:3:5: error[unknown-key]: an objective has no key `wieght`\n\
             metrics/a.csv:7:15: warning[bad-cell]: `n/a` is no number\n\
             okrbook.yaml:1:1: error[no-settings]: the book has no okrbook.yaml\n"
        );
    }
}
