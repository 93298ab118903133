//! Charts of any numbers: drawn, well formed, and never with a NaN in them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use okrbook::chart::describe::describe;
use okrbook::chart::figure::{Line, Sparkline, TrendFigure};
use okrbook::chart::series::segments;
use okrbook::chart::{sparkline, trend};
use okrbook::model::calendar::{Day, Window};

fuzz_target!(|input: (i16, u16, Vec<(u8, f64)>, Option<f64>, Option<f64>, String)| {
    let (start, days, steps, baseline, target, title) = input;
    let start = Day::parse("2026-07-01").expect("a day").plus(i32::from(start));
    let window = Window { start, end: start.plus(i32::from(days)) };
    let mut day = start;
    let points = steps.into_iter().map(|(step, value)| {
        day = day.plus(i32::from(step));
        (day, value)
    });
    let points: Vec<(Day, f64)> = points.collect();
    let mut figure = TrendFigure::new("fuzz".to_owned(), title, window);
    figure.actual = segments(&points);
    let line = |value: f64| Line { value, label: "line".to_owned() };
    figure.baseline = baseline.map(line);
    figure.target = target.map(line);
    let label = |value: f64| format!("{value:.1}");
    let svg = trend(&figure, &label);
    check(svg.as_str());
    let domain = (baseline.unwrap_or(f64::NAN), target.unwrap_or(f64::INFINITY));
    check(sparkline(&Sparkline { segments: segments(&points), window, domain, target }).as_str());
    let _ = describe(&figure, &label, &|day: Day| day.to_string());
});

fn check(svg: &str) {
    assert!(svg.is_empty() || (svg.starts_with("<svg") && svg.ends_with("</svg>")), "{svg}");
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count(), "{svg}");
}
