//! An export at a glance: what its columns hold, for whoever writes a definition of a metric.
//!
//! In: an export that nothing is said of. Out: its columns with what they hold, or why it can't be read.

use super::cells::civil::Reading;
use super::cells::date::{self, Rules};
use super::split::dialect::detect;
use super::split::encoding::Text;
use super::split::foreign;
use super::understand::columns::Columns;
use super::understand::heading::{Stated, stated};
use crate::diag::{Diagnostic, Place};
use crate::error::Result;
use crate::model::grain::Grain;
use crate::model::metric::Dialect;
use crate::read::Binary;

/// An export's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// Its columns, in their order.
    pub columns: Vec<Seen>,
    /// The column that names the thing that each row tells of.
    pub key: Option<String>,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its name, as definitions write it.
    pub name: String,
    /// What its cells are.
    pub kind: Holds,
    /// The unit that its name states.
    pub unit: Option<String>,
    /// Whether its first rows speak of one day twice, where it holds dates.
    pub repeats_days: bool,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Dates of days, or of longer periods.
    Dates(Grain),
    /// Numbers that measure something.
    Numbers,
    /// Numbers that only tell rows apart.
    Ids,
    /// Texts, or nothing.
    Others,
}

/// Looks at an export.
///
/// # Errors
///
/// Where the disk fails. What can't be read as a table is told instead.
pub fn look(file: &Binary) -> Result<std::result::Result<Glance, Box<Diagnostic>>> {
    let failed = |error| file.failed()(error);
    let mut text = Text::open(file.open().map_err(failed)?, None).map_err(|error| file.failed()(error))?;
    let (sample, complete) = text.sample().map_err(|error| file.failed()(error))?;
    let refuse = |code, message: &str, help: &str| {
        Box::new(Diagnostic::error(code, Place::File(file.path.clone()), message.to_owned()).help(help))
    };
    if let Some(foreign) = foreign::kind(&sample) {
        return Ok(Err(refuse("not-a-table", foreign.message, foreign.help)));
    }
    let shape = match detect(&sample, complete, &Dialect::default()) {
        Ok(shape) => shape,
        Err(refusal) => return Ok(Err(refuse(refusal.code, &refusal.message, &refusal.help))),
    };
    let columns = Columns::new(&file.path, &shape, &sample);
    let mut dates = columns.date_columns();
    if dates.is_empty() {
        dates.extend(columns.first_dates());
    }
    let seen = (0..shape.width).map(|column| {
        let kind = holds(&columns, column, &dates);
        Seen {
            name: shape.name(column),
            kind,
            unit: match stated(&shape.name(column)) {
                Some(Stated::Unit(unit)) => Some(unit.to_string()),
                Some(Stated::Money(code)) => Some(code.to_owned()),
                Some(Stated::Scaled(_)) | None => None,
            },
            repeats_days: matches!(kind, Holds::Dates(_)) && repeats_days(&columns, column),
        }
    });
    Ok(Ok(Glance { columns: seen.collect(), key: columns.key() }))
}

/// Says whether two of the first rows speak of one day. Cells that need rules to be read are days as they are written.
fn repeats_days(columns: &Columns<'_>, column: usize) -> bool {
    let cells = columns.head().map(|record| record.bytes(column).to_vec());
    let day = |cell: Vec<u8>| match date::read(&cell, &Rules::default()) {
        Ok(date) => (date.first_day(), Vec::new()),
        Err(_) => (None, cell),
    };
    let mut days: Vec<_> = cells.filter(|cell| !cell.is_empty()).map(day).collect();
    let all = days.len();
    days.sort_unstable();
    days.dedup();
    days.len() < all
}

fn holds(columns: &Columns<'_>, column: usize, dates: &[usize]) -> Holds {
    let profile = columns.profiles[column];
    if dates.contains(&column) {
        let mut cells = columns.head().filter_map(|record| date::read(record.bytes(column), &Rules::default()).ok());
        return match cells.next() {
            Some(Reading::Period(_, grain)) => Holds::Dates(grain),
            _ => Holds::Dates(Grain::Day),
        };
    }
    if profile.values == 0 || !profile.mostly(profile.numbers) {
        return Holds::Others;
    }
    if columns.numbers_things(column) { Holds::Ids } else { Holds::Numbers }
}
