//! The first page: the current quarter at a glance.

use serde::Serialize;

use super::Maker;
use super::check_ins::{self, Since};
use super::checks::quarter_of;
use super::quarter::{Distribution, TeamRow, distribution, has_confidence, so_far, tally, team_row};
use super::remarks::{about, sentence};
use super::scores::scores;
use super::shell::{Chrome, Link};
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::quality::Topic;
use crate::report::{QuarterReport, dates};

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
    so_far: String,
    company: Markup,
    distribution: Distribution,
    has_pace: bool,
    has_past: bool,
    has_confidence: bool,
    since: Option<Since<'a>>,
    teams: Vec<TeamRow<'a>>,
    theatre_note: String,
    theatre: Vec<TheatreLine>,
    theatre_rest: Option<Link>,
}

/// What an honest reader should know, in one line.
#[derive(Debug, Serialize)]
struct TheatreLine {
    team: String,
    link: Link,
    text: String,
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

/// The most lines of the theatre report on the first page.
const THEATRE: usize = 7;

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

fn quarter_view<'a>(maker: Maker<'a>, quarter: &QuarterReport<'a>) -> Result<QuarterView<'a>> {
    let id = quarter.id();
    let (_, count) = tally(maker, quarter);
    let phrases = maker.phrases();
    let company = quarter.teams.iter().find(|team| team.plan.team.as_str() == "company");
    let teams = quarter.teams.iter().filter(|team| team.plan.team.as_str() != "company");
    let company = company.map(|team| scores(maker, *team, &phrases.scores_of(team.name, id))).transpose()?;
    // A quarter that runs has little to tell yet; then the one before speaks.
    let (mut shown, (mut theatre, mut count_of_theatre)) = (quarter, theatre_of(maker, quarter));
    let before = maker.report.quarters.iter().rev().find(|known| known.id() < id);
    if let Some(before) = before.filter(|_| theatre.is_empty()) {
        (shown, (theatre, count_of_theatre)) = (before, theatre_of(maker, before));
    }
    Ok(QuarterView {
        heading: id.to_string(),
        dates: maker.format.window(quarter.plan.quarter.window),
        state: phrases.state_on(quarter.score.state, quarter.plan.quarter.window, maker.report.as_of()),
        href: maker.link(&routes::quarter(id)),
        lead: phrases.standing(&count, quarter.score.state),
        so_far: so_far(maker, quarter),
        company: company.unwrap_or_default(),
        distribution: distribution(maker, &count, quarter.is_over()),
        has_confidence: has_confidence(maker, quarter),
        since: check_ins::since(maker, quarter),
        has_pace: quarter.teams.iter().any(|team| !team.is_over()),
        has_past: maker.report.quarters.first().is_some_and(|first| first.id() < id),
        teams: teams.take(TEAMS).map(|team| team_row(maker, *team)).collect(),
        theatre_rest: (count_of_theatre > 0).then(|| Link {
            text: phrases.theatre_rest(theatre.len(), count_of_theatre),
            href: maker.link(&format!("{}#q-{}", routes::CHECKS, shown.id())),
        }),
        theatre_note: if shown.id() == id || theatre.is_empty() {
            String::new()
        } else {
            phrases.theatre_before(id, shown.id())
        },
        theatre,
    })
}

/// Returns what an honest reader should know about a quarter, worst first, and how much there is.
fn theatre_of(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> (Vec<TheatreLine>, usize) {
    let quarters = &maker.report.quarters;
    let is_here = |subject| quarter_of(subject).and_then(|place| quarters.get(place)).map(QuarterReport::id);
    let mut found: Vec<_> = maker
        .report
        .findings
        .all()
        .filter(|(noted, subject)| {
            let is_said = noted.reason.is_none() && Topic::of(noted.finding.code) == Topic::Honesty;
            is_said && is_here(*subject) == Some(quarter.id())
        })
        .collect();
    found.sort_by_key(|(noted, _)| Topic::rank(noted.finding.code));
    let lines = found.iter().take(THEATRE).map(|(noted, subject)| {
        let (team, title, href) = about(maker, *subject);
        let text = sentence(&dates::told(&noted.finding.message, maker.format).replace('`', ""));
        TheatreLine { team, link: Link { text: title, href }, text }
    });
    (lines.collect(), found.len())
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
