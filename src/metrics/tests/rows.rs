//! Which rows count: conditions, series, instants.

use super::*;

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
    let (history, said) = faulty(text, metric("m"));
    assert!(said[0].starts_with("duplicate-instant: "), "{said:?}");
    assert!(!history.usable());
    assert_eq!(value(&history, quarter()), None);
    for (aggregate, expected) in [(Aggregate::Min, "1"), (Aggregate::Max, "5")] {
        assert_eq!(value(&clean(text, metric("m").by(aggregate)), quarter()).as_deref(), Some(expected));
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
fn a_series_for_every_row_is_refused() {
    let mut text = "d,id,v\n".to_owned();
    for number in 0..20_001 {
        text.push_str(&format!("2026-07-01,x{number},1\n"));
    }
    let (history, said) = faulty(&text, metric("m").value("v").split("id", Across::Sum));
    assert_eq!(said, ["too-many-series: the metric m has more than 20,000 series"]);
    assert!(!history.usable());
}
