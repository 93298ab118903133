//! A team in a quarter: its scoring table, then a card for each key result.

use serde::Serialize;

use super::Maker;
use super::facts::Facts;
use super::key_result::{add_card, body};
use super::remarks;
use super::scores::{add_scores, note, objective_marks, rollup_grade, title};
use super::shell::{Chrome, Link};
use crate::error::Result;
use crate::model::ids::Slug;
use crate::model::plan::Objective;
use crate::model::scorecard::Rollup;
use crate::render::figures::Chart;
use crate::render::markup::{Field, Markup};
use crate::render::pieces::Piece;
use crate::render::{figures, routes};
use crate::report::decide::{Ages, Count};
use crate::report::{ObjectiveReport, TeamPlace, TeamReport, ledger};
use crate::source::Spanned;

#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    page: Chrome,
    heading: String,
    quarter: String,
    dates: String,
    lead: String,
    locked_on: String,
    grade: &'a Markup,
    grade_notes: Vec<String>,
    facts: Markup,
    #[serde(skip)]
    scores: Markup,
    #[serde(skip)]
    objectives: Markup,
    story: Markup,
    loose: Vec<Markup>,
    remarks: Markup,
    previous: Option<Link>,
    next: Option<Link>,
    all_quarters: String,
    /// The page that is made for paper; empty where this one is.
    packet: String,
}

impl View<'_> {
    /// Returns the page's large parts.
    pub(super) const fn parts(&self) -> [(&'static str, &Markup); 2] {
        [("scores", &self.scores), ("objectives", &self.objectives)]
    }
}

/// Returns the page of a team in a quarter.
pub(super) fn view(maker: Maker<'_>, place: TeamPlace) -> Result<Option<View<'_>>> {
    let Some(team) = maker.report.at(place) else { return Ok(None) };
    let id = team.quarter.id;
    let mut ages = Ages::default();
    ages.add(&team);
    let mut count = Count::default();
    count.add(maker.report.key_results(team));
    let phrases = maker.phrases();
    let lead = phrases.standing(&count, team.state);
    let page = Chrome::new(maker, maker.part_of(id), format!("{}, {id}", team.name), ages)
        .crumb(id.to_string(), maker.link(&routes::quarter(id)))
        .describe(format!("{}, {id}: {lead}", team.name));
    let review = team.plan.review.as_ref();
    // Both charts of a key result show the same values, which are asked for once.
    let (sparks, charts): (Vec<_>, Vec<_>) =
        maker.report.key_results(team).map(|report| figures::both(maker.report, &report)).unzip();
    let (mut sparks, mut charts) = (sparks.into_iter(), charts.into_iter());
    let caption = phrases.scores_of(team.name, id);
    let mut scores = Markup::default();
    if team.objectives().next().is_some() {
        add_scores(&mut scores, maker, team, &caption, &mut |_| sparks.next().unwrap_or_default())?;
    }
    let mut objectives = Markup::with_room();
    for (at, objective) in team.objectives().enumerate() {
        objectives.begin_line(at == 0);
        add_objective(&mut objectives, maker, team, objective, &mut charts)?;
    }
    Ok(Some(View {
        page,
        heading: team.name.to_owned(),
        quarter: id.to_string(),
        dates: maker.format.window(team.quarter.window),
        lead,
        locked_on: locked_on(maker, place),
        grade: rollup_grade(maker, &team.score.rollup, team.is_over()),
        grade_notes: grade_notes(maker, team),
        facts: facts(maker, &team.plan.team)?,
        scores,
        objectives,
        story: review.and_then(|review| review.story.as_ref()).map(|story| body(maker, story, 2)).unwrap_or_default(),
        loose: review.map(|review| review.loose.iter().map(|text| body(maker, text, 2)).collect()).unwrap_or_default(),
        remarks: remarks::list(maker, maker.report.findings.of_team(team.plan))?,
        previous: neighbour(maker, place, -1),
        next: neighbour(maker, place, 1),
        all_quarters: maker.link(&routes::team(team.id())),
        packet: packet(maker, place),
    }))
}

/// Says when the team's quarter was locked.
fn locked_on(maker: Maker<'_>, place: TeamPlace) -> String {
    let known = maker.report.quarters.get(place.quarter).and_then(|quarter| {
        let team = quarter.teams.get(place.team)?;
        let on = ledger::locked_on(quarter, &team.plan.team)?;
        Some(maker.phrases().locked_on(on, quarter.plan.quarter.window.start))
    });
    known.unwrap_or_default()
}

/// Returns the link to the team's packet, where it has a page of its own.
fn packet(maker: Maker<'_>, place: TeamPlace) -> String {
    let quarter = maker.report.quarters.get(place.quarter).filter(|quarter| routes::has_team_packets(quarter));
    let team = quarter.and_then(|quarter| quarter.teams.get(place.team));
    team.map(|team| maker.link(&routes::team_packet(team.quarter.id, &team.plan.team))).unwrap_or_default()
}

/// Returns the link to the team's quarter before or after this one.
fn neighbour(maker: Maker<'_>, place: TeamPlace, step: isize) -> Option<Link> {
    let report = maker.report;
    let team = report.at(place)?;
    let quarters = report.quarters_of(&team.plan.team);
    let here = quarters.iter().position(|known| *known == place)?;
    let other = report.at(*quarters.get(here.checked_add_signed(step)?)?)?;
    let id = other.quarter.id;
    Some(Link { text: id.to_string(), href: maker.link(&routes::team_quarter(id, &other.plan.team)) })
}

/// Returns what a reader must know about the team's grade.
fn grade_notes(maker: Maker<'_>, team: TeamReport<'_>) -> Vec<String> {
    let phrases = maker.phrases();
    let mut notes = phrases.rollup_notes(&team.score.rollup);
    if let Some(grade) = team.score.without_soft.as_ref().and_then(Rollup::grade) {
        notes.push(phrases.without_soft(grade));
    }
    notes
}

/// Returns what is said about a team.
pub(super) fn facts(maker: Maker<'_>, id: &Slug) -> Result<Markup> {
    let Some(known) = maker.report.team(id) else { return Ok(Markup::default()) };
    let parent = known.parent.as_ref().map(|parent| maker.report.team_name(&parent.value));
    let mut facts = Facts::new(maker);
    facts.add(maker.words.lead, known.lead.as_deref().unwrap_or_default())?;
    facts.add(maker.words.function, known.function.as_deref().unwrap_or_default())?;
    facts.add(maker.words.parent, parent.unwrap_or_default())?;
    facts.finish()
}

fn add_objective(
    out: &mut Markup,
    maker: Maker<'_>,
    team: TeamReport<'_>,
    objective: ObjectiveReport<'_>,
    charts: &mut dyn Iterator<Item = Chart>,
) -> Result<()> {
    let plan = objective.plan;
    let mut aliases = Markup::default();
    for alias in &plan.aliases {
        maker.add(&mut aliases, Piece::Alias, &[("id", Field::Text(alias.as_str()))])?;
    }
    let key_results = if plan.key_results.is_empty() { Field::Text("") } else { Field::Inner };
    let fields = [
        ("id", Field::Text(plan.id.value.as_str())),
        ("aliases", Field::Html(&aliases)),
        ("title", Field::Text(&title(&plan.title.value))),
        ("grade", Field::Html(rollup_grade(maker, &objective.score.rollup, team.is_over()))),
        ("note", Field::Text(&note(maker, objective, team.is_over()))),
        ("marks", Field::Html(&objective_marks(maker, plan))),
        ("facts", Field::Html(&objective_facts(maker, team, plan)?)),
        ("remarks", Field::Html(&remarks::list(maker, maker.report.findings.of_objective(plan))?)),
        ("key_results", key_results),
    ];
    maker.add_around(out, Piece::Objective, &fields, &mut |out| {
        for (at, report) in objective.key_results(team, &maker.report.inputs.plan.metrics).enumerate() {
            out.begin_line(at == 0);
            add_card(out, maker, &report, &charts.next().unwrap_or_default())?;
        }
        Ok(())
    })
}

fn objective_facts(maker: Maker<'_>, team: TeamReport<'_>, plan: &Objective) -> Result<Markup> {
    let words = maker.words;
    let mut facts = Facts::new(maker);
    facts.add(words.outcome, text(&plan.outcome))?;
    if let Some(metric) = &plan.outcome_metric {
        let name = maker.metric_name(&metric.value);
        facts.add_link(words.outcome_metric, &name, &maker.link(&routes::metric(&metric.value)))?;
    }
    facts.add(words.lever, text(&plan.lever))?;
    facts.add(words.changes, text(&plan.changes))?;
    facts.add(words.set_by, text(&plan.set_by))?;
    if let Some(supports) = &plan.supports {
        let supports = &supports.value;
        let page = maker.link(&routes::team_quarter(team.quarter.id, &supports.team));
        let other = maker.report.find(team.quarter.id, &supports.team);
        let found = other.and_then(|team| team.objectives().find(|known| known.plan.id.value == supports.objective));
        if let Some(found) = found {
            let href = [&page, "#", supports.objective.as_str()].concat();
            facts.add_link(words.supports, &title(&found.plan.title.value), &href)?;
        }
    }
    facts.finish()
}

fn text(stated: &Option<Spanned<String>>) -> &str {
    stated.as_ref().map(|text| text.value.as_str()).unwrap_or_default()
}
