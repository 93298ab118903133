//! Movements of random metrics, told again by other means.

use std::process::Command;

use okrbook::model::calendar::{Calendar, Day, Window};
use okrbook::model::goal::Better;
use okrbook::model::history::{History, Point};
use okrbook::model::ids::{CycleId, Slug};
use okrbook::model::metric::{Aggregate, Metric, MetricPlace, Query};
use okrbook::model::movement::{Basis, Movement};
use okrbook::model::quantity::Number;
use okrbook::model::scorecard::Aims;
use okrbook::score::movement::{Asked, Subject, of};
use okrbook::source::{Sources, Span, Spanned};

use crate::scorer::{Line, Random};

const QUESTIONS: usize = 300;

fn text(movement: Option<Movement>) -> String {
    let Some(Movement { verdict, basis }) = movement else { return "-".to_owned() };
    let basis = match basis {
        Basis::Windows(known) => format!(
            "windows {} {} {} {} {}",
            known.days, known.windows, known.as_large, known.either_way, known.seasonal
        ),
        Basis::Weeks(known) => format!("weeks {} {}", known.before, known.within),
        Basis::Counts(known) => format!(
            "counts {}/{} {}/{} {}",
            known.before, known.days_before, known.within, known.days_within, known.chance
        ),
        Basis::Changes(known) => format!("changes {} {}", known.windows, known.months),
        Basis::TooFew(known) => format!("few {} {}", known.before, known.within),
    };
    format!("{} {basis}", verdict.name())
}

fn metric(aggregate: Aggregate, window_days: Option<i32>) -> Metric {
    let place = Span::new(Sources::default().add("x", ""), 0..0);
    let slug = Spanned::new(Slug::new("m").expect("a slug"), place);
    let query = Query::RatioOfMetrics { of: slug.clone(), to: slug.clone() };
    Metric { window_days, ..Metric::bare(slug.value, MetricPlace::Defined(place), query, aggregate) }
}

/// Returns the days of a random rhythm, as numbers from a quarter's first.
fn days(random: &mut Random, start: Day, last: i32) -> Vec<i32> {
    let before = random.pick(&[20, 100, 190, 370, 400, 500, 800, 1100]);
    let all = -before..=last;
    match random.below(6) {
        0 => all.filter(|day| day.rem_euclid(7) == 3).collect(),
        1 => all.filter(|day| start.plus(*day).plus(1).ymd().2 == 1).collect(),
        2 => all.filter(|_| random.chance(30)).collect(),
        3 => all.filter(|_| random.chance(8)).collect(),
        4 => all.filter(|day| day.rem_euclid(7) < 5).collect(),
        _ => all.collect(),
    }
}

fn question(random: &mut Random) -> String {
    let number = u8::try_from(random.between(1, 4)).expect("small");
    let quarter = Calendar::default().quarter(CycleId::quarter(2026, number)).expect("a quarter").window;
    let as_of = quarter.end.plus(random.pick(&[-1, -1, -1, -8, -30, -50, 5]));
    let last = as_of.min(quarter.end.plus(-1)).since(quarter.start);
    let names = ["last", "last", "mean", "sum", "count", "count", "min", "max", "median"];
    let aggregate = Aggregate::named(random.pick(&names)).expect("an aggregate");
    let window_days = random.pick(&[None, None, Some(28), Some(7)]);
    let days = days(random, quarter.start, last);
    let (noise, season, step) = (random.between(0, 40), random.pick(&[0, 0, 100]), random.pick(&[0, 0, 30, -30]));
    let base = if aggregate == Aggregate::Count { 1 } else { 500 };
    let points: Vec<Point> = days
        .iter()
        .map(|&day| {
            let rhythm = if season > 0 { season - 2 * season * (day.rem_euclid(364) - 182).abs() / 182 } else { 0 };
            let value = base + rhythm + random.between(-noise, noise) + if day < 20 { 0 } else { step };
            let value = if aggregate == Aggregate::Count { 1 + value.rem_euclid(2) } else { value };
            Point { day: quarter.start.plus(day), value: Number::whole(value.into()) }
        })
        .collect();
    let aims: Vec<Window> = (1..6)
        .rev()
        .filter(|_| random.chance(10))
        .map(|back| Window { start: quarter.start.plus(-91 * back), end: quarter.start.plus(91 - 91 * back) })
        .collect();
    let metric = metric(aggregate, window_days);
    let heartbeat = Some(quarter.start.plus(last));
    let history = History::of_points(metric.id.clone(), aggregate, &points, heartbeat).trailing(window_days);
    let better = random.pick(&[Better::Higher, Better::Lower]);
    let known = Aims::from([(metric.id.clone(), aims.clone())]);
    let asked = Asked::of_cycle(Subject::of(&metric, &history, &known), better, quarter, as_of);
    let mut line = Line::of("movement");
    let listed = |items: Vec<String>| if items.is_empty() { "-".to_owned() } else { items.join(",") };
    line.add("start", quarter.start.number())
        .add("end", quarter.end.number())
        .add("before", quarter.before().start.number())
        .add("as_of", as_of.number())
        .add("better", better.name())
        .add("aims", listed(aims.iter().map(|aim| format!("{}:{}", aim.start.number(), aim.end.number())).collect()))
        .add("m_aggregate", metric.aggregate.name())
        .add("m_points", listed(points.iter().map(|p| format!("{}:{}", p.day.number(), p.value)).collect()))
        .add("m_heartbeat", quarter.start.plus(last).number())
        .add_some("m_window", window_days)
        .add("=movement", text(of(&asked).ok().map(|judged| judged.movement)));
    line.text()
}

#[test]
fn an_independent_teller_finds_no_difference_in_hundreds_of_random_movements() {
    let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
    let lines: Vec<String> = (0..QUESTIONS).map(|_| question(&mut random)).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let cases = folder.path().join("cases.tsv");
    std::fs::write(&cases, lines.join("\n") + "\n").expect("written");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scorer/movement.py");
    let output = Command::new("python3").arg("-B").arg(script).arg(&cases).output();
    let output = output.expect("python3, which tells the same by other means, is installed");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    for kind in ["windows", "weeks", "counts", "changes", "few"] {
        assert!(said.contains(&format!(" {kind}'")), "no {kind} among {said}");
    }
}
