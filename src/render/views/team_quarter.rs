//! A team in a quarter: its scoring table, then a card for each key result.

use super::contents::contents;
use super::key_result::{add_card, body};
use super::scores::{Line, add_scores};
use super::shell::{Chrome, Link};
use super::{Maker, facts, matter, moves, remarks};
use crate::error::Result;
use crate::model::ids::Slug;
use crate::model::plan::Body;
use crate::render::figures::Chart;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::stencil::Field;
use crate::render::{figures, routes};
use crate::report::Ages;
use crate::report::decide::{Count, title};
use crate::report::shown::{self, Graded, Row};
use crate::report::{KeyResultReport, ObjectiveReport, TeamPlace, TeamReport, ledger};

/// Adds the page of a team in a quarter.
pub(super) fn add(out: &mut Markup, maker: Maker<'_>, place: TeamPlace) -> Result<()> {
    let Some(team) = maker.report.at(place) else { return Ok(()) };
    let id = team.quarter.id;
    let mut count = Count::default();
    count.add(maker.report.key_results(team));
    let lead = maker.phrases_of(id).standing(&count, team.state);
    let review = team.plan.review.as_ref();
    let text = |text: &Body| body(maker, text.markdown(), 2);
    let story = review.and_then(|review| review.story.as_ref()).map(text).unwrap_or_default();
    let loose: Vec<Markup> = review.map(|review| review.loose.iter().map(text).collect()).unwrap_or_default();
    let grade_notes = shown::grade_notes(maker.report, team);
    let [previous, next] = [-1, 1].map(|step| neighbour(maker, place, step));
    let chrome = chrome(maker, team, &lead);
    // Both charts of a key result show the same values, and its card says what its row does: each is asked for once.
    let (lines, charts): (Vec<_>, Vec<_>) =
        maker.report.key_results(team).map(|known| line_and_chart(maker, &known)).unzip();
    let has_objectives = team.objectives().next().is_some();
    let mut scores = Markup::default();
    if has_objectives {
        add_scores(&mut scores, maker, team, &maker.phrases().scores_of(team.name, &team.cycle()), lines.iter())?;
    }
    let heads: Vec<_> =
        team.objectives().map(|known| (known.plan.id.value.as_str(), title(&known.plan.title.value))).collect();
    let parts = heads.iter().map(|(id, title)| (*id, &**title));
    let fields = [
        ("page", chrome.field()),
        ("heading", Field::Text(team.name)),
        ("quarter", Field::Text(&team.cycle())),
        ("dates", Field::Text(&maker.format.window(team.quarter.window))),
        ("lead", Field::Text(&lead)),
        ("locked_on", Field::Text(&locked_on(maker, place))),
        ("grade", Field::Html(maker.grade(Graded::of_mean(&team.score.rollup, team.is_over())))),
        ("grade_notes", Field::List(grade_notes.iter().map(|note| Field::Text(note)).collect())),
        ("facts", Field::Html(&facts(maker, &team.plan.team)?)),
        ("contents", Field::Html(&contents(maker, parts)?)),
        ("scores", Field::Html(&scores)),
        ("objectives", if has_objectives { Field::Inner } else { Field::Text("") }),
        ("story", Field::Html(&story)),
        ("loose", Field::List(loose.iter().map(Field::Html).collect())),
        ("remarks", Field::Html(&remarks::list(maker, maker.report.findings.of_team(team.plan))?)),
        ("previous", link(previous.as_ref())),
        ("next", link(next.as_ref())),
        ("all_quarters", Field::Text(&maker.link(&routes::team(team.id())))),
        // The page that is made for paper; empty where this one is.
        ("packet", Field::Text(&packet(maker, place))),
        ("team_id", Field::Text(team.plan.team.as_str())),
    ];
    let mut cards = lines.into_iter().map(|line| line.row).zip(charts);
    maker.add_around(out, Piece::TeamQuarterPage, &fields, &mut |out| {
        for (at, objective) in team.objectives().enumerate() {
            out.begin_line(at == 0);
            add_objective(out, maker, team, objective, &mut cards)?;
        }
        Ok(())
    })
}

fn line_and_chart<'a>(maker: Maker<'a>, known: &KeyResultReport<'a>) -> (Line<'a>, Chart) {
    let (spark, chart) = figures::both(maker.report, known);
    (Line { row: shown::row(maker.report, known), spark }, chart)
}

fn link(link: Option<&Link>) -> Field<'_> {
    link.map_or(Field::Text(""), Link::field)
}

fn chrome(maker: Maker<'_>, team: TeamReport<'_>, lead: &str) -> Chrome {
    let id = team.quarter.id;
    let mut ages = Ages::default();
    ages.add(maker.report, team);
    Chrome::new(maker, maker.part_of(id), format!("{}, {}", team.name, team.cycle()), ages)
        .crumb(team.cycle(), maker.link(&routes::quarter(id)))
        .here(team.name)
        .describe(format!("{}, {}: {lead}", team.name, team.cycle()))
}

/// Says when the team's quarter was locked.
fn locked_on(maker: Maker<'_>, place: TeamPlace) -> String {
    let known = maker.report.quarters.get(place.quarter).and_then(|quarter| {
        let team = quarter.teams.get(place.team)?;
        let on = ledger::locked_on(quarter, &team.plan.team)?;
        Some(maker.phrases_of(quarter.id()).locked_on(on, quarter.plan.quarter))
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
    let kind = team.quarter.id.kind();
    let is_alike = |known: &&TeamPlace| report.at(**known).is_some_and(|other| other.quarter.id.kind() == kind);
    let alike: Vec<&TeamPlace> = report.quarters_of(&team.plan.team).iter().filter(is_alike).collect();
    let here = alike.iter().position(|known| **known == place)?;
    let other = report.at(**alike.get(here.checked_add_signed(step)?)?)?;
    let id = other.quarter.id;
    Some(Link { text: other.cycle(), href: maker.link(&routes::team_quarter(id, &other.plan.team)) })
}

/// Returns what is said about a team.
pub(super) fn facts(maker: Maker<'_>, id: &Slug) -> Result<Markup> {
    let Some(known) = maker.report.team(id) else { return Ok(Markup::default()) };
    facts::list(maker, &shown::facts_of_team(maker.report, known))
}

fn add_objective<'a>(
    out: &mut Markup,
    maker: Maker<'a>,
    team: TeamReport<'a>,
    objective: ObjectiveReport<'a>,
    cards: &mut dyn Iterator<Item = (Row<'a>, Chart)>,
) -> Result<()> {
    let plan = objective.plan;
    let mut aliases = Markup::default();
    for alias in &plan.aliases {
        maker.add(&mut aliases, Piece::Alias, &[("id", Field::Text(alias.as_str()))])?;
    }
    let head = shown::objective(maker.report, team, objective);
    let key_results = if plan.key_results.is_empty() { Field::Text("") } else { Field::Inner };
    let fields = [
        ("id", Field::Text(plan.id.value.as_str())),
        ("aliases", Field::Html(&aliases)),
        ("title", Field::Text(&head.title)),
        ("grade", Field::Html(maker.grade(head.grade))),
        ("note", Field::Text(&head.note)),
        ("aside", Field::Html(&body(maker, &head.aside, 3))),
        ("marks", Field::Html(&maker.marks(&head.marks))),
        ("facts", Field::Html(&facts::list(maker, &shown::facts_of_objective(maker.report, team, plan))?)),
        ("moves", Field::Html(&moves::goalposts(maker, shown::of_objective(maker.report, plan).as_ref())?)),
        ("remarks", Field::Html(&remarks::list(maker, maker.report.findings.of_objective(plan))?)),
        ("matter", Field::Html(&matter::figure(maker, team, objective, "m", maker.words.did_it_matter)?)),
        ("key_results", key_results),
        ("team", Field::Text(team.name)),
        ("team_id", Field::Text(team.plan.team.as_str())),
    ];
    maker.add_around(out, Piece::Objective, &fields, &mut |out| {
        let key_results = objective.key_results(team, &maker.report.inputs.plan.metrics);
        for (at, (report, (row, chart))) in key_results.zip(&mut *cards).enumerate() {
            out.begin_line(at == 0);
            add_card(out, maker, &report, (row, &chart))?;
        }
        Ok(())
    })
}
