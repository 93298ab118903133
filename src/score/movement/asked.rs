//! What is asked of a history: its value before and in the cycle, and in all the same windows earlier.

use std::iter;

use crate::model::calendar::{Day, Window};
use crate::model::goal::Better;
use crate::model::grain::Grain;
use crate::model::metric::{Aggregate, Metric};
use crate::model::movement::{Basis, Movement, MovementVerdict, Weeks};
use crate::model::scorecard::Aims;
use crate::score::evidence::Evidence;

/// What may have moved.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    metric: &'a Metric,
    evidence: &'a dyn Evidence,
    /// The cycles in which the metric was aimed at.
    aims: &'a [Window],
}

impl<'a> Subject<'a> {
    /// Returns a metric with its history and what is known of who aimed at it.
    #[must_use]
    pub fn of(metric: &'a Metric, evidence: &'a dyn Evidence, aims: &'a Aims) -> Self {
        Self { metric, evidence, aims: aims.get(&metric.id).map_or(&[], Vec::as_slice) }
    }
}

/// A question whether a metric moved.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub(super) evidence: &'a dyn Evidence,
    window_days: Option<i32>,
    /// How long a period a row speaks of, as far as dates tell.
    grain: Grain,
    aims: &'a [Window],
    /// 1 where larger values are better, else −1.
    sign: f64,
    /// How many days the cycle has.
    cycle: i32,
    /// Whether nobody knows the whole time before: the exports begin within it.
    pub(super) begins_within: bool,
    pub(super) before: Window,
    pub(super) after: Window,
}

/// What became of a metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The verdict with what it was told by.
    pub movement: Movement,
    /// By how much the metric changed its good way, in the metric's unit (a sum or count: for each day); below 0 the other
    /// way.
    pub change: f64,
    /// The largest change that would still be usual, in the same unit.
    pub usual: f64,
    /// The value before, in the same unit.
    pub level: f64,
}

/// Days whose readings are the last value.
const LAST_WEEK: i32 = 7;
/// Windows that are looked at, at most: the newest.
const MOST: i32 = 1000;
/// Days that a year of history may lack: what is measured once a week begins on its weekday.
const EDGE: i32 = 7;
/// Numbers that differ by less than this part of their size are the same: sums of floats end in noise.
pub(super) const SAME: f64 = 1e-9;

impl<'a> Asked<'a> {
    /// Asks whether a metric moved over the cycle up to and including a day.
    #[must_use]
    pub fn of_cycle(subject: Subject<'a>, better: Better, cycle: Window, day: Day) -> Self {
        Self::between(subject, better, [cycle.before(), cycle.until(day)], cycle.days())
    }

    /// Asks whether a metric moved from one window to another, which belong to a cycle of so many days.
    #[must_use]
    pub fn between(subject: Subject<'a>, better: Better, [before, after]: [Window; 2], cycle: i32) -> Self {
        let Subject { metric, evidence, aims } = subject;
        let sign = if better == Better::Higher { 1.0 } else { -1.0 };
        let grain = evidence.usual_grain();
        let begins_within = evidence.first_day().is_some_and(|first| first > before.start.plus(EDGE));
        let window_days = metric.window_days;
        let asked = Self { evidence, window_days, grain, aims, sign, cycle, begins_within, before, after };
        if asked.is_flow() { asked.covered() } else { asked }
    }

    /// Returns the same question about the days that the exports cover: days that nobody exported are no zeros.
    fn covered(self) -> Self {
        let first = self.evidence.first_day().unwrap_or(self.before.start);
        let until = self.evidence.speaks_until(self.after.end.plus(-1)).map_or(self.after.start, |day| day.plus(1));
        let before = Window { start: self.before.start.max(first), ..self.before };
        let after = Window { end: self.after.end.min(until).max(self.after.start), ..self.after };
        Self { before, after, ..self }
    }

    /// Says whether values add up over time.
    pub(super) fn is_flow(&self) -> bool {
        self.evidence.aggregate().adds_up(self.window_days)
    }

    /// Returns how long a period a row speaks of.
    pub(super) const fn grain(&self) -> Grain {
        self.grain
    }

    /// Returns how many days the cycle has.
    pub(super) const fn cycle(&self) -> i32 {
        self.cycle
    }

    /// Says whether each row speaks of a month or longer.
    pub(super) fn has_long_rows(&self) -> bool {
        self.grain >= Grain::Month
    }

    /// Says whether less than a third of the cycle is behind it.
    pub(super) fn is_early(&self) -> bool {
        self.days() * 3 < self.cycle
    }

    /// Returns from how many days before it the value's end is compared.
    pub(super) const fn days(&self) -> i32 {
        self.after.end.since(self.before.end)
    }

    /// Returns a change as one towards what is good.
    pub(super) fn towards_good(&self, change: f64) -> f64 {
        self.sign * change
    }

    /// Returns the value before, and by how much it changed its good way.
    pub(super) fn change(&self) -> Option<(f64, f64)> {
        let [before, after] = [self.before, self.after].map(|window| self.values(&[window]).pop().flatten());
        Some((before?, self.sign * change(before?, after?)?))
    }

    /// Returns the values of windows that ascend; of a sum or count, for each day.
    pub(super) fn values(&self, windows: &[Window]) -> Vec<Option<f64>> {
        if self.is_last() {
            return self.last_weeks(windows);
        }
        let mut values = self.evidence.slide(windows);
        if self.is_flow() {
            for (value, window) in values.iter_mut().zip(windows) {
                *value = value.filter(|_| window.days() > 0).map(|value| value / f64::from(window.days()));
            }
        }
        values
    }

    /// Says whether the last reading counts.
    pub(super) fn is_last(&self) -> bool {
        self.evidence.aggregate() == Aggregate::Last && self.window_days.is_none()
    }

    /// Returns the mean of the readings in each window's last week, else its last reading. Of a value that is read every day
    /// a single one says little: a step of three standard deviations would be seen in two of three quarters.
    fn last_weeks(&self, windows: &[Window]) -> Vec<Option<f64>> {
        let Some((first, last)) = windows.first().zip(windows.last()) else { return Vec::new() };
        let points = self.evidence.point_floats(Window { start: first.start, end: last.end });
        let sums = iter::once(0.0).chain(points.iter().scan(0.0, |sum, point| {
            *sum += point.1;
            Some(*sum)
        }));
        let sums: Vec<f64> = sums.collect();
        let before = |day: Day| points.partition_point(|point| point.0 < day);
        let value = |window: &Window| {
            let (start, end) = (before(window.start.max(window.end.plus(-LAST_WEEK))), before(window.end));
            if start < end {
                return Some((sums[end] - sums[start]) / (end - start) as f64);
            }
            points.get(end.checked_sub(1)?).filter(|point| point.0 >= window.start).map(|point| point.1)
        };
        windows.iter().map(value).collect()
    }

    /// Returns the first day of the history that is looked at: what another export told is no measure of this one.
    pub(super) fn first_day(&self) -> Option<Day> {
        let part = self.evidence.part_of(self.before.end.plus(-1));
        self.evidence.first_day().map(|first| first.max(part.start))
    }

    /// Says whether so many years of history lie before the cycle.
    pub(super) fn has_years(&self, years: i32) -> bool {
        self.first_day().is_some_and(|first| self.before.end.since(first) >= 365 * years - EDGE)
    }

    /// Returns the changes of the good way over all earlier windows, the newest first: each ends before the cycle, and the
    /// history reaches back to what it is compared with. Nothing where a window has no value, or where the metric was aimed
    /// at: what people worked on doesn't tell how it moves by itself.
    pub(super) fn earlier_changes(&self) -> Vec<Option<f64>> {
        let Some(first) = self.first_day() else { return Vec::new() };
        let step = Step::of(self.grain);
        let is_known = |windows: &[Window; 2]| self.begins(windows[0]) >= first;
        let pairs =
            (self.first_step(step)..).map(|back| [self.before, self.after].map(|window| step.back(window, back)));
        let pairs: Vec<[Window; 2]> = pairs.take_while(is_known).take(MOST as usize).collect();
        let side = |side: usize| self.values(&pairs.iter().rev().map(|pair| pair[side]).collect::<Vec<_>>());
        let both = iter::zip(side(0), side(1)).rev();
        let changes = both.map(|(before, after)| Some(self.sign * change(before?, after?)?));
        iter::zip(changes, &pairs).map(|(change, pair)| change.filter(|_| !self.is_aimed_at(pair))).collect()
    }

    /// Says whether the metric was aimed at between two windows.
    fn is_aimed_at(&self, [before, after]: &[Window; 2]) -> bool {
        self.is_aimed_in(Window { start: before.end, end: after.end })
    }

    /// Says whether the metric was aimed at on any day of a window.
    pub(super) fn is_aimed_in(&self, window: Window) -> bool {
        let next = self.aims.partition_point(|aim| aim.end <= window.start);
        self.aims.get(next).is_some_and(|aim| aim.start < window.end)
    }

    /// Says whether a year in which nobody aimed at the metric may lie before the cycle, by its days alone: where every
    /// quarter has its goal, no window need be looked at.
    pub(super) fn may_have_a_free_year(&self) -> bool {
        let Some(first) = self.first_day() else { return false };
        let within = |aim: &Window| Window { start: aim.start.max(first), end: aim.end.min(self.before.end) }.days();
        let free = self.before.end.since(first) - self.aims.iter().map(within).sum::<i32>();
        let windows = usize::try_from(Step::of(self.grain).count(free.max(0))).unwrap_or_default();
        windows >= self.windows_of_a_free_year()
    }

    /// Returns how many windows a year without aims has.
    pub(super) fn windows_of_a_free_year(&self) -> usize {
        let days = 365 - EDGE - self.days() - self.length(self.before);
        usize::try_from(Step::of(self.grain).count(days.max(0))).unwrap_or_default()
    }

    /// Returns how many windows a year is back, where it is a whole number of them.
    pub(super) fn windows_of_a_year(&self) -> Option<usize> {
        usize::try_from(Step::of(self.grain).of_a_year()).ok()
    }

    /// Returns how many windows from this one the newest earlier one is.
    pub(super) fn windows_to_earlier(&self) -> usize {
        usize::try_from(self.first_step(Step::of(self.grain))).unwrap_or_default()
    }

    /// Returns how many weeks lie in the period before the cycle.
    pub(super) fn weeks_before(&self) -> u32 {
        u32::try_from(self.before.days() / 7).unwrap_or_default()
    }

    /// Returns how many weeks a value speaks of.
    pub(super) fn weeks_of_value(&self) -> usize {
        usize::try_from((self.length(self.before) + 3) / 7).unwrap_or(1)
    }

    /// Returns how many windows in a row see some of the same days.
    pub(super) fn overlap(&self) -> i32 {
        let step = Step::of(self.grain);
        (step.count(self.length(self.before)) + step.count(self.length(self.after))).max(1)
    }

    fn first_step(&self, step: Step) -> i32 {
        let is_earlier = |back: &i32| step.back(self.after, *back).end <= self.before.end;
        (1..=self.days().max(1)).find(is_earlier).unwrap_or(1)
    }

    /// Returns the first day that the value of a window looks at.
    pub(super) fn begins(&self, window: Window) -> Day {
        window.end.plus(-self.length(window))
    }

    /// Returns how many days a value speaks of.
    pub(super) fn length(&self, window: Window) -> i32 {
        match (self.evidence.aggregate(), self.window_days) {
            (_, Some(days)) => days.max(1),
            (Aggregate::Last, None) => LAST_WEEK,
            (_, None) => window.days(),
        }
    }
}

/// How far windows are from each other.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    Days(i32),
    Months(i32),
}

impl Step {
    /// Returns the step by which values can differ at all.
    pub(super) const fn of(grain: Grain) -> Self {
        match grain {
            Grain::Day => Self::Days(1),
            Grain::Week => Self::Days(7),
            Grain::Month => Self::Months(1),
            Grain::Quarter => Self::Months(3),
            Grain::Year => Self::Months(12),
        }
    }

    /// Returns the window so many steps back; by months, as many days into a month.
    pub(super) fn back(self, window: Window, steps: i32) -> Window {
        let back = |day: Day| match self {
            Self::Days(days) => day.plus(-days * steps),
            Self::Months(months) => day.month_start(-months * steps).plus(day.since(day.month_start(0))),
        };
        Window { start: back(window.start), end: back(window.end) }
    }

    /// Returns how many steps a year is: of days, 52 weeks, so that weekdays meet weekdays.
    const fn of_a_year(self) -> i32 {
        match self {
            Self::Days(days) => 364 / days,
            Self::Months(months) => 12 / months,
        }
    }

    /// Returns how many steps so many days are.
    const fn count(self, days: i32) -> i32 {
        match self {
            Self::Days(step) => (days + step - 1) / step,
            Self::Months(step) => (days + 15 + 30 * step) / (31 * step),
        }
    }
}

/// Returns by how much a value changed; nothing where that is no number, and 0 where it is noise of the arithmetic.
fn change(before: f64, after: f64) -> Option<f64> {
    let change = after - before;
    let is_noise = change.abs() <= SAME * before.abs().max(after.abs());
    if is_noise { Some(0.0) } else { Some(change).filter(|change| change.is_finite()) }
}

impl Judged {
    /// Returns that nothing can be told.
    pub(super) const fn unknown(weeks: Weeks) -> Self {
        let movement = Movement { verdict: MovementVerdict::Unknown, basis: Basis::TooFew(weeks) };
        Self { movement, change: 0.0, usual: 0.0, level: 0.0 }
    }

    /// Returns a verdict on a change that is unusual, or isn't.
    pub(super) fn told(is_unusual: bool, change: f64, usual: f64, basis: Basis) -> Self {
        let verdict = match is_unusual {
            true if change > 0.0 => MovementVerdict::Moved,
            true if change < 0.0 => MovementVerdict::Back,
            _ => MovementVerdict::Usual,
        };
        Self { movement: Movement { verdict, basis }, change, usual, level: 0.0 }
    }
}
