//! A chart in words, for those who don't see it.
//!
//! A figure goes in, one paragraph of plain English comes out, with every fact that the drawing shows: what is
//! measured, where it started, the goal, the latest value, pace, projection, limits and gaps.

use std::fmt::{self, Write as _};

use super::figure::{HistoryFigure, Side, TrendFigure};
use super::series::Segment;
use crate::model::calendar::Day;

/// Room for a usual description.
const USUAL: usize = 480;
/// The longest gaps are told one by one, up to this many.
const GAPS_TOLD: usize = 3;

/// Returns the words for a trend chart; `value` and `date` are the page's own formatters.
#[must_use]
pub fn describe(figure: &TrendFigure, value: &dyn Fn(f64) -> String, date: &dyn Fn(Day) -> String) -> String {
    let last_day = figure.domain_days.end.plus(-1).max(figure.domain_days.start);
    let mut text = String::with_capacity(USUAL);
    let mut say = |sentence: fmt::Arguments<'_>| {
        // Text takes whatever is written to it.
        let _ = text.write_fmt(sentence);
    };
    say(format_args!("Line chart from {} to {}.", date(figure.domain_days.start), date(last_day)));
    if let Some(baseline) = &figure.baseline {
        say(format_args!(" Baseline: {}.", baseline.label));
    }
    match (&figure.target, &figure.moved) {
        (Some(target), Some(moved)) => {
            say(format_args!(" Target: {}, until {} {}.", target.label, date(moved.day), moved.was.label));
        }
        (Some(target), None) => say(format_args!(" Target: {}.", target.label)),
        (None, Some(moved)) => say(format_args!(" Target until {}: {}.", date(moved.day), moved.was.label)),
        (None, None) => {}
    }
    for level in &figure.levels {
        say(format_args!(" Level: {}.", level.label));
    }
    for bound in &figure.bounds {
        let side = if bound.forbidden == Side::Above { "above" } else { "below" };
        say(format_args!(" Limit: {}; values {side} it break it.", bound.line.label));
    }
    say(format_args!(" {}", latest(&figure.actual, value, date)));
    if let (Some(pace), Some(by)) = (&figure.pace, figure.expected_by)
        && let Some(expected) = at_day(&pace.points, by)
    {
        say(format_args!(" Expected by {}: {}.", date(by), value(expected)));
    }
    if let Some(&(day, projected)) = figure.projection.as_ref().and_then(|trail| trail.points.last()) {
        say(format_args!(" Projected for {}: {}", date(day), value(projected)));
        match figure.fan {
            Some((low, high)) => say(format_args!("; half of its slopes lead to {} to {}.", value(low), value(high))),
            None => say(format_args!(".")),
        }
    }
    if let Some(stale) = &figure.stale_label {
        say(format_args!(" The data has stopped: {stale}."));
    }
    if let Some(gaps) = gaps(&figure.actual, date).filter(|_| !figure.adds_up) {
        say(format_args!(" {gaps}"));
    }
    if figure.has_days {
        say(format_args!(" Single days and earlier quarters are shown in grey."));
    } else if !figure.earlier.is_empty() {
        say(format_args!(" Earlier quarters are shown in grey."));
    }
    text
}

/// Returns the words for a history chart; `value` and `date` are the page's own formatters.
#[must_use]
pub fn describe_history(figure: &HistoryFigure, value: &dyn Fn(f64) -> String, date: &dyn Fn(Day) -> String) -> String {
    let last_day = figure.days.end.plus(-1).max(figure.days.start);
    let mut text = format!("Line chart from {} to {}.", date(figure.days.start), date(last_day));
    for (window, goal) in &figure.goals {
        text.push_str(&format!(" Target from {}: {}.", date(window.start), goal.label));
    }
    text.push(' ');
    text.push_str(&latest(&figure.values, value, date));
    if let Some(stale) = &figure.stale_label {
        text.push_str(&format!(" The data has stopped: {stale}."));
    }
    if let Some(gaps) = gaps(&figure.values, date) {
        text.push(' ');
        text.push_str(&gaps);
    }
    if !figure.single_days.is_empty() {
        text.push_str(" Single days are shown in grey.");
    }
    text
}

fn latest(segments: &[Segment], value: &dyn Fn(f64) -> String, date: &dyn Fn(Day) -> String) -> String {
    let mut points = segments.iter().flat_map(|segment| &segment.points);
    let Some(&(first_day, first)) = points.next() else { return "There is no data.".to_owned() };
    let &(last_day, last) = points.next_back().unwrap_or(&(first_day, first));
    let count: usize = segments.iter().map(|segment| segment.points.len()).sum();
    if count == 1 {
        return format!("One value: {} on {}.", value(last), date(last_day));
    }
    let (mut low, mut high) = (first, first);
    for segment in segments {
        for &(_, value) in &segment.points {
            low = low.min(value);
            high = high.max(value);
        }
    }
    let [first, last, low, high] = [first, last, low, high].map(value);
    let begins = [&count.to_string(), " values: ", &first, " on ", &date(first_day)].concat();
    [&begins, ", latest ", &last, " on ", &date(last_day), "; lowest ", &low, ", highest ", &high, "."].concat()
}

fn gaps(segments: &[Segment], date: &dyn Fn(Day) -> String) -> Option<String> {
    let mut gaps: Vec<(Day, Day)> =
        segments.windows(2).filter_map(|pair| Some((pair[0].points.last()?.0, pair[1].points.first()?.0))).collect();
    let count = gaps.len();
    if count == 0 {
        return None;
    }
    gaps.sort_by_key(|&(from, to)| (std::cmp::Reverse(to.since(from)), from));
    gaps.truncate(GAPS_TOLD);
    gaps.sort();
    let told: Vec<String> = gaps.iter().map(|&(from, to)| format!("{} to {}", date(from), date(to))).collect();
    let lead = match count {
        1 => "One gap without data".to_owned(),
        _ if count <= GAPS_TOLD => format!("{count} gaps without data"),
        _ => format!("{count} gaps without data, the longest"),
    };
    Some(format!("{lead}: {}.", told.join(", ")))
}

/// Returns a trail's value on a day: on the straight line between its points.
fn at_day(points: &[(Day, f64)], day: Day) -> Option<f64> {
    let after = points.iter().position(|&(other, _)| other >= day)?;
    let (to_day, to) = points[after];
    if to_day == day || after == 0 {
        return (to_day == day).then_some(to);
    }
    let (from_day, from) = points[after - 1];
    let part = f64::from(day.since(from_day)) / f64::from(to_day.since(from_day));
    Some(from + (to - from) * part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::figure::{Bound, Line, Moved, Trail};
    use crate::chart::series::segments;
    use crate::model::calendar::Window;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a valid day")
    }

    fn figure() -> TrendFigure {
        let window = Window { start: day("2026-07-01"), end: day("2026-10-01") };
        TrendFigure::new("x".to_owned(), "P1 incidents".to_owned(), window)
    }

    fn words(figure: &TrendFigure) -> String {
        describe(figure, &|value| format!("{value}"), &|day| day.to_string())
    }

    #[test]
    fn a_figure_without_data_says_so() {
        assert_eq!(words(&figure()), "Line chart from 2026-07-01 to 2026-09-30. There is no data.");
    }

    #[test]
    fn all_that_is_drawn_is_said() {
        let line = |value: f64, label: &str| Line { value, label: label.to_owned() };
        let mut full = figure();
        let days = [0, 1, 2, 3, 20, 21];
        full.actual = segments(&days.map(|n| (day("2026-07-01").plus(n), 8.0 - f64::from(n) / 7.0)));
        full.baseline = Some(line(8.0, "from 8"));
        full.target = Some(line(2.0, "goal 2"));
        full.levels = vec![line(4.0, "commit 4"), line(1.5, "stretch 1.5")];
        full.moved = Some(Moved { day: day("2026-08-01"), was: line(1.0, "goal was 1") });
        full.bounds = vec![Bound { line: line(9.0, "at most 9"), forbidden: Side::Above }];
        full.pace =
            Some(Trail { points: vec![(day("2026-07-01"), 8.0), (day("2026-10-01"), 2.0)], label: "expected".into() });
        full.projection = Some(Trail { points: vec![(day("2026-10-01"), 2.5)], label: "projected".into() });
        full.today = Some((day("2026-08-20"), "today".to_owned()));
        full.expected_by = Some(day("2026-08-16"));
        full.stale_label = Some("last data 22 Jul".to_owned());
        assert_eq!(
            words(&full),
            "Line chart from 2026-07-01 to 2026-09-30. Baseline: from 8. \
             Target: goal 2, until 2026-08-01 goal was 1. Level: commit 4. Level: stretch 1.5. Limit: at most 9; values above it break it. \
             6 values: 8 on 2026-07-01, latest 5 on 2026-07-22; lowest 5, highest 8. \
             Expected by 2026-08-16: 5. Projected for 2026-10-01: 2.5. The data has stopped: last data 22 Jul. \
             One gap without data: 2026-07-04 to 2026-07-21."
        );
    }

    #[test]
    fn of_many_gaps_the_longest_are_told() {
        let mut gappy = figure();
        let mut at = 0;
        let points: Vec<(Day, f64)> = (0..60)
            .map(|n| {
                at += if n % 10 == 9 { n } else { 1 };
                (Day::from_number(at), 1.0)
            })
            .collect();
        gappy.actual = segments(&points);
        let text = words(&gappy);
        assert!(text.contains("6 gaps without data, the longest: "), "{text}");
        assert_eq!(text.matches("1970-").count(), 8, "two ends of three gaps, first and latest day: {text}");
    }
}
