//! `okrbook` alone: the next sensible step, from how the book stands.

use std::path::Path;

use okrbook::error::{Error, Result};
use okrbook::{Opened, Step, Told, read};

use super::messages::Messages;
use super::shared::Shared;

/// The most teams that are named.
const TEAMS: usize = 6;

pub(super) fn run(shared: &Shared, messages: &Messages) -> Result<u8> {
    let here = std::env::current_dir().map_err(Error::io("find", Path::new(".")))?;
    if shared.book.is_none() && read::find_root(&here)?.is_none() {
        let why = "there is no book here, nor in a folder above; this makes one that builds at once";
        return tell(messages, "init my-okrs", why);
    }
    let Opened { sources, diagnostics, book, .. } = okrbook::open(&shared.root(None)?, &shared.clock()?)?;
    let Some(book) = book else {
        return tell(messages, "check", "the book can't be read, and this says why");
    };
    let step = book.next_step(Told { sources: &sources, findings: &diagnostics });
    let (command, why) = words(&step);
    tell(messages, &command, &why)
}

/// Returns the command of a step, and why it is the next one.
fn words(step: &Step) -> (String, String) {
    match step {
        Step::Check(1) => ("check".to_owned(), "1 error was found; this shows it with its line".to_owned()),
        Step::Check(errors) => {
            ("check".to_owned(), format!("{errors} errors were found; this shows each with its line"))
        }
        Step::AddMetric(Some(export)) => {
            (format!("add-metric {export}"), "nothing is measured yet; this writes what the export means".to_owned())
        }
        Step::AddMetric(None) => (
            "add-metric metrics/EXPORT.csv".to_owned(),
            "nothing is measured yet: put an export of some tool into the folder metrics/ first".to_owned(),
        ),
        Step::Start(cycle) => (
            format!("start {cycle}"),
            format!("{cycle} runs, and no team has objectives in it; this lays out a file for each"),
        ),
        Step::Lock(cycle, teams) => (format!("lock {cycle}"), format!("not committed yet: {}", named(teams))),
        Step::Review(cycle, open) => {
            let questions =
                if *open == 1 { "1 question is open".to_owned() } else { format!("{open} questions are open") };
            (format!("review {cycle}"), format!("{cycle} is over, and {questions}; this lays them out"))
        }
        Step::Seal(cycle) => (format!("seal {cycle}"), format!("{cycle} is over and reviewed; this freezes it")),
        Step::Serve => ("serve --open".to_owned(), "nothing waits; this shows the site while you write".to_owned()),
    }
}

fn named(teams: &[String]) -> String {
    let rest = teams.len().saturating_sub(TEAMS);
    let names = teams.iter().take(TEAMS).cloned().collect::<Vec<_>>().join(", ");
    if rest == 0 { names } else { format!("{names} and {rest} more") }
}

fn tell(messages: &Messages, command: &str, why: &str) -> Result<u8> {
    let terminal = messages.terminal();
    let command = terminal.strong(&format!("okrbook {command}"));
    let why = terminal.wrapped(why, 2);
    messages.result(&format!("{command}\n{why}\n\n`okrbook --help` lists all commands\n"))?;
    Ok(0)
}
