//! Columns in which shares and percentages stand mixed: `97%` in most rows, `.96` in one.
//!
//! In: the sample of an export, a query with its columns. Out: a warning at the first cell of the rarer form. Cells are
//! read as they are written, so that such a row counts a hundredth of the others. Columns in which small numbers may be
//! real are left alone: those with whole numbers beside percentages (`0`, `96`), those whose percentages come near the bare
//! numbers, and those whose rows are parted into series.

use super::columns::Columns;
use super::plan::{Bound, Check, NumberColumn, Take};
use crate::diag::{Diagnostic, LinePlace};
use crate::metrics::cells::number;
use crate::metrics::read::faults::{place, quoted};
use crate::metrics::split::record::Record;
use crate::model::quantity::Number;

/// From how many cells of one form on the other is the rarer one.
const FEWEST: u32 = 2;

/// How many times larger the smallest percentage is than each bare number, at the least.
const TIMES: i64 = 10;

/// The cells of one form: how many, the smallest and largest, and the first as it stands.
#[derive(Default)]
struct Form {
    cells: u32,
    range: Option<(Number, Number)>,
    first: Option<(String, Number, LinePlace)>,
}

impl Form {
    fn add(&mut self, value: Number, record: &Record<'_>, column: usize, columns: &Columns<'_>) {
        self.cells += 1;
        self.range = Some(self.range.map_or((value, value), |(low, high)| (low.min(value), high.max(value))));
        self.first
            .get_or_insert_with(|| (record.text(column).into_owned(), value, place(columns.path, record, column)));
    }
}

/// Returns a warning for each of the query's columns in which shares and percentages stand mixed.
pub(in crate::metrics) fn mixed(columns: &Columns<'_>, bound: &Bound) -> Vec<Diagnostic> {
    let read = match &bound.take {
        Take::Value(column) => vec![*column],
        Take::Ratio(of, to) => vec![*of, *to],
        Take::Weighted(value, _) => vec![*value],
        Take::Difference(column, minus) => vec![*column, *minus],
        Take::Nothing | Take::Rows | Take::Duration { .. } | Take::Stock(_) => Vec::new(),
    };
    let is_told = bound.filter.iter().all(|(_, check)| matches!(check, Check::OneOf(_)));
    if bound.split.is_some() || !is_told || !columns.has_percent_signs() {
        return Vec::new();
    }
    read.into_iter().filter_map(|column| in_column(columns, bound, column)).collect()
}

fn in_column(columns: &Columns<'_>, bound: &Bound, read: NumberColumn) -> Option<Diagnostic> {
    let (mut shares, mut percentages) = (Form::default(), Form::default());
    let mut is_clear = true;
    columns.each(|record| {
        if !counts(bound, record) {
            return true;
        }
        let cell = record.bytes(read.column);
        let Ok(Some(value)) = number::read(cell, read.decimals) else { return true };
        let form = if cell.contains(&b'%') { &mut percentages } else { &mut shares };
        // Nothing and the whole are written without a sign in many exports.
        let is_either = value == Number::ZERO || value == Number::ONE;
        if !is_either {
            form.add(value, record, read.column, columns);
            is_clear = cell.contains(&b'%') || value.normal().places() > 0;
        }
        is_clear
    });
    if !is_clear || !are_apart(shares.range?, percentages.range?) {
        return None;
    }
    finding(shares, percentages)
}

/// Says whether a record meets the query's conditions.
fn counts(bound: &Bound, record: &Record<'_>) -> bool {
    bound.filter.iter().all(|(column, check)| match check {
        Check::OneOf(texts) => texts.has(record.text_bytes(*column)),
        Check::Numbers { .. } | Check::Days { .. } => false,
    })
}

/// Says whether bare numbers, times a hundred, are about as large as the percentages, and themselves far smaller.
fn are_apart(shares: (Number, Number), percentages: (Number, Number)) -> bool {
    let ((low, high), (least, most)) = (shares, percentages);
    let times = |number: Number, factor| number.times(Number::whole(factor));
    let is_far = times(high, TIMES).is_some_and(|high| high <= least);
    let is_near = times(low, 200).is_some_and(|low| low >= least)
        && times(most, 2).zip(times(high, 100)).is_some_and(|(most, high)| high <= most);
    low > Number::ZERO && is_far && is_near
}

fn finding(shares: Form, percentages: Form) -> Option<Diagnostic> {
    let is_share = shares.cells <= percentages.cells;
    let (rare, often) = if is_share { (shares, percentages) } else { (percentages, shares) };
    let (cell, value, place) = rare.first.filter(|_| often.cells >= FEWEST)?;
    let (usual, ..) = often.first?;
    let message = format!("{} stands among cells such as {}", quoted(&cell), quoted(&usual));
    let hundred = Number::whole(100);
    let (label, meant) = if is_share {
        ("a share among percentages", format!("{}%", value.times(hundred)?.normal()))
    } else {
        ("a percentage among shares", value.over(hundred)?.normal().to_string())
    };
    let help =
        format!("if `{meant}` is meant, write that, best where the export is made; cells are read as they stand");
    Some(Diagnostic::warning("mixed-percent", place, message).label(label).help(help))
}
