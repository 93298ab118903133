//! Axes: round values at the left, dates below, names of quarters and today above.
//!
//! A scene and its plot go in; rules and words are added to the layout. Words that would collide are moved or left
//! out, never printed over each other.

use super::figure::Months;
use std::borrow::Cow;

use super::drawing::{Anchor, EM, LINE, Layout, Word, WordClass, boxed};
use super::labels::{Extent, fitted, shortened, width};
use super::scene::{Plot, Scene};
use super::strokes::Role;
use super::ticks::{DateStep, Domain, Step};
use crate::model::calendar::Day;

/// The middle of the row above the plot.
const ROW_ABOVE: i32 = 125;
/// How far the middle of the row of dates lies below the plot.
const ROW_BELOW: i32 = 232;
/// The air between a word and what it stands at.
const AIR: i32 = 60;
/// The room for words at the left that most have.
pub(super) const USUAL_TICK: i32 = 480;
/// The widest words at the left.
const WIDEST_TICK: i32 = 1_250;
/// A few dates are enough.
const MOST_DATES: i32 = 5;
/// Where more quarters than this are shown, only those that begin a year have a rule.
const MOST_RULES: usize = 12;
/// More quarters than this are not looked at.
const MOST_QUARTERS: usize = 400;

/// Returns round values with their words; where words would repeat, there are fewer of them.
pub(super) fn value_ticks(domain: Domain, label: &dyn Fn(f64) -> String) -> Vec<(f64, String)> {
    let mut step = Step::fitting(domain, 5);
    loop {
        let ticks = step.ticks(domain);
        let labelled: Vec<(f64, String)> = ticks.into_iter().map(|value| (value, label(value))).collect();
        if labelled.len() < 2 || labelled.windows(2).all(|pair| pair[0].1 != pair[1].1) {
            return labelled;
        }
        step = step.wider();
    }
}

/// Returns the room that the words of the ticks need at the left.
///
/// What fits into a usual room gets it, so that charts below each other have one axis.
pub(super) fn left_margin(ticks: &[(f64, String)], usual: i32) -> i32 {
    let widest = ticks.iter().map(|(_, text)| width(text, EM)).max().unwrap_or(0);
    widest.clamp(usual, WIDEST_TICK) + AIR + 20
}

/// Adds the axes.
pub(super) fn add<'a>(layout: &mut Layout<'a>, scene: &Scene<'a>, plot: &Plot, ticks: Vec<(f64, String)>) {
    add_values(layout, plot, ticks);
    add_dates(layout, scene, plot);
    add_row_above(layout, scene, plot);
}

pub(super) fn add_values(layout: &mut Layout<'_>, plot: &Plot, ticks: Vec<(f64, String)>) {
    let frame = plot.frame;
    for (value, text) in ticks {
        let y = plot.plane.y(value);
        layout.strokes.add(Role::Grid, [(frame.x0, y), (frame.x1, y)]);
        let text = fitted(Cow::Owned(text), EM, WIDEST_TICK);
        layout.words.push(Word { class: WordClass::Value, at: (frame.x0 - AIR, y), anchor: Anchor::End, text });
    }
}

pub(super) fn add_dates<'a>(layout: &mut Layout<'a>, scene: &Scene<'a>, plot: &Plot) {
    let frame = plot.frame;
    let first_month = scene.quarters.first().map_or(1, |(day, _)| day.ymd().1);
    let days = scene.main_days();
    let across = frame.x1 - plot.plane.x(days.start);
    let step = DateStep::fitting(days.days(), (across / if scene.is_narrow() { 560 } else { 850 }).min(MOST_DATES));
    let ticks = step.ticks(days, first_month);
    layout.strokes.add(Role::Axis, [(frame.x0, frame.y1), (frame.x1, frame.y1)]);
    for x in ticks.iter().map(|&day| plot.plane.x(day)) {
        layout.strokes.add(Role::Axis, [(x, frame.y1), (x, frame.y1 + AIR)]);
    }

    let mut free_from = 0;
    for DateWord { x, room, text } in date_words(step, &ticks, scene, plot) {
        let extent = boxed(x, frame.y1 + ROW_BELOW, width(&text, EM), Anchor::Middle);
        let fits = extent.x1 - extent.x0 <= room && extent.x0 >= free_from && extent.x1 <= scene.size.0;
        if fits {
            free_from = extent.x1 + AIR;
            let at = (x, frame.y1 + ROW_BELOW);
            layout.words.push(Word { class: WordClass::Date, at, anchor: Anchor::Middle, text });
        }
    }
}

/// A date below the plot.
struct DateWord<'a> {
    /// Its middle.
    x: i32,
    /// The widest that it may be.
    room: i32,
    text: Cow<'a, str>,
}

/// Returns the dates. The names of single months and years stand in the middle of their days, others at their tick.
fn date_words<'a>(step: DateStep, ticks: &[Day], scene: &Scene<'a>, plot: &Plot) -> Vec<DateWord<'a>> {
    if !matches!(step, DateStep::Months(1) | DateStep::Years(1)) {
        let mut before = None;
        let word = |&day: &Day| DateWord {
            x: plot.plane.x(day),
            room: scene.size.0,
            text: date_text(step, day, before.replace(day), scene.months),
        };
        return ticks.iter().map(word).collect();
    }
    let days = scene.main_days();
    let mut edges = vec![days.start];
    edges.extend(ticks.iter().filter(|&&day| days.start < day && day < days.end));
    edges.push(days.end);
    let mut before = None;
    let word = |pair: &[Day]| {
        let (x0, x1) = (plot.plane.x(pair[0]), plot.plane.x(pair[1]));
        let text = date_text(step, pair[0], before.replace(pair[0]), scene.months);
        DateWord { x: (x0 + x1) / 2, room: x1 - x0, text }
    };
    edges.windows(2).map(word).collect()
}

fn date_text(step: DateStep, day: Day, before: Option<Day>, months: &Months) -> Cow<'_, str> {
    let (year, month, date) = day.ymd();
    let is_new_year = before.is_some_and(|before| before.ymd().0 != year);
    match step {
        DateStep::Days(_) => Cow::Owned(format!("{date} {}", months.name(day))),
        DateStep::Months(1) if !is_new_year => Cow::Borrowed(months.name(day)),
        DateStep::Months(_) if month == 1 => Cow::Owned(year.to_string()),
        DateStep::Months(_) if is_new_year => Cow::Owned(format!("{} {year}", months.name(day))),
        DateStep::Months(_) => Cow::Borrowed(months.name(day)),
        DateStep::Years(_) => Cow::Owned(year.to_string()),
    }
}

/// Adds today and the quarters: rules through the plot, names above it. Today's word comes first.
pub(super) fn add_row_above<'a>(layout: &mut Layout<'a>, scene: &Scene<'a>, plot: &Plot) {
    let frame = plot.frame;
    let mut taken: Vec<Extent> = Vec::new();
    let bounds = Extent { x0: frame.x0, y0: ROW_ABOVE - LINE / 2, x1: scene.size.0, y1: ROW_ABOVE + LINE / 2 };
    let mut today_word = None;
    if let Some((day, text)) = scene.today {
        let x = plot.plane.x(*day);
        layout.strokes.add(Role::Today, [(x, frame.y0 - 30), (x, frame.y1)]);
        let (left, right) = ((x + AIR / 2, Anchor::End), (x - AIR / 2, Anchor::Start));
        let is_pushed =
            name_before(scene, plot, *day).is_some_and(|end| end > x - width(text, EM) / 2 && end <= right.0);
        let wishes = if is_pushed { [right, (x, Anchor::Middle), left] } else { [(x, Anchor::Middle), left, right] };
        today_word = word_in_row(WordClass::Today, text, &wishes, bounds, &taken);
        taken.extend(today_word.as_ref().map(Word::extent));
    }
    for day in rules(scene) {
        let x = plot.plane.x(day);
        layout.strokes.add(Role::Quarter, [(x, frame.y0 - 165), (x, frame.y1)]);
    }
    for (at, (day, name)) in scene.quarters.iter().enumerate().take(MOST_QUARTERS) {
        let next = scene.quarters.get(at + 1).map_or(scene.days.end, |(next, _)| *next).min(scene.days.end);
        let from = (*day).max(scene.days.start);
        if from >= next {
            continue;
        }
        let (x0, x1) = (plot.plane.x(from), plot.plane.x(next));
        let inset = if scene.days.start < *day { AIR } else { 0 };
        let wishes = [(x0 + inset, Anchor::Start), (x1 - AIR, Anchor::End), ((x0 + x1) / 2, Anchor::Middle)];
        // Nothing follows the last name, so it may stand over the words at the lines' ends.
        let is_last = next == scene.days.end;
        let room = Extent { x0, x1: if is_last { bounds.x1 } else { x1 - AIR / 2 }, ..bounds };
        if let Some(word) = word_in_row(WordClass::Quarter, name, &wishes, room, &taken) {
            taken.push(word.extent());
            layout.words.push(word);
        }
    }
    layout.words.extend(today_word);
}

/// Returns the days at which quarters begin and have a rule: where they are many, those that begin a year.
pub(super) fn rules(scene: &Scene<'_>) -> Vec<Day> {
    let shown = |(day, _): &&(Day, String)| scene.days.start < *day && *day < scene.days.end;
    let days = || scene.quarters.iter().take(MOST_QUARTERS).filter(shown).map(|(day, _)| *day);
    let first_month = scene.quarters.first().map(|(day, _)| day.ymd().1);
    let is_dense = scene.quarters.iter().filter(shown).count() > MOST_RULES;
    days().filter(|day| !is_dense || Some(day.ymd().1) == first_month).collect()
}

/// Returns where the name of the quarter that a day is in ends, if it stands at its rule; today's word makes way for it.
fn name_before(scene: &Scene<'_>, plot: &Plot, day: Day) -> Option<i32> {
    let (start, name) = scene.quarters.iter().take(MOST_QUARTERS).rfind(|(start, _)| *start <= day)?;
    (scene.days.start < *start).then(|| plot.plane.x(*start) + 2 * AIR + width(name, EM))
}

fn word_in_row<'a>(
    class: WordClass,
    text: &'a str,
    wishes: &[(i32, Anchor); 3],
    bounds: Extent,
    taken: &[Extent],
) -> Option<Word<'a>> {
    let text = shortened(text, EM, 1_500);
    let size = width(&text, EM);
    let spaced = |extent: &Extent| Extent { x0: extent.x0 - AIR, x1: extent.x1 + AIR, ..*extent };
    let fits = |&&(x, anchor): &&(i32, Anchor)| {
        let extent = boxed(x, ROW_ABOVE, size, anchor);
        extent.is_inside(bounds) && !taken.iter().any(|other| extent.overlaps(spaced(other)))
    };
    let &(x, anchor) = wishes.iter().find(fits)?;
    Some(Word { class, at: (x, ROW_ABOVE), anchor, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::figure::TrendFigure;
    use crate::chart::layout::layout;
    use crate::chart::trend_scene;
    use crate::model::calendar::Window;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a valid day")
    }

    /// Returns the words of a class in an empty chart of the days, with the given quarters and today.
    fn words(class: WordClass, days: (&str, &str), quarters: &[(&str, &str)], today: Option<&str>) -> Vec<String> {
        let window = Window { start: day(days.0), end: day(days.1) };
        let mut figure = TrendFigure::new("x".to_owned(), "x".to_owned(), window);
        figure.quarters = quarters.iter().map(|&(start, name)| (day(start), name.to_owned())).collect();
        figure.today = today.map(|text| (day(text), "today".to_owned()));
        let layout = layout(trend_scene(&figure), &|value| value.to_string());
        layout.words.into_iter().filter(|word| word.class == class).map(|word| word.text.into_owned()).collect()
    }

    #[test]
    fn ticks_whose_words_would_repeat_are_left_out() {
        let domain = Domain { low: 0.0, high: 1.0 };
        let texts = |label: &dyn Fn(f64) -> String| {
            value_ticks(domain, label).into_iter().map(|(_, text)| text).collect::<Vec<_>>()
        };
        assert_eq!(texts(&|value| value.to_string()), ["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        assert_eq!(texts(&|value| value.round().to_string()), ["0", "1"]);
        assert_eq!(texts(&|_| "many".to_owned()), ["many"]);
    }

    #[test]
    fn dates_say_as_much_as_the_days_shown_need() {
        let dates = |start, end| words(WordClass::Date, (start, end), &[], None);
        assert_eq!(dates("2026-07-01", "2026-10-01"), ["Jul", "Aug", "Sep"]);
        assert_eq!(dates("2026-11-01", "2027-02-01"), ["Nov", "Dec", "2027"]);
        assert_eq!(dates("2026-01-01", "2027-01-01"), ["2026", "Apr", "Jul", "Oct", "2027"]);
        assert_eq!(dates("2026-07-01", "2026-07-20"), ["6 Jul", "13 Jul", "20 Jul"]);
        assert_eq!(dates("2024-03-01", "2027-03-01"), ["2024", "2025", "2026"], "two months are too narrow for a year");
    }

    #[test]
    fn months_of_a_fiscal_year_say_their_year_when_it_turns() {
        let quarters = [("2026-05-01", "Q2"), ("2026-08-01", "Q3"), ("2026-11-01", "Q4"), ("2027-02-01", "Q1")];
        let dates = words(WordClass::Date, ("2026-05-01", "2027-05-01"), &quarters, None);
        assert_eq!(dates, ["May", "Aug", "Nov", "Feb 2027", "May"]);
    }

    #[test]
    fn a_quarters_name_makes_way_for_today() {
        let days = ("2026-07-01", "2026-10-01");
        for today in ["2026-07-01", "2026-07-10", "2026-08-15", "2026-09-25", "2026-10-01"] {
            let names = words(WordClass::Quarter, days, &[("2026-07-01", "2026-Q3")], Some(today));
            assert_eq!(names, ["2026-Q3"], "{today}");
        }
        let both = ("2026-04-01", "2027-01-01");
        for today in ["2026-11-18", "2026-11-22", "2026-11-26", "2026-12-10", "2026-12-31"] {
            let names = words(WordClass::Quarter, both, &[("2026-10-01", "2026-Q4")], Some(today));
            assert_eq!(names, ["2026-Q4"], "{today}");
        }
        let begun = [("2026-07-01", "2026-Q3"), ("2026-10-01", "2026-Q4")];
        let names = words(WordClass::Quarter, ("2025-10-01", "2026-11-28"), &begun, None);
        assert_eq!(names, ["2026-Q3", "2026-Q4"], "the last may stand beyond its days");
        let narrow = [("2026-07-01", "2026-Q3"), ("2026-07-08", "2026-Q4")];
        let names = words(WordClass::Quarter, days, &narrow, Some("2026-07-03"));
        assert_eq!(names, ["2026-Q4"], "a week has no room for a name");
    }
}
