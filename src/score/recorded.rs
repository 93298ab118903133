//! Starts that a lock recorded: what today's exports say of the same days.
//!
//! In: a start with its day and the day of locking. Out: the values that the rows of those days come to today. Rows that
//! came later don't count; what they may have been then can't be told, and then there is no answer.

use super::Policy;
use super::baseline::since_last;
use super::book::{Book, Moment, Source};
use super::evidence::Evidence;
use super::flow::{self, Length};
use crate::model::calendar::{Day, Quarter, Window};
use crate::model::grain::Grain;
use crate::model::ids::Slug;
use crate::model::ledger::Start;
use crate::model::metric::Aggregate;
use crate::model::plan::Plan;
use crate::model::quantity::Number;
use crate::model::scorecard::Aims;
use std::collections::BTreeMap;

/// Returns what today's exports may say of the days that a lock's start rests on, in the metric's unit, the likeliest first:
/// several where it isn't known how many days a count covered then, none where no row is left; nothing where it can't be
/// told.
#[must_use]
pub fn recorded<E: Evidence>(
    plan: &Plan,
    histories: &BTreeMap<Slug, E>,
    quarter: Quarter,
    metric: &Slug,
    (start, locked_on): (&Start, Day),
) -> Option<Vec<Number>> {
    let book = Book { plan, histories, policy: &Policy::default(), aims: &Aims::new() };
    let source = book.source(Some(metric)).ok()?;
    let grain = source.evidence.grain();
    let last = kept_on(source.evidence, start.on);
    // A period that ran on the day of locking had other rows then.
    let was_over = grain.window(last).end <= locked_on;
    let reaches_back = source.evidence.first_day().is_some_and(|first| first <= last);
    if !was_over || !reaches_back {
        return None;
    }
    let moment = Moment::new(quarter, locked_on);
    let end = last.plus(1);
    if last >= quarter.window.start {
        return Some(value(&source, Window { start: last, end }).into_iter().collect());
    }
    if source.evidence.aggregate() == Aggregate::Last {
        return Some(value(&source, Window { start: since_last(&source, end), end }).into_iter().collect());
    }
    if let Some(days) = source.metric.window_days {
        // A trailing window ends where the quarter begins; that it covers more days today is no change of the past.
        let window = Window { start: quarter.window.start.plus(-days.max(1)), end: quarter.window.start };
        let measured = source.evidence.measure(window);
        let has_grown = measured.as_ref().is_some_and(|measured| measured.last > last);
        let ends = settling(grain, last, locked_on).map(|day| day.plus(1));
        let values = ends.filter_map(|end| value(&source, Window { start: window.start, end }));
        return (!has_grown).then(|| measured.iter().map(|measured| measured.value).chain(values).collect());
    }
    // Locks of before count as many days as the quarter has, and not the whole quarter before it.
    let as_long = Window { start: quarter.window.start.plus(-quarter.window.days()), end: quarter.window.start };
    let windows = [flow::window_before(&moment), as_long];
    if begins_late(source.evidence, windows[0].start) {
        return None;
    }
    let months = quarter.months();
    let of_window = |window| over_days(&source, start, (window, last, months), settling(grain, last, locked_on));
    let numbers: Vec<Vec<Number>> = windows.into_iter().filter_map(of_window).collect();
    (!numbers.is_empty()).then(|| numbers.concat())
}

/// Returns what a count or a mean over a window comes to, up to a last day and to those before it.
fn over_days(
    source: &Source<'_>,
    start: &Start,
    (window, last, months): (Window, Day, Option<u8>),
    settling: impl Iterator<Item = Day>,
) -> Option<Vec<Number>> {
    let until = |day: Day| value(source, Window { start: window.start, end: day.plus(1) });
    let settling = settling.filter_map(until);
    let value = until(last)?;
    if !source.is_flow() {
        return Some([value].into_iter().chain(settling).collect());
    }
    let first = source.evidence.first_day()?.max(window.start);
    let per = source.per(start.value.per.as_ref());
    let rate =
        |value: Number, covered: i32| flow::rate(value, covered, per, Length { days: window.days(), months }).value();
    let covered = last.plus(1).since(first)..=window.end.since(first);
    let rates = covered.rev().filter_map(|covered| rate(value, covered));
    let fewer = settling.filter_map(|value| rate(value, window.end.since(first)));
    Some(rates.chain(fewer).collect())
}

/// Returns the days before a last one whose rows may still have been coming in when something was recorded: an incident is
/// given its severity after two days, and a ticket of Friday is entered on Tuesday.
pub fn settling(grain: Grain, last: Day, recorded_on: Day) -> impl Iterator<Item = Day> {
    let days = if grain == Grain::Day { SETTLES } else { 0 };
    (1..=days).map(move |back| last.plus(-back)).take_while(move |day| recorded_on.since(*day) <= SETTLES + 1)
}

/// Days after which an export's rows don't change any more without being restated.
pub const SETTLES: i32 = 14;

/// Says whether exports begin later than a day by more than they were ever silent: what they held before is gone.
#[must_use]
pub fn begins_late(evidence: &dyn Evidence, start: Day) -> bool {
    let Some(first) = evidence.first_day().filter(|first| *first > start) else { return false };
    let points = evidence.points(Window { start: first, end: Day::MAX });
    let gap = points.windows(2).map(|pair| pair[1].day.since(pair[0].day)).max().unwrap_or(0);
    let grain = evidence.grain();
    grain.window(first).start.since(start) > gap.max(grain.days())
}

/// Returns the day on which the row that speaks of a day is kept, where rows speak of periods.
#[must_use]
pub fn kept_on(evidence: &dyn Evidence, day: Day) -> Day {
    let grain = evidence.grain();
    match grain {
        Grain::Day => day,
        Grain::Week => {
            let near = evidence.points(Window { start: day.plus(-6), end: day.plus(7) });
            near.iter().map(|point| point.day).find(|kept| grain.window(*kept).contains(day)).unwrap_or(day)
        }
        Grain::Month | Grain::Quarter | Grain::Year => grain.last(grain.first(day)),
    }
}

fn value(source: &Source<'_>, window: Window) -> Option<Number> {
    source.evidence.measure(window).map(|measured| measured.value)
}
