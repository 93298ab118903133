//! `scores.json`: the scores of a sealed quarter, with nothing left out.
//!
//! In: a quarter's scores. Out: text, and the same scores back from it, digit for digit, so that a sealed quarter is
//! never scored again. Numbers stand as text in the notation of ledgers. Versioned from its first day: what an earlier
//! version wrote is read for ever.

mod decode;
mod encode;
mod findings;
mod shape;
#[cfg(test)]
mod tests;

pub use findings::Told;
pub use shape::Scores;

use crate::diag::{Allowed, Diagnostic};
use crate::model::calendar::Day;
use crate::model::scorecard::QuarterScore;
use crate::source::Sources;

/// The version of the shape.
pub const SCHEMA: u32 = 1;

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
    let scores = Scores::new(quarter, as_of, said);
    let mut text = serde_json::to_string_pretty(&scores).expect("internal: strings and numbers always serialise");
    text.push('\n');
    text
}

/// Returns the scores that a text holds, or nothing where it isn't one that this version understands.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Scores> {
    serde_json::from_slice::<Scores>(bytes).ok().filter(|scores| scores.schema <= SCHEMA)
}
