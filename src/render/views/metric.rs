//! A metric: what it is, its whole history, who uses it.

use super::facts::stated;
use super::shell::Chrome;
use super::{Maker, facts};
use crate::error::Result;
use crate::model::calendar::Window;
use crate::model::goal::Better;
use crate::model::history::{History, Point};
use crate::model::metric::Metric;
use crate::model::quantity::Unit;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::stencil::Field;
use crate::render::{figures, routes};
use crate::report::Ages;
use crate::report::decide::{self, title};
use crate::report::reading::{self, Reading};
use crate::report::shown::{Fact, Graded, Target, person};
use crate::report::{KeyResultReport, path, seams, trace};

/// The most values in the page's table; the CSV has all.
const VALUES: usize = 120;

/// Adds the page of the metric at a place among all.
pub(super) fn add(out: &mut Markup, maker: Maker<'_>, place: usize) -> Result<()> {
    let Some(metric) = maker.metric(place) else { return Ok(()) };
    let history = maker.report.history(&metric.id);
    let (latest, all) = history.map(|history| history.newest_points(VALUES)).unwrap_or_default();
    let age = reading::age_of_metric(maker.report, metric).map(|(_, age)| age);
    let heading = decide::metric_title(metric);
    let chrome = Chrome::new(maker, "metrics", heading.clone(), Ages { newest: age, oldest: age })
        .crumb(maker.words.metrics, maker.link(routes::METRICS));
    let chart = figures::history(maker.report, metric, "history");
    let phrases = maker.phrases();
    let values_note = [phrases.values_shown(latest.len(), all), phrases.single_days(metric)].join(" ");
    let fields = [
        ("page", chrome.field()),
        ("heading", Field::Text(&heading)),
        ("id", Field::Text(metric.id.as_str())),
        ("description", Field::Text(metric.description.as_deref().unwrap_or_default())),
        ("measure", Field::Text(&measure(maker, metric))),
        ("chart", Field::Html(&chart)),
        ("facts", Field::Html(&facts(maker, metric)?)),
        ("uses", Field::Html(&uses(maker, metric)?)),
        ("reading", Field::Html(&reading(maker, metric)?)),
        ("values", if latest.is_empty() { Field::Text("") } else { Field::Inner }),
        ("values_note", Field::Text(&values_note)),
        ("csv", Field::Text(&maker.link(&routes::metric_csv(&metric.id)))),
    ];
    maker.add_around(out, Piece::MetricPage, &fields, &mut |out| {
        add_values(out, maker, &latest, &maker.report.unit_of(metric))
    })
}

/// Returns the plan by which each export was read, as lists; nothing where none could be.
fn reading(maker: Maker<'_>, metric: &Metric) -> Result<Markup> {
    let mut lists = Markup::default();
    let is_measured = maker.report.history(&metric.id).is_some_and(History::usable);
    let sections = if is_measured { trace::of_exports(maker.report, metric, &[]) } else { Vec::new() };
    for section in sections {
        let text = |line: &trace::Line| match line.why.as_str() {
            "" => line.text.clone(),
            why => format!("{} ({why})", line.text),
        };
        let file = Fact::stated(maker.words.file, Some(section.name.into()));
        let lines = section.lines.iter().filter_map(|line| Fact::stated(line.title(), Some(text(line).into())));
        lists.add(&facts::list(maker, &file.into_iter().chain(lines).collect::<Vec<_>>())?);
    }
    Ok(lists)
}

/// Returns what the chart shows, in words; nothing where there is no chart.
pub(super) fn measure(maker: Maker<'_>, metric: &Metric) -> String {
    let history = maker.report.history(&metric.id);
    let Some((start, last)) = history.and_then(|history| history.first_day().zip(history.last_day())) else {
        return String::new();
    };
    let window = Window { start, end: last.plus(1) };
    let title = decide::metric_title(metric);
    maker.phrases().history_measure(&title, &maker.report.unit_of(metric), window, metric)
}

/// Adds days and values as rows, latest first.
fn add_values(out: &mut Markup, maker: Maker<'_>, points: &[Point], unit: &Unit) -> Result<()> {
    let places = points.iter().map(|point| point.value.normal().places().min(2)).max().unwrap_or(0);
    let (mut day, mut value) = (String::new(), String::new());
    for (at, point) in points.iter().rev().enumerate() {
        day.clear();
        maker.format.push_short_day(&mut day, point.day);
        value.clear();
        maker.format.push_aligned(&mut value, point.value, unit, places);
        out.begin_line(at == 0);
        maker.add(out, Piece::MetricValue, &[("day", Field::Text(&day)), ("value", Field::Text(&value))])?;
    }
    Ok(())
}

fn facts(maker: Maker<'_>, metric: &Metric) -> Result<Markup> {
    let (words, phrases) = (maker.words, maker.phrases());
    let better = metric.better.map(|better| match better {
        Better::Higher => words.higher,
        Better::Lower => words.lower,
    });
    let files = metric.exports().map(|file| &**file).collect::<Vec<_>>().join(", ");
    let seams: Vec<String> = seams::of_metric(maker.report, metric).into_iter().map(|seam| seam.text).collect();
    let complete_through = metric.complete_through.map(|through| through.day(maker.report.as_of()));
    let stated = [
        stated(words.value, reading::of_metric(maker.report, metric).line()),
        stated(words.definition, phrases.how_queried(metric)),
        stated(words.measured_by, metric.source.as_ref().map_or("", |source| source.value.as_str())),
        metric.owner.as_deref().map(|owner| person(maker.report, words.owner, owner)),
        stated(words.unit, metric.unit.as_ref().map(|unit| unit.value.to_string()).unwrap_or_default()),
        stated(words.better, better.unwrap_or_default()),
        stated(words.fresh_within, metric.fresh_within.map(|days| maker.format.days(days)).unwrap_or_default()),
        stated(words.complete_through, complete_through.map(|day| maker.format.day(day)).unwrap_or_default()),
        stated(words.file, files),
        stated(words.exports, seams.join("; ")),
    ];
    facts::list(maker, &stated.into_iter().flatten().collect::<Vec<_>>())
}

/// Returns the key results that the metric measures or guards, as rows.
fn uses(maker: Maker<'_>, metric: &Metric) -> Result<Markup> {
    let mut uses = Markup::default();
    let places = maker.report.uses(&metric.id).iter().rev();
    for (at, report) in places.filter_map(|&place| maker.report.key_result(place)).enumerate() {
        let measures = reading::measures(&report, metric);
        let fields = [
            ("quarter", Field::Text(&report.team.cycle())),
            ("team", Field::Text(report.team.name)),
            ("role", Field::Text(if measures { maker.words.measures } else { maker.words.guards })),
            ("href", Field::Text(&maker.href(&Target::KeyResult(report)))),
            ("title", Field::Text(&title(report.title()))),
            ("value", Field::Text(&value(maker, &report, metric, measures))),
            ("grade", Field::Html(maker.grade(Graded::of(&report)))),
        ];
        uses.begin_line(at == 0);
        maker.add(&mut uses, Piece::MetricUse, &fields)?;
    }
    Ok(uses)
}

/// Returns the number that was scored in a key result, or held against its guardrail.
fn value(maker: Maker<'_>, report: &KeyResultReport<'_>, metric: &Metric, measures: bool) -> String {
    if measures {
        let (value, heading) = path::so_far(maker.format, report);
        return Reading { value, heading }.line();
    }
    let guardrail = report.score.guardrails.iter().find(|guardrail| guardrail.metric == metric.id);
    let value = guardrail.and_then(|guardrail| guardrail.value.as_ref());
    value.map(|value| maker.format.value(value.number, &value.unit)).unwrap_or_default()
}
