//! `okrbook lock`: what teams commit to at a quarter's start, and what they amend later.

use clap::Args;
use okrbook::error::{Error, Result};
use okrbook::lifecycle::amend::{Amended, Kind, Target, amend};
use okrbook::lifecycle::lock::{Inputs, faults_of_file, lock, path};
use okrbook::model::ids::Slug;
use okrbook::model::plan::QuarterPlan;
use okrbook::report::format::Format;
use okrbook::report::text::{Language, Phrases};
use okrbook::write::file;

use super::messages::Messages;
use super::quarter::{Opening, parse_team};
use super::shared::Shared;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The quarter, as in 2026-Q3
    quarter: String,
    /// Lock this team only; may be given several times
    #[arg(long, value_name = "TEAM", value_parser = parse_team, conflicts_with = "amend")]
    team: Vec<Slug>,
    /// Record that a commitment was changed: TEAM/OBJECTIVE/KEY-RESULT
    #[arg(long, value_name = "NAME", value_parser = parse_target, requires = "because")]
    amend: Option<Target>,
    /// Why it was changed
    #[arg(long, value_name = "REASON", requires = "amend")]
    because: Option<String>,
    /// Who says so
    #[arg(long, value_name = "WHO", requires = "amend")]
    by: Option<String>,
}

fn parse_target(text: &str) -> std::result::Result<Target, String> {
    Target::parse(text).ok_or_else(|| "write team, objective and key result: platform/reliable/p1".to_owned())
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let opening = Opening::new(shared, messages)?;
    let Some(book) = opening.book() else { return Ok(2) };
    let quarter = opening.quarter(book, Some(&arguments.quarter))?;
    let inputs = Inputs {
        plan: &book.plan,
        histories: &book.histories,
        sources: &opening.opened.sources,
        diagnostics: &opening.opened.diagnostics,
        quarter,
        as_of: book.scorecard.as_of,
    };
    let faults = faults_of_file(&inputs);
    if !faults.is_empty() {
        messages.diagnostics(&faults, inputs.sources);
        let message = format!("{} can't be read as a lock, so nothing is added to it", path(quarter));
        return Err(Error::usage_with_help(message, "restore it with `git checkout`"));
    }
    match (&arguments.amend, &arguments.because) {
        (Some(target), Some(because)) => {
            let amended = amend(&inputs, target, because, arguments.by.as_deref())?;
            put_amended(&opening, quarter, target, &amended, messages)
        }
        _ => run_lock(&opening, &inputs, &arguments.team, messages),
    }
}

fn run_lock(opening: &Opening, inputs: &Inputs<'_>, wanted: &[Slug], messages: &Messages) -> Result<u8> {
    let id = inputs.quarter.quarter.id;
    let locking = lock(inputs, wanted)?;
    messages.diagnostics(&locking.refused, inputs.sources);
    messages.diagnostics(&locking.doubts, inputs.sources);
    let Some(text) = &locking.text else {
        return match (&locking.refused[..], &locking.before[..]) {
            ([], []) => Err(Error::usage_with_help(
                format!("{id} has no objectives to lock"),
                format!("write a team's objectives into {} first", inputs.quarter.path("TEAM.yaml")),
            )),
            ([], _) => Err(Error::usage_with_help(
                format!("{id} is locked, and a lock is never overwritten"),
                format!(
                    "to change a commitment, edit the team's file and say why: \
                     `okrbook lock {id} --amend TEAM/OBJECTIVE/KEY-RESULT --because \"…\"`"
                ),
            )),
            _ => {
                messages.done("nothing was locked: mend what is said above");
                Ok(1)
            }
        };
    };
    let path = path(inputs.quarter);
    file::replace(&opening.root, &path, opening.text_of(&path), text)?;
    for (team, count) in &locking.locked {
        messages.detail(&format!("{team}: {}", key_results(*count)));
    }
    let count = locking.locked.iter().map(|(_, count)| count).sum();
    let teams = match &locking.locked[..] {
        [(team, _)] => team.to_string(),
        teams => format!("{} teams", teams.len()),
    };
    messages.done(&format!("locked {} of {teams} for {id} as of {}: {path}", key_results(count), inputs.as_of));
    let window = inputs.quarter.quarter.window;
    if inputs.as_of >= inputs.quarter.quarter.late_from() {
        let days = inputs.as_of.since(window.start);
        let cycle = inputs.quarter.quarter.id.kind().noun();
        messages.done(&format!("this comes {days} days into the {cycle}, and its pages say so"));
    }
    if locking.refused.is_empty() {
        return Ok(0);
    }
    messages.done("other teams were not locked: mend what is said above and run it again");
    Ok(1)
}

fn put_amended(
    opening: &Opening,
    quarter: &QuarterPlan,
    target: &Target,
    amended: &Amended,
    messages: &Messages,
) -> Result<u8> {
    let path = path(quarter);
    file::replace(&opening.root, &path, opening.text_of(&path), &amended.text)?;
    let phrases = Phrases::new(Format::new(Language::default()));
    match amended.kind {
        Kind::Changed => messages.done(&format!("amended {target}; scores still count what was committed: {path}")),
        Kind::Dropped => messages.done(&format!("recorded why {target} was dropped; it counts 0.0: {path}")),
        Kind::Added => messages.done(&format!("recorded why {target} was added; it feeds no mean: {path}")),
    }
    for moved in &amended.moves {
        messages.done(&format!("  {}", phrases.change(&moved.change)));
    }
    Ok(0)
}

fn key_results(count: usize) -> String {
    if count == 1 { "1 key result".to_owned() } else { format!("{count} key results") }
}
