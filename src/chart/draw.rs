//! From a layout to SVG; the only place that knows plotters.
//!
//! Layouts (marks and words in tenths of a pixel) go in, markup comes out. Days and values become places through
//! plotters' coordinate system. Never a colour: a mark's role is its class, and the style sheet says the rest.

use std::convert::Infallible;

use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::IntoDrawingArea;
use plotters::element::{Drawable, PointCollection};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

use super::drawing::{Anchor, Layout, Told, Word};
use super::labels::Extent;
use super::strokes::{ROLES, Role};
use super::svg::{Markup, Svg};
use super::ticks::Domain;
use crate::model::calendar::{Day, Window};

/// Where days and values lie, in tenths of a pixel.
#[derive(Clone)]
pub(super) struct Plane {
    grid: Cartesian2d<Days, Values>,
    days: Window,
    domain: Domain,
}

impl Plane {
    /// Returns the plane that shows the days and values in the frame.
    pub(super) fn new(days: Window, domain: Domain, frame: Extent) -> Self {
        Self::over(Days { window: days, from: None }, domain, frame)
    }

    /// Returns the same over days of which the first ones may be squeezed.
    pub(super) fn over(days: Days, domain: Domain, frame: Extent) -> Self {
        let window = days.window;
        // Pixels count downward, values upward.
        let grid = Cartesian2d::new(days, Values(domain), (frame.x0..frame.x1, frame.y1..frame.y0));
        Self { grid, days: window, domain }
    }

    /// Returns where a value on a day lies; what is not shown lies on the nearest edge.
    pub(super) fn at(&self, (day, value): (Day, f64)) -> (i32, i32) {
        let day = day.clamp(self.days.start, self.days.end);
        self.grid.translate(&(day, value.clamp(self.domain.low, self.domain.high)))
    }

    /// Returns where a day lies from left to right.
    pub(super) fn x(&self, day: Day) -> i32 {
        self.at((day, self.domain.low)).0
    }

    /// Returns where a value lies from top to bottom.
    pub(super) fn y(&self, value: f64) -> i32 {
        self.at((self.days.start, value)).1
    }
}

/// How many times as narrow as the axis squeezed days are, all together.
const SQUEEZED: i64 = 4;

/// The days of an axis, from the first moment of its first day to the first moment behind its last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    /// The days.
    pub(super) window: Window,
    /// The day before which all others share a quarter of the axis.
    pub(super) from: Option<Day>,
}

impl Days {
    /// Returns how far along an axis of a width a day lies.
    pub(super) fn along(&self, day: Day, width: i64) -> i64 {
        let part = |days: Window, width: i64| i64::from(day.since(days.start)) * width / i64::from(days.days().max(1));
        let Some(from) = self.from else { return part(self.window, width) };
        let narrow = width / SQUEEZED;
        if day < from {
            part(Window { end: from, ..self.window }, narrow)
        } else {
            narrow + part(Window { start: from, ..self.window }, width - narrow)
        }
    }
}

impl Ranged for Days {
    type FormatOption = NoDefaultFormatting;
    type ValueType = Day;

    fn map(&self, day: &Day, limit: (i32, i32)) -> i32 {
        limit.0 + i32::try_from(self.along(*day, i64::from(limit.1 - limit.0))).unwrap_or(0)
    }

    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<Day> {
        Vec::new()
    }

    fn range(&self) -> std::ops::Range<Day> {
        self.window.start..self.window.end
    }
}

/// The values of an axis, which lie where plotters' own axis of floats puts them.
#[derive(Clone)]
struct Values(Domain);

impl Ranged for Values {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let Domain { low, high } = self.0;
        let length = limit.1 - limit.0;
        if length >= 0 || low >= high || !(low..=high).contains(value) {
            return RangedCoordf64::from(low..high).map(value, limit);
        }
        // Values go up, places down: what is below zero is rounded up by leaving out its fraction.
        limit.0 + (f64::from(length) * ((*value - low) / (high - low)) - 1e-3) as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<f64> {
        Vec::new()
    }

    fn range(&self) -> std::ops::Range<f64> {
        self.0.low..self.0.high
    }
}

/// Room for a usual line.
const USUAL: usize = 128;

/// Returns the layout as SVG.
pub(super) fn draw(layout: &Layout<'_>) -> Svg {
    // A step takes six bytes, a word sixty with its place; the rest is for the frame and the words of the caption.
    let caption = layout.caption.as_ref().map_or(0, |caption| 500 + caption.description.len());
    let mut markup = Markup::new(6 * layout.strokes.count() + 60 * layout.words.len() + caption + 300);
    open(&mut markup, layout);
    let area = Canvas { markup: &mut markup, size: layout.size, open: None, points: Vec::with_capacity(USUAL) }
        .into_drawing_area();
    for (role, places) in layout.strokes.iter() {
        area.draw(&Line { role, places }).expect("internal: nothing here can fail");
    }
    area.present().expect("internal: nothing here can fail");
    drop(area);
    let mut rest = &layout.words[..];
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|word| word.class == first.class).count();
        words(&mut markup, &rest[..same]);
        rest = &rest[same..];
    }
    markup.raw("</svg>");
    markup.finish()
}

fn open(markup: &mut Markup, layout: &Layout<'_>) {
    markup.raw("<svg class=\"");
    markup.raw(layout.class);
    markup.raw("\" viewBox=\"0 0 ");
    markup.int(layout.size.0);
    markup.next_int(layout.size.1);
    let Some(caption) = &layout.caption else {
        markup.raw("\" aria-hidden=\"true\">");
        return;
    };
    markup.raw("\" role=\"img\" aria-labelledby=\"");
    markup.id(caption.id);
    if caption.told == Told::Elsewhere {
        markup.raw("-t\" aria-describedby=\"");
        markup.id(caption.id);
        markup.raw("-d\">");
        return;
    }
    // The title is the drawing's name and what follows describes it; as parts of the name both would be read twice.
    markup.raw("-t\"><title id=\"");
    markup.id(caption.id);
    markup.raw("-t\">");
    markup.text(caption.title);
    markup.raw("</title><desc");
    if caption.told == Told::ForOthers {
        markup.raw(" id=\"");
        markup.id(caption.id);
        markup.raw("-d\"");
    }
    markup.raw(">");
    markup.text(caption.description);
    markup.raw("</desc>");
}

/// What plotters draws on: markup in which lines that follow each other with one role are one path.
struct Canvas<'a> {
    markup: &'a mut Markup,
    size: (i32, i32),
    open: Option<Role>,
    points: Vec<BackendCoord>,
}

impl Canvas<'_> {
    fn begin(&mut self, role: Role) {
        if self.open == Some(role) {
            return;
        }
        self.end();
        self.markup.raw("<path class=\"");
        self.markup.raw(role.class());
        self.markup.raw("\" d=\"");
        self.open = Some(role);
    }

    fn end(&mut self) {
        if self.open.take().is_some() {
            self.markup.raw("\"/>");
        }
    }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.size.0.unsigned_abs(), self.size.1.unsigned_abs())
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        self.end();
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let role = ROLES[usize::from(style.color().rgb.0)];
        self.begin(role);
        self.points.clear();
        self.points.extend(path);
        polyline(self.markup, &self.points);
        if role.is_area() {
            self.markup.raw("z");
        }
        Ok(())
    }
}

/// A role is plotters' colour: its number in the list of roles.
impl BackendStyle for Role {
    fn color(&self) -> BackendColor {
        let number = ROLES.iter().position(|role| role == self).unwrap_or(0);
        BackendColor { alpha: 1.0, rgb: (u8::try_from(number).unwrap_or(0), 0, 0) }
    }
}

/// A line with a role, borrowed from the layout. Its places are the canvas's own, so plotters has none to map.
struct Line<'a> {
    role: Role,
    places: &'a [BackendCoord],
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Line<'a> {
    type Point = &'a BackendCoord;
    type IntoIter = &'a [BackendCoord];

    fn point_iter(self) -> &'a [BackendCoord] {
        &[]
    }
}

impl<DB: DrawingBackend> Drawable<DB> for Line<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        _: I,
        backend: &mut DB,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
        backend.draw_path(self.places.iter().copied(), &self.role)
    }
}

/// Writes a line as one move and relative steps; a run of level steps becomes one, a lone point the shortest
/// step, since some programs leave out what has no length.
fn polyline(markup: &mut Markup, line: &[(i32, i32)]) {
    let (mut x, mut y) = line[0];
    markup.raw("M");
    markup.int(x);
    markup.next_int(y);
    match line {
        [_] => markup.raw("h1"),
        [_, end] if end.1 == y => {
            markup.raw("h");
            markup.int(end.0 - x);
        }
        [_, end] if end.0 == x => {
            markup.raw("v");
            markup.int(end.1 - y);
        }
        _ => {
            let mut is_first = true;
            for (at, &(next_x, next_y)) in line.iter().enumerate().skip(1) {
                let goes_on = line
                    .get(at + 1)
                    .is_some_and(|after| next_y == y && after.1 == y && (next_x >= x) == (after.0 >= next_x));
                if goes_on {
                    continue;
                }
                markup.step(next_x - x, next_y - y, is_first);
                is_first = false;
                (x, y) = (next_x, next_y);
            }
        }
    }
}

fn words(markup: &mut Markup, words: &[Word<'_>]) {
    let class = words[0].class;
    let is_group = words.len() > 1;
    if is_group {
        markup.raw("<g class=\"");
        markup.raw(class.name());
        markup.raw("\">");
    }
    for word in words {
        markup.raw("<text");
        if !is_group {
            markup.raw(" class=\"");
            markup.raw(class.name());
            markup.raw("\"");
        }
        markup.raw(" x=\"");
        markup.int(word.at.0);
        markup.raw("\" y=\"");
        markup.int(word.at.1);
        markup.raw(match word.anchor {
            anchor if anchor == class.anchor() => "\">",
            Anchor::Start => "\" text-anchor=\"start\">",
            Anchor::Middle => "\" text-anchor=\"middle\">",
            Anchor::End => "\" text-anchor=\"end\">",
        });
        markup.text(&word.text);
        markup.raw("</text>");
    }
    if is_group {
        markup.raw("</g>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::drawing::Caption;
    use crate::chart::strokes::Strokes;

    fn drawn(strokes: Strokes) -> String {
        let layout = Layout { class: "chart", size: (100, 50), caption: None, strokes, words: Vec::new() };
        draw(&layout).as_str().to_owned()
    }

    fn data(lines: &[&[(i32, i32)]]) -> String {
        let mut strokes = Strokes::default();
        lines.iter().for_each(|line| strokes.add(Role::Actual, line.iter().copied()));
        let svg = drawn(strokes);
        let start = svg.find(" d=\"").map_or(0, |at| at + 4);
        svg[start..].split('"').next().unwrap_or_default().to_owned()
    }

    #[test]
    fn lines_are_relative_steps_with_as_few_characters_as_they_need() {
        assert_eq!(data(&[&[(10, 20), (15, 18), (20, 30)]]), "M10 20l5-2 5 12");
        assert_eq!(data(&[&[(0, 0), (5, 5), (9, 5), (12, 5), (20, 5), (21, 6)]]), "M0 0l5 5 15 0 1 1");
        assert_eq!(data(&[&[(10, 20), (90, 20)]]), "M10 20h80");
        assert_eq!(data(&[&[(10, 20), (10, 5)]]), "M10 20v-15");
        assert_eq!(data(&[&[(10, 20)]]), "M10 20h1");
        assert_eq!(data(&[&[(1, 2), (3, 4)], &[], &[(5, 6)]]), "M1 2l2 2M5 6h1");
    }

    #[test]
    fn lines_without_points_are_not_drawn() {
        let mut strokes = Strokes::default();
        strokes.add(Role::Pace, []);
        assert_eq!(drawn(strokes), drawn(Strokes::default()));
    }

    #[test]
    fn a_chart_names_its_title_and_description() {
        let caption = Some(Caption { id: "a b", title: "P1 < P2", description: "d", told: Told::Here });
        let strokes = Strokes::default();
        let layout = Layout { class: "chart", size: (1, 2), caption, strokes, words: Vec::new() };
        assert_eq!(
            draw(&layout).as_str(),
            "<svg class=\"chart\" viewBox=\"0 0 1 2\" role=\"img\" aria-labelledby=\"a-b-t\">\
             <title id=\"a-b-t\">P1 &lt; P2</title><desc>d</desc></svg>"
        );
    }

    #[test]
    fn days_and_values_fill_the_frame_and_never_leave_it() {
        let days = Window { start: Day::from_number(100), end: Day::from_number(200) };
        let frame = Extent { x0: 10, y0: 20, x1: 1010, y1: 520 };
        let plane = Plane::new(days, Domain { low: -5.0, high: 5.0 }, frame);
        assert_eq!(plane.at((Day::from_number(100), -5.0)), (10, 520));
        assert_eq!(plane.at((Day::from_number(200), 5.0)), (1010, 20));
        assert_eq!(plane.at((Day::from_number(150), 0.0)), (510, 270));
        assert_eq!(plane.at((Day::MIN, 1e30)), (10, 20));
        assert_eq!(plane.at((Day::MAX, -1e30)), (1010, 520));
    }

    #[test]
    fn days_before_the_cycle_share_a_quarter_of_the_axis() {
        let window = Window { start: Day::from_number(0), end: Day::from_number(200) };
        let days = Days { window, from: Some(Day::from_number(100)) };
        let along = [0, 50, 99, 100, 150, 200].map(|day| days.along(Day::from_number(day), 4000));
        assert_eq!(along, [0, 500, 990, 1000, 2500, 4000]);
    }

    #[test]
    fn values_lie_where_plotters_puts_them() {
        let domains = [(-5.0, 5.0), (0.0, 1.0), (-1e30, 1e30), (3.0, 3.0), (0.1, 0.3), (1e-9, 2e-9), (-7.5, -7.25)];
        for (low, high) in domains {
            let (own, theirs) = (Values(Domain { low, high }), RangedCoordf64::from(low..high));
            for limit in [(520, 20), (2250, 125), (20, 520), (7, 7), (0, -1)] {
                for part in 0..=1000 {
                    let value = low + (high - low) * f64::from(part) / 1000.0;
                    assert_eq!(own.map(&value, limit), theirs.map(&value, limit), "{value} of {low} to {high}");
                }
                assert_eq!(own.map(&f64::NAN, limit), theirs.map(&f64::NAN, limit));
            }
        }
    }
}
