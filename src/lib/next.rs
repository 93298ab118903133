//! What is sensible to do next with a book, told by how it stands.
//!
//! In: a book and what was found in it. Out: one step. Decides no more than the order of steps: what is open is what `check`,
//! `lock`, `review` and `seal` say themselves.

use super::book::{Book, Told};
use super::standing::{self, Standing};
use crate::diag::Level;
use crate::model::calendar::Day;
use crate::model::ids::CycleId;
use crate::model::plan::QuarterPlan;

/// A sensible step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Look at what is wrong: so many errors.
    Check(usize),
    /// Define a metric, for this export where there is one.
    AddMetric(Option<String>),
    /// Lay out the files of a cycle that has begun.
    Start(CycleId),
    /// Commit to goals: the teams that haven't.
    Lock(CycleId, Vec<String>),
    /// Answer what the reviews of a cycle ask: how many questions are open.
    Review(CycleId, usize),
    /// Freeze a cycle that is over and reviewed.
    Seal(CycleId),
    /// Look at the site.
    Serve,
}

impl Book {
    /// Returns what is sensible to do next.
    #[must_use]
    pub fn next_step(&self, told: Told<'_>) -> Step {
        let errors = told.findings.iter().filter(|found| found.level == Level::Error).count();
        if errors > 0 {
            return Step::Check(errors);
        }
        if self.plan.metrics.is_empty() {
            return Step::AddMetric(self.exports().first().map(|export| export.path.to_string()));
        }
        let as_of = self.scorecard.as_of;
        let standing = |plan: &QuarterPlan| standing::of(plan, told.sources, as_of);
        let running = self.config.calendar.quarter_of(as_of).filter(|quarter| quarter.window.contains(as_of));
        let plan = running.and_then(|running| self.plan.quarters.iter().find(|plan| plan.quarter.id == running.id));
        let runs = plan.map(standing).filter(|standing| !standing.teams.is_empty());
        let to_lock = plan.zip(runs.as_ref()).and_then(|(plan, runs)| self.to_lock(plan, runs, as_of));
        let to_close = || self.last_over(as_of).map(|plan| to_close(&standing(plan)));
        let to_start = || running.filter(|_| runs.is_none()).map(|running| Step::Start(running.id));
        to_lock.or_else(to_close).or_else(to_start).unwrap_or(Step::Serve)
    }

    /// Returns the teams that haven't committed yet, while there is time.
    fn to_lock(&self, plan: &QuarterPlan, standing: &Standing, as_of: Day) -> Option<Step> {
        let open = standing.teams.iter().filter(|team| team.locked.is_none());
        let names: Vec<String> = open.map(|team| self.plan.team_name(&team.team).to_owned()).collect();
        let is_early = as_of < plan.quarter.late_from();
        (is_early && !names.is_empty()).then_some(Step::Lock(plan.quarter.id, names))
    }

    /// Returns the cycle that ended last, where it was lived through with this book and isn't sealed.
    fn last_over(&self, as_of: Day) -> Option<&QuarterPlan> {
        let over = self.plan.quarters.iter().filter(|plan| plan.quarter.is_over(as_of));
        let lived = over.filter(|plan| plan.teams.iter().any(|team| !team.objectives.is_empty()));
        let last = lived.max_by_key(|plan| plan.quarter.window.end)?;
        let is_imported = last.story.as_ref().is_some_and(|story| story.imported.is_some());
        let is_sealed = self.archive().counting(last.quarter.id).is_some();
        (!is_imported && !is_sealed).then_some(last)
    }
}

/// Returns what a cycle that is over waits for: answers, then its seal.
fn to_close(standing: &Standing) -> Step {
    match standing.teams.iter().map(|team| team.open).sum() {
        0 => Step::Seal(standing.quarter),
        open => Step::Review(standing.quarter, open),
    }
}
