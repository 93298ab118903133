//! Quarters whose days the book gives: they must leave the other quarters of the book their own.
//!
//! In: the calendar and the quarters that have folders. Out: a diagnostic for each that takes days of another.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::model::calendar::Quarter;
use crate::model::ids::{CycleId, CycleKind};
use crate::source::Span;

/// Reports quarters named in the settings that overlap a quarter by rule that the book has.
pub(super) fn overlapping(config: &Config, folders: impl Iterator<Item = CycleId>, diagnostics: &mut Vec<Diagnostic>) {
    let named = &config.quarter_places;
    if named.is_empty() {
        return;
    }
    let place = |id: CycleId| named.iter().find(|(known, _)| *known == id).map(|(_, span)| *span);
    let mut quarters: Vec<(Quarter, Option<Span>)> = Vec::new();
    let days = |id: CycleId, span| Some((config.calendar.quarter(id)?, span));
    quarters.extend(named.iter().filter_map(|(id, span)| days(*id, Some(*span))));
    let by_rule = folders.filter(|id| place(*id).is_none());
    quarters.extend(by_rule.filter_map(|id| days(id, None)));
    quarters.sort_by_key(|(quarter, _)| (quarter.window.start, quarter.id));
    // Longer cycles contain shorter ones; those of one length leave each other their days.
    let mut last: BTreeMap<CycleKind, (Quarter, Option<Span>)> = BTreeMap::new();
    for (quarter, span) in quarters {
        let before = last.get(&quarter.id.kind()).copied();
        if let Some((before, place)) = before.filter(|(before, _)| quarter.window.start < before.window.end)
            && let Some((named, other, span)) =
                span.map(|span| (quarter, before, span)).or(place.map(|span| (before, quarter, span)))
        {
            let message = format!("{} overlaps {}, which the book has, too", named.id, other.id);
            let label = format!("{} begins on {}", quarter.id, quarter.window.start);
            let help = format!(
                "a day belongs to one quarter: {} ends on {}; name the days of both under `quarters:`",
                before.id,
                before.window.end.plus(-1)
            );
            diagnostics.push(Diagnostic::error("bad-quarter", span, message).label(label).help(help));
        }
        if before.is_none_or(|(before, _)| before.window.end < quarter.window.end) {
            last.insert(quarter.id.kind(), (quarter, span));
        }
    }
}
