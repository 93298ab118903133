//! `okrbook add-metric`: a definition for an export, with what was understood of it.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;
use okrbook::diag;
use okrbook::error::{Error, Result};
use okrbook::lifecycle::add_metric::{Open, Said, define};
use okrbook::metrics::look::look;
use okrbook::model::ids::Slug;
use okrbook::model::metric::Aggregate;
use okrbook::read::Binary;
use okrbook::write::file;

use super::messages::Messages;
use super::quarter::Opening;
use super::shared::Shared;

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("measure").args(["value", "count"]))]
pub(super) struct Arguments {
    /// The export, in the book's folder metrics/
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The metric's id [default: the export's name]
    #[arg(long, value_name = "ID", value_parser = parse_id)]
    id: Option<Slug>,
    /// The column with the date [default: the first that holds dates]
    #[arg(long, value_name = "COLUMN")]
    date: Option<String>,
    /// The column that is measured [default: the only one that holds numbers]
    #[arg(long, value_name = "COLUMN")]
    value: Option<String>,
    /// Count the rows
    #[arg(long)]
    count: bool,
    /// How a quarter's rows become one value: last, mean, median, sum, min, max, p90
    #[arg(long, value_name = "HOW", value_parser = parse_aggregate)]
    aggregate: Option<Aggregate>,
    /// What it counts in: "%", h, €
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// Print the definition, and write nothing
    #[arg(long)]
    print: bool,
}

fn parse_id(text: &str) -> std::result::Result<Slug, String> {
    Slug::new(text).ok_or_else(|| "write an id of lower-case letters, digits and hyphens".to_owned())
}

fn parse_aggregate(text: &str) -> std::result::Result<Aggregate, String> {
    Aggregate::named(text)
        .ok_or_else(|| "write last, mean, median, sum, min, max, or a percentile such as p90".to_owned())
}

/// The file into which definitions are written.
const METRICS: &str = "metrics.yaml";

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let opening = Opening::new(shared, messages)?;
    let Some(book) = opening.book() else { return Ok(2) };
    let export = find(&opening, book.exports(), &arguments.file)?;
    let glance = match look(export)? {
        Ok(glance) => glance,
        Err(fault) => {
            messages.diagnostics(&[*fault], &opening.opened.sources);
            return Ok(1);
        }
    };
    let name = export.path.strip_prefix("metrics/").unwrap_or(&export.path);
    let mut said = Said {
        id: arguments.id.clone(),
        date: arguments.date.clone(),
        value: arguments.value.clone(),
        counts_rows: arguments.count,
        aggregate: arguments.aggregate,
        unit: arguments.unit.clone(),
    };
    let definition = loop {
        match define(name, &glance, &said) {
            Ok(definition) => break definition,
            Err(open) => answer(open, &mut said, messages)?,
        }
    };
    if arguments.print {
        messages.result(&definition)?;
        return Ok(0);
    }
    let id = definition.split(':').next().unwrap_or_default();
    let is_defined = |metric: &Slug| metric.as_str() == id && book.plan.metrics[metric].is_defined();
    if book.plan.metrics.keys().any(is_defined) {
        let message = format!("there is a metric `{id}` already");
        return Err(Error::usage_with_help(message, "give the new one another id: `--id NAME`"));
    }
    let before = opening.text_of(METRICS);
    let text = match before {
        Some(before) if before.is_empty() || before.ends_with('\n') => format!("{before}\n{definition}"),
        Some(before) => format!("{before}\n\n{definition}"),
        None => definition.clone(),
    };
    file::replace(&opening.root, METRICS, before, &text)?;
    messages.done(&format!("wrote this to {METRICS}; `okrbook trace {id}` says how it is read"));
    messages.result(&definition)?;
    Ok(0)
}

/// Returns the export that a path means: as the shell names it, or as a definition does.
fn find<'b>(opening: &Opening, exports: &'b [Binary], path: &Path) -> Result<&'b Binary> {
    let named = path.to_string_lossy().replace('\\', "/");
    let real = std::fs::canonicalize(path).ok();
    let root = std::fs::canonicalize(&opening.root).ok();
    let inside =
        real.zip(root).and_then(|(real, root)| Some(real.strip_prefix(root).ok()?.to_string_lossy().into_owned()));
    let names =
        [inside.as_deref(), Some(&named), Some(&format!("metrics/{named}"))].map(|name| name.map(str::to_owned));
    let found = names.iter().flatten().find_map(|name| exports.iter().find(|export| *export.path == **name));
    found.ok_or_else(|| {
        let message = format!("there is no export {named} in the book");
        match diag::nearest(&named, exports.iter().map(|export| &*export.path)) {
            Some(near) => Error::usage_with_help(message, format!("did you mean {near}?")),
            None => Error::usage_with_help(message, "put it into the book's folder metrics/"),
        }
    })
}

/// Asks what is open, where somebody can answer; else says which option answers it.
fn answer(open: Open, said: &mut Said, messages: &Messages) -> Result<()> {
    let can_ask = io::stdin().is_terminal();
    match open {
        Open::Date => Err(Error::usage_with_help(
            "no column of this export holds dates",
            "name it with `--date COLUMN`; if the export shows how things stood on one day, write `snapshot:` in its definition",
        )),
        Open::NoColumn(name, columns) => {
            let message = format!("this export has no column `{name}`");
            let help = match diag::nearest(&name, columns.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its columns are {}", columns.join(", ")),
            };
            Err(Error::usage_with_help(message, help))
        }
        Open::Value(columns) if !can_ask => Err(Error::usage_with_help(
            format!("{} columns hold numbers: {}", columns.len(), columns.join(", ")),
            "say which one is measured, `--value COLUMN`, or `--count` to count rows",
        )),
        Open::Aggregate if !can_ask => Err(Error::usage_with_help(
            "several rows stand on one day, and nothing says how they become one value",
            WAYS_HELP,
        )),
        Open::Things(key) if !can_ask => Err(Error::usage_with_help(
            format!("each row is a thing of its own, by its `{key}`, and nothing says how they become one value"),
            WAYS_HELP,
        )),
        Open::Value(columns) => {
            let chosen =
                choose("Which column is measured?", columns.iter().map(String::as_str).chain([COUNT]), messages)?;
            match columns.get(chosen) {
                Some(column) => said.value = Some(column.clone()),
                None => said.counts_rows = true,
            }
            Ok(())
        }
        Open::Aggregate => ask_for_way("Several rows stand on one day. What counts?", said, messages),
        Open::Things(key) => ask_for_way(&format!("Each row has its own `{key}`. What counts?"), said, messages),
    }
}

/// The answer beside columns and ways.
const COUNT: &str = "(count the rows)";

/// How several rows become one value.
const WAYS: [&str; 5] = ["mean", "median", "sum", "max", "last"];

const WAYS_HELP: &str = "say `--aggregate mean`, `sum`, `median`, `max` or `last`, or `--count` to count rows";

fn ask_for_way(question: &str, said: &mut Said, messages: &Messages) -> Result<()> {
    let chosen = choose(question, WAYS.into_iter().chain([COUNT]), messages)?;
    match WAYS.get(chosen) {
        Some(way) => said.aggregate = Aggregate::named(way),
        None => said.counts_rows = true,
    }
    Ok(())
}

/// Asks for one of several answers, by its number.
fn choose<'a>(question: &str, answers: impl Iterator<Item = &'a str>, messages: &Messages) -> Result<usize> {
    messages.tell(question);
    let mut count = 0;
    for answer in answers {
        count += 1;
        messages.tell(&format!("  {count}  {answer}"));
    }
    loop {
        messages.prompt(&format!("1 to {count}: "));
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line).map_err(Error::io("read", Path::new("<stdin>")))?;
        match line.trim().parse::<usize>() {
            Ok(chosen) if (1..=count).contains(&chosen) => return Ok(chosen - 1),
            _ if read == 0 => return Err(Error::usage("nothing was chosen, and nothing was written")),
            _ => {}
        }
    }
}
