//! One metric over another.

use super::*;

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
fn ratios_of_ratios_are_measured_parts_first_and_not_beyond_the_limit() {
    let link = |number: usize, of: &str| {
        let id = Slug::new(&format!("m{number}")).expect("a slug");
        Metric { id, ..ratio_of(of, of) }
    };
    let mut metrics = vec![metric("c"), link(0, "c")];
    metrics.extend((1..2_000).map(|number| link(number, &format!("m{}", number - 1))));
    let (histories, diagnostics) = run(&[("a.csv", b"day,n\n2026-07-01,4\n")], metrics);
    assert_eq!(diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), ["ratio-too-deep"]);
    let usable: Vec<_> = histories.values().filter(|history| history.usable()).map(History::metric).collect();
    assert_eq!(usable.iter().map(ToString::to_string).collect::<Vec<_>>(), ["c", "m0", "m1", "m2"]);
    let deepest = &histories[&Slug::new("m2").expect("a slug")];
    assert_eq!(deepest.measure(quarter()).expect("measured").receipt.files.exports().len(), 8);
}
