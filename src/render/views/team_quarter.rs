//! A team in a quarter: its scoring table, then a card for each key result.

use super::key_result::{add_card, body};
use super::scores::add_scores;
use super::shell::{Chrome, Link};
use super::{Maker, facts, moves, remarks};
use crate::error::Result;
use crate::model::ids::Slug;
use crate::model::plan::Body;
use crate::render::figures::Chart;
use crate::render::frame::{Frame, Node};
use crate::render::markup::{Field, Markup};
use crate::render::pieces::Piece;
use crate::render::{figures, routes};
use crate::report::decide::{Ages, Count};
use crate::report::shown::{self, Graded};
use crate::report::{ObjectiveReport, TeamPlace, TeamReport, ledger};

/// The page's large parts.
const SCORES: usize = 0;
const OBJECTIVES: usize = 1;

/// Adds the page of a team in a quarter.
pub(super) fn add(out: &mut Markup, maker: Maker<'_>, place: TeamPlace) -> Result<()> {
    let Some(team) = maker.report.at(place) else { return Ok(()) };
    // Both charts of a key result show the same values, which are asked for once.
    let (sparks, charts): (Vec<_>, Vec<_>) =
        maker.report.key_results(team).map(|report| figures::both(maker.report, &report)).unzip();
    let (mut sparks, mut charts) = (sparks.into_iter(), charts.into_iter());
    let caption = maker.phrases().scores_of(team.name, team.quarter.id);
    maker.templates.add_frame(out, Frame::TeamQuarter, page(maker, place, team)?, &mut |out, part| {
        if part == SCORES {
            return add_scores(out, maker, team, &caption, &mut |_| sparks.next().unwrap_or_default());
        }
        for (at, objective) in team.objectives().enumerate() {
            out.begin_line(at == 0);
            add_objective(out, maker, team, objective, &mut charts)?;
        }
        Ok(())
    })
}

fn page<'a>(maker: Maker<'a>, place: TeamPlace, team: TeamReport<'a>) -> Result<Node<'a>> {
    let id = team.quarter.id;
    let mut ages = Ages::default();
    ages.add(&team);
    let mut count = Count::default();
    count.add(maker.report.key_results(team));
    let lead = maker.phrases().standing(&count, team.state);
    let page = Chrome::new(maker, maker.part_of(id), format!("{}, {id}", team.name), ages)
        .crumb(id.to_string(), maker.link(&routes::quarter(id)))
        .describe(format!("{}, {id}: {lead}", team.name));
    let review = team.plan.review.as_ref();
    let text = |text: &Body| Node::made(body(maker, text.markdown(), 2));
    let is_there = team.objectives().next().is_some();
    Ok(Node::Map(vec![
        ("page", page.node()),
        ("heading", Node::text(team.name)),
        ("quarter", Node::text(id.to_string())),
        ("dates", Node::text(maker.format.window(team.quarter.window))),
        ("lead", Node::text(lead)),
        ("locked_on", Node::text(locked_on(maker, place))),
        ("grade", Node::html(maker.grade(Graded::of_mean(&team.score.rollup, team.is_over())))),
        ("grade_notes", Node::List(shown::grade_notes(maker.report, team).into_iter().map(Node::text).collect())),
        ("facts", Node::made(facts(maker, &team.plan.team)?)),
        ("scores", Node::Part { number: SCORES, is_there }),
        ("objectives", Node::Part { number: OBJECTIVES, is_there }),
        ("story", review.and_then(|review| review.story.as_ref()).map_or(Node::none(), text)),
        ("loose", Node::List(review.map(|review| review.loose.iter().map(text).collect()).unwrap_or_default())),
        ("remarks", Node::made(remarks::list(maker, maker.report.findings.of_team(team.plan))?)),
        ("previous", neighbour(maker, place, -1).map_or(Node::none(), Link::node)),
        ("next", neighbour(maker, place, 1).map_or(Node::none(), Link::node)),
        ("all_quarters", Node::text(maker.link(&routes::team(team.id())))),
        // The page that is made for paper; empty where this one is.
        ("packet", Node::text(packet(maker, place))),
    ]))
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
    charts: &mut dyn Iterator<Item = Chart>,
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
        ("marks", Field::Html(&maker.marks(&head.marks))),
        ("facts", Field::Html(&facts::list(maker, &shown::facts_of_objective(maker.report, team, plan))?)),
        ("moves", Field::Html(&moves::goalposts(maker, shown::of_objective(maker.report, plan).as_ref())?)),
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
