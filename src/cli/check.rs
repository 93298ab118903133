//! `okrbook check`: what is wrong with the book, without building it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use okrbook::Opened;
use okrbook::diag::{Level, emit};
use okrbook::error::Result;

use super::Shared;
use super::messages::Messages;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The book's folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Exit with 1 on warnings too
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: carets into the files, on stderr
    Human,
    /// One line each
    Short,
    /// For programs
    Json,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let root = shared.root(arguments.folder.as_deref())?;
    let Opened { sources, diagnostics, book } = okrbook::open(&root, &shared.clock()?)?;
    match arguments.format {
        Format::Human if diagnostics.is_empty() => messages.done("nothing to say: no errors, no warnings"),
        Format::Human => messages.diagnostics(&diagnostics, &sources),
        Format::Short => messages.result(&emit::short::render(&diagnostics, &sources))?,
        Format::Json => messages.result(&emit::json::render(&diagnostics, &sources))?,
    }
    let has = |level: Level| diagnostics.iter().any(|found| found.level == level);
    Ok(match book {
        None => 2,
        Some(_) if has(Level::Error) || (arguments.strict && has(Level::Warning)) => 1,
        Some(_) => 0,
    })
}
