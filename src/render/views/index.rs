//! The first page: the current quarter at a glance.

use std::cmp::Reverse;

use serde::Serialize;

use super::Maker;
use super::check_ins::{self, Since};
use super::fold::{self, FoldView};
use super::quarter::{DistributionView, TeamRow, distribution, has_confidence, so_far, tally, team_row};
use super::scores::scores;
use super::shell::{Chrome, Link};
use crate::error::Result;
use crate::model::scorecard::QuarterState;
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::QuarterReport;

#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    page: Chrome,
    organisation: String,
    quarter: Option<QuarterView<'a>>,
    quarters: Vec<QuarterRow>,
}

#[derive(Debug, Serialize)]
struct QuarterView<'a> {
    heading: String,
    dates: String,
    state: String,
    href: String,
    lead: String,
    fold: FoldView,
    so_far: String,
    /// Longer cycles that run at the same time.
    above: Vec<QuarterRow>,
    /// Whose scores stand first: the company's, or those of the only team.
    first: String,
    company: Markup,
    distribution: DistributionView,
    has_pace: bool,
    has_past: bool,
    has_confidence: bool,
    since: Option<Since<'a>>,
    teams: Vec<TeamRow<'a>>,
}

/// A quarter in the list of all.
#[derive(Debug, Serialize)]
struct QuarterRow {
    link: Link,
    dates: String,
    state: &'static str,
    lead: String,
}

/// The most teams in the first page's table.
const TEAMS: usize = 400;

/// Returns the first page.
pub(super) fn view(maker: Maker<'_>) -> Result<View<'_>> {
    let report = maker.report;
    let current = report.current().and_then(|place| report.quarters.get(place));
    let ages = current.map(|quarter| tally(maker, quarter).0).unwrap_or_default();
    let organisation = report.inputs.identity.organisation.clone();
    let page = Chrome::new(maker, "index", maker.words.overview, ages);
    Ok(View {
        page,
        organisation,
        quarter: current.map(|quarter| quarter_view(maker, quarter)).transpose()?,
        quarters: report.quarters.iter().rev().map(|quarter| quarter_row(maker, quarter)).collect(),
    })
}

/// Returns the longer cycles that run while a cycle does, the longest first.
fn above(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> Vec<QuarterRow> {
    let is_open = |known: &&QuarterReport<'_>| known.score.state == QuarterState::Open;
    let days = |known: &QuarterReport<'_>| known.plan.quarter.window.days();
    let is_longer = |known: &&QuarterReport<'_>| days(known) > days(quarter);
    let others = maker.report.quarters.iter().filter(|_| quarter.score.state == QuarterState::Open);
    let mut others: Vec<&QuarterReport<'_>> = others.filter(is_open).filter(is_longer).collect();
    others.sort_by_key(|known| Reverse(days(known)));
    others.into_iter().map(|known| quarter_row(maker, known)).collect()
}

fn quarter_view<'a>(maker: Maker<'a>, quarter: &QuarterReport<'a>) -> Result<QuarterView<'a>> {
    let id = quarter.id();
    let (_, count) = tally(maker, quarter);
    let phrases = maker.phrases_of(id);
    let company = quarter.teams.iter().find(|team| team.plan.team.as_str() == "company");
    // A book of one team is about that team, and lacks no company.
    let only = quarter.teams.first().filter(|_| quarter.teams.len() == 1);
    let first = company.or(only);
    let first_name = first.filter(|_| company.is_none()).map_or(maker.words.company_objectives, |team| team.name);
    let teams = quarter.teams.iter().filter(|team| team.plan.team.as_str() != "company");
    let scored =
        first.map(|team| scores(maker, *team, &phrases.scores_of(team.name, &quarter.plan.heading()))).transpose()?;
    let fold = fold::fold(maker, quarter);
    Ok(QuarterView {
        heading: quarter.plan.heading(),
        dates: maker.format.window(quarter.plan.quarter.window),
        state: phrases.state_on(quarter.score.state, quarter.plan.quarter.window, maker.report.as_of()),
        href: maker.link(&routes::quarter(id)),
        lead: fold.verdict.clone(),
        fold,
        so_far: so_far(maker, quarter),
        above: above(maker, quarter),
        first: first_name.to_owned(),
        company: scored.unwrap_or_default(),
        distribution: distribution(maker, &count, quarter.is_over()),
        has_confidence: has_confidence(maker, quarter),
        since: check_ins::since(maker, quarter),
        has_pace: quarter.teams.iter().any(|team| !team.is_over()),
        has_past: maker.report.quarters.first().is_some_and(|first| first.id() != id),
        teams: teams.take(TEAMS).map(|team| team_row(maker, *team)).collect(),
    })
}

fn quarter_row(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> QuarterRow {
    let id = quarter.id();
    let (_, count) = tally(maker, quarter);
    QuarterRow {
        link: Link { text: quarter.plan.heading(), href: maker.link(&routes::quarter(id)) },
        dates: maker.format.window(quarter.plan.quarter.window),
        state: maker.phrases().state(quarter.score.state),
        lead: maker.phrases_of(id).standing(&count, quarter.score.state),
    }
}
