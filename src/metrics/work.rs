//! One metric while its exports are read, and the history that comes of it.
//!
//! In: a metric and what was read of its exports. Out: its history, or why there is none.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cells::clock::Clock;
use super::keep::days::Builder;
use super::keep::series::{Clash, Keep};
use super::read::sought::Sought;
use super::read::tracker::Tracker;
use super::told::{clashing, misspelt_condition, mixed_periods, sought, unmet_conditions, wrong_money};
use super::understand::resolve::{Asked, filter_text, place_of};
use crate::diag::{Diagnostic, Place};
use crate::hash::Digest;
use crate::model::calendar::Day;
use crate::model::daily::RowData;
use crate::model::grain::Grain;
use crate::model::history::{Export, History};
use crate::model::ids::Slug;
use crate::model::measurement::TooLarge;
use crate::model::metric::{Aggregate, Measure, Metric, factor_of};
use crate::model::quantity::Number;
use crate::model::reading::{Choice, Reading};
use crate::model::series::{DaySeries, DayValues, Ints, Running};
use crate::model::silence::{Silence, longest_gap};
use crate::model::zone::Zone;

/// A metric while its exports are read.
pub(super) struct Work<'a> {
    /// What it asks.
    pub(super) asked: Asked<'a>,
    /// What is known of it so far.
    pub(super) tracker: Tracker,
    /// The exports that were read, in their order.
    pub(super) files: Vec<Export>,
    /// How each of them was read.
    readings: Vec<Reading>,
    /// How the one at hand is read.
    plan: Arc<[Choice]>,
    /// Whether nothing was wrong with any of them.
    pub(super) usable: bool,
}

impl<'a> Work<'a> {
    pub(super) fn new(asked: Asked<'a>, zone: &Zone) -> Self {
        let metric = asked.metric;
        // Where the book declares a cadence, each period is one point, however many rows it has.
        let rows = metric.aggregate == Aggregate::Last && asked.rows.split.is_none() && metric.every.is_none();
        let is_stock = matches!(asked.rows.measure, Measure::Stock { .. });
        // Of a stock, rows are counted first, and what is open each day afterwards.
        let keep = if is_stock {
            Keep { aggregate: Aggregate::Count, rows: false }
        } else {
            Keep { aggregate: asked.rows.summed_by.unwrap_or(metric.aggregate), rows }
        };
        let naive = asked.rows.dialect.zone.as_deref().and_then(Zone::named);
        let builder = Builder::new(keep, Clock::new(zone, naive));
        let mut tracker = Tracker::new(builder, metric.aggregate != Aggregate::Last);
        tracker.keyed = asked.rows.unique_by.as_ref().map(|_| Box::default());
        tracker.sought = sought(asked.rows).map(|_| Sought::default()).collect();
        Self { asked, tracker, files: Vec::new(), readings: Vec::new(), plan: Arc::default(), usable: true }
    }

    /// Says whether rows that stand in two of its exports would count twice.
    pub(super) fn may_count_twice(&self) -> bool {
        let rows = self.asked.rows;
        self.usable && rows.files.len() > 1 && rows.unique_by.is_none() && self.asked.metric.aggregate.is_flow()
    }

    /// Notes how the export at hand is read; exports that are read alike share it.
    pub(super) fn planned(&mut self, choices: Vec<Choice>) {
        if *self.plan != *choices {
            self.plan = choices.into();
        }
    }

    /// Notes that an export of so many rows was read to its end.
    pub(super) fn end_file(&mut self, path: Arc<str>, digest: Digest, rows: u64) {
        self.tracker.end_file(rows);
        self.files.push(Export { path, sha256: digest });
        self.readings.push(Reading { rows: Some(rows), until: None, choices: self.plan.clone() });
    }

    /// Leaves out an export whose rows were read already.
    pub(super) fn pass_over(&mut self, path: &Arc<str>, digest: Digest) {
        self.tracker.end_file(0);
        self.files.push(Export { path: path.clone(), sha256: digest });
        self.readings.push(Reading { rows: None, until: None, choices: Arc::default() });
    }

    pub(super) fn wants(&self, path: &Arc<str>) -> bool {
        self.usable && self.asked.rows.files.binary_search(path).is_ok()
    }

    /// Says that percentiles were rounded, where they were.
    fn rounding(&self) -> Option<Diagnostic> {
        let metric = self.asked.metric;
        let digits = self.tracker.builder.rounded_to()?;
        let message = format!("{} has so many values that percentiles are kept to {digits} digits", metric.id);
        Some(Diagnostic::warning("rounded-percentile", place_of(metric), message))
    }

    /// Returns what makes all that was read unusable.
    fn faults(&self) -> Vec<Diagnostic> {
        let texts = sought(self.asked.rows).zip(&self.tracker.sought);
        let misspelt =
            |((column, text), sought): ((_, _), &Sought)| Some(misspelt_condition(column, text, sought.near()?));
        let misspelt: Vec<Diagnostic> = texts.filter_map(misspelt).collect();
        if !misspelt.is_empty() {
            return misspelt;
        }
        let unmet = unmet_conditions(self.asked.rows, &self.tracker);
        unmet.into_iter().chain(wrong_money(self.asked.metric, &self.tracker)).collect()
    }

    /// Returns the rows by day, where they can be used.
    fn finish(mut self, as_of: Day, alike: &mut Alike, diagnostics: &mut Vec<Diagnostic>) -> Option<RowData> {
        let metric = self.asked.metric;
        if !self.usable {
            return None;
        }
        let faults = self.faults();
        if !faults.is_empty() {
            diagnostics.extend(faults);
            return None;
        }
        let settled = self.tracker.settle();
        diagnostics.extend(self.rounding());
        let complete = metric.complete_through.map(|through| through.day(as_of));
        let last_row = self.tracker.rows_seen.map(|seen| seen.1);
        let complete = complete.into_iter().chain(last_row).max().map(|day| day.min(as_of));
        let tracker = self.tracker;
        let cuts = tracker.cuts();
        let made = settled.and_then(|()| tracker.builder.finish());
        let mut series = days_of(
            self.asked,
            &self.files,
            made,
            Known { periods: &tracker.periods, stock: &tracker.stock, complete },
        )
        .map_err(|fault| diagnostics.push(*fault))
        .ok()?;
        series.iter_mut().for_each(|one| alike.share(one));
        if *alike.files != *self.files {
            alike.files = self.files.into();
        }
        let silence = Silence {
            heartbeat: complete,
            is_stated: metric.complete_through.is_some(),
            longest_gap: gap(metric, tracker.grain, &series, tracker.spoken),
            counts_rows: metric.aggregate == Aggregate::Count,
            as_of,
            cuts,
            complete_from: metric.complete_from,
        };
        Some(RowData {
            files: alike.files.clone(),
            readings: self.readings,
            filter: filter_text(self.asked.rows).into(),
            series,
            across: self.asked.rows.across,
            grain: tracker.grain,
            seams: Vec::new(),
            is_stock: matches!(self.asked.rows.measure, Measure::Stock { .. }),
            factor: factor_of(metric),
            first_row: tracker.rows_seen.map(|seen| seen.0),
            silence,
            after_as_of: tracker.after_as_of,
            open: tracker.open,
            totals: tracker.totals,
            blank: tracker.blank,
            undated: tracker.undated,
            left_out: tracker.left_out.into_iter().collect(),
        })
    }
}

/// What metrics of the same exports share where it is the same for both.
#[derive(Default)]
struct Alike {
    /// The days of a series.
    days: Option<Ints>,
    /// Those of them that an export tells of, by its place.
    days_of_files: BTreeMap<usize, Ints>,
    /// The exports that the metric before read.
    files: Arc<[Export]>,
}

impl Alike {
    /// Lets a series share the memory of days.
    fn share(&mut self, series: &mut DaySeries) {
        series.days.share(self.days.get_or_insert_with(|| series.days.clone()));
        for evidence in &mut series.evidence {
            let Some(days) = &mut evidence.days else { continue };
            days.share(self.days_of_files.entry(evidence.file).or_insert_with(|| days.clone()));
        }
    }
}

/// What is known of a metric's rows beside the series.
struct Known<'a> {
    /// The periods that rows speak of, by the day on which they are kept.
    periods: &'a BTreeMap<Day, (Grain, Day, Day)>,
    /// By how many rows more are there at a day's end than the day before.
    stock: &'a BTreeMap<i32, i64>,
    /// Up to when the exports speak.
    complete: Option<Day>,
}

/// Returns a metric's series with the values of their days, or what makes them unusable.
fn days_of(
    asked: Asked<'_>,
    files: &[Export],
    made: Result<Vec<DaySeries>, Clash>,
    Known { periods, stock, complete }: Known<'_>,
) -> Result<Vec<DaySeries>, Box<Diagnostic>> {
    let metric = asked.metric;
    let place = |file: usize| files.get(file).map_or_else(|| place_of(metric), |file| Place::File(file.path.clone()));
    let refused = |clash: Clash, file: usize| Box::new(clashing(clash, place(file), asked, &[]));
    let mut series = made.map_err(|clash| refused(clash, 0))?;
    if let Some(mixed) = mixed_periods(asked, periods, &series) {
        return Err(Box::new(mixed));
    }
    if !stock.is_empty() {
        series.iter_mut().for_each(|one| open_each_day(one, metric.aggregate, stock, complete));
    }
    if let Some(by) = asked.rows.summed_by {
        let mut sums = series.iter_mut().map(|one| sum_up(one, by, metric.aggregate));
        sums.try_for_each(|sum| sum.map_err(|TooLarge| refused(Clash::TooLarge(None), 0)))?;
    }
    let factor = factor_of(metric);
    let too_large = |one: &DaySeries| one.first_line(one.first_too_large(metric.aggregate, factor)?);
    match series.iter().find_map(too_large) {
        Some((file, line)) => Err(refused(Clash::TooLarge(Some(line)), file)),
        None => Ok(series),
    }
}

/// Returns the histories of metrics whose exports were read; the parts of one must follow each other.
pub(super) fn histories(works: Vec<Work<'_>>, as_of: Day, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Slug, History)> {
    let mut alike = Alike::default();
    let mut histories: Vec<(Slug, History)> = Vec::with_capacity(works.len());
    let mut parts: Vec<Option<(RowData, Option<Day>)>> = Vec::new();
    for work in works {
        let Asked { metric, until, .. } = work.asked;
        parts.push(work.finish(as_of, &mut alike, diagnostics).map(|rows| (rows, until)));
        if until.is_none() {
            let parts = std::mem::take(&mut parts).into_iter().collect::<Option<Vec<_>>>();
            let rows = parts.and_then(RowData::of_parts);
            let history = rows.map_or_else(|| History::unusable(metric), |rows| History::of_rows(metric, rows));
            histories.push((metric.id.clone(), history));
        }
    }
    histories
}

/// Returns the most days between two with rows of any kind, where rows are events of single days.
fn gap(metric: &Metric, grain: Grain, series: &[DaySeries], mut spoken: Vec<i32>) -> Option<i32> {
    if !metric.aggregate.is_flow() || grain != Grain::Day {
        return None;
    }
    for one in series {
        one.days.each(0..one.days.len(), |day| spoken.push(i32::try_from(day).unwrap_or_default()));
    }
    Some(longest_gap(spoken))
}

/// Turns the rows of a day into what they come to together, which is a state of that day and adds up no further.
fn sum_up(series: &mut DaySeries, by: Aggregate, aggregate: Aggregate) -> Result<(), TooLarge> {
    let values = (0..series.days.len()).map(|place| {
        let mut running = Running::default();
        running.add(series, place, by);
        running.value(by).map(Option::unwrap_or_default)
    });
    series.values = DayValues::of_numbers(aggregate, values.collect::<Result<Vec<Number>, _>>()?);
    Ok(())
}

/// Turns counts of rows by their first day into what is open at each day's end, up to the day through which the exports
/// speak; `changes` are how many more there are than the day before.
fn open_each_day(series: &mut DaySeries, aggregate: Aggregate, changes: &BTreeMap<i32, i64>, complete: Option<Day>) {
    let (Some(&first), Some(last)) = (changes.keys().next(), changes.keys().next_back().copied()) else { return };
    let last = complete.map_or(last, |complete| complete.number().max(last));
    let mut open = 0;
    let values: Vec<Number> = (first..=last)
        .map(|day| {
            open += changes.get(&day).copied().unwrap_or_default();
            Number::whole(open)
        })
        .collect();
    let rows = series.days.clone();
    series.evidence.iter_mut().for_each(|evidence| _ = evidence.days.get_or_insert_with(|| rows.clone()));
    series.days = Ints::Run { first: i64::from(first), step: 1, len: values.len() };
    series.values = DayValues::of_numbers(aggregate, values);
}
