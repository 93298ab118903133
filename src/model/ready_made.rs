//! Rows of an export that nobody wrote: one a day, from values that are known.
//!
//! In: a metric's id, how its rows become one value, and its values by day. Out: rows as if `metrics/ID.csv` had them.

use super::calendar::Day;
use super::daily::RowData;
use super::grain::Grain;
use super::ids::Slug;
use super::measurement::{Export, Point};
use super::metric::{Across, Aggregate};
use super::quantity::Number;
use super::series::{DayEvidence, DaySeries, DayValues, Ints};
use super::silence::Silence;
use crate::hash::Digest;

/// Returns one row for each point, up to the day that `heartbeat` tells, else up to the last point.
pub(super) fn rows(metric: &Slug, aggregate: Aggregate, points: &[Point], heartbeat: Option<Day>) -> RowData {
    let values = DayValues::of_numbers(aggregate, points.iter().map(|point| point.value).collect());
    let first_lines = Ints::Run { first: 2, step: 1, len: points.len() };
    let evidence = DayEvidence { file: 0, days: None, first_lines, several: None };
    let days = Ints::pack(points.iter().map(|point| i64::from(point.day.number())));
    let series = DaySeries { label: "".into(), days, values, rows: None, evidence: vec![evidence] };
    RowData {
        files: [Export { path: format!("metrics/{metric}.csv").into(), sha256: Digest::of(b"") }].into(),
        readings: Vec::new(),
        filter: "".into(),
        first_row: points.first().map(|point| point.day),
        silence: Silence::of_heartbeat(heartbeat.or_else(|| points.last().map(|point| point.day)), Day::MAX),
        series: vec![series],
        across: Across::Max,
        grain: Grain::Day,
        seams: Vec::new(),
        is_stock: false,
        factor: Number::ONE,
        after_as_of: 0,
        open: 0,
        totals: 0,
        blank: 0,
        undated: 0,
        left_out: Vec::new(),
    }
}
