//! What all commands share: where the book is, the day, and how much is said.
//!
//! In: the command line and the environment. Out: the book's folder and what tells the as-of day.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use okrbook::error::{Error, Result};
use okrbook::model::calendar::Day;
use okrbook::{Clock, read};

#[derive(Debug, Args)]
pub(super) struct Shared {
    /// Where the book is [default: found by walking up from here]
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub(super) book: Option<PathBuf>,
    /// Judge everything as of this day (2026-11-20)
    #[arg(long, value_name = "DATE", global = true, value_parser = parse_day)]
    pub(super) as_of: Option<Day>,
    /// Print errors only
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// Print more of what is done
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    /// When to colour messages
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    pub(super) color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Reads a day from the command line.
pub(super) fn parse_day(text: &str) -> std::result::Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day as YYYY-MM-DD".to_owned())
}

impl Shared {
    /// Returns the book's folder: the argument, `-C`, or the nearest folder above with an `okrbook.yaml`.
    pub(super) fn root(&self, argument: Option<&Path>) -> Result<PathBuf> {
        if let Some(folder) = argument.or(self.book.as_deref()) {
            return check_folder(folder);
        }
        let here = std::env::current_dir().map_err(Error::io("find", Path::new(".")))?;
        find_above(&here, "here")
    }

    /// Returns the folder of the book that a file in `folder` belongs to: `-C`, or the nearest one above.
    pub(super) fn root_above(&self, folder: &Path) -> Result<PathBuf> {
        match &self.book {
            Some(book) => std::fs::canonicalize(check_folder(book)?).map_err(Error::io("find", book)),
            None => find_above(folder, &format!("in {}", folder.display())),
        }
    }

    /// Returns what tells the as-of day, apart from the book.
    pub(super) fn clock(&self) -> Result<Clock> {
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
