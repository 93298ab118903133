//! Exports on which a choice could be made in silence, and flatter: each is told, or measured as it must be.

use super::*;
use crate::model::grain::{Grain, RowGrain};

fn codes(said: &[String]) -> Vec<&str> {
    said.iter().map(|said| said.split(':').next().unwrap_or_default()).collect()
}

#[test]
fn a_row_of_a_period_speaks_of_all_its_days() {
    let months = "month,n\n2026-06,5\n2026-07,6\n2026-08,7\n2026-09,8\n";
    let history = clean(months, metric("m").by(Aggregate::Sum));
    assert_eq!(value(&history, quarter()).as_deref(), Some("21"));
    assert_eq!((history.heartbeat(), history.grain()), (Some(day("2026-09-30")), Grain::Month));
    assert_eq!(value(&history, window("2026-07-15", "2026-09-30")).as_deref(), Some("15"), "July is cut");
    let weeks = "week,n\n2026-W27,1\n2026-W40,2\n";
    let history = clean(weeks, metric("m").by(Aggregate::Sum));
    assert_eq!(value(&history, quarter()).as_deref(), Some("1"), "a week's Thursday says whose it is");
    let stated = |text, grain| clean(text, metric("m").by(Aggregate::Sum).rows(|rows| rows.grain = Some(grain)));
    let history = stated("day,n\n2026-07-01,6\n2026-09-01,8\n", RowGrain::Month);
    assert_eq!((value(&history, quarter()).as_deref(), history.heartbeat()), (Some("14"), Some(day("2026-09-30"))));
    let history = stated("day,n\n2026-06-28,6\n", RowGrain::Week);
    assert_eq!(value(&history, quarter()).as_deref(), Some("6"), "the seven days from the date");
}

#[test]
fn the_running_period_speaks_of_its_days_so_far() {
    let history = clean("month,n\n2026-11,5\n2026-12,6\n2027-01,7\n", metric("m").by(Aggregate::Sum));
    assert_eq!(history.heartbeat(), Some(day("2026-12-31")));
    assert_eq!(history.rows_after_as_of(), 1);
    let quarters = clean("q,n\nQ4 2026,6\nQ1 2027,9\n", metric("m"));
    assert_eq!(value(&quarters, window("2026-10-01", "2026-12-31")).as_deref(), Some("6"));
}

#[test]
fn a_text_that_stands_nowhere_counts_nothing_unless_its_kind_stands_there() {
    let rows = |texts: &str| {
        let rows: String =
            texts.split(' ').enumerate().map(|(at, text)| format!("2026-07-0{},{text}\n", at + 1)).collect();
        format!("day,priority\n{rows}")
    };
    let (history, said) = faulty(&rows("Highest High Low"), metric("m").count().only("priority", &["P1"]));
    assert_eq!(said, ["unmet-condition: no cell of priority is \"P1\""]);
    assert!(!history.usable());
    let none = clean(&rows("P2 P3 P2"), metric("m").count().only("priority", &["P1"]));
    assert_eq!(value(&none, window("2026-07-01", "2026-07-03")).as_deref(), Some("0"));
    let one_of_two = clean(&rows("High Low"), metric("m").count().only("priority", &["High", "Blocker"]));
    assert_eq!(value(&one_of_two, window("2026-07-01", "2026-07-02")).as_deref(), Some("1"));
}

#[test]
fn whether_a_text_stands_in_its_column_is_asked_of_all_rows() {
    let text = "day,team,priority\n2026-07-01,shop,P1\n2026-07-02,mail,P2\n";
    let both = metric("m").count().only("team", &["mail"]).only("priority", &["P1"]);
    assert_eq!(value(&clean(text, both), window("2026-07-01", "2026-07-02")).as_deref(), Some("0"));
}

#[test]
fn empty_cells_can_be_asked_for() {
    let text = "day,closed\n2026-07-01,2026-07-05\n2026-07-02,\n2026-07-03,\n";
    let open = clean(text, metric("m").count().dated("day").only("closed", &[""]));
    assert_eq!(value(&open, window("2026-07-01", "2026-07-03")).as_deref(), Some("2"));
}

#[test]
fn columns_that_number_things_measure_none() {
    let (_, said) = faulty("id,created\n7,2026-07-02\n8,2026-07-03\n", metric("m"));
    assert_eq!(codes(&said), ["which-column"]);
    let beside = clean("Case Number,created,hours\n7,2026-07-02,5\n8,2026-07-03,6\n", metric("m"));
    assert_eq!(value(&beside, quarter()).as_deref(), Some("6"));
    let named = clean("id,created\n7,2026-07-02\n8,2026-07-03\n", metric("m").value("id"));
    assert_eq!(value(&named, quarter()).as_deref(), Some("8"));
    assert_eq!(value(&clean("pr,day\n7,2026-07-02\n", metric("pr")), quarter()).as_deref(), Some("7"));
}

#[test]
fn the_same_bytes_twice_count_once() {
    let rows: &[u8] = b"created,what\n2026-07-04,a\n2026-07-05,b\n";
    let files = |names: &[&str]| names.iter().map(|name| format!("metrics/{name}").into()).collect::<Vec<_>>();
    let counted = |names: &[&str]| {
        let files = files(names);
        metric("m").count().rows(|rows| rows.files = files)
    };
    let names = ["a.csv", "b.csv", "c.csv"];
    let exports: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, rows)).collect();
    let (histories, said) =
        run(&exports, vec![counted(&names), Metric { id: Slug::new("n").expect("ok"), ..counted(&["b.csv"]) }]);
    assert_eq!(said.iter().map(|found| found.code).collect::<Vec<_>>(), ["same-export", "same-export"]);
    for id in ["m", "n"] {
        let history = &histories[&Slug::new(id).expect("a slug")];
        assert_eq!(value(history, window("2026-07-01", "2026-07-05")).as_deref(), Some("2"), "{id}");
    }
    let header: &[u8] = b"created,what\n";
    assert_eq!(run(&[("a.csv", header), ("b.csv", header)], vec![counted(&["a.csv", "b.csv"])]).1, []);
}

#[test]
fn amounts_of_several_currencies_are_no_sum() {
    let text = "date,amount,currency\n2026-07-02,145,usd\n2026-07-03,1500,JPY\n";
    let dollars = |metric: Metric| {
        let unit = Spanned::new(Unit::Money("USD".into()), Span::new(Sources::default().add("q", "x"), 0..1));
        Metric { unit: Some(unit), ..metric.by(Aggregate::Sum) }
    };
    let won = || dollars(metric("m").value("amount"));
    let elsewhere = |metric: Metric| Metric { place: MetricPlace::Export("metrics/a.csv".into()), ..metric };
    assert_eq!(codes(&faulty(text, elsewhere(won())).1), ["several-currencies"]);
    let chosen = clean(text, won().only("currency", &["usd"]));
    assert_eq!(value(&chosen, quarter()).as_deref(), Some("145"));
    assert_eq!(codes(&faulty("date,amount,currency\n2026-07-02,1,EUR\n", won()).1), ["other-currency"]);
    let converted = text.replace("amount", "Amount (converted USD)");
    assert!(clean(&converted, dollars(metric("m").value("Amount (converted USD)"))).usable());
    assert!(clean(text, metric("m").count()).usable(), "rows are counted, whatever they cost");
    let many = "date,amount,currency\n2026-07-02,145,usd\n2026-07-03,1500,JPY\n2026-07-04,3,CHF\n";
    let two = elsewhere(won().only("currency", &["usd", "JPY"]));
    assert_eq!(codes(&faulty(many, two).1), ["several-currencies"], "a condition chooses two");
    let other = won().only("currency", &["JPY"]);
    assert_eq!(codes(&faulty(many, other).1), ["other-currency"], "a condition chooses another one");
    let ratio = elsewhere(dollars(metric("m").over("amount", "n")).by(Aggregate::Ratio));
    let shares = "date,amount,n,currency\n2026-07-02,145,1,usd\n2026-07-03,1500,2,JPY\n";
    assert_eq!(codes(&faulty(shares, ratio).1), ["several-currencies"]);
    for named in [
        "date,amount,cur\n2026-07-02,145,€\n2026-07-03,1500,£\n",
        "date,amount,paid in\n2026-07-02,145,Euro\n2026-07-03,15,US Dollar\n",
    ] {
        assert_eq!(codes(&faulty(named, elsewhere(won())).1), ["several-currencies"], "{named}");
    }
    let beside = "date,amount,currency,Converted currency\n2026-07-02,145,usd,thb\n2026-07-03,1500,jpy,thb\n";
    assert!(clean(beside, won().only("currency", &["usd"])).usable(), "what others were converted into");
    let in_cells = "date,amount\n2026-07-02,120 USD\n2026-07-03,9000 JPY\n2026-07-04,60 USD\n";
    assert_eq!(codes(&faulty(in_cells, elsewhere(won())).1), ["bad-cell", "several-currencies"]);
}

#[test]
fn a_week_ends_with_its_date_where_its_column_or_the_book_says_so() {
    let rows = "2026-06-28,5\n2026-07-05,6\n2026-10-04,7\n";
    let of = |heading: &str, grain| {
        let text = format!("{heading},n\n{rows}");
        let history = clean(&text, metric("m").value("n").by(Aggregate::Sum).rows(|rows| rows.grain = Some(grain)));
        value(&history, quarter())
    };
    assert_eq!(of("Week", RowGrain::Week).as_deref(), Some("11"), "28 June begins a week whose Thursday is in July");
    for (heading, grain) in
        [("Week ending", RowGrain::Week), ("Woche bis", RowGrain::Week), ("Week", RowGrain::WeekEnding)]
    {
        assert_eq!(
            of(heading, grain).as_deref(),
            Some("6"),
            "{heading}: only the week to 5 July has its Thursday inside"
        );
    }
}

#[test]
fn rows_of_a_month_among_rows_of_its_days_would_count_twice() {
    let sum = || metric("m").value("n").by(Aggregate::Sum);
    let days = "day,n\n2026-07-01,5\n2026-07-02,6\n";
    let (history, said) = faulty(&format!("{days}2026-07,11\n2026-08-01,1\n"), sum());
    assert_eq!(
        said,
        ["mixed-periods: m has rows of days and one of a whole month that holds them, 2026-07-01 to 2026-07-31"]
    );
    assert!(!history.usable());
    let apart = clean(&format!("{days}2026-08,11\n"), sum());
    assert_eq!(value(&apart, quarter()).as_deref(), Some("22"), "a month that has no rows of days");
}

#[test]
fn pages_of_an_export_that_follow_each_other_are_not_cut() {
    let full: String = (0..1000).map(|row| format!("2026-{:02}-{:02},{row}\n", 7 + row / 500, 20 + row % 8)).collect();
    let full = format!("created,ticket\n{full}");
    let before = "created,ticket\n2026-05-01,1\n2026-07-18,2\n";
    let cut = |files: &[(&str, &[u8])]| {
        let paths = files.iter().map(|(name, _)| format!("metrics/{name}").into()).collect();
        let (histories, _) = run(files, vec![metric("m").count().rows(|rows| rows.files = paths)]);
        histories[&Slug::new("m").expect("a slug")].cut_in(quarter())
    };
    assert_eq!(cut(&[("a.csv", full.as_bytes())]), Some(day("2026-07-20")));
    assert_eq!(cut(&[("a.csv", full.as_bytes()), ("b.csv", before.as_bytes())]), None);
}

#[test]
fn another_table_begins_behind_its_title() {
    let people = "Name,First join,Left,Role\nAnn,2026-07-02 10:02,2026-07-02 10:17,host\nBob,2026-07-02 10:03,2026-07-02 10:17,guest\n";
    for title in ["3. What they did", "What they did", "3) What they did,,,"] {
        let text = format!("{people}\n{title}\nName,Joined,Took\nAnn,2026-07-02 10:02,14m\nBob,2026-07-02 10:03,14m\n");
        let (history, said) = faulty(&text, metric("m").count());
        assert_eq!(
            (value(&history, quarter()).as_deref(), codes(&said).as_slice()),
            (Some("2"), &["several-tables"][..]),
            "{title}"
        );
    }
}

#[test]
fn a_row_whose_cells_a_quote_has_taken_into_one_is_told() {
    let text = "id,day,team,n,note\nT-1,2026-07-01,shop,4,fine\n\"T-2,2026-07-02,shop,5,\"cold, and wet\"\nT-3,2026-07-03,shop,6,\"a, b\"\n";
    let (history, said) = faulty(text, metric("m").value("n").by(Aggregate::Sum).only("team", &["shop"]));
    assert_eq!((value(&history, quarter()).as_deref(), history.left_out()), (Some("10"), 1));
    assert_eq!(said, ["bad-cell: a quote that isn't closed takes several cells of this row into one"]);
}

#[test]
fn what_tools_write_beside_their_rows_changes_no_number() {
    let ga = "# Start date: 20260701\nNth day,Users\n0000,8\n0001,12\n,20,Grand total\n";
    let stated = metric("m").value("Users").rows(|rows| rows.date = DateColumn::Column(named("Nth day")));
    for metric in [metric("m").value("Users"), stated] {
        assert_eq!(shown(&clean(ga, metric).points(quarter())), "07-01=8 07-02=12");
    }
    let french: &[u8] = b"Date;Ventes\n2026-07-01;2\xA0465,05\n2026-07-02;1\xA0100,00\n";
    assert_eq!(
        run(&[("a.csv", french)], vec![metric("m").value("Ventes")]).1,
        [],
        "a no-break space is one everywhere"
    );
}

#[test]
fn rows_that_are_sums_of_others_count_only_where_they_are_asked_for() {
    let text = "day,team,n\n2026-07-01,shop,5\n2026-07-01,depot,6\n2026-07-01,Total,11\n2026-07-02,Total Wine,1\n";
    let sum = || metric("m").value("n").by(Aggregate::Sum);
    let history = clean(text, sum());
    assert_eq!((value(&history, quarter()).as_deref(), history.totals()), (Some("12"), 1));
    assert_eq!(value(&clean(text, sum().only("team", &["Total"])), quarter()).as_deref(), Some("11"));
    let ads = "Ad,Clicks\nred,10\nblue,7\nTotal: Account,17\nGrand total,17\nSubtotal,17\n";
    let snapshot = sum().value("Clicks").rows(|rows| rows.date = DateColumn::Snapshot(day("2026-07-31")));
    assert_eq!(value(&clean(ads, snapshot), quarter()).as_deref(), Some("17"));
}

#[test]
fn durations_below_zero_are_told() {
    let text = "done,days\n2026-07-02,-1\n2026-07-03,7\n2026-07-04,-1\n";
    let unit = Some(spanned(Unit::Duration(TimeUnit::Day)));
    let (history, said) = faulty(text, Metric { unit, ..metric("m").by(Aggregate::Mean) });
    assert_eq!(
        said,
        ["negative-duration: \"-1\" in \"days\" is a duration below zero, and so is one more of its cells"]
    );
    assert!(history.usable());
    assert!(clean(text, metric("m").by(Aggregate::Mean)).usable(), "a number may be below zero");
}

#[test]
fn rows_whose_cells_stand_elsewhere_are_told_and_sparse_columns_are_not() {
    let mut text = "day,shop,rate,note,link\n".to_owned();
    for number in 1..=20 {
        text.push_str(&format!("2026-07-{number:02},x,9{},all is well,\n", number % 7));
    }
    let told = |row: &str| codes(&faulty(&format!("{text}{row}\n"), metric("m").value("rate")).1).join(" ");
    for row in [",2026-07-21,x,95,all is well", "2026-07-21,,x,95,all is well", "2026-07-21,95,all is well,"] {
        assert_eq!(told(row), "bad-cell", "{row}");
    }
    for row in [
        "2026-07-21,x,95,all is well,https://example.org",
        "2026-07-21,x,95,,",
        "note,,,,",
        ",,,,",
        "2026-07-21,x,95,well",
    ] {
        assert_eq!(told(row), "", "{row}");
    }
}

#[test]
fn remarks_and_empty_rows_take_no_row_with_them() {
    for text in [
        "day,v\n2026-07-01,5\nnote,\n2026-07-02,6\n",
        "name,at,v\nalpha,,\nberlin,2026-07-01,5\nberlin,2026-07-02,6\n",
        "day,v\n\n2026-07-01,5\n,\n2026-07-02,6\n",
    ] {
        assert_eq!(
            value(&clean(text, metric("m").value("v").by(Aggregate::Sum)), quarter()).as_deref(),
            Some("11"),
            "{text}"
        );
    }
}

#[test]
fn rows_that_two_exports_share_are_told_where_something_makes_a_row_one() {
    let counted = |key: Option<&str>| {
        metric("m").count().rows(|rows| {
            rows.files = vec!["metrics/a.csv".into(), "metrics/b.csv".into()];
            rows.unique_by = key.map(named);
        })
    };
    let said = |first: &str, second: &str, key| {
        let files = [("a.csv", first.as_bytes()), ("b.csv", second.as_bytes())];
        run(&files, vec![counted(key)]).1.into_iter().map(|found| (found.code, found.message)).collect::<Vec<_>>()
    };
    let first = "ID,Subject,Created\n9001,Late,2026-07-01\n9007,Broken,2026-07-02\n";
    let second = "ID,Subject,Created\n9007,Broken,2026-07-02\n9010,Cold,2026-07-03\n";
    assert_eq!(
        said(first, second, None),
        [("shared-rows", "1 row of this export stands in metrics/a.csv, too, and would count twice".to_owned())]
    );
    assert_eq!(said(first, second, Some("ID")), []);
    let other = |id: &str, files: [&str; 2]| Metric {
        id: Slug::new(id).expect("a slug"),
        ..metric("m").count().rows(|rows| rows.files = files.map(|file| format!("metrics/{file}.csv").into()).to_vec())
    };
    let header = "ID,Subject,Created\n";
    let files = [("a.csv", first), ("b.csv", header), ("c.csv", second), ("d.csv", "ID,Subject,Created\n \n")];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let apart = vec![other("x", ["a", "b"]), other("y", ["c", "d"]), other("z", ["b", "d"]).by(Aggregate::Last)];
    assert!(run(&files, apart).1.iter().all(|found| found.code != "shared-rows"), "no metric reads both");
    let both = [("a.csv", first.as_bytes()), ("b.csv", header.as_bytes())];
    let semicolon = counted(None).dialect(|dialect| dialect.skip_rows = Some(0));
    let twice = vec![counted(None), Metric { id: Slug::new("n").expect("a slug"), ..semicolon }];
    assert!(
        run(&both, twice).1.iter().all(|found| found.code != "shared-rows"),
        "an export shares nothing with itself"
    );
    let regions = ("day,n\n2026-07-01,1\n2026-07-02,2\n", "day,n\n2026-07-01,1\n2026-07-02,3\n");
    assert_eq!(said(regions.0, regions.1, None), [], "two regions may count the same");
    let pulls =
        ("day,n\n2026-07-01,1204\n2026-07-02,1311\n", "day,n\n2026-07-01,1204\n2026-07-02,1311\n2026-07-03,990\n");
    assert_eq!(said(pulls.0, pulls.1, None).len(), 1, "two pulls of days");
    let items = "Name,Created,Item\n#901,2026-07-01,cup\n#901,2026-07-01,jar\n#902,2026-07-02,pan\n";
    let later = "Name,Created,Item\n#901,2026-07-01,cup\n#901,2026-07-01,jar\n#903,2026-07-09,cup\n";
    assert_eq!(said(items, later, None).len(), 1, "several rows of one order");
}

#[test]
fn day_numbers_count_from_the_day_that_a_line_above_says() {
    let text =
        "# All Users\n# Start date: 20260701\n# End date: 20260930\nNth day,Purchases\n0000,8\n0001,12\n0091,3\n";
    assert_eq!(shown(&clean(text, metric("m").value("Purchases")).points(quarter())), "07-01=8 07-02=12 09-30=3");
}

#[test]
fn dates_may_stand_for_periods_where_all_are_alike() {
    let grain = |rows: &str| {
        let rows: String = rows.split(' ').map(|date| format!("{date},1\n")).collect();
        clean(&format!("day,n\n{rows}"), metric("m").by(Aggregate::Sum)).likely_grain()
    };
    assert_eq!(grain("2026-04-01 2026-05-01 2026-06-01 2026-07-01"), Some(Grain::Month));
    assert_eq!(grain("2026-07-06 2026-07-13 2026-07-20 2026-08-03"), Some(Grain::Week));
    assert_eq!(grain("2026-07-06 2026-07-13 2026-07-20 2026-08-04"), None);
    assert_eq!(grain("2026-05-01 2026-06-01"), Some(Grain::Month));
    assert_eq!(grain("2026-04-30 2026-05-31 2026-06-30"), Some(Grain::Month));
    assert_eq!(grain("2026-05-01 2026-07-01"), None, "two dates with a gap between tell nothing");
    assert_eq!(grain("2026-05-31"), None, "one date tells nothing");
    assert_eq!(grain("2026-04 2026-05 2026-06 2026-07"), None, "months need no guess");
}
