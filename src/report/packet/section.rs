//! A team's section: where it stands, its objectives with a card for each key result, what its review says.

use serde::Serialize;

use super::appendix::{FindingRef, Writer};
use super::card::{self, Card};
use super::table::{self, Scores, Verdict};
use super::{Fact, Leaves, Maker, goalposts};
use crate::model::plan;
use crate::model::scorecard::Rollup;
use crate::report::decide::{self, Count, title};
use crate::report::{ObjectiveReport, TeamReport, ledger};
use crate::source::Spanned;

/// A team's section.
#[derive(Debug, Serialize)]
pub struct Section<D, P> {
    /// Its number in the packet.
    pub number: String,
    /// Its place in the packet.
    pub id: String,
    /// The team's name.
    pub name: String,
    /// Where the team stands, in a sentence.
    pub lead: String,
    /// Its grade.
    pub grade: Verdict,
    /// What a reader must know about the grade, and when the team locked.
    pub notes: Vec<String>,
    /// What is said about the team.
    pub facts: Vec<Fact>,
    /// What was found about the team's quarter itself.
    pub findings: Vec<FindingRef>,
    /// Its scoring table; nothing without objectives.
    pub scores: Option<Scores<D>>,
    /// What the review says of the quarter.
    pub story: Option<P>,
    /// Its objectives.
    pub objectives: Vec<Objective<D, P>>,
    /// What else stands in the review.
    pub loose: Vec<P>,
}

/// An objective with its key results.
#[derive(Debug, Serialize)]
pub struct Objective<D, P> {
    /// Its number in the packet.
    pub number: String,
    /// Its place in the packet.
    pub id: String,
    /// What is to become true.
    pub title: String,
    /// Its grade.
    pub grade: Verdict,
    /// What a reader must know about the grade.
    pub note: String,
    /// Words that mark it.
    pub marks: Vec<&'static str>,
    /// Outcome, lever, what is done differently.
    pub facts: Vec<Fact>,
    /// What was moved of the objective itself since its lock.
    pub goalposts: Option<goalposts::Goalposts>,
    /// What was found about the objective, as numbers of the appendix.
    pub findings: Vec<FindingRef>,
    /// Its key results.
    pub cards: Vec<Card<D, P>>,
}

/// Returns the place of an objective in the packet.
pub(super) fn objective_id(team: TeamReport<'_>, objective: &plan::Objective) -> String {
    format!("{}/{}", team.plan.team, objective.id.value)
}

/// Returns the section of a team.
pub(super) fn section<L: Leaves>(
    maker: Maker<'_, '_>,
    team: TeamReport<'_>,
    number: usize,
    appendix: &mut Writer<'_, '_>,
    leaves: &mut L,
) -> Section<L::Drawing, L::Prose> {
    let mut count = Count::default();
    count.add(maker.report.key_results(team));
    let scores = team.objectives().next().map(|_| table::scores(maker, team, number, leaves));
    appendix.begin(&number.to_string(), team);
    let findings = appendix.note(maker.report.findings.of_team(team.plan), &number.to_string());
    let review = team.plan.review.as_ref();
    let story = review.and_then(|review| review.story.as_ref()).map(|story| leaves.prose(story, 3));
    let mut objectives = Vec::new();
    for (at, known) in team.objectives().enumerate() {
        objectives.push(objective(maker, team, (known, format!("{number}.{}", at + 1)), appendix, leaves));
    }
    Section {
        number: number.to_string(),
        id: team.plan.team.to_string(),
        name: team.name.to_owned(),
        lead: maker.phrases.standing(&count, team.state),
        grade: maker.mean(&team.score.rollup),
        notes: notes(maker, team),
        facts: team_facts(maker, team),
        findings,
        scores,
        story,
        objectives,
        loose: review.iter().flat_map(|review| &review.loose).map(|text| leaves.prose(text, 3)).collect(),
    }
}

fn notes(maker: Maker<'_, '_>, team: TeamReport<'_>) -> Vec<String> {
    let mut notes = maker.phrases.rollup_notes(&team.score.rollup);
    let without_soft = team.score.without_soft.as_ref().and_then(Rollup::grade);
    notes.extend(without_soft.map(|grade| maker.phrases.without_soft(grade)));
    let locked = ledger::locked_on(maker.quarter, &team.plan.team);
    notes.extend(locked.map(|on| maker.phrases.locked_on(on, team.quarter.window.start)));
    notes.iter().map(|note| decide::sentence(note)).collect()
}

fn team_facts(maker: Maker<'_, '_>, team: TeamReport<'_>) -> Vec<Fact> {
    let Some(known) = team.team else { return Vec::new() };
    let parent = known.parent.as_ref().map(|parent| maker.report.team_name(&parent.value));
    let words = maker.words;
    let stated =
        [(words.lead, known.lead.as_deref()), (words.function, known.function.as_deref()), (words.parent, parent)];
    stated.into_iter().filter_map(|(term, text)| Some(fact(term, text?))).collect()
}

pub(super) fn fact(term: &str, text: impl Into<String>) -> Fact {
    Fact { term: term.to_owned(), text: text.into(), target: String::new() }
}

fn objective<L: Leaves>(
    maker: Maker<'_, '_>,
    team: TeamReport<'_>,
    (known, number): (ObjectiveReport<'_>, String),
    appendix: &mut Writer<'_, '_>,
    leaves: &mut L,
) -> Objective<L::Drawing, L::Prose> {
    let plan = known.plan;
    let findings = appendix.note(maker.report.findings.of_objective(plan), &number);
    let mut cards = Vec::new();
    for (at, report) in known.key_results(team, &maker.report.inputs.plan.metrics).enumerate() {
        cards.push(card::card(maker, &report, format!("{number}.{}", at + 1), appendix, leaves));
    }
    Objective {
        id: objective_id(team, plan),
        title: title(&plan.title.value).into_owned(),
        grade: maker.mean(&known.score.rollup),
        note: maker.phrases.objective_note(&known, team.is_over()),
        marks: maker.objective_marks(known),
        facts: objective_facts(maker, team, plan),
        goalposts: goalposts::of_objective(maker, plan),
        findings,
        cards,
        number,
    }
}

fn objective_facts(maker: Maker<'_, '_>, team: TeamReport<'_>, plan: &plan::Objective) -> Vec<Fact> {
    let words = maker.words;
    let text = |stated: &Option<Spanned<String>>| stated.as_ref().map(|text| text.value.clone());
    let metric = plan.outcome_metric.as_ref().map(|metric| maker.metric_name(&metric.value));
    let stated = [
        (words.outcome, text(&plan.outcome)),
        (words.outcome_metric, metric),
        (words.lever, text(&plan.lever)),
        (words.changes, text(&plan.changes)),
        (words.set_by, text(&plan.set_by)),
    ];
    let mut facts: Vec<Fact> = stated.into_iter().filter_map(|(term, text)| Some(fact(term, text?))).collect();
    if let Some(supports) = &plan.supports
        && let Some((team, known)) = maker.report.supported(team.quarter.id, &supports.value)
    {
        let is_here = maker.in_full.iter().any(|held| held.plan.team == team.plan.team);
        let target = if is_here { objective_id(team, known.plan) } else { String::new() };
        let text = format!("{}: {}", team.name, title(&known.plan.title.value));
        facts.push(Fact { term: words.supports.to_owned(), text, target });
    }
    facts
}
