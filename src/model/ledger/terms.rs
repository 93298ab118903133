//! What a team answers for, and what each of its terms says.

use std::collections::BTreeSet;

use super::{notation, stated};
use crate::model::ambition::Ambition;
use crate::model::goal::{Bound, Goal, Milestone};
use crate::model::ids::Slug;
use crate::model::levels::Level;
use crate::model::quantity::Number;

/// What a team answers for with a key result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// Its wording.
    pub title: String,
    /// Its goal, where one was understood.
    pub goal: Option<Goal>,
    /// What is promised and what is hoped for beside its end.
    pub levels: Vec<Level>,
    /// The metric that measures it.
    pub metric: Option<Slug>,
    /// How that metric is computed, in words; see [`definition()`](super::definition()).
    pub definition: Option<String>,
    /// Its weight in the objective's mean.
    pub weight: Number,
    /// Who answers for it.
    pub owners: Vec<String>,
    /// Counter-metrics with their bounds.
    pub guardrails: Vec<(Slug, Bound)>,
}

/// What a team answers for with an objective itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObjectiveTerms {
    /// Its wording.
    pub title: String,
    /// How it is judged.
    pub ambition: Ambition,
    /// How the need that it serves is measured.
    pub outcome_metric: Option<Slug>,
}

/// What a term says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text that is always there.
    Text(String),
    /// How a metric is computed.
    Definition(Option<String>),
    /// A goal.
    Goal(Option<Goal>),
    /// Levels of a goal.
    Levels(Vec<Level>),
    /// A metric.
    Metric(Option<Slug>),
    /// A number.
    Number(Number),
    /// Names, whose order says nothing.
    Names(Vec<String>),
    /// Metrics with their bounds, whose order says nothing.
    Bounds(Vec<(Slug, Bound)>),
    /// An ambition.
    Ambition(Ambition),
}

impl Value {
    /// Says whether nothing is said.
    #[must_use]
    pub const fn is_silent(&self) -> bool {
        match self {
            Self::Definition(text) => text.is_none(),
            Self::Goal(goal) => goal.is_none(),
            Self::Levels(levels) => levels.is_empty(),
            Self::Metric(metric) => metric.is_none(),
            Self::Names(names) => names.is_empty(),
            Self::Bounds(bounds) => bounds.is_empty(),
            Self::Text(_) | Self::Number(_) | Self::Ambition(_) => false,
        }
    }

    /// Returns a goal without the day on which it was reached: that it is done moves no goalpost.
    pub(super) fn undated(self) -> Self {
        let undone = |milestone: Milestone| Milestone { done: None, ..milestone };
        match self {
            Self::Goal(Some(Goal::Milestone(milestone))) => Self::Goal(Some(Goal::Milestone(undone(milestone)))),
            Self::Goal(Some(Goal::Baseline(milestone))) => Self::Goal(Some(Goal::Baseline(undone(milestone)))),
            other => other,
        }
    }

    /// Says whether two values are the same, in whatever order.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Names(was), Self::Names(is)) => was.iter().collect::<BTreeSet<_>>() == is.iter().collect(),
            (Self::Bounds(was), Self::Bounds(is)) => {
                was.len() == is.len() && was.iter().all(|known| is.contains(known))
            }
            (was, is) => was == is,
        }
    }

    /// Returns the value in the words of the files; goals and bounds with their keys in words.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Definition(text) => text.clone().unwrap_or_default(),
            Self::Goal(goal) => goal.as_ref().map(shown_goal).unwrap_or_default(),
            Self::Levels(levels) => {
                let shown = |level: &Level| format!("{} {}", level.kind.name(), notation::quantity(&level.at));
                levels.iter().map(shown).collect::<Vec<_>>().join(", ")
            }
            Self::Metric(metric) => metric.as_ref().map(Slug::to_string).unwrap_or_default(),
            Self::Number(number) => number.normal().to_string(),
            Self::Names(names) => names.join(", "),
            Self::Bounds(bounds) => {
                let shown = |(metric, limit): &(Slug, Bound)| {
                    let (key, value) = stated::bound(limit);
                    format!("{metric} {} {value}", key.replace('_', " "))
                };
                bounds.iter().map(shown).collect::<Vec<_>>().join(", ")
            }
            Self::Ambition(ambition) => ambition.name().to_owned(),
        }
    }
}

fn shown_goal(goal: &Goal) -> String {
    let pairs = stated::goal(goal);
    let words = pairs.iter().filter(|(key, _)| !matches!(*key, "kind" | "judge"));
    let words: Vec<String> = words.map(|(key, value)| format!("{} {value}", key.replace('_', " "))).collect();
    if words.is_empty() { goal.kind().name().to_owned() } else { words.join(" ") }
}
