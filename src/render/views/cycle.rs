//! A cycle: the answer above the fold, the company's objectives, the teams, what changed, all scoring tables, the map from
//! outcomes to key results, the story. The first page and the cycle's own show the same.

use std::cmp::Reverse;

use serde::Serialize;

use super::check_ins::{self, Since};
use super::contents::contents;
use super::fold::{self, FoldView};
use super::key_result::body;
use super::map::{OutcomeView, outcome_map};
use super::scores::scores;
use super::shell::Link;
use super::standing::{DistributionView, TeamRow, distribution, has_confidence, so_far, tally, team_row};
use super::{Maker, moves};
use crate::error::Result;
use crate::model::ids::{CycleId, Slug};
use crate::model::scorecard::QuarterState;
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::shown::{Graded, Target};
use crate::report::{Ages, QuarterReport, TeamReport, ledger};

/// The most teams whose scoring tables stand on one page; beyond it the page names the teams only.
const FULL_TABLES: usize = 60;

/// What pages show of a cycle.
#[derive(Debug, Serialize)]
pub(super) struct CycleView<'a> {
    pub(super) heading: String,
    dates: String,
    state: String,
    pub(super) lead: String,
    fold: FoldView,
    so_far: String,
    /// Longer cycles that run at the same time.
    above: Vec<CycleRow>,
    locking: String,
    contents: Markup,
    /// Whose scores stand first: the company's, or those of the only team.
    first: String,
    /// Those scores.
    company: Markup,
    distribution: DistributionView,
    runs: bool,
    has_past: bool,
    has_confidence: bool,
    pub(super) teams: Vec<TeamRow<'a>>,
    since: Option<Since<'a>>,
    moves: Markup,
    tables: Vec<TeamTable<'a>>,
    /// Whether there are scoring tables besides the first.
    has_tables: bool,
    map: Vec<OutcomeView<'a>>,
    story_title: String,
    story: Markup,
    previous: Option<Link>,
    next: Option<Link>,
    retrospective: String,
    packet: String,
    pdf: String,
    json: String,
    csv: String,
}

/// A cycle in a list.
#[derive(Debug, Serialize)]
pub(super) struct CycleRow {
    link: Link,
    dates: String,
    state: &'static str,
    lead: String,
}

#[derive(Debug, Serialize)]
struct TeamTable<'a> {
    id: String,
    name: String,
    href: String,
    grade: &'a Markup,
    notes: String,
    scores: Markup,
    /// Whether it stands first already, above the teams.
    is_first: bool,
}

/// Returns what pages show of a cycle, and how old its data is.
pub(super) fn cycle<'a>(maker: Maker<'a>, quarter: &QuarterReport<'a>) -> Result<(CycleView<'a>, Ages)> {
    let id = quarter.id();
    let (ages, count) = tally(maker, quarter);
    let phrases = maker.phrases_of(id);
    let fold = fold::fold(maker, quarter);
    let story = quarter.plan.story.as_ref();
    let story_title = story.and_then(|story| story.title.clone()).unwrap_or_else(|| maker.words.story.to_owned());
    let first = first(maker, quarter);
    let Tables { company, tables } = tables(maker, quarter, first.as_ref().map(|(_, team)| *team))?;
    let view = CycleView {
        heading: quarter.plan.heading(),
        dates: maker.format.window(quarter.plan.quarter.window),
        state: phrases.state_on(quarter.score.state, quarter.plan.quarter.window, maker.report.as_of()),
        lead: fold.verdict.clone(),
        fold,
        so_far: so_far(maker, quarter),
        above: above(maker, quarter),
        locking: locking(maker, quarter),
        contents: Markup::default(),
        first: first.map(|(name, _)| name.to_owned()).unwrap_or_default(),
        company,
        distribution: distribution(maker, &count, quarter.is_over()),
        runs: !quarter.is_over(),
        has_past: maker.report.quarters.first().is_some_and(|first| first.id() != id),
        has_confidence: has_confidence(maker, quarter),
        teams: quarter.teams.iter().map(|team| team_row(maker, *team)).collect(),
        since: check_ins::since(maker, quarter),
        moves: moves::of_quarter(maker, quarter)?,
        has_tables: tables.iter().any(|table| !table.is_first),
        tables,
        map: outcome_map(maker, quarter),
        story: story.map(|story| body(maker, story.body.markdown(), 2)).unwrap_or_default(),
        story_title,
        previous: neighbour(maker, id, -1),
        next: neighbour(maker, id, 1),
        retrospective: maker.link(&routes::retrospective(id)),
        packet: maker.link(&routes::quarter_packet(id)),
        pdf: maker.pdf_link(&routes::quarter_packet(id)),
        json: maker.link(&routes::quarter_json(id)),
        csv: maker.link(&routes::quarter_csv(id)),
    };
    Ok((CycleView { contents: on_page(maker, &view)?, ..view }, ages))
}

/// Returns whose scores stand first, and what they are called: the company's, or those of the only team, since a book of
/// one team is about that team and lacks no company.
fn first<'a>(maker: Maker<'a>, quarter: &QuarterReport<'a>) -> Option<(&'a str, TeamReport<'a>)> {
    let company = quarter.teams.iter().find(|team| team.plan.team.as_str() == "company");
    let company = company.map(|team| (maker.words.company_objectives, *team));
    company.or_else(|| quarter.teams.first().filter(|_| quarter.teams.len() == 1).map(|team| (team.name, *team)))
}

/// The scoring tables of a cycle.
struct Tables<'a> {
    /// What stands first.
    company: Markup,
    /// All teams, where there are not too many.
    tables: Vec<TeamTable<'a>>,
}

fn tables<'a>(maker: Maker<'a>, quarter: &QuarterReport<'a>, first: Option<TeamReport<'a>>) -> Result<Tables<'a>> {
    let is_first = |team: &TeamReport<'_>| first.is_some_and(|first| first.place == team.place);
    let is_short = quarter.teams.len() <= FULL_TABLES;
    let shown = quarter.teams.iter().filter(|team| is_short || is_first(team));
    let mut tables: Vec<TeamTable<'_>> =
        shown.map(|team| team_table(maker, *team, is_first(team))).collect::<Result<_>>()?;
    let company = tables.iter().find(|table| table.is_first).map(|table| table.scores.clone()).unwrap_or_default();
    tables.truncate(if is_short { tables.len() } else { 0 });
    Ok(Tables { company, tables })
}

/// Returns a link to the cycle of the same length that many before or after one.
fn neighbour(maker: Maker<'_>, id: CycleId, step: isize) -> Option<Link> {
    let alike: Vec<&QuarterReport<'_>> =
        maker.report.quarters.iter().filter(|other| other.id().kind() == id.kind()).collect();
    let here = alike.iter().position(|other| other.id() == id)?;
    let other = *alike.get(here.checked_add_signed(step)?)?;
    Some(Link { text: other.plan.heading(), href: maker.link(&routes::quarter(other.id())) })
}

/// Returns the longer cycles that run while a cycle does, the longest first.
fn above(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> Vec<CycleRow> {
    let is_open = |known: &&QuarterReport<'_>| known.score.state == QuarterState::Open;
    let days = |known: &QuarterReport<'_>| known.plan.quarter.window.days();
    let is_longer = |known: &&QuarterReport<'_>| days(known) > days(quarter);
    let others = maker.report.quarters.iter().filter(|_| quarter.score.state == QuarterState::Open);
    let mut others: Vec<&QuarterReport<'_>> = others.filter(is_open).filter(is_longer).collect();
    others.sort_by_key(|known| Reverse(days(known)));
    others.into_iter().map(|known| cycle_row(maker, known)).collect()
}

/// Returns a cycle's row in a list.
pub(super) fn cycle_row(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> CycleRow {
    let id = quarter.id();
    let (_, count) = tally(maker, quarter);
    CycleRow {
        link: Link { text: quarter.plan.heading(), href: maker.link(&routes::quarter(id)) },
        dates: maker.format.window(quarter.plan.quarter.window),
        state: maker.phrases().state(quarter.score.state),
        lead: maker.phrases_of(id).standing(&count, quarter.score.state),
    }
}

/// Returns the list of the page's parts.
fn on_page(maker: Maker<'_>, view: &CycleView<'_>) -> Result<Markup> {
    let words = maker.words;
    let has_teams = !view.teams.is_empty();
    let first = if view.has_tables { "company" } else { "scores" };
    let parts = [
        (first, view.first.as_str(), !view.company.is_empty()),
        ("teams", words.teams, has_teams),
        ("since", view.since.as_ref().map(Since::title).unwrap_or_default(), view.since.is_some()),
        ("moves", words.moves, has_teams && !view.moves.is_empty()),
        ("scores", words.key_results, view.has_tables),
        ("map", words.outcome_map, has_teams && !view.map.is_empty()),
        ("story", &view.story_title, !view.story.is_empty()),
    ];
    contents(maker, parts.iter().filter(|(.., is_there)| *is_there).map(|(id, text, _)| (*id, *text)))
}

/// Says when the quarter was locked, where it has begun.
fn locking(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> String {
    let name = |id: &Slug| maker.report.team(id).map_or_else(|| id.to_string(), |team| team.name.clone());
    let locking = ledger::locking(quarter, maker.report.as_of());
    locking.map(|locking| maker.phrases_of(quarter.id()).locking(&locking, &name)).unwrap_or_default()
}

fn team_table<'a>(maker: Maker<'a>, team: TeamReport<'a>, is_first: bool) -> Result<TeamTable<'a>> {
    let phrases = maker.phrases();
    Ok(TeamTable {
        id: team.plan.team.to_string(),
        name: team.name.to_owned(),
        href: maker.href(&Target::Team(team)),
        grade: maker.grade(Graded::of_mean(&team.score.rollup, team.is_over())),
        notes: phrases.rollup_notes(&team.score.rollup).join("; "),
        scores: scores(maker, team, &phrases.scores_of(team.name, &team.cycle()))?,
        is_first,
    })
}
