//! Charts as markup for pages.

use crate::model::metric::Metric;
use crate::report::{KeyResultReport, Report, figures};

use super::markup::Markup;

/// A chart with what it shows, in words; empty where there is nothing to show.
#[derive(Debug, Default)]
pub(super) struct Chart {
    pub(super) markup: Markup,
    pub(super) measure: String,
}

/// Returns the small chart in a key result's row.
pub(super) fn spark(report: &Report<'_>, key_result: &KeyResultReport<'_>) -> Markup {
    Markup::from(figures::spark(report, key_result))
}

/// Returns the small chart in a key result's row and the chart on its card.
pub(super) fn both(report: &Report<'_>, key_result: &KeyResultReport<'_>) -> (Markup, Chart) {
    let (spark, chart) = figures::both(report, key_result, figures::ON_SCREENS);
    (Markup::from(spark), Chart { markup: Markup::from(chart.svg), measure: chart.measure })
}

/// Returns the chart of a metric's whole history.
pub(super) fn history(report: &Report<'_>, metric: &Metric, id: &str) -> Markup {
    Markup::from(figures::history(report, metric, id))
}
