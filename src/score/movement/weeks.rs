//! Weeks: does the value in the cycle differ from that before it by more than weeks differ?
//!
//! Student's test of two means at 5 % both ways: of as many weeks at the end of each side as the value speaks of. How much
//! weeks vary is told by what neighbours differ by, on both sides (von Neumann 1941, "Distribution of the ratio of the mean
//! square successive difference to the variance"): what moves, in a step or steadily, is no noise that hides itself. Weeks
//! that follow on each other say less than as many apart: n of them count as n (1 − r) / (1 + r), where r is how far each
//! resembles the next before the cycle, around its line (Bayley and Hammersley 1946, "The effective number of independent
//! observations in an autocorrelated time series").

use super::asked::{Asked, Judged, SAME};
use crate::model::calendar::{Day, Window};
use crate::model::movement::{Basis, Weeks};

/// Weeks that each side must have.
const FEWEST: u32 = 12;
/// The likeness of neighbours that counts as noise: weeks that are more alike before the cycle were on their way.
const MOST_ALIKE: f64 = 0.5;

/// Student's t that 5 % exceed both ways, by degrees of freedom from 1 to 30.
const T: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/// Returns the verdict by weeks.
///
/// # Errors
///
/// Where there are too few weeks, with how many there are.
pub(super) fn judge(asked: &Asked<'_>) -> Result<Judged, Weeks> {
    let [before, within] = [asked.before, asked.after].map(|window| means(asked, window));
    let count = |weeks: &[f64]| u32::try_from(weeks.len()).unwrap_or(u32::MAX);
    let weeks = Weeks { before: count(&before), within: count(&within) };
    if weeks.before < FEWEST || weeks.within < FEWEST {
        return Err(weeks);
    }
    let (difference, usual) = compare(asked, &before, &within).ok_or(weeks)?;
    Ok(Judged::told(difference.abs() > usual, asked.towards_good(difference), usual, Basis::Weeks(weeks)))
}

/// Returns the mean of each week of a window that has data, counted back from its end; of a sum or count, for each day.
fn means(asked: &Asked<'_>, window: Window) -> Vec<f64> {
    let weeks = window.days() / 7;
    let first = window.end.plus(-7 * weeks);
    let week = |place: i32| Window { start: first.plus(7 * place), end: first.plus(7 * place + 7) };
    if asked.is_flow() {
        let windows: Vec<Window> = (0..weeks).map(week).collect();
        return asked.values(&windows).into_iter().flatten().collect();
    }
    let points = asked.evidence.point_floats(Window { start: first, ..window });
    let week_of = |day: Day| day.since(first) / 7;
    let runs = points.chunk_by(|a, b| week_of(a.0) == week_of(b.0));
    runs.map(|run| run.iter().map(|point| point.1).sum::<f64>() / run.len() as f64).collect()
}

/// Returns by how much the ends of both sides differ, and by how much they would at most where nothing changed.
fn compare(asked: &Asked<'_>, before: &[f64], within: &[f64]) -> Option<(f64, f64)> {
    let of_value = asked.weeks_of_value().min(before.len()).min(within.len()).max(1);
    let end = |weeks: &[f64]| mean(&weeks[weeks.len() - of_value..]);
    let (from, to) = (end(before), end(within));
    let alike = alike(before);
    let part = (1.0 - alike) / (1.0 + alike);
    // Neighbours that are alike differ by less than weeks do.
    let variance = (jitter(before) + jitter(within)) / 2.0 / (1.0 - alike);
    // Of neighbours' differences three count as much as four that are independent.
    let freedom = (before.len() + within.len() - 2) as f64 * part * 0.75;
    let usual = t(freedom) * (2.0 * variance / (of_value as f64 * part).max(1.0)).sqrt();
    let difference = if (to - from).abs() <= SAME * to.abs().max(from.abs()) { 0.0 } else { to - from };
    (difference.is_finite() && usual.is_finite()).then_some((difference, usual))
}

fn mean(weeks: &[f64]) -> f64 {
    weeks.iter().sum::<f64>() / weeks.len() as f64
}

/// Returns the variance that weeks have by what neighbours differ by; what the arithmetic leaves of equal weeks is 0.
fn jitter(weeks: &[f64]) -> f64 {
    let squares = weeks.windows(2).map(|pair| (pair[1] - pair[0]) * (pair[1] - pair[0])).sum::<f64>();
    let noise = SAME * mean(weeks);
    if squares <= weeks.len() as f64 * noise * noise { 0.0 } else { squares / 2.0 / (weeks.len() as f64 - 1.0) }
}

/// Returns how far weeks resemble the next ones, from 0: the lag-1 correlation of what is off the line of least squares,
/// with what it lacks in short series (Kendall 1954, "Note on bias in the estimation of autocorrelation").
fn alike(weeks: &[f64]) -> f64 {
    let (count, mean) = (weeks.len() as f64, mean(weeks));
    let times = || (0..weeks.len()).map(|place| place as f64 - (count - 1.0) / 2.0);
    let products = times().zip(weeks).map(|(time, week)| time * week).sum::<f64>();
    let slope = products / times().map(|time| time * time).sum::<f64>();
    let off: Vec<f64> = times().zip(weeks).map(|(time, week)| week - mean - slope * time).collect();
    let all = off.iter().map(|off| off * off).sum::<f64>();
    let next = off.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>();
    let found = if all > 0.0 { next / all } else { 0.0 };
    (found + (1.0 + 3.0 * found.max(0.0)) / count).clamp(0.0, MOST_ALIKE)
}

fn t(freedom: f64) -> f64 {
    let place = (freedom.clamp(1.0, 30.0) as usize).saturating_sub(1);
    T.get(place).copied().unwrap_or(T[0])
}
