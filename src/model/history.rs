//! Histories: what a metric's exports say, kept by day so that any window can be asked of it.
//!
//! In: rows by day, as `metrics` packed them. Out: values of windows with their receipts, trends, points.
//! Never reads a file, and never answers with a number where silence is unknown.

use std::sync::Arc;

use super::calendar::{Day, Window};
use super::daily::{RowData, points, tally};
use super::grain::Grain;
use super::ids::Slug;
pub use super::measurement::{Export, FileEvidence, Files, Measurement, Point, Receipt, Tally, TooLarge, Used};
use super::metric::{Aggregate, Metric, factor_of};
use super::quantity::Number;
use super::quotient::{self, Known, Measured};
use super::ready_made;
use super::seam;

/// What a metric's exports say, up to the as-of day.
///
/// Values are in the metric's unit; a ratio whose unit is % is times 100.
#[derive(Debug, Clone)]
pub struct History {
    metric: Slug,
    aggregate: Aggregate,
    window_days: Option<i32>,
    pub(super) source: Source,
}

/// Where values come from.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Unusable,
    Rows(Arc<RowData>),
    Ratio(Arc<Ratio>),
}

/// The ratio of two histories, times a factor.
#[derive(Debug)]
pub(super) struct Ratio {
    of: History,
    to: History,
    pub(super) factor: Number,
}

impl History {
    /// Returns a history of rows.
    #[must_use]
    pub fn of_rows(metric: &Metric, rows: RowData) -> Self {
        Self { source: Source::Rows(Arc::new(rows)), ..Self::unusable(metric) }
    }

    /// Returns the history of one metric's values over another's.
    #[must_use]
    pub fn of_ratio(metric: &Metric, of: Self, to: Self) -> Self {
        if !of.usable() || !to.usable() {
            return Self::unusable(metric);
        }
        let ratio = Ratio { of, to, factor: factor_of(metric) };
        Self { source: Source::Ratio(Arc::new(ratio)), ..Self::unusable(metric) }
    }

    /// Returns the history of a metric whose exports could not be used.
    #[must_use]
    pub fn unusable(metric: &Metric) -> Self {
        Self {
            metric: metric.id.clone(),
            aggregate: metric.aggregate,
            window_days: metric.window_days,
            source: Source::Unusable,
        }
    }

    /// Returns a history of ready-made daily values, as an export `metrics/ID.csv` of one row a day would give
    /// (for `count`, the value is the number of rows).
    #[must_use]
    pub fn of_points(metric: Slug, aggregate: Aggregate, points: &[Point], heartbeat: Option<Day>) -> Self {
        let rows = ready_made::rows(&metric, aggregate, points, heartbeat);
        Self { metric, aggregate, window_days: None, source: Source::Rows(Arc::new(rows)) }
    }

    /// Returns the same history with a trailing window of its own, or without one.
    #[must_use]
    pub fn trailing(self, window_days: Option<i32>) -> Self {
        Self { window_days, ..self }
    }

    /// Returns the metric's id.
    #[must_use]
    pub const fn metric(&self) -> &Slug {
        &self.metric
    }

    /// Says whether the exports could be used at all; where not, diagnostics say why.
    #[must_use]
    pub const fn usable(&self) -> bool {
        !matches!(self.source, Source::Unusable)
    }

    /// Returns how rows become one value.
    #[must_use]
    pub const fn aggregate(&self) -> Aggregate {
        self.aggregate
    }

    /// Returns the metric's value for the window, which must not reach behind the as-of day.
    ///
    /// A metric with a trailing window of its own is measured over that window, ending where `window` ends.
    /// Without any row a count or a sum is 0 where the exports speak of the window, and nothing where they don't.
    #[must_use]
    pub fn measure(&self, window: Window) -> Option<Measurement> {
        let window = self.effective(window);
        match &self.source {
            Source::Unusable => None,
            Source::Rows(rows) => rows.measure(window, self.aggregate),
            Source::Ratio(ratio) => ratio.measure(window, self.aggregate),
        }
    }

    /// Returns the metric's value for the window without its evidence, as [`measure`](Self::measure) finds it.
    ///
    /// # Errors
    ///
    /// Where a number on the way to it is too large to compute with: then there is no value either.
    pub fn value(&self, window: Window) -> Result<Option<Number>, TooLarge> {
        let window = self.effective(window);
        match &self.source {
            Source::Unusable => Ok(None),
            Source::Rows(rows) => rows.value_or_silence(window, self.aggregate),
            Source::Ratio(ratio) => ratio.value(window),
        }
    }

    /// Says whether the own value of any of the window's days is too large to compute with; such days have no point.
    #[must_use]
    pub fn has_too_large(&self, window: Window) -> bool {
        match &self.source {
            Source::Unusable => false,
            Source::Rows(rows) => rows.has_too_large(window, self.aggregate),
            Source::Ratio(ratio) => ratio.spans(window).into_iter().any(|span| ratio.value(span).is_err()),
        }
    }

    /// Returns, for each day with data, the value as of that day: that of the window up to and including it.
    #[must_use]
    pub fn trend(&self, window: Window) -> Vec<Point> {
        let until = |day: Day| Window { start: window.start, end: day.plus(1) };
        match &self.source {
            Source::Unusable => Vec::new(),
            Source::Rows(rows) if self.window_days.is_none() => rows.trend(window, self.aggregate),
            Source::Rows(rows) => {
                let value = |day| rows.value(self.effective(until(day)), self.aggregate).ok().flatten();
                points(rows.days(window), value)
            }
            Source::Ratio(ratio) => {
                let value = |day| ratio.value(self.effective(until(day))).ok().flatten();
                points(ratio.spans(window).into_iter().map(|span| span.end.plus(-1)), value)
            }
        }
    }

    /// Returns, for each day with data, that day's own value.
    #[must_use]
    pub fn points(&self, window: Window) -> Vec<Point> {
        match &self.source {
            Source::Unusable => Vec::new(),
            Source::Rows(rows) => rows.points(window, self.aggregate),
            Source::Ratio(ratio) => {
                let spans = ratio.spans(window).into_iter();
                spans.filter_map(|span| Some(Point { day: span.start, value: ratio.value(span).ok()?? })).collect()
            }
        }
    }

    /// Returns the newest of the days' own values, at most `most`, and how many there are in all.
    #[must_use]
    pub fn newest_points(&self, most: usize) -> (Vec<Point>, usize) {
        let kept = match &self.source {
            Source::Rows(rows) => rows.newest(most),
            Source::Unusable | Source::Ratio(_) => None,
        };
        kept.unwrap_or_else(|| {
            let mut points = self.points(Window { start: Day::MIN, end: Day::MAX });
            let all = points.len();
            points.drain(..all.saturating_sub(most));
            (points, all)
        })
    }

    /// Returns the [`trend`](Self::trend) as floats.
    #[must_use]
    pub fn trend_floats(&self, window: Window) -> Vec<(Day, f64)> {
        let kept = match &self.source {
            Source::Rows(rows) if self.window_days.is_none() && self.aggregate == Aggregate::Last => {
                rows.floats(window)
            }
            _ => None,
        };
        kept.unwrap_or_else(|| floats(&self.trend(window)))
    }

    /// Returns the [`points`](Self::points) as floats.
    #[must_use]
    pub fn point_floats(&self, window: Window) -> Vec<(Day, f64)> {
        let kept = match &self.source {
            Source::Rows(rows) => rows.floats(window),
            Source::Unusable | Source::Ratio(_) => None,
        };
        kept.unwrap_or_else(|| floats(&self.points(window)))
    }

    /// Returns how many of the window's days have data, for one series of rows without looking at them.
    #[must_use]
    pub fn days_with_data(&self, window: Window) -> usize {
        match &self.source {
            Source::Unusable => 0,
            Source::Rows(rows) => rows.count_days(window),
            Source::Ratio(ratio) => ratio.spans(window).len(),
        }
    }

    /// Returns the newest day's own value.
    #[must_use]
    pub fn latest(&self) -> Option<Point> {
        let from = |start| self.points(Window { start, end: Day::MAX }).pop();
        let of_last_day = match &self.source {
            Source::Rows(rows) => rows.last_day().and_then(from),
            Source::Unusable | Source::Ratio(_) => None,
        };
        of_last_day.or_else(|| from(Day::MIN))
    }

    /// Counts what `admits` of the window's values: of the rows where several stand on a day and each is a
    /// point of its own, else of the daily points.
    pub fn tally(&self, window: Window, admits: &dyn Fn(Number) -> bool) -> Tally {
        let of_rows = match &self.source {
            Source::Rows(rows) => rows.tally_of_rows(window, admits),
            Source::Unusable | Source::Ratio(_) => None,
        };
        of_rows.unwrap_or_else(|| tally(self.points(window).iter().map(|point| (point.value, 1)), admits))
    }

    /// Returns the day up to which the exports speak: of their last row of any kind (for `last`, of the last row
    /// that was read, so that other series don't keep a silent one fresh), or up to which the book says that they
    /// are complete; never after the as-of day.
    #[must_use]
    pub fn heartbeat(&self) -> Option<Day> {
        match &self.source {
            Source::Unusable => None,
            Source::Rows(rows) => rows.silence.heartbeat,
            Source::Ratio(ratio) => Some(ratio.of.heartbeat()?.min(ratio.to.heartbeat()?)),
        }
    }

    /// Returns up to which day, at most `day`, the exports can be believed: up to the heartbeat, or to the day where a list
    /// of events was silent for no longer than usual.
    #[must_use]
    pub fn speaks_until(&self, day: Day) -> Option<Day> {
        match &self.source {
            Source::Unusable => None,
            Source::Rows(rows) => rows.silence.speaks_until(day),
            Source::Ratio(ratio) => {
                let [of, to] = ratio.both(|part| part.speaks_until(day));
                Some(of?.min(to?))
            }
        }
    }

    /// Returns the day since which a list of events is silent before `day`, for longer than it ever was and than
    /// `patience` days; nothing where no silence is to be explained.
    #[must_use]
    pub fn silent_since(&self, day: Day, patience: i32) -> Option<Day> {
        match &self.source {
            Source::Unusable => None,
            Source::Rows(rows) => rows.silence.since(day, patience),
            Source::Ratio(ratio) => ratio.both(|part| part.silent_since(day, patience)).into_iter().flatten().min(),
        }
    }

    /// Returns the first day of an export that was cut off within the window, as its round number of rows tells.
    #[must_use]
    pub fn cut_in(&self, window: Window) -> Option<Day> {
        match &self.source {
            Source::Unusable => None,
            Source::Rows(rows) => rows.silence.cut_in(self.effective(window)),
            Source::Ratio(ratio) => ratio.both(|part| part.cut_in(window)).into_iter().flatten().min(),
        }
    }

    /// Says whether the book states that the exports are complete up to a day and no row of theirs was left out, so that
    /// what isn't there didn't happen.
    #[must_use]
    pub fn is_whole_through(&self, day: Day) -> bool {
        match &self.source {
            Source::Unusable => false,
            Source::Rows(rows) => rows.is_whole_through(day),
            Source::Ratio(ratio) => ratio.both(|part| part.is_whole_through(day)) == [true, true],
        }
    }

    /// Returns how many of the window's days the exports can be believed for.
    #[must_use]
    pub fn covered_days(&self, window: Window) -> i32 {
        self.speaks_until(window.end.plus(-1)).map_or(0, |last| window.until(last).days())
    }

    /// Returns the days of the export that tells of a day, where others went on from each other.
    #[must_use]
    pub fn part_of(&self, day: Day) -> Window {
        match &self.source {
            Source::Rows(rows) => seam::part_of(&rows.seams, day),
            Source::Unusable | Source::Ratio(_) => Window { start: Day::MIN, end: Day::MAX },
        }
    }

    /// Returns the first day with data.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        match &self.source {
            Source::Unusable => None,
            Source::Rows(rows) => rows.first_day(),
            Source::Ratio(ratio) => Some(ratio.of.first_day()?.max(ratio.to.first_day()?)),
        }
    }

    /// Returns the last day with data.
    #[must_use]
    pub fn last_day(&self) -> Option<Day> {
        match &self.source {
            Source::Unusable => None,
            Source::Rows(rows) => rows.last_day(),
            Source::Ratio(ratio) => Some(ratio.of.last_day()?.min(ratio.to.last_day()?)),
        }
    }

    /// Returns how long a period one row speaks of; of a ratio of metrics, the longer one.
    #[must_use]
    pub fn grain(&self) -> Grain {
        match &self.source {
            Source::Unusable => Grain::Day,
            Source::Rows(rows) => rows.grain,
            Source::Ratio(ratio) => ratio.both(Self::grain).into_iter().max().unwrap_or_default(),
        }
    }

    pub(super) fn effective(&self, window: Window) -> Window {
        self.window_days.map_or(window, |days| Window { start: window.end.plus(-days), end: window.end })
    }
}

impl Ratio {
    /// Returns what is asked of both.
    pub(super) fn both<T>(&self, ask: impl Fn(&History) -> T) -> [T; 2] {
        [ask(&self.of), ask(&self.to)]
    }

    fn measure(&self, window: Window, aggregate: Aggregate) -> Option<Measurement> {
        let of = Measured { metric: self.of.metric(), measurement: self.of.measure(window)? };
        let to = Measured { metric: self.to.metric(), measurement: self.to.measure(window)? };
        quotient::measure(of, to, self.factor, aggregate, window)
    }

    /// Returns the ratio's value for the window; nothing where one of the two has none, or where the second is 0.
    fn value(&self, window: Window) -> Result<Option<Number>, TooLarge> {
        match (self.of.value(window)?, self.to.value(window)?) {
            (Some(of), Some(to)) => quotient::divide(of, to, self.factor),
            _ => Ok(None),
        }
    }

    /// Returns the stretches for which the ratio has a meaning.
    fn spans(&self, window: Window) -> Vec<Window> {
        let days = |history: &History| history.points(window).iter().map(|point| point.day).collect();
        let [of, to] =
            self.both(|history| Known { days: days(history), grain: history.grain(), heartbeat: history.heartbeat() });
        quotient::spans(&of, &to, window)
    }
}

fn floats(points: &[Point]) -> Vec<(Day, f64)> {
    points.iter().map(|point| (point.day, point.value.to_float())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn ready_made_points_are_measured_by_every_aggregate() {
        let point = |date: &str, value: i64| Point { day: day(date), value: Number::whole(value) };
        let points = [point("2026-07-01", 4), point("2026-07-03", 1), point("2026-08-01", 7)];
        let window = Window { start: day("2026-07-01"), end: day("2026-07-11") };
        let median = crate::model::metric::Percentile::new(Number::whole(50)).map(Aggregate::Percentile);
        for (aggregate, expected) in [
            (Aggregate::Last, "1"),
            (Aggregate::Mean, "2.5"),
            (Aggregate::Sum, "5"),
            (Aggregate::Min, "1"),
            (Aggregate::Max, "4"),
            (Aggregate::Count, "5"),
            (Aggregate::Ratio, "2.5"),
            (median.expect("inside"), "2.5"),
        ] {
            let slug = Slug::new("m").expect("a slug");
            let history = History::of_points(slug, aggregate, &points, Some(day("2026-08-05")));
            let measured = history.measure(window).expect("measured");
            assert_eq!(measured.value.to_string(), expected, "{}", aggregate.name());
            assert_eq!((measured.receipt.rows, measured.receipt.files.evidence()[0].last_line), (2, 3));
            assert_eq!(history.trend(window).last().map(|point| point.value), Some(measured.value));
            assert_eq!(history.covered_days(Window { start: day("2026-08-01"), end: day("2026-10-01") }), 5);
        }
    }
}
