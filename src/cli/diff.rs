//! `okrbook diff`: what changed between two builds' data.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use okrbook::diff::{self, Build, Named};
use okrbook::error::{Error, Result};
use okrbook::read;

use super::messages::Messages;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The earlier build: a site's folder, its data folder, or one quarter's file of it
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The later build
    #[arg(value_name = "B")]
    after: PathBuf,
    /// How the difference is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Exit with 1 where there is a difference
    #[arg(long)]
    exit_code: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For a comment on a pull request
    Markdown,
    /// For programs; `okrbook schema diff` has its schema
    Json,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<u8> {
    let (before, after) = (build_at(&arguments.before)?, build_at(&arguments.after)?);
    check_same_kind(arguments, &before, &after)?;
    let difference = diff::compare(&before, &after);
    match arguments.format {
        Format::Text => messages.result(&diff::text(&difference))?,
        Format::Markdown => messages.data(&diff::markdown(&difference))?,
        Format::Json => messages.data(&diff::json(&difference))?,
    }
    Ok(u8::from(arguments.exit_code && !difference.is_empty()))
}

fn check_same_kind(arguments: &Arguments, before: &Build, after: &Build) -> Result<()> {
    let (a, b) = (arguments.before.display(), arguments.after.display());
    match (before.only_quarter(), after.only_quarter()) {
        (None, None) => Ok(()),
        (Some(first), Some(second)) if first == second => Ok(()),
        (Some(first), Some(second)) => Err(Error::usage_with_help(
            format!("{a} is of {first} and {b} is of {second}"),
            "name the files of one quarter in two builds",
        )),
        _ => Err(Error::usage_with_help(
            format!("{a} and {b} are a file and a folder"),
            "name two folders, or the files of one quarter in two builds",
        )),
    }
}

/// Reads a site's folder, its data folder, or one quarter's file.
fn build_at(path: &Path) -> Result<Build> {
    if is_folder(path)? {
        let inner = path.join("data");
        return read_folder(if is_folder(&inner)? { &inner } else { path });
    }
    if path.file_name().is_some_and(|name| name == "book.json") {
        return read_folder(path.parent().unwrap_or(Path::new("")));
    }
    let text = text_of(path)?;
    let name = path.to_string_lossy();
    Build::of_quarter(Named { name: &name, text: &text })
}

fn read_folder(folder: &Path) -> Result<Build> {
    let book = folder.join("book.json");
    if read::look(&book)?.is_none() {
        return Err(Error::usage_with_help(
            format!("{} holds no data of a build: it has no book.json", folder.display()),
            "name a folder that `okrbook build` wrote, or the `data` folder in it",
        ));
    }
    let text = text_of(&book)?;
    let name = book.to_string_lossy();
    let book = Named { name: &name, text: &text };
    let mut files = Vec::new();
    for quarter in diff::quarters_of(book)? {
        let path = folder.join(format!("{quarter}.json"));
        if read::look(&path)?.is_none() {
            return Err(Error::usage_with_help(
                format!("{} is missing, and book.json beside it lists {quarter}", path.display()),
                "copy the site's `data` folder whole, or build the site again",
            ));
        }
        files.push((path.to_string_lossy().into_owned(), text_of(&path)?));
    }
    let quarters: Vec<Named<'_>> = files.iter().map(|(name, text)| Named { name, text }).collect();
    Build::of_book(book, &quarters)
}

fn is_folder(path: &Path) -> Result<bool> {
    Ok(read::look(path)?.is_some_and(|found| found.is_dir()))
}

fn text_of(path: &Path) -> Result<String> {
    let Some(kind) = read::look(path)? else {
        return Err(Error::usage_with_help(
            format!("{} does not exist", path.display()),
            "name two sites that okrbook built, their `data` folders, or two files like data/2026-Q3.json",
        ));
    };
    if !kind.is_file() {
        return Err(Error::usage(format!("{} is neither a folder nor a file", path.display())));
    }
    let bytes = fs::read(path).map_err(Error::io("read", path))?;
    String::from_utf8(bytes).map_err(|_| {
        let message = format!("{} is not UTF-8, so it is no JSON that okrbook wrote", path.display());
        Error::usage_with_help(message, "name two files like data/2026-Q3.json")
    })
}
