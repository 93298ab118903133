//! The plan by which an export is read, in words.
//!
//! In: a definition, the export's columns and the query that came of them. Out: each choice with its reason. Decides
//! nothing.

use super::columns::Columns;
use super::plan::{Bound, NumberColumn, Take};
use super::resolve::{Asked, filter_text};
use crate::metrics::cells::blank::is_missing_cell;
use crate::metrics::cells::civil::{Order, Reading};
use crate::metrics::cells::date::{read, triple};
use crate::metrics::read::faults::quoted;
use crate::metrics::read::slot::{DateSlot, DateSource};
use crate::model::grain::{Grain, RowGrain};
use crate::model::metric::{DateColumn, Measure};
use crate::model::reading::{Choice, Chosen, Why};

/// Returns the choices by which a metric reads an export.
pub(in crate::metrics) fn choices(
    asked: Asked<'_>,
    columns: &Columns<'_>,
    bound: &Bound,
    slots: &[DateSlot],
) -> Vec<Choice> {
    let mut choices = vec![cells(asked, columns), header(asked, columns), date(asked, columns, &slots[bound.date])];
    choices.extend(measure(asked, columns, &bound.take, slots));
    if let Some(unit) = &asked.metric.unit {
        let why = if asked.metric.states_its_unit() { Why::Stated } else { rule("its key result counts so") };
        choices.push(choice(Chosen::Unit, unit.value.to_string(), why));
    }
    let filter = filter_text(asked.rows);
    if !filter.is_empty() {
        choices.push(choice(Chosen::Rows, filter, Why::Stated));
    }
    if let Some(column) = bound.unique {
        let taken = format!("{}, of which the newest row counts", columns.name(column));
        choices.push(choice(Chosen::Key, taken, Why::Stated));
    }
    choices
}

const fn choice(chosen: Chosen, taken: String, why: Why) -> Choice {
    Choice { chosen, taken, why }
}

fn rule(text: impl Into<String>) -> Why {
    Why::Rule(text.into())
}

fn cells(asked: Asked<'_>, columns: &Columns<'_>) -> Choice {
    let delimiter = columns.shape.layout.delimiter;
    let sign = match delimiter {
        b'\t' => "tabs".to_owned(),
        sign => quoted(&char::from(sign).to_string()),
    };
    let why = if asked.rows.dialect.delimiter.is_some() {
        Why::Stated
    } else if columns.has_other_delimiters(delimiter) {
        rule("it parts most rows alike")
    } else {
        Why::Only
    };
    choice(Chosen::Cells, format!("parted by {sign}"), why)
}

fn header(asked: Asked<'_>, columns: &Columns<'_>) -> Choice {
    let line = columns.shape.data_line.saturating_sub(1);
    let taken = if columns.shape.header.is_some() { format!("line {line}") } else { "none".to_owned() };
    let why = if asked.rows.dialect.no_header || asked.rows.dialect.skip_rows.is_some() {
        Why::Stated
    } else if columns.shape.header.is_none() {
        rule("the first row holds values")
    } else if line > 1 {
        rule("the line of names with the most rows below")
    } else {
        Why::Only
    };
    choice(Chosen::Header, taken, why)
}

fn date(asked: Asked<'_>, columns: &Columns<'_>, slot: &DateSlot) -> Choice {
    let names = |places: &[usize]| places.iter().map(|&place| columns.name(place)).collect::<Vec<_>>().join(", ");
    let mut taken = match slot.source {
        DateSource::Fixed(day) => day.to_string(),
        source => names(&source.columns()),
    };
    if let DateSource::NthDay(_, start) = slot.source {
        taken = format!("{taken}, days after {start}");
    }
    if let DateSource::YearPart(_, _, grain) = slot.source {
        taken = format!("{taken}, a {} a row", grain.name());
    } else if let Some(grain) = slot.rules.grain.filter(|grain| *grain != RowGrain::Day) {
        taken = format!("{taken}, a {} a row", grain.grain().name());
        if grain.grain() == Grain::Week {
            taken.push_str(if grain == RowGrain::WeekEnding {
                " that ends on that day"
            } else {
                " that begins on that day"
            });
        }
    }
    if let Some(format) = &slot.format {
        taken = format!("{taken}, written {format}");
    } else if let DateSource::Column(column) = slot.source {
        taken.push_str(&as_written(columns, column, slot));
    }
    let dates = columns.date_columns();
    let why = match &asked.rows.date {
        DateColumn::First => match (&asked.rows.measure, slot.source) {
            (Measure::Duration { .. }, _) => rule("a time counts where it ends"),
            (Measure::Stock { .. }, _) => rule("from when on a row is there"),
            (_, DateSource::YearPart(..)) => rule("they are called so"),
            (_, DateSource::NthDay(..)) => rule("a line above the table says where its days begin"),
            _ if dates.len() > 1 => rule(format!("the first of {} columns of dates: {}", dates.len(), names(&dates))),
            _ if dates.is_empty() => rule("it is called so"),
            _ => Why::Only,
        },
        _ => Why::Stated,
    };
    choice(Chosen::Date, taken, why)
}

/// Says what the cells of a column of dates tell by the way they are written: periods, and which of day and month comes first.
fn as_written(columns: &Columns<'_>, column: usize, slot: &DateSlot) -> String {
    let mut cells = columns.head().map(|record| record.bytes(column).to_vec()).filter(|cell| !is_missing_cell(cell));
    let Some(cell) = cells.next() else { return String::new() };
    let period = match read(&cell, &slot.rules) {
        Ok(Reading::Period(_, grain)) if slot.rules.grain.is_none() => format!(", a {} a row as written", grain.name()),
        _ => String::new(),
    };
    let order = match slot.rules.order.filter(|_| triple(&cell).is_some()) {
        Some(Order::MonthDay) => ", month before day",
        Some(Order::DayMonth) => ", day before month",
        Some(Order::YearMonthDay) => ", year before month and day",
        None => "",
    };
    [&period, order].concat()
}

fn measure(asked: Asked<'_>, columns: &Columns<'_>, take: &Take, slots: &[DateSlot]) -> Option<Choice> {
    let name = |column: &NumberColumn| columns.name(column.column);
    let of_slot = |slot: usize| slots[slot].source.columns().first().map_or_else(String::new, |at| columns.name(*at));
    let mut taken = match take {
        Take::Nothing => return None,
        Take::Rows => "each row".to_owned(),
        Take::Value(column) => name(column),
        Take::Ratio(of, to) => format!("{} over {}", name(of), name(to)),
        Take::Difference(column, minus) => format!("{} less {}", name(column), name(minus)),
        Take::Weighted(value, weight) => format!("{} weighted by {}", name(value), name(weight)),
        Take::Duration { from, to, .. } => format!("the time from {} to {}", of_slot(*from), of_slot(*to)),
        Take::Stock(until) => format!("rows that are there until {}", of_slot(*until)),
    };
    if let Some(scale) = asked.rows.scale {
        taken = format!("{taken}, times {scale}");
    }
    let why = match (&asked.rows.measure, take) {
        (Measure::OnlyNumber, Take::Value(column)) if columns.numbers_things(column.column) => {
            rule("it is called like the metric")
        }
        (Measure::OnlyNumber, _) => Why::Only,
        _ => Why::Stated,
    };
    Some(choice(Chosen::Measure, taken, why))
}
