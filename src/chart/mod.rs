//! Charts: figures (what to show, as numbers and finished words) become SVG.
//!
//! First numbers, then markup: a figure is laid out in tenths of a pixel, with every word in a place of its own,
//! and only then drawn. Colours are the style sheet's; a chart says what its parts are, never how they look.
//! Nothing here reads files, knows today's date or computes a score, and no number, however odd, stops it.

mod axes;
pub mod describe;
mod draw;
mod drawing;
mod ends;
pub mod figure;
pub mod labels;
mod layout;
mod matter;
mod scene;
pub mod series;
mod small;
mod strokes;
mod svg;
#[cfg(test)]
mod tests;
pub mod ticks;

use crate::model::calendar::Window;
use crate::model::scorecard::Grade;
use drawing::{Caption, HISTORY, SIZE, TALL, Told};
use figure::{Bound, HistoryFigure, Line, MatterFigure, Sparkline, TrendFigure};
use scene::{Level, Scene};
use strokes::Role;

pub use small::BandCounts;
pub use svg::Svg;

/// Draws a metric over a quarter, against what was committed; `label` formats the values on the axis.
#[must_use]
pub fn trend(figure: &TrendFigure, label: &dyn Fn(f64) -> String) -> Svg {
    draw::draw(&layout::layout(trend_scene(figure), label))
}

/// Draws the same twice: for narrow screens, and behind it for wide ones, which tells both in words.
///
/// The narrow one shows the cycle alone.
#[must_use]
pub fn trend_for_screens(figure: &TrendFigure, label: &dyn Fn(f64) -> String) -> Svg {
    let mut wide = trend_scene(figure);
    wide.caption.told = Told::ForOthers;
    let tall = draw::draw(&layout::layout(tall_scene(figure), label));
    tall.and(&draw::draw(&layout::layout(wide, label)))
}

/// Draws a metric's whole history with the quarters and the goals that were set on it.
#[must_use]
pub fn history(figure: &HistoryFigure, label: &dyn Fn(f64) -> String) -> Svg {
    draw::draw(&layout::layout(history_scene(figure), label))
}

/// Draws how far key results came above what their outcome did; `label` formats the outcome's values.
#[must_use]
pub fn matter(figure: &MatterFigure, label: &dyn Fn(f64) -> String) -> Svg {
    draw::draw(&matter::layout(figure, label))
}

/// Draws a metric as a word-sized line without axes; its value stands as text beside it.
#[must_use]
pub fn sparkline(figure: &Sparkline) -> Svg {
    draw::draw(&small::sparkline(figure))
}

/// Draws a grade as a thin bar; its figure and its band's word stand as text beside it.
#[must_use]
pub fn grade_bar(grade: Grade) -> Svg {
    draw::draw(&small::grade_bar(grade))
}

/// Draws how many key results fell into each band.
#[must_use]
pub fn bands(figure: &BandCounts) -> Svg {
    draw::draw(&small::bands(figure))
}

fn trend_scene<'a>(figure: &'a TrendFigure) -> Scene<'a> {
    let window = figure.window;
    let moved_on = figure.moved.as_ref().map_or(window.start, |moved| moved.day.min(window.end).max(window.start));
    let (before, after) = (Window { end: moved_on, ..window }, Window { start: moved_on, ..window });
    let was = figure.moved.as_ref().map(|moved| &moved.was);
    let levels = [
        (Role::Baseline, window, figure.baseline.as_ref(), true, false),
        (Role::Target, before, was, false, false),
        (Role::Target, after, figure.target.as_ref(), true, was.is_some()),
    ];
    let level = |(role, days, line, is_current, steps): (Role, Window, Option<&'a Line>, bool, bool)| {
        line.map(|line| Level { role, days, value: line.value, label: &line.label, is_current, steps })
    };
    let start = figure.before.map_or(figure.domain_days.start, |before| before.min(figure.domain_days.start));
    let days = Window { start, ..figure.domain_days };
    let limit = |bound: &'a Bound| (Role::Bound, days, Some(&bound.line), true, false);
    let beside = figure.levels.iter().map(|line| (Role::Level, window, Some(line), true, false));
    let pace = figure.pace.iter().map(|trail| (Role::Pace, trail));
    let projection = figure.projection.iter().map(|trail| (Role::Projection, trail));
    Scene {
        caption: Caption::of(&figure.id, &figure.title, &figure.description),
        class: "chart",
        size: SIZE,
        days,
        squeezed: figure.before.map(|_| window.start),
        actual: &figure.actual,
        earlier: &figure.earlier,
        levels: levels.into_iter().chain(figure.bounds.iter().map(limit)).chain(beside).filter_map(level).collect(),
        forbidden: figure.bounds.iter().map(|bound| (bound.line.value, bound.forbidden)).collect(),
        trails: pace.chain(projection).collect(),
        fan: figure.fan.and_then(|(low, high)| {
            let points = &figure.projection.as_ref()?.points;
            let (&start, &(end, _)) = (points.first()?, points.last()?);
            Some([start, (end, low), (end, high)])
        }),
        today: figure.today.as_ref(),
        quarters: &figure.quarters,
        notes: &figure.annotations,
        stale: figure.stale_label.as_deref(),
        months: &figure.months,
    }
}

/// Returns what a drawing for narrow screens shows: the cycle alone.
fn tall_scene(figure: &TrendFigure) -> Scene<'_> {
    let scene = trend_scene(figure);
    let caption = Caption { told: Told::Elsewhere, ..scene.caption };
    Scene { caption, class: "chart tall", size: TALL, days: figure.window, squeezed: None, ..scene }
}

fn history_scene<'a>(figure: &'a HistoryFigure) -> Scene<'a> {
    let newest = figure.goals.len().saturating_sub(1);
    let level = |(at, (days, line)): (usize, &'a (Window, Line))| Level {
        role: Role::Target,
        days: *days,
        value: line.value,
        label: &line.label,
        is_current: at == newest,
        steps: false,
    };
    Scene {
        caption: Caption::of(&figure.id, &figure.title, &figure.description),
        class: "chart history",
        size: HISTORY,
        squeezed: None,
        days: figure.days,
        actual: &figure.values,
        earlier: &figure.single_days,
        levels: figure.goals.iter().enumerate().map(level).collect(),
        forbidden: Vec::new(),
        trails: Vec::new(),
        fan: None,
        today: figure.today.as_ref(),
        quarters: &figure.quarters,
        notes: &figure.annotations,
        stale: figure.stale_label.as_deref(),
        months: &figure.months,
    }
}
