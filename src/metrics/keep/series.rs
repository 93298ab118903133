//! One series of a metric while its rows stream by.
//!
//! In: rows that count, in the order in which they stand. Out: the series by day, packed, with the lines that were
//! used; or that two rows of one instant contradict each other. Memory grows with days, never with rows.

use std::collections::HashMap;
use std::sync::Arc;

use super::plain::{PlainRow, PlainRows};
use super::spread::SpreadBuilder;
use crate::metrics::cells::clock::{Clock, Stamp};
use crate::metrics::cells::text::decode;
use crate::metrics::cells::time::DAY;
use crate::model::metric::Aggregate;
use crate::model::quantity::Number;
use crate::model::series::{DayEvidence, DaySeries, DayValues, Ints, Numbers, SeveralRows, Spread};

/// A row that counts.
#[derive(Debug, Clone, Copy)]
pub(in crate::metrics) struct Row {
    /// When.
    pub(in crate::metrics) stamp: Stamp,
    /// Its line.
    pub(in crate::metrics) line: u64,
    /// Its number, or its numerator.
    pub(in crate::metrics) of: Number,
    /// Its denominator.
    pub(in crate::metrics) to: Number,
}

/// Why a metric can't be measured from its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Clash {
    /// Two rows of one series at one instant say different things; the line of the first where it isn't the row at
    /// hand, and of the second.
    Instant(Option<(u64, u64)>),
    /// There are too many series.
    Series,
    /// There are too many days.
    Days,
    /// A sum is too large; the line from which on, where it isn't the row at hand.
    TooLarge(Option<u64>),
}

/// What a builder must know of its metric.
#[derive(Debug, Clone, Copy)]
pub(in crate::metrics) struct Keep {
    /// How rows become one value.
    pub(in crate::metrics) aggregate: Aggregate,
    /// Whether rows of one day are points of their own.
    pub(in crate::metrics) rows: bool,
}

/// One day of one series.
#[derive(Debug, Clone, Copy)]
struct DayRows {
    day: i32,
    /// All its rows.
    count: u64,
    /// Its rows in the file at hand, with their first and last line.
    rows: u64,
    first_line: u64,
    last_line: u64,
    earliest: i64,
    latest: i64,
    of: Number,
    to: Number,
}

/// In what order the days of a series came.
#[derive(Debug)]
enum Sorting {
    Ascending,
    Descending,
    /// Any order; where each day stands.
    None(HashMap<i32, usize>),
}

/// One series while its rows come.
#[derive(Debug)]
pub(in crate::metrics) struct SeriesBuilder {
    /// The value that sets the series apart.
    pub(in crate::metrics) key: Box<[u8]>,
    /// Its rows as long as each is a day of its own.
    plain: Option<PlainRows>,
    days: Vec<DayRows>,
    sorting: Sorting,
    cursor: usize,
    /// Instants of rows with a time, with line and value, to find repeated ones.
    instants: Option<Vec<(i64, u64, Number)>>,
    disordered: bool,
    /// All values, where they are kept.
    pub(in crate::metrics) spread: Option<SpreadBuilder>,
    /// Whether every row's value is in the spread; where not, days with one row aren't yet.
    all_in_spread: bool,
    evidence: Vec<(usize, Vec<[i64; 4]>)>,
}

impl SeriesBuilder {
    /// Returns a series without rows, with room for so many days.
    pub(in crate::metrics) fn new(label: &[u8], keep: Keep, days: usize) -> Self {
        let percentile = matches!(keep.aggregate, Aggregate::Percentile(_));
        let checks = checks_instants(keep.aggregate);
        Self {
            key: label.into(),
            plain: PlainRows::serve(keep.aggregate).then(|| PlainRows::with_capacity(days)),
            days: Vec::new(),
            sorting: Sorting::Ascending,
            cursor: 0,
            instants: checks.then(Vec::new),
            disordered: false,
            spread: percentile.then(SpreadBuilder::for_percentiles),
            all_in_spread: percentile,
            evidence: Vec::new(),
        }
    }

    /// Returns how many days there are.
    pub(in crate::metrics) fn days(&self) -> usize {
        self.plain.as_ref().map_or(self.days.len(), PlainRows::len)
    }

    /// Adds a row that is a day of its own behind all others; says whether it did.
    #[inline]
    pub(in crate::metrics) fn add_plain(&mut self, row: PlainRow) -> bool {
        self.plain.as_mut().is_some_and(|plain| plain.push(row))
    }

    /// Turns rows that were days of their own into days that may have several.
    fn settle(&mut self) {
        let Some(plain) = self.plain.take() else { return };
        let (rows, files) = plain.into_parts();
        let mut days = rows.into_iter().map(|row| {
            let (number, line, instant) = (row.number(), u64::from(row.line), i64::from(row.day) * DAY);
            DayRows {
                day: row.day,
                count: 1,
                rows: 1,
                first_line: line,
                last_line: line,
                earliest: instant,
                latest: instant,
                of: number,
                to: number,
            }
        });
        for (file, end) in files {
            self.days.extend(days.by_ref().take(end - self.days.len()));
            self.end_file(file);
        }
        self.days.extend(days);
        self.cursor = self.days.len().saturating_sub(1);
    }

    /// Adds a row.
    pub(in crate::metrics) fn add(&mut self, row: &Row, keep: Keep, clock: &Clock) -> Result<(), Clash> {
        self.settle();
        let Stamp { day, instant, .. } = row.stamp;
        let number = day.number();
        let place = self.place_of(number);
        if self.days[place].count == 0 {
            let entry = &mut self.days[place];
            (entry.earliest, entry.latest) = (instant, instant);
            (entry.of, entry.to) = (row.of, row.to);
        } else {
            self.join(place, row, keep, clock)?;
        }
        if let Some(spread) = &mut self.spread
            && self.all_in_spread
        {
            spread.push(number, row.of);
        }
        let entry = &mut self.days[place];
        entry.first_line = if entry.rows == 0 { row.line } else { entry.first_line };
        entry.last_line = row.line;
        entry.rows += 1;
        entry.count += 1;
        Ok(())
    }

    /// Adds a further row to a day.
    fn join(&mut self, place: usize, row: &Row, keep: Keep, clock: &Clock) -> Result<(), Clash> {
        let instant = row.stamp.instant;
        let entry = &mut self.days[place];
        if checks_instants(keep.aggregate) {
            let repeated = row.stamp.clock_time && clock.is_repeated(instant);
            // The latest row's value is kept beside the day's.
            let latest_value = if keep.aggregate == Aggregate::Last { entry.of } else { entry.to };
            if instant == entry.latest && row.of != latest_value && !repeated {
                return Err(Clash::Instant(None));
            }
            self.disordered |= instant < entry.latest && instant >= entry.earliest;
        }
        if keep.rows {
            self.keep_row(place, row);
        }
        let entry = &mut self.days[place];
        let sum = |a: Number, b: Number| a.fair_sum(b).ok_or(Clash::TooLarge(None));
        let newer = instant >= entry.latest;
        match keep.aggregate {
            Aggregate::Last if newer => entry.of = row.of,
            Aggregate::Last | Aggregate::Count | Aggregate::Percentile(_) => {}
            Aggregate::Min => entry.of = entry.of.min(row.of),
            Aggregate::Max => entry.of = entry.of.max(row.of),
            Aggregate::Sum | Aggregate::Mean => entry.of = sum(entry.of, row.of)?,
            Aggregate::Ratio => {
                entry.of = sum(entry.of, row.of)?;
                entry.to = sum(entry.to, row.to)?;
            }
        }
        if matches!(keep.aggregate, Aggregate::Min | Aggregate::Max) && newer {
            entry.to = row.to;
        }
        entry.earliest = entry.earliest.min(instant);
        entry.latest = entry.latest.max(instant);
        Ok(())
    }

    /// Keeps a row's value for counting, and that of the day's first row once there is a second.
    fn keep_row(&mut self, place: usize, row: &Row) {
        let DayRows { day, count, of, .. } = self.days[place];
        let spread = self.spread.get_or_insert_with(SpreadBuilder::for_rows);
        if count == 1 {
            spread.push(day, of);
        }
        spread.push(day, row.of);
    }

    /// Remembers the row's instant while there is room; says whether it did.
    pub(in crate::metrics) fn remember(&mut self, row: &Row, room: bool) -> bool {
        let Some(instants) = &mut self.instants else { return false };
        let has_time = row.stamp.instant.rem_euclid(DAY) != 0;
        if has_time && room {
            instants.push((row.stamp.instant, row.line, row.of));
        } else if has_time {
            self.instants = None;
        }
        has_time && room
    }

    /// Returns where the day stands; adds it where it isn't there yet.
    fn place_of(&mut self, day: i32) -> usize {
        if self.days.get(self.cursor).is_some_and(|entry| entry.day == day) {
            return self.cursor;
        }
        self.cursor = self.find(day).unwrap_or_else(|| {
            if let Sorting::None(places) = &mut self.sorting {
                places.insert(day, self.days.len());
            }
            let nothing = Number::ZERO;
            let (rows, first_line, last_line, count) = (0, 0, 0, 0);
            self.days.push(DayRows {
                day,
                count,
                rows,
                first_line,
                last_line,
                earliest: 0,
                latest: 0,
                of: nothing,
                to: nothing,
            });
            self.days.len() - 1
        });
        self.cursor
    }

    fn find(&mut self, day: i32) -> Option<usize> {
        let (first, last) = (self.days.first()?.day, self.days.last()?.day);
        match &self.sorting {
            Sorting::Ascending if day > last => return None,
            Sorting::Ascending if self.days.len() == 1 => {
                self.sorting = Sorting::Descending;
                return None;
            }
            Sorting::Descending if day < last => return None,
            Sorting::Ascending if day >= first => {
                if let Ok(place) = self.days.binary_search_by_key(&day, |entry| entry.day) {
                    return Some(place);
                }
            }
            Sorting::Descending if day <= first => {
                if let Ok(place) = self.days.binary_search_by(|entry| day.cmp(&entry.day)) {
                    return Some(place);
                }
            }
            Sorting::None(places) => return places.get(&day).copied(),
            Sorting::Ascending | Sorting::Descending => {}
        }
        self.sorting = Sorting::None(self.days.iter().enumerate().map(|(place, entry)| (entry.day, place)).collect());
        None
    }

    /// Notes which lines of a file that has ended were used.
    pub(in crate::metrics) fn end_file(&mut self, file: usize) {
        if let Some(plain) = &mut self.plain {
            return plain.end_file(file);
        }
        let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let mut used: Vec<[i64; 4]> = Vec::new();
        for entry in self.days.iter_mut().filter(|entry| entry.rows > 0) {
            used.push([i64::from(entry.day), signed(entry.rows), signed(entry.first_line), signed(entry.last_line)]);
            entry.rows = 0;
        }
        if !used.is_empty() {
            used.sort_unstable_by_key(|entry| entry[0]);
            self.evidence.push((file, used));
        }
    }

    /// Returns the series, packed.
    pub(in crate::metrics) fn finish(mut self, keep: Keep, clock: &Clock) -> Result<DaySeries, Clash> {
        if let Some(plain) = self.plain {
            let (days, values, evidence) = plain.finish(keep.aggregate);
            return Ok(DaySeries { label: Arc::from(decode(&self.key)), days, values, rows: None, evidence });
        }
        if self.disordered
            && let Some(instants) = &mut self.instants
        {
            instants.sort_unstable_by_key(|&(instant, line, _)| (instant, line));
            let repeats = |pair: &&[(i64, u64, Number)]| {
                pair[0].0 == pair[1].0 && pair[0].2 != pair[1].2 && !clock.is_repeated(pair[0].0)
            };
            if let Some(pair) = instants.windows(2).find(repeats) {
                return Err(Clash::Instant(Some((pair[0].1, pair[1].1))));
            }
        }
        self.days.sort_unstable_by_key(|entry| entry.day);
        let days: Vec<i32> = self.days.iter().map(|entry| entry.day).collect();
        let rows = if keep.rows { self.rows_of_days(&days) } else { None };
        let packed = Ints::pack(days.iter().map(|&day| i64::from(day)));
        let evidence = self.evidence.into_iter().map(|(file, used)| pack_evidence(file, &used, &packed)).collect();
        let label = Arc::from(decode(&self.key));
        let of = || Numbers::pack(self.days.iter().map(|entry| entry.of));
        let to = || Numbers::pack(self.days.iter().map(|entry| entry.to));
        let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let counts = || Ints::pack(self.days.iter().map(|entry| signed(entry.count)));
        let values = match (keep.aggregate, self.spread) {
            (Aggregate::Percentile(_), Some(spread)) => {
                spread.finish(&days).map_or_else(|| DayValues::One(of()), DayValues::Spread)
            }
            (Aggregate::Count, _) => DayValues::Count(counts()),
            (Aggregate::Mean, _) => DayValues::Mean { sums: of(), counts: counts() },
            (Aggregate::Ratio, _) => DayValues::Ratio { of: of(), to: to() },
            _ => DayValues::One(of()),
        };
        Ok(DaySeries { label, days: packed, values, rows, evidence })
    }

    /// Returns every row's value by day, where some day has several rows.
    fn rows_of_days(&mut self, days: &[i32]) -> Option<Spread> {
        let mut spread = self.spread.take()?;
        for entry in self.days.iter().filter(|entry| entry.count == 1) {
            spread.push(entry.day, entry.of);
        }
        spread.finish(days)
    }
}

/// Says whether several rows at one instant make no sense for an aggregate.
const fn checks_instants(aggregate: Aggregate) -> bool {
    matches!(aggregate, Aggregate::Last)
}

fn pack_evidence(file: usize, used: &[[i64; 4]], series_days: &Ints) -> DayEvidence {
    let column = |at: usize| Ints::pack(used.iter().map(|entry| entry[at]));
    let days = column(0);
    let days = (days != *series_days).then_some(days);
    let several = used.iter().any(|entry| entry[1] > 1);
    let several = several.then(|| Box::new(SeveralRows { rows: column(1), last_lines: column(3) }));
    DayEvidence { file, days, first_lines: column(2), several }
}
