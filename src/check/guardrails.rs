//! Guardrails that vouch for nothing: nothing was measured, or what was measured is too old.
//!
//! In: a key result with its score. Out: its guardrails without a verdict, with what their metrics' exports say. One whose
//! metric is also the key result's own is left out: rules tell of that metric once.

use super::context::KeyResultAt;
use crate::model::calendar::{Day, Window};
use crate::model::history::History;
use crate::model::metric::Metric;
use crate::model::plan::Guardrail;
use crate::model::scorecard::{GuardrailState, QuarterState};

/// A guardrail of which nobody can say whether it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unknown<'a> {
    /// The guardrail.
    pub(super) guardrail: &'a Guardrail,
    /// Its metric.
    pub(super) metric: &'a Metric,
    /// What the metric's exports say.
    pub(super) history: &'a History,
    /// The last day that counts.
    pub(super) day: Day,
    /// The days whose value counts.
    window: Window,
    /// Whether there is a value all the same: one that is too old.
    has_value: bool,
}

impl Unknown<'_> {
    /// Says whether nothing was measured. A value that only can't be told yet is no such thing.
    pub(super) fn is_missing(&self) -> bool {
        !self.has_value && self.history.measure(self.window).is_none()
    }

    /// Returns the day of the newest data, where there is a value and it is too old.
    pub(super) fn stale_since(&self) -> Option<Day> {
        let measured = self.history.measure(self.window).filter(|_| self.has_value)?;
        let heartbeat = self.history.heartbeat().unwrap_or(measured.last);
        let goes_on = heartbeat > self.day && !self.history.aggregate().is_flow();
        Some(if goes_on { measured.last } else { heartbeat.min(self.day) })
    }
}

/// Returns the guardrails of a key result whose quarter has begun, of which nobody can say whether they hold.
pub(super) fn unknown<'a>(at: &KeyResultAt<'a>) -> impl Iterator<Item = Unknown<'a>> {
    let book = at.book();
    let team = at.at.at;
    let quarter = team.quarter.quarter;
    let day = quarter.capped(book.scorecard.as_of);
    let has_begun = team.quarter_score.state != QuarterState::Upcoming;
    let own = at.key_result.metric.as_ref().map(|metric| &metric.value);
    let guardrails = at.score.guardrails.iter().zip(&at.key_result.guardrails);
    let open = guardrails.filter(move |(score, guardrail)| {
        has_begun && score.state == GuardrailState::NoData && !score.too_large && Some(&guardrail.metric.value) != own
    });
    open.filter_map(move |(score, guardrail)| {
        let id = &guardrail.metric.value;
        let (metric, history) = (book.plan.metrics.get(id)?, book.histories.get(id)?);
        let window = match metric.window_days {
            Some(days) => Window { start: day.plus(1 - days.max(1)), end: day.plus(1) },
            None => quarter.window.until(day),
        };
        let has_value = score.value.is_some();
        history.usable().then_some(Unknown { guardrail, metric, history, day, window, has_value })
    })
}
