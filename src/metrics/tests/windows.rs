//! What windows of an export come to, day by day and with their evidence.

use super::*;

#[test]
fn the_last_value_of_the_window_counts_with_its_evidence() {
    let text = "date,value\n2026-06-30,1\n2026-07-01,2.5\n2026-08-01,3.5\n2026-10-01,9\n";
    let history = clean(text, metric("m"));
    let measured = history.measure(quarter()).expect("measured");
    assert_eq!(measured.value.to_string(), "3.5");
    assert_eq!((measured.first, measured.last), (day("2026-07-01"), day("2026-08-01")));
    let file = &measured.receipt.files.evidence()[0];
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
    assert_eq!(measured.last, day("2026-09-30"), "silent for no longer than before");
    assert_eq!(&*measured.receipt.filter, "severity is P1");
    assert_eq!(history.covered_days(quarter()), 92);
    assert_eq!(history.silent_since(day("2026-12-31"), 7), Some(day("2026-08-15")));
    assert_eq!(value(&history, window("2026-10-01", "2026-12-31")), None, "behind the heartbeat");
    assert_eq!(value(&history, window("2026-01-01", "2026-03-31")), None, "before the first row");
    let empty = incidents("opened,severity\n");
    assert_eq!((value(&empty, quarter()), empty.heartbeat(), empty.usable()), (None, None, true));
    let complete =
        Metric { complete_through: Some(Through::Day(day("2026-09-30"))), ..metric("m").count().dated("opened") };
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
    let used: Vec<_> = measured.receipt.files.iter().map(|(_, f)| (f.rows, f.first_line, f.last_line)).collect();
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
