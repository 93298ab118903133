//! A team's section: where it stands, its objectives with a card for each key result, what its review says.

use serde::Serialize;

use super::appendix::{FindingRef, Outlets};
use super::card::{self, Card};
use super::leaves::Leaves;
use super::maker::{Fact, Maker};
use super::table::{self, Scores};
use crate::report::decide::{self, Count};
use crate::report::shown::{self, Goalposts, Graded, Target, Verdict};
use crate::report::{ObjectiveReport, TeamReport, ledger, matter};

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
    /// What a reader should know besides.
    pub aside: Option<P>,
    /// Words that mark it.
    pub marks: Vec<&'static str>,
    /// Outcome, lever, what is done differently.
    pub facts: Vec<Fact>,
    /// What was moved of the objective itself since its lock.
    pub goalposts: Option<Goalposts>,
    /// What was found about the objective, as numbers of the appendix.
    pub findings: Vec<FindingRef>,
    /// Its key results above their outcome.
    pub matter: Option<Pictured<D>>,
    /// Its key results.
    pub cards: Vec<Card<D, P>>,
}

/// An objective's key results above their outcome.
#[derive(Debug, Serialize)]
pub struct Pictured<D> {
    /// The picture.
    pub drawing: D,
    /// What it shows, in a sentence.
    pub sentence: String,
    /// What is drawn.
    pub measure: String,
    /// Which line is whose.
    pub key: String,
}

/// Returns the section of a team.
pub(super) fn section<L: Leaves>(
    maker: Maker<'_, '_>,
    team: TeamReport<'_>,
    number: usize,
    outlets: &mut Outlets<'_, '_, '_, L>,
) -> Section<L::Drawing, L::Prose> {
    let mut count = Count::default();
    count.add(maker.report.key_results(team));
    let scores = team.objectives().next().map(|_| table::scores(maker, team, number, outlets.leaves));
    outlets.appendix.begin(&number.to_string(), team);
    let findings = outlets.appendix.note(maker.report.findings.of_team(team.plan), &number.to_string());
    let review = team.plan.review.as_ref();
    let story = review.and_then(|review| review.story.as_ref()).map(|story| outlets.leaves.prose(story.markdown(), 3));
    let mut objectives = Vec::new();
    for (at, known) in team.objectives().enumerate() {
        objectives.push(objective(maker, team, known, format!("{number}.{}", at + 1), outlets));
    }
    Section {
        number: number.to_string(),
        id: team.plan.team.to_string(),
        name: team.name.to_owned(),
        lead: maker.phrases.standing(&count, team.state),
        grade: maker.verdict(Graded::of_mean(&team.score.rollup, team.is_over())),
        notes: notes(maker, team),
        facts: team.team.map(|team| maker.facts(&shown::facts_of_team(maker.report, team))).unwrap_or_default(),
        findings,
        scores,
        story,
        objectives,
        loose: review
            .iter()
            .flat_map(|review| &review.loose)
            .map(|text| outlets.leaves.prose(text.markdown(), 3))
            .collect(),
    }
}

fn notes(maker: Maker<'_, '_>, team: TeamReport<'_>) -> Vec<String> {
    let mut notes = shown::grade_notes(maker.report, team);
    let locked = ledger::locked_on(maker.quarter, &team.plan.team);
    notes.extend(locked.map(|on| maker.phrases.locked_on(on, team.quarter)));
    notes.iter().map(|note| decide::sentence(note)).collect()
}

fn objective<L: Leaves>(
    maker: Maker<'_, '_>,
    team: TeamReport<'_>,
    known: ObjectiveReport<'_>,
    number: String,
    outlets: &mut Outlets<'_, '_, '_, L>,
) -> Objective<L::Drawing, L::Prose> {
    let plan = known.plan;
    let findings = outlets.appendix.note(maker.report.findings.of_objective(plan), &number);
    let mut cards = Vec::new();
    for (at, report) in known.key_results(team, &maker.report.inputs.plan.metrics).enumerate() {
        cards.push(card::card(maker, &report, format!("{number}.{}", at + 1), outlets));
    }
    let head = shown::objective(maker.report, team, known);
    let prefix = ["m.", team.plan.team.as_str()].concat();
    let matter = matter::matter(maker.report, team, known, &prefix).map(|known| Pictured {
        drawing: outlets.leaves.drawing(known.chart.svg, &known.chart.alternative),
        sentence: known.sentence,
        measure: known.chart.measure,
        key: known.key,
    });
    Objective {
        matter,
        id: maker.place_of(&Target::Objective(team, plan)),
        title: head.title.into_owned(),
        grade: maker.verdict(head.grade),
        note: head.note,
        aside: (!head.aside.is_empty()).then(|| outlets.leaves.prose(&head.aside, 4)),
        marks: maker.marks(&head.marks),
        facts: maker.facts(&shown::facts_of_objective(maker.report, team, plan)),
        goalposts: shown::of_objective(maker.report, plan),
        findings,
        cards,
        number,
    }
}
