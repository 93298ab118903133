//! Holds: goals to stay on one side of a bound, or between two.
//!
//! `share` (the default) scores the share of the quarter's points inside the bound, `end` 1 or 0 by the metric's
//! value, `always` 1 where no point is outside. Where the metric says how often a value is due (`every`), a period
//! without a point counts as outside: with as many points as a measured period has on average (rounded up), so that
//! leaving out a bad day never helps. Only whole periods are due that aren't holidays; while the quarter runs, days that fresh exports
//! have not reached yet are not due either.
//!
//! A sum or count has no points to compare with a bound per quarter or month: there its value (before the quarter's
//! end the run-rate) is judged, 1 or 0, under the rules of `flow`. A bound per day is
//! compared with the days. A sum that is to stay between two bounds may still rise over the upper one, so it is projected
//! as one that is to stay below. What is said of a bound holds for both: a point is inside where it is inside of each.
//!
//! Until the quarter is over, holds are projections.

use std::cell::Cell;

use super::book::{Moment, Source};
use super::cadence;
use super::evidence::Evidence;
use super::flow::{self, Flow, Standing};
use super::level;
use super::pace::Outlook;
use super::progress::{self, Progress, Scaled};
use super::reach;
use crate::model::calendar::{Day, Window};
use crate::model::goal::{Better, Bound, Hold, Judge, Side};
use crate::model::history::Tally;
use crate::model::quantity::{Number, Quantity, Unit};
use crate::model::scorecard::{HoldTally, KeyResultScore, Reason, RunRate, ScoreState};

/// Bounds with their limits in the finest unit, so that values compare without rounding.
pub(super) struct Fence<'a> {
    bounds: Vec<Bound>,
    unit: Unit,
    metric_unit: &'a Unit,
}

impl<'a> Fence<'a> {
    pub(super) fn new<'b>(
        bounds: impl IntoIterator<Item = &'b Bound> + Clone,
        metric_unit: &'a Unit,
    ) -> Result<Self, Reason> {
        let units = bounds.clone().into_iter().map(|bound| &bound.limit.unit);
        let unit = progress::finest(units.chain([metric_unit]))?;
        let in_unit = |bound: &Bound| {
            let number = progress::convert(bound.limit.number, &bound.limit.unit, &unit)?;
            Ok(Bound { limit: Quantity::new(number, unit.clone()), ..bound.clone() })
        };
        let bounds = bounds.into_iter().map(in_unit).collect::<Result<_, Reason>>()?;
        Ok(Self { bounds, unit, metric_unit })
    }

    /// Says whether a value in the metric's unit is inside, or that it is too large to compute with.
    pub(super) fn admits(&self, value: Number) -> Result<bool, Reason> {
        let value = progress::convert(value, self.metric_unit, &self.unit)?;
        Ok(self.bounds.iter().all(|bound| bound.admits(value)))
    }

    /// Says whether a rate is inside, or that it is too large to compute with; one that has no end is not rounded.
    pub(super) fn admits_rate(&self, value: Scaled) -> Result<bool, Reason> {
        let rounded = self.admits(value.value().ok_or(Reason::TooLarge)?)?;
        let value = value.converted(self.metric_unit, &self.unit)?;
        let admits = |bound: &Bound| Some(bound.admits_at(value.compare(bound.limit.number)?));
        let sides: Option<Vec<bool>> = self.bounds.iter().map(admits).collect();
        Ok(sides.map_or(rounded, |sides| sides.into_iter().all(|inside| inside)))
    }

    /// Returns how many of the window's points are inside, or that one of them is too large to compute with.
    fn tally(&self, evidence: &dyn Evidence, window: Window) -> Result<Tally, Reason> {
        let fault = Cell::new(evidence.has_too_large(window).then_some(Reason::TooLarge));
        let tally = evidence.tally(window, &|value| {
            self.admits(value).unwrap_or_else(|reason| {
                fault.set(Some(reason));
                false
            })
        });
        fault.into_inner().map_or(Ok(tally), Err)
    }
}

/// Returns the way to the inside of a bound.
pub(super) const fn better(side: Side) -> Better {
    match side {
        Side::Below => Better::Lower,
        Side::Above => Better::Higher,
    }
}

/// Scores a hold; `stale` says whether the exports are older than they should be.
pub(super) fn fill(
    card: &mut KeyResultScore,
    hold: &Hold,
    source: &Source<'_>,
    moment: &Moment,
    stale: bool,
) -> Result<Outlook, Reason> {
    let limit = &hold.bound.limit;
    let unit = source.unit(&limit.unit);
    let fence = Fence::new(hold.bounds().collect::<Vec<_>>(), unit)?;
    card.state = if moment.is_over() { ScoreState::Measured } else { ScoreState::Projected };
    if source.is_flow() && !flow::is_daily(source.per(limit.per.as_ref())) {
        return fill_flow(card, hold, &fence, source, moment);
    }
    let window = source.value_window(moment);
    let measurement = source.value_in(window, moment)?;
    let tally = fence.tally(source.evidence, moment.to_date)?;
    if tally.all == 0 && hold.judge != Judge::End {
        return Err(source.no_data(moment));
    }
    let missing = missing(source, moment, stale);
    let points = HoldTally { inside: tally.inside, measured: tally.all, missing };
    // The value of a flow whose bound is per day is the daily rate.
    let value = if source.is_flow() {
        let covered = source.evidence.covered_days(moment.to_date);
        flow::rate(measurement.value, covered, source.per(limit.per.as_ref()), flow::Length::of(moment))
    } else {
        Scaled::plain(measurement.value)
    };
    card.value = Some(value.shown(unit, limit)?);
    card.hold = Some(Box::new(points));
    let inside = fence.admits_rate(value);
    let is_out_of = |bound: &Bound| {
        let admits = || Fence::new([bound], unit)?.admits_rate(value);
        reach::is_extreme(source, moment, better(bound.side)) && admits() == Ok(false)
    };
    let is_outside = hold.bounds().any(is_out_of);
    card.best = reach::is_broken(hold.judge, points, is_outside, moment).then_some(Number::ZERO);
    let progress = match hold.judge {
        Judge::Share => share(points).ok_or(Reason::TooLarge)?,
        Judge::End => one_or_nothing(inside?),
        Judge::Always => one_or_nothing(points.inside == points.measured && points.missing == 0),
    };
    level::settle(card, progress, measurement.last, measurement.receipt);
    Ok(Outlook::Hold)
}

fn fill_flow(
    card: &mut KeyResultScore,
    hold: &Hold,
    fence: &Fence<'_>,
    source: &Source<'_>,
    moment: &Moment,
) -> Result<Outlook, Reason> {
    let limit = &hold.bound.limit;
    // A sum can still rise over a limit above it.
    let upper: Vec<&Bound> = hold.bounds().filter(|bound| bound.side == Side::Below).collect();
    let better = if upper.is_empty() { Better::Higher } else { Better::Lower };
    let flow = Flow::measure(source, moment)?;
    let so_far = Scaled::plain(flow.so_far).shown(fence.metric_unit, limit)?.number;
    let standing = flow.standing(moment, better);
    if standing != Ok(Standing::Whole) && standing != Ok(Standing::Part) {
        let run_rate = RunRate { so_far, covered_days: flow.covered, of_days: flow.of, capped: false };
        card.run_rate = Some(Box::new(run_rate));
        card.state = ScoreState::Projected;
    }
    let per = source.per(limit.per.as_ref());
    let is_over = || Fence::new(upper, fence.metric_unit)?.admits_rate(flow.value(Standing::Part, per));
    if reach::is_spent(source, moment, better) && is_over() == Ok(false) {
        card.best = Some(Number::ZERO);
    }
    let value = flow.value(standing?, per);
    card.reasons.extend(flow.note(moment));
    card.value = Some(value.shown(fence.metric_unit, limit)?);
    let inside = fence.admits_rate(value)?;
    card.hold = Some(Box::new(HoldTally { inside: u64::from(inside), measured: 1, missing: 0 }));
    level::settle(card, one_or_nothing(inside), flow.last, flow.receipt);
    if better == Better::Lower {
        level::hold_back(card);
    }
    Ok(Outlook::Hold)
}

fn one_or_nothing(yes: bool) -> Progress {
    Progress::plain(if yes { Number::ONE } else { Number::ZERO })
}

fn share(points: HoldTally) -> Option<Progress> {
    Progress::share(Number::count(points.inside), Number::count(points.measured.checked_add(points.missing)?))
}

/// Returns how many points were due and are missing.
fn missing(source: &Source<'_>, moment: &Moment, stale: bool) -> u64 {
    let Some(cadence) = source.metric.every else { return 0 };
    let due_until = due_until(source, moment, stale);
    let mut periods = cadence::periods(cadence, Window { start: moment.quarter.window.start, end: due_until });
    periods.retain(|period| !cadence::is_off(*period, |day| source.holidays.contains(&day)));
    let mut days: Vec<Day> = source.evidence.points(moment.to_date).iter().map(|point| point.day).collect();
    days.sort_unstable();
    let points_before = |day: Day| days.partition_point(|&other| other < day);
    let has_points = |window: &&Window| points_before(window.start) < points_before(window.end);
    let (kept, empty): (Vec<&Window>, Vec<&Window>) = periods.iter().partition(has_points);
    if empty.is_empty() {
        return 0;
    }
    let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    let points: u64 = kept.iter().map(|&&window| source.evidence.tally(window, &|_| true).all).sum();
    let usual = points.div_ceil(count(kept.len()).max(1)).max(1);
    count(empty.len()).saturating_mul(usual)
}

/// Returns the first day on which nothing is due yet.
fn due_until(source: &Source<'_>, moment: &Moment, stale: bool) -> Day {
    if moment.is_over() {
        return moment.quarter.window.end;
    }
    let reached = source.evidence.heartbeat().map_or(moment.day, |heartbeat| heartbeat.plus(1));
    if stale { moment.day } else { reached.min(moment.day) }
}
