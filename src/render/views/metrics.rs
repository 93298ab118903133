//! The list of all metrics.

use serde::Serialize;

use super::Maker;
use super::shell::Chrome;
use crate::model::metric::Metric;
use crate::render::routes;
use crate::report::reading;
use crate::report::{Ages, decide};

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    metrics: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    title: String,
    href: String,
    id: String,
    how: String,
    source: String,
    latest: String,
    /// The last day with data, as it is shown and as it is sorted.
    day: String,
    until: String,
    uses: usize,
}

/// Returns the page.
pub(super) fn view(maker: Maker<'_>) -> View {
    let mut metrics: Vec<Row> = maker.report.metrics().map(|metric| row(maker, metric)).collect();
    metrics.sort_by_cached_key(|row| row.title.to_lowercase());
    View { page: Chrome::new(maker, "metrics", maker.words.metrics, Ages::default()), metrics }
}

fn row(maker: Maker<'_>, metric: &Metric) -> Row {
    let until = reading::age_of_metric(maker.report, metric).map(|(until, _)| until);
    Row {
        title: decide::metric_title(metric),
        href: maker.link(&routes::metric(&metric.id)),
        id: metric.id.to_string(),
        how: maker.phrases().how_queried(metric),
        source: metric.source.as_ref().map(|source| source.value.clone()).unwrap_or_default(),
        latest: reading::of_metric(maker.report, metric).line(),
        day: until.map(|until| maker.format.short_day(until)).unwrap_or_default(),
        until: until.map(|until| until.to_string()).unwrap_or_default(),
        uses: maker.report.uses(&metric.id).len(),
    }
}
