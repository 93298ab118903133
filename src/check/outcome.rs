//! Outcomes: whether the business metric that an objective claims to serve moved its way.
//!
//! In: an objective and the history of its outcome metric. Out: what the metric showed before the quarter and at its
//! end, against how much it usually changes, or why that can't be told. Judges no key result.
//!
//! The value is taken with the metric's own aggregate and window: over the quarter against the quarter before, where
//! the objective states a lag, over the equally long stretch that ends so many days later. Whether it moved is told as it
//! is of a key result, by `score::movement`.

use super::context::ObjectiveAt;
use crate::model::calendar::{Day, Window};
use crate::model::goal::Better;
use crate::model::grain::Grain;
use crate::model::history::{History, Measurement};
use crate::model::metric::Metric;
use crate::model::movement::{Basis, MovementVerdict};
use crate::model::quantity::Number;
use crate::model::scorecard::{Aims, QuarterState};
use crate::score::movement::{self, Asked, Subject};

/// What became of an objective's outcome metric.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The objective states a lag, which lasts until this day.
    NotYetVisible(Day),
    /// There is too little data, or it varies too much, to tell whether it moved.
    TooLittleToTell(TooLittle),
    /// It moved its good way by more than it usually changes.
    Moved(Change),
    /// It did not.
    Still(Change),
}

/// Why nothing can be told of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooLittle {
    /// No value before the quarter or none at its end.
    NoValue,
    /// Too little history to know its usual variation.
    FewWindows,
    /// It usually varies by more than a tenth, so that a change that matters could hide in it.
    Noisy,
}

/// An outcome metric's values around a quarter, in the metric's unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The value before the quarter.
    pub before: Number,
    /// The last day that it rests on.
    pub before_on: Day,
    /// The value at the quarter's end, or a lag later.
    pub after: Number,
    /// The last day that it rests on.
    pub after_on: Day,
    /// By how much it usually changes.
    pub usual: f64,
    /// Whether it went the other way by more than that.
    pub is_worse: bool,
    /// What that was told by.
    pub basis: Basis,
}

/// A usual variation above this share of the value could hide a change that matters.
const NOISY: f64 = 0.1;

/// Returns what became of the objective's outcome metric; nothing before the quarter is over, or where no metric with
/// a good way (`better:`) is named.
#[must_use]
pub fn of(at: &ObjectiveAt<'_>) -> Option<Outcome> {
    let book = at.at.book;
    if matches!(at.at.quarter_score.state, QuarterState::Upcoming | QuarterState::Open) {
        return None;
    }
    let id = &at.objective.outcome_metric.as_ref()?.value;
    let (metric, history) = (book.plan.metrics.get(id)?, book.histories.get(id)?);
    let better = metric.better?;
    let quarter = at.at.quarter.quarter.window;
    let lag = at.objective.outcome_lag.unwrap_or(0).max(0);
    let end = quarter.end.plus(lag);
    if book.scorecard.as_of < end {
        return Some(Outcome::NotYetVisible(end));
    }
    let verdict = judge(&Series { metric, history, aims: &book.scorecard.aims }, better, quarter, end);
    Some(verdict.unwrap_or_else(Outcome::TooLittleToTell))
}

struct Series<'a> {
    metric: &'a Metric,
    history: &'a History,
    aims: &'a Aims,
}

fn judge(series: &Series<'_>, better: Better, quarter: Window, end: Day) -> Result<Outcome, TooLittle> {
    let days = quarter.days();
    let before = series.value(quarter.before());
    let after = series.value(Window { start: end.plus(-days), end });
    let (before, after) = before.zip(after).ok_or(TooLittle::NoValue)?;
    let window = Window { start: end.plus(-days), end };
    let subject = Subject::of(series.metric, series.history, series.aims);
    let asked = Asked::between(subject, better, [quarter.before(), window], days);
    let told = movement::of(&asked).map_err(|_| TooLittle::NoValue)?;
    // A sum or count is told for each day, and shown for the quarter.
    let shown = if series.is_flow() { f64::from(days) } else { 1.0 };
    let change = |is_worse| Change {
        before: before.value,
        before_on: before.last,
        after: after.value,
        after_on: after.last,
        usual: told.usual * shown,
        is_worse,
        basis: told.movement.basis.clone(),
    };
    // What it may have gained within its usual variation must be too little to matter.
    let hidden = told.change.max(0.0) + told.usual;
    match told.movement.verdict {
        MovementVerdict::Moved => Ok(Outcome::Moved(change(false))),
        MovementVerdict::Unknown => Err(TooLittle::FewWindows),
        MovementVerdict::Usual | MovementVerdict::Back if hidden > NOISY * told.level.abs() => Err(TooLittle::Noisy),
        verdict => Ok(Outcome::Still(change(verdict == MovementVerdict::Back))),
    }
}

impl Series<'_> {
    /// Returns the value of a window that the exports cover to its end.
    fn value(&self, window: Window) -> Option<Measurement> {
        let measured = self.history.measure(window)?;
        let begins = self.history.first_day().is_some_and(|first| first <= window.start.plus(EDGE));
        let covered = self.history.heartbeat().is_some_and(|day| day >= window.end.plus(-1));
        let recent = measured.last >= window.end.plus(-RECENT) && measured.first >= window.start.plus(-RECENT);
        let complete = if self.is_flow() { begins && covered } else { recent };
        (complete && !self.awaits_month(measured.last, window.end)).then_some(measured)
    }

    /// Says whether values add up over the quarter.
    fn is_flow(&self) -> bool {
        self.history.aggregate().adds_up(self.metric.window_days)
    }

    /// Says whether rows speak of months or longer, and one is still to come that ends before a window does: what is
    /// published on the 8th isn't there on the 2nd.
    fn awaits_month(&self, last: Day, end: Day) -> bool {
        // Lasts of months are months, too; of firsts nobody knows which month they close.
        let is_last = last.plus(1).ymd().2 == 1;
        let grain = if is_last { self.history.usual_grain() } else { self.history.grain() };
        grain >= Grain::Month && grain.window(last.plus(1)).end <= end
    }
}

/// Days at a window's start that a sum may lack before its first row.
const EDGE: i32 = 3;
/// Days before a window's end in which a value must have been measured.
const RECENT: i32 = 35;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::history::Point;
    use crate::model::ids::Slug;
    use crate::model::metric::{Aggregate, MetricPlace, Query};
    use crate::score::simulated::{Noise, share};

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    /// Judges the second quarter of 2026 by the mean of daily values since `first`; higher is better.
    fn judged(first: &str, mut value: impl FnMut(i32) -> f64) -> Result<Outcome, TooLittle> {
        let (first, quarter) = (day(first), Window { start: day("2026-04-01"), end: day("2026-07-01") });
        let days = 0..quarter.end.since(first);
        let points: Vec<Point> = days
            .map(|number| first.plus(number))
            .map(|day| Point {
                day,
                value: Number::from_float(value(day.since(quarter.start)), 6).expect("a plain number"),
            })
            .collect();
        let id = Slug::new("orders").expect("a slug");
        let metric = metric(&id);
        let history = History::of_points(id, Aggregate::Mean, &points, None);
        judge(&Series { metric: &metric, history: &history, aims: &Aims::new() }, Better::Higher, quarter, quarter.end)
    }

    fn metric(id: &Slug) -> Metric {
        let slug = crate::source::Spanned::new(id.clone(), place());
        let query = Query::RatioOfMetrics { of: slug.clone(), to: slug };
        let bare = Metric::bare(id.clone(), MetricPlace::Defined(place()), query, Aggregate::Mean);
        Metric { better: Some(Better::Higher), ..bare }
    }

    fn place() -> crate::source::Span {
        let mut sources = crate::source::Sources::default();
        crate::source::Span::new(sources.add("metrics.yaml", "orders:"), 0..6)
    }

    #[test]
    fn an_outcome_that_stands_still_is_told_by_its_usual_variation() {
        let told = share(300, |noise| {
            let outcome = judged("2025-10-01", |_| 2.8 * (1.0 + 0.02 * noise.normal()));
            matches!(outcome, Ok(Outcome::Still(_)))
        });
        // What usually varies is estimated from five changes; now and then plain noise exceeds it.
        assert!(told > 0.8, "{told}");
    }

    #[test]
    fn an_outcome_that_moved_by_a_tenth_is_never_said_to_stand_still() {
        for spread in [0.005, 0.02, 0.05, 0.1] {
            let wrong = share(300, |noise| {
                let outcome = judged("2025-10-01", |number| moved(number, spread, noise));
                matches!(outcome, Ok(Outcome::Still(_)))
            });
            assert!(wrong < 0.01, "{spread}: {wrong}");
        }
    }

    /// A value that rises by an eighth when the quarter begins.
    fn moved(number: i32, spread: f64, noise: &mut Noise) -> f64 {
        let level = if number < 0 { 2.8 } else { 2.8 * 1.125 };
        level * (1.0 + spread * noise.normal())
    }

    #[test]
    fn too_few_months_and_too_much_noise_tell_nothing() {
        assert_eq!(judged("2026-01-20", |_| 2.8), Err(TooLittle::FewWindows));
        assert_eq!(judged("2026-05-01", |_| 2.8), Err(TooLittle::NoValue));
        let mut noise = Noise::new(7);
        assert_eq!(judged("2025-10-01", |_| 2.8 + 3.0 * noise.normal()), Err(TooLittle::Noisy));
        assert!(matches!(judged("2025-10-01", |_| 0.0), Ok(Outcome::Still(_))), "nothing varies, nothing hides");
    }
}
