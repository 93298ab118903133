//! Movement: did a metric move its good way over a cycle by more than it moves anyway?
//!
//! In: a metric's history, which way is good, the cycle's days and those before it. Out: a verdict with what it was told
//! by. Changes no score, claims no cause, knows no chance but what is counted: no random numbers. Floats, with + − × ÷ and
//! `sqrt` only, so that every machine gets the same bits; counts and shares are exact.
//!
//! The value is taken as the score takes it: with the metric's aggregate and window; of a last value, all readings of the
//! last week. Which test says what it means:
//!
//! - `counts`: up to a hundred events in both periods: the exact binomial test of two counts.
//! - `windows`: a year and more of history in which nobody aimed at the metric: placebo windows, the change over every
//!   earlier window of the same length. At most 5 % moved as much: moved. Where two years show a season, each is compared
//!   with the year before.
//! - `weeks`: less: means of weeks, by Student's test adjusted for weeks that follow on each other.
//! - `changes`: values of months and longer, of which there are too few for either: how far they usually change.

mod aims;
mod asked;
mod changes;
mod counts;
mod course;
mod weeks;
mod windows;

#[cfg(test)]
mod tests;

pub use self::aims::aims;
pub use self::asked::{Asked, Judged, Subject};
pub use self::course::Usual;

use crate::model::movement::Weeks;

/// Why nothing is asked of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untold {
    /// Less than a third of the cycle is over.
    Early,
    /// There is no value before the cycle, or none in it.
    NoValue,
}

/// Returns what became of the metric.
///
/// # Errors
///
/// Where there is nothing to ask yet, or nothing to compare with.
pub fn of(asked: &Asked<'_>) -> Result<Judged, Untold> {
    if asked.is_early() {
        return Err(Untold::Early);
    }
    let (level, change) = asked.change().ok_or(Untold::NoValue)?;
    let by_changes = |few: Weeks| {
        let is_rare = asked.has_long_rows() || few.before < asked.weeks_before() / 2;
        let found = if is_rare { changes::judge(asked, change) } else { None };
        found.unwrap_or_else(|| Judged::unknown(few))
    };
    let told = counts::judge(asked).or_else(|| windows::judge(asked, change));
    let told = told.unwrap_or_else(|| weeks::judge(asked).unwrap_or_else(by_changes));
    Ok(Judged { level, ..told })
}
