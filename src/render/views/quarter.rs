//! The page of a cycle.

use serde::Serialize;

use super::Maker;
use super::cycle::{CycleView, cycle};
use super::shell::Chrome;
use crate::error::Result;

#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    page: Chrome,
    #[serde(flatten)]
    cycle: CycleView<'a>,
}

/// Returns the page of a cycle.
pub(super) fn view(maker: Maker<'_>, place: usize) -> Result<Option<View<'_>>> {
    let Some(quarter) = maker.report.quarters.get(place) else { return Ok(None) };
    let (cycle, ages) = cycle(maker, quarter)?;
    let page = Chrome::new(maker, maker.part_of(quarter.id()), cycle.heading.clone(), ages)
        .describe(format!("{}: {}", cycle.heading, cycle.lead));
    Ok(Some(View { page, cycle }))
}
