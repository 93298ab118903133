//! The beginning of a quarter: files for each team, with what reviews carried forward, else with a starter.
//!
//! In: a measured book, the quarter, the teams. Out: paths and texts. A file that is there is left alone. What nobody can
//! know yet is a gap, `TBD`, which `check` points out.

mod carry;
mod inputs;
mod measured;
mod sentence;
mod starters;
mod team_text;

use std::collections::BTreeSet;

use self::inputs::COMPANY;
use self::sentence::GAP;
use super::init::NewFile;
use crate::diag;
use crate::error::{Error, Result};
use crate::model::ids::{RESERVED_TEAMS, Slug};
use crate::model::plan::Team;

pub use inputs::Inputs;
pub use starters::{STARTERS, Starter};

/// A quarter's beginning.
#[derive(Debug, Default)]
pub struct Started {
    /// New files: path and text.
    pub files: Vec<NewFile>,
    /// What each new team's file begins with.
    pub teams: Vec<TeamStart>,
    /// Files that are there and stay as they are.
    pub kept: Vec<String>,
}

/// What a team's file begins with.
#[derive(Debug, PartialEq, Eq)]
pub struct TeamStart {
    /// The team.
    pub team: Slug,
    /// The new file.
    pub path: String,
    /// How many key results its review carried forward.
    pub carried: usize,
    /// The starter, where nothing was carried.
    pub starter: Option<&'static str>,
    /// Key results of the last quarter that nobody has decided about: `objective/key-result`.
    pub undecided: Vec<String>,
}

/// Returns the files with which a quarter begins: of the teams that `wanted` names, of all where it names none.
///
/// # Errors
///
/// A usage error where a name is nearly that of a team, or reserved.
pub fn start(inputs: &Inputs<'_>, wanted: &[Slug]) -> Result<Started> {
    let id = inputs.quarter.id;
    let mut started = Started::default();
    let folder = inputs.plan.folder(id);
    let story = folder.path(id, "index.md");
    put(inputs, &mut started, story, STORY.to_owned());
    let teams = teams(inputs, wanted)?;
    let planned: BTreeSet<&Slug> = teams.iter().collect();
    for team in &teams {
        let path = folder.path(id, &format!("{}.yaml", inputs.recorded(team)));
        if inputs.sources.id_of(&path).is_some() {
            started.kept.push(path);
            continue;
        }
        let carried = carry::of_team(inputs, team);
        let starter = carried.objectives.is_empty().then(|| starters::of_team(inputs.plan, team));
        let objectives = match starter {
            Some(starter) => starters::text(inputs, starter),
            None => team_text::text(inputs, &carried, &planned),
        };
        put(inputs, &mut started, path.clone(), head(inputs, team) + &objectives);
        started.teams.push(TeamStart {
            team: team.clone(),
            path,
            carried: carried.objectives.iter().map(|objective| objective.key_results.len()).sum(),
            starter: starter.map(Starter::name),
            undecided: carried.undecided,
        });
    }
    Ok(started)
}

const STORY: &str = "<!-- The quarter's story in a few paragraphs: what the company needs, and what everybody puts off for \
                     it. -->\n";

/// Adds a file that isn't there yet.
fn put(inputs: &Inputs<'_>, started: &mut Started, path: String, text: String) {
    if inputs.sources.id_of(&path).is_none() {
        started.files.push((path, text));
    }
}

/// Returns the lines above the objectives.
fn head(inputs: &Inputs<'_>, team: &Slug) -> String {
    let id = inputs.quarter.id;
    if team.as_str() == COMPANY {
        return format!(
            "# The company in {id}. Leadership sets objectives; teams propose the key results by which they will tell\n\
             # that these come true, in their own files, each under an objective with `supports: {COMPANY}/ID`.\n\
             # `{GAP}` stands where something is still to be decided; `okrbook check` lists the gaps.\n"
        );
    }
    format!(
        "# What {team} wants to change in {id}. `{GAP}` stands where something is still to be decided; `okrbook check`\n\
         # lists the gaps. Three or four key results are plenty. Once all agree: `okrbook lock {id} --team {team}`.\n"
    )
}

/// Returns the teams that are meant: those that are named, else the company and all that the book knows and that are still
/// there.
fn teams(inputs: &Inputs<'_>, wanted: &[Slug]) -> Result<Vec<Slug>> {
    let plan = inputs.plan;
    let ended = |team: &Team| team.until.filter(|until| *until < inputs.quarter.window.start);
    let known: Vec<&str> = plan.teams.iter().map(|team| team.id.as_str()).chain([COMPANY]).collect();
    if wanted.is_empty() {
        let going_on = plan.teams.iter().filter(|team| ended(team).is_none());
        let others = going_on.map(|team| &team.id).filter(|id| id.as_str() != COMPANY);
        let company = Slug::new(COMPANY).expect("internal: letters are a slug");
        return Ok(std::iter::once(company).chain(others.cloned()).collect());
    }
    let mut teams: Vec<Slug> = Vec::with_capacity(wanted.len());
    for team in wanted {
        if RESERVED_TEAMS.contains(&team.as_str()) {
            let message = format!("a team can't be called `{team}`: a page has that name");
            return Err(Error::usage_with_help(message, format!("call it `{team}-team`")));
        }
        if !known.contains(&team.as_str()) && plan.team(team).is_none() {
            refuse_slip(team, &known)?;
        }
        if let Some((team, until)) = plan.team(team).and_then(|team| Some((team, ended(team)?))) {
            let message = format!("the team `{}` ended on {until}, before {}", team.id, inputs.quarter.id);
            return Err(Error::usage_with_help(message, "remove its `until` in okrbook.yaml if it goes on"));
        }
        let team = plan.team(team).map_or(team, |team| &team.id);
        if !teams.contains(team) {
            teams.push(team.clone());
        }
    }
    Ok(teams)
}

/// Refuses a name that nobody knows and that is nearly a known one.
fn refuse_slip(team: &Slug, known: &[&str]) -> Result<()> {
    let Some(near) = diag::nearest(team.as_str(), known.iter().copied()) else { return Ok(()) };
    Err(Error::usage_with_help(
        format!("the book has no team `{team}`"),
        format!("write `{near}`; a new team whose name is so near goes under `teams:` in okrbook.yaml first"),
    ))
}
