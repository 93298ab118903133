//! What the program says: results to stdout, everything else to stderr.
//!
//! In: texts, whoever worded them. Out: what readers see of them, and nothing that acts: this is the only place that
//! writes to a stream, and all but data of our own making goes through [`inert`] first.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::panic::{self, PanicHookInfo};
use std::path::Path;

use okrbook::diag::{Diagnostic, Level, emit};
use okrbook::error::{Error, Result};
use okrbook::source::Sources;
use okrbook::unseen::inert::{self, Form};

use super::shared::{Color, Shared};
use super::terminal::Terminal;

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
        Self {
            quiet: shared.quiet,
            verbose: shared.verbose,
            color: is_colored(shared.color, io::stderr().is_terminal()),
            color_results: is_colored(shared.color, io::stdout().is_terminal()),
        }
    }

    /// Prints data of our own making to stdout, byte for byte: what was written to be read by a program.
    pub(super) fn data(&self, text: &str) -> Result<()> {
        match out(text) {
            // The reader has had enough, as in `okrbook check | head`.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => other.map_err(Error::io("write", Path::new("<stdout>"))),
        }
    }

    /// Prints a result for people to stdout.
    pub(super) fn result(&self, text: &str) -> Result<()> {
        self.data(&inert::lines(text, form(self.color_results)))
    }

    /// Prints commands for a host that reads logs to stdout.
    pub(super) fn commands(&self, text: &str) -> Result<()> {
        self.data(&inert::lines(text, Form::Commands))
    }

    /// Prints a line about what was done.
    pub(super) fn done(&self, text: &str) {
        if !self.quiet {
            say_line(text);
        }
    }

    /// Prints a line for those who asked for more.
    pub(super) fn detail(&self, text: &str) {
        if self.verbose {
            say_line(text);
        }
    }

    /// Prints a line to somebody who is asked.
    pub(super) fn tell(&self, text: &str) {
        say_line(text);
    }

    /// Prints what the answer is typed behind.
    pub(super) fn prompt(&self, text: &str) {
        // Where the prompt can't be shown, the answer can still be given.
        say(&inert::line(text), Form::Plain);
    }

    /// Says whether a progress bar would be seen and is wanted.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Returns how results are set.
    pub(super) fn terminal(&self) -> Terminal {
        Terminal::new(io::stdout().is_terminal(), self.color_results)
    }

    /// Prints diagnostics; with `--quiet` errors only.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        if let Some(text) = self.rendered(diagnostics, sources) {
            say(&format!("{}\n", text.trim_end()), form(self.color));
        }
    }

    /// Prints errors whole and warnings as a table by code; with `--verbose` all of them whole, with `--quiet` errors only.
    pub(super) fn overview(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        let (errors, warnings): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            diagnostics.iter().partition(|found| found.level == Level::Error);
        if self.verbose || self.quiet || warnings.is_empty() {
            return self.diagnostics(diagnostics, sources);
        }
        let errors: Vec<Diagnostic> = errors.into_iter().cloned().collect();
        if !errors.is_empty() {
            self.diagnostics(&errors, sources);
        }
        let count = if warnings.len() == 1 { "1 warning".to_owned() } else { format!("{} warnings", warnings.len()) };
        let table = emit::table::render(&warnings, sources);
        let text =
            format!("{count}, first at:\n{table}`okrbook check` shows each with its line, checks.html by team\n");
        say(&text, form(self.color));
    }

    /// Says how many findings were held back, where there are any.
    pub(super) fn held_back(&self, count: usize) {
        if count > 0 {
            self.done(&format!("{count} held back, which only follow from a misspelt key"));
        }
    }

    /// Prints findings, how many more are allowed or were held back, and how to learn more.
    pub(super) fn findings(&self, diagnostics: &[Diagnostic], (allowed, held_back): (usize, usize), sources: &Sources) {
        if let Some(text) = self.rendered(diagnostics, sources) {
            let allowed = if allowed == 0 { String::new() } else { format!(", {allowed} allowed with a reason") };
            let held_back = match held_back {
                0 => String::new(),
                count => format!(", {count} held back, which only follow from a misspelt key"),
            };
            let text = format!("{}{allowed}{held_back}; `okrbook explain CODE` says more\n", text.trim_end());
            say(&text, form(self.color));
        }
    }

    fn rendered(&self, diagnostics: &[Diagnostic], sources: &Sources) -> Option<String> {
        let is_shown = |found: &&Diagnostic| !self.quiet || found.level == Level::Error;
        let shown: Vec<Diagnostic> = diagnostics.iter().filter(is_shown).cloned().collect();
        (!shown.is_empty()).then(|| emit::human::render(&shown, sources, self.color))
    }

    /// Prints what stopped the run.
    pub(super) fn error(&self, error: &Error) {
        say(&error_text(error, self.color), form(self.color));
    }
}

/// Returns what stopped a run, as it is told.
pub(super) fn error_text(error: &Error, color: bool) -> String {
    let (red, bold, end) = if color { ("\u{1b}[1;31m", "\u{1b}[1m", "\u{1b}[0m") } else { ("", "", "") };
    let mut text = format!("{red}error{end}{bold}: {}{end}\n", inert::line(&error.message()));
    for line in error.place() {
        text.push_str(&format!("  {}\n", inert::line(line)));
    }
    if let Some(help) = error.help() {
        text.push_str(&format!("  {bold}help{end}: {}\n", inert::line(help)));
    }
    text
}

/// Prints what is wrong with the arguments to stderr, or help that was asked for to stdout.
pub(super) fn usage(error: &clap::Error) -> io::Result<()> {
    let is_terminal = if error.use_stderr() { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
    let color = is_colored(Color::Auto, is_terminal);
    let text = error.render();
    let text = if color { text.ansi().to_string() } else { text.to_string() };
    if error.use_stderr() {
        say(&text, form(color));
        return Ok(());
    }
    out(&inert::lines(&text, form(color)))
}

/// Lets a fault of the program be told like everything else, since it may quote what it fell over.
pub(super) fn tell_of_panics() {
    panic::set_hook(Box::new(|fault: &PanicHookInfo<'_>| {
        let place = fault.location().map(|place| format!(" at {place}")).unwrap_or_default();
        let message = fault.payload_as_str().unwrap_or("no message");
        say_line(&format!("internal error{place}: {message}"));
        say_line("  this is a fault of okrbook, not of the book; please report it with the line above");
    }));
}

fn is_colored(wanted: Color, is_terminal: bool) -> bool {
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && is_terminal,
    }
}

const fn form(color: bool) -> Form {
    if color { Form::Styled } else { Form::Plain }
}

/// Prints a message of one line to stderr.
fn say_line(text: &str) {
    say(&format!("{}\n", inert::line(text)), Form::Plain);
}

/// Prints to stderr; where that is closed there is nobody to tell.
fn say(text: &str, form: Form) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(inert::lines(text, form).as_bytes()).and_then(|()| stderr.flush());
}

fn out(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush())
}
