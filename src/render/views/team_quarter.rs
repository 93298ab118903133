//! A team in a quarter: its scoring table, then a card for each key result.

use serde::Serialize;

use super::Maker;
use super::key_result::{Card, Fact, body, card};
use super::remarks::{self, Item};
use super::scores::{Scores, note, objective_marks, rollup_grade, scores_with, title};
use super::shell::{Chrome, Link};
use crate::model::ids::Slug;
use crate::model::plan::Objective;
use crate::model::scorecard::Rollup;
use crate::render::figures::Chart;
use crate::render::templates::Markup;
use crate::render::{figures, routes};
use crate::report::decide::{Ages, Count};
use crate::report::{ObjectiveReport, TeamPlace, TeamReport, ledger};

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    heading: String,
    quarter: String,
    dates: String,
    lead: String,
    locked_on: String,
    grade: Markup,
    grade_notes: Vec<String>,
    facts: Vec<Fact>,
    scores: Scores,
    objectives: Vec<ObjectiveView>,
    story: Markup,
    loose: Vec<Markup>,
    remarks: Vec<Item>,
    previous: Option<Link>,
    next: Option<Link>,
    all_quarters: String,
}

#[derive(Debug, Serialize)]
struct ObjectiveView {
    id: String,
    aliases: Vec<String>,
    title: String,
    grade: Markup,
    note: String,
    facts: Vec<Fact>,
    marks: Vec<Markup>,
    remarks: Vec<Item>,
    cards: Vec<Card>,
}

/// Returns the page of a team in a quarter.
pub(super) fn view(maker: Maker<'_>, place: TeamPlace) -> Option<View> {
    let team = maker.report.at(place)?;
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
    let scores = scores_with(maker, team, caption, &mut |_| sparks.next().unwrap_or_default());
    Some(View {
        page,
        heading: team.name.to_owned(),
        quarter: id.to_string(),
        dates: maker.format.window(team.quarter.window),
        lead,
        locked_on: locked_on(maker, place),
        grade: rollup_grade(maker, &team.score.rollup, team.is_over()),
        grade_notes: grade_notes(maker, team),
        facts: facts(maker, &team.plan.team),
        scores,
        objectives: team.objectives().map(|objective| objective_view(maker, team, objective, &mut charts)).collect(),
        story: review.and_then(|review| review.story.as_ref()).map(|story| body(maker, story, 2)).unwrap_or_default(),
        loose: review.map(|review| review.loose.iter().map(|text| body(maker, text, 2)).collect()).unwrap_or_default(),
        remarks: maker.report.findings.of_team(team.plan).map(|noted| remarks::plain(maker, noted)).collect(),
        previous: neighbour(maker, place, -1),
        next: neighbour(maker, place, 1),
        all_quarters: maker.link(&routes::team(&team.plan.team)),
    })
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
pub(super) fn facts(maker: Maker<'_>, id: &Slug) -> Vec<Fact> {
    let Some(known) = maker.report.team(id) else { return Vec::new() };
    let parent = known.parent.as_ref().map(|parent| maker.report.team_name(&parent.value));
    let facts = [
        (maker.words.lead, known.lead.as_deref()),
        (maker.words.function, known.function.as_deref()),
        (maker.words.parent, parent),
    ];
    let fact =
        |(term, text): (&'static str, Option<&str>)| Some(Fact { term, text: text?.to_owned(), href: String::new() });
    facts.into_iter().filter_map(fact).collect()
}

fn objective_view(
    maker: Maker<'_>,
    team: TeamReport<'_>,
    objective: ObjectiveReport<'_>,
    charts: &mut dyn Iterator<Item = Chart>,
) -> ObjectiveView {
    let plan = objective.plan;
    let findings = &maker.report.findings;
    ObjectiveView {
        id: plan.id.value.to_string(),
        aliases: plan.aliases.iter().map(ToString::to_string).collect(),
        title: title(&plan.title.value),
        grade: rollup_grade(maker, &objective.score.rollup, team.is_over()),
        note: note(maker, objective, team.is_over()),
        facts: objective_facts(maker, team, plan),
        marks: objective_marks(maker, plan),
        remarks: findings.of_objective(plan).map(|noted| remarks::plain(maker, noted)).collect(),
        cards: objective
            .key_results(team, &maker.report.inputs.plan.metrics)
            .map(|report| card(maker, &report, charts.next().unwrap_or_default()))
            .collect(),
    }
}

fn objective_facts(maker: Maker<'_>, team: TeamReport<'_>, plan: &Objective) -> Vec<Fact> {
    let words = maker.words;
    let mut facts = Vec::new();
    let mut add = |term, text: &str, href: String| {
        if !text.is_empty() {
            facts.push(Fact { term, text: text.to_owned(), href });
        }
    };
    let text = |spanned: &Option<crate::source::Spanned<String>>| {
        spanned.as_ref().map(|text| text.value.clone()).unwrap_or_default()
    };
    add(words.outcome, &text(&plan.outcome), String::new());
    if let Some(metric) = &plan.outcome_metric {
        let name = maker.metric_name(&metric.value);
        add(words.outcome_metric, &name, maker.link(&routes::metric(&metric.value)));
    }
    add(words.lever, &text(&plan.lever), String::new());
    add(words.changes, &text(&plan.changes), String::new());
    add(words.set_by, &text(&plan.set_by), String::new());
    if let Some(supports) = &plan.supports {
        let supports = &supports.value;
        let page = maker.link(&routes::team_quarter(team.quarter.id, &supports.team));
        let other = maker.report.find(team.quarter.id, &supports.team);
        let found = other.and_then(|team| team.objectives().find(|known| known.plan.id.value == supports.objective));
        if let Some(found) = found {
            add(words.supports, &title(&found.plan.title.value), format!("{page}#{}", supports.objective));
        }
    }
    facts
}
