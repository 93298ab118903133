//! What changed between what was committed and what a file says now.

use std::collections::BTreeSet;

use super::{Amendment, Note, ObjectiveTerms, Terms};
use crate::model::goal::{Bound, Goal, Milestone};
use crate::model::ids::Slug;
use crate::model::plan::Ambition;
use crate::model::quantity::Number;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The sentence reads otherwise.
    Wording(Pair<String>),
    /// The goal is another one.
    Goal(Box<Pair<Option<Goal>>>),
    /// Another metric measures it, or none.
    Metric(Pair<Option<Slug>>),
    /// The same metric is computed otherwise.
    Definition(Pair<String>),
    /// It weighs more or less.
    Weight(Pair<Number>),
    /// Others answer for it.
    Owners(Pair<Vec<String>>),
    /// Other counter-metrics, or other bounds.
    Guardrails(Pair<Vec<(Slug, Bound)>>),
    /// The objective is judged otherwise.
    Ambition(Pair<Ambition>),
    /// The need that the objective serves is measured otherwise.
    OutcomeMetric(Pair<Option<Slug>>),
    /// It is gone.
    Dropped,
}

/// What was committed, and what is said now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<T> {
    /// What was committed.
    pub was: T,
    /// What is said now.
    pub is: T,
}

/// A change with what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The change.
    pub change: Change,
    /// The amendment that agreed to it; nothing where it was made in silence.
    pub note: Option<Note>,
}

impl Change {
    /// Returns the name in the machine forms.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Wording(_) => "wording",
            Self::Goal(_) => "goal",
            Self::Metric(_) => "metric",
            Self::Definition(_) => "definition",
            Self::Weight(_) => "weight",
            Self::Owners(_) => "owners",
            Self::Guardrails(_) => "guardrails",
            Self::Ambition(_) => "ambition",
            Self::OutcomeMetric(_) => "outcome-metric",
            Self::Dropped => "dropped",
        }
    }

    /// Returns what was committed and what is said now, in the words of the files.
    #[must_use]
    pub fn shown(&self) -> (String, String) {
        let goal = |goal: &Option<Goal>| goal.as_ref().map(shown_goal).unwrap_or_default();
        let slug = |slug: &Option<Slug>| slug.as_ref().map(Slug::to_string).unwrap_or_default();
        let bounds = |bounds: &[(Slug, Bound)]| {
            let shown = |(metric, limit): &(Slug, Bound)| {
                let (key, value) = super::bound(limit);
                format!("{metric} {} {value}", key.replace('_', " "))
            };
            bounds.iter().map(shown).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Wording(pair) => (pair.was.clone(), pair.is.clone()),
            Self::Definition(pair) => (pair.was.clone(), pair.is.clone()),
            Self::Goal(pair) => (goal(&pair.was), goal(&pair.is)),
            Self::Metric(pair) | Self::OutcomeMetric(pair) => (slug(&pair.was), slug(&pair.is)),
            Self::Weight(pair) => (pair.was.normal().to_string(), pair.is.normal().to_string()),
            Self::Owners(pair) => (pair.was.join(", "), pair.is.join(", ")),
            Self::Guardrails(pair) => (bounds(&pair.was), bounds(&pair.is)),
            Self::Ambition(pair) => (pair.was.name().to_owned(), pair.is.name().to_owned()),
            Self::Dropped => (String::new(), String::new()),
        }
    }

    /// Says whether only the words differ: what is measured against what stays the same.
    #[must_use]
    pub const fn is_mild(&self) -> bool {
        matches!(self, Self::Wording(_))
    }
}

fn shown_goal(goal: &Goal) -> String {
    let pairs = super::goal(goal);
    let words = pairs.iter().filter(|(key, _)| !matches!(*key, "kind" | "judge"));
    let words: Vec<String> = words.map(|(key, value)| format!("{} {value}", key.replace('_', " "))).collect();
    if words.is_empty() { goal.kind().to_owned() } else { words.join(" ") }
}

fn pair<T: PartialEq + Clone>(was: &T, is: &T) -> Option<Pair<T>> {
    (was != is).then(|| Pair { was: was.clone(), is: is.clone() })
}

/// What two sets of terms have in which they may differ.
trait Differ {
    fn differences(&self, now: &Self) -> Vec<Change>;
}

impl Differ for Terms {
    fn differences(&self, now: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        changes.extend(
            pair(&undated(self.goal.as_ref()), &undated(now.goal.as_ref())).map(|pair| Change::Goal(Box::new(pair))),
        );
        // To name what measures a key result that nothing measured moves nothing.
        if self.metric.is_some() && self.metric != now.metric {
            changes.extend(pair(&self.metric, &now.metric).map(Change::Metric));
        } else if let (Some(was), Some(is)) = (&self.definition, &now.definition) {
            changes.extend(pair(was, is).map(Change::Definition));
        }
        changes.extend(pair(&self.guardrails, &now.guardrails).filter(|pair| !same(pair)).map(Change::Guardrails));
        changes.extend(pair(&self.weight, &now.weight).map(Change::Weight));
        let as_set = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
        if as_set(&self.owners) != as_set(&now.owners) {
            changes.extend(pair(&self.owners, &now.owners).map(Change::Owners));
        }
        changes.extend(pair(&self.title, &now.title).map(Change::Wording));
        changes
    }
}

impl Differ for ObjectiveTerms {
    fn differences(&self, now: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        changes.extend(pair(&self.ambition, &now.ambition).map(Change::Ambition));
        changes.extend(pair(&self.outcome_metric, &now.outcome_metric).map(Change::OutcomeMetric));
        changes.extend(pair(&self.title, &now.title).map(Change::Wording));
        changes
    }
}

/// Says whether both have the same guardrails in another order.
fn same(pair: &Pair<Vec<(Slug, Bound)>>) -> bool {
    pair.was.len() == pair.is.len() && pair.was.iter().all(|known| pair.is.contains(known))
}

/// Returns the goal without the day on which it was reached: that it is done moves no goalpost.
fn undated(goal: Option<&Goal>) -> Option<Goal> {
    goal.map(|goal| match goal {
        Goal::Milestone(milestone) => Goal::Milestone(Milestone { done: None, ..*milestone }),
        Goal::Baseline(milestone) => Goal::Baseline(Milestone { done: None, ..*milestone }),
        goal => goal.clone(),
    })
}

/// Returns what differs of a key result, each change with the amendment that agreed to it.
#[must_use]
pub fn of_key_result(was: &Terms, amendments: &[Amendment<Terms>], now: &Terms) -> Vec<Moved> {
    moves(was, amendments, now)
}

/// Returns what differs of an objective itself, each change with the amendment that agreed to it.
#[must_use]
pub fn of_objective(
    was: &ObjectiveTerms,
    amendments: &[Amendment<ObjectiveTerms>],
    now: &ObjectiveTerms,
) -> Vec<Moved> {
    moves(was, amendments, now)
}

fn moves<T: Differ>(was: &T, amendments: &[Amendment<T>], now: &T) -> Vec<Moved> {
    let agreed = |change: &Change| {
        let differs = |amendment: &Amendment<T>| {
            let rest = amendment.terms.as_ref().map(|terms| terms.differences(now));
            rest.is_none_or(|rest| rest.iter().any(|known| known.name() == change.name()))
        };
        // The first of the last amendments that all say what is said now.
        let tail = amendments.iter().rev().take_while(|amendment| !differs(amendment));
        tail.last().map(|amendment| amendment.note.clone())
    };
    let changes = was.differences(now).into_iter();
    changes.map(|change| Moved { note: agreed(&change), change }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::Day;
    use crate::model::goal::Move;
    use crate::model::quantity::{Quantity, Unit};

    fn terms(to: i64) -> Terms {
        let percent = |number| Quantity::new(Number::whole(number), Unit::Percent);
        Terms {
            title: format!("to {to}"),
            goal: Some(Goal::Move(Move { from: percent(31), to: percent(to) })),
            metric: Slug::new("m"),
            definition: Some("last; m.csv".to_owned()),
            weight: Number::ONE,
            owners: vec!["ana".to_owned(), "ben".to_owned()],
            guardrails: Vec::new(),
        }
    }

    fn amended(to: i64, on: &str) -> Amendment<Terms> {
        let note = Note { on: Day::parse(on).expect("a day"), because: "why".to_owned(), by: None };
        Amendment { note, terms: Some(terms(to)) }
    }

    fn shown(was: &Terms, amendments: &[Amendment<Terms>], now: &Terms) -> Vec<String> {
        let moves = of_key_result(was, amendments, now).into_iter();
        moves
            .map(|moved| match moved.note {
                Some(note) => format!("{} {}", moved.change.name(), note.on),
                None => format!("{} in silence", moved.change.name()),
            })
            .collect()
    }

    #[test]
    fn a_change_is_agreed_to_where_the_last_amendments_say_the_same() {
        let none: [&str; 0] = [];
        assert_eq!(shown(&terms(20), &[], &terms(20)), none);
        assert_eq!(shown(&terms(20), &[], &terms(25)), ["goal in silence", "wording in silence"]);
        let first = amended(25, "2026-08-01");
        let again =
            Amendment { terms: Some(Terms { weight: Number::whole(2), ..terms(25) }), ..amended(25, "2026-09-01") };
        let now = Terms { weight: Number::whole(2), ..terms(25) };
        let expected = ["goal 2026-08-01", "weight 2026-09-01", "wording 2026-08-01"];
        assert_eq!(shown(&terms(20), &[first.clone(), again], &now), expected);
        let moved_on = [first, amended(22, "2026-09-01")];
        assert_eq!(shown(&terms(20), &moved_on, &terms(25)), ["goal in silence", "wording in silence"]);
    }

    #[test]
    fn what_moves_nothing_is_no_change() {
        let base = terms(20);
        let unmeasured = Terms { metric: None, definition: None, ..terms(20) };
        assert!(of_key_result(&unmeasured, &[], &base).is_empty(), "a metric that was missing is named");
        let turned = Terms { owners: vec!["ben".to_owned(), "ana".to_owned()], ..terms(20) };
        assert!(of_key_result(&base, &[], &turned).is_empty(), "owners in another order");
        let heavier = Terms { weight: Number::parse("1.00").expect("a number"), ..terms(20) };
        assert!(of_key_result(&base, &[], &heavier).is_empty(), "the same weight in more digits");
    }

    #[test]
    fn each_term_is_compared() {
        let base = terms(20);
        let cases = [
            (Terms { goal: None, ..terms(20) }, "goal"),
            (Terms { metric: Slug::new("n"), ..terms(20) }, "metric"),
            (Terms { metric: None, definition: None, ..terms(20) }, "metric"),
            (Terms { definition: Some("max; m.csv".to_owned()), ..terms(20) }, "definition"),
            (Terms { weight: Number::whole(3), ..terms(20) }, "weight"),
            (Terms { owners: vec!["ana".to_owned()], ..terms(20) }, "owners"),
            (Terms { title: "other words".to_owned(), ..terms(20) }, "wording"),
        ];
        for (now, name) in cases {
            assert_eq!(shown(&base, &[], &now), [format!("{name} in silence")]);
        }
    }
}
