//! "Did it matter?": how far key results came above what their outcome did, on one time axis.
//!
//! A figure goes in, a layout comes out: two plots with one row of dates. Where the lines above rise and the line below
//! stays in its band, everything was reached that was measured and nothing that was wanted.

use super::axes;
use super::draw::Plane;
use super::drawing::{Anchor, Caption, EM, LINE, Layout, TALL, Word, WordClass};
use super::figure::{Lever, MatterFigure};
use super::labels::{Extent, Wish, fitted, nudged, width};
use super::scene::{Plot, Scene};
use super::series::{self, Segment};
use super::strokes::{Role, Strokes};
use super::ticks::Domain;
use crate::model::calendar::{Day, Window};

/// The view; its words are as large as their em on narrow screens.
const VIEW: (i32, i32) = (TALL.0, 3_400);
/// Top and bottom of the plot of key results and of that of their outcome.
const ABOVE: (i32, i32) = (540, 1_450);
const BELOW: (i32, i32) = (1_930, 3_050);
/// How far above a plot the middle of its heading stands.
const HEADING: i32 = 150;
/// How far right of the plots the words begin.
const GUTTER: i32 = 130;
/// The widest words at the right.
const WIDEST: i32 = 1_500;
/// Across the number of one key result, and how many stand above each other.
const MARK: i32 = 260;
const MARKS: usize = 6;
/// How far below nothing and above all a lever's line is drawn: a tenth of the way.
const BEYOND: f64 = 0.1;
/// Places that a lever's line has, at most.
const MOST_PLACES: usize = 60;

/// Returns the figure laid out; `label` formats the outcome's values.
pub(super) fn layout<'a>(figure: &'a MatterFigure, label: &dyn Fn(f64) -> String) -> Layout<'a> {
    let start = figure.days.start.min(Day::MAX.plus(-1));
    let days = Window { start, end: figure.days.end.max(start.plus(1)) };
    let earlier = series::visible(&figure.earlier, days, MOST_PLACES * 3);
    let outcome = series::visible(&figure.outcome, days, MOST_PLACES * 3);
    let domain = domain(figure, [&earlier, &outcome]);
    let ticks = axes::value_ticks(domain, label);
    let last = outcome.last().and_then(|segment| segment.points.last()).copied();
    let last_text = last.map(|(_, value)| label(value)).unwrap_or_default();
    let ways = [(0.0, "0 %".to_owned()), (0.5, "50 %".to_owned()), (1.0, "100 %".to_owned())];
    let (x0, x1) =
        (axes::left_margin(&ticks, 0).max(axes::left_margin(&ways, 0)), VIEW.0 - right_margin(figure, &last_text));
    let plot = |(y0, y1): (i32, i32), domain: Domain| {
        let frame = Extent { x0, y0, x1, y1 };
        Plot {
            frame,
            plane: Plane::new(days, domain, frame),
            actual: Strokes::default(),
            last: None,
            trails: Strokes::default(),
        }
    };
    let above = plot(ABOVE, Domain { low: -BEYOND, high: 1.0 + BEYOND });
    let below = plot(BELOW, domain);
    let mut layout = Layout {
        class: "chart matter",
        size: VIEW,
        caption: Some(Caption::of(&figure.id, &figure.title, &figure.description)),
        strokes: Strokes::with_room(400),
        words: Vec::with_capacity(32),
    };
    let scene = scene(figure, days);
    add_bands(&mut layout.strokes, figure, &below);
    axes::add_values(&mut layout, &above, ways.into());
    axes::add_values(&mut layout, &below, ticks);
    axes::add_dates(&mut layout, &scene, &below);
    axes::add_row_above(&mut layout, &scene, &above);
    add_rules(&mut layout.strokes, &scene, &below);
    add_levers(&mut layout, figure, &above, days);
    add_outcome(&mut layout.strokes, &below, [&earlier, &outcome]);
    add_words(&mut layout, figure, [&above, &below], last.map(|point| (point, last_text)));
    layout.words.sort_by_key(|word| word.class as u8);
    layout
}

/// Returns what the axes need to know.
fn scene<'a>(figure: &'a MatterFigure, days: Window) -> Scene<'a> {
    let today = figure.today.as_ref().filter(|(day, _)| days.start <= *day && *day <= days.end);
    Scene {
        caption: Caption::of(&figure.id, &figure.title, &figure.description),
        class: "chart",
        size: VIEW,
        squeezed: None,
        days,
        actual: &[],
        earlier: &[],
        levels: Vec::new(),
        forbidden: Vec::new(),
        trails: Vec::new(),
        fan: None,
        today,
        quarters: &figure.quarters,
        notes: &[],
        stale: None,
        months: &figure.months,
    }
}

fn domain(figure: &MatterFigure, outcome: [&[Segment]; 2]) -> Domain {
    let points = outcome.into_iter().flatten().flat_map(|segment| &segment.points).map(|&(_, value)| value);
    Domain::around(points.chain(figure.bands.iter().flat_map(|band| [band.low, band.high])))
}

fn right_margin(figure: &MatterFigure, last_text: &str) -> i32 {
    let usual = if figure.bands.len() == 1 { width(&figure.band_label, EM) } else { 0 };
    let numbers = figure.levers.iter().filter(|lever| !lever.label.is_empty()).count();
    let numbers = i32::try_from(numbers / MARKS + 1).unwrap_or(4).min(4) * MARK;
    usual.max(width(last_text, WordClass::Last.em())).max(numbers).clamp(200, WIDEST) + GUTTER + 20
}

/// Adds the values between which the outcome usually ends.
fn add_bands(strokes: &mut Strokes, figure: &MatterFigure, plot: &Plot) {
    for band in &figure.bands {
        let (x0, x1) = (plot.plane.x(band.days.start), plot.plane.x(band.days.end));
        let (low, high) = (plot.plane.y(band.low), plot.plane.y(band.high));
        strokes.add(Role::Usual, [(x0, low), (x1, low), (x1, high), (x0, high)]);
    }
}

/// Adds today and the quarters' beginnings to the lower plot.
fn add_rules(strokes: &mut Strokes, scene: &Scene<'_>, plot: &Plot) {
    let rule = |day: Day| {
        let x = plot.plane.x(day);
        [(x, plot.frame.y0), (x, plot.frame.y1)]
    };
    for day in axes::rules(scene) {
        strokes.add(Role::Quarter, rule(day));
    }
    if let Some((day, _)) = scene.today {
        strokes.add(Role::Today, rule(*day));
    }
}

/// Adds the key results' ways and, where they have marks, what stands at their ends.
fn add_levers<'a>(layout: &mut Layout<'a>, figure: &'a MatterFigure, plot: &Plot, days: Window) {
    let goal = plot.plane.y(1.0);
    layout.strokes.add(Role::Target, [(plot.frame.x0, goal), (plot.frame.x1, goal)]);
    let mut ends: Vec<Mark> = Vec::new();
    for lever in &figure.levers {
        let line: Vec<(i32, i32)> = drawn(lever, days).iter().map(|&point| plot.plane.at(point)).collect();
        let Some(&end) = line.last() else { continue };
        if !lever.label.is_empty() {
            ends.push(Mark { y: end.1, lines: vec![end], text: lever.label.clone() });
        }
        layout.strokes.add(if line.len() > 1 { Role::Lever } else { Role::Dots }, line);
    }
    let x = plot.frame.x1 + GUTTER;
    for (mark, y) in apart(ends, plot.frame.y0 - LINE / 2, plot.frame.y1 + LINE / 2) {
        for end in mark.lines {
            layout.strokes.add(Role::Leader, [(end.0 + 40, end.1), (x - 40, y)]);
        }
        let text = fitted(mark.text.into(), EM, WIDEST);
        layout.words.push(Word { class: WordClass::End, at: (x, y), anchor: Anchor::Start, text });
    }
}

/// What stands at the end of a line, or of several that end near each other.
struct Mark {
    y: i32,
    lines: Vec<(i32, i32)>,
    text: String,
}

/// Returns marks with places that keep them apart; where they are too many, those that are nearest to each other share one.
fn apart(mut marks: Vec<Mark>, low: i32, high: i32) -> Vec<(Mark, i32)> {
    marks.sort_by_key(|mark| mark.y);
    loop {
        let wishes: Vec<Wish> = marks.iter().map(|mark| Wish { at: mark.y, size: LINE }).collect();
        if let Some(centres) = nudged(&wishes, low, high) {
            return marks.into_iter().zip(centres).collect();
        }
        let apart = |at: &usize| {
            let [one, other] = [&marks[*at], &marks[at + 1]];
            (other.y - one.y, one.lines.len() + other.lines.len())
        };
        let Some(nearest) = (0..marks.len() - 1).min_by_key(apart) else { return Vec::new() };
        let next = marks.remove(nearest + 1);
        let mark = &mut marks[nearest];
        mark.text = [&mark.text, ", ", &next.text].concat();
        mark.lines.extend(next.lines);
    }
}

fn drawn(lever: &Lever, days: Window) -> Vec<(Day, f64)> {
    let shown = lever.points.iter().filter(|(day, _)| days.start <= *day && *day <= days.end);
    let points: Vec<(Day, f64)> = shown.filter_map(|&(day, way)| Some((day, series::drawable(way)?))).collect();
    series::thin(&points, MOST_PLACES)
}

fn add_outcome(strokes: &mut Strokes, plot: &Plot, [earlier, outcome]: [&[Segment]; 2]) {
    for (role, segments) in [(Role::Earlier, earlier), (Role::Actual, outcome)] {
        for segment in segments {
            let role = if segment.points.len() > 1 { role } else { Role::Dots };
            strokes.add(role, segment.points.iter().map(|&point| plot.plane.at(point)));
        }
    }
    let last = outcome.last().and_then(|segment| segment.points.last());
    strokes.add(Role::Last, last.map(|&point| plot.plane.at(point)));
}

/// Adds the plots' headings, the outcome's last value and what its band is.
fn add_words<'a>(
    layout: &mut Layout<'a>,
    figure: &'a MatterFigure,
    [above, below]: [&Plot; 2],
    last: Option<((Day, f64), String)>,
) {
    for (plot, text) in [(above, &figure.headings.0), (below, &figure.headings.1)] {
        let at = (plot.frame.x0, plot.frame.y0 - HEADING);
        let text = fitted(text.as_str().into(), WordClass::Heading.em(), VIEW.0 - plot.frame.x0 - 20);
        layout.words.push(Word { class: WordClass::Heading, at, anchor: Anchor::Start, text });
    }
    let value = last.map(|(point, text)| (below.plane.at(point).1, WordClass::Last, text.into()));
    let band = figure.bands.first().filter(|_| figure.bands.len() == 1).map(|band| {
        let (low, high) = (below.plane.y(band.low), below.plane.y(band.high));
        ((low + high) / 2, WordClass::End, figure.band_label.as_str().into())
    });
    let ends: Vec<(i32, WordClass, std::borrow::Cow<'a, str>)> = value.into_iter().chain(band).collect();
    let wishes: Vec<Wish> = ends.iter().map(|&(at, ..)| Wish { at, size: LINE }).collect();
    let (low, high) = (below.frame.y0 - LINE / 2, below.frame.y1 + LINE / 2);
    let Some(centres) = nudged(&wishes, low, high) else { return };
    for ((_, class, text), y) in ends.into_iter().zip(centres) {
        let at = (below.frame.x1 + GUTTER, y);
        let text = fitted(text, class.em(), WIDEST);
        layout.words.push(Word { class, at, anchor: Anchor::Start, text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i32) -> Day {
        Day::from_number(20_000 + number)
    }

    fn figure() -> MatterFigure {
        let window = Window { start: day(91), end: day(182) };
        let way = |steep: f64| (0..=12).map(|week| (day(91 + 7 * week), steep * f64::from(week) / 12.0)).collect();
        let outcome = |from: i32, to: i32| Segment { points: (from..to).map(|week| (day(7 * week), 2.8)).collect() };
        MatterFigure {
            id: "m.1".to_owned(),
            title: "Did it matter?".to_owned(),
            description: "Two rise, and the outcome is flat.".to_owned(),
            days: Window { start: day(0), end: day(182) },
            levers: vec![
                Lever { label: "1".to_owned(), points: way(1.0) },
                Lever { label: "2".to_owned(), points: way(0.98) },
            ],
            earlier: vec![outcome(0, 13)],
            outcome: vec![outcome(13, 26)],
            bands: vec![crate::chart::figure::Band { days: window, low: 2.6, high: 3.0 }],
            band_label: "usual".to_owned(),
            headings: ("Key results".to_owned(), "Households that leave".to_owned()),
            today: None,
            quarters: vec![(day(91), "Q3 2026".to_owned())],
            months: crate::chart::figure::Months::default(),
        }
    }

    fn places<'a>(layout: &'a Layout<'_>, role: Role) -> Vec<&'a [(i32, i32)]> {
        layout.strokes.of(role).collect()
    }

    #[test]
    fn lines_rise_above_a_flat_line_within_its_band() {
        let figure = figure();
        let layout = layout(&figure, &|value| format!("{value:.1} %"));
        for lever in places(&layout, Role::Lever) {
            assert!(lever[0].1 > lever[lever.len() - 1].1 + 500, "{lever:?}");
            assert!(lever.iter().all(|&(_, y)| ABOVE.0 <= y && y <= ABOVE.1));
        }
        assert_eq!(places(&layout, Role::Lever).len(), 2);
        let outcome = places(&layout, Role::Actual)[0];
        assert!(outcome.windows(2).all(|pair| pair[0].1 == pair[1].1));
        let band = places(&layout, Role::Usual)[0];
        assert!(band[2].1 < outcome[0].1 && outcome[0].1 < band[0].1, "{band:?} around {outcome:?}");
        assert_eq!(band[0].0, places(&layout, Role::Lever)[0][0].0, "one time axis");
    }

    #[test]
    fn words_keep_apart_and_stay_in_the_view() {
        let mut figure = figure();
        figure.levers = (1..=9).map(|n| Lever { label: n.to_string(), ..figure.levers[0].clone() }).collect();
        let layout = layout(&figure, &|value| format!("{value:.1} %"));
        let extents: Vec<Extent> = layout.words.iter().map(Word::extent).collect();
        for (at, one) in extents.iter().enumerate() {
            assert!(one.is_inside(Extent { x0: 0, y0: 0, x1: VIEW.0, y1: VIEW.1 }), "{:?}", layout.words[at]);
            for (other, extent) in extents.iter().enumerate().skip(at + 1) {
                assert!(!one.overlaps(*extent), "{:?} and {:?}", layout.words[at], layout.words[other]);
            }
        }
    }

    #[test]
    fn no_number_stops_it() {
        let mut figure = figure();
        figure.levers[0].points = vec![(Day::MIN, f64::NAN), (day(100), f64::INFINITY), (Day::MAX, -1e300)];
        figure.outcome = vec![Segment { points: vec![(day(95), f64::NAN), (day(96), 1e300)] }];
        figure.bands[0].low = f64::NEG_INFINITY;
        figure.days = Window { start: Day::MAX, end: Day::MIN };
        let svg = crate::chart::matter(&figure, &|value| value.to_string());
        assert!(svg.as_str().ends_with("</svg>") && !svg.as_str().contains("NaN"));
    }
}
