//! The first page: the current quarter at a glance.

use serde::Serialize;

use super::Maker;
use super::check_ins::{self, Since};
use super::quarter::{Distribution, TeamRow, distribution, has_confidence, so_far, tally, team_row};
use super::scores::{Scores, scores};
use super::shell::{Chrome, Link};
use crate::diag::Diagnostic;
use crate::render::routes;
use crate::report::QuarterReport;

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    organisation: String,
    quarter: Option<QuarterView>,
    quarters: Vec<QuarterRow>,
}

#[derive(Debug, Serialize)]
struct QuarterView {
    heading: String,
    dates: String,
    state: &'static str,
    href: String,
    lead: String,
    so_far: String,
    company: Option<Scores>,
    distribution: Distribution,
    has_pace: bool,
    has_confidence: bool,
    since: Option<Since>,
    teams: Vec<TeamRow>,
    theatre: Vec<String>,
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
pub(super) fn view(maker: Maker<'_>) -> View {
    let report = maker.report;
    let current = report.current().and_then(|place| report.quarters.get(place));
    let ages = current.map(|quarter| tally(maker, quarter).0).unwrap_or_default();
    let organisation = report.inputs.identity.organisation.clone();
    let page = Chrome::new(maker, "index", maker.words.overview, ages);
    View {
        page,
        organisation,
        quarter: current.map(|quarter| quarter_view(maker, quarter)),
        quarters: report.quarters.iter().rev().map(|quarter| quarter_row(maker, quarter)).collect(),
    }
}

fn quarter_view(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> QuarterView {
    let id = quarter.id();
    let (_, count) = tally(maker, quarter);
    let phrases = maker.phrases();
    let company = quarter.teams.iter().find(|team| team.plan.team.as_str() == "company");
    let teams = quarter.teams.iter().filter(|team| team.plan.team.as_str() != "company");
    let company = company.map(|team| scores(maker, *team, phrases.scores_of(team.name, id)));
    QuarterView {
        heading: id.to_string(),
        dates: maker.format.window(quarter.plan.quarter.window),
        state: phrases.state(quarter.score.state),
        href: maker.link(&routes::quarter(id)),
        lead: phrases.standing(&count, quarter.score.state),
        so_far: so_far(maker, quarter),
        company,
        distribution: distribution(maker, &count, quarter.is_over()),
        has_confidence: has_confidence(maker, quarter),
        since: check_ins::since(maker, quarter),
        has_pace: quarter.teams.iter().any(|team| !team.is_over()),
        teams: teams.take(TEAMS).map(|team| team_row(maker, *team)).collect(),
        theatre: theatre(maker.report.inputs.findings),
    }
}

/// Returns one line for each objective that reached its key results while its outcome stood still.
fn theatre(findings: &[Diagnostic]) -> Vec<String> {
    findings.iter().filter(|finding| finding.code == "theatre").map(|finding| finding.message.clone()).collect()
}

fn quarter_row(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> QuarterRow {
    let id = quarter.id();
    let (_, count) = tally(maker, quarter);
    QuarterRow {
        link: Link { text: id.to_string(), href: maker.link(&routes::quarter(id)) },
        dates: maker.format.window(quarter.plan.quarter.window),
        state: maker.phrases().state(quarter.score.state),
        lead: maker.phrases().standing(&count, quarter.score.state),
    }
}
