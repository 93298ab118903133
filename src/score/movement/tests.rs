//! How often each test is wrong, and how much it sees, by simulation.

use super::*;
use crate::model::calendar::{Day, Window};
use crate::model::goal::Better;
use crate::model::history::{History, Point};
use crate::model::ids::Slug;
use crate::model::metric::{Aggregate, Metric, MetricPlace, Query};
use crate::model::movement::{Basis, Movement, MovementVerdict};
use crate::model::quantity::Number;
use crate::model::scorecard::Aims;
use crate::score::simulated::{Noise, share};
use crate::source::{Sources, Span, Spanned};

/// The quarter's first day.
const START: Day = Day::from_number(20_544);
const QUARTER: Window = Window { start: START, end: Day::from_number(20_544 + 91) };

fn metric(aggregate: Aggregate, window_days: Option<i32>) -> Metric {
    let id = Slug::new("m").expect("a slug");
    let mut sources = Sources::default();
    let place = Span::new(sources.add("metrics.yaml", "m:"), 0..1);
    let slug = Spanned::new(id.clone(), place);
    let query = Query::RatioOfMetrics { of: slug.clone(), to: slug };
    Metric { window_days, ..Metric::bare(id, MetricPlace::Defined(place), query, aggregate) }
}

/// Judges the quarter by a value for each day, numbered from the quarter's first, of which so many lie before it.
fn judged(shape: (Aggregate, Option<i32>), before: i32, value: impl FnMut(i32) -> f64) -> Judged {
    judged_on((-before..91).collect(), shape, &[], value)
}

fn judged_on(
    days: Vec<i32>,
    shape: (Aggregate, Option<i32>),
    aims: &[Window],
    value: impl FnMut(i32) -> f64,
) -> Judged {
    asked_on(days, shape, aims, value, |asked| of(asked).expect("values on both sides"))
}

/// Asks about the quarter by a value for each of the days.
fn asked_on<T>(
    days: Vec<i32>,
    shape: (Aggregate, Option<i32>),
    aims: &[Window],
    mut value: impl FnMut(i32) -> f64,
    answer: impl FnOnce(&Asked<'_>) -> T,
) -> T {
    let points: Vec<Point> = days
        .into_iter()
        .map(|day| Point { day: START.plus(day), value: Number::from_float(value(day), 6).expect("a plain number") })
        .collect();
    let metric = metric(shape.0, shape.1);
    let trailing = metric.window_days;
    let history = History::of_points(metric.id.clone(), metric.aggregate, &points, Some(QUARTER.end.plus(-1)));
    let evidence = history.trailing(trailing);
    let aims = Aims::from([(metric.id.clone(), aims.to_vec())]);
    let subject = Subject::of(&metric, &evidence, &aims);
    answer(&Asked::of_cycle(subject, Better::Higher, QUARTER, QUARTER.end.plus(-1)))
}

/// The shapes of metrics whose rates are held: the last value, means over a quarter and over four weeks, a sum.
const SHAPES: [(Aggregate, Option<i32>); 4] =
    [(Aggregate::Last, None), (Aggregate::Mean, None), (Aggregate::Mean, Some(28)), (Aggregate::Sum, None)];

/// Returns in how many of `runs` a metric of such noise is said to have moved that rises by so many standard deviations.
fn moved(runs: u64, (shape, before): ((Aggregate, Option<i32>), i32), likeness: f64, rise: impl Fn(i32) -> f64) -> f64 {
    share(runs, |noise| {
        let mut last = noise.normal();
        let judged = judged(shape, before, |day| {
            last = noise.after(last, likeness);
            100.0 + last + rise(day)
        });
        judged.movement.verdict == MovementVerdict::Moved
    })
}

#[test]
fn a_course_ends_in_its_usual_range_exactly_where_no_movement_is_told() {
    let (mut inside, mut outside) = (0, 0);
    for (shape, before) in SHAPES.into_iter().flat_map(|shape| [(shape, 190), (shape, 400), (shape, 800)]) {
        for (seed, rise) in (1..=12).flat_map(|seed| [(seed, 0.0), (seed, 0.4), (seed, -2.0)]) {
            let mut noise = Noise::new(seed);
            let value = |day: i32| 100.0 + noise.normal() + if day < 0 { 0.0 } else { rise };
            asked_on((-before..91).collect(), shape, &[], value, |asked| {
                let judged = of(asked).expect("values on both sides");
                let course = asked.course(Window { start: START.plus(-91), end: QUARTER.end });
                let &(day, end) = course.last().expect("a course");
                let usual = asked.usual(&judged).expect("half a year of days");
                assert_eq!(day, QUARTER.end.plus(-1));
                // Sums of floats end in noise, so that what lies on the edge may be told either way.
                let from_edge = (end - usual.low).abs().min((end - usual.high).abs());
                if from_edge > 1e-6 * end {
                    let is_inside = usual.low < end && end < usual.high;
                    let verdict = judged.movement.verdict;
                    assert_eq!(
                        is_inside,
                        verdict == MovementVerdict::Usual,
                        "{shape:?} {before} {seed} {rise} {end} {usual:?}"
                    );
                    *(if is_inside { &mut inside } else { &mut outside }) += 1;
                }
            });
        }
    }
    assert!(inside > 50 && outside > 50, "{inside} and {outside}");
}

#[test]
fn a_course_is_the_value_of_each_window_a_week_apart() {
    let value = |day: i32| f64::from(day + 1_000);
    asked_on((-400..91).collect(), (Aggregate::Mean, Some(28)), &[], value, |asked| {
        let shown = Window { start: START.plus(-91), end: QUARTER.end };
        let course = asked.course(shown);
        assert_eq!(course.len(), 26);
        assert!(course.windows(2).all(|pair| pair[1].0.since(pair[0].0) == 7));
        for (day, value) in course {
            assert!((value - (f64::from(day.since(START)) + 1_000.0 - 13.5)).abs() < 1e-9, "{day} {value}");
        }
        assert_eq!(asked.days_of_value(), Some(28));
    });
    // What adds up is shown for the whole cycle, and begins where the history does.
    asked_on(
        (-100..91).collect(),
        (Aggregate::Sum, None),
        &[],
        |_| 2.0,
        |asked| {
            let course = asked.course(Window { start: START.plus(-91), end: QUARTER.end });
            assert!(course.iter().all(|&(_, value)| (value - 182.0).abs() < 1e-9), "{course:?}");
            assert_eq!(course.len(), 15);
        },
    );
}

fn assert_seldom_wrong(before: i32) {
    for shape in SHAPES {
        for (likeness, most) in [(0.0, 0.08), (0.3, 0.08), (0.6, 0.1)] {
            let rate = moved(1_000, (shape, before), likeness, |_| 0.0);
            println!("{shape:?}, {before} days before, φ {likeness}: {rate}");
            assert!(rate <= most, "{shape:?} {before} {likeness}: {rate}");
        }
    }
}

#[test]
fn what_did_not_move_is_seldom_said_to_have_moved_with_half_a_year_before() {
    assert_seldom_wrong(190);
}

#[test]
fn what_did_not_move_is_seldom_said_to_have_moved_with_a_year_before() {
    assert_seldom_wrong(365);
}

#[test]
fn what_did_not_move_is_seldom_said_to_have_moved_with_two_years_before() {
    assert_seldom_wrong(800);
}

/// What is seen at least of a step of 1, 2 and 3 standard deviations of days, and of a steady rise to them.
struct Power {
    shape: (Aggregate, Option<i32>),
    before: i32,
    likeness: f64,
    step: [f64; 3],
    ramp: [f64; 3],
}

#[test]
fn what_moved_is_seen_as_far_as_noise_lets_it() {
    let [last, quarter, four_weeks, _] = SHAPES;
    let rows = [
        (last, 190, 0.0, [0.3, 0.8, 0.9], [0.3, 0.8, 0.9]),
        (last, 190, 0.6, [0.1, 0.4, 0.7], [0.1, 0.4, 0.7]),
        (quarter, 190, 0.0, [0.9, 0.9, 0.9], [0.7, 0.9, 0.9]),
        (quarter, 190, 0.6, [0.7, 0.9, 0.9], [0.3, 0.7, 0.9]),
        (four_weeks, 190, 0.0, [0.8, 0.9, 0.9], [0.7, 0.9, 0.9]),
        (four_weeks, 190, 0.6, [0.3, 0.8, 0.9], [0.3, 0.7, 0.9]),
        (last, 365, 0.0, [0.5, 0.9, 0.9], [0.5, 0.9, 0.9]),
        (last, 365, 0.6, [0.2, 0.6, 0.8], [0.2, 0.6, 0.8]),
        (quarter, 365, 0.0, [0.9, 0.9, 0.9], [0.8, 0.9, 0.9]),
        (quarter, 365, 0.6, [0.8, 0.9, 0.9], [0.4, 0.8, 0.9]),
        (four_weeks, 800, 0.0, [0.9, 0.9, 0.9], [0.8, 0.9, 0.9]),
        (four_weeks, 800, 0.6, [0.5, 0.9, 0.9], [0.4, 0.9, 0.9]),
    ];
    for (shape, before, likeness, step, ramp) in rows {
        let row = Power { shape, before, likeness, step, ramp };
        let seen = |rise: fn(i32) -> f64| {
            [1.0, 2.0, 3.0].map(|size| moved(200, (row.shape, row.before), row.likeness, |day| rise(day) * size))
        };
        let steps = seen(|day| if day < 0 { 0.0 } else { 1.0 });
        let ramps = seen(|day| f64::from(day.max(0)) / 90.0);
        println!("{:?}, {} days, φ {}: step {steps:?}, ramp {ramps:?}", row.shape, row.before, row.likeness);
        for (seen, least) in steps.iter().chain(&ramps).zip(row.step.iter().chain(&row.ramp)) {
            assert!(seen >= least, "{:?} {} {}: {steps:?} {ramps:?}", row.shape, row.before, row.likeness);
        }
    }
}

/// Weekends are quieter, and December is louder than June.
fn rhythm(day: i32) -> f64 {
    let weekend = if day.rem_euclid(7) > 4 { -20.0 } else { 0.0 };
    weekend + 10.0 * (1.0 - (f64::from((day + 40).rem_euclid(365)) - 182.5).abs() / 91.25)
}

#[test]
fn a_season_is_no_movement_and_hides_none() {
    for (shape, least) in [(SHAPES[1], 0.9), (SHAPES[2], 0.9), (SHAPES[3], 0.9)] {
        for likeness in [0.0, 0.6] {
            let still = moved(300, (shape, 1_095), likeness, rhythm);
            let rising = moved(300, (shape, 1_095), likeness, |day| rhythm(day) + if day < 0 { 0.0 } else { 3.0 });
            println!("{shape:?}, φ {likeness}: {still}, risen {rising}");
            assert!(still <= 0.08 && rising >= least, "{shape:?} {likeness}: {still} {rising}");
        }
    }
    let mut noise = Noise::new(3);
    let told = judged(SHAPES[1], 1_095, |day| 100.0 + rhythm(day) + noise.normal());
    assert!(matches!(told.movement.basis, Basis::Windows(windows) if windows.seasonal), "{told:?}");
    let told = judged(SHAPES[1], 1_095, |_| 100.0 + noise.normal());
    assert!(matches!(told.movement.basis, Basis::Windows(windows) if !windows.seasonal), "{told:?}");
}

#[test]
fn steady_growth_goes_on_and_is_no_movement() {
    let grown = |before: i32| {
        share(100, |noise| {
            let told = judged(SHAPES[0], before, |day| 500.0 + f64::from(day) * 0.1 + noise.normal());
            told.movement.verdict == MovementVerdict::Moved
        })
    };
    assert!(grown(400) <= 0.1, "{}", grown(400));
}

#[test]
fn months_are_told_by_what_they_usually_change() {
    let rate = |rise: f64| {
        share(1_000, |noise| {
            let days: Vec<i32> = (-8..3).map(|month| START.month_start(month + 1).plus(-1).since(START)).collect();
            let told = judged_on(days, SHAPES[0], &[], |day| 100.0 + noise.normal() + if day < 0 { 0.0 } else { rise });
            assert!(matches!(told.movement.basis, Basis::Changes(_)), "{told:?}");
            told.movement.verdict == MovementVerdict::Moved
        })
    };
    let rates = [0.0, 3.0, 6.0].map(rate);
    println!("months: {rates:?}");
    assert!(rates[0] <= 0.08 && rates[1] >= 0.3 && rates[2] >= 0.8, "{rates:?}");
}

/// Returns the verdict on so many events in the 91 days before the quarter and in it; fewer are better.
fn counted(before: i32, within: i32) -> Movement {
    let spread = |count: i32, from: i32| (0..count).map(move |place| from + place * 91 / count);
    let mut points: Vec<Point> = Vec::new();
    for day in [-120].into_iter().chain(spread(before, -91)).chain(spread(within, 0)) {
        match points.last_mut() {
            Some(last) if last.day == START.plus(day) => last.value = last.value.plus(Number::ONE).expect("small"),
            _ => points.push(Point { day: START.plus(day), value: Number::ONE }),
        }
    }
    let metric = metric(Aggregate::Count, None);
    let history = History::of_points(metric.id.clone(), Aggregate::Count, &points, Some(QUARTER.end.plus(-1)));
    let before = Window { start: START.plus(-91), end: START };
    let aims = Aims::new();
    let subject = Subject::of(&metric, &history, &aims);
    of(&Asked::between(subject, Better::Lower, [before, QUARTER], 91)).expect("values on both sides").movement
}

#[test]
fn few_events_are_told_from_luck_by_counting() {
    for (before, within, chance, verdict) in [
        (8, 2, "0.1094", MovementVerdict::Usual),
        (10, 2, "0.0386", MovementVerdict::Moved),
        (24, 4, "0.0002", MovementVerdict::Moved),
        (4, 24, "0.0002", MovementVerdict::Back),
        (0, 0, "1", MovementVerdict::Usual),
        (6, 0, "0.0312", MovementVerdict::Moved),
        (5, 5, "1", MovementVerdict::Usual),
    ] {
        let told = counted(before, within);
        let Basis::Counts(counts) = &told.basis else { panic!("{told:?}") };
        assert_eq!((counts.before, counts.within), (before as u64, within as u64));
        assert_eq!((counts.chance.to_string().as_str(), told.verdict), (chance, verdict), "{before} to {within}");
    }
    assert!(!matches!(counted(300, 240).basis, Basis::Counts(_)), "many events are no single ones");
}

#[test]
fn a_value_that_never_changed_moves_by_anything() {
    for before in [190, 365, 800] {
        let told = judged(SHAPES[0], before, |day| if day < 30 { 7.0 } else { 8.0 });
        assert_eq!(told.movement.verdict, MovementVerdict::Moved, "{before}: {told:?}");
        let told = judged(SHAPES[1], before, |_| 0.1);
        assert_eq!(told.movement.verdict, MovementVerdict::Usual, "{before}: {told:?}");
    }
}

#[test]
fn what_people_worked_on_does_not_tell_how_a_metric_moves_by_itself() {
    // A step in each quarter, as its team wanted, the last one smaller; and a year before in which nothing moved.
    let value = |day: i32| f64::from((day + 364).clamp(0, 363) / 91) * 3.0 + if day < 0 { 0.0 } else { 2.0 };
    let quarters = [4, 3, 2, 1].map(|back| Window { start: START.plus(-91 * back), end: START.plus(91 - 91 * back) });
    for (before, aims, verdict) in [
        (360, &[][..], MovementVerdict::Usual),
        (360, &quarters[..], MovementVerdict::Moved),
        (800, &quarters[..], MovementVerdict::Moved),
    ] {
        let mut noise = Noise::new(5);
        let told = judged_on((-before..91).collect(), SHAPES[1], aims, |day| value(day) + noise.normal());
        assert_eq!(told.movement.verdict, verdict, "{before}: {told:?}");
        let is_by_weeks = matches!(told.movement.basis, Basis::Weeks(_));
        assert_eq!(is_by_weeks, before == 360 && !aims.is_empty(), "{told:?}");
    }
}

#[test]
fn the_movement_of_the_quarter_before_is_none_of_this_one() {
    let rate = share(300, |noise| {
        let ramp = |day: i32| 3.0 * (f64::from(day + 80) / 40.0).clamp(0.0, 1.0);
        let told = judged(SHAPES[2], 190, |day| ramp(day) + noise.normal());
        told.movement.verdict == MovementVerdict::Moved
    });
    assert!(rate <= 0.05, "{rate}");
}

#[test]
fn what_lacks_is_said_or_nothing_is_asked() {
    let few = judged(SHAPES[0], 60, f64::from).movement;
    assert_eq!(few.basis, Basis::TooFew(Weeks { before: 9, within: 13 }));
    assert_eq!(few.verdict, MovementVerdict::Unknown);
    let metric = metric(Aggregate::Last, None);
    for (first, last, untold) in [(0, 90, Untold::NoValue), (-400, 19, Untold::Early)] {
        let points: Vec<Point> =
            (first..=last).map(|day| Point { day: START.plus(day), value: Number::whole(day.into()) }).collect();
        let history = History::of_points(metric.id.clone(), Aggregate::Last, &points, None);
        let aims = Aims::new();
        let asked = Asked::of_cycle(Subject::of(&metric, &history, &aims), Better::Higher, QUARTER, START.plus(last));
        assert_eq!(of(&asked), Err(untold));
    }
}
