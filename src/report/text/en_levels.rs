//! What is promised and what is hoped for, in English.

use super::Phrases;
use crate::model::levels::{Level, LevelKind};
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
