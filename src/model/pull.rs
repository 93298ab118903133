//! What is fetched from an engine into an export, and what is known of the last time.
//!
//! A [`Pull`] is what the book says: a query and the name of a connection. A [`Pulled`] is what the receipt beside the export
//! says about the run that wrote it.

use std::sync::Arc;

use super::calendar::Day;
use super::ids::Slug;
use crate::hash::Digest;
use crate::source::{Span, Spanned};

/// The most rows that are taken home where the book doesn't say: a row a day and series is all that scores need.
pub const MAX_ROWS: u32 = 5000;

/// The most rows that a book may ask for.
pub const ROWS_LIMIT: u32 = 100_000;

/// How far back a query is asked where the book doesn't say: baselines and past cycles rest on what came before.
pub const SINCE: Since = Since::Months(24);

/// An export that a query fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    /// The metric that says so.
    pub metric: Spanned<Slug>,
    /// The export's path in the book: `metrics/checkout.csv`.
    pub export: Arc<str>,
    /// The connection's name, which the user's own profile makes an engine of.
    pub connection: Spanned<String>,
    /// What is asked; nothing where the connection is a program of the user's.
    pub query: Option<Sql>,
    /// From which day on.
    pub since: Since,
    /// The most rows that are taken home.
    pub max_rows: u32,
    /// Columns in which metrics of this export expect texts: series, conditions, keys.
    pub texts: Vec<Arc<str>>,
}

impl Pull {
    /// Returns where the receipt of an export stands: `metrics/checkout.pull.json` for `metrics/checkout.csv`.
    #[must_use]
    pub fn receipt_of(export: &str) -> String {
        let stem = export.rsplit_once('.').filter(|(_, ending)| !ending.contains('/')).map_or(export, |(stem, _)| stem);
        format!("{stem}{RECEIPT}")
    }
}

/// How the names of receipts end.
pub const RECEIPT: &str = ".pull.json";

/// A query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sql {
    /// Its text.
    pub text: Arc<str>,
    /// Where the book names or writes it.
    pub place: Span,
    /// The file that holds it, where it isn't written beside the connection.
    pub file: Option<Arc<str>>,
    /// Whether it has a place for the first day that is asked for: `$1` or `?`.
    pub takes_since: bool,
}

impl Sql {
    /// Returns what tells this query from others; line ends count as one sign.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self.text.replace("\r\n", "\n").trim().as_bytes())
    }
}

/// How far back a query is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// From the first day of the month so many months before on.
    Months(i32),
    /// From so many days before on.
    Days(i32),
    /// From this day on.
    Day(Day),
}

impl Since {
    /// Returns the first day, as seen from another one.
    #[must_use]
    pub fn day(self, today: Day) -> Day {
        match self {
            Self::Months(months) => today.month_start(-months),
            Self::Days(days) => today.plus(-days),
            Self::Day(day) => day,
        }
    }
}

/// What a receipt says about the run that wrote an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// The digest of the export as it was written.
    pub sha256: Digest,
    /// The digest of the query; nothing where a program of the user's was run.
    pub query: Option<Digest>,
    /// The connection's name.
    pub connection: String,
    /// What answered, with its version: "PostgreSQL 15.18".
    pub engine: String,
    /// What spoke to it, with its version.
    pub driver: String,
    /// The day of the run in the book's zone.
    pub on: Day,
    /// Through which day the export is complete: the last one that was over when the engine was asked.
    pub complete_through: Day,
    /// How many rows came home.
    pub rows: u64,
    /// Whether the export holds other bytes by now.
    pub is_edited: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_stands_beside_its_export() {
        for (export, receipt) in [
            ("metrics/checkout.csv", "metrics/checkout.pull.json"),
            ("metrics/shop/a.b.csv", "metrics/shop/a.b.pull.json"),
            ("metrics/x.y/plain", "metrics/x.y/plain.pull.json"),
        ] {
            assert_eq!(Pull::receipt_of(export), receipt);
        }
    }

    #[test]
    fn years_go_back_to_the_first_of_a_month() {
        let today = Day::parse("2026-12-01").expect("a day");
        assert_eq!(SINCE.day(today).to_string(), "2024-12-01");
        assert_eq!(Since::Days(7).day(today).to_string(), "2026-11-24");
        assert_eq!(Since::Day(Day::MIN).day(today), Day::MIN);
    }
}
