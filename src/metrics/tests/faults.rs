//! What is wrong with cells, rows and definitions, and how it is said.

use super::*;

#[test]
fn bad_cells_are_pointed_at_and_their_rows_left_out() {
    let text = "date,value\n2026-07-01,1\n2026-07-02, oops\n2026-07-03,3\nWeek,4\n2026-07-05,\n";
    let (histories, diagnostics) = run(&[("a.csv", text.as_bytes())], vec![metric("m").by(Aggregate::Sum)]);
    let history = &histories[&Slug::new("m").expect("a slug")];
    let measured = history.measure(quarter()).expect("measured");
    assert_eq!((measured.value.to_string().as_str(), measured.receipt.left_out), ("4", 2));
    assert_eq!(history.left_out(), 2);
    let Place::Line(place) = &diagnostics[0].place else { panic!("a line") };
    assert_eq!((place.line, place.text.as_str(), place.start, place.end), (3, "2026-07-02, oops", 12, 16));
    assert_eq!(diagnostics[0].message, "\"oops\" is not a number");
    assert_eq!(diagnostics[1].message, "\"Week\" is not a date");
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
fn sums_that_are_too_large_leave_no_value_and_are_told_with_their_line() {
    let huge = "50000000000000000000000000000";
    let days = format!("d,v\n2026-07-01,{huge}\n2026-07-02,{huge}\n");
    let apart = format!("d,v\n2026-07-01,{huge}\n2026-09-02,-{huge}\n2026-09-03,{huge}\n");
    let shares = "d,a,b\n2026-07-01,50000000000000000000000000000,1\n2026-07-02,1,0.00000000000000000000000001\n";
    let ratio = |unit: Unit| {
        let measure = Measure::Ratio { of: named("a"), to: named("b") };
        let metric = metric("m").by(Aggregate::Ratio).rows(|rows| rows.measure = measure);
        Metric { unit: Some(spanned(unit)), ..metric }
    };
    for (text, metric, line) in [
        (days.as_str(), metric("m").by(Aggregate::Sum), 3),
        (&days, metric("m").by(Aggregate::Mean), 3),
        (&apart, metric("m").by(Aggregate::Sum), 3),
        (&days, metric("m").by(percentile(90)), 2),
        (shares, ratio(Unit::Percent), 2),
    ] {
        let name = metric.aggregate.name();
        let (histories, diagnostics) = run(&[("a.csv", text.as_bytes())], vec![metric]);
        let said: Vec<_> = diagnostics.iter().map(|found| (found.code, found.message.as_str())).collect();
        let message = format!("values of the metric m are too large to compute with from line {line} on");
        assert_eq!(said, [("too-large", message.as_str())], "{name}");
        assert!(histories.values().all(|history| !history.usable()), "{name}");
    }
    for aggregate in [Aggregate::Last, Aggregate::Min, Aggregate::Max, Aggregate::Count] {
        assert!(clean(&days, metric("m").by(aggregate)).usable(), "{}", aggregate.name());
    }
}

#[test]
fn cells_of_more_digits_than_numbers_have_never_become_rounder_numbers() {
    let below = "0.9999999999999999999999999999";
    for (cell, expected) in [
        ("0.99999999999999999999999999999999", below),
        ("9.9999999999999999999999999999999e-1", below),
        ("1.00000000000000000000000000000001", "1.0000000000000000000000000001"),
        ("1e-30", "0"),
        ("5.551115123125783e-17", "0.0000000000000000555111512313"),
        ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
    ] {
        let history = clean(&format!("d,v\n2026-07-01,{cell}\n"), metric("m"));
        assert_eq!(value(&history, quarter()).as_deref(), Some(expected), "{cell}");
    }
    for cell in ["1e400", "99999999999999999999999999999", "1e29", "-1e30"] {
        let (_, said) = faulty(&format!("d,v\n2026-07-01,{cell}\n"), metric("m"));
        assert!(said.iter().any(|said| said.contains("too large")), "{cell}: {said:?}");
    }
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

#[test]
fn a_quote_that_was_left_in_a_text_that_is_asked_for_is_told_and_its_row_is_counted_as_left_out() {
    let rows = "date,kind,value\n2026-07-01,a,1\n2026-07-02,b,2\n2026-07-03,a\",4\n2026-07-04,\"b,8\n2026-07-05,c,16\n";
    let by_kind = |id: &str| metric(id).by(Aggregate::Sum).value("value").only("kind", &[id]);
    for metrics in [vec![by_kind("a")], vec![by_kind("a"), by_kind("b")]] {
        let (histories, diagnostics) = run(&[("a.csv", rows.as_bytes())], metrics);
        let said: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
        let told = ["\"a\"\" has a quote left in it", "\"\"b\" has a quote left in it"];
        assert_eq!(said.len(), histories.len(), "{said:?}");
        assert!(told.iter().zip(&said).all(|(told, said)| said.starts_with(told)), "{said:?}");
        for (history, sum) in histories.values().zip(["1", "2"]) {
            assert_eq!((value(history, quarter()).as_deref(), history.left_out()), (Some(sum), 1));
        }
    }
}

#[test]
fn a_quote_that_parts_a_quoted_cell_is_told_though_the_row_has_all_its_cells() {
    let row = |day: u8, kind: &str| format!("2026-07-0{day},{kind},\"Gamma, Ltd\",{day}\n");
    let sound: String = (1..=5).map(|day| row(day, "a")).collect();
    for broken in ["2026-07-06,\"a,\"Gamma, Ltd\",6\n", "2026-07-06,a\"Gamma, Ltd\",6\n"] {
        let text = format!("date,kind,team,value\n{sound}{broken}");
        let (history, said) = faulty(&text, metric("m").by(Aggregate::Sum).value("value").only("kind", &["a"]));
        assert_eq!((said.len(), history.left_out()), (1, 1), "{said:?}");
        assert!(said[0].contains("takes several cells of this row into one"), "{said:?}");
    }
    let inches = sound.replace("Gamma, Ltd", "24\"\" wide");
    let text = format!("date,kind,team,value\n{inches}");
    clean(&text, metric("m").by(Aggregate::Sum).value("value").only("kind", &["a"]));
}

#[test]
fn rows_of_what_has_not_ended_leave_their_last_cells_empty_and_are_no_broken_rows() {
    let ended =
        (1..=9).map(|day| format!("T{day},2026-07-0{day},2026-07-0{day},2026-07-0{day},5\n")).collect::<String>();
    let text = format!("ticket,opened,solved,closed,hours\n{ended}T10,2026-07-09,,,0\nT11,2026-07-09,,,\n");
    let (history, said) = faulty(&text, metric("m").dated("solved").value("hours").by(Aggregate::Mean));
    assert_eq!(said, Vec::<String>::new());
    assert_eq!((history.left_out(), value(&history, quarter()).as_deref()), (0, Some("5")));
    let shifted = text.replace("T10,2026-07-09,,,0", "T10,2026-07-09,,0,");
    let (history, said) = faulty(&shifted, metric("m").dated("solved").value("hours").by(Aggregate::Mean));
    assert_eq!((said.len(), history.left_out()), (1, 1), "{said:?}");
}
