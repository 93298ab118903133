//! Where other exports of a metric went on: what charts mark and pages say of it.
//!
//! In: the report and a metric, or a key result. Out: days with the letter that marks them, and what to say of them. What
//! stands before and behind such a day was measured by different tools and need not compare.

use super::text::Phrases;
use super::{KeyResultReport, Report};
use crate::model::calendar::{Day, Window};
use crate::model::history::History;
use crate::model::metric::{Metric, Query};
use crate::model::scorecard::BaselineOrigin;

/// Where another export went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seam {
    /// The first day of which it tells.
    pub day: Day,
    /// What marks it in charts: `A`.
    pub letter: String,
    /// The exports before and behind it: `A: from 1 May 2025 on metrics/new.csv, before that metrics/old.csv`.
    pub text: String,
}

/// Returns where a metric's exports change, oldest first.
#[must_use]
pub fn of_metric(report: &Report<'_>, metric: &Metric) -> Vec<Seam> {
    let Query::Rows(rows) = &metric.query else { return Vec::new() };
    let phrases = Phrases::new(report.format);
    let files = |files: &[std::sync::Arc<str>]| files.iter().map(|file| &**file).collect::<Vec<_>>().join(", ");
    let parts: Vec<(Window, String)> = rows.parts().map(|(window, part)| (window, files(&part.files))).collect();
    let of_pair = |(pair, letter): (&[(Window, String)], char)| {
        let ((_, before), (after, now)) = (pair.first()?, pair.last()?);
        let text = phrases.seam(letter, after.start, before, now);
        Some(Seam { day: after.start, letter: letter.to_string(), text })
    };
    parts.windows(2).zip('A'..='Z').filter_map(of_pair).collect()
}

/// Returns what charts of some days mark.
#[must_use]
pub fn marks(report: &Report<'_>, metric: &Metric, days: Window) -> Vec<(Day, String)> {
    let seams = of_metric(report, metric).into_iter();
    seams.filter(|seam| days.contains(seam.day)).map(|seam| (seam.day, seam.letter)).collect()
}

/// Returns what charts of some days mark, in words that go on from others; empty where they mark nothing.
#[must_use]
pub fn told(report: &Report<'_>, metric: &Metric, days: Window) -> String {
    let seams = of_metric(report, metric).into_iter().filter(|seam| days.contains(seam.day));
    seams.map(|seam| format!(" {}.", seam.text)).collect()
}

/// Returns what to say of a key result whose start and value were measured by different exports, or whose value was by
/// both.
#[must_use]
pub fn between(report: &Report<'_>, known: &KeyResultReport<'_>) -> Option<String> {
    let metric = known.metric()?;
    let start = known.team.quarter.window.start;
    let from = match known.score.baseline.as_ref().map(|baseline| baseline.origin) {
        Some(
            BaselineOrigin::BeforeQuarter(day) | BaselineOrigin::FirstInQuarter(day) | BaselineOrigin::Locked(day),
        ) => day.min(start),
        Some(BaselineOrigin::Stated) | None => start,
    };
    let last = known.score.measured_on.or_else(|| report.history(&metric.id).and_then(History::last_day))?;
    let inside = |seam: &Seam| from < seam.day && seam.day <= last;
    let seam = of_metric(report, metric).into_iter().rfind(inside)?;
    Some(Phrases::new(report.format).across_seam(&seam.text))
}
