//! What the program says: results to stdout, everything else to stderr.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use okrbook::diag::{Diagnostic, Level, emit};
use okrbook::error::{Error, Result};
use okrbook::source::Sources;

use super::terminal::Terminal;
use super::{Color, Shared};

/// How much is said, and in colour or not.
pub(super) struct Messages {
    quiet: bool,
    verbose: bool,
    color: bool,
    /// Whether results may be in colour.
    color_results: bool,
}

impl Messages {
    pub(super) fn new(shared: &Shared) -> Self {
        let colored = |is_terminal: bool| match shared.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && is_terminal,
        };
        Self {
            quiet: shared.quiet,
            verbose: shared.verbose,
            color: colored(io::stderr().is_terminal()),
            color_results: colored(io::stdout().is_terminal()),
        }
    }

    /// Prints a result to stdout.
    pub(super) fn result(&self, text: &str) -> Result<()> {
        let mut stdout = io::stdout().lock();
        let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
        match written {
            // The reader has had enough, as in `okrbook check | head`.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other.map_err(Error::io("write", Path::new("<stdout>"))),
        }
    }

    /// Prints a line about what was done.
    pub(super) fn done(&self, text: &str) {
        if !self.quiet {
            say(text);
        }
    }

    /// Prints a line for those who asked for more.
    pub(super) fn detail(&self, text: &str) {
        if self.verbose {
            say(text);
        }
    }

    /// Says whether a progress bar would be seen and is wanted.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Returns how results are set.
    pub(super) fn terminal(&self) -> Terminal {
        Terminal::of_stdout(self.color_results)
    }

    /// Prints diagnostics; with `--quiet` errors only.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        if let Some(text) = self.rendered(diagnostics, sources) {
            say(text.trim_end());
        }
    }

    /// Prints findings, how many more are allowed, and how to learn more.
    pub(super) fn findings(&self, diagnostics: &[Diagnostic], allowed: usize, sources: &Sources) {
        if let Some(text) = self.rendered(diagnostics, sources) {
            let allowed = if allowed == 0 { String::new() } else { format!(", {allowed} allowed with a reason") };
            say(&format!("{}{allowed}; `okrbook explain CODE` says more", text.trim_end()));
        }
    }

    fn rendered(&self, diagnostics: &[Diagnostic], sources: &Sources) -> Option<String> {
        let is_shown = |found: &&Diagnostic| !self.quiet || found.level == Level::Error;
        let shown: Vec<Diagnostic> = diagnostics.iter().filter(is_shown).cloned().collect();
        (!shown.is_empty()).then(|| emit::human::render(&shown, sources, self.color))
    }

    /// Prints what stopped the run.
    pub(super) fn error(&self, error: &Error) {
        let (red, bold, end) = if self.color { ("\u{1b}[1;31m", "\u{1b}[1m", "\u{1b}[0m") } else { ("", "", "") };
        say(&format!("{red}error{end}{bold}: {error}{end}"));
        if let Some(help) = error.help() {
            say(&format!("  {bold}help{end}: {help}"));
        }
    }
}

/// Prints a line to stderr; where that is closed there is nobody to tell.
fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
