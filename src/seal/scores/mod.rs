//! `scores.json`: the scores of a sealed quarter, with nothing left out.
//!
//! In: a quarter's scores. Out: text, and the same scores back from it, digit for digit, so that a sealed quarter is
//! never scored again. Numbers stand as text in the notation of ledgers. Versioned from its first day: what an earlier
//! version wrote is read for ever.

mod differences;
mod evidence;
mod findings;
mod goal;
mod movement;
mod shape;
pub(super) mod stored;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use findings::Told;

use self::findings::{AllowedFinding, Finding};
use crate::diag::{Allowed, Diagnostic};
use crate::model::calendar::{Day, Quarter, Window};
use crate::model::ids::CycleId;
use crate::model::scorecard::{QuarterScore, QuarterState, TeamScore};
use crate::source::Sources;

/// The version of the shape.
pub const SCHEMA: u32 = 1;

/// The scores of a sealed quarter.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scores {
    schema: u32,
    #[serde(with = "stored")]
    quarter: CycleId,
    #[serde(with = "stored")]
    start: Day,
    #[serde(with = "stored")]
    end: Day,
    #[serde(with = "stored")]
    as_of: Day,
    #[serde(with = "stored")]
    teams: Vec<TeamScore>,
    #[serde(default)]
    findings: Vec<Finding>,
    #[serde(default)]
    allowed: Vec<AllowedFinding>,
}

/// What is said about a quarter when it is sealed.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// What is wrong with it.
    pub findings: &'a [&'a Diagnostic],
    /// What its book allows.
    pub allowed: &'a [&'a Allowed],
    /// The texts in which the places are.
    pub sources: &'a Sources,
}

/// Returns a quarter's scores as text.
#[must_use]
pub fn write(quarter: &QuarterScore, as_of: Day, said: &Said<'_>) -> String {
    let window = quarter.quarter.window;
    let scores = Scores {
        schema: SCHEMA,
        quarter: quarter.quarter.id,
        start: window.start,
        end: window.end,
        as_of,
        teams: quarter.teams.clone(),
        findings: said.findings.iter().map(|finding| Finding::new(finding, said.sources)).collect(),
        allowed: said.allowed.iter().map(|known| AllowedFinding::new(known, said.sources)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&scores).expect("internal: strings and numbers always serialise");
    text.push('\n');
    text
}

/// Returns the scores that a text holds, or nothing where it isn't one that this version understands.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Scores> {
    serde_json::from_slice::<Scores>(bytes).ok().filter(|scores| scores.schema <= SCHEMA)
}

impl Scores {
    /// Returns the quarter with its days.
    #[must_use]
    pub const fn quarter(&self) -> Quarter {
        Quarter { id: self.quarter, window: Window { start: self.start, end: self.end } }
    }

    /// Returns the teams' scores.
    #[must_use]
    pub fn teams(&self) -> &[TeamScore] {
        &self.teams
    }

    /// Returns the scores.
    #[must_use]
    pub fn scored(&self) -> QuarterScore {
        QuarterScore { quarter: self.quarter(), state: QuarterState::Sealed, teams: self.teams.clone() }
    }

    /// Returns what was said about the quarter; places are looked up in its frozen texts.
    #[must_use]
    pub fn told(&self, sources: &Sources) -> Told {
        Told {
            findings: self.findings.iter().filter_map(|finding| finding.read(sources)).collect(),
            allowed: self.allowed.iter().filter_map(|known| known.read(sources)).collect(),
        }
    }
}
