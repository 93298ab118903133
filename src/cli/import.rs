//! `okrbook import`: OKRs from another product, with a report of what was understood, asked and left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use okrbook::diag::{Diagnostic, Level, Place};
use okrbook::error::{Error, Result};
use okrbook::import::arrange::{Arranged, Given, arrange};
use okrbook::import::files::{self, Manner};
use okrbook::import::found::Found;
use okrbook::import::map::{self, Map};
use okrbook::import::report::{Became, Computed, Scores, report, told};
use okrbook::import::{FILE_LIMIT, Input, Known, is_of_viva, understand};
use okrbook::model::folder::Folder;
use okrbook::model::ids::{CycleId, Slug};
use okrbook::read::Overlay;
use okrbook::source::Sources;
use okrbook::write::{self, file};
use okrbook::{Book, Opened};

use super::messages::Messages;
use super::quarter::{Opening, parse_team, quarter_id};
use super::shared::Shared;

#[derive(Debug, Args)]
#[command(after_long_help = keys_of_maps())]
pub(super) struct Arguments {
    /// What another product exported
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What the columns of tables mean: a product's name, or a file that says it
    #[arg(long, value_name = "NAME|FILE")]
    map: Option<String>,
    /// The team of objectives that name none
    #[arg(long, value_name = "TEAM", value_parser = parse_team)]
    team: Option<Slug>,
    /// The cycle of objectives that name none, as in 2026-Q3
    #[arg(long, value_name = "CYCLE")]
    cycle: Option<String>,
    /// Print the report, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write into this folder instead of the book, to look at or to compare
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
}

/// Returns the keys of maps, for those who write one.
fn keys_of_maps() -> String {
    let names: Vec<&str> = map::READY.iter().map(|(name, _)| *name).collect();
    let keys: Vec<String> = map::COLUMNS.iter().map(|(key, says)| format!("  {key:<12}{says}")).collect();
    format!(
        "Maps that are there: {}. One of your own is a YAML file of KEY: HEADING lines; the keys are\n{}\n\
         and beside them\n  source      what the product is called\n  \
         kind        {{ column: HEADING, objective: TEXT, key_result: TEXT }}, where rows are both\n  \
         score_of    100 where a whole score is 100\n  dates       MM/DD/YYYY or DD/MM/YYYY\n  \
         decimal     \".\" or \",\"\n  \
         fractions   the unit of rows in which 0.25 stands for 25 %\n\
         `key_result: KR {{n}}` reads the columns KR 1, KR 2, KR 3….",
        names.join(", "),
        keys.join("\n")
    )
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let cycle = arguments.cycle.as_deref().map(quarter_id).transpose()?;
    let opening = Opening::new(shared, messages)?;
    let Some(book) = opening.book() else { return Ok(2) };
    let mut sources = Sources::default();
    let map = arguments.map.as_deref().map(|name| read_map(name, &mut sources)).transpose()?;
    let (map, mut faults) = map.map_or((None, Vec::new()), |(map, faults)| (Some(map), faults));
    let mut found = Found::default();
    let mut source = map.as_ref().map(|map| map.source.clone()).filter(|source| source != "the table");
    if faults.is_empty() {
        let read = |path: &PathBuf| Ok((path.to_string_lossy().into_owned(), read(path)?));
        let files = arguments.files.iter().map(read).collect::<Result<Vec<(String, Vec<u8>)>>>()?;
        let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
        let known = Known { map: map.as_ref(), calendar: &book.config.calendar, teams: &book.config.teams };
        found = understand(&inputs, known, &mut sources);
        source = source.or_else(|| inputs.iter().any(is_of_viva).then(|| "Viva Goals".to_owned()));
        faults = std::mem::take(&mut found.diagnostics);
    }
    if !faults.is_empty() {
        messages.diagnostics(&faults, &sources);
        messages.done("nothing was written: mend what is said above");
        return Ok(1);
    }
    let given = Given {
        calendar: &book.config.calendar,
        teams: &book.config.teams,
        people: &book.config.people,
        sealed: &sealed(book),
        team: arguments.team.as_ref(),
        cycle,
    };
    let mut arranged = arrange(found, &given);
    let source = source.unwrap_or_else(|| name_of(&arguments.files));
    let (folders, own) = (folders(book), own(book, &arranged));
    let manner = Manner { source: &source, folders: &folders, own: &own };
    let (files, scores) = settle(&mut arranged, &manner, &opening, shared)?;
    messages.result(&report(&arranged, &scores, &sources))?;
    let became = put(arguments, &opening, &files)?;
    messages.done(&told(&became, arguments.dry_run));
    Ok(0)
}

/// Returns the first file's name, which says where things come from if nothing else does.
fn name_of(files: &[PathBuf]) -> String {
    let name = files.first().and_then(|path| path.file_name());
    name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Returns the folder of each cycle of the book.
fn folders(book: &Book) -> BTreeMap<CycleId, Folder> {
    book.plan.quarters.iter().map(|quarter| (quarter.quarter.id, quarter.folder)).collect()
}

/// Returns the cycles that are sealed.
fn sealed(book: &Book) -> BTreeSet<CycleId> {
    let ids = book.plan.quarters.iter().map(|quarter| quarter.quarter.id);
    ids.filter(|id| book.archive().counting(*id).is_some()).collect()
}

/// Returns the cycles in which teams wrote for themselves: those that were not brought in and have other teams, too.
fn own(book: &Book, arranged: &Arranged) -> BTreeSet<CycleId> {
    let quarters = book.plan.quarters.iter().filter(|quarter| {
        let is_imported = quarter.story.as_ref().is_some_and(|story| story.imported.is_some());
        let is_new = |team: &Slug| arranged.teams.contains_key(&(quarter.quarter.id, team.clone()));
        !is_imported && quarter.teams.iter().any(|team| !is_new(&team.team))
    });
    quarters.map(|quarter| quarter.quarter.id).collect()
}

/// Reads a map: one of the program's by its name, else a file.
fn read_map(name: &str, sources: &mut Sources) -> Result<(Map, Vec<Diagnostic>)> {
    if let Some((name, text)) = map::READY.iter().find(|(known, _)| *known == name) {
        return Ok(map::read(sources, name, text));
    }
    let path = Path::new(name);
    if !path.exists() {
        let names: Vec<&str> = map::READY.iter().map(|(name, _)| *name).collect();
        let help = format!("name one of {}, or a file", names.join(", "));
        return Err(Error::usage_with_help(format!("there is no map `{name}`"), help));
    }
    let bytes = read(path)?;
    match okrbook::import::decode(&Input { name, bytes: &bytes }) {
        Ok(text) => Ok(map::read(sources, name, &text)),
        Err(fault) => Ok((Map::default(), vec![*fault])),
    }
}

/// Returns the bytes of a file that the user named.
fn read(path: &Path) -> Result<Vec<u8>> {
    let found = fs::metadata(path).map_err(Error::io("read", path))?;
    if !found.is_file() {
        return Err(Error::usage(format!("{} is no file", path.display())));
    }
    if found.len() > FILE_LIMIT {
        let message = format!(
            "{} has {} MB, more than the {} that are read",
            path.display(),
            found.len() >> 20,
            FILE_LIMIT >> 20
        );
        return Err(Error::usage_with_help(message, "export less at a time"));
    }
    fs::read(path).map_err(Error::io("read", path))
}

/// Returns the files and what they score. A key result that the book would refuse becomes a comment in its file.
fn settle(
    arranged: &mut Arranged,
    manner: &Manner<'_>,
    opening: &Opening,
    shared: &Shared,
) -> Result<(Vec<(String, String)>, Scores)> {
    let clock = shared.clock()?;
    let mut files = files::files(arranged, manner);
    let mut opened = okrbook::open_adding(&opening.root, &clock, &overlay(&files))?;
    if withhold(arranged, &opened) {
        files = files::files(arranged, manner);
        opened = okrbook::open_adding(&opening.root, &clock, &overlay(&files))?;
    }
    Ok((files, scores(&opened)))
}

/// Returns the files as they would stand in the book.
fn overlay(files: &[(String, String)]) -> Overlay {
    files.iter().map(|(path, text)| (path.clone(), text.as_str().into())).collect()
}

/// Withholds key results that errors are about; says whether there are any.
fn withhold(arranged: &mut Arranged, opened: &Opened) -> bool {
    let mut any = false;
    for found in opened.diagnostics.iter().filter(|found| found.level == Level::Error) {
        let Place::Text(span) = &found.place else { continue };
        let (path, text) = (&opened.sources.get(span.file).path, &opened.sources.get(span.file).text);
        let before = text.get(..span.start as usize).unwrap_or_default();
        let id = |indent: &str| {
            let line = before.lines().rev().find(|line| line.starts_with(indent))?;
            Some(line.strip_prefix(indent)?.to_owned())
        };
        let (objective, known) = (id("  - id: "), id("      - id: "));
        let Some((_, cycle, name)) = Folder::split(path) else { continue };
        let (Some(cycle), Some(team)) = (CycleId::parse(cycle), name.strip_suffix(".yaml")) else { continue };
        let (Some(objective), Some(known)) = (objective, known) else { continue };
        any |= arranged.withhold((cycle, team), (&objective, &known), &found.message);
    }
    any
}

fn scores(opened: &Opened) -> Scores {
    let mut scores = Scores::new();
    let Some(book) = &opened.book else { return scores };
    for quarter in &book.scorecard.quarters {
        let last = Some(quarter.quarter.window.end.plus(-1));
        for team in &quarter.teams {
            for known in team.objectives.iter().flat_map(|objective| &objective.key_results) {
                let computed = Computed { score: known.score, on: known.measured_on, last };
                scores.insert((quarter.quarter.id, team.team.clone(), known.id.clone()), computed);
            }
        }
    }
    scores
}

/// Writes what isn't there yet, and says what became of each file.
fn put(arguments: &Arguments, opening: &Opening, files: &[(String, String)]) -> Result<Vec<(String, Became)>> {
    let root = match &arguments.into {
        None => opening.root.clone(),
        Some(folder) => write::new_folder(folder)?,
    };
    if !arguments.dry_run {
        fs::create_dir_all(&root).map_err(Error::io("create", &root))?;
    }
    let mut became = Vec::with_capacity(files.len());
    for (path, text) in files {
        let state = match standing(&root.join(path))? {
            None => Became::Written,
            Some(bytes) if bytes == text.as_bytes() => Became::Same,
            Some(bytes) if path.ends_with("/index.md") && files::says_imported(&bytes) => Became::Same,
            Some(_) => Became::Differs,
        };
        if state == Became::Written && !arguments.dry_run {
            file::replace(&root, path, None, text)?;
        }
        became.push((path.clone(), state));
    }
    Ok(became)
}

/// Returns what stands at a path; nothing where nothing does. Only a plain file is opened.
fn standing(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => fs::read(path).map(Some).map_err(Error::io("read", path)),
        Ok(_) => {
            let message = format!("{} is no plain file, in the place of what okrbook writes", path.display());
            Err(Error::usage_with_help(message, "remove it, and run the command again"))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("read", path)(error)),
    }
}
