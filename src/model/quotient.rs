//! One metric's values over another's.
//!
//! In: what each of the two metrics' histories says. Out: the ratio of their values with the evidence of both, and the
//! stretches of days for which it has a meaning.

use super::calendar::{Day, Window};
use super::grain::Grain;
use super::ids::Slug;
use super::measurement::{Measurement, Receipt, TooLarge};
use super::metric::Aggregate;
use super::quantity::Number;

/// A metric of the two, with its value for the window.
pub(super) struct Measured<'m> {
    pub(super) metric: &'m Slug,
    pub(super) measurement: Measurement,
}

/// Returns the ratio of two values times a factor; nothing where the second is 0.
pub(super) fn divide(of: Number, to: Number, factor: Number) -> Result<Option<Number>, TooLarge> {
    if to.is_zero() {
        return Ok(None);
    }
    let value = of.over(to).and_then(|ratio| ratio.times(factor)).map(Number::normal);
    value.map(Some).ok_or(TooLarge)
}

/// Returns the ratio of two metrics' values for the window, with the evidence of both.
pub(super) fn measure(
    of: Measured<'_>,
    to: Measured<'_>,
    factor: Number,
    aggregate: Aggregate,
    window: Window,
) -> Option<Measurement> {
    let metrics = [of.metric, to.metric];
    let (of, to) = (of.measurement, to.measurement);
    let value = divide(of.value, to.value, factor).ok()??;
    let filters = [&of.receipt.filter, &to.receipt.filter];
    let filter = if filters.iter().all(|filter| filter.is_empty()) {
        String::new()
    } else {
        let said = |filter: &str| if filter.is_empty() { "all rows".to_owned() } else { filter.to_owned() };
        format!("{}: {}; {}: {}", metrics[0], said(filters[0]), metrics[1], said(filters[1]))
    };
    let receipt = Receipt {
        rows: of.receipt.rows + to.receipt.rows,
        left_out: of.receipt.left_out + to.receipt.left_out,
        files: of.receipt.files.and(&to.receipt.files),
        aggregate,
        filter: filter.into(),
        window,
    };
    Some(Measurement { value, first: of.first.min(to.first), last: of.last.min(to.last), receipt })
}

/// A metric of the two, with its days that have data.
pub(super) struct Known {
    pub(super) days: Vec<Day>,
    /// How long a period one row speaks of.
    pub(super) grain: Grain,
    /// The day up to which it speaks.
    pub(super) heartbeat: Option<Day>,
}

/// Returns the stretches of the window for which a ratio has a meaning: the days that both have, or, where one is much
/// rarer (a monthly bill against daily transactions), the finished stretches between the rarer one's days.
pub(super) fn spans(of: &Known, to: &Known, window: Window) -> Vec<Window> {
    let (rare, dense) = if of.days.len() < to.days.len() { (of, to) } else { (to, of) };
    if rare.days.len() * 2 > dense.days.len() {
        let both = rare.days.iter().filter(|day| dense.days.binary_search(day).is_ok());
        return both.map(|&day| Window { start: day, end: day.plus(1) }).collect();
    }
    // A row of a period says itself which days it speaks of.
    if rare.grain != Grain::Day {
        let spans = rare.days.iter().map(|&day| rare.grain.window(day));
        let speaks = |span: &Window| dense.heartbeat.is_some_and(|heartbeat| heartbeat >= span.end.plus(-1));
        return spans.filter(|span| window.start <= span.start && speaks(span)).collect();
    }
    let mut spans: Vec<Window> = rare.days.windows(2).map(|pair| Window { start: pair[0], end: pair[1] }).collect();
    // The last stretch is as long as the one before it, and counts once the other metric speaks of its end.
    if let (Some(&start), Some(before)) = (rare.days.last(), spans.last()) {
        let is_month = before.end == before.start.month_start(1);
        let end = if is_month { start.month_start(1) } else { start.plus(before.days()) };
        if end <= window.end && dense.heartbeat.is_some_and(|heartbeat| heartbeat >= end.plus(-1)) {
            spans.push(Window { start, end });
        }
    }
    spans
}
