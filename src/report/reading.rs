//! What a metric shows today: the number that is scored, the same on every page, and how old it is.
//!
//! In: a metric with its history and uses. Out: finished strings. A day's own value is never shown as the metric's.

use super::path;
use super::{Ages, KeyResultReport, Report, TeamReport};
use crate::model::calendar::{Day, Window};
use crate::model::grain::Grain;
use crate::model::history::History;
use crate::model::metric::{Aggregate, Cadence, Metric};
use crate::report::text::Phrases;

/// What a metric shows.
#[derive(Debug, Default)]
pub struct Reading {
    /// The value so far: `17 so far`, `94.5 %`.
    pub value: String,
    /// Where a sum or count is heading: `heading for 26`; empty where nothing is projected.
    pub heading: String,
}

impl Reading {
    /// Returns both parts, as one line.
    #[must_use]
    pub fn line(&self) -> String {
        let parts = [self.value.as_str(), self.heading.as_str()].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    }
}

/// Returns what a metric shows in the current quarter: as its key result shows it, else as it is measured.
#[must_use]
pub fn of_metric(report: &Report<'_>, metric: &Metric) -> Reading {
    let current = report.current();
    let places = report.uses(&metric.id).iter().filter(|place| Some(place.team.quarter) == current);
    let mut uses = places.filter_map(|&place| report.key_result(place));
    let has_value = |known: &KeyResultReport<'_>| known.score.value.is_some() || known.score.run_rate.is_some();
    match uses.find(|known| measures(known, metric) && has_value(known)) {
        Some(known) => {
            let (value, heading) = path::so_far(report.format, &known);
            Reading { value, heading }
        }
        None => Reading { value: measured(report, metric).unwrap_or_default(), heading: String::new() },
    }
}

/// Says whether a metric measures a key result.
#[must_use]
pub fn measures(known: &KeyResultReport<'_>, metric: &Metric) -> bool {
    known.plan.metric.as_ref().is_some_and(|used| used.value == metric.id)
}

/// Returns a metric's value over the current quarter so far; the last one that there is, where it is a level.
fn measured(report: &Report<'_>, metric: &Metric) -> Option<String> {
    let history = report.history(&metric.id)?;
    let quarter = report.quarters.get(report.current()?)?;
    let window = quarter.plan.quarter.window.until(report.as_of());
    let is_level = history.aggregate() == Aggregate::Last;
    let last = || history.latest().filter(|_| is_level).map(|point| point.value);
    let value = history.value(window).ok().flatten().or_else(last)?;
    let shown = report.format.value(value, &report.unit_of(metric));
    let counts = history.aggregate().adds_up(metric.window_days) && !quarter.is_over();
    Some(if counts { Phrases::new(report.format).so_far_of(&shown) } else { shown })
}

impl Ages {
    /// Adds the ages of a team's key results, which are found once for all pages.
    pub fn add<'a>(&mut self, report: &Report<'a>, team: TeamReport<'a>) {
        let known = report.ages.get(team.place.quarter).and_then(|quarter| quarter.get(team.place.team));
        let ages = known.map_or_else(|| Self::of(report, team), |known| *known.get_or_init(|| Self::of(report, team)));
        self.newest = self.newest.into_iter().chain(ages.newest).min();
        self.oldest = self.oldest.max(ages.oldest);
    }

    fn of<'a>(report: &Report<'a>, team: TeamReport<'a>) -> Self {
        let mut ages = Self::default();
        for age in report.key_results(team).filter_map(|known| age(report, &known)) {
            ages.newest = Some(ages.newest.map_or(age, |newest| newest.min(age)));
            ages.oldest = ages.oldest.max(Some(age));
        }
        ages
    }
}

/// Returns how old the data of a key result is, in days.
#[must_use]
pub fn age(report: &Report<'_>, known: &KeyResultReport<'_>) -> Option<i32> {
    let days = known.score.age_days?;
    let until = known.team.team.and_then(|team| team.until);
    let day = known.team.quarter.capped(report.as_of());
    // A team that was dissolved answers for its data up to its last day.
    let on = until.map_or(day, |until| until.min(day));
    let metric = known.metric();
    let history = metric.and_then(|metric| report.history(&metric.id));
    Some(age_on(on, on.plus(-days), grain(metric, history)))
}

/// Returns the day up to which a metric's exports speak, and how old that is.
#[must_use]
pub fn age_of_metric(report: &Report<'_>, metric: &Metric) -> Option<(Day, i32)> {
    let history = report.history(&metric.id)?;
    let on = report.as_of();
    let until = history.speaks_until(on).or_else(|| history.last_day())?.min(on);
    Some((until, age_on(on, until, grain(Some(metric), Some(history)))))
}

/// Returns how long a period one value speaks of: as the rows say, else as the metric says how often one is due.
fn grain(metric: Option<&Metric>, history: Option<&History>) -> Grain {
    let due = match metric.and_then(|metric| metric.every) {
        Some(Cadence::Month) => Grain::Month,
        Some(Cadence::Week) => Grain::Week,
        Some(Cadence::Day | Cadence::Weekday) | None => Grain::Day,
    };
    history.map_or(Grain::Day, History::grain).max(due)
}

/// Returns how old data is that speaks until a day: not old at all while the period behind it runs, since nobody could
/// know more.
fn age_on(on: Day, until: Day, grain: Grain) -> i32 {
    let next = grain.first(until.plus(1));
    let running = Window { start: next, end: grain.last(next).plus(1) };
    if grain != Grain::Day && running.contains(on) { 0 } else { on.since(until) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_not_old_while_the_period_behind_it_runs() {
        let day = |text: &str| Day::parse(text).expect("a day");
        for (grain, until, on, age) in [
            (Grain::Day, "2026-07-31", "2026-08-20", 20),
            (Grain::Month, "2026-07-31", "2026-08-20", 0),
            (Grain::Month, "2026-07-31", "2026-08-31", 0),
            (Grain::Month, "2026-07-31", "2026-09-01", 32),
            (Grain::Week, "2026-08-02", "2026-08-09", 0),
            (Grain::Week, "2026-08-02", "2026-08-10", 8),
            (Grain::Quarter, "2026-06-30", "2026-09-30", 0),
        ] {
            assert_eq!(age_on(day(on), day(until), grain), age, "{until} {on}");
        }
    }
}
