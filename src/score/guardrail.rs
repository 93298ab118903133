//! Guardrails: counter-metrics and their bounds over the quarter so far.
//!
//! A metric's value is judged as it stands. A sum or count is judged by its rate once a third of the quarter is
//! covered; one that is over its bound for the whole quarter is broken at once. A value that is inside but older
//! than it should be vouches for nothing: no data.

use super::book::{Book, Moment, Source};
use super::evidence::Evidence;
use super::flow::{self, Flow, Standing};
use super::hold::{self, Fence};
use super::progress::Scaled;
use crate::model::calendar::Day;
use crate::model::goal::{Better, Bound};
use crate::model::plan::Guardrail;
use crate::model::scorecard::{GuardrailScore, GuardrailState, Reason};

/// Returns what became of a guardrail.
pub(super) fn score<E: Evidence>(book: &Book<'_, E>, moment: &Moment, guardrail: &Guardrail) -> GuardrailScore {
    let bound = &guardrail.bound;
    let mut card = GuardrailScore {
        metric: guardrail.metric.value.clone(),
        bound: bound.clone(),
        value: None,
        state: GuardrailState::NoData,
        too_large: false,
    };
    let begun = moment.is_open() || moment.is_over();
    let Some(source) = book.source(Some(&card.metric)).ok().filter(|_| begun) else { return card };
    let shown = |reading: &Reading| reading.value.shown(source.unit(&bound.limit.unit), &bound.limit);
    let (value, reading) = match read(&source, moment, bound).and_then(|reading| Ok((shown(&reading)?, reading))) {
        Ok(found) => found,
        Err(reason) => {
            card.too_large = reason == Reason::TooLarge;
            return card;
        }
    };
    card.value = Some(value);
    let stale = source.is_stale(moment, Some(reading.last));
    card.state = match (reading.inside, stale) {
        (false, _) => GuardrailState::Broken,
        (true, false) => GuardrailState::Kept,
        (true, true) => GuardrailState::NoData,
    };
    card
}

struct Reading {
    value: Scaled,
    inside: bool,
    last: Day,
}

fn read(source: &Source<'_>, moment: &Moment, bound: &Bound) -> Result<Reading, Reason> {
    let fence = Fence::new([bound], source.unit(&bound.limit.unit))?;
    if !source.is_flow() {
        let window = source.value_window(moment);
        let measurement = source.value_in(window, moment)?;
        let inside = fence.admits(measurement.value)?;
        return Ok(Reading { value: Scaled::plain(measurement.value), inside, last: measurement.last });
    }
    let flow = Flow::measure(source, moment)?;
    let per = source.per(bound.limit.per.as_ref());
    let better = hold::better(bound.side);
    // What is already over the bound of the whole quarter stays over it.
    let so_far = flow.value(Standing::Part, per);
    let spent = better == Better::Lower && !flow::is_daily(per) && !fence.admits_rate(so_far)?;
    if spent {
        return Ok(Reading { value: so_far, inside: false, last: flow.last });
    }
    let value = flow.value(flow.standing(moment, better)?, per);
    Ok(Reading { value, inside: fence.admits_rate(value)?, last: flow.last })
}
