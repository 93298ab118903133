//! Definitions and exports in, values and diagnostics out.

use std::collections::BTreeMap;
use std::fs;

use super::measure;
use crate::diag::{Diagnostic, Level, Place};
use crate::model::calendar::{Day, Window, Zone};
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::metric::{
    Across, Aggregate, Column, Condition, DateColumn, Dialect, Measure, Metric, MetricPlace, Percentile, Query,
    RowQuery, Since, Test,
};
use crate::model::quantity::{Number, Unit};
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
    let rows = RowQuery {
        files: vec!["metrics/a.csv".into()],
        files_span: None,
        dialect: Dialect::default(),
        date: DateColumn::First,
        measure: Measure::OnlyNumber,
        filter: Vec::new(),
        split: None,
        across: Across::Max,
        since: None,
    };
    Metric {
        id: Slug::new(id).expect("a slug"),
        title: id.to_owned(),
        place: MetricPlace::Defined(span()),
        unit: None,
        better: None,
        source: None,
        owner: None,
        description: None,
        query: Query::Rows(Box::new(rows)),
        aggregate: Aggregate::Last,
        window_days: None,
        per: None,
        fresh_within: None,
        complete_through: None,
        every: None,
    }
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
    measure(&metrics, exports, &Zone::utc(), day("2026-12-31"))
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

#[test]
fn the_last_value_of_the_window_counts_with_its_evidence() {
    let text = "date,value\n2026-06-30,1\n2026-07-01,2.5\n2026-08-01,3.5\n2026-10-01,9\n";
    let history = clean(text, metric("m"));
    let measured = history.measure(quarter()).expect("measured");
    assert_eq!(measured.value.to_string(), "3.5");
    assert_eq!((measured.first, measured.last), (day("2026-07-01"), day("2026-08-01")));
    let file = &measured.receipt.files[0];
    assert_eq!((&*file.path, file.rows, file.first_line, file.last_line), ("metrics/a.csv", 2, 3, 4));
    assert_eq!(file.sha256, crate::hash::Digest::of(text.as_bytes()));
    assert_eq!(shown(&history.trend(quarter())), "07-01=2.5 08-01=3.5");
    assert_eq!(history.heartbeat(), Some(day("2026-10-01")));
    assert_eq!(history.covered_days(quarter()), 92);
    assert_eq!((history.first_day(), history.last_day()), (Some(day("2026-06-30")), Some(day("2026-10-01"))));
    assert_eq!(value(&history, window("2026-09-01", "2026-09-30")), None);
}

#[test]
fn every_aggregate_gives_what_its_name_says() {
    let text = "date,value\n2026-07-01,4\n2026-07-01,1\n2026-07-02,3\n2026-07-03,10\n";
    for (aggregate, expected, trend) in [
        (Aggregate::Sum, "18", "07-01=5 07-02=8 07-03=18"),
        (Aggregate::Mean, "4.5", "07-01=2.5 07-02=2.6666666666666666666666666667 07-03=4.5"),
        (percentile(50), "3.5", "07-01=2.5 07-02=3 07-03=3.5"),
        (percentile(90), "8.2", "07-01=3.7 07-02=3.8 07-03=8.2"),
    ] {
        let history = clean(text, metric("m").by(aggregate));
        assert_eq!(value(&history, quarter()).as_deref(), Some(expected), "{}", aggregate.name());
        assert_eq!(shown(&history.trend(quarter())), trend, "{}", aggregate.name());
    }
    let text = "date,value\n2026-07-01,4\n2026-07-02,3\n2026-07-03,10\n";
    for (aggregate, expected) in [(Aggregate::Min, "3"), (Aggregate::Max, "10"), (Aggregate::Last, "10")] {
        assert_eq!(value(&clean(text, metric("m").by(aggregate)), quarter()).as_deref(), Some(expected));
    }
}

#[test]
fn a_ratio_is_of_sums_and_in_per_cent_where_the_unit_is() {
    let text = "day,good,all\n2026-07-01,1,1\n2026-07-02,0,9\n";
    let plain = clean(text, metric("m").over("good", "all"));
    assert_eq!(value(&plain, quarter()).as_deref(), Some("0.1"));
    let percent = Metric { unit: Some(spanned(Unit::Percent)), ..metric("m").over("good", "all") };
    let percent = clean(text, percent);
    assert_eq!(value(&percent, quarter()).as_deref(), Some("10"));
    assert_eq!(shown(&percent.points(quarter())), "07-01=100 07-02=0");
    let nothing = clean("day,good,all\n2026-07-01,0,0\n", metric("m").over("good", "all"));
    assert_eq!(value(&nothing, quarter()), None);
}

#[test]
fn silence_is_zero_only_where_the_export_speaks() {
    let incidents = |text| clean(text, metric("m").count().dated("opened").only("severity", &["P1"]));
    let history = incidents("opened,severity\n2026-05-01,P1\n2026-08-15,P2\n");
    let measured = history.measure(quarter()).expect("zero");
    assert_eq!((measured.value, measured.receipt.rows), (Number::ZERO, 0));
    assert_eq!(measured.last, day("2026-08-15"));
    assert_eq!(&*measured.receipt.filter, "severity is P1");
    assert_eq!(history.covered_days(quarter()), 46);
    assert_eq!(value(&history, window("2026-10-01", "2026-12-31")), None, "behind the heartbeat");
    assert_eq!(value(&history, window("2026-01-01", "2026-03-31")), None, "before the first row");
    let empty = incidents("opened,severity\n");
    assert_eq!((value(&empty, quarter()), empty.heartbeat(), empty.usable()), (None, None, true));
    let complete = Metric { complete_through: Some(day("2026-09-30")), ..metric("m").count().dated("opened") };
    let complete = clean("opened,severity\n", complete);
    assert_eq!(value(&complete, quarter()).as_deref(), Some("0"));
    assert_eq!(complete.covered_days(quarter()), 92);
}

#[test]
fn a_gauge_that_is_no_longer_read_is_not_kept_fresh_by_others() {
    let text = "day,gauge,value\n2026-07-01,a,1\n2026-08-01,b,2\n2026-08-02,a,\n";
    let heartbeat = |aggregate| clean(text, metric("m").by(aggregate).only("gauge", &["a"])).heartbeat();
    assert_eq!(heartbeat(Aggregate::Last), Some(day("2026-07-01")), "a blank cell is no reading either");
    assert_eq!(heartbeat(Aggregate::Sum), Some(day("2026-08-01")));
}

#[test]
fn rows_after_the_as_of_day_are_ignored_and_counted() {
    let history = clean("date,value\n2026-12-31,1\n2027-01-01,2\n2027-01-02,3\n", metric("m"));
    assert_eq!(history.rows_after_as_of(), 2);
    assert_eq!(history.last_day(), Some(day("2026-12-31")));
    assert_eq!(history.heartbeat(), Some(day("2026-12-31")));
}

#[test]
fn bad_cells_are_pointed_at_and_their_rows_left_out() {
    let text = "date,value\n2026-07-01,1\n2026-07-02, oops\n2026-07-03,3\nTotal,4\n2026-07-05,\n";
    let (histories, diagnostics) = run(&[("a.csv", text.as_bytes())], vec![metric("m").by(Aggregate::Sum)]);
    let history = &histories[&Slug::new("m").expect("a slug")];
    let measured = history.measure(quarter()).expect("measured");
    assert_eq!((measured.value.to_string().as_str(), measured.receipt.left_out), ("4", 2));
    assert_eq!(history.left_out(), 2);
    let Place::Line(place) = &diagnostics[0].place else { panic!("a line") };
    assert_eq!((place.line, place.text.as_str(), place.start, place.end), (3, "2026-07-02, oops", 12, 16));
    assert_eq!(diagnostics[0].message, "\"oops\" is not a number");
    assert_eq!(diagnostics[1].message, "\"Total\" is not a date");
    assert_eq!(diagnostics.len(), 2, "a blank cell says nothing");
    assert_eq!(diagnostics[0].level, Level::Error);
}

#[test]
fn many_bad_cells_are_five_and_a_number_and_one_for_all_metrics() {
    let mut text = "date,value\n".to_owned();
    for _ in 0..50 {
        text.push_str("2026-07-01,3\n");
    }
    for _ in 0..20 {
        text.push_str("2026-07-01,x\n");
    }
    let metrics = vec![metric("a").by(Aggregate::Sum).value("value"), metric("b").by(Aggregate::Mean).value("value")];
    let (histories, diagnostics) = run(&[("a.csv", text.as_bytes())], metrics);
    assert_eq!(diagnostics.len(), 6);
    assert_eq!(diagnostics[5].message, "and 15 more bad rows in column \"value\"");
    assert!(histories.values().all(|history| history.left_out() == 20));
}

#[test]
fn a_cell_in_a_record_of_several_lines_is_pointed_at_on_its_own_line() {
    let text = "date,note,value\n2026-07-01,\"a\nb\",1\n2026-07-02,\"é\nüx\",oops\n";
    let (_, diagnostics) = run(&[("a.csv", text.as_bytes())], vec![metric("m").value("value")]);
    let Place::Line(place) = &diagnostics[0].place else { panic!("a line") };
    assert_eq!((place.line, place.text.as_str()), (5, "üx\",oops"));
    assert_eq!(&place.text[place.start..place.end], "oops");
}

#[test]
fn rows_that_are_too_wide_are_left_out_and_say_why() {
    let (history, said) = faulty("date,value\n2026-07-01,1\n2026-07-02,1,234\n2026-07-03,3,\n", metric("m"));
    assert_eq!(said, ["bad-cell: this row has 3 cells, but there are 2 columns"]);
    assert_eq!((history.left_out(), value(&history, quarter()).as_deref()), (1, Some("3")));
}

#[test]
fn conditions_choose_rows() {
    let text = "day,team,size\n2026-07-01,a,1\n2026-07-02,b,5\n2026-07-03, a ,9\n2026-07-04,c,x\n";
    let sum = || metric("m").by(Aggregate::Sum).value("size");
    assert_eq!(value(&clean(text, sum().only("team", &["a"])), quarter()).as_deref(), Some("10"));
    assert_eq!(value(&clean(text, sum().only("team", &["a", "b"])), quarter()).as_deref(), Some("15"));
    let range = |column: &str, from: Option<&str>, to: Option<&str>| {
        let end = |end: Option<&str>| end.map(|end| spanned(end.to_owned()));
        let test = Test::Range { from: end(from), to: end(to) };
        let condition = Condition { column: named(column), test };
        sum().only("team", &["a", "b"]).rows(|rows| rows.filter.push(condition))
    };
    assert_eq!(value(&clean(text, range("size", Some("5"), None)), quarter()).as_deref(), Some("14"));
    assert_eq!(value(&clean(text, range("size", Some("1"), Some("5"))), quarter()).as_deref(), Some("6"));
    let days = clean(text, range("day", Some("2026-07-02"), Some("2026-07-02")));
    assert_eq!(value(&days, quarter()).as_deref(), Some("5"));
    assert_eq!(
        &*days.measure(quarter()).expect("measured").receipt.filter,
        "team is a or b and day is 2026-07-02 to 2026-07-02"
    );
    let (history, said) = faulty(text, range("size", Some("few"), None));
    assert_eq!(said, ["bad-range: this is neither a number nor a date"]);
    assert!(!history.usable());
}

#[test]
fn series_are_measured_on_their_own_and_then_combined() {
    let text = "day,board,min\n2026-07-01,a,1\n2026-07-01,b,5\n2026-07-02,a,2\n2026-07-03,b,20\n";
    for (across, expected, points) in [
        (Across::Max, "20", "07-01=5 07-02=2 07-03=20"),
        (Across::Min, "2", "07-01=1 07-02=2 07-03=20"),
        (Across::Sum, "22", "07-01=6 07-02=2 07-03=20"),
        (Across::Mean, "11", "07-01=3 07-02=2 07-03=20"),
    ] {
        let history = clean(text, metric("m").value("min").split("board", across));
        assert_eq!(value(&history, quarter()).as_deref(), Some(expected));
        assert_eq!(shown(&history.points(quarter())), points);
        assert_eq!(history.measure(quarter()).expect("measured").receipt.rows, 4);
    }
    let history = clean(text, metric("m").value("min").split("board", Across::Max));
    assert_eq!(shown(&history.trend(quarter())), "07-01=5 07-02=5 07-03=20");
    let tally = history.tally(quarter(), &|value| value < Number::whole(15));
    assert_eq!((tally.inside, tally.all), (2, 3));
}

#[test]
fn several_rows_of_one_instant_are_refused_where_only_one_can_count() {
    let text = "day,host,load\n2026-07-01,a,1\n2026-07-01,b,5\n";
    for aggregate in [Aggregate::Last, Aggregate::Min, Aggregate::Max] {
        let (history, said) = faulty(text, metric("m").by(aggregate));
        assert!(said[0].starts_with("duplicate-instant: "), "{said:?}");
        assert!(!history.usable());
        assert_eq!(value(&history, quarter()), None);
    }
    let (_, diagnostics) = run(&[("a.csv", text.as_bytes())], vec![metric("m")]);
    let help = diagnostics[0].help.as_deref().unwrap_or_default();
    assert!(help.contains("\"host\"") && help.contains("aggregate: sum"), "{help}");
    assert_eq!(value(&clean(text, metric("m").by(Aggregate::Sum)), quarter()).as_deref(), Some("6"));
    let unordered = "t,v\n2026-07-01 10:00,1\n2026-07-01 11:00,2\n2026-07-01 12:00,3\n2026-07-01 11:00,9\n";
    let (_, said) = faulty(unordered, metric("m"));
    assert!(said[0].contains("lines 3 and 5"), "{said:?}");
    let overlap = "t,v\n2026-07-01,1\n2026-07-01,1\n";
    assert_eq!(value(&clean(overlap, metric("m")), quarter()).as_deref(), Some("1"));
}

#[test]
fn the_hour_that_clocks_repeat_is_no_repeated_instant() {
    let text = "t,v\n2026-11-01 01:30,1\n2026-11-01 01:30,2\n2026-11-01 02:30,3\n";
    let zoned = || metric("m").dialect(|dialect| dialect.zone = Some("America/Los_Angeles".to_owned()));
    assert_eq!(value(&clean(text, zoned()), window("2026-11-01", "2026-11-01")).as_deref(), Some("3"));
    assert!(!faulty(text, metric("m")).0.usable());
}

#[test]
fn rows_of_a_day_are_points_of_a_hold_unless_a_cadence_says_otherwise() {
    let text = "t,v\n2026-07-01 10:00,1\n2026-07-01 11:00,9\n2026-07-01 12:00,1\n2026-07-02 10:00,1\n";
    let below = |value: Number| value < Number::whole(5);
    let tally = clean(text, metric("m")).tally(quarter(), &below);
    assert_eq!((tally.inside, tally.all), (3, 4));
    let daily = Metric { every: Some(crate::model::metric::Cadence::Day), ..metric("m") };
    let tally = clean(text, daily).tally(quarter(), &below);
    assert_eq!((tally.inside, tally.all), (2, 2));
}

#[test]
fn newest_first_and_unordered_exports_give_the_same() {
    let ordered = clean("d,v\n2026-07-01,1\n2026-07-02,2\n2026-07-03,3\n2026-07-05,5\n", metric("m"));
    for text in [
        "d,v\n2026-07-05,5\n2026-07-03,3\n2026-07-02,2\n2026-07-01,1\n",
        "d,v\n2026-07-03,3\n2026-07-01,1\n2026-07-05,5\n2026-07-02,2\n",
        "d,v\n2026-07-02,2\n2026-07-03,3\n2026-07-01,1\n2026-07-05,5\n",
    ] {
        let history = clean(text, metric("m"));
        assert_eq!(history.points(quarter()), ordered.points(quarter()));
        let evidence = &history.evidence()[0];
        assert_eq!((evidence.rows, evidence.first_line, evidence.last_line), (4, 2, 5));
    }
}

#[test]
fn several_exports_are_one_series() {
    let files: [(&str, &[u8]); 2] =
        [("a.csv", b"d,v\n2026-07-02,2\n2026-07-01,1\n"), ("b.csv", b"d;v\n2026-07-02;3\n2026-08-01;4\n")];
    let both = |aggregate| metric("m").by(aggregate).rows(|rows| rows.files.push("metrics/b.csv".into()));
    let (histories, diagnostics) = run(&files, vec![both(Aggregate::Sum)]);
    assert_eq!(diagnostics, []);
    let measured = histories.values().next().and_then(|history| history.measure(quarter())).expect("measured");
    assert_eq!(measured.value.to_string(), "10");
    let used: Vec<_> = measured.receipt.files.iter().map(|f| (f.rows, f.first_line, f.last_line)).collect();
    assert_eq!(used, [(2, 2, 3), (2, 2, 3)]);
    let (_, diagnostics) = run(&files, vec![both(Aggregate::Last)]);
    assert_eq!(diagnostics[0].code, "duplicate-instant");
}

#[test]
fn a_trailing_window_ends_where_the_window_asked_for_ends() {
    let text = "d,v\n2026-06-20,8\n2026-07-01,4\n2026-07-31,1\n2026-08-01,3\n";
    let history = clean(text, Metric { window_days: Some(28), ..metric("m").by(Aggregate::Mean) });
    let measured = history.measure(window("2026-07-01", "2026-07-10")).expect("measured");
    assert_eq!((measured.value.to_string().as_str(), measured.receipt.window.start), ("6", day("2026-06-13")));
    assert_eq!(shown(&history.trend(quarter())), "07-01=6 07-31=1 08-01=2");
    assert_eq!(shown(&history.points(quarter())), "07-01=4 07-31=1 08-01=3");
}

#[test]
fn rows_count_only_so_long_after_another_date() {
    let text = "day,launched_at,errors,calls\n2026-07-01,2026-07-01,1,10\n2026-07-08,2026-07-01,2,10\n\
                2026-07-09,2026-07-01,9,10\n2026-06-30,2026-07-01,9,10\n2026-07-20,,9,10\n";
    let since = Since { column: named("launched_at"), within_days: 7 };
    let history = clean(text, metric("m").dated("day").over("errors", "calls").rows(|rows| rows.since = Some(since)));
    let measured = history.measure(quarter()).expect("measured");
    assert_eq!((measured.value.to_string().as_str(), measured.receipt.rows), ("0.15", 2));
    assert_eq!(&*measured.receipt.filter, "at most 7 days after launched_at");
}

fn ratio_of(of: &str, to: &str) -> Metric {
    let id = |id: &str| spanned(Slug::new(id).expect("a slug"));
    Metric { query: Query::RatioOfMetrics { of: id(of), to: id(to) }, aggregate: Aggregate::Ratio, ..metric("r") }
}

#[test]
fn one_metric_over_another_is_measured_in_the_same_window() {
    let text = "day,bill,tx\n2026-07-01,100,10\n2026-07-02,50,90\n";
    let metrics = vec![
        metric("bill").by(Aggregate::Sum).value("bill"),
        metric("tx").by(Aggregate::Sum).value("tx").only("day", &["2026-07-01", "2026-07-02"]),
        ratio_of("bill", "tx"),
    ];
    let (histories, diagnostics) = run(&[("a.csv", text.as_bytes())], metrics);
    assert_eq!(diagnostics, []);
    let history = &histories[&Slug::new("r").expect("a slug")];
    let measured = history.measure(quarter()).expect("measured");
    assert_eq!((measured.value.to_string().as_str(), measured.receipt.rows), ("1.5", 4));
    assert_eq!(&*measured.receipt.filter, "bill: all rows; tx: day is 2026-07-01 or 2026-07-02");
    assert_eq!(shown(&history.trend(quarter())), "07-01=10 07-02=1.5");
    assert_eq!(shown(&history.points(quarter())).split(' ').next(), Some("07-01=10"));
}

#[test]
fn a_monthly_bill_over_daily_transactions_has_one_point_a_finished_month() {
    let mut tx = "day,n\n".to_owned();
    for number in 0..75 {
        tx.push_str(&format!("{},10\n", day("2026-07-01").plus(number)));
    }
    let bill = b"month,usd\n2026-07,620\n2026-08,310\n2026-09,900\n";
    let metrics = vec![
        metric("bill").by(Aggregate::Sum).rows(|rows| rows.files = vec!["metrics/b.csv".into()]),
        metric("tx").by(Aggregate::Sum),
        ratio_of("bill", "tx"),
    ];
    let (histories, diagnostics) = run(&[("a.csv", tx.as_bytes()), ("b.csv", bill)], metrics);
    assert_eq!(diagnostics, []);
    let history = &histories[&Slug::new("r").expect("a slug")];
    assert_eq!(shown(&history.points(quarter())), "07-01=2 08-01=1");
    assert_eq!(shown(&history.trend(quarter())), "07-31=2 08-31=1.5");
}

#[test]
fn metrics_made_of_themselves_or_of_nothing_are_unusable() {
    let (histories, diagnostics) = run(&[], vec![ratio_of("r", "r")]);
    assert_eq!(diagnostics[0].code, "metric-cycle");
    assert!(!histories[&Slug::new("r").expect("a slug")].usable());
    let (_, diagnostics) = run(&[], vec![ratio_of("x", "y")]);
    assert_eq!(diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["unknown-metric", "unknown-metric"]);
}

#[test]
fn what_a_definition_asks_for_and_the_export_lacks_is_named() {
    let text = "date,succeeded,failed\n2026-07-01,1,2\n";
    let (history, said) = faulty(text, metric("m").value("succeded"));
    assert_eq!(said, ["unknown-column: metrics/a.csv has no column \"succeded\""]);
    assert!(!history.usable());
    let (_, diagnostics) = run(&[("a.csv", text.as_bytes())], vec![metric("m").value("succeded")]);
    assert_eq!(diagnostics[0].place, Place::Text(span()));
    assert_eq!(diagnostics[0].label, "did you mean \"succeeded\"?");
    assert!(diagnostics[0].help.as_deref().is_some_and(|help| help.contains("\"failed\"")));
    assert_eq!(faulty(text, metric("m")).1, ["which-column: metrics/a.csv has 2 columns of numbers"]);
    assert_eq!(faulty("a,b\nx,y\nz,w\n", metric("m")).1[0], "no-dates: metrics/a.csv has no column of dates");
    assert_eq!(
        faulty("date,v,v\n2026-07-01,1,2\n", metric("m").value("v")).1[0],
        "ambiguous-column: metrics/a.csv has two columns \"v\""
    );
    let elsewhere = metric("m").rows(|rows| rows.files = vec!["metrics/b.csv".into()]);
    assert_eq!(faulty(text, elsewhere).1, ["no-such-file: there is no export metrics/b.csv"]);
    let nowhere = metric("m").rows(|rows| rows.files = Vec::new());
    assert_eq!(faulty(text, nowhere).1, ["no-such-file: no export holds the metric m"]);
    assert_eq!(faulty("", metric("m")).1, ["empty-export: this export holds no lines, not even a header"]);
}

#[test]
fn exports_without_header_are_read_by_number() {
    let text = "1473180630.0;1.96\n1473180660.0;1.73\n";
    let implicit = Metric { place: MetricPlace::Export("metrics/a.csv".into()), ..metric("m") };
    let history = clean(text, implicit);
    assert_eq!(value(&history, window("2016-09-06", "2016-09-06")).as_deref(), Some("1.73"));
    let numbered = metric("m").dialect(|dialect| dialect.no_header = true).rows(|rows| {
        rows.date = DateColumn::Column(spanned(Column::Number(1)));
        rows.measure = Measure::Value(spanned(Column::Number(2)));
    });
    assert_eq!(clean(text, numbered).evidence()[0].rows, 2);
    let (_, said) = faulty(text, metric("m").value("load"));
    assert_eq!(said, ["header: metrics/a.csv has no header, so no column is called \"load\""]);
    let far = metric("m").rows(|rows| rows.measure = Measure::Value(spanned(Column::Number(9))));
    assert_eq!(faulty(text, far).1, ["unknown-column: metrics/a.csv has no column 9"]);
}

#[test]
fn day_and_month_are_told_by_other_cells_or_refused() {
    let us = clean("date,value\n7/1/26,1\n7/14/26,2\n", metric("m"));
    assert_eq!(shown(&us.points(quarter())), "07-01=1 07-14=2");
    let uk = clean("date,value\n01/07/2026,1\n14/07/2026,2\n", metric("m"));
    assert_eq!(shown(&uk.points(quarter())), "07-01=1 07-14=2");
    for (text, message) in [
        ("date,value\n05/06/2026,1\n06/06/2026,2\n", "nothing tells day from month in this column"),
        ("date,value\n05/16/2026,1\n16/05/2026,2\n", "the dates of this column contradict each other"),
        ("date,value\n26/07/01,1\n26/07/02,2\n26/07/03,2\n", "nothing tells day from month in this column"),
    ] {
        let (history, said) = faulty(text, metric("m"));
        assert_eq!(said, [format!("ambiguous-date: {message}")]);
        assert!(!history.usable());
    }
    let stated = |format: &str| metric("m").dialect(|dialect| dialect.date_format = Some(format.to_owned()));
    let text = "date,value\n07/08/2026,1\n";
    assert_eq!(shown(&clean(text, stated("D/M/YYYY")).points(quarter())), "08-07=1");
    assert_eq!(shown(&clean(text, stated("M/D/YYYY")).points(quarter())), "07-08=1");
    assert_eq!(faulty(text, stated("never")).1, ["bad-date-format: `date_format: never` is no date format"]);
}

#[test]
fn thousands_and_decimals_are_told_by_other_cells_or_refused() {
    let sum = |text| value(&clean(text, metric("m").by(Aggregate::Sum).value("v")), quarter());
    assert_eq!(sum("d;v\n2026-07-01;1,5\n2026-07-02;1.234\n").as_deref(), Some("1235.5"));
    assert_eq!(sum("d,v\n2026-07-01,\"1,234\"\n2026-07-02,2.5\n").as_deref(), Some("1236.5"));
    assert_eq!(sum("d,w,v\n2026-07-01,42.10%,\"$65,548 \"\n2026-07-02,35.10%,\"$1\"\n").as_deref(), Some("65549"));
    assert_eq!(sum("d,v\n2026-07-01,1.234\n").as_deref(), Some("1.234"));
    let (history, said) = faulty("d,v\n2026-07-01,\"1,234\"\n", metric("m").value("v"));
    assert_eq!(said, ["ambiguous-number: nothing tells thousands from decimals in this column"]);
    assert!(!history.usable());
    let stated = |decimal| metric("m").value("v").dialect(|dialect| dialect.decimal = Some(decimal));
    assert_eq!(value(&clean("d,v\n2026-07-01,\"1,234\"\n", stated('.')), quarter()).as_deref(), Some("1234"));
    assert_eq!(value(&clean("d,v\n2026-07-01,\"1,234\"\n", stated(',')), quarter()).as_deref(), Some("1.234"));
}

#[test]
fn years_and_months_may_stand_in_columns_of_their_own() {
    let text = "City;Year;Month;Total\nX;2026;7;5\nX;2026;August;6\nX;2026;13;7\n";
    let date = DateColumn::YearMonth { year: named("Year"), month: named("Month") };
    let (history, said) = faulty(text, metric("m").value("Total").rows(|rows| rows.date = date));
    assert_eq!(said, ["bad-cell: \"13\" is no day of the calendar"]);
    assert_eq!(shown(&history.points(quarter())), "07-01=5 08-01=6");
}

#[test]
fn headers_that_come_again_and_remarks_are_no_data() {
    let text =
        "sep=;\n\"t\";\"v\"\nt,v\n\"2026-07-01\";1\n\"t\";\"v\"\n# a remark\n\"2026-07-02\";null\n\"2026-07-03\";3\n";
    assert_eq!(shown(&clean(text, metric("m")).points(quarter())), "07-01=1 07-03=3");
}

#[test]
fn an_export_in_another_encoding_is_read_and_said() {
    let bytes: &[u8] = b"Datum;Gr\xF6\xDFe\n2026-07-01;1,5\n";
    let (histories, diagnostics) = run(&[("a.csv", bytes)], vec![metric("m").value("Größe")]);
    assert_eq!(
        diagnostics.iter().map(|d| (d.code, d.level)).collect::<Vec<_>>(),
        [("encoding-guessed", Level::Warning)]
    );
    assert_eq!(value(&histories[&Slug::new("m").expect("a slug")], quarter()).as_deref(), Some("1.5"));
    let stated = metric("m").value("Größe").dialect(|dialect| dialect.encoding = Some("latin1".to_owned()));
    assert_eq!(run(&[("a.csv", bytes)], vec![stated]).1, []);
    let unknown = metric("m").dialect(|dialect| dialect.encoding = Some("klingon".to_owned()));
    assert_eq!(run(&[("a.csv", bytes)], vec![unknown]).1[0].code, "unknown-encoding");
    let utf_16: Vec<u8> = "\u{feff}d\tv\r\n2026-07-01\t2\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (histories, diagnostics) = run(&[("a.csv", &utf_16)], vec![metric("m")]);
    assert_eq!(diagnostics, []);
    assert_eq!(histories.values().next().map(|h| h.evidence()[0].sha256), Some(crate::hash::Digest::of(&utf_16)));
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of tools")]
fn exports_are_read_as_the_worlds_tools_write_them() {
    let last = || metric("m");
    for (tool, text, asked, expected) in [
        (
            "Datadog",
            "\"timestamp\",\"value\"\n\"Jul 1, 2026, 12:00 AM\",\"0.45\"\n\"Jul 1, 2026, 1:00 AM\",\"0.5\"\n",
            last(),
            "0.5",
        ),
        ("CloudWatch", "Time,p95\n2026/07/01 00:00:00,1.5\n2026/07/01 00:05:00,2.5\n", last(), "2.5"),
        (
            "Jira",
            "Issue key,Created,Sprint,Sprint\nA-1,01/Jul/26 9:30 AM,1,\nA-2,14/Jul/26 11:00 PM,1,2\n",
            metric("m").count(),
            "2",
        ),
        (
            "PagerDuty",
            "id,created_on,urgency\nP1,2026-07-01T10:00:00-07:00,high\nP2,2026-07-02T10:00:00-07:00,low\n",
            metric("m").count().only("urgency", &["high"]),
            "1",
        ),
        ("Sheets", "Date,Visits\n7/1/2026,\"1,234.0\"\n7/31/2026,987\n", last(), "987"),
        (
            "Excel, German",
            "Datum;Umsatz\r\n01.07.2026;1.234,50 €\r\n02.07.2026;99,00 €\r\n",
            metric("m").by(Aggregate::Sum),
            "1333.5",
        ),
        (
            "Excel, French",
            "Date;Ventes\r\n01/07/2026;1\u{202f}234,5\r\n31/07/2026;1,5\r\n",
            metric("m").by(Aggregate::Sum),
            "1236",
        ),
        ("Prometheus", "timestamp,value\n1782864000.123,0.1\n1782864060.123,NaN\n1782864120.123,0.3\n", last(), "0.3"),
        ("Grafana", "\"Time\",\"p95\"\n1782864000000,120\n1782867600000,130\n", last(), "130"),
        ("psql -A", "day|n\n2026-07-01 00:00:00+00|5\n2026-07-02 00:00:00+00|6\n(2 rows)\n", last(), "6"),
        ("psql", " day        | n \n------------+---\n 2026-07-01 | 5\n 2026-07-02 | 6\n(2 rows)\n", last(), "6"),
        ("Splunk", "_time,count\n2026-07-01T00:00:00.000+0000,3\n2026-07-02T00:00:00.000+0000,4\n", last(), "4"),
        (
            "git",
            "date,lines\n2026-07-01 10:00:00 +0200,3\n2026-07-02 10:00:00 +0200,4\n",
            metric("m").by(Aggregate::Sum),
            "7",
        ),
        ("BigQuery", "ts,v\n2026-07-01 00:00:00 UTC,1\n2026-07-02 00:00:00 UTC,2\n", last(), "2"),
        ("R", "\"\",\"day\",\"v\"\n\"1\",2026-07-01,NA\n\"2\",2026-07-02,7\n", last().value("v"), "7"),
        ("weeks", "week;v\n2026-W27;1\n2026-W28;2\n", last(), "2"),
        ("months", "month,v\nJul-26,1\nAug-26,2\n", last(), "2"),
        ("quarters", "q,v\nQ2 2026,1\nQ3 2026,2\n", last(), "2"),
        ("GA4", "# ---\n# Users\n# ---\nDate,Users\n20260701,5\n20260702,6\n", last(), "6"),
        (
            "accounting",
            "date,v\n2026-07-01,\"(1,234.50)\"\n2026-07-02,\"2,000.00\"\n",
            metric("m").by(Aggregate::Sum),
            "765.5",
        ),
        ("hand-written", "date, value\n2026-07-01, 5\n2026-07-02, 6", last(), "6"),
        ("old Mac", "date,value\r2026-07-01,5\r2026-07-02,6\r", last(), "6"),
    ] {
        let (histories, diagnostics) = run(&[("a.csv", text.as_bytes())], vec![asked]);
        let measured = histories.values().next().and_then(|history| value(history, quarter()));
        assert_eq!((measured.as_deref(), diagnostics), (Some(expected), vec![]), "{tool}");
    }
}

#[test]
fn tables_with_a_column_for_each_day_are_refused_for_that_reason() {
    let (_, diagnostics) = run(&[("a.csv", b"team,2026-07-01,2026-07-02\na,1,2\nb,3,4\n")], vec![metric("m")]);
    assert!(
        diagnostics[0].help.as_deref().is_some_and(|help| help.contains("one row for each date")),
        "{diagnostics:?}"
    );
}

#[test]
fn zones_that_are_not_known_and_missing_years_are_said_of_the_cell() {
    assert_eq!(
        faulty("t,v\n2026-07-01 10:00 PT,1\n", metric("m")).1,
        ["bad-cell: \"2026-07-01 10:00 PT\" names a zone that isn't known"]
    );
    assert_eq!(faulty("t,v\nJul 1,1\n", metric("m")).1, ["bad-cell: \"Jul 1\" has no year"]);
}

#[test]
fn one_broken_export_leaves_the_others_alone() {
    let files: [(&str, &[u8]); 2] = [("a.csv", b"d,v\n2026-07-01,1\n"), ("b.csv", b"a;b,c;d\n")];
    let broken = metric("broken").rows(|rows| rows.files = vec!["metrics/b.csv".into()]);
    let (histories, diagnostics) = run(&files, vec![metric("fine"), broken]);
    assert_eq!(diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["ambiguous-delimiter"]);
    assert_eq!(histories.values().map(History::usable).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn a_series_for_every_row_is_refused() {
    let mut text = "d,id,v\n".to_owned();
    for number in 0..20_001 {
        text.push_str(&format!("2026-07-01,x{number},1\n"));
    }
    let (history, said) = faulty(&text, metric("m").value("v").split("id", Across::Sum));
    assert_eq!(said, ["too-many-series: the metric m has more than 20,000 series"]);
    assert!(!history.usable());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_export_panics(bytes: Vec<u8>, text in "([a-z0-9,;\"\n .:/-]|2026-07-0[1-9]|\r\n){0,80}") {
        let metrics = || {
            vec![
                metric("a"),
                metric("b").by(Aggregate::Sum).value("a"),
                metric("c").count(),
                metric("d").by(percentile(95)).dialect(|dialect| dialect.no_header = true),
            ]
        };
        run(&[("a.csv", &bytes)], metrics());
        let (histories, _) = run(&[("a.csv", text.as_bytes())], metrics());
        for history in histories.values() {
            let all = Window { start: Day::MIN, end: Day::MAX };
            let _ = (history.measure(all), history.trend(all), history.points(all), history.heartbeat());
        }
    }
}

/// The exports of real tools, where they are at hand.
mod real {
    use super::*;

    fn exports() -> Option<Vec<(String, Vec<u8>)>> {
        let folder = std::path::PathBuf::from(std::env::var_os("OKRBOOK_DATA")?).join("csv");
        let mut names: Vec<_> =
            fs::read_dir(&folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        names.retain(|name| name.ends_with(".csv"));
        names.sort();
        names.into_iter().map(|name| Some((name.clone(), fs::read(folder.join(&name)).ok()?))).collect()
    }

    #[track_caller]
    fn check(exports: &[(String, Vec<u8>)], name: &str, asked: Metric, rows: u64, expected: &str) -> Vec<Diagnostic> {
        let bytes = &exports.iter().find(|(known, _)| known == name).expect("listed").1;
        let (histories, diagnostics) = run(&[("a.csv", bytes)], vec![asked]);
        let history = histories.values().next().expect("measured");
        let all = Window { start: Day::MIN, end: day("2026-12-31").plus(1) };
        let used: u64 = history.evidence().iter().map(|file| file.rows).sum();
        let measured = value(history, all).unwrap_or_default();
        assert_eq!((used, measured.as_str()), (rows, expected), "{name}: {diagnostics:#?}");
        diagnostics
    }

    #[test]
    fn exports_of_many_tools_are_read_or_refused_with_what_settles_it() {
        let Some(exports) = exports() else { return };
        let sum = || metric("m").by(Aggregate::Sum);
        let clean =
            |name, asked, rows, expected| assert_eq!(check(&exports, name, asked, rows, expected), [], "{name}");
        let refused = |name, asked, settles: &str| {
            let said = format!("{:?}", check(&exports, name, asked, 0, ""));
            assert!(said.contains(settles), "{name}: {said}");
        };
        clean("nab_ec2_cpu_utilization.csv", metric("m"), 2298, "0.136");
        refused("nab_ec2_latency_failure.csv", metric("m"), "aggregate: sum");
        let mean = metric("m").by(Aggregate::Mean);
        clean("nab_ec2_latency_failure.csv", mean, 1959, "45.110222562531904471669218989");
        clean("vega_seattle_temps_slash.csv", metric("m"), 2726, "57.7");
        clean("google_trends_preamble.csv", metric("m"), 261, "20");
        refused("gsc_performance_fr.csv", metric("m"), "value:");
        clean("gsc_performance_fr.csv", metric("m").value("Clics"), 92, "6443");
        clean("gsc_performance_fr.csv", metric("m").value("CTR"), 92, "1.73");
        clean("gsc_indexing_blank_start.csv", metric("m").value("Indexed"), 5, "2");
        clean("epoch_float_no_header.csv", metric("m"), 373, "1.73");
        clean("grafana6_sep_line_two_headers.csv", metric("m").value("C.Gas_boiler_supply"), 1240, "41.8");
        clean("statsmodels_co2_yyyymmdd_gaps.csv", metric("m"), 2225, "371.5");
        refused("vega_stocks_month_name.csv", metric("m"), "split:");
        clean("vega_stocks_month_name.csv", metric("m").only("symbol", &["AAPL"]), 123, "223.02");
        clean("grafana5_thousands_in_semicolon.csv", metric("m"), 12, "2583357480.2");
        clean("grafana4_series_as_rows_labels.csv", metric("m").by(percentile(95)), 523, "9.266666666666667");
        clean("cloud_cost_daily_long.csv", sum(), 1514, "39335.2194");
        clean("cloud_cost_daily_long.csv", sum().only("project", &["project_A00"]), 176, "3700.2522");
        let monthly = DateColumn::YearMonth { year: named("Year"), month: named("Month") };
        let atlanta = sum().value("TOTAL").only("City_departure", &["Atlanta"]).rows(|rows| rows.date = monthly);
        clean("excel_bom_semicolon_monthly.csv", atlanta, 120, "453423216");
        let income = sum().value("Median Household Income");
        clean("538_currency_percent_negative.csv", income, 198, "13373224");
        let margin = sum().value("Clinton Margin Improvement Over Obama");
        clean("538_currency_percent_negative.csv", margin, 200, "-367");
        let said = check(&exports, "538_us_short_dates_bad_bytes.csv", sum().dated("End").value("Favor"), 15, "425");
        assert_eq!(said.iter().map(|d| d.code).collect::<Vec<_>>(), ["encoding-guessed"]);
        let incidents = metric("m").count().dated("Start Ereigniszeitpunkt");
        clean("bern_incidents_header_only.csv", incidents, 0, "");
        refused("utf16le_excel_unicode.csv", metric("m"), "date:");
        refused("locale_decimal_comma_dot_thousands.csv", metric("m"), "date:");
    }
}
