//! What every score needs: the book's plan and histories, the moment of judging, and a key result's source.
//!
//! Finds things and asks for windows; computes no score.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Included};

use super::Policy;
use super::evidence::Evidence;
use crate::model::calendar::{Day, Quarter, Window};
use crate::model::grain::Grain;
use crate::model::history::Measurement;
use crate::model::ids::Slug;
use crate::model::ledger::Start;
use crate::model::metric::{Measure, Metric, Query};
use crate::model::plan::{KeyResult, Plan};
use crate::model::quantity::{Per, Unit};
use crate::model::scorecard::{Aims, FinalMissing, QuarterState, Reason};

/// What is scored, and by which rules.
pub(super) struct Book<'a, E> {
    pub(super) plan: &'a Plan,
    pub(super) histories: &'a BTreeMap<Slug, E>,
    pub(super) policy: &'a Policy,
    /// The cycles in which each metric was aimed at.
    pub(super) aims: &'a Aims,
}

/// A quarter and the day up to which it is judged.
pub(super) struct Moment {
    pub(super) quarter: Quarter,
    pub(super) state: QuarterState,
    /// The as-of day, capped at the quarter's last day.
    pub(super) day: Day,
    /// The quarter's days up to and including that day.
    pub(super) to_date: Window,
    /// The day by which data is judged to be old: the same, or the last one of a team that was dissolved before.
    pub(super) fresh_on: Day,
}

/// What measures a key result.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) metric: &'a Metric,
    pub(super) evidence: &'a dyn Evidence,
    /// Where it stood when the quarter began, where a lock recorded it.
    pub(super) start: Option<&'a Start>,
    /// After how many days of silence its value is stale.
    pub(super) patience: i32,
    /// Days on which nobody works, so that no value is due.
    pub(super) holidays: &'a BTreeSet<Day>,
}

impl<'a, E: Evidence> Book<'a, E> {
    /// Returns what measures by the metric `id`, or why nothing does.
    pub(super) fn source(&self, id: Option<&Slug>) -> Result<Source<'a>, Reason> {
        let metric = id.and_then(|id| self.plan.metrics.get(id)).ok_or(Reason::NoMetric)?;
        let evidence = self.histories.get(&metric.id).filter(|evidence| evidence.usable());
        let evidence = evidence.ok_or(Reason::ExportUnusable)?;
        let patience = self.stale_after(metric, evidence);
        Ok(Source { metric, evidence, start: None, patience, holidays: &self.plan.holidays })
    }

    /// Returns what measures a key result, or why nothing does.
    pub(super) fn source_of<'k>(&self, key_result: &'k KeyResult) -> Result<Source<'k>, Reason>
    where
        'a: 'k,
    {
        let metric = key_result.metric.as_ref().map(|metric| &metric.value);
        let locked = key_result.commitment.locked().filter(|locked| locked.terms.metric.as_ref() == metric);
        Ok(Source { start: locked.and_then(|locked| locked.start.as_ref()), ..self.source(metric)? })
    }

    /// Says whether a key result without a score now counts 0.
    pub(super) fn counts_missing_as_zero(&self, moment: &Moment) -> bool {
        moment.is_over() && self.policy.final_missing == FinalMissing::Zero
    }

    /// Returns after how many days without data a metric's value is stale: a period more where rows
    /// speak of periods, or come in their rhythm.
    fn stale_after(&self, metric: &Metric, evidence: &dyn Evidence) -> i32 {
        let grain = evidence.usual_grain();
        let next = if grain == Grain::Day { 0 } else { grain.days() };
        metric.fresh_within.unwrap_or(self.policy.stale_after).saturating_add(next)
    }
}

impl Moment {
    pub(super) fn new(quarter: Quarter, as_of: Day) -> Self {
        let state = if quarter.is_over(as_of) {
            QuarterState::Over
        } else if as_of < quarter.window.start {
            QuarterState::Upcoming
        } else {
            QuarterState::Open
        };
        let day = quarter.capped(as_of);
        Self { quarter, state, day, to_date: quarter.window.until(as_of), fresh_on: day }
    }

    /// Returns the moment as a team sees it that may have been dissolved on a day.
    pub(super) fn of_team(&self, until: Option<Day>) -> Self {
        Self { fresh_on: until.map_or(self.day, |until| until.min(self.day)), ..*self }
    }

    /// Returns the moment of a deadline on which all is decided, once that day has come.
    pub(super) fn of_deadline(&self, day: Day) -> Option<Self> {
        let is_before_the_end = self.quarter.window.contains(day.plus(1));
        (is_before_the_end && day <= self.day).then(|| Self {
            state: QuarterState::Over,
            day,
            to_date: self.quarter.window.until(day),
            fresh_on: self.fresh_on.min(day),
            ..*self
        })
    }

    /// Returns the last day that an export may hold whole: of the day that runs no export is.
    fn last_whole_day(&self) -> Day {
        if self.is_open() { self.day.plus(-1) } else { self.day }
    }

    pub(super) fn is_over(&self) -> bool {
        self.state == QuarterState::Over
    }

    pub(super) fn is_open(&self) -> bool {
        self.state == QuarterState::Open
    }

    /// Returns how many days the quarter has.
    pub(super) const fn quarter_days(&self) -> i32 {
        self.quarter.window.days()
    }
}

impl Source<'_> {
    /// Returns the unit of the history's values; `otherwise` where the metric has none of its own.
    pub(super) fn unit<'u>(&'u self, otherwise: &'u Unit) -> &'u Unit {
        self.metric.unit.as_ref().map_or(otherwise, |unit| &unit.value)
    }

    /// Says whether the value adds up over the quarter. A sum over a trailing window of its own doesn't.
    pub(super) fn is_flow(&self) -> bool {
        self.evidence.aggregate().adds_up(self.metric.window_days)
    }

    /// Says whether its values are quotients, which may have no end.
    pub(super) fn divides(&self) -> bool {
        self.evidence.aggregate().divides()
    }

    /// Returns what a flow is counted over: as the goal says, else as the metric says, else nothing.
    pub(super) fn per<'p>(&'p self, goal: Option<&'p Per>) -> Option<&'p Per> {
        goal.filter(|per| matches!(per, Per::Time(_))).or(self.metric.per.as_ref())
    }

    /// Returns the window whose value counts as of the moment: the metric's own trailing one, else the quarter so far.
    ///
    /// A trailing sum or count ends where the exports end: days that nobody exported would count as zero.
    pub(super) fn value_window(&self, moment: &Moment) -> Window {
        let Some(days) = self.metric.window_days else { return moment.to_date };
        let speaks_until = || self.evidence.speaks_until(moment.day).map(|last| last.min(moment.day));
        let end = if self.evidence.aggregate().is_flow() { speaks_until() } else { None }.unwrap_or(moment.day).plus(1);
        Window { start: end.plus(-days.max(1)), end }
    }

    /// Returns the value of a window, where there is data.
    ///
    /// # Errors
    ///
    /// Where a number on the way to it is too large to compute with.
    pub(super) fn measure(&self, window: Window) -> Result<Option<Measurement>, Reason> {
        let measurement = self.evidence.measure(window);
        if measurement.is_none() && self.evidence.is_too_large(window) {
            return Err(Reason::TooLarge);
        }
        Ok(measurement)
    }

    /// Returns the value of a window that must have one, or why it has none.
    pub(super) fn value_in(&self, window: Window, moment: &Moment) -> Result<Measurement, Reason> {
        if self.evidence.aggregate().is_flow()
            && let Some(first) = self.evidence.cut_in(window)
        {
            return Err(Reason::CutExport { first });
        }
        self.measure(window)?.ok_or_else(|| self.no_data(moment))
    }

    /// Returns why a window has no value.
    pub(super) fn no_data(&self, moment: &Moment) -> Reason {
        let last = self.evidence.last_day();
        if self.evidence.aggregate().is_flow() && last.is_none() && self.evidence.heartbeat().is_none() {
            return Reason::SilenceUnknown;
        }
        // What came after the quarter doesn't say that there was nothing before it.
        let known = Window { start: Day::MIN, end: moment.day.plus(1) };
        let before = || self.evidence.points(known).last().map(|point| point.day);
        let last = last.and_then(|day| if day <= moment.day { Some(day) } else { before() });
        match last.filter(|_| self.averages_all_until(moment)) {
            Some(last) => Reason::NothingHappened { last },
            None => Reason::NoDataInWindow(last),
        }
    }

    /// Says whether its values are averages of rows, and the book says that no row is missing.
    fn averages_all_until(&self, moment: &Moment) -> bool {
        self.divides() && self.evidence.is_whole_through(moment.last_whole_day())
    }

    /// Returns how many days before the moment the data ends, given the last day with data that was used.
    pub(super) fn age(&self, moment: &Moment, measured_on: Option<Day>) -> Option<i32> {
        self.last_day(moment, moment.fresh_on, measured_on).map(|day| moment.fresh_on.since(day))
    }

    /// Says whether the data is older than it may be, given the last day with data that was used. Holidays age nothing.
    pub(super) fn is_stale(&self, moment: &Moment, measured_on: Option<Day>) -> bool {
        self.last_day(moment, moment.fresh_on, measured_on).is_some_and(|last| {
            let off = self.holidays.range((Excluded(last), Included(moment.fresh_on))).count();
            moment.fresh_on.since(last) > self.patience.saturating_add(i32::try_from(off).unwrap_or(i32::MAX))
        })
    }

    /// Says whether rows of any kind show that the export goes on, since its rows are what happened; and averages that the
    /// book says to rest on all rows are as old as that.
    fn speaks_by_any_row(&self, moment: &Moment) -> bool {
        let is_time =
            matches!(&self.metric.query, Query::Rows(rows) if matches!(rows.measure, Measure::Duration { .. }));
        let is_whole = || self.divides() && self.evidence.is_stated_through(moment.last_whole_day());
        is_time || self.evidence.aggregate().is_flow() || is_whole()
    }

    /// Returns the last day of the moment's that the data speaks of, given the last day with data that was used.
    ///
    /// The exports' heartbeat says it. Where the exports go on after the moment (a quarter that is over), they
    /// covered a flow, or times between what happened, up to it; any other value is as old as the last reading that it rests on.
    pub(super) fn data_day(&self, moment: &Moment, measured_on: Option<Day>) -> Option<Day> {
        self.last_day(moment, moment.day, measured_on)
    }

    fn last_day(&self, moment: &Moment, day: Day, measured_on: Option<Day>) -> Option<Day> {
        let goes_on = self.evidence.heartbeat().is_some_and(|heartbeat| heartbeat > day);
        let speaks_until = self.evidence.speaks_until(day).or(measured_on)?;
        let reading = measured_on.filter(|_| goes_on && !self.speaks_by_any_row(moment));
        Some(reading.unwrap_or(speaks_until).min(day))
    }
}
