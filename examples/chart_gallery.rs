//! Writes a page with one chart for each kind of data, to be looked at.
//!
//! `cargo run --example chart_gallery -- gallery.html`, then open the file: light and dark, wide and narrow.

use std::error::Error;
use std::fmt::Write as _;

use okrbook::chart::describe::describe;
use okrbook::chart::figure::{Bound, HistoryFigure, Line, Months, Moved, Side, Sparkline, Trail, TrendFigure};
use okrbook::chart::series::segments;
use okrbook::chart::{BandCounts, bands, grade_bar, history, sparkline, trend, trend_for_screens};
use okrbook::model::calendar::{Day, Window};
use okrbook::model::quantity::Number;
use okrbook::model::scorecard::{Band, Grade};

const PAGE: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Chart gallery</title><style>
.light { --ink: #1d1d1b; --ink-2: #5a5a57; --ink-3: #d8d6d0; --paper: #fffdf8; --accent: #12436d; --good: #1f6f43; --bad: #a3281e; --warn: #a96a00; }
.dark { --ink: #efede6; --ink-2: #a9a69d; --ink-3: #3d3c38; --paper: #171613; --accent: #7db7e8; --good: #6cc493; --bad: #f08a7d; --warn: #e0aa4f; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
section { background: var(--paper); color: var(--ink); padding: 16px 24px; display: grid; grid-template-columns: 680px 330px; gap: 24px 40px; }
h2 { grid-column: 1 / -1; font-size: 1rem; margin: 0; }
figure { margin: 0; } p { margin: 0; }
"#;

type Format = fn(f64) -> String;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap_or(Day::MIN)
}

fn plain(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0)
}

fn percent(value: f64) -> String {
    format!("{} %", (value * 100.0).round() / 100.0)
}

fn date(day: Day) -> String {
    day.to_string()
}

fn line(value: f64, label: &str) -> Line {
    Line { value, label: label.to_owned() }
}

/// Returns a line from `from` to `to` with repeatable noise, one value every `every` days.
fn walk(start: Day, days: i32, every: usize, (from, to): (f64, f64), noise: f64) -> Vec<(Day, f64)> {
    let mut state: u32 = 12_345;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1_u32 << 24) - 0.5
    };
    let value = |n: i32| from + (to - from) * f64::from(n) / f64::from(days.max(1));
    (0..days).step_by(every).map(|n| (start.plus(n), value(n) + noise * random())).collect()
}

fn quarter(id: &str, title: &str) -> TrendFigure {
    let window = Window { start: day("2026-07-01"), end: day("2026-10-01") };
    let mut figure = TrendFigure::new(id.to_owned(), title.to_owned(), window);
    figure.quarters = vec![(day("2026-07-01"), "2026-Q3".to_owned())];
    figure
}

fn pace(figure: &mut TrendFigure, from: f64, to: f64) {
    let points = vec![(figure.window.start, from), (figure.window.end, to)];
    figure.pace = Some(Trail { points, label: "expected".to_owned() });
}

fn today(figure: &mut TrendFigure, text: &str) {
    figure.today = Some((day(text), "today".to_owned()));
}

fn project(figure: &mut TrendFigure, from: (&str, f64), to: f64) {
    let points = vec![(day(from.0), from.1), (figure.window.end, to)];
    figure.projection = Some(Trail { points, label: "projected".to_owned() });
}

fn fall() -> TrendFigure {
    let mut figure = quarter("fall", "Fall from 8 to 2, mid-quarter, with projection");
    let points = walk(day("2026-07-01"), 56, 1, (8.0, 4.6), 1.0);
    let last = points.last().map_or(0.0, |point| point.1);
    figure.actual = segments(&points);
    figure.baseline = Some(line(8.0, "from 8"));
    figure.target = Some(line(2.0, "goal 2"));
    pace(&mut figure, 8.0, 2.0);
    project(&mut figure, ("2026-08-25", last), 2.6);
    figure.fan = Some((2.1, 3.4));
    today(&mut figure, "2026-08-26");
    figure
}

fn rise() -> TrendFigure {
    let mut figure = quarter("rise", "Rise from 94 % to 98 %, quarter over, a year of history");
    figure.domain_days = Window { start: day("2026-01-01"), end: day("2026-10-01") };
    figure.earlier = segments(&walk(day("2026-01-01"), 181, 1, (93.5, 94.0), 0.8));
    figure.actual = segments(&walk(day("2026-07-01"), 92, 1, (94.0, 97.4), 0.7));
    figure.baseline = Some(line(94.0, "from 94 %"));
    figure.target = Some(line(98.0, "goal 98 %"));
    figure.quarters = [("2026-01-01", "2026-Q1"), ("2026-04-01", "2026-Q2"), ("2026-07-01", "2026-Q3")]
        .map(|(d, n)| (day(d), n.to_owned()))
        .into();
    pace(&mut figure, 94.0, 98.0);
    figure
}

fn hold() -> TrendFigure {
    let mut figure = quarter("hold", "Hold below 60 s, with notes");
    figure.actual = segments(&walk(day("2026-07-01"), 70, 1, (48.0, 55.0), 22.0));
    figure.bounds = vec![Bound { line: line(60.0, "below 60 s"), forbidden: Side::Above }];
    figure.annotations =
        [("2026-07-20", "1"), ("2026-07-23", "2"), ("2026-08-30", "3")].map(|(d, n)| (day(d), n.to_owned())).into();
    today(&mut figure, "2026-09-09");
    figure
}

fn gaps() -> TrendFigure {
    let mut figure = quarter("gaps", "Gaps and lone values");
    let mut points = walk(day("2026-07-01"), 20, 1, (12.0, 9.0), 1.0);
    points.push((day("2026-07-29"), 8.0));
    points.extend(walk(day("2026-08-08"), 25, 1, (8.0, 5.0), 1.0));
    figure.actual = segments(&points);
    figure.target = Some(line(4.0, "goal 4/month"));
    figure.baseline = Some(line(12.0, "from 12/month"));
    today(&mut figure, "2026-09-03");
    figure
}

fn stale() -> TrendFigure {
    let mut figure = quarter("stale", "A stale tail");
    figure.actual = segments(&walk(day("2026-07-01"), 34, 1, (48.0, 30.0), 5.0));
    figure.target = Some(line(4.0, "goal 4 h"));
    pace(&mut figure, 48.0, 4.0);
    figure.stale_label = Some("last data 3 Aug".to_owned());
    today(&mut figure, "2026-09-20");
    figure
}

fn dot() -> TrendFigure {
    let mut figure = quarter("dot", "A single value");
    figure.actual = segments(&[(day("2026-07-09"), 42.0)]);
    figure.target = Some(line(80.0, "goal 80 %"));
    figure.baseline = Some(line(40.0, "from 40 %"));
    today(&mut figure, "2026-07-12");
    figure
}

fn equal() -> TrendFigure {
    let mut figure = quarter("equal", "All values equal");
    figure.actual = segments(&walk(day("2026-07-01"), 92, 1, (99.9, 99.9), 0.0));
    figure
}

fn huge() -> TrendFigure {
    let mut figure = quarter("huge", "Huge values, monthly");
    figure.actual = segments(&walk(day("2026-07-01"), 92, 7, (1_721_992.0, 65_548_000.0), 9e6));
    figure.target = Some(line(90e6, "goal 90,000,000"));
    figure
}

fn negative() -> TrendFigure {
    let mut figure = quarter("negative", "Across zero");
    figure.actual = segments(&walk(day("2026-07-01"), 60, 1, (-12.0, 6.0), 7.0));
    figure.target = Some(line(10.0, "goal 10"));
    figure.baseline = Some(line(-17.0, "from -17"));
    today(&mut figure, "2026-08-30");
    figure
}

fn moved() -> TrendFigure {
    let mut figure = quarter("moved", "A moved goalpost");
    figure.actual = segments(&walk(day("2026-07-01"), 80, 1, (14.0, 8.0), 1.5));
    figure.baseline = Some(line(14.0, "from 14 days"));
    figure.target = Some(line(7.0, "goal 7 days"));
    figure.moved = Some(Moved { day: day("2026-08-20"), was: line(3.0, "goal was 3 days") });
    today(&mut figure, "2026-09-19");
    figure
}

/// Returns a figure with the cycle before in grey, in a quarter of the width.
fn with_the_cycle_before(mut figure: TrendFigure, earlier: &[(Day, f64)]) -> TrendFigure {
    figure.domain_days.start = day("2026-04-01");
    figure.before = Some(figure.domain_days.start);
    figure.earlier = segments(earlier);
    figure
}

fn sum() -> TrendFigure {
    let mut figure = quarter("sum", "A count as the steps of its sum");
    let steps =
        [("2026-07-01", 0.0), ("2026-07-13", 0.0), ("2026-07-14", 1.0), ("2026-08-02", 1.0), ("2026-08-03", 3.0)];
    figure.actual = segments(&steps.map(|(d, v)| (day(d), v)));
    figure.actual[0].points.push((day("2026-09-09"), 3.0));
    figure.adds_up = true;
    figure.target = Some(line(2.0, "goal 2"));
    figure.baseline = Some(line(12.0, "start 12 = 4/month"));
    project(&mut figure, ("2026-09-09", 3.0), 3.9);
    today(&mut figure, "2026-09-10");
    with_the_cycle_before(figure, &walk(day("2026-04-01"), 91, 1, (0.0, 12.0), 0.0))
}

fn broken() -> TrendFigure {
    let mut figure = quarter("broken", "A range that was left on both sides");
    figure.actual = segments(&walk(day("2026-07-01"), 92, 3, (52.0, 60.0), 26.0));
    figure.bounds = vec![
        Bound { line: line(65.0, "at most 65 s"), forbidden: Side::Above },
        Bound { line: line(45.0, "at least 45 s"), forbidden: Side::Below },
    ];
    with_the_cycle_before(figure, &walk(day("2026-04-01"), 91, 3, (55.0, 52.0), 8.0))
}

fn stages() -> TrendFigure {
    let mut figure = quarter("stages", "Pace in stages, numbers once a week");
    figure.actual = segments(&walk(day("2026-07-01"), 50, 7, (25.0, 17.0), 3.0));
    figure.target = Some(line(8.0, "goal 8 min"));
    let points = [("2026-07-01", 25.0), ("2026-07-31", 25.0), ("2026-08-01", 13.0), ("2026-10-01", 13.0)]
        .map(|(d, v)| (day(d), v));
    figure.pace = Some(Trail { points: points.into(), label: "expected".to_owned() });
    today(&mut figure, "2026-08-20");
    figure
}

fn collisions() -> TrendFigure {
    let mut figure = quarter("collide", "Words that collide");
    figure.actual = segments(&walk(day("2026-07-01"), 92, 1, (2.0, 2.1), 0.3));
    figure.target = Some(line(2.0, "goal 2"));
    figure.baseline = Some(line(2.05, "from 2.05"));
    figure.bounds = vec![Bound { line: line(2.3, "at most 2.3"), forbidden: Side::Above }];
    pace(&mut figure, 2.05, 2.0);
    project(&mut figure, ("2026-09-20", 2.1), 2.02);
    figure
}

fn long_words() -> TrendFigure {
    let mut figure = quarter("long", "Long words and other scripts");
    figure.actual = segments(&walk(day("2026-07-01"), 40, 1, (0.12, 0.10), 0.02));
    figure.target = Some(line(0.06, "goal $0.06 per transaction as billed by the provider"));
    figure.baseline = Some(line(0.12, "開始 <0.12> & “größer” 🎯"));
    figure.stale_label = Some("letzte Daten vom neunten August, seitdem nichts".to_owned());
    figure.quarters = vec![(day("2026-07-01"), "Geschäftsjahr 2026, drittes Quartal".to_owned())];
    today(&mut figure, "2026-09-01");
    figure
}

fn crowded() -> TrendFigure {
    let mut figure = rise();
    "crowded".clone_into(&mut figure.id);
    "Two years of history, still open".clone_into(&mut figure.title);
    figure.domain_days = Window { start: day("2024-11-15"), end: day("2026-10-01") };
    figure.earlier = segments(&walk(day("2024-11-15"), 593, 1, (91.0, 94.0), 1.6));
    figure.actual = segments(&walk(day("2026-07-01"), 40, 1, (94.0, 96.0), 0.7));
    today(&mut figure, "2026-08-10");
    figure
}

fn empty() -> TrendFigure {
    let mut figure = quarter("empty", "No data at all");
    figure.target = Some(line(80.0, "goal 80 %"));
    figure.baseline = Some(line(40.0, "from 40 %"));
    pace(&mut figure, 40.0, 80.0);
    today(&mut figure, "2026-07-20");
    figure
}

fn decade() -> HistoryFigure {
    let days = Window { start: day("2016-11-20"), end: day("2026-11-20") };
    let quarters = (0..40).map(|n| (day("2017-01-01").month_start(n * 3), format!("Q{}", n % 4 + 1))).collect();
    HistoryFigure {
        id: "decade".to_owned(),
        title: "Ten years of days".to_owned(),
        description: String::new(),
        days,
        values: segments(&walk(days.start, days.days(), 1, (120.0, 35.0), 30.0)),
        single_days: Vec::new(),
        goals: Vec::new(),
        today: None,
        quarters,
        annotations: Vec::new(),
        stale_label: None,
        months: Months::default(),
    }
}

fn year() -> HistoryFigure {
    let days = Window { start: day("2026-01-01"), end: day("2027-01-01") };
    let starts = ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"].map(day);
    let goal = |n: usize, value: f64| {
        let end = starts.get(n + 1).copied().unwrap_or(days.end);
        (Window { start: starts[n], end }, line(value, &format!("goal {value}")))
    };
    HistoryFigure {
        id: "year".to_owned(),
        title: "A metric's history with the goals set on it".to_owned(),
        description: String::new(),
        days,
        values: segments(&walk(days.start, 324, 1, (12.0, 4.0), 2.0)),
        single_days: Vec::new(),
        goals: vec![goal(0, 10.0), goal(1, 8.0), goal(3, 2.0)],
        today: Some((day("2026-11-20"), "today".to_owned())),
        quarters: starts.iter().enumerate().map(|(n, &day)| (day, format!("2026-Q{}", n + 1))).collect(),
        annotations: Vec::new(),
        stale_label: None,
        months: Months::default(),
    }
}

fn charts() -> Vec<(String, String)> {
    let trends: [(TrendFigure, Format); 17] = [
        (fall(), plain),
        (rise(), percent),
        (hold(), plain),
        (gaps(), plain),
        (stale(), plain),
        (dot(), percent),
        (equal(), percent),
        (huge(), plain),
        (negative(), plain),
        (moved(), plain),
        (stages(), plain),
        (sum(), plain),
        (broken(), plain),
        (collisions(), plain),
        (long_words(), plain),
        (crowded(), percent),
        (empty(), percent),
    ];
    let mut charts = Vec::new();
    for (mut figure, format) in trends {
        figure.description = describe(&figure, &format, &date);
        let draw = if figure.before.is_some() { trend_for_screens } else { trend };
        charts.push((figure.title.clone(), draw(&figure, &format).as_str().to_owned()));
    }
    for figure in [decade(), year()] {
        charts.push((figure.title.clone(), history(&figure, &plain).as_str().to_owned()));
    }
    charts.push(("Words and bars".to_owned(), small()));
    charts
}

fn small() -> String {
    let mut markup = String::new();
    for (to, tenths) in [(2.0, 10), (4.0, 7), (6.0, 4), (8.0, 0)] {
        let start = day("2026-07-01");
        let points = walk(start, 80, 1, (8.0, to), 1.0);
        let figure = Sparkline {
            segments: segments(&points),
            window: Window { start, end: start.plus(92) },
            domain: (0.0, 9.0),
            target: Some(2.0),
        };
        let grade = Grade::of(Number::new(tenths, 1).unwrap_or(Number::ZERO));
        let _ = write!(markup, "<p>{} 3.2 {} {grade}</p>", sparkline(&figure).as_str(), grade_bar(grade).as_str());
    }
    let counts = [
        (Some(Band::Missed), 2, "2 missed"),
        (Some(Band::FellShort), 3, "3 fell short"),
        (Some(Band::Strong), 7, "7 strong"),
        (Some(Band::Complete), 1, "1 complete"),
        (None, 1, "1 no data"),
    ];
    let figure = BandCounts {
        id: "bands".to_owned(),
        title: "Key results by band".to_owned(),
        description: "Two missed, three fell short, seven strong, one complete, one without data.".to_owned(),
        counts: counts.map(|(band, count, text)| (band, count, text.to_owned())).into(),
    };
    markup.push_str(bands(&figure).as_str());
    markup
}

/// Returns the page.
pub(crate) fn page() -> String {
    let mut page = format!("{PAGE}{}</style>", include_str!("../assets/chart.css"));
    let charts = charts();
    for theme in ["light", "dark"] {
        let _ = write!(page, "<section class=\"{theme}\">");
        for (title, svg) in &charts {
            // Each chart stands four times on this page, so that ids get an ending of their own.
            for size in ["wide", "narrow"] {
                let svg = svg
                    .replace("-t\"", &format!("-{theme}-{size}-t\""))
                    .replace("-d\"", &format!("-{theme}-{size}-d\""));
                if size == "wide" {
                    let _ = write!(page, "<h2>{title} ({} bytes)</h2>", svg.len());
                }
                let _ = write!(page, "<figure class=\"chart-box\">{svg}</figure>");
            }
        }
        page.push_str("</section>");
    }
    page
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("name the file to write")?;
    std::fs::write(path, page())?;
    Ok(())
}
