//! What is promised, what is hoped for, and the check points of milestones, in English.

use super::Phrases;
use crate::model::calendar::Day;
use crate::model::levels::{Level, LevelKind};
use crate::model::step::Step;
use crate::report::levels::Standing;

impl Phrases {
    /// Returns levels in a few words: `commit 60 %, stretch 90 %`.
    #[must_use]
    pub fn levels(self, levels: &[Level]) -> String {
        levels.iter().map(|level| self.level_line(level)).collect::<Vec<_>>().join(", ")
    }

    /// Returns a level as it is called at its line in a chart.
    #[must_use]
    pub fn level_line(self, level: &Level) -> String {
        let name = match level.kind {
            LevelKind::Commit => "commit",
            LevelKind::Stretch => "stretch",
        };
        [name, " ", &self.format.end(level.at.number, &level.at.unit)].concat()
    }

    /// Returns the check points of a milestone, each with its number: `1. contract signed 14 Aug; 2. pilot live: not yet`.
    #[must_use]
    pub fn steps(self, steps: &[Step], as_of: Day) -> String {
        let told = |(place, step): (usize, &Step)| match step.passed(as_of) {
            Some(day) => format!("{}. {} {}", place + 1, step.name, self.format.day_of_year(day)),
            None => format!("{}. {}: not yet", place + 1, step.name),
        };
        steps.iter().enumerate().map(told).collect::<Vec<_>>().join("; ")
    }

    /// Returns a check point as a chart says it in words.
    #[must_use]
    pub fn step_at(self, place: usize, step: &Step, day: Day) -> String {
        format!(" {}: {} on {}.", place + 1, step.name, self.format.day(day))
    }

    /// Returns how a key result stands against its levels; a quarter that runs gets no verdict.
    #[must_use]
    pub fn standing_of_levels(self, levels: &[Standing], is_over: bool) -> String {
        let told = |known: &Standing| {
            let line = self.level_line(&known.level);
            match (known.level.kind, known.reached) {
                (LevelKind::Commit, Some(false)) if is_over => format!("below {line}"),
                (_, Some(true)) if is_over => format!("{line} reached"),
                (_, Some(true)) => format!("{line} reached so far"),
                _ => line,
            }
        };
        levels.iter().map(told).collect::<Vec<_>>().join(", ")
    }
}
