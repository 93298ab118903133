//! An objective: its heading, and what is said about it.

use std::borrow::Cow;

use super::aside::aside;
use super::fact::Fact;
use super::{Graded, Target, support};
use crate::model::plan::Objective;
use crate::report::decide::{self, Mark, chain, metric_name, title};
use crate::report::text::Phrases;
use crate::report::{ObjectiveReport, Report, TeamReport};
use crate::source::Spanned;

/// An objective's heading.
#[derive(Debug)]
pub struct ObjectiveHead<'a> {
    /// What is to become true.
    pub title: Cow<'a, str>,
    /// Outcome and lever.
    pub chain: String,
    /// Its grade.
    pub grade: Graded,
    /// What a reader must know about the grade.
    pub note: String,
    /// What a reader should know besides, with links, in Markdown; empty where nobody wrote it.
    pub aside: Cow<'a, str>,
    /// What marks it.
    pub marks: Vec<Mark>,
}

/// Returns an objective's heading.
#[must_use]
pub fn objective<'a>(report: &Report<'a>, team: TeamReport<'a>, known: ObjectiveReport<'a>) -> ObjectiveHead<'a> {
    ObjectiveHead {
        title: title(&known.plan.title.value),
        chain: chain(known),
        grade: Graded::of_objective(report, team, known),
        note: Phrases::new(report.format).objective_note(&known, team.is_over()),
        aside: aside(known.plan.note.as_deref(), &known.plan.links),
        marks: marks(report, known.plan),
    }
}

/// Returns what marks an objective: that it was reached while its outcome stood still, where the book gives no reason.
fn marks(report: &Report<'_>, plan: &Objective) -> Vec<Mark> {
    decide::is_theatre(report, plan).then_some(Mark::Theatre).into_iter().collect()
}

/// Returns what is said about an objective.
#[must_use]
pub fn facts_of_objective<'a>(report: &Report<'a>, team: TeamReport<'a>, plan: &'a Objective) -> Vec<Fact<'a>> {
    let words = report.words();
    let text = |stated: &'a Option<Spanned<String>>| stated.as_ref().map(|text| Cow::Borrowed(text.value.as_str()));
    let metric = plan.outcome_metric.as_ref().map(|metric| &metric.value);
    let stated = [
        Fact::stated(words.outcome, text(&plan.outcome)),
        metric.map(|id| Fact {
            term: words.outcome_metric,
            text: Cow::Owned(metric_name(report, id)),
            target: Some(Target::Metric(id)),
        }),
        Fact::stated(words.lever, text(&plan.lever)),
        Fact::stated(words.changes, text(&plan.changes)),
        Fact::stated(words.set_by, text(&plan.set_by)),
    ];
    let support = support::supports(report, team, plan).into_iter().chain(support::of_objective(report, team, plan));
    stated.into_iter().flatten().chain(support).collect()
}
