//! What rules may look at: the book, and one team, objective or key result of it with its scores at its side.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::metric::Metric;
use crate::model::plan::{KeyResult, Objective, Plan, QuarterPlan, TeamPlan};
use crate::model::scorecard::{KeyResultScore, ObjectiveScore, QuarterScore, Scorecard, TeamScore};
use crate::source::{Sources, Span, Spanned};

/// A book that has been measured and scored.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    /// What the teams wrote.
    pub plan: &'a Plan,
    /// What the exports say, by metric.
    pub histories: &'a BTreeMap<Slug, History>,
    /// What scoring found out; it has the plan's shape.
    pub scorecard: &'a Scorecard,
    /// The texts, into which findings point.
    pub sources: &'a Sources,
    /// Whether any quarter has a review.
    keeps_reviews: bool,
}

/// A team in a quarter.
#[derive(Debug, Clone, Copy)]
pub struct TeamAt<'a> {
    /// The book.
    pub book: &'a Book<'a>,
    /// The quarter.
    pub quarter: &'a QuarterPlan,
    /// Its scores.
    pub quarter_score: &'a QuarterScore,
    /// The team.
    pub team: &'a TeamPlan,
    /// Its scores.
    pub team_score: &'a TeamScore,
}

/// An objective.
#[derive(Debug, Clone, Copy)]
pub struct ObjectiveAt<'a> {
    /// Where it stands.
    pub at: TeamAt<'a>,
    /// The objective.
    pub objective: &'a Objective,
    /// Its scores.
    pub score: &'a ObjectiveScore,
}

/// A key result.
#[derive(Debug, Clone, Copy)]
pub struct KeyResultAt<'a> {
    /// Where it stands.
    pub at: ObjectiveAt<'a>,
    /// The key result.
    pub key_result: &'a KeyResult,
    /// Its score.
    pub score: &'a KeyResultScore,
    metric: Option<&'a Metric>,
    history: Option<&'a History>,
}

impl<'a> Book<'a> {
    /// Returns a book of these; the scorecard has the plan's shape.
    #[must_use]
    pub fn new(
        plan: &'a Plan,
        histories: &'a BTreeMap<Slug, History>,
        scorecard: &'a Scorecard,
        sources: &'a Sources,
    ) -> Self {
        let mut teams = plan.quarters.iter().flat_map(|quarter| &quarter.teams);
        let keeps_reviews = teams.any(|team| team.review.is_some());
        Self { plan, histories, scorecard, sources, keeps_reviews }
    }

    /// Says whether any quarter has a review.
    #[must_use]
    pub const fn keeps_reviews(&self) -> bool {
        self.keeps_reviews
    }

    /// Returns every team of every quarter, in the plan's order.
    pub fn teams(&'a self) -> impl Iterator<Item = TeamAt<'a>> {
        let quarters = self.plan.quarters.iter().zip(&self.scorecard.quarters);
        quarters.flat_map(move |(quarter, quarter_score)| {
            let teams = quarter.teams.iter().zip(&quarter_score.teams);
            teams.map(move |(team, team_score)| TeamAt { book: self, quarter, quarter_score, team, team_score })
        })
    }

    /// Returns where the part `range` of a text stands in its file, for the caret.
    #[must_use]
    pub fn words(&self, text: &Spanned<String>, range: Range<usize>) -> Span {
        self.sources.part(text, range)
    }
}

impl<'a> TeamAt<'a> {
    /// Returns the team's objectives.
    pub fn objectives(self) -> impl Iterator<Item = ObjectiveAt<'a>> {
        let objectives = self.team.objectives.iter().zip(&self.team_score.objectives);
        objectives.map(move |(objective, score)| ObjectiveAt { at: self, objective, score })
    }
}

impl<'a> ObjectiveAt<'a> {
    /// Returns the objective's key results.
    pub fn key_results(self) -> impl Iterator<Item = KeyResultAt<'a>> {
        let key_results = self.objective.key_results.iter().zip(&self.score.key_results);
        key_results.map(move |(key_result, score)| KeyResultAt::new(self, key_result, score))
    }
}

impl<'a> KeyResultAt<'a> {
    /// Looks up what all rules about data ask for.
    fn new(at: ObjectiveAt<'a>, key_result: &'a KeyResult, score: &'a KeyResultScore) -> Self {
        let book = at.at.book;
        let id = key_result.metric.as_ref().map(|metric| &metric.value);
        let metric = id.and_then(|id| book.plan.metrics.get(id));
        Self { at, key_result, score, metric, history: id.and_then(|id| book.histories.get(id)) }
    }

    /// Returns the book.
    #[must_use]
    pub const fn book(&self) -> &'a Book<'a> {
        self.at.at.book
    }

    /// Returns the metric that measures the key result.
    #[must_use]
    pub const fn metric(&self) -> Option<&'a Metric> {
        self.metric
    }

    /// Returns what that metric's exports say.
    #[must_use]
    pub const fn history(&self) -> Option<&'a History> {
        self.history
    }
}
