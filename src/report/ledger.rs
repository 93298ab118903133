//! What pages say of locks: when a quarter was locked, and which goalposts were moved since.
//!
//! In: quarters with their scores. Out: decisions and lists. Knows no page.

use super::{KeyResultReport, ObjectiveReport, QuarterReport, TeamReport};
use crate::model::calendar::Day;
use crate::model::ids::Slug;
use crate::model::ledger::Value;
use crate::model::ledger::change::{Change, Moved};
use crate::model::scorecard::QuarterState;

/// How a quarter was locked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Locking<'a> {
    /// The first and the last day on which a team was locked in time.
    pub in_time: Option<(Day, Day)>,
    /// Teams that were locked later than three weeks into the quarter.
    pub late: Vec<(&'a Slug, Day)>,
    /// Teams that are not locked.
    pub missing: Vec<&'a Slug>,
    /// Whether there is time left to lock.
    pub is_early: bool,
    /// Whether the quarter was brought in from elsewhere, so that nobody could lock it in time.
    pub is_imported: bool,
}

/// Something that was moved: of a key result, or of an objective itself.
#[derive(Debug, Clone, Copy)]
pub struct Move<'a> {
    /// The team.
    pub team: TeamReport<'a>,
    /// The objective.
    pub objective: ObjectiveReport<'a>,
    /// The key result, where it is one.
    pub key_result: Option<KeyResultReport<'a>>,
    /// What was moved.
    pub moved: &'a Moved,
}

/// Returns how a quarter was locked; nothing where it hasn't begun or has no objectives.
#[must_use]
pub fn locking<'a>(quarter: &QuarterReport<'a>, as_of: Day) -> Option<Locking<'a>> {
    if quarter.score.state == QuarterState::Upcoming {
        return None;
    }
    let late = quarter.plan.quarter.late_from();
    let mut locking = Locking { is_early: as_of < late, is_imported: is_imported(quarter), ..Locking::default() };
    let with_objectives = quarter.plan.teams.iter().filter(|team| !team.objectives.is_empty());
    for team in with_objectives.clone() {
        match quarter.plan.ledger.lock.as_ref().and_then(|lock| lock.team(&team.team)) {
            None => locking.missing.push(&team.team),
            Some(lock) if lock.on >= late => locking.late.push((&team.team, lock.on)),
            Some(lock) => {
                let (first, last) = locking.in_time.unwrap_or((lock.on, lock.on));
                locking.in_time = Some((first.min(lock.on), last.max(lock.on)));
            }
        }
    }
    with_objectives.clone().next().map(|_| locking)
}

/// Says whether a quarter was brought in from elsewhere.
#[must_use]
pub fn is_imported(quarter: &QuarterReport<'_>) -> bool {
    quarter.plan.story.as_ref().is_some_and(|story| story.imported.is_some())
}

/// Returns the day on which a team's quarter was locked.
#[must_use]
pub fn locked_on(quarter: &QuarterReport<'_>, team: &Slug) -> Option<Day> {
    Some(quarter.plan.ledger.lock.as_ref()?.team(team)?.on)
}

/// Says whether a change tells more than the others: a goal in new words is one change.
#[must_use]
pub fn tells(moved: &Moved, all: &[Moved]) -> bool {
    let is_goal = |other: &Moved| {
        matches!(&other.change, Change::Term(_, pair) if matches!(pair.is, Value::Goal(_))) && other.note == moved.note
    };
    !moved.change.is_mild() || !all.iter().any(is_goal)
}

impl<'a> super::Report<'a> {
    /// Returns what was moved in a quarter, team by team; with `mild`, words too.
    #[must_use]
    pub fn moves(&self, quarter: &QuarterReport<'a>) -> Vec<Move<'a>> {
        let mut moves = Vec::new();
        for &team in &quarter.teams {
            for objective in team.objectives() {
                let own = objective.plan.commitment.iter().flat_map(|locked| &locked.moves);
                moves.extend(own.map(|moved| Move { team, objective, key_result: None, moved }));
                for report in objective.key_results(team, &self.inputs.plan.metrics) {
                    let commitment = &report.plan.commitment;
                    let of_key_result = commitment.moves().iter();
                    moves.extend(of_key_result.map(|moved| Move { team, objective, key_result: Some(report), moved }));
                }
            }
        }
        moves
    }
}
