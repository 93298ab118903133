//! Rows against queries: which rows count for which metric, and what they say.
//!
//! In: one record at a time and the queries of all metrics that read the export. Out: rows in each metric's builder,
//! and counts of those left out. A date that several metrics read is parsed once.

use std::collections::BTreeMap;

use super::column::ConditionColumn;
use super::dispatch::{Cell, Dispatch};
use super::faults::{Faults, of_date, quoted};
use super::keyed::Fate;
use super::slot::{DateSlot, Found};
use super::tracker::Tracker;
use crate::metrics::cells::amount::Scale;
use crate::metrics::cells::blank::is_placeholder;
use crate::metrics::cells::civil;
use crate::metrics::cells::clock::Stamp;
use crate::metrics::cells::number;
use crate::metrics::cells::time::DAY;
use crate::metrics::cells::words::{is_total, is_total_row};
use crate::metrics::keep::plain::PlainRow;
use crate::metrics::keep::series::{Clash, Row};
use crate::metrics::split::dialect::{Gap, Shape, is_ruling};
use crate::metrics::split::record::Record;
use crate::metrics::understand::fit::Fit;
use crate::metrics::understand::plan::{Bound, Take};
use crate::model::calendar::Day;
use crate::model::grain::Grain;
use crate::model::quantity::Number;

/// What a row says to a query.
pub(super) enum Says {
    /// It counts.
    Something,
    /// It doesn't count, but the export spoke on its day.
    Nothing,
    /// Its number is missing.
    Blank,
    /// A cell is bad.
    Wrong,
}

/// The queries of one export and the row at hand.
pub(in crate::metrics) struct Pass<'a> {
    /// What the export looks like.
    pub(in crate::metrics) shape: &'a Shape,
    /// Dates that rows are asked for.
    pub(in crate::metrics) slots: Vec<DateSlot>,
    /// Bad cells.
    pub(in crate::metrics) faults: Faults,
    /// The last day that counts.
    pub(in crate::metrics) as_of: Day,
    /// The columns of conditions.
    pub(in crate::metrics) columns: BTreeMap<usize, ConditionColumn<'a>>,
    /// What rows have in common.
    pub(in crate::metrics) fit: Option<Fit>,
    /// Where the encoding was guessed, the columns whose cells say anything.
    pub(in crate::metrics) watched: Vec<usize>,
    /// Whether any of their cells is read otherwise in other encodings.
    pub(in crate::metrics) is_odd: bool,
    /// The columns of texts, any of which may say that a row is a sum of others.
    pub(in crate::metrics) texts: Vec<usize>,
    /// The column that says so in the row at hand.
    pub(in crate::metrics) total: Option<usize>,
    /// The currency beside a number of the row at hand.
    pub(in crate::metrics) money: Option<&'static str>,
    /// Whether there is a gap above the record at hand.
    pub(in crate::metrics) gap: Gap,
    /// The column whose text in the row at hand is the one that those ask for who are asked for that text alone.
    pub(in crate::metrics) told: Option<usize>,
    /// How many rows there were.
    pub(in crate::metrics) rows: u64,
    /// Whether another table has begun, which is not read.
    pub(in crate::metrics) ended: bool,
}

impl Pass<'_> {
    /// Prepares for the next record; says whether it is a row of data.
    pub(in crate::metrics) fn begin(&mut self, record: &Record<'_>) -> bool {
        self.slots.iter_mut().for_each(|slot| slot.state = None);
        self.gap.pass(self.shape, record);
        self.is_odd |= self.watched.iter().any(|&column| is_read_otherwise(&record.text(column)));
        let says_total = |&column: &usize| is_total_row(record.bytes(column));
        self.total = self.texts.iter().copied().find(says_total);
        let is_row = record.cells.len() > 1 || !record.bytes(0).is_empty();
        self.rows += u64::from(is_row);
        is_row
    }

    /// Says whether a record has more cells than there are columns, not counting blank ones.
    pub(in crate::metrics) fn is_too_wide(&self, record: &Record<'_>) -> bool {
        record.cells.len() > self.shape.width
            && (self.shape.width..record.cells.len()).any(|column| !record.bytes(column).is_empty())
    }

    /// Says whether what stands beside the columns of a record names it the sum of others, as Google Analytics does.
    pub(in crate::metrics) fn is_total_beside(&self, record: &Record<'_>) -> bool {
        (self.shape.width..record.cells.len()).any(|column| is_total_row(record.bytes(column)))
    }

    /// Says whether a quote has taken several cells of a record into one, so that the others stand elsewhere: a record that is
    /// too short, in one of whose cells quotes stand beside separators.
    pub(in crate::metrics) fn is_torn(&self, record: &Record<'_>) -> bool {
        let sign = self.shape.layout.delimiter;
        let is_torn = |cell: &[u8]| cell.windows(2).any(|pair| pair == [sign, b'"'] || pair == [b'"', sign]);
        let cells = 0..record.cells.len();
        if cells.len() < self.shape.width {
            return cells.clone().any(|column| is_torn(record.bytes(column)));
        }
        // As many cells as there should be, where a quoted cell's separator made up for the one that was taken.
        let ends_one = |cell: &[u8]| memchr::memchr(b'"', cell).is_some_and(|at| at > 0 && at + 1 == cell.len());
        let holds_one = |cell: &[u8]| memchr::memchr(b'"', cell).is_some_and(|at| at > 0 && at + 1 < cell.len());
        !self.columns.is_empty()
            && memchr::memchr(b'"', record.raw).is_some()
            && cells.skip(1).any(|at| {
                let before = at - 1;
                ends_one(record.bytes(at)) && (record.cells[before].malformed || holds_one(record.bytes(before)))
            })
    }

    /// Says whether a record is the header once more, a remark, or a rule as databases draw it.
    pub(in crate::metrics) fn is_no_data(&self, record: &Record<'_>) -> bool {
        record.raw.starts_with(b"#")
            || is_ruling(record.raw)
            || self.shape.is_header(record)
            || self.shape.is_remark(record)
            || self.shape.is_lone_text(record)
            || record.is_blank()
    }

    /// Notes what stands in the columns of conditions; a column whose cell is known to be an old one can be left out.
    fn note_texts(&mut self, record: &Record<'_>, known: Option<usize>) {
        if known.is_some() && self.columns.len() == 1 {
            return;
        }
        for (column, texts) in self.columns.iter_mut().filter(|(column, _)| Some(**column) != known) {
            texts.add(&record.text(*column));
        }
    }

    /// Puts the queries that must be asked of a record into `queries`, and notes what it shows to the others.
    pub(in crate::metrics) fn dispatch(
        &mut self,
        dispatch: &mut Dispatch,
        record: &Record<'_>,
        queries: &mut Vec<usize>,
    ) {
        let column = dispatch.column();
        let cell = column.map(|column| record.text_bytes(column));
        let Cell { text, is_exact, is_known } = dispatch.queries(cell.as_deref(), queries);
        self.told = column.filter(|_| is_exact);
        self.note_texts(record, column.filter(|_| is_known));
        for shown in &mut dispatch.shown {
            match self.slots[shown.slot].read(record) {
                Found::At(stamp) => {
                    let stamp = stamp.as_of(self.as_of);
                    if stamp.day <= self.as_of {
                        shown.add(stamp, text);
                    }
                }
                Found::Missing => {
                    if self.misses_date(record, shown.slot) {
                        shown.add_undated(text);
                    }
                }
                Found::Bad(_, column) => _ = self.ends(record, column),
            }
        }
    }

    /// Reports a record whose cells stand in other columns than those of other records; says whether it did.
    pub(in crate::metrics) fn reports_misfit(&mut self, record: &Record<'_>) -> bool {
        let Some(column) = self.fit.as_ref().and_then(|fit| fit.misfit(record)) else { return false };
        if self.is_no_data(record) || is_sum_of_others(record) {
            return false;
        }
        self.faults.misfit(record, column, &quoted(&self.shape.name(column)));
        true
    }

    /// Says whether another table begins with a record, and reports it once; `date` is the column of dates.
    pub(in crate::metrics) fn ends(&mut self, record: &Record<'_>, date: usize) -> bool {
        let ends = self.shape.begins_another_table(record, date, self.gap);
        if ends && !self.ended {
            self.faults.other_table(record);
            self.ended = true;
        }
        ends
    }

    /// Asks one query of the record.
    pub(in crate::metrics) fn ask(
        &mut self,
        bound: &Bound,
        tracker: &mut Tracker,
        record: &Record<'_>,
    ) -> Result<(), Clash> {
        // A text that the metric asks for is that of its rows.
        if let Some(column) = self.total
            && !bound.asks(column)
        {
            tracker.totals += 1;
            return Ok(());
        }
        let Some((stamp, row)) = self.plain(bound, record) else { return self.ask_in_full(bound, tracker, record) };
        if !tracker.builder.add_plain(row) {
            let number = row.number();
            tracker.builder.add(b"", &Row { stamp, line: record.line, of: number, to: number })?;
        }
        tracker.see(stamp.day, stamp.day);
        // Where each row counts, the days that have some are all there are.
        if !bound.filter.is_empty() {
            tracker.note_spoken(stamp.day);
        }
        Ok(())
    }

    /// Returns what a row says that has the right texts, a day and a plain number, to a query that asks for no more.
    #[inline]
    fn plain(&mut self, bound: &Bound, record: &Record<'_>) -> Option<(Stamp, PlainRow)> {
        let column = bound.plain()?;
        let Found::At(stamp) = self.slots[bound.date].read(record) else { return None };
        let Stamp { day, instant, grain: Grain::Day, .. } = stamp else { return None };
        if day > self.as_of || instant != i64::from(day.number()) * DAY {
            return None;
        }
        // Whoever was found by the row's text and asks for no other needs no second look at it.
        let is_told = matches!(bound.filter[..], [(column, _)] if self.told == Some(column));
        if !is_told && !bound.has_texts(record) {
            return None;
        }
        let (mantissa, places) = number::read_plain(record.bytes(column.column), column.decimals)?;
        let is_negative_time = mantissa < 0 && matches!(column.scale, Scale::Time(_));
        if is_negative_time || is_placeholder(mantissa, places) {
            return None;
        }
        let line = u32::try_from(record.line).ok()?;
        Some((stamp, PlainRow { mantissa, places, day: day.number(), line }))
    }

    fn ask_in_full(&mut self, bound: &Bound, tracker: &mut Tracker, record: &Record<'_>) -> Result<(), Clash> {
        let key = bound.unique.map(|column| record.bytes(column));
        let passes = self.passes(bound, record);
        let Some(stamp) = self.dated(bound, tracker, record, &passes) else {
            let fate = self.open_or_nothing(bound, tracker, record, &passes);
            return tracker.take(key.map(|key| (key, None, record.line)), fate);
        };
        if stamp.day > self.as_of {
            tracker.after_as_of += u64::from(passes.unwrap_or(false));
            return Ok(());
        }
        let key = key.map(|key| (key, Some(stamp.day), record.line));
        let mut row = Row { stamp, line: record.line, of: Number::ONE, to: Number::ONE };
        let says = match passes {
            Ok(true) => match self.is_within(bound, stamp, record) {
                Ok(true) => self.fill(&mut row, &bound.take, record),
                Ok(false) => Says::Nothing,
                Err(()) => Says::Wrong,
            },
            Ok(false) => Says::Nothing,
            Err(()) => Says::Wrong,
        };
        if let Some(money) = self.money.take() {
            tracker.currencies.add(money);
        }
        match says {
            Says::Blank => {
                let fate = self.open_or_nothing(bound, tracker, record, &passes);
                tracker.blank += u64::from(matches!(fate, Fate::Blank));
                return tracker.take(key, fate);
            }
            Says::Wrong => tracker.take(key, Fate::Wrong(stamp.day))?,
            Says::Nothing => {
                let is_blank = key.is_some() && bound.filter.iter().any(|(at, _)| record.bytes(*at).is_empty());
                tracker.take(key, if is_blank { Fate::Blank } else { Fate::Nothing })?;
                if !tracker.others_count {
                    return Ok(());
                }
                self.hear_end(bound, tracker, stamp, record);
            }
            Says::Something => {
                let label = bound.split.map(|column| record.text(column));
                let label = label.as_deref().unwrap_or_default().as_bytes();
                let fate = match bound.take {
                    Take::Stock(until) => match self.stock_end(until, tracker, stamp, record) {
                        Ok(end) => Fate::There(row, label, end),
                        Err(()) => return tracker.take(key, Fate::Nothing),
                    },
                    _ => Fate::Counts(row, label),
                };
                if let Some(column) = bound.currencies {
                    tracker.currencies.add(&record.text(column));
                }
                tracker.take(key, fate)?;
            }
        }
        tracker.see(stamp.first, stamp.last);
        tracker.note_spoken(stamp.day);
        tracker.grain = tracker.grain.max(stamp.grain);
        Ok(())
    }

    /// Returns the row's place in time; reports a row that has none where it should.
    fn dated(
        &mut self,
        bound: &Bound,
        tracker: &mut Tracker,
        record: &Record<'_>,
        passes: &Result<bool, ()>,
    ) -> Option<Stamp> {
        match self.slots[bound.date].read(record) {
            Found::At(stamp) => return Some(stamp.as_of(self.as_of)),
            Found::Missing => {
                // What has begun and not ended lacks its date for a reason.
                if self.begun(bound, record).is_none() {
                    tracker.undated += u64::from(self.misses_date(record, bound.date));
                }
            }
            Found::Bad(_, column) if self.ends(record, column) => {}
            Found::Bad(fault, column) => {
                let is_sum = is_total(&record.text(column));
                if !matches!(passes, Ok(false)) && !is_sum && !self.is_no_data(record) {
                    tracker.undated += 1;
                    self.report_date(record, column, fault, bound.date);
                }
            }
        }
        None
    }

    /// Says whether a row without a date should have one, since its cells stand in other columns than those of other rows;
    /// reports it then.
    fn misses_date(&mut self, record: &Record<'_>, slot: usize) -> bool {
        let column = self.slots[slot].source.columns().first().copied().unwrap_or_default();
        let misfit = self.fit.as_ref().and_then(|fit| fit.shifted(record)).filter(|odd| *odd != column);
        let Some(odd) = misfit.filter(|_| !self.is_no_data(record) && !is_sum_of_others(record)) else { return false };
        self.faults.misfit(record, odd, &quoted(&self.shape.name(odd)));
        true
    }

    pub(super) fn report_date(&mut self, record: &Record<'_>, column: usize, fault: civil::Fault, slot: usize) {
        let fault = of_date(fault, self.slots[slot].format.as_deref());
        self.faults.cell(record, column, fault);
    }
}

/// Says whether a cell of a record that has no place among the others names the sum of them.
fn is_sum_of_others(record: &Record<'_>) -> bool {
    (0..record.cells.len()).any(|column| is_total(&record.text(column)))
}

/// Says whether a text has letters that other encodings read otherwise; no-break spaces and signs of money are none.
fn is_read_otherwise(text: &str) -> bool {
    text.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
}
