//! What a metric takes from a row of one export: which columns of numbers, and what they count in.
//!
//! In: the measure of a definition and the export's columns. Out: a [`Take`], or what isn't settled.

use std::collections::BTreeSet;

use super::heading::contradicts;
use super::plan::{NumberColumn, Take};
use super::resolve::{Asked, Resolver, place_of, scale_of};
use crate::diag::Diagnostic;
use crate::metrics::cells::text::decode;
use crate::metrics::read::slot::DateSource;
use crate::model::lapse::Lapse;
use crate::model::metric::{Column, Measure, Test};
use crate::model::quantity::{TimeUnit, Unit};
use crate::source::Spanned;

impl Resolver<'_> {
    /// Returns what is taken from a row; `taken` are the columns that are asked for otherwise.
    pub(super) fn take(&mut self, asked: Asked<'_>, taken: &BTreeSet<usize>) -> Result<Take, Diagnostic> {
        match &asked.rows.measure {
            Measure::Rows => Ok(Take::Rows),
            Measure::Value(value) => Ok(Take::Value(self.numbers_of(asked, value)?)),
            Measure::Ratio { of, to } => Ok(Take::Ratio(self.numbers_of(asked, of)?, self.numbers_of(asked, to)?)),
            Measure::Difference { column, minus } => {
                Ok(Take::Difference(self.numbers_of(asked, column)?, self.numbers_of(asked, minus)?))
            }
            Measure::Weighted { value, by } => {
                let weight = NumberColumn { times: None, lapse: None, ..self.numbers_of(asked, by)? };
                Ok(Take::Weighted(self.numbers_of(asked, value)?, weight))
            }
            Measure::Duration { from, to } => {
                let Some(Unit::Duration(unit)) = asked.metric.unit.as_ref().map(|unit| &unit.value) else {
                    let message =
                        format!("the metric {} is a time, and nothing says what it counts in", asked.metric.id);
                    let diagnostic = Diagnostic::error("unit-of-time", place_of(asked.metric), message);
                    return Err(diagnostic.help("say so in its definition: `unit: h`, `min` or `d`"));
                };
                Ok(Take::Duration { from: self.slot_of(asked, from)?, to: self.slot_of(asked, to)?, unit: *unit })
            }
            Measure::Stock { until, .. } => Ok(Take::Stock(self.slot_of(asked, until)?)),
            Measure::OnlyNumber => self.only_number(asked, taken),
        }
    }

    /// Returns the numbers of a column that the book names.
    fn numbers_of(&self, asked: Asked<'_>, column: &Spanned<Column>) -> Result<NumberColumn, Diagnostic> {
        let column = self.columns.find(column)?;
        if let Some(fault) = self.date_in_header(asked, column) {
            return Err(fault);
        }
        self.number_column(asked, column)
    }

    /// Returns the slot of a date that the book names.
    fn slot_of(&mut self, asked: Asked<'_>, column: &Spanned<Column>) -> Result<usize, Diagnostic> {
        let column = self.columns.find(column)?;
        self.slot(asked, DateSource::Column(column), true)
    }

    fn only_number(&self, asked: Asked<'_>, taken: &BTreeSet<usize>) -> Result<Take, Diagnostic> {
        let id = asked.metric.id.as_str();
        if let Some((lapse, unit)) = self.lapse(asked)? {
            let reads = |cell: &[u8]| lapse.read(&decode(cell), unit).is_some();
            if let Some(column) = self.columns.first_where(reads) {
                return Ok(Take::Value(self.number_column(asked, column)?));
            }
        }
        let mut found = self.columns.numbers(taken, scale_of(asked), id);
        if found.is_empty() {
            // A condition may say which numbers of the only column count.
            let date: BTreeSet<usize> = self.slots.iter().flat_map(|slot| slot.source.columns()).collect();
            found = self.columns.numbers(&date, scale_of(asked), id);
            found.retain(|&column| self.has_range(asked, column));
        }
        match found.as_slice() {
            &[column] => Ok(Take::Value(self.number_column(asked, column)?)),
            _ if !self.columns.has_rows() => Ok(Take::Nothing),
            [] => {
                let message = format!("{} has no column of numbers", self.columns.path);
                let help = self.columns.help_with_numbers(taken);
                Err(Diagnostic::error("which-column", place_of(asked.metric), message).help(help))
            }
            several => {
                let message = format!("{} has {} columns of numbers", self.columns.path, several.len());
                let help = self.columns.help_with_several(several);
                Err(Diagnostic::error("which-column", place_of(asked.metric), message).help(help))
            }
        }
    }

    fn number_column(&self, asked: Asked<'_>, column: usize) -> Result<NumberColumn, Diagnostic> {
        if let Some(fault) = self.unit_of_another_kind(asked, column) {
            return Err(fault);
        }
        Ok(NumberColumn {
            column,
            decimals: self.decimals(asked, column)?,
            scale: scale_of(asked),
            times: asked.rows.scale,
            lapse: self.lapse(asked)?,
            currency: self.columns.currency(column, asked.metric.unit.as_ref().map(|unit| &unit.value)),
            has_range: self.has_range(asked, column),
        })
    }

    /// Says whether a condition says which numbers of a column count.
    fn has_range(&self, asked: Asked<'_>, column: usize) -> bool {
        let ranges = asked.rows.filter.iter().filter(|condition| matches!(condition.test, Test::Range { .. }));
        ranges.filter_map(|range| self.columns.find(&range.column).ok()).any(|found| found == column)
    }

    /// Returns how durations are written and what they are counted in, where the book says it.
    fn lapse(&self, asked: Asked<'_>) -> Result<Option<(Lapse, TimeUnit)>, Diagnostic> {
        let Some(lapse) = asked.rows.dialect.duration_format.as_deref().and_then(Lapse::new) else { return Ok(None) };
        match asked.metric.unit.as_ref().map(|unit| &unit.value) {
            Some(Unit::Duration(unit)) => Ok(Some((lapse, *unit))),
            _ => {
                let message = format!("durations are read for {}, which counts in none", asked.metric.id);
                let diagnostic = Diagnostic::error("unit-of-time", place_of(asked.metric), message);
                Err(diagnostic.help("say what it counts in: `unit: h`, `min` or `d`"))
            }
        }
    }

    /// Reports a column that is called like one date of several: its numbers are those of that date alone.
    fn date_in_header(&self, asked: Asked<'_>, column: usize) -> Option<Diagnostic> {
        if !self.columns.known.is_one_of_dates(column, self.columns.shape.header.as_deref()) {
            return None;
        }
        let message = format!(
            "dates stand in the header of {}, and {} is one of them",
            self.columns.path,
            self.columns.name(column)
        );
        let help = "export it with one row for each date: a column of one date is no measure";
        Some(Diagnostic::error("dates-in-header", place_of(asked.metric), message).help(help))
    }

    /// Reports a column whose name states another unit than the metric's, where nothing but its key results says that.
    fn unit_of_another_kind(&self, asked: Asked<'_>, column: usize) -> Option<Diagnostic> {
        let unit = asked.metric.unit.as_ref()?;
        if asked.metric.states_its_unit() || asked.rows.scale.is_some() {
            return None;
        }
        let own = contradicts(&self.columns.shape.name(column), &unit.value)?;
        let (name, counted) = (self.columns.name(column), &unit.value);
        let message =
            format!("{name} of {} counts in {own}, and the metric {} in {counted}", self.columns.path, asked.metric.id);
        let help = match own.as_str() {
            "cents" | "thousands" | "millions" => {
                format!(
                    "export whole amounts; if they are whole, say so with `unit: {counted}` in the metric's definition"
                )
            }
            own => format!("set `unit: {own}` in the metric's definition, or `unit: {counted}` if the name is wrong"),
        };
        let diagnostic = Diagnostic::error("unit-of-column", place_of(asked.metric), message);
        Some(diagnostic.related(unit, "its key result says so").help(help))
    }
}
