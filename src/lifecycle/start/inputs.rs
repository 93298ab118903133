//! What a quarter's beginning is made from.
//!
//! In: a measured book and the quarter that begins in it. Out: the same, and what the book knows of the quarter before and
//! of a team's id in it. Decides nothing about what is written.

use std::collections::BTreeMap;

use crate::model::calendar::Quarter;
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::plan::{Plan, QuarterPlan};
use crate::model::scorecard::{QuarterScore, Scorecard};
use crate::source::Sources;

/// The team that leadership sets objectives for.
pub(super) const COMPANY: &str = "company";

/// A book in which a quarter begins.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// What the teams wrote.
    pub plan: &'a Plan,
    /// What the exports say, by metric.
    pub histories: &'a BTreeMap<Slug, History>,
    /// What scoring found out.
    pub scorecard: &'a Scorecard,
    /// The book's texts.
    pub sources: &'a Sources,
    /// The quarter, with the days that the book's calendar gives it.
    pub quarter: Quarter,
}

impl<'a> Inputs<'a> {
    /// Returns the id under which the quarter has a team already, else the one it has today.
    pub(super) fn recorded(&self, team: &'a Slug) -> &'a Slug {
        let quarter = self.plan.quarters.iter().find(|quarter| quarter.quarter.id == self.quarter.id);
        let mut teams = quarter.into_iter().flat_map(|quarter| &quarter.teams).map(|known| &known.team);
        teams.find(|id| self.plan.is_one_team(id, team)).unwrap_or(team)
    }

    /// Returns the last cycle of its length before, with its scores.
    pub(super) fn previous(&self) -> Option<(&'a QuarterPlan, &'a QuarterScore)> {
        let before = self.plan.quarters.iter().rev().find(|quarter| quarter.quarter.is_before(self.quarter))?;
        let scores = self.scorecard.quarters.iter().find(|scores| scores.quarter.id == before.quarter.id)?;
        Some((before, scores))
    }
}
