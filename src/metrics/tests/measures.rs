//! Measures that no single column holds: times, differences, weighted means, what is open.

use super::*;

fn in_unit(unit: Unit, metric: Metric) -> Metric {
    Metric { unit: Some(spanned(unit)), ..metric }
}

fn hours(metric: Metric) -> Metric {
    in_unit(Unit::Duration(TimeUnit::Hour), metric)
}

fn measuring(measure: Measure) -> Metric {
    metric("m").rows(|rows| rows.measure = measure)
}

fn from_to(from: &str, to: &str) -> Measure {
    Measure::Duration { from: named(from), to: named(to) }
}

#[test]
fn the_time_between_two_dates_counts_on_the_day_it_ends() {
    let text = "opened,resolved\n2026-07-01T00:00:00Z,2026-07-02T00:00:00Z\n2026-08-01T00:00:00Z,2026-08-01T12:00:00Z\n\
                2026-09-01T00:00:00Z,\n2026-06-30 22:00,2026-07-01 01:30\n";
    let history = clean(text, hours(measuring(from_to("opened", "resolved"))).by(Aggregate::Mean));
    assert_eq!(shown(&history.points(quarter())), "07-01=3.5 07-02=24 08-01=12");
    assert_eq!(history.still_open(), 1);
    let days = in_unit(Unit::Duration(TimeUnit::Day), measuring(from_to("opened", "resolved")));
    let history = clean("opened,resolved\n2026-07-01,2026-07-04\n", days);
    assert_eq!(value(&history, quarter()).as_deref(), Some("3"));
    let (history, said) =
        faulty("opened,resolved\n2026-07-03,2026-07-01\n", hours(measuring(from_to("opened", "resolved"))));
    assert_eq!(said, ["negative-duration: \"2026-07-01\" in \"resolved\" is a duration below zero"]);
    assert_eq!(value(&history, quarter()).as_deref(), Some("-48"));
    let (_, said) = faulty(text, measuring(from_to("opened", "resolved")));
    assert_eq!(said, ["unit-of-time: the metric m is a time, and nothing says what it counts in"]);
}

#[test]
fn one_column_less_another_takes_an_empty_cell_for_nothing() {
    let text = "date,amount,refunded\n2026-07-02,100,20\n2026-07-03,90,\n2026-07-04,,5\n";
    let measure = Measure::Difference { column: named("amount"), minus: named("refunded") };
    let history = clean(text, measuring(measure).by(Aggregate::Sum));
    assert_eq!(value(&history, quarter()).as_deref(), Some("170"));
}

#[test]
fn a_mean_is_weighted_by_another_column() {
    let text = "date,position,impressions\n2026-07-02,8,100\n2026-07-03,6,300\n2026-07-04,,900\n";
    let measure = || Measure::Weighted { value: named("position"), by: named("impressions") };
    let history = clean(text, measuring(measure()).by(Aggregate::Ratio));
    assert_eq!(value(&history, quarter()).as_deref(), Some("6.5"));
    assert_eq!(shown(&history.points(quarter())), "07-02=8 07-03=6");
    let percent = clean(text, in_unit(Unit::Percent, measuring(measure()).by(Aggregate::Ratio)));
    assert_eq!(value(&percent, quarter()).as_deref(), Some("6.5"), "a mean of percentages is one");
}

#[test]
fn what_is_open_is_counted_at_the_end_of_each_day() {
    let text = "opened,closed,team\n2026-07-01,2026-07-03,a\n2026-07-02,2027-10-20,a\n2026-07-04,,b\n2026-07-04,2026-07-04,a\n";
    let stock = || measuring(Measure::Stock { from: named("opened"), until: named("closed") });
    let history = clean(text, stock());
    assert_eq!(shown(&history.points(quarter())), "07-01=1 07-02=2 07-03=1 07-04=2");
    assert_eq!(history.evidence()[0].rows, 4);
    let later = history.measure(window("2026-07-03", "2026-07-04")).expect("measured");
    assert_eq!(
        (later.receipt.rows, later.receipt.files.evidence()[0].first_line),
        (4, 2),
        "rows that came before are there, too"
    );
    let mean = clean(text, stock().by(Aggregate::Mean));
    assert_eq!(value(&mean, quarter()).as_deref(), Some("1.5"));
    let complete = Metric { complete_through: Some(Through::Day(day("2026-07-06"))), ..stock() };
    assert_eq!(shown(&clean(text, complete).points(window("2026-07-05", "2026-07-31"))), "07-05=2 07-06=2");
    let of_team = clean(text, stock().only("team", &["a"]));
    assert_eq!(value(&of_team, quarter()).as_deref(), Some("1"));
    // That another team's row was closed on the 9th tells that the export goes on until then.
    let text = "opened,closed,team\n2026-07-01,,a\n2026-07-02,2026-07-09,b\n";
    let of_team = clean(text, stock().by(Aggregate::Max).only("team", &["a"]));
    assert_eq!(of_team.heartbeat(), Some(day("2026-07-09")));
}

#[test]
fn what_has_not_ended_is_no_row_whose_cells_are_shifted() {
    let rows = "x,2026-07-03,A-1,2026-07-01,P1\n".repeat(5);
    let text = format!("note,resolved,key,opened,priority\n{rows},,A-2,2026-07-02,\n");
    let measure = Measure::Duration { from: named("opened"), to: named("resolved") };
    let history = clean(&text, in_unit(Unit::Duration(TimeUnit::Day), measuring(measure).by(Aggregate::Mean)));
    assert_eq!(value(&history, quarter()).as_deref(), Some("2"));
}

#[test]
fn values_are_scaled_and_durations_are_read_as_the_book_says() {
    let scaled = metric("m").rows(|rows| rows.scale = Some(Number::whole(100)));
    assert_eq!(value(&clean("date,v\n2026-07-01,0.12\n", scaled), quarter()).as_deref(), Some("12"));
    let timed = |unit| {
        in_unit(Unit::Duration(unit), metric("m")).dialect(|dialect| dialect.duration_format = Some("h:mm".to_owned()))
    };
    let text = "date,took\n2026-07-01,8:00\n2026-07-02,112:30\n";
    assert_eq!(shown(&clean(text, timed(TimeUnit::Hour)).points(quarter())), "07-01=8 07-02=112.5");
    assert_eq!(shown(&clean(text, timed(TimeUnit::Minute)).points(quarter())), "07-01=480 07-02=6750");
    let no_time = metric("m").value("took").dialect(|dialect| dialect.duration_format = Some("h:mm".to_owned()));
    assert!(faulty(text, no_time).1[0].starts_with("unit-of-time: "));
}

#[test]
fn times_are_counted_across_a_change_of_clocks() {
    let (from, to) = (named("opened"), named("closed"));
    let measure = Measure::Duration { from, to };
    let timed = || in_unit(Unit::Duration(TimeUnit::Hour), metric("m")).rows(|rows| rows.measure = measure.clone());
    let hours = |rows: &str| {
        let text = format!("opened,closed\n{rows}\n");
        let stated = timed().by(Aggregate::Sum).dialect(|dialect| dialect.zone = Some("Europe/Berlin".to_owned()));
        value(&clean(&text, stated), window("2026-01-01", "2026-12-31"))
    };
    assert_eq!(hours("2026-03-28 20:00,2026-03-30 20:00").as_deref(), Some("47"));
    assert_eq!(hours("2026-07-01 20:00,2026-07-03 20:00").as_deref(), Some("48"));
    assert_eq!(hours("2026-07-01 20:00,2026-07-01 19:00Z").as_deref(), Some("1"), "one of the two says its offset");
    assert_eq!(hours("2026-03-28,2026-03-30").as_deref(), Some("48"), "days are days");
}

#[test]
fn rows_of_one_key_count_once() {
    let first: &[u8] = b"key,created\nA-1,2026-07-01\nA-2,2026-07-02\n";
    let second: &[u8] = b"key,created\nA-2,2026-07-02\nA-3,2026-07-03\n,2026-07-04\n";
    let counted = metric("m").count().rows(|rows| {
        rows.files = vec!["metrics/a.csv".into(), "metrics/b.csv".into()];
        rows.unique_by = Some(named("key"));
    });
    let (histories, said) = run(&[("a.csv", first), ("b.csv", second)], vec![counted]);
    assert_eq!(said, []);
    let history = &histories[&Slug::new("m").expect("a slug")];
    assert_eq!(value(history, window("2026-07-01", "2026-07-04")).as_deref(), Some("4"));
}

#[test]
fn of_rows_of_one_key_the_newest_counts_whatever_it_says() {
    let asked = |metric: Metric, files: [&str; 2]| {
        let metric = metric.rows(|rows| {
            rows.files = vec!["metrics/a.csv".into(), "metrics/b.csv".into()];
            rows.unique_by = Some(named("key"));
        });
        let (histories, _) = run(&[("a.csv", files[0].as_bytes()), ("b.csv", files[1].as_bytes())], vec![metric]);
        value(&histories[&Slug::new("m").expect("a slug")], window("2026-07-01", "2026-07-31"))
    };
    let sum = || metric("m").value("v").by(Aggregate::Sum);
    let late = "key,day,v\nA,2026-07-02,100\nB,2026-07-20,7\n";
    let early = "key,day,v\nA,2026-07-02,900\n";
    assert_eq!(asked(sum(), [early, late]).as_deref(), Some("107"), "corrected");
    assert_eq!(
        asked(sum(), [late, early]).as_deref(),
        Some("107"),
        "the export that reaches the furthest is the newest"
    );
    let done = || metric("m").count().only("state", &["done"]);
    let first = "key,day,state\nA,2026-07-02,done\nB,2026-07-03,done\n";
    let reopened = "key,day,state\nA,2026-07-02,open\nC,2026-07-09,done\n";
    assert_eq!(asked(done(), [first, reopened]).as_deref(), Some("2"), "what meets the condition no more");
    let back = "key,day,state\nA,2026-07-02,done\nA,2026-07-02,open\n";
    assert_eq!(asked(done(), [back, "key,day,state\n"]).as_deref(), Some("0"), "of one day the last line");
    let within = "key,day,state\nA,2026-07-08,open\nA,2026-07-02,done\n";
    assert_eq!(asked(done(), [within, "key,day,state\n"]).as_deref(), Some("0"), "of one export the latest day");
    let items = "key,day,v\nA,2026-07-02,40\nA,2026-07-02,\nB,2026-07-03,2\n";
    assert_eq!(
        asked(sum(), [items, "key,day,v\n"]).as_deref(),
        Some("42"),
        "only the first line of an order has its sum"
    );
    let stock = || {
        let (from, until) = (named("opened"), named("closed"));
        metric("m").by(Aggregate::Last).rows(|rows| rows.measure = Measure::Stock { from, until })
    };
    let open = "key,opened,closed\nA,2026-07-01,\nB,2026-07-02,\n";
    let closed = "key,opened,closed\nA,2026-07-01,2026-07-10\nB,2026-07-02,\nC,2026-07-20,\n";
    assert_eq!(asked(stock(), [open, closed]).as_deref(), Some("2"), "closed since");
}

#[test]
fn an_export_without_dates_is_a_snapshot_of_a_stated_day() {
    let snapshot = metric("m").count().rows(|rows| rows.date = DateColumn::Snapshot(day("2026-08-14")));
    let history = clean("key,status\nA-1,open\nA-2,closed\n", snapshot.only("status", &["open"]));
    assert_eq!(shown(&history.points(quarter())), "08-14=1");
}

#[test]
fn a_column_of_one_date_of_many_is_no_measure() {
    let text = "Year,Jul,Aug,Sep\n2025,10,20,30\n2026,11,21,31\n";
    assert!(faulty(text, metric("m").value("Sep")).1[0].starts_with("dates-in-header: "));
}

#[test]
fn amounts_of_money_are_shortened_with_a_letter() {
    let text = "date,arr\n2026-07-01,€4.1M\n2026-07-02,\"€4,700K\"\n2026-07-03,€1.05bn\n";
    let history = clean(text, metric("m").value("arr"));
    assert_eq!(shown(&history.points(quarter())), "07-01=4100000 07-02=4700000 07-03=1050000000");
}

#[test]
fn thousands_are_told_by_many_numbers_where_commas_part_the_cells() {
    let rows: String = (1..=9).map(|number| format!("2026-07-0{number},\"1,25{number}\"\n")).collect();
    let history = clean(&format!("date,n\n{rows}"), metric("m"));
    assert_eq!(value(&history, quarter()).as_deref(), Some("1259"));
}
