//! What is wrong with all that one metric asks of its exports, in words.
//!
//! In: a metric and why its rows give no value. Out: a diagnostic.

use super::keep::series::Clash;
use super::read::faults::quoted;
use super::understand::resolve::{Asked, name_of, place_of};
use crate::diag::{Diagnostic, Place};
use crate::model::metric::{Column, RowQuery, Test};
use crate::source::Spanned;

/// Returns the texts that a query's conditions ask for, in their order.
pub(super) fn sought(rows: &RowQuery) -> impl Iterator<Item = (&Spanned<Column>, &str)> {
    rows.filter.iter().flat_map(|condition| {
        let texts = match &condition.test {
            Test::OneOf(texts) => texts.as_slice(),
            Test::Range { .. } => &[],
        };
        texts.iter().map(|text| (&condition.column, text.trim()))
    })
}

/// Says that a condition counts nothing, because the export writes its text otherwise.
pub(super) fn misspelt_condition(column: &Spanned<Column>, text: &str, near: &str) -> Diagnostic {
    let name = name_of(&column.value);
    let message = format!("no cell of {name} is {}, but some are {}", quoted(text), quoted(near));
    let help = format!("write it as the export does: `\"{near}\"`");
    Diagnostic::error("misspelt-condition", column, message).label("counts no row").help(help)
}

/// Says why a metric can't be measured from its rows.
pub(super) fn clashing(clash: Clash, at: Place, asked: Asked<'_>, texts: &[String]) -> Diagnostic {
    let id = &asked.metric.id;
    let diagnostic = match clash {
        Clash::Instant(lines) => {
            let what = match lines {
                Some((first, second)) => format!("lines {first} and {second} have one instant and two values"),
                None => "this row has the instant of an earlier row and another value".to_owned(),
            };
            let split = match texts {
                [] => "`split: COLUMN`".to_owned(),
                texts => format!("`split:` (with {})", texts.iter().take(6).cloned().collect::<Vec<_>>().join(", ")),
            };
            let help = format!(
                "keep the series apart with {split}, choose one with `where:`, or add them up with `aggregate: sum`"
            );
            let message =
                format!("{what}, so that \"{}\" of the metric {id} can't be told", asked.metric.aggregate.name());
            Diagnostic::error("duplicate-instant", at, message).help(help)
        }
        Clash::Series => {
            Diagnostic::error("too-many-series", at, format!("the metric {id} has more than 20,000 series"))
                .help("split by a column with fewer values")
        }
        Clash::Days => {
            Diagnostic::error("too-many-days", at, format!("the metric {id} has more than 1,000,000 days of series"))
                .help("split by a column with fewer values, or choose rows with `where:`")
        }
        Clash::TooLarge(line) => {
            let message = match line {
                Some(line) => format!("values of the metric {id} are too large to compute with from line {line} on"),
                None => format!("a sum of the metric {id} is too large to compute with"),
            };
            Diagnostic::error("too-large", at, message)
                .help("export it in a larger unit, such as millions; numbers go up to 28 digits")
        }
    };
    match (&diagnostic.place, place_of(asked.metric)) {
        (Place::Line(_) | Place::File(_), defined @ Place::Text(_)) => diagnostic.related(defined, "this metric"),
        _ => diagnostic,
    }
}
