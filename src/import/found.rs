//! What was found in another product's export, before anything is decided about it.
//!
//! In: nothing. Out: objectives with their key results as the export tells them, each text with its place.

use crate::diag::{Diagnostic, Place};

/// A text of an export, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The text, without blanks around it.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Told {
    /// Returns a text at a place; nothing where it is blank.
    pub fn new(text: &str, place: impl Into<Place>) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self { text: text.to_owned(), place: place.into() })
    }
}

/// Something that the report says, with the place that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where, in the export.
    pub place: Option<Place>,
    /// What.
    pub text: String,
}

impl Note {
    /// Returns a note about a place.
    pub fn at(place: &Place, text: impl Into<String>) -> Self {
        Self { place: Some(place.clone()), text: text.into() }
    }
}

/// When an objective runs, as the export says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Period {
    /// What the product calls the period.
    pub name: Option<Told>,
    /// Its first day.
    pub begins: Option<Told>,
    /// Its last day.
    pub ends: Option<Told>,
}

impl Period {
    /// Returns where it is told.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        [&self.name, &self.begins, &self.ends].into_iter().flatten().next().map(|told| &told.place)
    }
}

/// A person whom an export names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The name, or the mail address where there is no name.
    pub name: Told,
}

/// What a target is to its key result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Aim {
    /// Where it ends.
    #[default]
    Reach,
    /// What it never exceeds.
    AtMost,
    /// What it never falls below.
    AtLeast,
}

/// A value on a day, as the export says both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The day.
    pub day: Told,
    /// The value.
    pub value: Told,
}

/// The product's own score, and what stands for all of it: 1, or 100.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The score.
    pub told: Told,
    /// The whole.
    pub of: i64,
}

/// A key result as an export tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyResult {
    /// Its sentence.
    pub title: Told,
    /// Where it started.
    pub start: Option<Told>,
    /// Where it was to end.
    pub target: Option<Told>,
    /// What the target is.
    pub aim: Aim,
    /// What it counts in.
    pub unit: Option<Told>,
    /// Who answers for it.
    pub owners: Vec<Owner>,
    /// What is said besides.
    pub note: Option<Told>,
    /// Its weight.
    pub weight: Option<Told>,
    /// Its values with their days.
    pub values: Vec<Value>,
    /// A value without a day.
    pub undated: Option<Told>,
    /// The product's own score.
    pub score: Option<Score>,
    /// Whether it is ticked off without a day.
    pub done: Option<Place>,
}

impl KeyResult {
    /// Returns a key result of which nothing is told but its sentence.
    #[must_use]
    pub const fn new(title: Told) -> Self {
        Self {
            title,
            start: None,
            target: None,
            aim: Aim::Reach,
            unit: None,
            owners: Vec::new(),
            note: None,
            weight: None,
            values: Vec::new(),
            undated: None,
            score: None,
            done: None,
        }
    }
}

/// How an export writes numbers and days, where that is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    /// The sign before decimals.
    pub decimal: Option<char>,
    /// The form of days, as `MM/DD/YYYY`.
    pub dates: Option<String>,
}

/// An objective as an export tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// What is to become true.
    pub title: Told,
    /// Whose it is.
    pub team: Option<Told>,
    /// When.
    pub period: Period,
    /// Who answers for it.
    pub owners: Vec<Owner>,
    /// What is said besides.
    pub note: Option<Told>,
    /// Its key results, in the export's order.
    pub key_results: Vec<KeyResult>,
    /// How its numbers and days are written.
    pub style: Style,
}

impl Objective {
    /// Returns an objective of which nothing is told but its title.
    #[must_use]
    pub fn new(title: Told) -> Self {
        Self {
            title,
            team: None,
            period: Period::default(),
            owners: Vec::new(),
            note: None,
            key_results: Vec::new(),
            style: Style::default(),
        }
    }
}

/// All that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Objectives, in the export's order.
    pub objectives: Vec<Objective>,
    /// What only people can say.
    pub asked: Vec<Note>,
    /// What is not taken, and why.
    pub left_out: Vec<Note>,
    /// What can't be read.
    pub diagnostics: Vec<Diagnostic>,
}

impl Found {
    /// Adds what another file says.
    pub fn add(&mut self, other: Self) {
        self.objectives.extend(other.objectives);
        self.asked.extend(other.asked);
        self.left_out.extend(other.left_out);
        self.diagnostics.extend(other.diagnostics);
    }
}
