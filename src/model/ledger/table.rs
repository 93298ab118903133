//! The committed terms, each told once.
//!
//! Whoever reads, writes, compares, signs or names terms goes over these tables, and looks at what kind of value a term has.
//! A new term is a field, where it comes from, and a row here; older locks are silent about it, so that their digests hold
//! only if `seal` then adds no line for it.

use super::terms::{ObjectiveTerms, Terms, Value};
use crate::model::ambition::Ambition;
use crate::model::quantity::Number;

/// Terms that a table tells.
pub trait Committed: Clone + Default + PartialEq + 'static {
    /// The terms in the order in which a lock states them.
    const TABLE: &'static [Term<Self>];
}

/// A term.
#[derive(Debug)]
pub struct Term<T: 'static> {
    /// What is said of it.
    pub told: Told,
    /// What it says where a lock is silent about it, which is also the kind of its values.
    pub silent: Value,
    /// Returns what it says.
    pub get: fn(&T) -> Value,
    /// Changes what it says; a value of another kind changes nothing.
    pub set: fn(&mut T, Value),
    /// Whether a difference between what was committed and what is said now moves anything.
    moves: fn(&T, &T) -> bool,
}

/// What is said of a term.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    /// Its key in a lock.
    pub key: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// A line of YAML that states it.
    pub example: &'static str,
    /// Its name in the machine forms.
    pub name: &'static str,
    /// What pages call it.
    pub words: &'static str,
    /// What messages about a lock call it, or one of many: "the weight", "an owner".
    pub item: &'static str,
    /// What a finding says was changed: "the goal", "its list of owners".
    pub changed: &'static str,
    /// What a change of it reaches.
    pub reach: Reach,
}

/// What a change of a term reaches, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The score: by the terms of today there is another one.
    Score,
    /// How things are measured, and within which bounds.
    Measure,
    /// Who answers for it, how much it counts, and how it is judged.
    Duty,
    /// Words: what is measured against what stays the same.
    Words,
}

/// Tells the terms of a type, each with its field, which is its key, and what it says where a lock is silent; what a change
/// of it reaches; what it is, and an example; what it is called otherwise; and whether a difference moves anything.
macro_rules! terms {
    ($Type:ident {$(
        $field:ident: $Kind:ident($silent:expr), $Reach:ident,
        $doc:literal, $example:literal,
        {$($called:tt)*}, $moves:expr;
    )+}) => {
        impl Committed for $Type {
            const TABLE: &'static [Term<Self>] = &[$(Term {
                told: Told {
                    $($called)*
                    ..Told {
                        key: stringify!($field),
                        doc: $doc,
                        example: $example,
                        name: stringify!($field),
                        words: stringify!($field),
                        item: concat!("the ", stringify!($field)),
                        changed: concat!("the ", stringify!($field)),
                        reach: Reach::$Reach,
                    }
                },
                silent: Value::$Kind($silent),
                get: |terms| Value::$Kind(terms.$field.clone()),
                set: |terms, value| if let Value::$Kind(value) = value { terms.$field = value },
                moves: $moves,
            }),+];
        }
    };
}

terms! {
    Terms {
        title: Text(String::new()), Words,
        "The wording. Without one it came after the lock.", "title: Customers trust us",
        { name: "wording", words: "wording", item: "the wording", changed: "the wording", }, always;

        goal: Goal(None), Score,
        "The goal.", "goal: { kind: move, from: 8 per quarter, to: 2 per quarter }",
        {}, always;

        // To say what is promised where nothing was said moves nothing.
        levels: Levels(Vec::new()), Duty,
        "What is promised and what is hoped for beside the goal's end.", "levels: { commit: 60 %, stretch: 90 % }",
        { changed: "a level", }, |was, _| !was.levels.is_empty();

        // To name what measures a key result that nothing measured moves nothing.
        metric: Metric(None), Score,
        "The metric that measures it.", "metric: p1",
        {}, |was, _| was.metric.is_some();

        // Another metric is computed otherwise, of course.
        definition: Definition(None), Measure,
        "How that metric is measured, in one line.", "definition: count of rows",
        { words: "how it is measured", changed: "how it is measured", }, is_of_the_same_metric;

        weight: Number(Number::ONE), Duty,
        "Its weight in the objective's mean.", "weight: 2",
        {}, always;

        owners: Names(Vec::new()), Duty,
        "Who answers for it.", "owners: [ana]",
        { item: "an owner", changed: "its list of owners", }, always;

        guardrails: Bounds(Vec::new()), Measure,
        "What must not get worse meanwhile.", "guardrails:\n  - { metric: checkout-p75, at_most: 2 s }",
        { changed: "a guardrail", }, always;
    }
}

terms! {
    ObjectiveTerms {
        title: Text(String::new()), Words,
        "The wording. Without one it came after the lock.", "title: Customers trust us",
        { name: "wording", words: "wording", item: "the wording", changed: "the wording", }, always;

        ambition: Ambition(Ambition::Aspirational), Duty,
        "How it is judged.", "ambition: committed",
        { item: "`ambition`", }, always;

        outcome_metric: Metric(None), Duty,
        "The metric of its outcome.", "outcome_metric: monthly-churn",
        { name: "outcome-metric", words: "outcome metric", item: "the metric", changed: "the outcome's metric", }, always;
    }
}

fn always<T>(_: &T, _: &T) -> bool {
    true
}

fn is_of_the_same_metric(was: &Terms, is: &Terms) -> bool {
    let is_same = was.metric.is_none() || was.metric == is.metric;
    is_same && was.definition.is_some() && is.definition.is_some()
}

impl<T> Term<T> {
    /// Returns what was committed and what is said now, where that moves anything.
    pub(super) fn moved(&'static self, was: &T, is: &T) -> Option<(&'static Told, Value, Value)> {
        let (old, new) = ((self.get)(was).undated(), (self.get)(is).undated());
        (!old.says_the_same(&new) && (self.moves)(was, is)).then_some((&self.told, old, new))
    }
}
