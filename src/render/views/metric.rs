//! A metric: what it is, its whole history, who uses it.

use serde::Serialize;

use super::Maker;
use super::key_result::Fact;
use super::scores::{grade, title};
use super::shell::{Chrome, Link};
use crate::model::goal::Better;
use crate::model::metric::{Metric, Query};
use crate::model::quantity::Number;
use crate::render::templates::Markup;
use crate::render::{figures, routes};
use crate::report::decide::{self, Ages};

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    heading: String,
    id: String,
    description: String,
    chart: Markup,
    facts: Vec<Fact>,
    uses: Vec<UseView>,
    values: Vec<ValueView>,
    values_note: String,
    csv: String,
}

#[derive(Debug, Serialize)]
struct UseView {
    quarter: String,
    team: String,
    link: Link,
    role: &'static str,
    grade: Markup,
}

/// A day and its value.
type ValueView = (String, String);

/// The most values in the page's table; the CSV has all.
const VALUES: usize = 120;

/// Returns the page of the metric at a place among all.
pub(super) fn view(maker: Maker<'_>, place: usize) -> Option<View> {
    let metric = maker.metric(place)?;
    let points = maker.report.points(&metric.id);
    let age = points.last().map(|point| maker.report.as_of().since(point.day));
    let heading = decide::metric_title(metric);
    let shown = points.iter().rev().take(VALUES);
    let unit = maker.report.unit_of(metric);
    let places = shown.clone().map(|point| point.value.normal().places().min(2)).max().unwrap_or(0);
    Some(View {
        page: Chrome::new(maker, "metrics", heading.clone(), Ages { newest: age, oldest: age })
            .crumb(maker.words.metrics, maker.link(routes::METRICS)),
        heading,
        id: metric.id.to_string(),
        description: metric.description.clone().unwrap_or_default(),
        chart: figures::history(maker.report, metric, "history"),
        facts: facts(maker, metric),
        uses: uses(maker, metric),
        values: shown
            .map(|point| (maker.format.short_day(point.day), maker.format.aligned(point.value, &unit, places)))
            .collect(),
        values_note: maker.phrases().values_shown(points.len().min(VALUES), points.len()),
        csv: maker.link(&routes::metric_csv(&metric.id)),
    })
}

/// Returns a value in the metric's unit.
pub(super) fn amount(maker: Maker<'_>, metric: &Metric, value: Number) -> String {
    maker.format.value(value, &maker.report.unit_of(metric))
}

fn facts(maker: Maker<'_>, metric: &Metric) -> Vec<Fact> {
    let (words, phrases) = (maker.words, maker.phrases());
    let mut facts = Vec::new();
    let mut add = |term: &'static str, text: String| {
        if !text.is_empty() {
            facts.push(Fact { term, text, href: String::new() });
        }
    };
    add(words.definition, phrases.how_queried(metric));
    add(words.measured_by, metric.source.as_ref().map(|source| source.value.clone()).unwrap_or_default());
    add(words.owner, metric.owner.clone().unwrap_or_default());
    add(words.unit, metric.unit.as_ref().map(|unit| unit.value.to_string()).unwrap_or_default());
    let better = metric.better.map(|better| match better {
        Better::Higher => words.higher,
        Better::Lower => words.lower,
    });
    add(words.better, better.unwrap_or_default().to_owned());
    add(words.fresh_within, metric.fresh_within.map(|days| maker.format.days(days)).unwrap_or_default());
    add(words.complete_through, metric.complete_through.map(|day| maker.format.day(day)).unwrap_or_default());
    if let Query::Rows(query) = &metric.query {
        let files: Vec<&str> = query.files.iter().map(|file| &**file).collect();
        add(words.file, files.join(", "));
    }
    facts
}

fn uses(maker: Maker<'_>, metric: &Metric) -> Vec<UseView> {
    let places = maker.report.uses(&metric.id).iter().rev();
    let reports = places.filter_map(|&place| maker.report.key_result(place));
    reports
        .map(|report| {
            let page = routes::team_quarter(report.team.quarter.id, &report.team.plan.team);
            let fragment = routes::fragment(&report.objective.id.value, &report.plan.id.value);
            let measures = report.plan.metric.as_ref().is_some_and(|used| used.value == metric.id);
            UseView {
                quarter: report.team.quarter.id.to_string(),
                team: report.team.name.to_owned(),
                link: Link { text: title(report.title()), href: maker.link(&format!("{page}#{fragment}")) },
                role: if measures { maker.words.measures } else { maker.words.guards },
                grade: grade(maker, &report),
            }
        })
        .collect()
}
