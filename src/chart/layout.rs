//! A chart as numbers: every line in tenths of a pixel, every word with its place.
//!
//! A scene (what is to be shown) goes in, marks and words come out. No markup: layouts are tested
//! as numbers. Words never overlap and never leave the view: room is reckoned with the font size of narrow
//! screens, and what doesn't fit is shortened or left out.

use std::borrow::Cow;

use super::axes;
use super::draw::Plane;
use super::drawing::Layout;
use super::ends;
use super::figure::{Side, Trail};
use super::labels::Extent;
use super::scene::{Plot, Scene};
use super::series::{self, Segment};
use super::strokes::{Role, Strokes};
use super::ticks::Domain;
use crate::model::calendar::{Day, Window};

/// Under the plot is room for the dates.
const BELOW: i32 = 350;
/// Where the plot begins without and with a row of names above it.
const TOP: (i32, i32) = (125, 290);

/// Returns the scene laid out.
pub(super) fn layout<'a>(mut scene: Scene<'a>, label: &dyn Fn(f64) -> String) -> Layout<'a> {
    tidy(&mut scene);
    let actual = series::visible(scene.actual, scene.days, points_seen(scene.actual, &scene, 25));
    let earlier = series::visible(scene.earlier, scene.days, points_seen(scene.earlier, &scene, 70));
    let domain = domain(&scene, &actual, &earlier);
    let ticks = axes::value_ticks(domain, label);
    let last = actual.last().and_then(|segment| segment.points.last()).copied();
    let last_text = last.map(|(_, value)| label(value)).unwrap_or_default();

    let has_row = scene.today.is_some() || !scene.quarters.is_empty();
    let frame = Extent {
        x0: axes::left_margin(&ticks, scene.usual_room(axes::USUAL_TICK)),
        y0: if has_row { TOP.1 } else { TOP.0 },
        x1: scene.size.0 - ends::right_margin(&scene, &last_text),
        y1: scene.size.1 - BELOW,
    };
    let plane = Plane::over(scene.axis(), domain, frame);
    let plot = Plot {
        frame,
        actual: lines(&plane, count(&actual), actual.iter().map(|part| (Role::Actual, part.points.as_slice()))),
        last: last.map(|(day, value)| (plane.at((day, value)), value)),
        trails: lines(&plane, 4, scene.trails.iter().map(|&(role, trail)| (role, trail_points(trail, scene.days)))),
        plane,
    };

    let places = count(&actual) + count(&earlier) + 100;
    let mut layout = Layout {
        class: scene.class,
        size: scene.size,
        caption: Some(scene.caption),
        strokes: Strokes::with_room(places),
        words: Vec::with_capacity(24),
    };
    axes::add(&mut layout, &scene, &plot, ticks);
    add_lines(&mut layout.strokes, &scene, &plot, &earlier);
    add_breaches(&mut layout.strokes, &scene, &plot.plane, actual.iter().chain(earlier.iter()));
    ends::add(&mut layout, &scene, &plot, last_text);
    layout
}

fn count(segments: &[Segment]) -> usize {
    segments.iter().map(|segment| segment.points.len()).sum()
}

/// Returns how many points the eye can tell apart: one for each `apart` tenths of a pixel that the line is wide.
fn points_seen(segments: &[Segment], scene: &Scene<'_>, apart: i64) -> usize {
    let shown = scene.days;
    let day = |point: Option<&(Day, f64)>| point.map_or(shown.start, |(day, _)| (*day).clamp(shown.start, shown.end));
    let first = day(segments.first().and_then(|segment| segment.points.first()));
    let last = day(segments.last().and_then(|segment| segment.points.last()));
    let along = |day: Day| scene.axis().along(day, i64::from(scene.size.0 * 3 / 4));
    let across = along(last) - along(first);
    usize::try_from(across / apart).unwrap_or(0).clamp(30, series::MOST_POINTS)
}

/// Leaves out what cannot be drawn, so that later steps meet finite numbers and days in order only.
fn tidy(scene: &mut Scene<'_>) {
    let start = scene.days.start.min(Day::MAX.plus(-1));
    scene.days = Window { start, end: scene.days.end.max(start.plus(1)) };
    scene.squeezed = scene.squeezed.filter(|&from| start < from && from < scene.days.end);
    let shown = scene.days;
    scene.levels.retain_mut(|level| {
        let Some(value) = series::drawable(level.value) else { return false };
        level.value = value;
        level.days = Window { start: level.days.start.max(shown.start), end: level.days.end.min(shown.end) };
        level.days.start < level.days.end
    });
    scene.forbidden.retain_mut(|(value, _)| series::drawable(*value).map(|drawable| *value = drawable).is_some());
    scene.trails.retain(|(_, trail)| !trail_points(trail, shown).is_empty());
    let (days, is_drawn) = (scene.days, |value| series::drawable(value) == Some(value));
    scene.fan =
        scene.fan.filter(|fan| fan.iter().all(|&(day, value)| days.start <= day && day <= days.end && is_drawn(value)));
    scene.today = scene.today.filter(|(day, _)| shown.start <= *day && *day <= shown.end);
}

/// Returns a trail's points that can be drawn, at most as many as the eye can see.
fn trail_points(trail: &Trail, shown: Window) -> Cow<'_, [(Day, f64)]> {
    let can_draw =
        |&(day, value): &(Day, f64)| shown.start <= day && day <= shown.end && series::drawable(value) == Some(value);
    if trail.points.len() <= 50 && trail.points.iter().all(can_draw) && trail.points.is_sorted_by_key(|&(day, _)| day) {
        return Cow::Borrowed(&trail.points);
    }
    let mut points = trail.points.clone();
    points.retain(can_draw);
    points.sort_by_key(|&(day, _)| day);
    Cow::Owned(series::thin(&points, 50))
}

fn domain(scene: &Scene<'_>, actual: &[Segment], earlier: &[Segment]) -> Domain {
    let points = actual.iter().chain(earlier).flat_map(|segment| &segment.points).map(|&(_, value)| value);
    let levels = scene.levels.iter().map(|level| level.value);
    let ends = |trail: &Trail| trail_points(trail, scene.days).iter().map(|&(_, value)| value).collect::<Vec<_>>();
    let trails = scene.trails.iter().flat_map(|(_, trail)| ends(trail));
    let fan = scene.fan.into_iter().flatten().map(|(_, value)| value);
    Domain::around(points.chain(levels).chain(trails).chain(fan).chain(scene.forbidden.iter().map(|&(value, _)| value)))
}

/// Returns points, usually `room` of them, as lines; a line without a point is none.
fn lines<P>(plane: &Plane, room: usize, lines: impl Iterator<Item = (Role, P)>) -> Strokes
where
    P: std::borrow::Borrow<[(Day, f64)]>,
{
    let mut strokes = Strokes::with_room(room);
    for (role, points) in lines {
        strokes.add(role, points.borrow().iter().map(|&point| plane.at(point)));
    }
    strokes
}

/// Returns a ring that an open end is drawn with: eight corners are round enough at its size.
fn ring((x, y): (i32, i32)) -> [(i32, i32); 8] {
    let corners = [(-16, -38), (16, -38), (38, -16), (38, 16), (16, 38), (-16, 38), (-38, 16), (-38, -16)];
    corners.map(|(dx, dy)| (x + dx, y + dy))
}

/// Adds the lines of data, goals and limits, those that matter most on top.
fn add_lines(strokes: &mut Strokes, scene: &Scene<'_>, plot: &Plot, earlier: &[Segment]) {
    let (frame, plane) = (plot.frame, &plot.plane);
    for &(value, side) in &scene.forbidden {
        let y = plane.y(value);
        let edge = if side == Side::Above { frame.y0 } else { frame.y1 };
        strokes.add(Role::Forbidden, [(frame.x0, y), (frame.x1, y), (frame.x1, edge), (frame.x0, edge)]);
    }
    if let Some(fan) = scene.fan {
        strokes.add(Role::Fan, fan.map(|point| plane.at(point)));
    }
    for segment in earlier {
        strokes.add(Role::Earlier, segment.points.iter().map(|&point| plane.at(point)));
    }
    for role in [Role::Baseline, Role::Level, Role::Bound, Role::Target] {
        let levels = scene.levels.iter().filter(|level| level.role == role);
        for (at, level) in levels.enumerate() {
            let (x0, x1) = (plane.x(level.days.start), plane.x(level.days.end));
            let y = plane.y(level.value);
            if level.steps && at > 0 {
                strokes.go_on([(x0, y), (x1, y)]);
            } else {
                strokes.add(role, [(x0, y), (x1, y)]);
            }
        }
    }
    for (role, line) in plot.trails.iter() {
        strokes.add(role, line.iter().copied());
        if role == Role::Projection
            && let Some(&end) = line.last()
        {
            strokes.add(Role::ProjectionEnd, ring(end));
        }
    }
    let last = plot.last.map(|(at, _)| at);
    for (_, line) in plot.actual.iter().filter(|(_, line)| line.len() > 1) {
        strokes.add(Role::Actual, line.iter().copied());
    }
    for (_, dot) in plot.actual.iter().filter(|(_, line)| line.len() == 1 && last != Some(line[0])) {
        strokes.add(Role::Dots, dot.iter().copied());
    }
    strokes.add(Role::Last, last);
}

/// Adds a mark on every value of the cycle that lies on a limit's wrong side.
fn add_breaches<'s>(
    strokes: &mut Strokes,
    scene: &Scene<'_>,
    plane: &Plane,
    segments: impl Iterator<Item = &'s Segment>,
) {
    let breaks = |value: f64| {
        let is_beyond = |&(limit, side): &(f64, Side)| if side == Side::Above { value > limit } else { value < limit };
        scene.forbidden.iter().any(is_beyond)
    };
    if scene.forbidden.is_empty() {
        return;
    }
    let start = scene.main_days().start;
    for &(day, value) in segments.flat_map(|segment| &segment.points) {
        if day >= start && breaks(value) {
            strokes.add(Role::Breach, [plane.at((day, value))]);
        }
    }
}
