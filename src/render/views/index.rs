//! The first page: the cycle that runs, as its own page shows it, and all cycles.

use serde::Serialize;

use super::Maker;
use super::cycle::{CycleRow, CycleView, cycle, cycle_row};
use super::shell::Chrome;
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::routes;

#[derive(Debug, Serialize)]
struct View<'v, 'a> {
    page: Chrome,
    organisation: String,
    /// The cycle as its own page has it.
    #[serde(flatten)]
    cycle: Option<&'v CycleView<'a>>,
    /// The same by the name under which books' own templates know it.
    quarter: Option<QuarterView<'v, 'a>>,
    quarters: Vec<CycleRow>,
}

#[derive(Debug, Serialize)]
struct QuarterView<'v, 'a> {
    /// Its address that lasts.
    href: String,
    has_pace: bool,
    #[serde(flatten)]
    cycle: &'v CycleView<'a>,
}

/// The most teams in the first page's table.
const TEAMS: usize = 400;

/// Adds the first page.
pub(super) fn add(out: &mut Markup, maker: Maker<'_>) -> Result<()> {
    let report = maker.report;
    let current = report.current().and_then(|place| report.quarters.get(place));
    let (mut shown, ages) = current.map(|quarter| cycle(maker, quarter)).transpose()?.unzip();
    if let Some(shown) = &mut shown {
        shown.teams.truncate(TEAMS);
    }
    let quarter = current.zip(shown.as_ref()).map(|(quarter, cycle)| QuarterView {
        href: maker.link(&routes::quarter(quarter.id())),
        has_pace: !quarter.is_over(),
        cycle,
    });
    let page = Chrome::new(maker, "index", maker.words.overview, ages.unwrap_or_default());
    let page = match &shown {
        Some(shown) => page.describe(format!("{}: {}", shown.heading, shown.lead)),
        None => page,
    };
    let view = View {
        page,
        organisation: report.inputs.identity.organisation.clone(),
        cycle: shown.as_ref(),
        quarter,
        quarters: report.quarters.iter().rev().map(|quarter| cycle_row(maker, quarter)).collect(),
    };
    maker.templates.add_page(out, "index.html", &view)
}
