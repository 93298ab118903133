//! `okrbook start`: a quarter's first files, with what reviews carry forward.

use clap::Args;
use okrbook::error::Result;
use okrbook::lifecycle::start::{Inputs, Started, TeamStart, start};
use okrbook::model::ids::{CycleId, Slug};
use okrbook::write::file;

use super::messages::Messages;
use super::quarter::{Opening, parse_team, quarter_id, refuse_sealed, unnamed};
use super::shared::Shared;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The quarter that begins, as in 2026-Q4
    quarter: String,
    /// A team that begins [default: the company and all teams of the book]; may be given several times
    #[arg(long, value_name = "TEAM", value_parser = parse_team)]
    team: Vec<Slug>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let id = quarter_id(&arguments.quarter)?;
    let opening = Opening::new(shared, messages)?;
    let Some(book) = opening.book() else { return Ok(2) };
    refuse_sealed(book, id)?;
    let inputs = Inputs {
        plan: &book.plan,
        histories: &book.histories,
        scorecard: &book.scorecard,
        sources: &opening.opened.sources,
        quarter: book.config.calendar.quarter(id).ok_or_else(|| unnamed(book, id))?,
    };
    let started = start(&inputs, &arguments.team)?;
    for (path, text) in &started.files {
        file::replace(&opening.root, path, None, text)?;
    }
    tell(&started, id, messages);
    Ok(0)
}

fn tell(started: &Started, id: CycleId, messages: &Messages) {
    for path in &started.kept {
        messages.done(&format!("{path} is there and stays as it is"));
    }
    for team in &started.teams {
        messages.done(&format!("wrote {}: {}", team.path, beginning(team)));
        if !team.undecided.is_empty() {
            messages.done(&format!(
                "  nobody has said whether to carry on {}; once the review says yes, remove the new file and start again",
                team.undecided.join(", ")
            ));
        }
    }
    if started.files.is_empty() {
        messages.done(&format!("nothing was written: every file of {id} is there"));
        return;
    }
    messages.done("now fill the gaps that `okrbook check` lists, then commit to them with `okrbook lock`");
}

fn beginning(team: &TeamStart) -> String {
    match (team.carried, team.starter) {
        (1, _) => "1 key result carried forward".to_owned(),
        (count, None) => format!("{count} key results carried forward"),
        (_, Some(starter)) => format!("a starter for {starter}"),
    }
}
