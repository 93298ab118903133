//! What check-ins tell: the line of confidence, what changed since the last one, and how well a team knows itself.
//!
//! In: quarters with what was recorded. Out: lists and counts. Knows no page.

use super::{KeyResultReport, QuarterReport, Report, TeamReport};
use crate::model::calendar::Day;
use crate::model::ids::Slug;
use crate::model::ledger::Entry;
use crate::model::quantity::Number;
use crate::model::scorecard::Grade;

/// What was recorded of a key result on a day.
#[derive(Debug, Clone, Copy)]
pub struct Recorded<'a> {
    /// The day.
    pub on: Day,
    /// What was recorded.
    pub entry: &'a Entry,
}

/// A key result whose grade changed since its last check-in.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// The key result.
    pub report: KeyResultReport<'a>,
    /// The check-in.
    pub last: Recorded<'a>,
    /// The grade then.
    pub was: Grade,
    /// The grade now.
    pub is: Grade,
}

/// How often key results were made that people were so sure of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calibration {
    /// The lowest and the highest confidence of the group.
    pub said: (u8, u8),
    /// Check-ins that said so.
    pub count: usize,
    /// Those whose key result reached 0.7 in the end.
    pub reached: usize,
    /// The mean of their final scores.
    pub mean: Number,
}

/// The groups of confidence, the surest first.
const GROUPS: [(u8, u8); 5] = [(9, 10), (7, 8), (5, 6), (3, 4), (0, 2)];

impl<'a> TeamReport<'a> {
    /// Returns what was recorded of a key result, earliest first.
    fn recorded(&self, objective: &Slug, key_result: &Slug) -> Vec<Recorded<'a>> {
        let own = self.ledger.check_ins.of(&self.plan.team);
        let entries =
            own.filter_map(|known| Some(Recorded { on: known.on, entry: known.entry(objective, key_result)? }));
        entries.collect()
    }

    /// Returns the middle of what the team says now of its key results.
    #[must_use]
    pub fn confidence(&self, report: &Report<'a>) -> Option<u8> {
        if self.ledger.check_ins.is_empty() {
            return None;
        }
        let mut said: Vec<u8> = report.key_results(*self).filter_map(|known| known.confidence()).collect();
        said.sort_unstable();
        // Of an even number the lower one, so that doubt is not rounded away.
        said.get(said.len().checked_sub(1)? / 2).copied()
    }
}

impl<'a> KeyResultReport<'a> {
    /// Returns what was recorded of the key result, earliest first.
    #[must_use]
    pub fn recorded(&self) -> Vec<Recorded<'a>> {
        if self.team.ledger.check_ins.is_empty() {
            return Vec::new();
        }
        self.team.recorded(&self.objective.id.value, &self.plan.id.value)
    }

    /// Returns the latest confidence that was stated.
    #[must_use]
    pub fn confidence(&self) -> Option<u8> {
        let said = self.recorded();
        said.iter().rev().find_map(|known| known.entry.confidence.as_ref()).map(|confidence| confidence.value)
    }
}

/// Returns the day of the last check-in of a quarter.
#[must_use]
pub fn last_day(quarter: &QuarterReport<'_>) -> Option<Day> {
    quarter.plan.ledger.check_ins.iter().map(|check_in| check_in.on).max()
}

/// Returns the key results whose grade changed since their team's last check-in, the largest falls first, and how
/// many kept theirs.
#[must_use]
pub fn changes<'a>(report: &Report<'a>, quarter: &QuarterReport<'a>) -> (Vec<Change<'a>>, usize) {
    let mut kept = 0;
    let key_results = quarter.teams.iter().flat_map(|team| report.key_results(*team));
    let change = |report: KeyResultReport<'a>| {
        let last = report.recorded().pop()?;
        let was = Grade::of(last.entry.score?);
        let is = report.score.grade()?;
        kept += usize::from(was == is);
        (was != is).then_some(Change { report, last, was, is })
    };
    let mut changes: Vec<Change<'a>> = key_results.filter_map(change).collect();
    changes.sort_by_key(Change::rise);
    (changes, kept)
}

impl Change<'_> {
    /// Returns by how many tenths the grade rose; below 0 where it fell.
    #[must_use]
    pub fn rise(&self) -> i32 {
        i32::from(self.is.tenths()) - i32::from(self.was.tenths())
    }
}

/// Returns how confidence and final grade went together in quarters that are over, group by group.
#[must_use]
pub fn calibration(report: &Report<'_>, quarters: &[TeamReport<'_>]) -> Vec<Calibration> {
    let mut pairs: Vec<(u8, Number)> = Vec::new();
    for team in quarters.iter().filter(|team| team.is_over()) {
        for known in report.key_results(*team) {
            let Some(score) = known.score.score else { continue };
            let said = known.recorded();
            let said = said.iter().filter_map(|recorded| recorded.entry.confidence.as_ref());
            pairs.extend(said.map(|confidence| (confidence.value, score)));
        }
    }
    let group = |&(low, high): &(u8, u8)| {
        let own: Vec<Number> =
            pairs.iter().filter(|(said, _)| (low..=high).contains(said)).map(|(_, score)| *score).collect();
        let sum = own.iter().try_fold(Number::ZERO, |sum, score| sum.plus(*score))?;
        let mean = sum.over(Number::whole(i64::try_from(own.len()).ok()?))?;
        let reached = own.iter().filter(|score| Grade::of(**score).tenths() >= 7).count();
        Some(Calibration { said: (low, high), count: own.len(), reached, mean })
    };
    GROUPS.iter().filter_map(group).collect()
}
