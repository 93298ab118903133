//! What values rest on, in English.
//!
//! In: receipts, metrics, counts. Out: phrases and sentences that say where a number comes from.

use super::Phrases;
use super::en_phrases::capitalised;
use crate::model::calendar::Day;
use crate::model::history::Receipt;
use crate::model::metric::{Metric, Query};
use crate::model::pull::Pulled;

impl Phrases {
    /// Returns how many rows of how many exports a value rests on.
    #[must_use]
    pub fn evidence(self, receipt: &Receipt) -> String {
        let rows = match receipt.rows {
            1 => "1 row".to_owned(),
            rows => format!("{} rows", self.format.count(rows)),
        };
        match receipt.files.exports().len() {
            1 => format!("{rows} of 1 export"),
            files => format!("{rows} of {files} exports"),
        }
    }

    /// Returns the same with the last day of the data.
    #[must_use]
    pub fn evidence_until(self, receipt: &Receipt, last: Option<Day>) -> String {
        let last = last.map(|last| format!(", the last of {}", self.format.day(last))).unwrap_or_default();
        format!("{}{last}", capitalised(&self.evidence(receipt)))
    }

    /// Returns how rows became one value, in a sentence or two.
    #[must_use]
    pub fn how_measured(self, receipt: &Receipt) -> String {
        let rows = match &*receipt.filter {
            "" => "all rows".to_owned(),
            filter => format!("the rows where {filter}"),
        };
        let left_out = match receipt.left_out {
            0 => String::new(),
            1 => " 1 row was left out because a cell of it could not be read.".to_owned(),
            rows => {
                let rows = self.format.count(rows);
                format!(" {rows} rows were left out because a cell of them could not be read.")
            }
        };
        let days = self.format.window(receipt.window);
        format!("The {} of {rows} from {days}.{left_out}", receipt.aggregate.name())
    }

    /// Returns from which day on which exports went on, under the letter that marks it in charts.
    #[must_use]
    pub fn seam(self, letter: char, from: Day, before: &str, now: &str) -> String {
        format!("{letter}: from {} on {now}, before that {before}", self.format.day(from))
    }

    /// Returns what another export between start and value means.
    #[must_use]
    pub fn across_seam(self, seam: &str) -> String {
        format!("{seam}; what was measured before and since may not compare")
    }

    /// Returns in a phrase where a metric's numbers come from.
    #[must_use]
    pub fn how_queried(self, metric: &Metric) -> String {
        let window = match metric.window_days {
            Some(days) => format!("the last {}", self.format.days(days)),
            None => format!("the {}", self.format.cycle()),
        };
        let per = metric.per.as_ref().map(|per| self.format.per(per)).unwrap_or_default();
        match &metric.query {
            Query::Rows(_) if !per.is_empty() => format!("{}{per}", metric.aggregate.name()),
            Query::Rows(_) => format!("{} over {window}", metric.aggregate.name()),
            Query::RatioOfMetrics { of, to } => format!("{} divided by {}", of.value, to.value),
        }
    }

    /// Returns when and from where an export was pulled.
    #[must_use]
    pub fn pulled(self, pulled: &Pulled) -> String {
        format!("{} from {}", self.format.day(pulled.on), pulled.engine)
    }

    /// Returns how many of how many values a table shows.
    #[must_use]
    pub fn values_shown(self, shown: usize, all: usize) -> String {
        if shown == all {
            format!("{all} values, latest first.")
        } else {
            format!("The latest {shown} of {all} values; the CSV has them all.")
        }
    }
}
