//! The summary: where the quarter stands, team by team, and what an honest reader should know.

use serde::Serialize;

use super::table::{Status, Verdict};
use super::{DEEP_CONTENTS, Leaves, Maker, TEAMS, count, section};
use crate::model::scorecard::{Band, Status as Pace};
use crate::report::decide::{Ages, Count, median_status, title};
use crate::report::findings::{Noted, Subject};
use crate::report::quality::{Tally, Topic};
use crate::report::{TeamReport, dates, decide, ledger};

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

/// How many key results stand in a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BandRow {
    /// The grades, or the status's symbol.
    pub figure: &'static str,
    /// The word.
    pub word: &'static str,
    /// The name for styles.
    pub code: &'static str,
    /// How many.
    pub count: usize,
    /// How much of a bar that fills, in tenths of the largest.
    pub tenths: usize,
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

/// The most lines of the theatre report.
const THEATRE: usize = 7;

/// Returns the summary of teams; `whole` says that they are the whole quarter.
pub(super) fn summary<L: Leaves>(
    maker: Maker<'_, '_>,
    (teams, whole): (&[TeamReport<'_>], bool),
    leaves: &mut L,
) -> Summary<L::Prose> {
    let counted = count(maker, teams);
    let over = maker.quarter.is_over();
    let story = maker.quarter.plan.story.as_ref().filter(|_| whole);
    let (theatre, found) = theatre(maker, teams);
    let row = |team: &TeamReport<'_>| {
        let section = maker.section_of(&team.plan.team).map(|place| place + 2);
        team_row(maker, *team, section, maker.in_full.len())
    };
    Summary {
        lead: maker.phrases.standing(&counted, maker.quarter.score.state),
        notes: notes(maker, teams, whole),
        bands_title: if over { maker.words.distribution } else { maker.words.distribution_so_far },
        bands: bands(maker, &counted, over),
        has_status: !over,
        teams: teams.iter().map(row).collect(),
        elsewhere: elsewhere(maker, teams),
        theatre_rest: maker.phrases.theatre_more(found.saturating_sub(theatre.len())),
        theatre,
        story_title: story.and_then(|story| story.title.clone()).unwrap_or_else(|| maker.words.story.to_owned()),
        story: story.map(|story| leaves.prose(&story.body, 2)),
    }
}

/// Says where sections stand that are not here; nothing where all are.
fn elsewhere(maker: Maker<'_, '_>, teams: &[TeamReport<'_>]) -> String {
    if teams.len() > TEAMS {
        return maker.phrases.sections_elsewhere(TEAMS);
    }
    let is_elsewhere = |team: &&TeamReport<'_>| maker.section_of(&team.plan.team).is_none();
    let names: Vec<&str> = teams.iter().filter(is_elsewhere).map(|team| team.name).collect();
    maker.phrases.sections_too_long(&names)
}

fn notes(maker: Maker<'_, '_>, teams: &[TeamReport<'_>], whole: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if teams.iter().any(|team| team.score.rollup.projected && !team.is_over()) {
        notes.push(maker.phrases.so_far().to_owned());
    }
    let name = |id: &crate::model::ids::Slug| maker.report.inputs.plan.team_name(id).to_owned();
    if whole && let Some(locking) = ledger::locking(maker.quarter, maker.report.as_of()) {
        notes.push(maker.phrases.locking(&locking, &name));
    }
    notes.retain(|note| !note.is_empty());
    notes
}

/// Returns how many key results stand where: by band, best first; by status while the quarter runs.
fn bands(maker: Maker<'_, '_>, count: &Count, over: bool) -> Vec<BandRow> {
    const FIGURES: [&str; 4] = ["0.0–0.3", "0.4–0.6", "0.7–0.9", "1.0"];
    const BANDS: [Band; 4] = [Band::Missed, Band::FellShort, Band::Strong, Band::Complete];
    const STATUSES: [Pace; 5] = [Pace::Ahead, Pace::OnTrack, Pace::AtRisk, Pace::OffTrack, Pace::NoData];
    let row = |figure, code, word, count| BandRow { figure, word, code, count, tenths: 0 };
    let words = maker.phrases.bands();
    let mut rows: Vec<BandRow> = if over {
        (0..4).rev().map(|at| row(FIGURES[at], BANDS[at].name(), words[at], count.bands[at])).collect()
    } else {
        let words = maker.phrases.paces(count.has_committed);
        let known = STATUSES.iter().zip(words).zip(count.statuses);
        known.map(|((status, word), count)| row(status.symbol(), status.name(), word, count)).collect()
    };
    let most = rows.iter().map(|row| row.count).max().unwrap_or(0);
    rows.iter_mut().for_each(|row| row.tenths = row.count * 10 / most.max(1));
    if most == 0 { Vec::new() } else { rows }
}

fn team_row(maker: Maker<'_, '_>, team: TeamReport<'_>, section: Option<usize>, of: usize) -> TeamRow {
    let mut ages = Ages::default();
    ages.add(&team);
    let mut quality = Tally::default();
    quality.add(&maker.report.findings, maker.report.key_results(team));
    let rollup = &team.score.rollup;
    let status = if team.is_over() { None } else { median_status(&team) };
    let objectives = section.filter(|_| of <= DEEP_CONTENTS).map(|section| objective_rows(maker, team, section));
    TeamRow {
        number: section.map(|section| section.to_string()).unwrap_or_default(),
        id: section.map(|_| team.plan.team.to_string()).unwrap_or_default(),
        team: team.plan.team.to_string(),
        name: team.name.to_owned(),
        grade: maker.in_column(maker.mean(rollup)),
        status: status.map(|status| maker.status_of(status)),
        measured: format!("{} {} {}", rollup.measured, maker.words.of, rollup.of),
        quality: maker.phrases.quality_line(quality),
        age: ages.oldest.map(|days| maker.phrases.age(days)).unwrap_or_default(),
        objectives: objectives.unwrap_or_default(),
    }
}

fn objective_rows(maker: Maker<'_, '_>, team: TeamReport<'_>, section: usize) -> Vec<ObjectiveRow> {
    let row = |(at, known): (usize, crate::report::ObjectiveReport<'_>)| ObjectiveRow {
        number: format!("{section}.{}", at + 1),
        id: section::objective_id(team, known.plan),
        title: title(&known.plan.title.value).into_owned(),
        grade: maker.in_column(maker.mean(&known.score.rollup)),
        marks: maker.objective_marks(known),
    };
    team.objectives().enumerate().map(row).collect()
}

/// Returns what an honest reader should know about the teams, worst first, and how much there is.
fn theatre(maker: Maker<'_, '_>, teams: &[TeamReport<'_>]) -> (Vec<TheatreLine>, usize) {
    let is_here = |subject: Subject<'_>| {
        let place = subject.team().filter(|place| place.quarter == maker.place);
        let team = place.and_then(|place| maker.report.at(place));
        team.is_some_and(|team| teams.iter().any(|known| known.plan.team == team.plan.team))
    };
    let is_said = |(noted, subject): &(Noted<'_>, Subject<'_>)| {
        noted.reason.is_none() && Topic::of(noted.finding.code) == Topic::Honesty && is_here(*subject)
    };
    let mut found: Vec<_> = maker.report.findings.all().filter(is_said).collect();
    found.sort_by_key(|(noted, _)| Topic::rank(noted.finding.code));
    let line = |(noted, subject): &(Noted<'_>, Subject<'_>)| {
        let (team, title, id) = about(maker, *subject);
        let text = decide::sentence(&super::appendix::plain(&dates::told(&noted.finding.message, maker.format)));
        let place = subject.team().and_then(|place| maker.report.at(place));
        let has_place = place.is_some_and(|team| maker.section_of(&team.plan.team).is_some());
        TheatreLine { team, title, text, id: if has_place { id } else { String::new() } }
    };
    (found.iter().take(THEATRE).map(line).collect(), found.len())
}

/// Returns the team, the title and the place of what a finding is about.
fn about(maker: Maker<'_, '_>, subject: Subject<'_>) -> (String, String, String) {
    let found = match subject {
        Subject::KeyResult(place) => maker.report.key_result(place).map(|known| {
            let title = title(&known.plan.title.value).into_owned();
            (known.team.name.to_owned(), title, super::card::id(&known))
        }),
        Subject::Objective(place, at) => maker.report.at(place).and_then(|team| {
            let objective = team.plan.objectives.get(at)?;
            let title = title(&objective.title.value).into_owned();
            Some((team.name.to_owned(), title, section::objective_id(team, objective)))
        }),
        Subject::Team(place) => {
            maker.report.at(place).map(|team| (String::new(), team.name.to_owned(), team.plan.team.to_string()))
        }
        Subject::Metric(_) | Subject::Book => None,
    };
    found.unwrap_or_default()
}
