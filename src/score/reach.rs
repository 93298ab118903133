//! Reach: goals that can't be reached any more while a quarter runs, and the best score that still can be.
//!
//! A count so far never falls again, nor does a sum of which no day is below zero, nor the largest value of a quarter: a
//! goal of less than that is out of reach. So is a bound that was to hold always and was broken once. The best score still
//! possible is the one that the quarter ends with if nothing more happens.

use super::book::{Moment, Source};
use super::progress::{self, Progress};
use crate::model::goal::{Better, Judge};
use crate::model::metric::Aggregate;
use crate::model::quantity::Number;
use crate::model::scorecard::HoldTally;

/// Says whether a flow's sum so far can't become better any more: it can only rise, and less is better.
pub(super) fn is_spent(source: &Source<'_>, moment: &Moment, better: Better) -> bool {
    let rises = || match source.evidence.aggregate() {
        Aggregate::Count => true,
        _ => source.evidence.points(moment.to_date).iter().all(|point| !point.value.is_negative()),
    };
    moment.is_open() && better == Better::Lower && rises()
}

/// Says whether a value so far can't become better any more: the quarter's largest, where less is better, or its smallest.
pub(super) fn is_extreme(source: &Source<'_>, moment: &Moment, better: Better) -> bool {
    let only_worse = match source.evidence.aggregate() {
        Aggregate::Max => better == Better::Lower,
        Aggregate::Min => better == Better::Higher,
        _ => false,
    };
    moment.is_open() && only_worse && source.metric.window_days.is_none()
}

/// Returns the best score still possible where progress can't grow any more; nothing where it is a full one.
pub(super) fn best(progress: Progress) -> Option<Number> {
    (progress.kept < Number::ONE).then(|| progress::clamped(progress.kept))
}

/// Says whether a bound was broken for good, given its points and whether its value is outside for good.
pub(super) fn is_broken(judge: Judge, points: HoldTally, is_outside: bool, moment: &Moment) -> bool {
    match judge {
        Judge::Always => moment.is_open() && points.inside < points.measured,
        Judge::End => is_outside,
        Judge::Share => false,
    }
}
