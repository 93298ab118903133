//! The chart of a metric's whole history, with the goals that were set on it.
//!
//! In: a metric. Out: a drawing. Values are those of the metric's history, in its own unit.

use std::collections::BTreeMap;

use super::ends::{ends, told};
use crate::chart::figure::{HistoryFigure, Line};
use crate::chart::series::{Segment, segments_of};
use crate::chart::{self, Svg, describe};
use crate::model::calendar::{Day, Window};
use crate::model::goal::Goal;
use crate::model::history::History;
use crate::model::metric::{Aggregate, Metric};
use crate::model::quantity::{Number, Unit};
use crate::report::text::Phrases;
use crate::report::{KeyResultReport, QuarterReport, Report, decide, reading, seams};

/// Returns the chart of a metric's whole history.
#[must_use]
pub fn history(report: &Report<'_>, metric: &Metric, id: &str) -> Svg {
    let Some(history) = report.history(&metric.id) else { return Svg::default() };
    let (Some(first), Some(last)) = (history.first_day(), history.last_day()) else { return Svg::default() };
    let days = Window { start: first, end: last.max(report.as_of().min(last.plus(92))).plus(1) };
    let unit = report.unit_of(metric);
    let mut figure = HistoryFigure {
        id: id.to_owned(),
        title: decide::metric_title(metric),
        description: String::new(),
        days,
        values: history_values(report, history, days),
        single_days: if sums_up(history) { segments_of(history.point_floats(days)) } else { Vec::new() },
        goals: goals(report, metric, &unit),
        today: None,
        quarters: quarters(report, days),
        annotations: seams::marks(report, metric, days),
        stale_label: None,
        months: chart::figure::Months::default(),
    };
    let format = report.format;
    let last = figure.values.last().and_then(|segment| segment.points.last()).map(|&(_, value)| value);
    let told = reading::of_metric(report, metric).value;
    let value = |float: f64| match last {
        Some(last) if last == float && sums_up(history) && !told.is_empty() => told.clone(),
        _ => format.charted(float, &unit),
    };
    figure.description = describe::describe_history(&figure, &value, &|day| format.day(day));
    figure.description.push_str(&seams::told(report, metric, days));
    chart::history(&figure, &value)
}

/// Says whether a metric's value sums up days that can stand beside it.
fn sums_up(history: &History) -> bool {
    history.aggregate() != Aggregate::Last && !history.aggregate().is_flow()
}

/// Returns the values as they are scored, quarter by quarter: of the last value each day's own.
fn history_values(report: &Report<'_>, history: &History, days: Window) -> Vec<Segment> {
    if history.aggregate() == Aggregate::Last {
        return segments_of(history.point_floats(days));
    }
    let windows = report.quarters.iter().map(|quarter| quarter.plan.quarter.window);
    let parts =
        windows.map(|window| history.trend_floats(Window { start: window.start, end: window.end.min(days.end) }));
    parts.filter(|points| !points.is_empty()).map(|points| Segment { points }).collect()
}

/// Returns the goals that were set on the metric, each over its quarter.
fn goals(report: &Report<'_>, metric: &Metric, unit: &Unit) -> Vec<(Window, Line)> {
    let uses = report.uses(&metric.id).iter().filter_map(|&place| report.key_result(place));
    let measured = uses.filter(|used| used.plan.metric.as_ref().is_some_and(|known| known.value == metric.id));
    let line = |used: KeyResultReport<'_>| match used.goal() {
        Some(Goal::Move(goal)) => {
            let flow = metric.aggregate.is_flow();
            let window = used.team.quarter.window;
            let (_, value) = ends(goal, &goal.to.unit, flow, window)?;
            let factor = goal.to.unit.convert(Number::ONE, unit)?.to_float();
            let label = Phrases::new(report.format).goal_line(&told(report.format, &goal.to, flow, window));
            Some((window, Line { value: value * factor, label }))
        }
        _ => None,
    };
    let mut goals: Vec<(Window, Line)> = measured.filter_map(line).collect();
    goals.dedup_by(|later, earlier| {
        let is_same = later.0 == earlier.0 || (later.0.start == earlier.0.end && later.1 == earlier.1);
        if is_same {
            earlier.0.end = later.0.end;
        }
        is_same
    });
    goals
}

fn quarters(report: &Report<'_>, days: Window) -> Vec<(Day, String)> {
    let begins = |quarter: &QuarterReport<'_>| quarter.plan.quarter.window.start;
    let shown = report.quarters.iter().filter(|quarter| days.contains(begins(quarter)));
    // Of those that begin together the shortest stands last, and is named.
    let names: BTreeMap<Day, String> = shown.map(|quarter| (begins(quarter), quarter.plan.heading())).collect();
    names.into_iter().collect()
}
