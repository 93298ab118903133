//! Counts: how likely are two counts that differ as much where nothing changed?
//!
//! The exact binomial test (Przyborowski and Wilenski 1940, "Homogeneity of results in testing samples from Poisson
//! series"): of all events, each falls into the cycle with the cycle's share of the days. Twice the smaller tail. It takes
//! events as coming one by one; many of them come in bundles, and are judged as other sums are.

use super::asked::{Asked, Judged};
use crate::model::calendar::Window;
use crate::model::grain::Grain;
use crate::model::metric::Aggregate;
use crate::model::movement::{Basis, Counts};
use crate::model::quantity::Number;

/// Events in both periods, at most.
const MOST: u64 = 100;
/// The chance up to which counts differ by more than luck.
const RARE: f64 = 0.05;

/// Returns the verdict by counts; nothing where no events are counted, or too many, or the export
/// begins within the time before.
pub(super) fn judge(asked: &Asked<'_>) -> Option<Judged> {
    let of_events = asked.is_flow() && asked.evidence.aggregate() == Aggregate::Count;
    // A list that begins within the time before says nothing of how rare its events were then.
    if !of_events || asked.evidence.grain() != Grain::Day || asked.begins_within {
        return None;
    }
    let [before, within] = [asked.before, asked.after].map(|window| count(asked, window));
    let (before, within) = (before?, within?);
    let all = before + within;
    if all > MOST {
        return None;
    }
    let [days_before, days_within] = [asked.before, asked.after].map(Window::days);
    let part = f64::from(days_within) / f64::from(days_before + days_within);
    let terms = terms(all, part);
    let chance = chance(&terms, within);
    let rate = |count: u64, days: i32| count as f64 / f64::from(days);
    let change_to = |count: u64| asked.towards_good(rate(count, days_within) - rate(before, days_before));
    let change = change_to(within);
    // The largest change of this way that chance alone explains.
    let usual = (0..=all)
        .filter(|&other| {
            let other_terms = self::terms(before + other, part);
            self::chance(&other_terms, other) > RARE && (change_to(other) < 0.0) == (change < 0.0)
        })
        .map(|other| change_to(other).abs())
        .fold(0.0, f64::max);
    let chance_shown = Number::from_float(chance, 4)?.normal();
    let counts = Counts { before, days_before, within, days_within, chance: chance_shown };
    Some(Judged::told(chance <= RARE, change, usual, Basis::Counts(counts)))
}

fn count(asked: &Asked<'_>, window: Window) -> Option<u64> {
    asked.evidence.slide(&[window]).pop().flatten().map(|count| count.round().max(0.0) as u64)
}

/// Returns how likely 0, 1, 2 … of all events fall into the cycle, each by the chance `part`.
fn terms(all: u64, part: f64) -> Vec<f64> {
    let mut term = (0..all).fold(1.0, |term, _| term * (1.0 - part));
    let odds = part / (1.0 - part);
    let mut terms = vec![term];
    for place in 0..all {
        term *= odds * (all - place) as f64 / (place + 1) as f64;
        terms.push(term);
    }
    terms
}

/// Returns twice the smaller tail that holds the count, at most 1.
fn chance(terms: &[f64], count: u64) -> f64 {
    let place = usize::try_from(count).unwrap_or(usize::MAX).min(terms.len() - 1);
    let lower = terms[..=place].iter().sum::<f64>();
    let upper = terms[place..].iter().sum::<f64>();
    (2.0 * lower.min(upper)).min(1.0)
}
