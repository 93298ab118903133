//! `okrbook packet`: a quarter, or teams in it, as PDF.

use std::path::{Path, PathBuf};

use clap::Args;
use okrbook::diag::{Diagnostic, Level};
use okrbook::error::{Error, Result};
use okrbook::model::ids::Slug;
use okrbook::model::plan::QuarterPlan;
use okrbook::packet::{self, Pdf};
use okrbook::report::TeamPlace;
use okrbook::report::packet::{Extent, Scope};
use okrbook::write::file;
use okrbook::{Attach, Drafts, Opened, Told, diag};

use super::messages::Messages;
use super::quarter::{find_quarter, parse_team};
use super::shared::Shared;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The quarter, as in 2026-Q3 [default: the one that runs]
    #[arg(value_name = "QUARTER")]
    quarter: Option<String>,
    /// The packet of one team
    #[arg(long, value_name = "TEAM", value_parser = parse_team, conflicts_with = "all_teams")]
    team: Option<Slug>,
    /// A packet for each team, in parallel
    #[arg(long)]
    all_teams: bool,
    /// The cover, what needs attention and one table: what a board reads
    #[arg(long)]
    short: bool,
    /// The file, or with --all-teams the folder [default: QUARTER.pdf, QUARTER.TEAM.pdf, QUARTER.short.pdf here]
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Attach the files that the packet was made from: objectives, reviews, exports
    #[arg(long)]
    attach: bool,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let root = shared.root(None)?;
    packet::require(&print_page(arguments))?;
    let opened = okrbook::open_with(&root, &shared.clock()?, Drafts::LeftOut)?;
    let Some(book) = &opened.book else {
        messages.diagnostics(&opened.diagnostics, &opened.sources);
        messages.done("no packet was made: the book can't be read");
        return Ok(2);
    };
    let quarter = find_quarter(book, arguments.quarter.as_deref())?;
    let teams = teams(arguments, quarter)?;
    let teams: Vec<Option<&Slug>> = if teams.is_empty() { vec![None] } else { teams.into_iter().map(Some).collect() };
    let place = book.plan.quarters.iter().position(|known| known.quarter.id == quarter.quarter.id).unwrap_or_default();
    let wanted = |team| Wanted { scope: scope(quarter, place, team), path: target(arguments, quarter, team) };
    let wanted: Vec<Wanted> = teams.into_iter().map(wanted).collect();
    // Nobody else may have said yet why a logo isn't there.
    let errors: Vec<Diagnostic> =
        opened.diagnostics.iter().filter(|found| found.level == Level::Error).cloned().collect();
    messages.diagnostics(&errors, &opened.sources);
    let attach = if arguments.attach { Attach::Inputs } else { Attach::Nothing };
    let extent = if arguments.short { Extent::Short } else { Extent::Whole };
    make(&root, &opened, &wanted, (extent, attach), messages)
}

/// Returns the page of the site that shows the same.
fn print_page(arguments: &Arguments) -> String {
    let quarter = arguments.quarter.as_deref().unwrap_or("QUARTER");
    match &arguments.team {
        Some(team) => format!("{quarter}/{team}.packet.html"),
        None => format!("{quarter}/packet.html"),
    }
}

/// Returns the teams that are to have packets of their own.
fn teams<'b>(arguments: &Arguments, quarter: &'b QuarterPlan) -> Result<Vec<&'b Slug>> {
    let known = || quarter.teams.iter().map(|team| &team.team);
    if arguments.all_teams {
        return Ok(known().collect());
    }
    let Some(team) = &arguments.team else { return Ok(Vec::new()) };
    let found = known().find(|known| *known == team).ok_or_else(|| {
        let near = diag::nearest(team.as_str(), known().map(Slug::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", known().map(Slug::as_str).collect::<Vec<_>>().join(", ")),
        };
        Error::usage_with_help(format!("{} has no team `{team}`", quarter.quarter.id), help)
    })?;
    Ok(vec![found])
}

/// A packet that is wanted, and the file that it goes into.
struct Wanted {
    scope: Scope,
    path: PathBuf,
}

fn make(
    root: &Path,
    opened: &Opened,
    wanted: &[Wanted],
    (extent, attach): (Extent, Attach),
    messages: &Messages,
) -> Result<u8> {
    let Some(book) = &opened.book else { return Ok(2) };
    let scopes: Vec<Scope> = wanted.iter().map(|wanted| wanted.scope).collect();
    let put = |at: usize, made: Pdf| {
        let path = &wanted[at].path;
        file::put(path, root, &made.bytes)?;
        Ok((format!("{} pages, {} kB: {}", made.pages, made.bytes.len() / 1_000, path.display()), missing(&made)))
    };
    let told = Told { sources: &opened.sources, findings: &opened.diagnostics };
    for (done, note) in book.packets(told, &scopes, (extent, attach), put)? {
        messages.done(&done);
        if let Some(note) = note {
            messages.done(&note);
        }
    }
    Ok(0)
}

fn scope(quarter: &QuarterPlan, place: usize, team: Option<&Slug>) -> Scope {
    let at = team.and_then(|team| quarter.teams.iter().position(|known| known.team == *team));
    at.map_or(Scope::Quarter(place), |team| Scope::Team(TeamPlace { quarter: place, team }))
}

/// Returns the file of a packet.
fn target(arguments: &Arguments, quarter: &QuarterPlan, team: Option<&Slug>) -> PathBuf {
    let id = quarter.quarter.id;
    let short = if arguments.short { ".short" } else { "" };
    let usual = team.map_or_else(|| format!("{id}{short}.pdf"), |team| format!("{id}.{team}{short}.pdf"));
    match &arguments.out {
        Some(folder) if arguments.all_teams => folder.join(usual),
        Some(file) => file.clone(),
        None => PathBuf::from(usual),
    }
}

/// Says which characters a packet lacks.
fn missing(made: &Pdf) -> Option<String> {
    const SHOWN: usize = 5;
    if made.missing.is_empty() {
        return None;
    }
    let name = |letter: &char| format!("{letter} (U+{:04X})", u32::from(*letter));
    let some: Vec<String> = made.missing.iter().take(SHOWN).map(name).collect();
    let rest = made.missing.len().saturating_sub(SHOWN);
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    Some(format!(
        "  a square stands for {}{rest}, which no font has: put a .ttf or .otf file that has them into assets/",
        some.join(", ")
    ))
}
