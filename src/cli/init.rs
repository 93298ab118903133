//! `okrbook init`: a new book that builds at once, or the example book.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, DirEntry, include_dir};
use okrbook::error::{Error, Result};
use okrbook::lifecycle::init::files;
use okrbook::model::calendar::Calendar;
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
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let folder = &write::new_folder(&arguments.folder)?;
    fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
    let files: Vec<(PathBuf, Vec<u8>)> = if arguments.example {
        let mut files = Vec::new();
        collect(&EXAMPLE, &mut files);
        files
    } else {
        new_book(arguments, shared)?
    };
    refuse_existing(folder, &files)?;
    for (path, content) in &files {
        file::create(folder, path, content)?;
    }
    let shown = arguments.folder.display();
    messages.done(&format!("wrote {} files to {shown}", files.len()));
    messages.done(&format!("now build it: okrbook build {shown}"));
    Ok(0)
}

fn new_book(arguments: &Arguments, shared: &Shared) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let calendar = Calendar::default();
    let today = shared.clock()?.day(None, &calendar.zone);
    let absolute = fs::canonicalize(&arguments.folder).map_err(Error::io("find", &arguments.folder))?;
    let name = absolute.file_name().map(|name| name.to_string_lossy().into_owned());
    let organisation = arguments.organisation.clone().or(name).unwrap_or_else(|| "Our organisation".to_owned());
    let quarter = calendar.quarter_of(today).ok_or_else(|| Error::usage("no cycle holds today"))?;
    let files = files(&organisation, &quarter, today);
    Ok(files.into_iter().map(|(path, text)| (path.into(), text.into_bytes())).collect())
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
