//! One metric's values over another's.
//!
//! In: two histories. Out: the ratio of their values for any window, and the stretches of days for which it has a meaning.

use super::calendar::{Day, Window};
use super::grain::Grain;
use super::history::History;
use super::measurement::{Measurement, Receipt, TooLarge};
use super::metric::Aggregate;
use super::quantity::Number;

/// The ratio of two histories.
#[derive(Debug)]
pub(super) struct RatioData {
    of: History,
    to: History,
    factor: Number,
}

impl RatioData {
    /// Returns the ratio of two histories, times a factor.
    pub(super) const fn new(of: History, to: History, factor: Number) -> Self {
        Self { of, to, factor }
    }

    /// Returns what is asked of both.
    pub(super) fn both<T>(&self, ask: impl Fn(&History) -> T) -> [T; 2] {
        [ask(&self.of), ask(&self.to)]
    }

    /// Returns the day up to which both speak.
    pub(super) fn heartbeat(&self) -> Option<Day> {
        Some(self.of.heartbeat()?.min(self.to.heartbeat()?))
    }

    /// Returns the first day from which on both have data.
    pub(super) fn first_day(&self) -> Option<Day> {
        Some(self.of.first_day()?.max(self.to.first_day()?))
    }

    /// Returns the last day up to which both have data.
    pub(super) fn last_day(&self) -> Option<Day> {
        Some(self.of.last_day()?.min(self.to.last_day()?))
    }

    /// Returns the ratio's value for the window, with the evidence of both.
    pub(super) fn measure(&self, window: Window, aggregate: Aggregate) -> Option<Measurement> {
        let (of, to) = (self.of.measure(window)?, self.to.measure(window)?);
        let value = self.divide(of.value, to.value).ok()??;
        let filters = [&of.receipt.filter, &to.receipt.filter];
        let filter = if filters.iter().all(|filter| filter.is_empty()) {
            String::new()
        } else {
            let said = |filter: &str| if filter.is_empty() { "all rows".to_owned() } else { filter.to_owned() };
            format!("{}: {}; {}: {}", self.of.metric(), said(filters[0]), self.to.metric(), said(filters[1]))
        };
        let receipt = Receipt {
            rows: of.receipt.rows + to.receipt.rows,
            left_out: of.receipt.left_out + to.receipt.left_out,
            files: [of.receipt.files, to.receipt.files].concat(),
            aggregate,
            filter: filter.into(),
            window,
        };
        Some(Measurement { value, first: of.first.min(to.first), last: of.last.min(to.last), receipt })
    }

    /// Returns the ratio's value for the window; nothing where one of the two has none, or where the second is 0.
    pub(super) fn value(&self, window: Window) -> Result<Option<Number>, TooLarge> {
        match (self.of.value(window)?, self.to.value(window)?) {
            (Some(of), Some(to)) => self.divide(of, to),
            _ => Ok(None),
        }
    }

    fn divide(&self, of: Number, to: Number) -> Result<Option<Number>, TooLarge> {
        if to.is_zero() {
            return Ok(None);
        }
        let value = of.over(to).and_then(|ratio| ratio.times(self.factor)).map(Number::normal);
        value.map(Some).ok_or(TooLarge)
    }

    /// Returns the stretches for which a ratio has a meaning: the days that both have, or, where one is much
    /// rarer (a monthly bill against daily transactions), the finished stretches between the rarer one's days.
    pub(super) fn spans(&self, window: Window) -> Vec<Window> {
        let days = |history: &History| history.points(window).iter().map(|point| point.day).collect::<Vec<Day>>();
        let (of, to) = (days(&self.of), days(&self.to));
        let by_rarity = [(&self.of, &of), (&self.to, &to)];
        let [(rarer, rare), (other, dense)] =
            if of.len() < to.len() { by_rarity } else { [by_rarity[1], by_rarity[0]] };
        if rare.len() * 2 > dense.len() {
            let both = rare.iter().filter(|day| dense.binary_search(day).is_ok());
            return both.map(|&day| Window { start: day, end: day.plus(1) }).collect();
        }
        // A row of a period says itself which days it speaks of.
        if rarer.grain() != Grain::Day {
            let spans = rare.iter().map(|&day| rarer.grain().window(day));
            let speaks = |span: &Window| other.heartbeat().is_some_and(|heartbeat| heartbeat >= span.end.plus(-1));
            return spans.filter(|span| window.start <= span.start && speaks(span)).collect();
        }
        let mut spans: Vec<Window> = rare.windows(2).map(|pair| Window { start: pair[0], end: pair[1] }).collect();
        // The last stretch is as long as the one before it, and counts once the other metric speaks of its end.
        if let (Some(&start), Some(before)) = (rare.last(), spans.last()) {
            let is_month = before.end == before.start.month_start(1);
            let end = if is_month { start.month_start(1) } else { start.plus(before.days()) };
            if end <= window.end && other.heartbeat().is_some_and(|heartbeat| heartbeat >= end.plus(-1)) {
                spans.push(Window { start, end });
            }
        }
        spans
    }
}
