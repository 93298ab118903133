//! The headings above a line of a page, and what they say: an objective, a period, a team.
//!
//! In: headings as they come. Out: whose and of when what stands below them is.

use super::found::{Period, Told};
use super::known::Known;
use super::lines::named_team;
use super::marks::{Label, Marked};
use super::pipes;

/// A heading above.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// How many signs it has.
    pub(super) level: usize,
    /// Its text without marks.
    pub(super) told: Told,
    /// What it says, beside being a heading.
    pub(super) says: Says,
}

/// What a heading says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Says {
    /// It is an objective.
    Objective,
    /// It names a period, this one.
    Period(String),
    /// It names a team.
    Team,
    /// "Key results": what stands below belongs to the objective above.
    Results,
    /// Anything else.
    Other,
}

/// The headings above a line.
#[derive(Debug)]
pub(super) struct Headings<'k> {
    known: Known<'k>,
    stack: Vec<Heading>,
}

impl<'k> Headings<'k> {
    /// Returns none.
    pub(super) const fn new(known: Known<'k>) -> Self {
        Self { known, stack: Vec::new() }
    }

    /// Leaves headings that are not above one of a level.
    pub(super) fn leave(&mut self, level: usize) {
        while self.stack.last().is_some_and(|last| last.level >= level) {
            self.stack.pop();
        }
    }

    /// Adds a heading below those that are there.
    pub(super) fn push(&mut self, heading: Heading) {
        self.stack.push(heading);
    }

    /// Returns the nearest, those that only say "key results" aside.
    #[must_use]
    pub(super) fn last(&self) -> Option<&Heading> {
        self.stack.iter().rev().find(|heading| heading.says != Says::Results)
    }

    /// Returns what a heading says that comes next.
    #[must_use]
    pub(super) fn says(&self, marked: &Marked, sentence: &str) -> Says {
        let lower = sentence.to_lowercase();
        let lower = lower.trim_end_matches(':').trim();
        if marked.label == Some(Label::Objective) {
            Says::Objective
        } else if matches!(lower, "key results" | "krs" | "key result" | "results") {
            Says::Results
        } else if let Some(period) = self.period_of(sentence) {
            Says::Period(period)
        } else if self.team_of(sentence).is_some() {
            Says::Team
        } else {
            Says::Other
        }
    }

    /// Returns the period that a heading names: by itself, or `Q4` below the heading `2017`.
    fn period_of(&self, sentence: &str) -> Option<String> {
        let above = self.stack.iter().rev().find_map(|heading| match &heading.says {
            Says::Period(name) => Some(name),
            _ => None,
        });
        let calendar = self.known.calendar;
        let with_above = || pipes::period(&format!("{sentence} {}", above?), calendar);
        pipes::period(sentence, calendar).or_else(with_above)
    }

    /// Returns the team that a heading names.
    fn team_of<'h>(&self, heading: &'h str) -> Option<&'h str> {
        let is_it = |name: &str| name.eq_ignore_ascii_case(heading);
        let of_book = self.known.teams.iter().any(|team| is_it(&team.name) || is_it(team.id.as_str()));
        if of_book { Some(heading) } else { named_team(heading) }
    }

    /// Returns the team of what stands below.
    #[must_use]
    pub(super) fn team(&self) -> Option<Told> {
        let said = self.stack.iter().rev().find(|heading| heading.says == Says::Team)?;
        Told::new(self.team_of(&said.told.text)?, said.told.place.clone())
    }

    /// Returns the period of what stands below.
    #[must_use]
    pub(super) fn period(&self) -> Period {
        let name = self.stack.iter().rev().find_map(|heading| match &heading.says {
            Says::Period(name) => Told::new(name, heading.told.place.clone()),
            _ => None,
        });
        Period { name, ..Period::default() }
    }
}
