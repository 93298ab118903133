//! A metric's rows by day: what windows of them come to, and which rows those are.
//!
//! In: rows by day, as `metrics` packed them. Out: values, points and receipts. Never reads a file, and never
//! answers with a number where silence is unknown.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::calendar::{Day, Window};
use super::grain::Grain;
use super::measurement::{Export, Files, Measurement, Point, Receipt, Tally, TooLarge, Used};
use super::metric::{Across, Aggregate};
use super::quantity::Number;
use super::reading::Reading;
use super::seam::{self, Seam};
use super::series::{DaySeries, DayValues, Ints, Numbers, Running};
use super::silence::Silence;

/// The rows of a metric's exports by day, with what else is known of the exports.
#[derive(Debug, Clone)]
pub struct RowData {
    /// The exports, sorted by path.
    pub files: Arc<[Export]>,
    /// How each of them was read, in the same order.
    pub readings: Vec<Reading>,
    /// The conditions on rows as a reader would say them.
    pub filter: Arc<str>,
    /// The series, sorted by label.
    pub series: Vec<DaySeries>,
    /// How several series become one value.
    pub across: Across,
    /// How long a period a row speaks of, behind the last seam.
    pub grain: Grain,
    /// Where other exports went on, oldest first.
    pub seams: Vec<Seam>,
    /// Whether a day's value counts the rows that are there at its end, whenever they came.
    pub is_stock: bool,
    /// What values are multiplied by: 100 for ratios in %.
    pub factor: Number,
    /// The day of the exports' first row of any kind.
    pub first_row: Option<Day>,
    /// When the exports spoke.
    pub silence: Silence,
    /// Rows after the as-of day.
    pub after_as_of: u64,
    /// Rows left out because their time has begun and not ended.
    pub open: u64,
    /// Rows left out because they are sums of others.
    pub totals: u64,
    /// Rows left out because the cell that is measured is empty.
    pub blank: u64,
    /// Rows left out that have no readable date.
    pub undated: u64,
    /// Rows left out because a cell was bad, by day, ascending.
    pub left_out: Vec<(Day, u64)>,
}

impl RowData {
    pub(super) fn measure(&self, window: Window, aggregate: Aggregate) -> Option<Measurement> {
        let files = self.evidence(window);
        let rows = files.iter().map(|(_, used)| used.rows).sum();
        let value = self.value_or_silence(window, aggregate).ok()??;
        let (first, last) = if rows > 0 {
            let mut days = self.days(window);
            let first = days.next()?;
            (first, days.last().unwrap_or(first))
        } else {
            (window.start, self.speaks_until(window)?)
        };
        let left_out = self.left_out.iter().filter(|pair| window.contains(pair.0)).map(|pair| pair.1).sum::<u64>();
        let filter = self.filter.clone();
        let receipt = Receipt { files, rows, left_out: left_out + self.undated, aggregate, filter, window };
        Some(Measurement { value: value.normal(), first, last, receipt })
    }

    /// Returns the window's value; for a sum or a count 0 where there are no rows and the exports speak of the window.
    pub(super) fn value_or_silence(&self, window: Window, aggregate: Aggregate) -> Result<Option<Number>, TooLarge> {
        if self.series.iter().any(|series| !self.range(&series.days, window).is_empty()) {
            return Ok(self.value(window, aggregate)?.map(Number::normal));
        }
        // Of a period that a window cuts nobody knows what belongs into it.
        let is_silent = aggregate.is_flow() && !self.grain_on(window.start).is_cut(window.start, window.start);
        Ok(self.speaks_until(window).filter(|_| is_silent).map(|_| Number::ZERO))
    }

    /// Says whether the book states that the exports are complete up to a day, and no row waits for its end or was bad.
    pub(super) fn is_whole_through(&self, day: Day) -> bool {
        let all_read = self.open == 0 && self.undated == 0 && self.left_out.is_empty();
        all_read && self.silence.is_stated_through(day)
    }

    /// Returns how long a period the rows of a day speak of.
    fn grain_on(&self, day: Day) -> Grain {
        seam::grain_on(&self.seams, day).unwrap_or(self.grain)
    }

    fn scaled(&self, value: Number) -> Result<Number, TooLarge> {
        if self.factor == Number::ONE { Ok(value) } else { value.times(self.factor).ok_or(TooLarge) }
    }

    /// Returns the last day of the window that the exports speak of. They say nothing of a window before their
    /// first row.
    fn speaks_until(&self, window: Window) -> Option<Day> {
        let covered = window.until(self.silence.speaks_until(window.end.plus(-1))?);
        let before = self.first_row.is_some_and(|first| window.end <= first);
        (covered.days() > 0 && !before).then(|| covered.end.plus(-1))
    }

    pub(super) fn value(&self, window: Window, aggregate: Aggregate) -> Result<Option<Number>, TooLarge> {
        let of_series = |series: &DaySeries| {
            let mut places = self.range(&series.days, window);
            if aggregate == Aggregate::Last {
                places.start = places.start.max(places.end.saturating_sub(1));
            }
            let mut running = Running::default();
            places.for_each(|place| running.add(series, place, aggregate));
            running.value(aggregate)
        };
        self.combine(self.series.iter().map(of_series), aggregate)
    }

    /// Combines the series' values; a series without rows counts 0 where values add up over time.
    ///
    /// One series whose value is too large leaves no value: the others alone would look better than they are.
    fn combine(
        &self,
        values: impl Iterator<Item = Result<Option<Number>, TooLarge>>,
        aggregate: Aggregate,
    ) -> Result<Option<Number>, TooLarge> {
        let silent = aggregate.is_flow().then_some(Number::ZERO);
        let mut is_too_large = false;
        let known = values.filter_map(|value| {
            is_too_large |= value.is_err();
            value.ok()?.or(silent)
        });
        let combined = self.across.combine(known)?;
        if is_too_large {
            return Err(TooLarge);
        }
        combined.map(|value| self.scaled(value)).transpose()
    }

    /// Says whether the own value of any day of the window is too large to compute with.
    pub(super) fn has_too_large(&self, window: Window, aggregate: Aggregate) -> bool {
        let of_day = |day: Day| self.value(Window { start: day, end: day.plus(1) }, aggregate);
        self.kept().is_none() && self.days(window).any(|day| of_day(day).is_err())
    }

    pub(super) fn points(&self, window: Window, aggregate: Aggregate) -> Vec<Point> {
        match self.series.as_slice() {
            [series] => self.points_of_one(series, window, aggregate),
            _ => {
                let of_day = |day: Day| self.value(Window { start: day, end: day.plus(1) }, aggregate);
                points(self.days(window), |day| of_day(day).ok().flatten())
            }
        }
    }

    /// Counts rows, where several rows of one series stand on a day and were kept.
    pub(super) fn tally_of_rows(&self, window: Window, admits: &dyn Fn(Number) -> bool) -> Option<Tally> {
        let [series] = self.series.as_slice() else { return None };
        let spread = series.rows.as_ref()?;
        let values = self.range(&series.days, window).flat_map(|place| spread.day(place));
        Some(tally(values.filter_map(|(value, count)| Some((self.scaled(value).ok()?, count))), admits))
    }

    pub(super) fn first_day(&self) -> Option<Day> {
        self.series.iter().filter_map(|series| day_at(&series.days, 0)).min()
    }

    pub(super) fn last_day(&self) -> Option<Day> {
        self.series.iter().filter_map(|series| day_at(&series.days, series.days.len().checked_sub(1)?)).max()
    }

    fn points_of_one(&self, series: &DaySeries, window: Window, aggregate: Aggregate) -> Vec<Point> {
        let value = |place: usize| {
            let mut running = Running::default();
            running.add(series, place, aggregate);
            self.scaled(running.value(aggregate).ok()??).ok()
        };
        let is_plain = self.factor == Number::ONE;
        let value = |place: usize| match &series.values {
            DayValues::One(numbers) if is_plain => Some(numbers.get(place)),
            DayValues::One(numbers) => self.scaled(numbers.get(place)).ok(),
            _ => value(place),
        };
        let places = self.range(&series.days, window);
        let mut points = Vec::with_capacity(places.len());
        points
            .extend(places.filter_map(|place| Some(Point { day: day_at(&series.days, place)?, value: value(place)? })));
        points
    }

    /// Returns the days and their values, where they are kept as they are asked for.
    fn kept(&self) -> Option<(&Ints, &Numbers)> {
        match self.series.as_slice() {
            [DaySeries { days, values: DayValues::One(numbers), .. }] if self.factor == Number::ONE => {
                Some((days, numbers))
            }
            _ => None,
        }
    }

    /// Returns the newest daily values, at most `most`, and how many there are in all, where values are kept as they
    /// are asked for.
    pub(super) fn newest(&self, most: usize) -> Option<(Vec<Point>, usize)> {
        let (days, numbers) = self.kept()?;
        let places = days.len().saturating_sub(most)..days.len();
        let points = places.filter_map(|place| Some(Point { day: day_at(days, place)?, value: numbers.get(place) }));
        Some((points.collect(), days.len()))
    }

    /// Returns the daily values as floats, where they are kept as they are asked for.
    pub(super) fn floats(&self, window: Window) -> Option<Vec<(Day, f64)>> {
        let (days, numbers) = self.kept()?;
        let places = self.range(days, window);
        let mut floats = Vec::with_capacity(places.len());
        days.each(places.clone(), |day| floats.push((Day::from_number(i32::try_from(day).unwrap_or_default()), 0.0)));
        let mut unfilled = floats.iter_mut();
        numbers.each_float(places, |float| {
            if let Some((_, value)) = unfilled.next() {
                *value = float;
            }
        });
        Some(floats)
    }

    pub(super) fn trend(&self, window: Window, aggregate: Aggregate) -> Vec<Point> {
        if let ([series], Aggregate::Last) = (self.series.as_slice(), aggregate) {
            return self.points_of_one(series, window, aggregate);
        }
        let mut states: Vec<(Running, Range<usize>)> =
            self.series.iter().map(|series| (Running::default(), self.range(&series.days, window))).collect();
        let value = |day: Day| {
            let values = states.iter_mut().zip(&self.series).map(|((running, places), series)| {
                let today = |places: &Range<usize>| series.days.get(places.start) <= i64::from(day.number());
                while places.start < places.end && today(places) {
                    running.add(series, places.start, aggregate);
                    places.start += 1;
                }
                running.value(aggregate)
            });
            let values: Vec<Result<Option<Number>, TooLarge>> = values.collect();
            self.combine(values.into_iter(), aggregate).ok().flatten()
        };
        points(self.days(window), value)
    }

    /// Returns the window's days with rows in any series, ascending.
    pub(super) fn days(&self, window: Window) -> Box<dyn Iterator<Item = Day> + '_> {
        let days_of = move |series: &DaySeries| self.range(&series.days, window);
        if let [series] = self.series.as_slice() {
            return Box::new(days_of(series).filter_map(|place| day_at(&series.days, place)));
        }
        let days_of = |series| days_of(series).filter_map(|place| day_at(&series.days, place));
        Box::new(self.series.iter().flat_map(days_of).collect::<BTreeSet<Day>>().into_iter())
    }

    /// Returns the places of the days that belong to a window; a longer period that the window cuts doesn't. A window of
    /// one day asks for what is kept on it.
    fn range(&self, days: &Ints, window: Window) -> Range<usize> {
        let start = days.lower_bound(i64::from(window.start.number()));
        let mut places = start..days.lower_bound(i64::from(window.end.number())).max(start);
        if window.days() > 1 {
            let cut = |day: Day| self.grain_on(day).is_cut(window.start, day);
            while !places.is_empty() && day_at(days, places.start).is_some_and(cut) {
                places.start += 1;
            }
        }
        places
    }

    /// Returns the places of a series' days that belong to a window.
    pub(super) fn places(&self, series: &DaySeries, window: Window) -> Range<usize> {
        self.range(&series.days, window)
    }

    /// Returns how many of the window's days have rows in any series.
    pub(super) fn count_days(&self, window: Window) -> usize {
        match self.series.as_slice() {
            [series] => self.range(&series.days, window).len(),
            _ => self.days(window).count(),
        }
    }

    pub(super) fn evidence(&self, window: Window) -> Files {
        // What is there in a window may have come long before it.
        let window = if self.is_stock { Window { start: Day::MIN, ..window } } else { window };
        let mut files = vec![Used::default(); self.files.len()];
        for (series, evidence) in self.series.iter().flat_map(|s| s.evidence.iter().map(move |e| (s, e))) {
            let Some(file) = files.get_mut(evidence.file) else { continue };
            let places = self.range(evidence.days.as_ref().unwrap_or(&series.days), window);
            let Some((first_line, last_line)) = evidence.lines(places.clone()) else { continue };
            file.first_line = if file.rows == 0 { first_line } else { file.first_line.min(first_line) };
            file.last_line = file.last_line.max(last_line);
            file.rows += evidence.rows(places);
        }
        Files::new(self.files.clone(), files)
    }
}

/// Returns the days whose value is known, with it.
pub(super) fn points(days: impl Iterator<Item = Day>, mut value: impl FnMut(Day) -> Option<Number>) -> Vec<Point> {
    days.filter_map(|day| Some(Point { day, value: value(day)? })).collect()
}

/// Counts what `admits` of values that occur so many times each.
pub(super) fn tally(values: impl Iterator<Item = (Number, u64)>, admits: &dyn Fn(Number) -> bool) -> Tally {
    values.fold(Tally::default(), |tally, (value, count)| {
        let inside = if admits(value) { count } else { 0 };
        Tally { inside: tally.inside + inside, all: tally.all + count }
    })
}

fn day_at(days: &Ints, place: usize) -> Option<Day> {
    (place < days.len()).then(|| i32::try_from(days.get(place)).map(Day::from_number).ok())?
}
