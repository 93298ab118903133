//! The command line: one file per command, and what they share.
//!
//! stdout is for results, stderr for messages and progress. Exit codes: 0 clean, 1 findings at error level,
//! 2 usage or input that can't be read, 3 input and output, 4 integrity.

mod build;
mod check;
mod checkin;
mod completions;
mod diff;
mod explain;
mod init;
mod lock;
mod messages;
mod packet;
mod progress;
mod quarter;
mod reference;
mod review;
mod schema;
mod seal;
mod start;
mod terminal;
mod verify;

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Parser, Subcommand, ValueEnum};
use okrbook::error::{Error, Result};
use okrbook::model::calendar::Day;
use okrbook::unseen::inert;
use okrbook::{Clock, read};

/// Turn a folder of OKRs, reviews and metric exports into a site whose every score is computed from data
#[derive(Debug, Parser)]
#[command(name = "okrbook", version, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct Shared {
    /// Where the book is [default: found by walking up from here]
    #[arg(short = 'C', value_name = "DIR", global = true)]
    book: Option<PathBuf>,
    /// Judge everything as of this day (2026-11-20)
    #[arg(long, value_name = "DATE", global = true, value_parser = parse_day)]
    as_of: Option<Day>,
    /// Print errors only
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Print more of what is done
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// When to colour messages
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new book that builds at once
    Init(init::Arguments),
    /// Build the site
    Build(build::Arguments),
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
    /// Lay out each team's review: facts filled in, questions to answer
    Review(review::Arguments),
    /// Freeze a quarter that is over, with its inputs and hashes
    Seal(seal::Arguments),
    /// Hold sealed quarters against their hashes
    Verify(verify::Arguments),
    /// Make PDF files of a quarter or of teams in it
    Packet(packet::Arguments),
    /// Say what each key of a book's files does
    Reference(reference::Arguments),
    /// Print the JSON Schema of a file, for editors
    Schema(schema::Arguments),
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
        Command::Init(arguments) => init::run(arguments, &cli.shared, &messages),
        Command::Build(arguments) => build::run(arguments, &cli.shared, &messages),
        Command::Check(arguments) => check::run(arguments, &cli.shared, &messages),
        Command::Explain(arguments) => explain::run(arguments, &messages),
        Command::Start(arguments) => start::run(arguments, &cli.shared, &messages),
        Command::Lock(arguments) => lock::run(arguments, &cli.shared, &messages),
        Command::Checkin(arguments) => checkin::run(arguments, &cli.shared, &messages),
        Command::Diff(arguments) => diff::run(arguments, &messages),
        Command::Review(arguments) => review::run(arguments, &cli.shared, &messages),
        Command::Seal(arguments) => seal::run(arguments, &cli.shared, &messages),
        Command::Verify(arguments) => verify::run(arguments, &cli.shared, &messages),
        Command::Packet(arguments) => packet::run(arguments, &cli.shared, &messages),
        Command::Reference(arguments) => reference::run(arguments, &messages),
        Command::Schema(arguments) => schema::run(arguments, &messages),
        Command::Completions(arguments) => completions::run(arguments, &messages),
    };
    outcome.unwrap_or_else(|error| {
        messages.error(&error);
        error.exit_code()
    })
}

/// Returns what the arguments say; what is wrong with them is quoted as it is shown, a line end in them too.
fn parsed() -> std::result::Result<Cli, clap::Error> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    Cli::try_parse_from(&arguments).map_err(|error| {
        let shown = arguments.iter().map(|argument| inert::line(&argument.to_string_lossy()).into_owned());
        Cli::try_parse_from(shown).err().unwrap_or(error)
    })
}

fn parse_day(text: &str) -> std::result::Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day as YYYY-MM-DD".to_owned())
}

impl Shared {
    /// Returns the book's folder: the argument, `-C`, or the nearest folder above with an `okrbook.yaml`.
    fn root(&self, argument: Option<&Path>) -> Result<PathBuf> {
        if let Some(folder) = argument.or(self.book.as_deref()) {
            return check_folder(folder);
        }
        let here = std::env::current_dir().map_err(Error::io("find", Path::new(".")))?;
        find_above(&here, "here")
    }

    /// Returns the folder of the book that a file in `folder` belongs to: `-C`, or the nearest one above.
    fn root_above(&self, folder: &Path) -> Result<PathBuf> {
        match &self.book {
            Some(book) => std::fs::canonicalize(check_folder(book)?).map_err(Error::io("find", book)),
            None => find_above(folder, &format!("in {}", folder.display())),
        }
    }

    /// Returns what tells the as-of day, apart from the book.
    fn clock(&self) -> Result<Clock> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let epoch = match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(text) => {
                let parsed = text.trim().parse::<i64>();
                Some(
                    parsed
                        .map_err(|_| Error::usage(format!("SOURCE_DATE_EPOCH is {text:?}, not a number of seconds")))?,
                )
            }
            Err(_) => None,
        };
        Ok(Clock { flag: self.as_of, epoch, now: i64::try_from(now).unwrap_or(i64::MAX) })
    }
}

fn find_above(folder: &Path, name: &str) -> Result<PathBuf> {
    read::find_root(folder)?.ok_or_else(|| {
        Error::usage_with_help(
            format!("no okrbook.yaml {name} or in any folder above"),
            "name the book's folder, or make a book with `okrbook init`",
        )
    })
}

fn check_folder(folder: &Path) -> Result<PathBuf> {
    match read::look(folder)? {
        None => return Err(Error::usage(format!("{} does not exist", folder.display()))),
        Some(found) if !found.is_dir() => {
            return Err(Error::usage(format!("{} is a file, not a book's folder", folder.display())));
        }
        Some(_) => {}
    }
    if read::look(&folder.join("okrbook.yaml"))?.is_none() {
        let message = format!("{} has no okrbook.yaml", folder.display());
        let name = folder.display();
        let help = format!("one line is enough: `organisation: Your name`; or make a book with `okrbook init {name}`");
        return Err(Error::usage_with_help(message, help));
    }
    Ok(folder.to_path_buf())
}
