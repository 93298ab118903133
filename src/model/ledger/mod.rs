//! The ledger of a quarter: what was committed at its start, what was amended since, and what check-ins recorded.
//!
//! Plain records as their files state them; `commitment` is what they mean for today's key results.

pub mod change;
pub mod commitment;
mod definition;
pub mod notation;
mod seal;
mod stated;
mod table;
mod terms;

pub use definition::definition;
pub use stated::{bound, goal};
pub use table::{Committed, Reach, Term, Told};
pub use terms::{ObjectiveTerms, Terms, Value};

use std::ops::Deref;

use super::calendar::Day;
use super::ids::Slug;
use super::keyed::{About, Keyed};
use super::quantity::{Number, Quantity};
use crate::source::{FileId, Span, Spanned};

/// What was recorded of a quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// What was committed (`lock.yaml`).
    pub lock: Option<Lock>,
    /// What check-ins recorded, by day, then by team.
    pub check_ins: CheckIns,
}

/// What the teams committed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The file.
    pub file: FileId,
    /// The teams, in the file's order.
    pub teams: Vec<TeamLock>,
    /// Teams of which the file records something after the as-of day.
    pub later: Vec<Slug>,
}

/// What one team committed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamLock {
    /// The team, as the file names it.
    pub team: Spanned<Slug>,
    /// The team that it belongs to: the one that the file names, by the id under which the quarter is planned.
    pub owner: Slug,
    /// The day of locking.
    pub on: Day,
    /// Its objectives, in the file's order.
    pub objectives: Vec<ObjectiveLock>,
    /// The digest that the file states, in hexadecimal digits.
    pub digest: Option<Spanned<String>>,
}

/// An objective as it was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectiveLock {
    /// Its name in links.
    pub id: Spanned<Slug>,
    /// What was committed and amended.
    pub record: Record<ObjectiveTerms>,
    /// Its key results, in the file's order.
    pub key_results: Vec<KeyResultLock>,
}

/// A key result as it was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyResultLock {
    /// Its name in links.
    pub id: Spanned<Slug>,
    /// What was committed and amended.
    pub record: Record<Terms>,
    /// Where the metric stood when the quarter began.
    pub start: Option<Start>,
}

/// What was committed of a thing, and what was amended since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<T> {
    /// What was committed; nothing for what came later.
    pub terms: Option<T>,
    /// What was amended since, in the file's order.
    pub amendments: Vec<Amendment<T>>,
}

/// A metric's value before a quarter, with the data that it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The value, in the metric's unit.
    pub value: Quantity,
    /// The last day with data that it rests on.
    pub on: Day,
    /// The exports with their SHA-256 digests, as they were then.
    pub data: Vec<(String, String)>,
}

/// A change that was recorded with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment<T> {
    /// What was agreed, and when.
    pub note: Note,
    /// All terms from then on; nothing where the thing was dropped.
    pub terms: Option<T>,
}

/// When and why something was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The day.
    pub on: Day,
    /// The reason.
    pub because: String,
    /// Who says so.
    pub by: Option<String>,
}

/// What check-ins of a quarter recorded, by day; each team's are found by its id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckIns {
    all: Vec<CheckIn>,
    /// Places of check-ins by team, then by day.
    by_team: Vec<u32>,
}

/// What one team recorded on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// The file.
    pub file: FileId,
    /// The day.
    pub on: Day,
    /// The team.
    pub team: Slug,
    /// What was recorded, in the file's order.
    pub entries: Keyed<Entry>,
}

/// What was recorded of a key result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The objective.
    pub objective: Slug,
    /// The key result, at the key that names both.
    pub key_result: Spanned<Slug>,
    /// Its value then, as pages showed it.
    pub value: Option<Quantity>,
    /// Its progress then.
    pub progress: Option<Number>,
    /// Its score then.
    pub score: Option<Number>,
    /// How sure the team was to make it, from 0 to 10.
    pub confidence: Option<Spanned<u8>>,
    /// What the team said.
    pub note: Option<String>,
    /// Who said it.
    pub by: Option<String>,
    /// What the exports said, for comparing with what they say later.
    pub reading: Option<Reading>,
}

/// What a metric's exports said of the quarter up to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The metric.
    pub metric: Slug,
    /// How it was computed.
    pub definition: String,
    /// Its value over the quarter up to and including that day, in the metric's unit.
    pub value: Spanned<Number>,
    /// The day.
    pub through: Day,
}

impl<T> Record<T> {
    /// Returns the record of what is being committed.
    #[must_use]
    pub const fn of(terms: T) -> Self {
        Self { terms: Some(terms), amendments: Vec::new() }
    }

    /// Returns the terms that were agreed last.
    #[must_use]
    pub fn latest(&self) -> Option<&T> {
        self.amendments.iter().rev().find_map(|amendment| amendment.terms.as_ref()).or(self.terms.as_ref())
    }

    /// Returns what was said last, where that was that the thing is dropped.
    #[must_use]
    pub fn dropped(&self) -> Option<&Note> {
        self.amendments.last().filter(|amendment| amendment.terms.is_none()).map(|amendment| &amendment.note)
    }
}

impl Lock {
    /// Returns what a team committed to.
    #[must_use]
    pub fn team(&self, id: &Slug) -> Option<&TeamLock> {
        self.teams.iter().find(|team| team.owner == *id)
    }
}

impl TeamLock {
    /// Says whether the record is as the program wrote it.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.digest.as_ref().is_some_and(|digest| digest.value == self.computed_digest().to_string())
    }

    /// Returns an objective.
    #[must_use]
    pub fn objective(&self, id: &Slug) -> Option<&ObjectiveLock> {
        self.objectives.iter().find(|objective| objective.id.value == *id)
    }
}

impl ObjectiveLock {
    /// Returns a key result.
    #[must_use]
    pub fn key_result(&self, id: &Slug) -> Option<&KeyResultLock> {
        self.key_results.iter().find(|key_result| key_result.id.value == *id)
    }
}

impl CheckIns {
    /// Returns a team's check-ins, earliest first.
    pub fn of<'a>(&'a self, team: &Slug) -> impl DoubleEndedIterator<Item = &'a CheckIn> + use<'a> {
        let start = self.by_team.partition_point(|place| self.all[*place as usize].team < *team);
        let own = &self.by_team[start..];
        let count = own.partition_point(|place| self.all[*place as usize].team <= *team);
        own[..count].iter().map(|place| &self.all[*place as usize])
    }

    /// Returns all of them.
    #[must_use]
    pub fn into_all(self) -> Vec<CheckIn> {
        self.all
    }
}

impl From<Vec<CheckIn>> for CheckIns {
    fn from(all: Vec<CheckIn>) -> Self {
        let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let mut by_team: Vec<u32> = (0..count).collect();
        by_team.sort_by_key(|place| &all[*place as usize].team);
        Self { all, by_team }
    }
}

impl Deref for CheckIns {
    type Target = [CheckIn];

    fn deref(&self) -> &[CheckIn] {
        &self.all
    }
}

impl<'a> IntoIterator for &'a CheckIns {
    type Item = &'a CheckIn;
    type IntoIter = std::slice::Iter<'a, CheckIn>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

impl CheckIn {
    /// Returns what was recorded of a key result.
    #[must_use]
    pub fn entry(&self, objective: &Slug, key_result: &Slug) -> Option<&Entry> {
        self.entries.about(objective, key_result)
    }
}

impl About for Entry {
    fn about(&self) -> (&Slug, &Slug) {
        (&self.objective, &self.key_result.value)
    }
}

impl Entry {
    /// Returns where the key result is named.
    #[must_use]
    pub const fn place(&self) -> Span {
        self.key_result.span
    }
}
