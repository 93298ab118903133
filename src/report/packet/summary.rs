//! The summary: where the quarter stands, team by team, and what an honest reader should know.

use serde::Serialize;

use super::appendix::plain;
use super::leaves::Leaves;
use super::maker::{DEEP_CONTENTS, Extent, Maker, TEAMS};
use crate::report::decide::Count;
use crate::report::shown::{self, BandRow, Distribution, Status, Target, Verdict};
use crate::report::{ObjectiveReport, TeamPlace, TeamReport, ledger};

/// The summary.
#[derive(Debug, Serialize)]
pub struct Summary<P> {
    /// Where the quarter or the team stands, in a sentence.
    pub lead: String,
    /// What a reader must know about the figures.
    pub notes: Vec<String>,
    /// The heading over the distribution.
    pub bands_title: &'static str,
    /// How many key results stand where.
    pub bands: Vec<BandRow>,
    /// Whether the quarter runs, so that there is a status for each team.
    pub has_status: bool,
    /// The teams.
    pub teams: Vec<TeamRow>,
    /// That the teams' sections stand elsewhere; empty where they stand here.
    pub elsewhere: String,
    /// What an honest reader should know, worst first.
    pub theatre: Vec<TheatreLine>,
    /// How much of it there is beyond; empty where that is all.
    pub theatre_rest: String,
    /// What the quarter's story is called.
    pub story_title: String,
    /// The quarter's story.
    pub story: Option<P>,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TeamRow {
    /// The number of its section; empty where that stands elsewhere.
    pub number: String,
    /// The place of its section; empty where that stands elsewhere.
    pub id: String,
    /// The team's id.
    pub team: String,
    /// Its name.
    pub name: String,
    /// Its grade.
    pub grade: Verdict,
    /// Where it stands.
    pub status: Option<Status>,
    /// How many of its objectives are measured.
    pub measured: String,
    /// How well its key results are made.
    pub quality: String,
    /// How old its data is.
    pub age: String,
    /// Its objectives, where there is room.
    pub objectives: Vec<ObjectiveRow>,
}

/// An objective of a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObjectiveRow {
    /// Its number.
    pub number: String,
    /// Its place.
    pub id: String,
    /// What is to become true.
    pub title: String,
    /// Its grade.
    pub grade: Verdict,
    /// Words that mark it.
    pub marks: Vec<&'static str>,
}

/// What an honest reader should know, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TheatreLine {
    /// Whose it is.
    pub team: String,
    /// What it is about.
    pub title: String,
    /// What was found.
    pub text: String,
    /// The place in the packet; empty where it has none.
    pub id: String,
}

/// Returns the summary of a packet's teams.
pub(super) fn summary<L: Leaves>(maker: Maker<'_, '_>, leaves: &mut L) -> Summary<L::Prose> {
    let counted = count(maker);
    let over = maker.quarter.is_over();
    let story = maker.quarter.plan.story.as_ref().filter(|_| maker.whole);
    let (theatre, found) = theatre(maker);
    let Distribution { title: bands_title, rows: bands } = shown::distribution(maker.report, &counted, over);
    let row = |team: &TeamReport<'_>| {
        let section = maker.section_of(&team.plan.team).map(|place| place + 2);
        team_row(maker, *team, section, maker.in_full.len())
    };
    Summary {
        lead: maker.phrases.standing(&counted, maker.quarter.score.state),
        notes: notes(maker),
        bands_title,
        bands,
        has_status: !over,
        teams: maker.teams.iter().map(row).collect(),
        elsewhere: elsewhere(maker),
        theatre_rest: maker.phrases.theatre_more(found.saturating_sub(theatre.len())),
        theatre,
        story_title: story.and_then(|story| story.title.clone()).unwrap_or_else(|| maker.words.story.to_owned()),
        story: story.map(|story| leaves.prose(story.body.markdown(), 2)),
    }
}

/// Counts the key results.
fn count(maker: Maker<'_, '_>) -> Count {
    let mut count = Count::default();
    maker.teams.iter().for_each(|team| count.add(maker.report.key_results(*team)));
    count
}

/// Says where sections stand that are not here; nothing where all are.
fn elsewhere(maker: Maker<'_, '_>) -> String {
    if maker.extent == Extent::Short {
        return String::new();
    }
    if maker.teams.len() > TEAMS {
        return maker.phrases.sections_elsewhere(TEAMS);
    }
    let is_elsewhere = |team: &&TeamReport<'_>| maker.section_of(&team.plan.team).is_none();
    let names: Vec<&str> = maker.teams.iter().filter(is_elsewhere).map(|team| team.name).collect();
    maker.phrases.sections_too_long(&names)
}

fn notes(maker: Maker<'_, '_>) -> Vec<String> {
    let mut notes = Vec::new();
    if maker.teams.iter().any(|team| team.score.rollup.projected && !team.is_over()) {
        notes.push(maker.phrases.so_far().to_owned());
    }
    let name = |id: &crate::model::ids::Slug| maker.report.inputs.plan.team_name(id).to_owned();
    if maker.whole
        && let Some(locking) = ledger::locking(maker.quarter, maker.report.as_of())
    {
        notes.push(maker.phrases.locking(&locking, &name));
    }
    notes.retain(|note| !note.is_empty());
    notes
}

fn team_row(maker: Maker<'_, '_>, team: TeamReport<'_>, section: Option<usize>, of: usize) -> TeamRow {
    let line = shown::team_line(maker.report, team);
    let has_objectives = match maker.extent {
        Extent::Whole => section.is_some() && of <= DEEP_CONTENTS,
        Extent::Short => maker.teams.len() <= DEEP_CONTENTS,
    };
    let objectives = has_objectives.then(|| objective_rows(maker, team, section));
    TeamRow {
        number: section.map(|section| section.to_string()).unwrap_or_default(),
        id: section.map(|_| team.plan.team.to_string()).unwrap_or_default(),
        team: team.plan.team.to_string(),
        name: team.name.to_owned(),
        grade: maker.in_column(line.grade),
        status: line.status.map(|status| maker.status(status)),
        measured: line.measured,
        quality: line.quality,
        age: line.age,
        objectives: objectives.unwrap_or_default(),
    }
}

fn objective_rows(maker: Maker<'_, '_>, team: TeamReport<'_>, section: Option<usize>) -> Vec<ObjectiveRow> {
    let row = |(at, known): (usize, ObjectiveReport<'_>)| {
        let head = shown::objective(maker.report, team, known);
        ObjectiveRow {
            number: section.map(|section| format!("{section}.{}", at + 1)).unwrap_or_default(),
            id: section.map(|_| maker.place_of(&Target::Objective(team, known.plan))).unwrap_or_default(),
            title: head.title.into_owned(),
            grade: maker.in_column(head.grade),
            marks: maker.marks(&head.marks),
        }
    };
    team.objectives().enumerate().map(row).collect()
}

/// Returns what an honest reader should know about the teams, worst first, and how much there is.
fn theatre(maker: Maker<'_, '_>) -> (Vec<TheatreLine>, usize) {
    let is_here = |place: TeamPlace| {
        let team = maker.report.at(place).filter(|_| place.quarter == maker.place);
        team.is_some_and(|team| maker.teams.iter().any(|known| known.plan.team == team.plan.team))
    };
    let honest = shown::honest(maker.report, is_here);
    let line = |known: shown::HonestLine<'_>| TheatreLine {
        team: known.team.to_owned(),
        title: known.title.into_owned(),
        text: plain(&known.text),
        id: maker.place_here(known.target.as_ref()),
    };
    (honest.lines.into_iter().map(line).collect(), honest.all)
}
