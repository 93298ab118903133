//! Shares and percentages in one column.

use super::*;

/// Returns what is said about a column of these cells, one a day.
fn said(cells: &str) -> Vec<String> {
    let rows = cells.split_whitespace().zip(1..).map(|(cell, day)| format!("2026-07-{day:02};{cell}\n"));
    let text = format!("date;v\n{}", rows.collect::<String>());
    let (_, found) = run(&[("a.csv", text.as_bytes())], vec![metric("m").value("v")]);
    let place = |found: &Diagnostic| match &found.place {
        Place::Line(line) => format!("{}:{}", line.line, &line.text[line.start..line.end]),
        _ => panic!("a cell"),
    };
    found.iter().map(|found| format!("{} {}: {}", place(found), found.code, found.label)).collect()
}

#[test]
fn the_first_cell_of_the_rarer_form_is_named() {
    assert_eq!(said("97% 96.5% .96 98% 0.97"), ["4:.96 mixed-percent: a share among percentages"]);
    assert_eq!(said("0.97 0.965 96% 0.98"), ["4:96% mixed-percent: a percentage among shares"]);
    assert_eq!(said("0.9% 1.4% 0.011"), ["4:0.011 mixed-percent: a share among percentages"]);
    assert_eq!(said("97% 0,96 98,5%"), ["3:0,96 mixed-percent: a share among percentages"]);
}

#[test]
fn small_numbers_that_may_be_real_are_left_alone() {
    for (cells, why) in [
        ("97% 96% 98%", "one form"),
        (".97 .96 .98", "the other form"),
        ("97% 0 1 98%", "nothing and the whole need no sign"),
        ("97% 96 98%", "the sign is left out"),
        ("97% 96 .98 95%", "the sign is left out, so small numbers may be percentages, too"),
        ("12% 9% 0.4", "a real 0.4 %: 40 % would be far from the others"),
        ("0.5% 0.4 0.6%", "percentages are as small as that"),
        ("0.3% 80% 0.5 60%", "percentages reach from small to large"),
        ("97% .96", "nothing tells which form is the usual one"),
        ("n/a 97% - 98%", "no numbers"),
    ] {
        assert_eq!(said(cells), [""; 0], "{cells}: {why}");
    }
}

#[test]
fn rows_that_do_not_count_and_columns_of_several_series_are_left_alone() {
    let text = "date;name;v\n2026-07-01;a;97%\n2026-07-02;b;.96\n2026-07-03;a;98%\n2026-07-04;b;.95\n";
    let of = |metric: Metric| run(&[("a.csv", text.as_bytes())], vec![metric]).1.len();
    assert_eq!(of(metric("m").value("v")), 1);
    let only_a = |rows: &mut RowQuery| {
        let test = Test::OneOf(vec!["a".to_owned()]);
        rows.filter = vec![Condition { column: named("name"), test }];
    };
    assert_eq!(of(metric("m").value("v").rows(only_a)), 0);
    assert_eq!(of(metric("m").value("v").rows(|rows| rows.split = Some(named("name")))), 0);
}

#[test]
fn a_cell_that_two_metrics_read_is_told_once() {
    let text = "date;v\n2026-07-01;97%\n2026-07-02;.96\n2026-07-03;98%\n";
    let both = vec![metric("m").value("v"), metric("n").value("v").by(Aggregate::Mean)];
    assert_eq!(run(&[("a.csv", text.as_bytes())], both).1.len(), 1);
}
