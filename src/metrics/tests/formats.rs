//! Exports as tools write them.

use super::*;
use crate::model::grain::Grain;

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
    assert_eq!(said, ["no-header: metrics/a.csv has no header, so no column is called \"load\""]);
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
fn seconds_since_1970_are_told_from_other_numbers() {
    let text = "latency,at\n250,1782907200\n300,1783252800\n";
    let unix = |metric: Metric| metric.dialect(|dialect| dialect.date_format = Some("unix".to_owned()));
    assert_eq!(shown(&clean(text, unix(metric("m").value("latency"))).points(quarter())), "07-01=250 07-05=300");
    assert_eq!(shown(&clean(text, unix(metric("m"))).points(quarter())), "07-01=250 07-05=300");
    let excel = metric("m").dialect(|dialect| dialect.date_format = Some("excel".to_owned()));
    assert_eq!(shown(&clean("latency,at\n250,46204\n300,46208\n", excel).points(quarter())), "07-01=250 07-05=300");
}

#[test]
fn thousands_and_decimals_are_told_by_other_cells_or_refused() {
    let sum = |text| value(&clean(text, metric("m").by(Aggregate::Sum).value("v")), quarter());
    assert_eq!(sum("d;v\n2026-07-01;1,5\n2026-07-02;1.234\n").as_deref(), Some("1235.5"));
    assert_eq!(sum("d,v\n2026-07-01,\"1,234\"\n2026-07-02,2.5\n").as_deref(), Some("1236.5"));
    assert_eq!(sum("d,w,v\n2026-07-01,42.10%,\"$65,548 \"\n2026-07-02,35.10%,\"$1\"\n").as_deref(), Some("65549"));
    assert_eq!(sum("d,v\n2026-07-01,1.234\n").as_deref(), Some("1.234"));
    let german =
        "d;v;w\n01.07.2026;1.239;36\n02.07.2026;940;4\n03.07.2026;1.117;2\n04.07.2026;2.005;2\n05.07.2026;1.300;2\n";
    assert_eq!(sum(german).as_deref(), Some("6601"), "numbers below a thousand stand without a point");
    assert_eq!(
        sum("d;v\n01.07.2026;14,213\n").as_deref(),
        Some("14.213"),
        "cells parted and dates written as in Germany"
    );
    assert_eq!(sum("d\tv\n2026-07-01\t\"$40,120\"\n").as_deref(), Some("40120"), "money has no three decimals");
    let unclear = "d\tv\n2026-07-01\t1.239\n2026-07-02\t1.117\n";
    assert!(!faulty(unclear, metric("m").value("v")).0.usable());
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
    let date = DateColumn::YearPart { year: named("Year"), part: named("Month"), grain: Grain::Month };
    let (history, said) = faulty(text, metric("m").value("Total").rows(|rows| rows.date = date));
    assert_eq!(said, ["bad-cell: \"13\" is no day of the calendar"]);
    assert_eq!(shown(&history.points(quarter())), "07-31=5 08-31=6");
}

#[test]
fn a_header_may_name_more_columns_than_rows_fill() {
    let text = "Date,Steps,Floors,Floors climbed\n2026-07-01,913,0\n2026-07-02,4210,2\n2026-07-03,12,1\n";
    assert_eq!(value(&clean(text, metric("m").value("Steps").by(Aggregate::Sum)), quarter()).as_deref(), Some("5135"));
}

#[test]
fn headers_that_come_again_and_remarks_are_no_data() {
    let text =
        "sep=;\n\"t\";\"v\"\nt,v\n\"2026-07-01\";1\n\"t\";\"v\"\n# a remark\n\"2026-07-02\";null\n\"2026-07-03\";3\n";
    assert_eq!(shown(&clean(text, metric("m")).points(quarter())), "07-01=1 07-03=3");
}

#[test]
fn an_export_in_another_encoding_is_read_and_said() {
    let bytes: &[u8] = b"Datum;Gr\xF6\xDFe;Ort\n2026-07-01;1,5;K\xF6ln\n";
    let heading: &[u8] = b"Datum;Gr\xF6\xDFe\n2026-07-01;1,5\n";
    assert_eq!(run(&[("a.csv", heading)], vec![metric("m")]).1, [], "no value depends on it");
    let elsewhere = run(&[("a.csv", bytes)], vec![metric("m").value("Größe")]).1;
    assert_eq!(elsewhere, [], "only a column that nothing asks for depends on it");
    let (histories, diagnostics) = run(&[("a.csv", bytes)], vec![metric("m").value("Größe").only("Ort", &["Köln"])]);
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
        let monthly = DateColumn::YearPart { year: named("Year"), part: named("Month"), grain: Grain::Month };
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

#[test]
fn numbers_with_units_are_counted_in_the_metric_s_unit() {
    let in_seconds = || Metric { unit: Some(spanned(Unit::Duration(TimeUnit::Second))), ..metric("m") };
    let text = "Time,p75\n2026-07-01,1.8 s\n2026-07-02,950 ms\n2026-07-03,00:01:05\n";
    assert_eq!(shown(&clean(text, in_seconds()).points(quarter())), "07-01=1.8 07-02=0.95 07-03=65");
    assert_eq!(shown(&clean("d;v\n2026-07-01;1,5 s\n", in_seconds()).points(quarter())), "07-01=1.5");
    assert_eq!(
        shown(&clean("d,v\n2026-07-01,1.2K\n2026-07-02,980\n", metric("m")).points(quarter())),
        "07-01=1200 07-02=980"
    );
    let (history, said) = faulty("d,v\n2026-07-01,1.8 s\n2026-07-02,2:30\n2026-07-03,2 s\n", in_seconds());
    assert_eq!(said, ["bad-cell: \"2:30\" is not a number"]);
    assert_eq!(shown(&history.points(quarter())), "07-01=1.8 07-03=2");
    assert_eq!(faulty(text, metric("m")).1, ["which-column: metrics/a.csv has no column of numbers"]);
}

#[test]
fn a_short_table_is_found_below_many_lines_about_it() {
    let text = "# -----\n# Traffic\n# Account: Shop, Inc\n# Property: shop\n#\n# All users\n# Start: 20260701\n\
                Date,Sessions\n20260701,\"1,204\"\n20260702,\"1,310.5\"\n";
    assert_eq!(shown(&clean(text, metric("m")).points(quarter())), "07-01=1204 07-02=1310.5");
}

#[test]
fn lines_that_add_up_the_others_are_no_data() {
    let text = "Service,Total costs($)\nService total,3310.36\n2026-07-01,1070.11\n2026-08-01,1120.15\nSumme:,9\n";
    assert_eq!(shown(&clean(text, metric("m")).points(quarter())), "07-01=1070.11 08-01=1120.15");
    let (_, said) = faulty("Day,n\n2026-07-01,1\n2026-07-02,2\nTotally wrong,3\n", metric("m"));
    assert_eq!(said, ["bad-cell: \"Totally wrong\" is not a date"]);
}

#[test]
fn the_second_of_two_tables_is_not_read() {
    let (history, said) = faulty("Day,n\n2026-07-01,1\n2026-07-02,2\nDay,sum\n2026-07-03,9\n", metric("m"));
    assert_eq!(said, ["several-tables: another table begins here; only the one above is read"]);
    assert_eq!(shown(&history.points(quarter())), "07-01=1 07-02=2");
    let below = "Day,n\n2026-07-01,1\n2026-07-02,2\n\n# by land\nLand,n,share\nMalta,3,4\n";
    let (history, said) = faulty(below, metric("m"));
    assert_eq!(said, ["several-tables: another table begins here; only the one above is read"]);
    assert_eq!(shown(&history.points(quarter())), "07-01=1 07-02=2");
    clean("Day,n\n2026-07-01,1\n\nDay,n\n2026-07-02,2\n", metric("m"));
}

#[test]
fn years_and_months_are_dates_in_a_column_that_is_called_so() {
    let text = "Month,code,n\n202607,202601,1\n202608,202602,2\n";
    assert_eq!(shown(&clean(text, metric("m").value("n")).points(quarter())), "07-31=1 08-31=2");
    assert_eq!(faulty("code,n\n202607,1\n", metric("m")).1, ["no-dates: metrics/a.csv has no column of dates"]);
    for (text, expected) in [
        ("Year,Month,n\n2026,7,1\n2026,8,2\n", "07-31=1 08-31=2"),
        ("n,year,week\n3,2026,27\n4,2026,28\n", "07-02=3 07-09=4"),
        ("Quarter,Year,n\nQ2,2026,3\nQ3,2026,4\n", "09-30=4"),
        ("fiscal year,iso week,n\n2026,W40,4\n", ""),
    ] {
        assert_eq!(shown(&clean(text, metric("m").value("n")).points(quarter())), expected, "{text}");
    }
    let (_, said) = run(&[("a.csv", b"y,mm,n\n2026,7,1\n")], vec![metric("m")]);
    assert!(said[0].help.as_deref().is_some_and(|help| help.contains("{ year: y, month: mm }")), "{said:?}");
}

#[test]
fn columns_are_found_whatever_stands_between_their_words() {
    let text = "day,\"total\ncost\",n,n\n2026-07-01,5,6,7\n";
    assert_eq!(value(&clean(text, metric("m").value("total cost")), quarter()).as_deref(), Some("5"));
    assert_eq!(value(&clean(text, metric("m").value("4")), quarter()).as_deref(), Some("7"));
}

#[test]
fn a_zone_of_several_meanings_is_settled_by_the_definition() {
    let text = "t,n\n2026-07-01 23:30 CST,1\n";
    assert_eq!(faulty(text, metric("m")).1, ["bad-cell: \"2026-07-01 23:30 CST\" names a zone that isn't known"]);
    let stated = metric("m").dialect(|dialect| dialect.zone = Some("America/Chicago".to_owned()));
    assert_eq!(shown(&clean(text, stated).points(quarter())), "07-02=1");
}

#[test]
fn money_of_two_currencies_is_not_one_number() {
    let (history, said) = faulty("d,n\n2026-07-01,$5\n2026-07-02,7 \u{20ac}\n2026-07-03,6\n", metric("m"));
    let several = "several-currencies: the amounts of m are in several currencies: $, EUR";
    assert_eq!(said, [several, "bad-cell: \"7 \u{20ac}\" is in EUR, and not in $"]);
    assert!(!history.usable(), "what is left of one currency is no sum of all");
}

#[test]
fn exports_with_the_same_header_tell_together_which_of_day_and_month_comes_first() {
    let week = |first: &str, last: &str| format!("Begin,End,Units\n{first},{last},5\n");
    let (a, b) = (week("03/30/2026", "04/05/2026"), week("04/06/2026", "04/12/2026"));
    let both = || {
        let two = |rows: &mut RowQuery| rows.files = vec!["metrics/a.csv".into(), "metrics/b.csv".into()];
        vec![metric("m").dated("Begin").value("Units").by(Aggregate::Sum).rows(two)]
    };
    let told = |a: &str, b: &str| {
        let (histories, said) = run(&[("a.csv", a.as_bytes()), ("b.csv", b.as_bytes())], both());
        let spring = window("2026-03-01", "2026-04-30");
        (shown(&histories[&Slug::new("m").expect("a slug")].points(spring)), said.len())
    };
    assert_eq!(told(&a, &b), ("03-30=5 04-06=5".to_owned(), 0));
    assert_eq!(told(&b, &a), ("03-30=5 04-06=5".to_owned(), 0));
    let other = b.replace("Units", "Pieces,Units").replace(",5", ",1,5");
    assert_eq!(told(&a, &other).1, 1, "another tool's export says nothing of this one");
    assert_eq!(told(&b, &b.replace('5', "6")).1, 1, "none of the two tells");
}

#[test]
fn what_was_asked_stands_between_the_names_and_the_answers() {
    let text = "StartDate,EndDate,Status,Q1\nStart Date,End Date,Response Type,How easy was it?\n\
                \"{\"\"ImportId\"\":\"\"start\"\"}\",\"{\"\"ImportId\"\":\"\"end\"\"}\",\"{\"\"ImportId\"\":\"\"s\"\"}\",\
                \"{\"\"ImportId\"\":\"\"q\"\"}\"\n2026-07-01 10:00,2026-07-01 10:02,0,5\n2026-07-02 10:00,2026-07-02 10:02,0,3\n\
                2026-07-03 10:00,2026-07-03 10:02,0,4\n";
    let history = clean(text, metric("m").dated("EndDate").value("Q1").by(Aggregate::Mean));
    assert_eq!(value(&history, quarter()).as_deref(), Some("4"));
}

#[test]
fn remarks_that_are_padded_to_the_tables_width_tell_of_no_column() {
    let text = "Datum;Filiale;Bestellungen\n;;\n01.07.2026;Ulm;5\n14.07.2026;Bonn;8\nUmstellung der Kassen;;\n\
                15.07.2026;Ulm;7\n\n29.09.2026;Bonn;20\n* vorläufige Zahlen;;\n";
    let history = clean(text, metric("m").value("Bestellungen").by(Aggregate::Sum));
    assert_eq!(value(&history, quarter()).as_deref(), Some("40"));
}
