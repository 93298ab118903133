//! How many key results stand where.

use serde::Serialize;

use crate::model::scorecard::{Band, Status};
use crate::report::Report;
use crate::report::decide::Count;
use crate::report::text::Phrases;

/// How many key results stand where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Distribution {
    /// What it shows.
    pub title: &'static str,
    /// By band, best first; by status while the quarter runs. None where there are no key results.
    pub rows: Vec<BandRow>,
}

/// How many key results stand in a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BandRow {
    /// The grades, or the status's symbol.
    pub figure: &'static str,
    /// The word.
    pub word: &'static str,
    /// The name for styles.
    pub code: &'static str,
    /// How many.
    pub count: usize,
    /// How much of a bar that fills, in tenths of the largest.
    pub tenths: usize,
}

/// Returns how many key results stand where.
#[must_use]
pub fn distribution(report: &Report<'_>, count: &Count, is_over: bool) -> Distribution {
    const FIGURES: [&str; 4] = ["0.0–0.3", "0.4–0.6", "0.7–0.9", "1.0"];
    let phrases = Phrases::new(report.format);
    let words = report.words();
    let row = |figure, code, word, count| BandRow { figure, word, code, count, tenths: 0 };
    let (title, mut rows): (_, Vec<BandRow>) = if is_over {
        let of_band = |band: &Band| {
            let at = *band as usize;
            row(FIGURES[at], band.name(), phrases.bands()[at], count.bands[at])
        };
        (words.distribution, Band::ALL.iter().rev().map(of_band).collect())
    } else {
        let paces = phrases.paces(count.has_committed);
        let of_status = |status: &Status| {
            let at = *status as usize;
            row(status.symbol(), status.name(), paces[at], count.statuses[at])
        };
        (words.distribution_so_far, Status::ALL.iter().map(of_status).collect())
    };
    let most = rows.iter().map(|row| row.count).max().unwrap_or(0);
    if most == 0 {
        rows.clear();
    }
    rows.iter_mut().for_each(|row| row.tenths = row.count * 10 / most);
    Distribution { title, rows }
}
