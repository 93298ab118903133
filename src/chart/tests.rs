//! Charts as a whole: laid out as numbers, and drawn as markup, from ordinary and from hostile figures.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::drawing::{EM, Layout, TALL, WordClass};
use super::figure::{Bound, HistoryFigure, Line, Months, Moved, Side, Sparkline, Trail, TrendFigure};
use super::labels::Extent;
use super::layout::layout;
use super::series::{Segment, segments};
use super::strokes::Role;
use super::{
    BandCounts, bands, grade_bar, history, history_scene, small, sparkline, tall_scene, trend, trend_for_screens,
    trend_scene,
};
use crate::model::calendar::{Day, Window};
use crate::model::quantity::Number;
use crate::model::scorecard::{Band, Grade};

fn day(text: &str) -> Day {
    Day::parse(text).expect("a valid day")
}

fn line(value: f64, label: &str) -> Line {
    Line { value, label: label.to_owned() }
}

fn plain(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0)
}

/// Ninety days from 8 to 2 with a wobble, the goal, and where it started.
fn usual() -> TrendFigure {
    let window = Window { start: day("2026-07-01"), end: day("2026-10-01") };
    let mut figure = TrendFigure::new("reliable-p1".to_owned(), "P1 incidents".to_owned(), window);
    figure.description =
        "Line chart from 1 Jul to 30 Sep 2026. Baseline: from 8. Target: goal 2. 90 values: 8 on 1 Jul, \
                          latest 2.5 on 28 Sep; lowest 2.2, highest 8.4."
            .to_owned();
    let value = |n: i32| 8.0 - 6.0 * f64::from(n) / 92.0 + f64::from(n * 7919 % 13) / 10.0;
    figure.actual = segments(&(0..90).map(|n| (window.start.plus(n), value(n))).collect::<Vec<_>>());
    figure.baseline = Some(line(8.0, "from 8"));
    figure.target = Some(line(2.0, "goal 2"));
    figure.quarters = vec![(window.start, "2026-Q3".to_owned())];
    figure
}

fn full() -> TrendFigure {
    let mut figure = usual();
    figure.domain_days.start = day("2026-01-01");
    figure.before = Some(figure.domain_days.start);
    figure.earlier = segments(&(0..181).map(|n| (day("2026-01-01").plus(n), f64::from(8 + n % 3))).collect::<Vec<_>>());
    figure.actual[0].points.truncate(50);
    figure.moved = Some(Moved { day: day("2026-08-01"), was: line(1.0, "goal was 1") });
    figure.bounds = vec![Bound { line: line(9.5, "at most 9.5"), forbidden: Side::Above }];
    let points = vec![(figure.window.start, 8.0), (figure.window.end, 2.0)];
    figure.pace = Some(Trail { points, label: "expected".to_owned() });
    let points = vec![(day("2026-08-19"), 5.0), (figure.window.end, 2.1)];
    figure.projection = Some(Trail { points, label: "projected".to_owned() });
    figure.today = Some((day("2026-09-10"), "today".to_owned()));
    figure.stale_label = Some("last data 19 Aug".to_owned());
    figure.annotations = vec![(day("2026-07-10"), "1".to_owned()), (day("2026-07-11"), "2".to_owned())];
    figure
}

/// Fails unless the text is one well-formed element with ids that occur once; returns its ids.
fn well_formed(text: &str) -> BTreeSet<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut rest = text;
    let mut roots = 0;
    while let Some(start) = rest.find('<') {
        check_text(&rest[..start]);
        assert!(start == 0 || !open.is_empty(), "text outside: {text}");
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{text}");
            continue;
        }
        roots += usize::from(open.is_empty());
        let is_empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(["svg", "title", "desc", "path", "g", "text"].contains(&name), "{name}");
        check_attributes(attributes, &mut ids);
        if !is_empty {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest.is_empty() && roots == 1, "{text}");
    ids
}

fn check_attributes(attributes: &str, ids: &mut BTreeSet<String>) {
    let mut rest = attributes;
    let mut names = BTreeSet::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").expect("attributes have values");
        let (value, after) = after.split_once('"').expect("values end");
        check_text(value);
        let allowed = [
            "class",
            "viewBox",
            "role",
            "aria-labelledby",
            "aria-describedby",
            "aria-hidden",
            "id",
            "d",
            "x",
            "y",
            "text-anchor",
        ];
        assert!(allowed.contains(&name) && names.insert(name), "{attributes}");
        if name == "id" {
            assert!(ids.insert(value.to_owned()), "{value} occurs twice");
        }
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
}

fn check_text(text: &str) {
    assert!(!text.contains(['<', '>', '"']) && !text.contains(char::is_control), "{text}");
    for piece in text.split('&').skip(1) {
        assert!(["amp;", "lt;", "gt;", "quot;"].iter().any(|entity| piece.starts_with(entity)), "{text}");
    }
}

/// Fails unless all words are apart and in the view, and all lines in the view.
fn tidy(layout: &Layout<'_>) {
    let view = Extent { x0: 0, y0: 0, x1: layout.size.0, y1: layout.size.1 };
    for (n, word) in layout.words.iter().enumerate() {
        assert!(word.extent().is_inside(view), "{word:?} leaves the view");
        for other in &layout.words[n + 1..] {
            assert!(!word.extent().overlaps(other.extent()), "{word:?} and {other:?} overlap");
        }
    }
    for &(x, y) in layout.strokes.iter().flat_map(|(_, line)| line) {
        assert!((0..=layout.size.0).contains(&x) && (0..=layout.size.1).contains(&y), "({x}, {y}) leaves the view");
    }
}

fn check(figure: &TrendFigure, label: &dyn Fn(f64) -> String) -> String {
    tidy(&layout(trend_scene(figure), label));
    tidy(&layout(tall_scene(figure), label));
    let svg = trend(figure, label);
    assert_eq!(well_formed(svg.as_str()).len(), 1, "the title's");
    assert!(svg.as_str().contains("</title><desc>"), "a name, then what describes it");
    svg.as_str().to_owned()
}

#[test]
fn a_usual_chart_takes_two_kilobytes() {
    let svg = check(&usual(), &plain);
    assert!(svg.len() <= 2_000, "{} bytes: {svg}", svg.len());
}

#[test]
fn words_on_narrow_screens_are_at_least_twelve_pixels_high() {
    // A phone of 375 pixels leaves 343 to a chart, and the style sheet gives it words of one em.
    assert!(EM * 343 / TALL.0 >= 12 && TALL.1 * 343 / TALL.0 >= 250, "as high as two fingers are wide");
    let css = include_str!("../../assets/chart.css");
    let (_, narrow) = css.split_once("@container (max-width: 30rem)").expect("rules for narrow screens");
    assert!(narrow.contains(&format!(".chart, .chart.matter, .chart.history {{ font-size: {EM}px; }}")));
}

#[test]
fn screens_get_two_drawings_and_one_description() {
    let figure = full();
    let both = trend_for_screens(&figure, &plain);
    let (tall, wide) = both.as_str().split_once('\n').expect("two drawings");
    assert!(well_formed(tall).is_empty() && tall.starts_with("<svg class=\"chart tall\" "));
    let told = ["reliable-p1-d", "reliable-p1-t"].map(str::to_owned);
    assert_eq!(well_formed(wide), BTreeSet::from(told), "title and description");
    assert!(tall.contains("aria-labelledby=\"reliable-p1-t\" aria-describedby=\"reliable-p1-d\""));
    assert!(tall.len() < wide.len() && !tall.contains("\"earlier\""), "the cycle alone");
}

#[test]
fn the_cycle_before_takes_a_quarter_of_the_width() {
    let mut figure = usual();
    figure.domain_days.start = day("2026-04-01");
    figure.before = Some(figure.domain_days.start);
    figure.earlier = segments(&(0..91).map(|n| (day("2026-04-01").plus(n), 8.0)).collect::<Vec<_>>());
    let layout = layout(trend_scene(&figure), &plain);
    let across = |role| {
        let places: Vec<i32> = layout.strokes.of(role).flatten().map(|&(x, _)| x).collect();
        places.iter().max().unwrap_or(&0) - places.iter().min().unwrap_or(&0)
    };
    let (before, all) = (across(Role::Earlier), across(Role::Axis));
    assert!((before * 4 - all).abs() < all / 25, "{before} of {all}");
    assert!(across(Role::Target) * 4 == all * 3 || (across(Role::Target) * 4 - all * 3).abs() < 10);
}

#[test]
fn values_on_the_wrong_side_of_a_limit_are_marked_in_the_cycle_only() {
    let mut figure = usual();
    figure.domain_days.start = day("2026-04-01");
    figure.before = Some(figure.domain_days.start);
    figure.earlier = segments(&[(day("2026-05-01"), 11.0), (day("2026-05-02"), 12.0)]);
    figure.actual = segments(&[1, 2, 3, 4].map(|n| (day("2026-07-01").plus(n), 7.0 + f64::from(n))));
    figure.bounds = vec![Bound { line: line(9.0, "at most 9"), forbidden: Side::Above }];
    let layout = layout(trend_scene(&figure), &plain);
    assert_eq!(layout.strokes.of(Role::Breach).count(), 2, "10 and 11, not the limit itself");
}

#[test]
fn every_part_that_a_figure_has_is_drawn() {
    let svg = check(&full(), &plain);
    let parts = [
        "forbidden",
        "grid",
        "axis",
        "quarter",
        "earlier",
        "baseline",
        "bound",
        "target",
        "pace",
        "projection",
        "projected",
        "today",
        "noted",
        "notes",
        "actual",
        "last",
    ];
    for part in parts {
        assert!(svg.contains(&format!("<path class=\"{part}\"")), "{part} is missing: {svg}");
    }
    for words in [
        "goal 2",
        "goal was 1",
        "from 8",
        "at most 9.5",
        "expected",
        "projected",
        "today",
        "2026-Q3",
        "last data 19 Aug",
    ] {
        assert!(svg.contains(&format!(">{words}</text>")), "{words} is missing: {svg}");
    }
    assert!(svg.len() <= 3_000, "{} bytes", svg.len());
}

#[test]
fn baseline_and_target_are_always_in_view() {
    for (baseline, target) in [(1e6, 2.0), (-500.0, 2.0), (8.0, 8.0)] {
        let mut figure = usual();
        figure.baseline = Some(line(baseline, "from"));
        figure.target = Some(line(target, "goal"));
        let layout = layout(trend_scene(&figure), &plain);
        let heights = |role| layout.strokes.of(role).flatten().map(|&(_, y)| y).collect::<Vec<_>>();
        let (baseline_at, target_at) = (heights(Role::Baseline)[0], heights(Role::Target)[0]);
        assert_eq!(baseline_at.cmp(&target_at), target.total_cmp(&baseline), "higher values stand higher");
    }
}

#[test]
fn a_moved_goalpost_steps_on_its_day() {
    let figure = full();
    let layout = layout(trend_scene(&figure), &plain);
    let target: Vec<_> = layout.strokes.of(Role::Target).collect();
    let [line] = target[..] else { panic!("one line, not {}", target.len()) };
    assert_eq!(line.len(), 4);
    assert!(line[1].0 == line[2].0 && line[1].1 > line[2].1, "straight up on the day: {line:?}");
}

#[test]
fn gaps_break_the_line_and_lone_values_are_dots() {
    let mut figure = usual();
    let days = [0, 1, 2, 20, 40, 41, 42];
    figure.actual = segments(&days.map(|n| (day("2026-07-01").plus(n), 5.0)));
    let layout = layout(trend_scene(&figure), &plain);
    let count = |role| layout.strokes.of(role).count();
    assert_eq!((count(Role::Actual), count(Role::Dots), count(Role::Last)), (2, 1, 1));
}

#[test]
fn the_latest_value_stands_at_the_last_point_and_in_the_margin_at_the_quarters_end() {
    let (open_figure, over_figure) = (full(), usual());
    let open = layout(trend_scene(&open_figure), &plain);
    let over = layout(trend_scene(&over_figure), &plain);
    let place = |layout: &Layout<'_>| {
        let word = layout.words.iter().find(|word| word.class == WordClass::Last).expect("the value is there");
        let last = layout.strokes.of(Role::Last).next().expect("the dot is there")[0];
        ((word.at.0 - last.0).abs(), (word.at.1 - last.1).abs())
    };
    assert!(place(&open).0 <= 100 && place(&open).1 <= 400, "{:?}", place(&open));
    assert!(place(&over).0 >= 130, "{:?}", place(&over));
}

#[test]
fn words_that_say_the_same_height_are_moved_apart() {
    let mut figure = full();
    figure.baseline = Some(line(2.0, "from 2"));
    figure.bounds = vec![Bound { line: line(2.0, "at most 2"), forbidden: Side::Above }];
    figure.actual = usual().actual;
    check(&figure, &plain);
}

#[test]
fn both_sides_of_a_range_are_shaded() {
    let mut figure = usual();
    let bound = |value, label: &str, forbidden| Bound { line: line(value, label), forbidden };
    figure.bounds = vec![bound(3.0, "at least 3", Side::Below), bound(7.0, "at most 7", Side::Above)];
    check(&figure, &plain);
    let layout = layout(trend_scene(&figure), &plain);
    let areas: Vec<_> = layout.strokes.of(Role::Forbidden).map(<[_]>::to_vec).collect();
    let heights = |area: &[(i32, i32)]| (area[0].1, area[2].1);
    let [below, above] = [&areas[0], &areas[1]].map(|area| heights(area));
    assert!(below.0 < below.1, "from the limit down: {below:?}");
    assert!(above.0 > above.1 && above.0 < below.0, "from the higher limit up: {above:?}");
    assert_eq!(layout.strokes.of(Role::Bound).count(), 2);
}

#[test]
fn markup_in_words_stays_words() {
    let mut figure = full();
    let hostile = "</text><script>alert(1)</script>\u{0}\u{202E}\" onload=\"";
    figure.title = hostile.to_owned();
    figure.description = hostile.to_owned();
    figure.target = Some(line(2.0, hostile));
    figure.quarters = vec![(figure.window.start, hostile.to_owned())];
    figure.today = Some((day("2026-08-10"), hostile.to_owned()));
    figure.stale_label = Some(hostile.to_owned());
    figure.id = "a\" onload=\"b".to_owned();
    check(&figure, &|_| hostile.to_owned());
}

#[test]
fn hostile_numbers_neither_hang_nor_panic() {
    let values = [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        f64::MIN,
        1e308,
        -1e308,
        f64::MIN_POSITIVE,
        5e-324,
        1e30,
        -0.0,
        0.0,
        1e-12,
        1.0 + f64::EPSILON,
        1.0,
    ];
    for a in values {
        for b in values {
            for count in [0, 1, 2, 40] {
                let mut figure = full();
                let points = (0..count).map(|n| (figure.window.start.plus(n), if n % 2 == 0 { a } else { b }));
                figure.actual = vec![Segment { points: points.collect() }];
                figure.target = Some(line(b, "goal"));
                figure.baseline = Some(line(a, "from"));
                figure.pace =
                    Some(Trail { points: vec![(figure.window.start, a), (figure.window.end, b)], label: "p".into() });
                check(&figure, &|value| format!("{value}"));
                let spark = Sparkline {
                    segments: figure.actual.clone(),
                    window: figure.window,
                    domain: (a, b),
                    target: Some(b),
                };
                tidy(&small::sparkline(&spark));
                well_formed(sparkline(&spark).as_str());
            }
        }
    }
}

#[test]
fn hostile_days_neither_hang_nor_panic() {
    let days = [Day::MIN, day("1970-01-01"), day("2026-07-01"), day("2026-07-02"), Day::MAX];
    for start in days {
        for end in days {
            let mut figure = full();
            figure.domain_days = Window { start, end };
            check(&figure, &plain);
            figure.window = Window { start: end, end: start };
            figure.quarters = days.iter().map(|&day| (day, day.to_string())).collect();
            check(&figure, &plain);
        }
    }
}

#[test]
fn ten_years_of_days_are_thinned() {
    let window = Window { start: day("2016-07-01"), end: day("2026-07-01") };
    let figure = HistoryFigure {
        id: "h".to_owned(),
        title: "History".to_owned(),
        description: "Ten years.".to_owned(),
        days: window,
        values: segments(&(0..3652).map(|n| (window.start.plus(n), f64::from(n * 7919 % 101))).collect::<Vec<_>>()),
        single_days: Vec::new(),
        goals: (0..40)
            .map(|n| {
                (
                    Window { start: window.start.plus(n * 91), end: window.start.plus(n * 91 + 91) },
                    line(f64::from(n), "goal"),
                )
            })
            .collect(),
        today: Some((window.end, "today".to_owned())),
        quarters: (0..40).map(|n| (window.start.month_start(n * 3), format!("Q{}", n % 4 + 1))).collect(),
        annotations: (0..60).map(|n| (window.start.plus(n), n.to_string())).collect(),
        stale_label: None,
        months: Months::default(),
    };
    let laid_out = layout(history_scene(&figure), &plain);
    tidy(&laid_out);
    assert!(laid_out.strokes.of(Role::Actual).map(<[_]>::len).sum::<usize>() <= 400);
    well_formed(history(&figure, &plain).as_str());
}

#[test]
fn a_sparkline_takes_four_hundred_bytes() {
    let figure = usual();
    let spark = Sparkline { segments: figure.actual, window: figure.window, domain: (0.0, 10.0), target: Some(2.0) };
    let svg = sparkline(&spark);
    assert!(well_formed(svg.as_str()).is_empty() && svg.as_str().contains("aria-hidden=\"true\""));
    assert!(svg.as_str().len() <= 400, "{} bytes: {}", svg.as_str().len(), svg.as_str());
    let points: Vec<(Day, f64)> =
        (0..900).map(|n| (figure.window.start.plus(n / 10 + n % 7 * 9), f64::from(n % 97))).collect();
    let alone = points.iter().map(|&point| Segment { points: vec![point] }).collect();
    let gappy = Sparkline { segments: alone, window: figure.window, domain: (0.0, 97.0), target: None };
    assert!(sparkline(&gappy).as_str().len() <= 800);
}

#[test]
fn a_grade_bar_is_as_long_as_the_grade() {
    for tenths in 0..=10 {
        let grade = Grade::of(Number::new(tenths, 1).expect("a tenth"));
        let drawing = small::grade_bar(grade);
        tidy(&drawing);
        let end = drawing.strokes.iter().nth(1).expect("the bar is there").1[1].0;
        assert_eq!(end, i32::try_from(tenths).expect("small").max(0) * 100 + if tenths == 0 { 20 } else { 0 });
        well_formed(grade_bar(grade).as_str());
    }
}

#[test]
fn bands_are_as_long_as_their_counts_and_named_below() {
    let counts = |numbers: [usize; 5]| BandCounts {
        id: "bands".to_owned(),
        title: "Bands".to_owned(),
        description: "How many.".to_owned(),
        counts: [Some(Band::Missed), Some(Band::FellShort), Some(Band::Strong), Some(Band::Complete), None]
            .into_iter()
            .zip(numbers)
            .map(|(band, count)| (band, count, format!("{count} {}", band.map_or("no data", Band::name))))
            .collect(),
    };
    let figure = counts([1, 0, 2, 0, 1]);
    let drawing = small::bands(&figure);
    let lengths: Vec<i32> = drawing.strokes.iter().map(|(_, line)| line[1].0 - line[0].0).collect();
    assert_eq!(lengths, [1580, 3180, 1580], "a hair of paper stands between neighbours");
    assert_eq!(drawing.words.len(), 3);
    for numbers in [[0, 0, 0, 0, 0], [1, 1, 1, 1, 1], [1000, 1, 1, 1, 1], [1, 1, 1, 1, usize::MAX], [usize::MAX; 5]] {
        tidy(&small::bands(&counts(numbers)));
        well_formed(bands(&counts(numbers)).as_str());
    }
}

prop_compose! {
    fn any_points()(points in prop::collection::vec((-40_000..40_000_i32, any::<f64>()), 0..60)) -> Vec<(Day, f64)> {
        points.into_iter().map(|(day, value)| (Day::from_number(day), value)).collect()
    }
}

prop_compose! {
    fn near_points()(points in prop::collection::vec((20_600..20_800_i32, -1000.0..1000.0_f64), 0..120)) -> Vec<(Day, f64)> {
        points.into_iter().map(|(day, value)| (Day::from_number(day), value)).collect()
    }
}

prop_compose! {
    fn any_figure()(
        actual in prop_oneof![any_points(), near_points()],
        raw in any::<bool>(),
        trail in prop_oneof![any_points(), near_points()],
        (start, days, from, length) in (20_500..20_700_i32, -10..400_i32, 20_500..20_700_i32, -10..400_i32),
        (baseline, target, was, bound) in prop_oneof![
            any::<(f64, f64, f64, f64)>(),
            (-100.0..100.0, -100.0..100.0, -100.0..100.0, -100.0..100.0),
        ],
        (text, more) in any::<(String, String)>(),
        (today, moved) in (20_400..20_900_i32, 20_400..20_900_i32),
        notes in prop::collection::vec((20_500..20_900_i32, any::<String>()), 0..30),
    ) -> TrendFigure {
        let start = Day::from_number(start);
        let mut figure = TrendFigure::new(text.clone(), more.clone(), Window { start, end: start.plus(days) });
        let from = Day::from_number(from);
        figure.domain_days = Window { start: from, end: from.plus(length) };
        figure.actual = if raw { vec![Segment { points: actual.clone() }, Segment::default()] } else { segments(&actual) };
        figure.earlier = segments(&trail);
        figure.baseline = Some(line(baseline, &text));
        figure.target = Some(line(target, &more));
        figure.moved = Some(Moved { day: Day::from_number(moved), was: line(was, &text) });
        figure.bounds = vec![Bound { line: line(bound, &more), forbidden: Side::Below }];
        figure.pace = Some(Trail { points: trail.clone(), label: more.clone() });
        figure.projection = Some(Trail { points: trail, label: text.clone() });
        figure.today = Some((Day::from_number(today), text.clone()));
        figure.stale_label = Some(more);
        figure.quarters = notes.iter().map(|(day, text)| (Day::from_number(*day), text.clone())).collect();
        figure.annotations = notes.into_iter().map(|(day, text)| (Day::from_number(day), text)).collect();
        figure
    }
}

proptest! {
    #[test]
    fn any_figure_gives_a_tidy_chart(figure in any_figure()) {
        check(&figure, &|value| format!("{value}"));
    }
}
