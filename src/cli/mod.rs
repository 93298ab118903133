//! The command line: one file per command, and what they share.
//!
//! stdout is for results, stderr for messages and progress. Exit codes: 0 clean, 1 findings at error level,
//! 2 usage or input that can't be read, 3 input and output, 4 integrity.

mod add_metric;
mod build;
mod check;
mod checkin;
mod completions;
mod diff;
mod digest;
mod explain;
mod explain_sentence;
mod import;
mod init;
mod lock;
mod lsp;
mod messages;
mod next;
mod packet;
mod progress;
mod pull;
mod quarter;
mod reference;
mod review;
mod schema;
mod seal;
mod serve;
mod shared;
mod start;
mod template;
mod terminal;
mod trace;
mod verify;

use std::ffi::OsString;
use std::io::ErrorKind;

use clap::{CommandFactory as _, Parser, Subcommand};
use okrbook::unseen::inert;

use shared::Shared;

/// Turn a folder of OKRs, reviews and metric exports into a site whose every score is computed from data
#[derive(Debug, Parser)]
#[command(name = "okrbook", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new book that builds at once
    Init(init::Arguments),
    /// Build the site
    Build(build::Arguments),
    /// Show the site while it is written: pages follow each save
    Serve(serve::Arguments),
    /// Say what is wrong with the book, without building it
    Check(check::Arguments),
    /// Say what a finding's code means, why it matters and what to do
    Explain(explain::Arguments),
    /// Begin a quarter: a file for each team, with what its review carries forward
    Start(start::Arguments),
    /// Record what teams commit to, or amend it with a reason
    Lock(lock::Arguments),
    /// Record values with confidence and a note
    Checkin(checkin::Arguments),
    /// Say what changed between two builds' data
    Diff(diff::Arguments),
    /// Tell what changed, what waits for whom and what needs a decision, to be posted or mailed
    Digest(digest::Arguments),
    /// Lay out each team's review: facts filled in, questions to answer
    Review(review::Arguments),
    /// Freeze a quarter that is over, with its inputs and hashes
    Seal(seal::Arguments),
    /// Hold sealed quarters against their hashes
    Verify(verify::Arguments),
    /// Make PDF files of a quarter or of teams in it
    Packet(packet::Arguments),
    /// Write a metric's definition for an export, asking only what it leaves open
    AddMetric(add_metric::Arguments),
    /// Bring in OKRs from another product: what was understood, asked and left out
    Import(import::Arguments),
    /// Fetch exports from the engines that hold the numbers
    Pull(pull::Arguments),
    /// Say how a number came about: file, rows, choices, arithmetic
    Trace(trace::Arguments),
    /// Say what each key of a book's files does
    Reference(reference::Arguments),
    /// List the templates of pages, copy one into the book to change it, or say how it differs
    Template(template::Arguments),
    /// Print the JSON Schema of a file, for editors
    Schema(schema::Arguments),
    /// Answer an editor while somebody types: findings, and what stands at a place (a language server)
    Lsp(lsp::Arguments),
    /// Print a completion script for a shell
    Completions(completions::Arguments),
}

/// Runs the command that the arguments name and returns the exit code.
pub(crate) fn run() -> u8 {
    messages::tell_of_panics();
    let cli = match parsed() {
        Ok(cli) => cli,
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            return match messages::usage(&error) {
                // Help that was asked for is a result; whoever has read enough of it closes the pipe.
                Err(failed) if code == 0 && failed.kind() != ErrorKind::BrokenPipe => 3,
                _ => code,
            };
        }
    };
    let messages = messages::Messages::new(&cli.shared);
    let outcome = match &cli.command {
        Some(command) => perform(command, &cli.shared, &messages),
        None => next::run(&cli.shared, &messages),
    };
    outcome.unwrap_or_else(|error| {
        messages.error(&error);
        error.exit_code()
    })
}

/// Does what a command says.
fn perform(command: &Command, shared: &Shared, messages: &messages::Messages) -> okrbook::error::Result<u8> {
    match command {
        Command::Init(arguments) => init::run(arguments, shared, messages),
        Command::Build(arguments) => build::run(arguments, shared, messages),
        Command::Serve(arguments) => serve::run(arguments, shared, messages),
        Command::Check(arguments) => check::run(arguments, shared, messages),
        Command::Explain(arguments) => explain::run(arguments, messages),
        Command::Start(arguments) => start::run(arguments, shared, messages),
        Command::Lock(arguments) => lock::run(arguments, shared, messages),
        Command::Checkin(arguments) => checkin::run(arguments, shared, messages),
        Command::Diff(arguments) => diff::run(arguments, messages),
        Command::Digest(arguments) => digest::run(arguments, shared, messages),
        Command::Review(arguments) => review::run(arguments, shared, messages),
        Command::Seal(arguments) => seal::run(arguments, shared, messages),
        Command::Verify(arguments) => verify::run(arguments, shared, messages),
        Command::Packet(arguments) => packet::run(arguments, shared, messages),
        Command::AddMetric(arguments) => add_metric::run(arguments, shared, messages),
        Command::Import(arguments) => import::run(arguments, shared, messages),
        Command::Pull(arguments) => pull::run(arguments, shared, messages),
        Command::Trace(arguments) => trace::run(arguments, shared, messages),
        Command::Reference(arguments) => reference::run(arguments, messages),
        Command::Template(arguments) => template::run(arguments, shared, messages),
        Command::Schema(arguments) => schema::run(arguments, messages),
        Command::Lsp(arguments) => lsp::run(arguments, shared, messages),
        Command::Completions(arguments) => completions::run(arguments, Cli::command(), messages),
    }
}

/// Returns what the arguments say; what is wrong with them is quoted as it is shown, a line end in them too.
fn parsed() -> Result<Cli, clap::Error> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    Cli::try_parse_from(&arguments).map_err(|error| {
        let shown = arguments.iter().map(|argument| inert::line(&argument.to_string_lossy()).into_owned());
        Cli::try_parse_from(shown).err().unwrap_or(error)
    })
}
