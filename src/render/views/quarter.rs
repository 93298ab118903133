//! A quarter: where it stands, the scoring tables of all teams, the map from outcomes to key results.

use serde::Serialize;

use super::contents::contents;
use super::fold::{self, FoldView};
use super::key_result::body;
use super::scores::scores;
use super::shell::{Chrome, Link};
use super::{Maker, moves};
use crate::error::Result;
use crate::model::ids::Slug;
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::Ages;
use crate::report::decide::Count;
use crate::report::shown::{self, BandRow, Distribution, Graded, Target};
use crate::report::{QuarterReport, TeamReport, ledger};

use super::map::{OutcomeView, outcome_map};

/// The most teams whose scoring tables stand on one page; beyond it the page names the teams only.
const FULL_TABLES: usize = 60;

#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    page: Chrome,
    heading: String,
    dates: String,
    state: String,
    lead: String,
    fold: FoldView,
    so_far: String,
    locking: String,
    contents: Markup,
    moves: Markup,
    story_title: String,
    story: Markup,
    distribution: DistributionView,
    runs: bool,
    has_past: bool,
    has_confidence: bool,
    teams: Vec<TeamRow<'a>>,
    tables: Vec<TeamTable<'a>>,
    map: Vec<OutcomeView<'a>>,
    previous: Option<Link>,
    next: Option<Link>,
    retrospective: String,
    packet: String,
    pdf: String,
    json: String,
    csv: String,
}

/// How many key results stand where.
#[derive(Debug, Serialize)]
pub(super) struct DistributionView {
    title: &'static str,
    rows: Vec<BandView>,
}

#[derive(Debug, Serialize)]
struct BandView {
    #[serde(flatten)]
    row: BandRow,
    bar: String,
}

/// A team in a table of teams.
#[derive(Debug, Serialize)]
pub(super) struct TeamRow<'a> {
    name: String,
    href: String,
    grade: &'a Markup,
    /// What the grade was floored from; empty without a grade.
    score: String,
    pace: Option<&'a Markup>,
    measured: String,
    confidence: String,
    age: String,
    past: Vec<PastView>,
    quality: String,
}

/// A team's grade in an earlier quarter.
#[derive(Debug, Serialize)]
pub(super) struct PastView {
    quarter: String,
    href: String,
    figure: String,
    band: &'static str,
}

#[derive(Debug, Serialize)]
struct TeamTable<'a> {
    id: String,
    name: String,
    href: String,
    grade: &'a Markup,
    notes: String,
    scores: Markup,
}

/// Returns the page of a quarter.
pub(super) fn view(maker: Maker<'_>, place: usize) -> Result<Option<View<'_>>> {
    let Some(quarter) = maker.report.quarters.get(place) else { return Ok(None) };
    let id = quarter.id();
    let (ages, count) = tally(maker, quarter);
    let phrases = maker.phrases_of(id);
    let fold = fold::fold(maker, quarter);
    let lead = fold.verdict.clone();
    let page = Chrome::new(maker, maker.part_of(id), quarter.plan.heading(), ages)
        .describe(format!("{}: {lead}", quarter.plan.heading()));
    let story = quarter.plan.story.as_ref();
    let alike: Vec<&QuarterReport<'_>> =
        maker.report.quarters.iter().filter(|other| other.id().kind() == id.kind()).collect();
    let neighbour = |step: isize| {
        let here = alike.iter().position(|other| other.id() == id)?;
        let other = *alike.get(here.checked_add_signed(step)?)?;
        Some(Link { text: other.plan.heading(), href: maker.link(&routes::quarter(other.id())) })
    };
    let title = story.and_then(|story| story.title.clone()).unwrap_or_else(|| maker.words.story.to_owned());
    let moves = moves::of_quarter(maker, quarter)?;
    let map = outcome_map(maker, quarter);
    let tables = if quarter.teams.len() > FULL_TABLES { &quarter.teams[..0] } else { &quarter.teams };
    Ok(Some(View {
        page,
        heading: quarter.plan.heading(),
        dates: maker.format.window(quarter.plan.quarter.window),
        state: phrases.state_on(quarter.score.state, quarter.plan.quarter.window, maker.report.as_of()),
        lead,
        fold,
        so_far: so_far(maker, quarter),
        locking: locking(maker, quarter),
        contents: on_page(maker, quarter, &title, (&moves, &map))?,
        moves,
        story_title: title,
        story: story.map(|story| body(maker, story.body.markdown(), 2)).unwrap_or_default(),
        distribution: distribution(maker, &count, quarter.is_over()),
        runs: !quarter.is_over(),
        has_past: place > 0,
        has_confidence: has_confidence(maker, quarter),
        teams: quarter.teams.iter().map(|team| team_row(maker, *team)).collect(),
        tables: tables.iter().map(|team| team_table(maker, *team)).collect::<Result<_>>()?,
        map,
        previous: neighbour(-1),
        next: neighbour(1),
        retrospective: maker.link(&routes::retrospective(id)),
        packet: maker.link(&routes::quarter_packet(id)),
        pdf: maker.pdf_link(&routes::quarter_packet(id)),
        json: maker.link(&routes::quarter_json(id)),
        csv: maker.link(&routes::quarter_csv(id)),
    }))
}

/// Returns the list of the page's parts.
fn on_page(
    maker: Maker<'_>,
    quarter: &QuarterReport<'_>,
    title: &str,
    (moves, map): (&Markup, &[OutcomeView<'_>]),
) -> Result<Markup> {
    let words = maker.words;
    let has_teams = !quarter.teams.is_empty();
    let parts = [
        ("teams", words.teams, has_teams),
        ("moves", words.moves, has_teams && !moves.is_empty()),
        ("scores", words.key_results, has_teams),
        ("map", words.outcome_map, has_teams && !map.is_empty()),
        ("story", title, quarter.plan.story.is_some()),
    ];
    contents(maker, parts.iter().filter(|(.., is_there)| *is_there).map(|(id, text, _)| (*id, *text)))
}

/// Returns data ages and counts of a quarter.
pub(super) fn tally(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> (Ages, Count) {
    let (mut ages, mut count) = (Ages::default(), Count::default());
    for team in &quarter.teams {
        ages.add(maker.report, *team);
        count.add(maker.report.key_results(*team));
    }
    (ages, count)
}

/// Says when the quarter was locked, where it has begun.
fn locking(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> String {
    let name = |id: &Slug| maker.report.team(id).map_or_else(|| id.to_string(), |team| team.name.clone());
    let locking = ledger::locking(quarter, maker.report.as_of());
    locking.map(|locking| maker.phrases_of(quarter.id()).locking(&locking, &name)).unwrap_or_default()
}

/// Says that projected and measured scores stand side by side, where they do.
pub(super) fn so_far(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> String {
    let projected = quarter.teams.iter().any(|team| team.score.rollup.projected && !team.is_over());
    if projected { maker.phrases_of(quarter.id()).so_far() } else { String::new() }
}

/// Returns how many key results stand where.
pub(super) fn distribution(maker: Maker<'_>, count: &Count, over: bool) -> DistributionView {
    let Distribution { title, rows } = shown::distribution(maker.report, count, over);
    let view = |row: BandRow| BandView { bar: format!("g{}", row.tenths), row };
    DistributionView { title, rows: rows.into_iter().map(view).collect() }
}

/// Says whether teams said how confident they are.
pub(super) fn has_confidence(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> bool {
    quarter.teams.iter().any(|team| team.confidence(maker.report).is_some())
}

/// Returns a team's row in a table of teams, with its grades of earlier quarters.
pub(super) fn team_row<'a>(maker: Maker<'a>, team: TeamReport<'a>) -> TeamRow<'a> {
    let line = shown::team_line(maker.report, team);
    TeamRow {
        name: team.name.to_owned(),
        href: maker.href(&Target::Team(team)),
        grade: maker.in_column(line.grade),
        score: team.score.rollup.score.map(|score| score.normal().to_string()).unwrap_or_default(),
        pace: line.status.map(|status| maker.atoms.status(status)),
        confidence: line.confidence,
        measured: line.measured,
        age: line.age,
        past: past(maker, &team.plan.team, team),
        quality: line.quality,
    }
}

/// Returns the team's grades in up to four quarters before this one.
pub(super) fn past(maker: Maker<'_>, id: &Slug, team: TeamReport<'_>) -> Vec<PastView> {
    let quarters = maker.report.quarters_of(id);
    let earlier = quarters.iter().filter_map(|&place| maker.report.at(place));
    let earlier: Vec<TeamReport<'_>> = earlier.take_while(|known| known.place.quarter < team.place.quarter).collect();
    let latest = &earlier[earlier.len().saturating_sub(4)..];
    let view = |known: &TeamReport<'_>| {
        let grade = known.score.rollup.grade();
        PastView {
            quarter: known.cycle(),
            href: maker.link(&routes::team_quarter(known.quarter.id, &known.plan.team)),
            figure: grade.map_or_else(|| "–".to_owned(), |grade| grade.to_string()),
            band: grade.map_or("none", |grade| grade.band().name()),
        }
    };
    latest.iter().map(view).collect()
}

fn team_table<'a>(maker: Maker<'a>, team: TeamReport<'a>) -> Result<TeamTable<'a>> {
    let phrases = maker.phrases();
    Ok(TeamTable {
        id: team.plan.team.to_string(),
        name: team.name.to_owned(),
        href: maker.href(&Target::Team(team)),
        grade: maker.grade(Graded::of_mean(&team.score.rollup, team.is_over())),
        notes: phrases.rollup_notes(&team.score.rollup).join("; "),
        scores: scores(maker, team, &phrases.scores_of(team.name, &team.cycle()))?,
    })
}
