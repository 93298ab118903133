//! Definitions and exports in, values and diagnostics out.

mod doubts;
mod faults;
mod formats;
mod measures;
mod percent;
mod ratios;
mod rows;
mod windows;

use std::collections::BTreeMap;
use std::fs;

use super::measure;
use crate::diag::{Diagnostic, Level, Place};
use crate::model::calendar::{Day, Window};
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::metric::{
    Across, Aggregate, Column, Condition, DateColumn, Dialect, Measure, Metric, MetricPlace, Percentile, Query,
    RowQuery, Since, Test, Through,
};
use crate::model::quantity::{Number, TimeUnit, Unit};
use crate::model::zone::Zone;
use crate::read::Binary;
use crate::source::{Sources, Span, Spanned};

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn window(from: &str, to: &str) -> Window {
    Window { start: day(from), end: day(to).plus(1) }
}

fn quarter() -> Window {
    window("2026-07-01", "2026-09-30")
}

fn span() -> Span {
    Span::new(Sources::default().add("metrics.yaml", "metric: {}"), 0..6)
}

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, span())
}

fn named(name: &str) -> Spanned<Column> {
    spanned(Column::Named(name.into()))
}

/// A metric over `metrics/a.csv` with nothing said about it.
fn metric(id: &str) -> Metric {
    let rows = RowQuery::of_files(vec!["metrics/a.csv".into()], None);
    let (id, place) = (Slug::new(id).expect("a slug"), MetricPlace::Defined(span()));
    Metric::bare(id, place, Query::Rows(Box::new(rows)), Aggregate::Last)
}

impl Metric {
    fn rows(mut self, change: impl FnOnce(&mut RowQuery)) -> Self {
        if let Query::Rows(rows) = &mut self.query {
            change(rows);
        }
        self
    }

    fn value(self, column: &str) -> Self {
        self.rows(|rows| rows.measure = Measure::Value(named(column)))
    }

    fn over(self, of: &str, to: &str) -> Self {
        let measure = Measure::Ratio { of: named(of), to: named(to) };
        Self { aggregate: Aggregate::Ratio, ..self.rows(|rows| rows.measure = measure) }
    }

    fn count(self) -> Self {
        Self { aggregate: Aggregate::Count, ..self.rows(|rows| rows.measure = Measure::Rows) }
    }

    fn by(self, aggregate: Aggregate) -> Self {
        Self { aggregate, ..self }
    }

    fn dated(self, column: &str) -> Self {
        self.rows(|rows| rows.date = DateColumn::Column(named(column)))
    }

    fn only(self, column: &str, texts: &[&str]) -> Self {
        let test = Test::OneOf(texts.iter().map(|&text| text.to_owned()).collect());
        self.rows(|rows| rows.filter.push(Condition { column: named(column), test }))
    }

    fn split(self, column: &str, across: Across) -> Self {
        self.rows(|rows| (rows.split, rows.across) = (Some(named(column)), across))
    }

    fn dialect(self, change: impl FnOnce(&mut Dialect)) -> Self {
        self.rows(|rows| change(&mut rows.dialect))
    }
}

fn percentile(percent: i64) -> Aggregate {
    Aggregate::Percentile(Percentile::new(Number::whole(percent)).expect("inside"))
}

/// Writes exports into a book and measures metrics over them, as of 2026-12-31.
fn run(files: &[(&str, &[u8])], metrics: Vec<Metric>) -> (BTreeMap<Slug, History>, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("metrics")).expect("a folder");
    fs::write(folder.path().join("okrbook.yaml"), "organisation: X\n").expect("written");
    for (name, bytes) in files {
        fs::write(folder.path().join("metrics").join(name), bytes).expect("written");
    }
    let exports = crate::read::read(folder.path()).expect("readable").0.exports;
    run_exports(&exports, metrics)
}

fn run_exports(exports: &[Binary], metrics: Vec<Metric>) -> (BTreeMap<Slug, History>, Vec<Diagnostic>) {
    let metrics = metrics.into_iter().map(|metric| (metric.id.clone(), metric)).collect();
    measure(&metrics, exports, &Zone::utc(), day("2026-12-31")).expect("the disk works")
}

/// Measures one metric over one export; nothing may be wrong with it.
#[track_caller]
fn clean(text: &str, metric: Metric) -> History {
    let id = metric.id.clone();
    let (mut histories, diagnostics) = run(&[("a.csv", text.as_bytes())], vec![metric]);
    assert_eq!(diagnostics, []);
    histories.remove(&id).expect("measured")
}

/// Measures one metric over one export and returns what is wrong, as `code: message`.
#[track_caller]
fn faulty(text: &str, metric: Metric) -> (History, Vec<String>) {
    let id = metric.id.clone();
    let (mut histories, diagnostics) = run(&[("a.csv", text.as_bytes())], vec![metric]);
    let said = diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
    (histories.remove(&id).expect("measured"), said)
}

fn value(history: &History, window: Window) -> Option<String> {
    history.measure(window).map(|measured| measured.value.to_string())
}

fn shown(points: &[crate::model::history::Point]) -> String {
    points.iter().map(|point| format!("{}={}", &point.day.to_string()[5..], point.value)).collect::<Vec<_>>().join(" ")
}
