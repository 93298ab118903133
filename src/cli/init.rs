//! `okrbook init`: a new book that builds at once, or the example book.

use std::fs;
use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, DirEntry, include_dir};
use okrbook::error::{Error, Result};
use okrbook::lifecycle::init::{First, IGNORED, files_of};
use okrbook::model::calendar::Calendar;
use okrbook::model::ids::CycleKind;
use okrbook::write::{self, file};

use super::messages::Messages;
use super::shared::Shared;

static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The new book's folder
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Unpack the full example book
    #[arg(long)]
    example: bool,
    /// The organisation's name [default: the folder's name]
    #[arg(long, value_name = "NAME", conflicts_with = "example")]
    organisation: Option<String>,
    /// The first team's name [default: Platform]
    #[arg(long, value_name = "NAME", conflicts_with = "example")]
    team: Option<String>,
    /// What the first team does, as in product, data, sales
    #[arg(long, value_name = "WHAT", conflicts_with = "example", requires = "team")]
    function: Option<String>,
    /// How long a cycle is: year, half, third, quarter, month [default: quarter]
    #[arg(long, value_name = "LENGTH", conflicts_with = "example", value_parser = parse_cycles)]
    cycles: Option<CycleKind>,
}

fn parse_cycles(text: &str) -> std::result::Result<CycleKind, String> {
    let kind = CycleKind::named(&text.to_lowercase()).filter(|kind| *kind != CycleKind::Named);
    kind.ok_or_else(|| "write year, half, third, quarter or month".to_owned())
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let folder = &write::new_folder(&arguments.folder)?;
    fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
    let files: Vec<(PathBuf, Vec<u8>)> = if arguments.example {
        let mut files = Vec::new();
        collect(&EXAMPLE, &mut files);
        files
    } else {
        new_book(arguments, shared, messages)?
    };
    let (files, has_ignored) = without_ignored(folder, files);
    refuse_existing(folder, &files)?;
    for (path, content) in &files {
        file::create(folder, path, content)?;
    }
    let shown = arguments.folder.display();
    messages.done(&format!("wrote {} files to {shown}", files.len()));
    if has_ignored {
        messages.done(&format!("{IGNORED} stays as it is: /site/ and /.site.okrbook-*/ belong in it"));
    }
    messages.done(&format!("now build it: okrbook build {shown}"));
    Ok(0)
}

fn new_book(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let absolute = fs::canonicalize(&arguments.folder).map_err(Error::io("find", &arguments.folder))?;
    let name = absolute.file_name().map(|name| name.to_string_lossy().into_owned());
    let organisation = arguments.organisation.clone().or(name).unwrap_or_else(|| "Our organisation".to_owned());
    let mut first = First::of(&organisation);
    if let Some(team) = &arguments.team {
        first.team.clone_from(team);
        first.function.clone_from(&arguments.function);
    }
    first.cycles = arguments.cycles.unwrap_or(first.cycles);
    let says = arguments.organisation.is_some() || arguments.team.is_some() || arguments.cycles.is_some();
    if !says && !shared.quiet && io::stdin().is_terminal() {
        ask(&mut first, messages)?;
    }
    let calendar = Calendar { cycles: first.cycles, ..Calendar::default() };
    let today = shared.clock()?.day(None, &calendar.zone);
    let cycle = calendar.quarter_of(today).ok_or_else(|| Error::usage("no cycle holds today"))?;
    let files = files_of(&first, &cycle, today);
    Ok(files.into_iter().map(|(path, text)| (path.into(), text.into_bytes())).collect())
}

/// Asks for what a new book begins with; what stands in brackets is taken where the answer is empty, and at the input's end.
fn ask(first: &mut First, messages: &Messages) -> Result<()> {
    messages.tell("Three questions; an empty line takes what stands in brackets.");
    if let Some(name) = answer(&format!("Whose OKRs are these? [{}]: ", first.organisation), messages)? {
        first.organisation = name;
    }
    if let Some(said) =
        answer("Which team begins, and what does it do? As in: Checkout, product [Platform, platform]: ", messages)?
    {
        let (team, function) =
            said.split_once(',').map_or((said.as_str(), ""), |(team, function)| (team.trim(), function.trim()));
        let is_named = !team.is_empty();
        first.team = if is_named { team.to_owned() } else { first.team.clone() };
        first.function = (!function.is_empty()).then(|| function.to_owned());
    }
    while let Some(said) = answer("How long is a cycle? year, half, third, quarter, month [quarter]: ", messages)? {
        match parse_cycles(&said) {
            Ok(kind) => {
                first.cycles = kind;
                break;
            }
            Err(help) => messages.tell(&help),
        }
    }
    Ok(())
}

/// Returns what is typed behind a question; nothing for an empty line and at the input's end.
fn answer(question: &str, messages: &Messages) -> Result<Option<String>> {
    messages.prompt(question);
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(Error::io("read", Path::new("<stdin>")))?;
    let said = line.trim();
    Ok((!said.is_empty()).then(|| said.to_owned()))
}

/// Leaves out what says what git leaves out, where the folder has it: a book may be made in a repository.
fn without_ignored(folder: &Path, mut files: Vec<(PathBuf, Vec<u8>)>) -> (Vec<(PathBuf, Vec<u8>)>, bool) {
    let is_there = folder.join(IGNORED).symlink_metadata().is_ok();
    let has_ignored = is_there && files.iter().any(|(path, _)| path == Path::new(IGNORED));
    files.retain(|(path, _)| !is_there || path != Path::new(IGNORED));
    (files, has_ignored)
}

/// Adds the folder's files, without what a build put beside them.
fn collect(folder: &Dir<'_>, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in folder.entries() {
        let name = entry.path().file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with('.') || name == "site" {
            continue;
        }
        match entry {
            DirEntry::Dir(folder) => collect(folder, files),
            DirEntry::File(file) => files.push((file.path().to_path_buf(), file.contents().to_vec())),
        }
    }
}

fn refuse_existing(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<()> {
    let existing = files.iter().map(|(path, _)| folder.join(path)).find(|path| path.symlink_metadata().is_ok());
    match existing {
        None => Ok(()),
        Some(path) => Err(Error::usage_with_help(
            format!("{} is already there", path.display()),
            "choose an empty folder: `okrbook init my-okrs`",
        )),
    }
}
