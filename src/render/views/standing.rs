//! How the teams of a cycle stand: a row for each team, how many key results stand where, how old the data is.

use serde::Serialize;

use super::Maker;
use crate::model::ids::Slug;
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::Ages;
use crate::report::decide::Count;
use crate::report::shown::{self, BandRow, Distribution, Target};
use crate::report::{QuarterReport, TeamReport};

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

/// Returns data ages and counts of a quarter.
pub(super) fn tally(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> (Ages, Count) {
    let (mut ages, mut count) = (Ages::default(), Count::default());
    for team in &quarter.teams {
        ages.add(maker.report, *team);
        count.add(maker.report.key_results(*team));
    }
    (ages, count)
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
