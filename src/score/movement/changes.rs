//! Changes: by how much values of months or quarters usually change from one to the next.
//!
//! For what is measured so seldom that neither a year's windows nor a dozen weeks tell anything: twice the spread of the
//! changes (median absolute deviation × 1.4826; Rousseeuw and Croux 1993, "Alternatives to the median absolute deviation")
//! between earlier quarters where there are at least four, else between earlier months where there are at least five.

use std::iter;

use super::asked::{Asked, Judged};
use crate::model::calendar::{Day, Window};
use crate::model::movement::{Basis, Changes};
use crate::score::trend::median;

/// Makes the median absolute deviation of normal noise its standard deviation.
const CONSISTENT: f64 = 1.4826;
/// How many spreads a change may have and be usual.
const USUAL: f64 = 2.0;
/// Earlier windows that are looked at.
const MOST_WINDOWS: usize = 12;
const MOST_YEARS: usize = 5;
/// Changes between earlier quarters, and between earlier months, that tell what is usual.
const FEWEST_QUARTERLY: usize = 3;
const FEWEST_MONTHLY: usize = 4;
/// Days that the first window may lack before its first row.
const EDGE: i32 = 3;

/// Returns the verdict by earlier changes; nothing where there are too few.
pub(super) fn judge(asked: &Asked<'_>, change: f64) -> Option<Judged> {
    let quarters = iter::successors(Some(asked.before), |window| Some(window.before())).take(MOST_YEARS * 4);
    // A sum over a month says nothing of how sums over quarters vary.
    let by_months = || if asked.is_flow() { None } else { from(asked, months(asked.before.end), FEWEST_MONTHLY) };
    let (usual, windows, months) = from(asked, quarters, FEWEST_QUARTERLY)
        .map(|(usual, windows)| (usual, windows, false))
        .or_else(|| by_months().map(|(usual, windows)| (usual, windows, true)))?;
    let windows = u32::try_from(windows).unwrap_or(u32::MAX);
    Some(Judged::told(change.abs() > usual, change, usual, Basis::Changes(Changes { windows, months })))
}

/// Returns the months before a day, newest first.
fn months(day: Day) -> impl Iterator<Item = Window> {
    let into = day.since(day.month_start(0));
    let start = move |back: i32| day.month_start(-back).plus(into);
    (0..MOST_YEARS * 12)
        .map(move |back| i32::try_from(back).unwrap_or_default())
        .map(move |back| Window { start: start(back + 1), end: start(back) })
}

/// Returns by how much values usually change between windows, newest first, and how many there are.
fn from(asked: &Asked<'_>, windows: impl Iterator<Item = Window>, fewest: usize) -> Option<(f64, usize)> {
    let first = asked.first_day()?.plus(-EDGE);
    let known = windows.take_while(|window| window.start >= first);
    // The newest run of windows in which nobody aimed at it.
    let free = known.skip_while(|window| asked.is_aimed_in(*window)).take_while(|window| !asked.is_aimed_in(*window));
    let mut known: Vec<Window> = free.take(MOST_WINDOWS).collect();
    known.reverse();
    let values: Vec<f64> = asked.values(&known).into_iter().rev().map_while(|value| value).collect();
    let changes: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    if changes.len() < fewest {
        return None;
    }
    let middle = median(changes.iter().copied())?;
    let spread = CONSISTENT * median(changes.iter().map(|change| (change - middle).abs()))?;
    Some((USUAL * spread, values.len())).filter(|found| found.0.is_finite())
}
