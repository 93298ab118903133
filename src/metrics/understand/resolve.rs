//! A metric's definition against one export: which columns it reads and how their cells are written.
//!
//! In: the definition and the export's columns. Out: a [`Bound`] query whose questions are all answered, or the
//! diagnostics that say what isn't. Nothing here reads further than the sample.

use std::collections::BTreeSet;
use std::ops::RangeFrom;

use super::columns::Columns;
use super::heading::ends_weeks;
use super::plan::{Bound, Check};
use super::siblings::Siblings;
use crate::diag::{Diagnostic, Place};
use crate::metrics::cells::amount::Scale;
use crate::metrics::cells::civil::Reading;
use crate::metrics::cells::clock::Clock;
use crate::metrics::cells::date::{Rules, read};
use crate::metrics::cells::format::Format;
use crate::metrics::cells::number::Decimals;
use crate::metrics::read::slot::{DateSlot, DateSource, Month};
use crate::metrics::read::sought::Texts;
use crate::model::calendar::Day;
use crate::model::grain::{Grain, RowGrain};
use crate::model::metric::{Column, DateColumn, Measure, Metric, MetricPlace, Query, RowQuery, Test};
use crate::model::quantity::Number;
use crate::model::zone::Zone;
use crate::source::Spanned;

/// A metric with its query of rows.
#[derive(Debug, Clone, Copy)]
pub(in crate::metrics) struct Asked<'a> {
    /// The metric.
    pub(in crate::metrics) metric: &'a Metric,
    /// Its query, or that of one of its parts.
    pub(in crate::metrics) rows: &'a RowQuery,
    /// The last day of which it tells, where another part goes on.
    pub(in crate::metrics) until: Option<Day>,
}

impl<'a> Asked<'a> {
    /// Returns the questions that a metric asks of exports, oldest part first.
    pub(in crate::metrics) fn of(metric: &'a Metric) -> impl Iterator<Item = Self> {
        let rows = match &metric.query {
            Query::Rows(rows) => Some(rows),
            Query::RatioOfMetrics { .. } => None,
        };
        let earlier = rows.into_iter().flat_map(|rows| &rows.earlier);
        let earlier = earlier.map(|part| (&part.rows, Some(part.until)));
        earlier.chain(rows.map(|rows| (&**rows, None))).map(move |(rows, until)| Self { metric, rows, until })
    }
}

/// Returns where a metric is defined.
pub(in crate::metrics) fn place_of(metric: &Metric) -> Place {
    match &metric.place {
        MetricPlace::Defined(span) => Place::Text(*span),
        MetricPlace::Export(path) => Place::File(path.clone()),
    }
}

/// Answers a query's questions; dates that several queries read alike share a slot.
pub(in crate::metrics) struct Resolver<'a> {
    /// The export's columns.
    pub(in crate::metrics) columns: &'a Columns<'a>,
    /// The book's zone.
    pub(in crate::metrics) zone: &'a Zone,
    /// The other exports that its metrics read.
    pub(in crate::metrics) siblings: &'a Siblings<'a>,
    /// Dates that rows are asked for.
    pub(in crate::metrics) slots: Vec<DateSlot>,
}

impl Resolver<'_> {
    /// Returns the query with its columns, or why it can't be asked.
    pub(in crate::metrics) fn bind(&mut self, asked: Asked<'_>, query: usize) -> Result<Bound, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let mut taken = BTreeSet::new();
        let date = keep(self.date(asked), &mut faults);
        if let Some(slot) = date {
            taken.extend(self.slots[slot].source.columns());
        }
        let split = asked.rows.split.as_ref().and_then(|column| keep(self.columns.find(column), &mut faults));
        taken.extend(split);
        let (mut filter, mut sought) = (Vec::new(), 0..);
        for condition in &asked.rows.filter {
            if let Some(column) = keep(self.columns.find(&condition.column), &mut faults) {
                taken.insert(column);
                let check = self.check(asked, column, &condition.test, &mut sought);
                filter.extend(keep(check, &mut faults).map(|check| (column, check)));
            }
        }
        let unique = asked.rows.unique_by.as_ref().and_then(|column| keep(self.columns.find(column), &mut faults));
        let mut since = None;
        if let Some(asked_since) = &asked.rows.since
            && let Some(column) = keep(self.columns.find(&asked_since.column), &mut faults)
        {
            taken.insert(column);
            let slot = keep(self.slot(asked, DateSource::Column(column), true), &mut faults);
            since = slot.map(|slot| (slot, asked_since.within_days));
        }
        // Without its date column, which columns are left for the numbers can't be told.
        let take = date.and_then(|_| keep(self.take(asked, &taken), &mut faults));
        match (date, take, faults.is_empty()) {
            (Some(date), Some(take), true) => {
                let currencies = self.columns.currencies(&take, asked.metric);
                Ok(Bound { query, date, since, filter, split, take, currencies, unique })
            }
            _ => Err(faults.into_iter().map(|fault| in_context(fault, asked.metric)).collect()),
        }
    }

    fn date(&mut self, asked: Asked<'_>) -> Result<usize, Diagnostic> {
        match &asked.rows.date {
            DateColumn::Column(column) => {
                let column = self.columns.find(column)?;
                match self.columns.day_numbers().filter(|(numbered, _)| *numbered == column) {
                    Some((_, start)) => self.slot(asked, DateSource::NthDay(column, start), true),
                    None => self.slot(asked, DateSource::Column(column), true),
                }
            }
            DateColumn::YearPart { year, part, grain } => {
                let source = DateSource::YearPart(self.columns.find(year)?, self.columns.find(part)?, *grain);
                self.slot(asked, source, true)
            }
            DateColumn::Snapshot(day) => self.slot(asked, DateSource::Fixed(*day), true),
            DateColumn::First if let Measure::Duration { to, .. } = &asked.rows.measure => {
                let column = self.columns.find(to)?;
                self.slot(asked, DateSource::Column(column), true)
            }
            DateColumn::First if let Measure::Stock { from, .. } = &asked.rows.measure => {
                let column = self.columns.find(from)?;
                self.slot(asked, DateSource::Column(column), true)
            }
            DateColumn::First => match self.first_dates(asked) {
                Some(column) => self.slot(asked, DateSource::Column(column), false),
                None if let Some((column, start)) = self.columns.day_numbers() => {
                    self.slot(asked, DateSource::NthDay(column, start), true)
                }
                None if let Some(source) = self.columns.year_part() => self.slot(asked, source, true),
                None if let Some(column) = self.columns.called_dates() => {
                    self.slot(asked, DateSource::Column(column), true)
                }
                // Where nothing is to be read, no column need be known.
                None if !self.columns.has_rows() => self.slot(asked, DateSource::Column(0), false),
                None => {
                    let message = format!("{} has no column of dates", self.columns.path);
                    let help = self.columns.help_with_dates();
                    Err(Diagnostic::error("no-dates", place_of(asked.metric), message).help(help))
                }
            },
        }
    }

    /// Returns the first column of dates; where the book says how they are written, of cells that are written so.
    ///
    /// Every number may be seconds since 1970: those of our days go before numbers of any size.
    fn first_dates(&self, asked: Asked<'_>) -> Option<usize> {
        let Some(format) = asked.rows.dialect.date_format.as_deref().and_then(Format::new) else {
            return self.columns.first_dates();
        };
        let of_our_days = |cell: &[u8]| format.read(cell).is_ok_and(Reading::is_of_our_days);
        self.columns.first_where(of_our_days).or_else(|| self.columns.first_where(|cell| format.read(cell).is_ok()))
    }

    /// Returns the slot of a date, shared with the queries that read it alike.
    pub(super) fn slot(&mut self, asked: Asked<'_>, source: DateSource, named: bool) -> Result<usize, Diagnostic> {
        let dialect = &asked.rows.dialect;
        let refuse = |code, message: String| Diagnostic::error(code, place_of(asked.metric), message);
        let format = match &dialect.date_format {
            None => None,
            Some(text) => Some(Format::new(text).ok_or_else(|| {
                refuse("bad-date-format", format!("`date_format: {text}` is no date format"))
                    .help("write it with YYYY or YY, MM, M or MMM, DD or D, hh, mm, ss; or `unix`, `unix-ms`, `excel`")
            })?),
        };
        let naive = match &dialect.zone {
            None => None,
            Some(name) => Some(Zone::named(name).ok_or_else(|| {
                refuse("unknown-zone", format!("`zone: {name}` is no zone"))
                    .help("write an IANA name such as Europe/Berlin, or an offset such as +02:00")
            })?),
        };
        let mut rules = Rules { format, order: None, named, grain: asked.rows.grain, zone_is_stated: naive.is_some() };
        if let DateSource::Column(column) = source {
            if rules.grain == Some(RowGrain::Week) && ends_weeks(&self.columns.shape.name(column)) {
                rules.grain = Some(RowGrain::WeekEnding);
            }
            let asked_before = |slot: &&DateSlot| slot.source == source && slot.rules.format == rules.format;
            rules.order = match self.slots.iter().find(asked_before) {
                Some(slot) => slot.rules.order,
                None => match self.columns.order(column, &rules) {
                    Ok(order) => order,
                    Err(open) => Some(self.siblings.order(asked.rows, self.columns, column).ok_or(open)?),
                },
            };
        }
        let clock = Clock::new(self.zone, naive);
        let same = |slot: &DateSlot| slot.source == source && slot.rules == rules && slot.zone == dialect.zone;
        Ok(self.slots.iter().position(same).unwrap_or_else(|| {
            let format = dialect.date_format.clone();
            self.slots.push(DateSlot {
                source,
                rules,
                clock,
                zone: dialect.zone.clone(),
                format,
                state: None,
                month: Month::default(),
                latest: None,
            });
            self.slots.len() - 1
        }))
    }

    fn check(
        &mut self,
        asked: Asked<'_>,
        column: usize,
        test: &Test,
        sought: &mut RangeFrom<usize>,
    ) -> Result<Check, Diagnostic> {
        let (from, to) = match test {
            Test::OneOf(texts) => {
                let texts = texts.iter().map(|text| text.trim().to_owned());
                return Ok(Check::OneOf(Texts::new(texts.zip(sought).collect())));
            }
            Test::Range { from, to } => (from, to),
        };
        let number = |end: &Option<Spanned<String>>| -> Option<Option<Number>> {
            end.as_ref().map_or(Some(None), |end| Number::parse(end.value.trim()).map(Some))
        };
        if let (Some(from), Some(to)) = (number(from), number(to)) {
            return Ok(Check::Numbers { from, to, decimals: self.decimals(asked, column)? });
        }
        let day = |end: &Option<Spanned<String>>, of_period: fn(Grain, Day) -> Day| match end {
            None => Ok(None),
            Some(end) => match read(end.value.trim().as_bytes(), &Rules::default()) {
                Ok(Reading::Civil { day, .. }) => Ok(Some(day)),
                Ok(Reading::Period(first, grain)) => Ok(Some(of_period(grain, first))),
                _ => Err(Diagnostic::error("bad-range", end, "this is neither a number nor a date")
                    .help("write a plain number, or a date as in 2026-07-01")),
            },
        };
        let (from, to) = (day(from, Grain::first)?, day(to, Grain::last)?);
        Ok(Check::Days { from, to, slot: self.slot(asked, DateSource::Column(column), true)? })
    }

    pub(super) fn decimals(&self, asked: Asked<'_>, column: usize) -> Result<Decimals, Diagnostic> {
        match asked.rows.dialect.decimal {
            Some(',') => Ok(Decimals::Comma),
            Some(_) => Ok(Decimals::Point),
            None => self.columns.decimals(column),
        }
    }
}

pub(super) fn scale_of(asked: Asked<'_>) -> Scale {
    Scale::of(asked.metric.unit.as_ref().map(|unit| &unit.value))
}

/// Notes a failure and returns the value otherwise.
fn keep<T>(result: Result<T, Diagnostic>, faults: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|fault| faults.push(fault)).ok()
}

/// Points from a place in an export to the definition that asks for it.
fn in_context(fault: Diagnostic, metric: &Metric) -> Diagnostic {
    match (&fault.place, &metric.place) {
        (Place::Line(_) | Place::File(_), MetricPlace::Defined(span)) => {
            fault.related(*span, format!("metric {} reads it", metric.id))
        }
        _ => fault,
    }
}

/// Returns a column as definitions call it.
pub(in crate::metrics) fn name_of(column: &Column) -> String {
    match column {
        Column::Named(name) => name.to_string(),
        Column::Number(number) => format!("column {number}"),
    }
}

/// Says a query's conditions as a reader would.
pub(in crate::metrics) fn filter_text(rows: &RowQuery) -> String {
    let mut said: Vec<String> = Vec::new();
    for condition in &rows.filter {
        let column = name_of(&condition.column.value);
        let value = |end: &Spanned<String>| end.value.trim().to_owned();
        said.push(match &condition.test {
            Test::OneOf(texts) => format!("{column} is {}", texts.join(" or ")),
            Test::Range { from: Some(from), to: Some(to) } => format!("{column} is {} to {}", value(from), value(to)),
            Test::Range { from: Some(from), to: None } => format!("{column} is at least {}", value(from)),
            Test::Range { from: None, to: Some(to) } => format!("{column} is at most {}", value(to)),
            Test::Range { from: None, to: None } => format!("{column} is a number"),
        });
    }
    if let Some(since) = &rows.since {
        let days = if since.within_days == 1 { "day" } else { "days" };
        said.push(format!("at most {} {days} after {}", since.within_days, name_of(&since.column.value)));
    }
    said.join(" and ")
}
