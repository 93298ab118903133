//! Words at the ends of lines, so that a chart needs no legend: goals, limits, the latest value, numbered notes.
//!
//! A scene and its plot go in; words, and leaders to words that had to move, are added to the layout.

use std::borrow::Cow;

use super::drawing::{Anchor, EM, LINE, Layout, Word, WordClass, boxed};
use super::labels::{Extent, Wish, crossings, fitted, nudged, placed, shortened, width};
use super::scene::{Level, Plot, Scene};
use super::strokes::Role;

/// How far right of the plot the words begin.
const GUTTER: i32 = 130;
/// The room for words at the right that most have.
const USUAL_END: i32 = 1_000;
/// The widest words at the right, and those of drawings for narrow screens.
const WIDEST_END: i32 = 1_900;
const WIDEST_NARROW: i32 = 1_800;
/// The widest words beside the last point.
const WIDEST_LAST: i32 = 2_400;
/// A last point this near to the plot's right edge has its words right of the plot.
const NEAR_EDGE: i32 = 330;
/// The air between a point and its words.
const AIR: i32 = 100;
/// Across and down a note's number.
const NOTE: i32 = 230;
/// How far a word may be from its line's end without a leader.
const NEAR: i32 = 70;

/// A word that stands right of the plot, at the end of a line.
struct End<'a> {
    y: i32,
    class: WordClass,
    text: Cow<'a, str>,
    /// Those with the highest rank go first where there is no room for all.
    rank: u8,
}

/// What words inside the plot keep away from.
struct Room<'a> {
    /// Words that already have their places.
    taken: Vec<Extent>,
    /// Lines that are better left uncovered.
    lines: Vec<&'a [(i32, i32)]>,
}

/// Returns the room that the words right of the plot need.
///
/// Usual words get the same room in all charts, so that charts below each other have one axis.
pub(super) fn right_margin(scene: &Scene<'_>, last_text: &str) -> i32 {
    let levels = scene.levels.iter().filter(|level| level.is_current).map(|level| level.label);
    let trails = scene.trails.iter().map(|(_, trail)| trail.label.as_str());
    let widest = levels.chain(trails).map(|text| width(text, EM)).max().unwrap_or(0);
    let widest = widest.max(width(last_text, WordClass::Last.em()));
    let most = if scene.is_narrow() { WIDEST_NARROW } else { WIDEST_END };
    widest.clamp(scene.usual_room(USUAL_END).max(200), most) + GUTTER + 20
}

/// Adds notes, the words inside the plot and those right of it.
pub(super) fn add<'a>(layout: &mut Layout<'a>, scene: &Scene<'a>, plot: &Plot, last_text: String) {
    let taken = add_notes(layout, scene, plot);
    let last_is_at_edge = plot.last.is_some_and(|((x, _), _)| x > plot.frame.x1 - NEAR_EDGE);
    let stale = scene.stale.map(|text| (WordClass::Stale, Cow::Borrowed(text)));
    let (inside, at_edge) = if last_is_at_edge { (None, Some(last_text)) } else { (Some(last_text), None) };
    let inside: Vec<(WordClass, Cow<'_, str>)> =
        inside.map(|text| (WordClass::Last, Cow::Owned(text))).into_iter().chain(stale).collect();
    let has_past = scene.levels.iter().any(|level| !level.is_current);
    if has_past || (plot.last.is_some() && !inside.is_empty()) {
        let others = other_lines(scene, plot);
        let lines = plot.actual.iter().chain(plot.trails.iter()).map(|(_, line)| line);
        let mut room = Room { taken, lines: lines.chain(others.iter().map(<[_; 2]>::as_slice)).collect() };
        if let (Some((at, _)), false) = (plot.last, inside.is_empty()) {
            add_last(layout, plot, at, inside, &mut room);
        }
        for level in scene.levels.iter().filter(|level| !level.is_current) {
            add_inside(layout, plot, level, &mut room);
        }
    }
    add_ends(layout, scene, plot, at_edge);
}

/// Returns the lines of goals, limits and today.
fn other_lines(scene: &Scene<'_>, plot: &Plot) -> Vec<[(i32, i32); 2]> {
    let plane = &plot.plane;
    let levels = scene
        .levels
        .iter()
        .map(|level| [plane.at((level.days.start, level.value)), plane.at((level.days.end, level.value))]);
    let today = scene.today.map(|(day, _)| plane.x(*day)).map(|x| [(x, plot.frame.y0), (x, plot.frame.y1)]);
    levels.chain(today).collect()
}

/// Adds the words right of the plot, apart from each other, with leaders to those that had to move.
fn add_ends<'a>(layout: &mut Layout<'a>, scene: &Scene<'a>, plot: &Plot, last_text: Option<String>) {
    let mut ends: Vec<End<'a>> = Vec::with_capacity(6);
    let most = layout.size.0 - plot.frame.x1 - GUTTER - 20;
    let mut add = |y, class: WordClass, text: Cow<'a, str>, rank| {
        if !text.trim().is_empty() {
            ends.push(End { y, class, text: fitted(text, class.em(), most), rank });
        }
    };
    if let (Some(text), Some(((_, y), _))) = (last_text, plot.last) {
        add(y, WordClass::Last, Cow::Owned(text), 9);
    }
    for level in scene.levels.iter().filter(|level| level.is_current) {
        let rank = match level.role {
            Role::Baseline => 3,
            Role::Level => 4,
            _ => 8,
        };
        add(plot.plane.y(level.value), WordClass::End, Cow::Borrowed(level.label), rank);
    }
    for (&(role, trail), (_, line)) in scene.trails.iter().zip(plot.trails.iter()) {
        let rank = if role == Role::Pace { 5 } else { 6 };
        add(line.last().map_or(0, |end| end.1), WordClass::End, Cow::Borrowed(&*trail.label), rank);
    }
    // Where there is a row of names above the plot, the words stay below it.
    let low = if plot.frame.y0 > LINE { LINE + 20 } else { 10 };
    let high = plot.frame.y1 + LINE / 2;
    let centres = loop {
        let wishes: Vec<Wish> = ends.iter().map(|end| Wish { at: end.y, size: LINE }).collect();
        if let Some(centres) = nudged(&wishes, low, high) {
            break centres;
        }
        let least = (0..ends.len()).min_by_key(|&n| ends[n].rank);
        ends.remove(least.expect("internal: no words always fit"));
    };
    for (end, y) in ends.into_iter().zip(centres) {
        if (y - end.y).abs() > NEAR {
            layout.strokes.add(Role::Leader, [(plot.frame.x1 + 20, end.y), (plot.frame.x1 + GUTTER - 30, y)]);
        }
        let at = (plot.frame.x1 + GUTTER, y);
        layout.words.push(Word { class: end.class, at, anchor: Anchor::Start, text: end.text });
    }
    layout.words.sort_by_key(|word| word.class as u8);
}

/// Adds one or two lines of words beside the last point, where they cover the least.
fn add_last<'a>(
    layout: &mut Layout<'a>,
    plot: &Plot,
    (x, y): (i32, i32),
    mut texts: Vec<(WordClass, Cow<'a, str>)>,
    room: &mut Room<'_>,
) {
    texts.retain(|(_, text)| !text.trim().is_empty());
    for (class, text) in &mut texts {
        *text = fitted(std::mem::take(text), class.em(), WIDEST_LAST);
    }
    let across = texts.iter().map(|(class, text)| width(text, class.em())).max().unwrap_or(0);
    let down = LINE * i32::try_from(texts.len()).unwrap_or(1);
    let away = AIR + down / 2;
    let places = [
        (x + AIR, y, Anchor::Start),
        (x + AIR / 2, y - away, Anchor::Start),
        (x + AIR / 2, y + away, Anchor::Start),
        (x, y - away, Anchor::Middle),
        (x, y + away, Anchor::Middle),
        (x - AIR / 2, y - away, Anchor::End),
        (x - AIR / 2, y + away, Anchor::End),
        (x - AIR, y, Anchor::End),
    ];
    let extent = |&(x, y, anchor): &(i32, i32, Anchor)| Extent {
        y0: y - down / 2,
        y1: y + down / 2,
        ..boxed(x, y, across, anchor)
    };
    let extents = places.each_ref().map(extent);
    let Some(chosen) = placed(&extents, plot.frame, &room.taken, &room.lines) else { return };
    room.taken.push(extents[chosen]);
    let (x, y, anchor) = places[chosen];
    let mut middle = y - down / 2 + LINE / 2;
    for (class, text) in texts {
        layout.words.push(Word { class, at: (x, middle), anchor, text });
        middle += LINE;
    }
}

/// Adds the words of a goal that no longer holds above or below its line.
fn add_inside<'a>(layout: &mut Layout<'a>, plot: &Plot, level: &Level<'a>, room: &mut Room<'_>) {
    let (x0, x1) = (plot.plane.x(level.days.start), plot.plane.x(level.days.end));
    let y = plot.plane.y(level.value);
    let text = shortened(level.label, EM, WIDEST_LAST);
    let away = LINE / 2 + 30;
    let places = [
        (x0 + 30, y - away, Anchor::Start),
        (x0 + 30, y + away, Anchor::Start),
        (x1 - 30, y - away, Anchor::End),
        (x1 - 30, y + away, Anchor::End),
        (x0 - AIR, y, Anchor::End),
        (x1 + AIR, y, Anchor::Start),
    ];
    let across = width(&text, EM);
    let extents = places.map(|(x, y, anchor)| boxed(x, y, across, anchor));
    if text.trim().is_empty() {
        return;
    }
    if let Some(chosen) = placed(&extents, plot.frame, &room.taken, &room.lines) {
        room.taken.push(extents[chosen]);
        let (x, y, anchor) = places[chosen];
        layout.words.push(Word { class: WordClass::End, at: (x, y), anchor, text });
    }
}

/// Adds numbered discs with rules on their days, in a row where they cover the least; returns the room they take.
fn add_notes<'a>(layout: &mut Layout<'a>, scene: &Scene<'a>, plot: &Plot) -> Vec<Extent> {
    let frame = plot.frame;
    let most = usize::try_from((frame.x1 - frame.x0) / NOTE).unwrap_or(0);
    let shown = scene.notes.iter().filter(|(day, _)| scene.days.start <= *day && *day <= scene.days.end);
    let notes: Vec<(i32, &str)> = shown.take(most).map(|(day, text)| (plot.plane.x(*day), text.as_str())).collect();
    let wishes: Vec<Wish> = notes.iter().map(|&(at, _)| Wish { at, size: NOTE }).collect();
    let Some(centres) = nudged(&wishes, frame.x0, frame.x1).filter(|centres| !centres.is_empty()) else {
        return Vec::new();
    };
    let disc = |x: i32, y: i32| Extent { x0: x - NOTE / 2, y0: y - NOTE / 2, x1: x + NOTE / 2, y1: y + NOTE / 2 };
    let covered = |y: i32| {
        let pieces = |extent: Extent| plot.actual.iter().map(|(_, line)| crossings(extent, line)).sum::<usize>();
        centres.iter().map(|&x| pieces(disc(x, y))).sum::<usize>()
    };
    let rows = [frame.y1 - NOTE / 2 - 20, frame.y0 + NOTE / 2 + 20];
    let y = if covered(rows[1]) < covered(rows[0]) { rows[1] } else { rows[0] };
    for &(x, _) in &notes {
        layout.strokes.add(Role::Noted, [(x, frame.y0), (x, frame.y1)]);
    }
    for &x in &centres {
        layout.strokes.add(Role::Notes, [(x, y)]);
    }
    for (&x, (_, text)) in centres.iter().zip(notes) {
        let text = shortened(text, WordClass::Note.em(), NOTE);
        layout.words.push(Word { class: WordClass::Note, at: (x, y), anchor: Anchor::Middle, text });
    }
    centres.iter().map(|&x| disc(x, y)).collect()
}
