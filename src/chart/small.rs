//! Word-sized drawings: sparklines, grade bars, and how many key results fell into each band.
//!
//! Numbers and finished words go in, layouts come out.

use std::borrow::Cow;

use super::draw::Plane;
use super::drawing::{Anchor, Caption, EM, LINE, Layout, SIZE, Word, WordClass};
use super::figure::Sparkline;
use super::labels::{Extent, Wish, nudged, shortened, width};
use super::series;
use super::strokes::{Role, Strokes};
use super::ticks::Domain;
use crate::model::calendar::{Day, Window};
use crate::model::scorecard::{Band, Grade};

/// The view of a sparkline.
const SPARK: (i32, i32) = (1000, 240);
/// A sparkline has at most this many points.
const SPARK_POINTS: usize = 36;
/// The view of a grade bar.
const BAR: (i32, i32) = (1000, 80);
/// Where the bar of bands lies from top to bottom, and where its words.
const BANDS: (i32, i32) = (90, 340);

/// How many key results fell into each band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandCounts {
    /// Begins every id in the drawing; no other drawing of the page may have it.
    pub id: String,
    /// What the drawing is called.
    pub title: String,
    /// The drawing in words.
    pub description: String,
    /// Bands in order, worst first; nothing is "no data". Each with its count and its words: "3 strong".
    pub counts: Vec<(Option<Band>, usize, String)>,
}

/// Returns a sparkline laid out.
pub(super) fn sparkline(figure: &Sparkline) -> Layout<'static> {
    let start = figure.window.start.min(Day::MAX.plus(-1));
    let days = Window { start, end: figure.window.end.max(start.plus(1)) };
    // A dot's radius of air all round.
    let frame = Extent { x0: 30, y0: 40, x1: SPARK.0 - 40, y1: SPARK.1 - 40 };
    let plane = Plane::new(days, Domain::between(figure.domain.0, figure.domain.1), frame);
    let segments = series::visible(&figure.segments, days, SPARK_POINTS);
    let mut strokes = Strokes::with_room(SPARK_POINTS + 3);
    if let Some(y) = figure.target.and_then(series::drawable).map(|value| plane.y(value)) {
        strokes.add(Role::Target, [(0, y), (SPARK.0, y)]);
    }
    // Of a line with many gaps only the newest pieces are drawn.
    let newest = &segments[segments.len().saturating_sub(SPARK_POINTS / 3)..];
    for segment in newest {
        strokes.add(Role::Actual, segment.points.iter().map(|&point| plane.at(point)));
    }
    strokes.add(Role::Last, newest.last().and_then(|segment| segment.points.last()).map(|&point| plane.at(point)));
    Layout { class: "spark", size: SPARK, caption: None, strokes, words: Vec::new() }
}

/// Returns a grade as a thin bar, laid out.
pub(super) fn grade_bar(grade: Grade) -> Layout<'static> {
    let (y, length) = (BAR.1 / 2, i32::from(grade.tenths()) * BAR.0 / 10);
    let mut strokes = Strokes::default();
    strokes.add(Role::Track, [(0, y), (BAR.0, y)]);
    strokes.add(Role::Band(grade.band().name()), [(0, y), (length.max(20), y)]);
    Layout { class: "grade-bar", size: BAR, caption: None, strokes, words: Vec::new() }
}

/// Returns a bar of bands, laid out: lengths as the counts are, words below.
pub(super) fn bands(figure: &BandCounts) -> Layout<'_> {
    let total: usize = figure.counts.iter().map(|(_, count, _)| *count).fold(0, usize::saturating_add);
    let mut layout = Layout {
        class: "chart bands",
        size: (SIZE.0, BANDS.1 + LINE / 2 + 10),
        caption: Some(Caption::of(&figure.id, &figure.title, &figure.description)),
        strokes: Strokes::default(),
        words: Vec::new(),
    };
    let mut before: usize = 0;
    let mut shown: Vec<(i32, i32, &str)> = Vec::new();
    for (band, count, text) in figure.counts.iter().filter(|(_, count, _)| *count > 0) {
        let place = |sum: usize| (sum as f64 / total as f64 * f64::from(SIZE.0)) as i32;
        let x0 = place(before).min(SIZE.0 - 40);
        let x1 = place(before.saturating_add(*count)).clamp(x0 + 40, SIZE.0);
        before = before.saturating_add(*count);
        let role = Role::Band(band.map_or("no-data", Band::name));
        // A hair of paper between neighbours.
        layout.strokes.add(role, [(x0 + 10, BANDS.0), (x1 - 10, BANDS.0)]);
        shown.push((x0, x1, text));
    }
    let most = SIZE.0 / i32::try_from(shown.len().max(1)).unwrap_or(1) - 80;
    let texts: Vec<Cow<'_, str>> = shown.iter().map(|&(.., text)| shortened(text, EM, most)).collect();
    let wish = |(&(x0, ..), text): (&(i32, i32, &str), &Cow<'_, str>)| {
        let size = width(text, EM) + 80;
        Wish { at: x0 + size / 2, size }
    };
    let wishes: Vec<Wish> = shown.iter().zip(&texts).map(wish).collect();
    if let Some(centres) = nudged(&wishes, 0, SIZE.0 + 80) {
        for ((text, wish), centre) in texts.into_iter().zip(wishes).zip(centres) {
            let at = ((centre - wish.size / 2).max(0), BANDS.1);
            layout.words.push(Word { class: WordClass::End, at, anchor: Anchor::Start, text });
        }
    }
    layout
}
