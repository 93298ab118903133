//! Scores are right from the rows on: okrbook reads books of random exports, and an independent reader in Python measures
//! the same text.

use std::fmt::Write as _;

use okrbook::diag::Level;
use okrbook::model::calendar::{Day, Quarter, Window};
use okrbook::model::goal::{Bound, Gain, GainKind, Goal, Hold, Judge, Milestone, Move, Side, Target};
use okrbook::model::history::History;
use okrbook::model::ids::CycleId;
use okrbook::model::plan::Pace;
use okrbook::model::quantity::{Number, Per, Quantity, TimeUnit, Unit};
use okrbook::score::{Policy, score};

use crate::scorer::{Line, Numbers, Random, bound_text, compare, pace, per_name, quantity_text, write_scores};
use crate::scorer_exports::{Asked, Moment, asked, mapping, quoted};
use crate::support::folder_with;

const BOOKS: usize = 1_000;
const KEY_RESULTS: usize = 10;

/// Calendars, each with one of its quarters: its name, its first day and the day after its last.
const QUARTERS: [(&str, &str, &str, &str); 9] = [
    ("year_starts: january", "2026-Q1", "2026-01-01", "2026-04-01"),
    ("year_starts: january", "2026-Q3", "2026-07-01", "2026-10-01"),
    ("year_starts: january", "2026-Q4", "2026-10-01", "2027-01-01"),
    ("year_starts: february", "2026-Q3", "2026-08-01", "2026-11-01"),
    ("year_starts: july, name_by: end", "2026-Q1", "2025-07-01", "2025-10-01"),
    ("year_starts: 12, name_by: end", "2026-Q2", "2026-03-01", "2026-06-01"),
    ("quarters: { 2026-Q2: { from: 2026-04-13, to: 2026-07-12 } }", "2026-Q2", "2026-04-13", "2026-07-13"),
    ("quarters: { 2026-Q3: { from: 2026-07-06, to: 2026-10-02 } }", "2026-Q3", "2026-07-06", "2026-10-03"),
    ("quarters: { 2026-Q4: { from: 2026-09-28, to: 2026-12-27 } }", "2026-Q4", "2026-09-28", "2026-12-28"),
];

/// A goal as keys of a book's file.
fn keys_of(goal: &Goal) -> Vec<(&'static str, String)> {
    let text = |quantity: &Quantity| match &quantity.unit {
        Unit::Count => quantity.number.to_string(),
        _ => quoted(&quantity_text(quantity)),
    };
    let day = |day: Option<Day>| day.map_or_else(|| quoted("no"), |day| day.to_string());
    match goal {
        Goal::Move(ends) => vec![("from", text(&ends.from)), ("to", text(&ends.to))],
        Goal::Target(target) => vec![("to", text(&target.to))],
        Goal::Gain(gain) => {
            let by = match gain.kind {
                GainKind::Relative => quoted(&format!("{} relative", quantity_text(&gain.by))),
                GainKind::Absolute => text(&gain.by),
            };
            let from = gain.from.iter().map(|from| ("from", text(from)));
            [("by", by)].into_iter().chain(from).collect()
        }
        Goal::Hold(hold) => {
            let key = match (hold.bound.side, hold.bound.inclusive) {
                (Side::Below, true) => "at_most",
                (Side::Below, false) => "below",
                (Side::Above, true) => "at_least",
                (Side::Above, false) => "above",
            };
            vec![(key, text(&hold.bound.limit)), ("judge", quoted(hold.judge.name()))]
        }
        Goal::Milestone(goal) => vec![("done", day(goal.done))],
        Goal::Baseline(goal) => vec![("baseline", day(goal.done))],
    }
}

/// Returns a goal and writes it on the line.
fn goal(random: &mut Random, asked: &Asked, line: &mut Line) -> Option<Goal> {
    let times = [TimeUnit::Quarter, TimeUnit::Month, TimeUnit::Month, TimeUnit::Week, TimeUnit::Day];
    let per = random.chance(30).then(|| Per::Time(random.pick(&times)));
    line.add("per", per_name(per.as_ref()));
    let [unit, other, _] = asked.units.clone();
    let quantity = |number, unit| Quantity { number, unit, per: per.clone() };
    let (a, b) = (random.number(), random.number());
    match random.below(20) {
        0..=8 => {
            // An hour is sixty minutes: from one to the other would be no change.
            let is_same = |times: i64| a.times(Number::whole(times)) == Some(b);
            let to = if [1, 24, 60].into_iter().any(is_same) { Number::whole(-11) } else { b };
            let (from, to) = (quantity(a, unit), quantity(to, other));
            line.add("kind", "move").add("from", quantity_text(&from)).add("to", quantity_text(&to));
            Some(Goal::Move(Move { from, to }))
        }
        9..=11 => {
            let relative = random.chance(40) || unit == Unit::Percent;
            let a = if a == Number::ZERO { Number::ONE } else { a };
            let by = quantity(a, if relative { Unit::Percent } else { other });
            let from = random.chance(30).then(|| quantity(b, unit));
            line.add("kind", if relative { "relative" } else { "gain" }).add("by", quantity_text(&by));
            line.add_some("from", from.as_ref().map(quantity_text));
            Some(Goal::Gain(Gain { by, kind: if relative { GainKind::Relative } else { GainKind::Absolute }, from }))
        }
        12..=14 => {
            // Keys don't say which way is better; the sentence's verb would.
            let to = quantity(a, unit);
            line.add("kind", "target").add("to", quantity_text(&to)).add("better", "-");
            Some(Goal::Target(Target { to, better: None }))
        }
        15..=18 => {
            let limit = quantity(a, unit);
            let bound = Bound { side: random.pick(&[Side::Below, Side::Above]), inclusive: random.chance(50), limit };
            let judge = random.pick(&[Judge::Share, Judge::End, Judge::Always]);
            line.add("kind", "hold").add("bound", bound_text(&bound)).add("judge", judge.name());
            Some(Goal::Hold(Hold::within(bound, judge)))
        }
        _ => {
            line.add("kind", "baseline").add("done", "-").add("due", "-");
            Some(Goal::Baseline(Milestone { done: None, due: None }))
        }
    }
}

/// One random book as files, with what the other reader is told of it.
struct Case {
    files: Vec<(String, String)>,
    moment: Moment,
    book: Line,
    /// For each objective the lines of its key results with their goals.
    objectives: Vec<Vec<(Line, Option<Goal>)>>,
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn case(random: &mut Random) -> Case {
    let (calendar, name, first, end) = random.pick(&QUARTERS);
    let id = CycleId::quarter(2026, name.as_bytes()[6] - b'0');
    let quarter = Quarter { id, window: Window { start: day(first), end: day(end) } };
    let moment = Moment { quarter, as_of: quarter.window.start.plus(random.between(-2, 105)) };
    let zone = random.pick(&["UTC", "UTC", "+02:00", "-05:00"]);
    let stale_after = random.between(1, 20);
    let final_missing = random.pick(&["zero", "zero", "no-data"]);
    let settings = format!(
        "organisation: Rows\nas_of: {}\ncalendar: {{ zone: \"{zone}\", {calendar} }}\nscoring: {{ stale_after: {stale_after} days, final_missing: {final_missing} }}\n",
        moment.as_of
    );
    let mut book = Line::of("book");
    book.add("start", day(first).number()).add("end", day(end).number()).add("as_of", moment.as_of.number());
    book.add("stale_after", stale_after).add("zero", if final_missing == "zero" { "yes" } else { "no" });
    book.add("zone", zone);
    let mut case = Case { files: vec![("okrbook.yaml".to_owned(), settings)], moment, book, objectives: Vec::new() };
    let (mut metrics, mut team) = (String::new(), "objectives:\n".to_owned());
    for place in 0..KEY_RESULTS {
        if place == 0 || random.chance(30) {
            let ambition = random.pick(&["aspirational", "committed"]);
            let count = case.objectives.len();
            let _ = writeln!(
                team,
                "  - id: o{count}\n    title: People trust us\n    ambition: {ambition}\n    key_results:"
            );
            case.objectives.push(Vec::new());
        }
        key_result(random, &mut case, place, &mut metrics, &mut team);
    }
    case.files.push(("metrics.yaml".to_owned(), metrics));
    case.files.push((format!("quarters/{name}/t.yaml"), team));
    case
}

fn key_result(random: &mut Random, case: &mut Case, place: usize, metrics: &mut String, team: &mut String) {
    let id = format!("k{place}");
    random.numbers = Numbers::Usual;
    let asked = asked(random, case.moment, &id);
    let mut line = Line::of("kr");
    line.add("id", &id).add("shape", asked.shape);
    let goal = goal(random, &asked, &mut line);
    let mut keys = vec![("id", quoted(&id)), ("title", quoted("People get what they need"))];
    keys.extend(goal.iter().flat_map(keys_of));
    if let Some(per) = goal.as_ref().and_then(per_of) {
        keys.push(("per", quoted(per_name(Some(per)))));
    }
    let weight = Number::new(i64::from(random.between(1, 30)), random.pick(&[0, 1])).expect("fits");
    line.add("weight", weight);
    keys.push(("weight", weight.to_string()));
    keys.push((
        "pace",
        match pace(random, case.moment.quarter, &mut line) {
            Pace::Linear => quoted("linear"),
            Pace::Step => quoted("step"),
            Pace::None => quoted("none"),
            Pace::Stages(stages) => {
                let stages: Vec<String> = stages.iter().map(|(day, share)| format!("{day}: {share}")).collect();
                format!("{{{}}}", stages.join(", "))
            }
        },
    ));
    let definition = mapping(&asked.keys);
    let files: Vec<(&str, String)> = asked.files.iter().map(|(name, text)| (name.as_str(), quoted(text))).collect();
    line.add("m_id", &id).add("m_query", &definition).add("m_files", mapping(&files));
    let _ = writeln!(metrics, "{id}: {definition}");
    let _ = writeln!(team, "      - {}", mapping(&keys));
    case.files.extend(asked.files.into_iter().map(|(name, text)| (format!("metrics/{name}"), text)));
    case.objectives.last_mut().expect("one").push((line, goal));
}

/// What the numbers of a goal are counted over.
fn per_of(goal: &Goal) -> Option<&Per> {
    match goal {
        Goal::Move(ends) => ends.from.per.as_ref(),
        Goal::Target(target) => target.to.per.as_ref(),
        Goal::Gain(gain) => gain.by.per.as_ref(),
        Goal::Hold(hold) => hold.bound.limit.per.as_ref(),
        Goal::Milestone(_) | Goal::Baseline(_) => None,
    }
}

/// Writes what okrbook keeps of a metric's rows: each day's value, and values of windows with their evidence.
fn write_rows(random: &mut Random, line: &mut Line, history: &History, moment: Moment) {
    let until = moment.as_of.plus(1);
    let window = moment.quarter.window;
    let all = Window { start: Day::MIN, end: until };
    let points: Vec<String> =
        history.points(all).iter().map(|point| format!("{}:{}", point.day.number(), point.value)).collect();
    let end = until.plus(-random.between(0, 60));
    let windows = [
        Window { start: window.start, end: window.end.min(until).max(window.start.plus(1)) },
        Window { start: window.start.plus(-window.days()), end: window.start },
        Window { start: end.plus(-random.between(1, 70)), end },
    ];
    let asked: Vec<String> =
        windows.iter().map(|window| format!("{}:{}", window.start.number(), window.end.number())).collect();
    let measured = windows.iter().map(|&window| {
        let covered = history.covered_days(window);
        match history.measure(window) {
            Some(found) => {
                let files: Vec<String> = found
                    .receipt
                    .files
                    .iter()
                    .map(|(_, used)| format!("{}+{}+{}", used.rows, used.first_line, used.last_line))
                    .collect();
                let (first, last) = (found.first.number(), found.last.number());
                format!("{}/{first}/{last}/{}/{}/{covered}", found.value, found.receipt.rows, files.join(","))
            }
            None => format!("-/-/-/-/-/{covered}"),
        }
    });
    line.add("m_windows", asked.join(","))
        .add("=open", history.still_open())
        .add("=points", if points.is_empty() { "-".to_owned() } else { points.join(",") })
        .add_some("=heartbeat", history.heartbeat().map(Day::number))
        .add("=windows", measured.collect::<Vec<String>>().join(";"));
}

/// Opens a book as `okrbook::open` does, leaving out its checks, and writes what okrbook made of it beside what the other
/// reader needs.
fn write_case(text: &mut String, random: &mut Random, case: Case) {
    let files: Vec<(&str, &str)> = case.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = folder_with(&files);
    let (workspace, mut told) = okrbook::read::read(folder.path()).expect("readable");
    let (config, found) = okrbook::config::read(&workspace);
    told.extend(found);
    let config = config.unwrap_or_else(|| panic!("{told:#?}\n{files:#?}"));
    let (plan, found) = okrbook::load::load(&workspace, &config);
    told.extend(found);
    let (zone, as_of) = (&config.calendar.zone, case.moment.as_of);
    let (histories, found) =
        okrbook::metrics::measure(&plan.metrics, &workspace.exports, zone, as_of).expect("readable");
    told.extend(found);
    let policy = Policy { stale_after: config.scoring.stale_after, final_missing: config.scoring.final_missing };
    let scorecard = score(&plan, &histories, &policy, as_of);
    // Random rows are sound, so whatever is found wrong with them is a difference, too.
    let fault = told.iter().find(|found| found.level == Level::Error);
    assert!(fault.is_none(), "{fault:#?}\n{files:#?}");
    let quarter = &plan.quarters[0];
    assert_eq!(quarter.quarter.window, case.moment.quarter.window, "{files:#?}");
    let mut lines_of_objectives = Vec::new();
    for (lines, objective) in case.objectives.into_iter().zip(&quarter.teams[0].objectives) {
        let mut with_rows = Vec::new();
        for ((mut line, goal), key_result) in lines.into_iter().zip(&objective.key_results) {
            assert_eq!(key_result.goal, goal, "{files:#?}");
            write_rows(random, &mut line, &histories[&key_result.id.value], case.moment);
            with_rows.push(line);
        }
        lines_of_objectives.push(with_rows);
    }
    write_scores(text, &case.book, lines_of_objectives, &scorecard.quarters[0].teams[0]);
}

#[test]
fn an_independent_reader_finds_no_difference_in_ten_thousand_random_exports() {
    let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
    let mut text = String::new();
    for _ in 0..BOOKS {
        let case = case(&mut random);
        write_case(&mut text, &mut random, case);
    }
    compare(&text);
}
