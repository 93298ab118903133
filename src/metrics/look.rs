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
    /// Whether its first rows hold the same date twice, in the first column of dates.
    pub repeats_dates: bool,
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
    let seen = (0..shape.width).map(|column| Seen {
        name: shape.name(column),
        kind: holds(&columns, column, &dates),
        unit: match stated(&shape.name(column)) {
            Some(Stated::Unit(unit)) => Some(unit.to_string()),
            Some(Stated::Money(code)) => Some(code.to_owned()),
            Some(Stated::Scaled(_)) | None => None,
        },
    });
    let seen = seen.collect();
    let repeats_dates = dates.first().is_some_and(|&date| {
        let mut cells: Vec<Vec<u8>> = columns.head().map(|record| record.bytes(date).to_vec()).collect();
        let all = cells.len();
        cells.sort_unstable();
        cells.dedup();
        cells.len() < all
    });
    Ok(Ok(Glance { columns: seen, repeats_dates }))
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
