//! What every part of a packet is made with: the report, its quarter, and how values, marks and places are written.
//!
//! In: what `report/shown` decided. Out: the same as a packet has it: words for marks, places in the packet for targets.

use serde::Serialize;

use crate::model::ids::Slug;
use crate::model::scorecard;
use crate::report::decide::Mark;
use crate::report::format::Format;
use crate::report::shown::{self, Graded, Status, Target, Verdict};
use crate::report::text::{Phrases, Words};
use crate::report::{QuarterReport, Report, TeamReport};

/// More teams than this, and a quarter's packet holds its summary only; each team then has a packet of its own.
pub const TEAMS: usize = 60;

/// The most parts whose insides stand in the contents.
pub(super) const DEEP_CONTENTS: usize = 12;

/// How much of a packet is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// What a board reads: the cover, what needs attention, one table.
    Short,
}

/// A fact: a term with what is said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The term.
    pub term: String,
    /// What is said about it.
    pub text: String,
    /// The place in the packet that the text leads to, or nothing.
    pub target: String,
    /// What else is said under the same term.
    pub more: Vec<More>,
}

/// A further thing that is said under a fact's term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct More {
    /// What is said.
    pub text: String,
    /// The place in the packet that the text leads to, or nothing.
    pub target: String,
}

/// What every part of a packet is made with.
#[derive(Clone, Copy)]
pub(super) struct Maker<'m, 'a> {
    pub(super) report: &'m Report<'a>,
    pub(super) quarter: &'m QuarterReport<'a>,
    pub(super) format: Format,
    pub(super) phrases: Phrases,
    pub(super) words: &'static Words,
    /// The place of the quarter in the report.
    pub(super) place: usize,
    /// The teams that the packet is about.
    pub(super) teams: &'m [TeamReport<'a>],
    /// Whether these are the whole quarter.
    pub(super) whole: bool,
    /// Those of them that have sections.
    pub(super) in_full: &'m [TeamReport<'a>],
    /// How much is wanted.
    pub(super) extent: Extent,
}

impl Maker<'_, '_> {
    /// Returns a grade as readers see it.
    pub(super) fn verdict(&self, graded: Graded) -> Verdict {
        Verdict::new(graded, self.format)
    }

    /// Returns a grade for a column whose head says that grades are so far.
    pub(super) fn in_column(&self, graded: Graded) -> Verdict {
        Verdict::in_column(graded, self.format)
    }

    /// Returns a status as readers see it.
    pub(super) fn status(&self, status: scorecard::Status) -> Status {
        Status::new(status, self.format)
    }

    /// Returns marks as words.
    pub(super) fn marks(&self, marks: &[Mark]) -> Vec<&'static str> {
        marks.iter().map(|mark| self.phrases.mark(*mark)).collect()
    }

    /// Returns the place in a packet of what something leads to.
    pub(super) fn place_of(&self, target: &Target<'_>) -> String {
        match target {
            Target::KeyResult(known) => {
                format!("{}/{}/{}", known.team.plan.team, known.objective.id.value, known.plan.id.value)
            }
            Target::Objective(team, plan) => format!("{}/{}", team.plan.team, plan.id.value),
            Target::Team(team) => team.plan.team.to_string(),
            Target::Metric(_) | Target::Alignment | Target::Person(_) => String::new(),
        }
    }

    /// Returns the same where it has a place in this packet; else nothing.
    pub(super) fn place_here(&self, target: Option<&Target<'_>>) -> String {
        let is_here = |target: &&Target<'_>| {
            let team = target.team().filter(|team| team.quarter.id == self.quarter.id());
            team.is_some_and(|team| self.section_of(&team.plan.team).is_some())
        };
        target.filter(is_here).map(|target| self.place_of(target)).unwrap_or_default()
    }

    /// Returns facts with their places in the packet.
    pub(super) fn facts(&self, facts: &[shown::Fact<'_>]) -> Vec<Fact> {
        let more = |known: &shown::Fact<'_>| More {
            text: known.text.clone().into_owned(),
            target: self.place_here(known.target.as_ref()),
        };
        let under_one = |alike: &[shown::Fact<'_>]| {
            let (first, others) = alike.split_first()?;
            let More { text, target } = more(first);
            Some(Fact { term: first.term.to_owned(), text, target, more: others.iter().map(more).collect() })
        };
        facts.chunk_by(|one, next| one.term == next.term).filter_map(under_one).collect()
    }

    /// Returns the place of a team's section among all sections; nothing where it has none.
    pub(super) fn section_of(&self, team: &Slug) -> Option<usize> {
        self.in_full.iter().position(|held| held.plan.team == *team)
    }
}
