//! Exports to histories: what every metric of a book says, with its evidence.
//!
//! In: metric definitions and the exports they query. Out: a [`History`] for each metric, and what is wrong with
//! exports or with what is asked of them. Each export is opened and read once for all metrics that query it (once
//! more for each further delimiter, encoding or header that definitions claim for the same file); memory grows with
//! days and series, not with rows. A broken export never stops anything: its metrics have unusable histories. A disk that
//! fails stops the run.
//!
//! Rooms follow the stages: `split` (bytes to a table), `understand` (a definition against it: the plan), `read` (rows
//! against plans), `keep` (rows to days). `cells` reads one cell and serves them all.

mod cells;
mod copies;
mod export;
mod join;
mod keep;
pub mod look;
mod memory;
mod read;
mod shared;
mod split;
mod told;
mod understand;
mod work;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::export::{Group, measure_group};
pub use self::memory::Memory;
pub use self::understand::heading::ends_weeks as names_end_of_week;
use self::understand::resolve::{Asked, place_of};
use crate::diag::{Diagnostic, Place, nearest};
use crate::error::Result;
use crate::model::calendar::Day;
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::metric::{Metric, Query};
use crate::model::ratios;
use crate::model::zone::Zone;
use crate::par;
use crate::read::Binary;
use crate::source::Spanned;

/// Measures every metric up to and including the day `as_of`.
///
/// Times without an offset are in `zone` unless a definition says otherwise, and days are those of `zone`.
///
/// # Errors
///
/// Where the disk fails while an export is read: what isn't known must not be taken for what isn't there.
pub fn measure(
    metrics: &BTreeMap<Slug, Metric>,
    exports: &[Binary],
    zone: &Zone,
    as_of: Day,
) -> Result<(BTreeMap<Slug, History>, Vec<Diagnostic>)> {
    measure_again(metrics, exports, (zone, as_of), None)
}

/// Measures every metric up to and including a day; what `memory` knows isn't read again, and all of it is remembered.
///
/// # Errors
///
/// As [`measure`].
pub fn measure_again(
    metrics: &BTreeMap<Slug, Metric>,
    exports: &[Binary],
    (zone, as_of): (&Zone, Day),
    memory: Option<&mut Memory>,
) -> Result<(BTreeMap<Slug, History>, Vec<Diagnostic>)> {
    let mut diagnostics = Vec::new();
    let mut histories = BTreeMap::new();
    let groups = groups(metrics, exports, &mut diagnostics);
    let outcomes = match memory {
        Some(memory) => memory.measure(&groups, zone, as_of),
        None => par::map_ordered(&groups, |group| measure_group(group, zone, as_of)),
    };
    for outcome in outcomes {
        let (measured, found) = outcome?;
        histories.extend(measured);
        diagnostics.extend(found);
    }
    for metric in metrics.values().filter(|metric| matches!(metric.query, Query::Rows(_))) {
        histories.entry(metric.id.clone()).or_insert_with(|| History::unusable(metric));
    }
    measure_ratios(metrics, &mut histories, &mut diagnostics);
    Ok((histories, join::join(diagnostics)))
}

/// Puts metrics that share exports into groups, so that each export belongs to one group only.
fn groups<'a>(
    metrics: &'a BTreeMap<Slug, Metric>,
    exports: &'a [Binary],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Group<'a>> {
    let by_path: BTreeMap<&Arc<str>, usize> = exports.iter().enumerate().map(|(at, file)| (&file.path, at)).collect();
    let mut parents: Vec<usize> = (0..exports.len()).collect();
    let mut asked: Vec<(usize, Asked<'a>)> = Vec::new();
    for metric in metrics.values() {
        let Query::Rows(rows) = &metric.query else { continue };
        let files: Vec<usize> = rows.all_files().filter_map(|path| by_path.get(path).copied()).collect();
        let missing = rows
            .parts()
            .find_map(|(_, part)| Some((part, part.files.iter().find(|path| !by_path.contains_key(path))?)));
        if let Some((part, path)) = missing {
            let place = part.files_span.map_or_else(|| place_of(metric), Place::Text);
            diagnostics.push(no_such_file(place, path, exports));
        } else if let Some(&first) = files.first() {
            let root = find(&mut parents, first);
            for &file in &files {
                let other = find(&mut parents, file);
                parents[other] = root;
            }
            asked.extend(Asked::of(metric).map(|asked| (first, asked)));
        } else {
            let place = || rows.files_span.map_or_else(|| place_of(metric), Place::Text);
            let message = format!("no export holds the metric {}", metric.id);
            let help = format!("write metrics/{}.csv, or name the export with `file:`", metric.id);
            diagnostics.push(Diagnostic::error("no-such-file", place(), message).help(help));
        }
    }
    let mut groups: BTreeMap<usize, Group<'a>> = BTreeMap::new();
    for (file, metric) in asked {
        groups.entry(find(&mut parents, file)).or_default().metrics.push(metric);
    }
    for (at, export) in exports.iter().enumerate() {
        if let Some(group) = groups.get_mut(&find(&mut parents, at)) {
            group.files.push(export);
        }
    }
    groups.into_values().collect()
}

/// Returns the root of a tree of files, and shortens the way to it.
fn find(parents: &mut [usize], file: usize) -> usize {
    let mut at = file;
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

fn no_such_file(place: Place, path: &str, exports: &[Binary]) -> Diagnostic {
    let diagnostic = Diagnostic::error("no-such-file", place, format!("there is no export {path}"));
    match nearest(path, exports.iter().map(|export| &*export.path)) {
        Some(near) => diagnostic.help(format!("did you mean {near}?")),
        None => diagnostic.help("put the export into the folder `metrics`; `file:` counts from there"),
    }
}

/// Measures ratios of metrics, each after those it is made of.
fn measure_ratios(
    metrics: &BTreeMap<Slug, Metric>,
    histories: &mut BTreeMap<Slug, History>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let parts: ratios::Parts<'_> =
        metrics.values().filter_map(|metric| Some((&metric.id, parts_of(metric)?.map(|part| &part.value)))).collect();
    let order = ratios::order(&parts);
    for (id, depth) in order.settled.into_iter().chain(order.circular.iter().map(|id| (*id, 0))) {
        let Some((metric, parts)) = metrics.get(id).and_then(|metric| Some((metric, parts_of(metric)?))) else {
            continue;
        };
        let faults = parts.map(|part| fault_of_part(part, depth, metrics, &order.circular));
        let known = parts.map(|part| histories.get(&part.value));
        let history = match (faults.iter().all(Option::is_none), known) {
            (true, [Some(of), Some(to)]) => History::of_ratio(metric, of.clone(), to.clone()),
            _ => History::unusable(metric),
        };
        diagnostics.extend(faults.into_iter().flatten());
        histories.insert(id.clone(), history);
    }
}

/// Returns the parts of a ratio of two metrics.
const fn parts_of(metric: &Metric) -> Option<[&Spanned<Slug>; 2]> {
    match &metric.query {
        Query::RatioOfMetrics { of, to } => Some([of, to]),
        Query::Rows(_) => None,
    }
}

/// Says why a ratio of the depth, 0 in a circle, can't be made of a part.
fn fault_of_part(
    part: &Spanned<Slug>,
    depth: usize,
    metrics: &BTreeMap<Slug, Metric>,
    circular: &BTreeSet<&Slug>,
) -> Option<Diagnostic> {
    let Spanned { value: id, span } = part;
    let Some(metric) = metrics.get(id) else {
        return Some(Diagnostic::error("unknown-metric", *span, format!("there is no metric {id}")));
    };
    if circular.contains(id) {
        let message = format!("the metric {id} is made of itself");
        return Some(Diagnostic::error("metric-cycle", *span, message).help("divide two other metrics"));
    }
    // What is made of one that goes too deep is unusable like it, and told there.
    (depth == ratios::DEEPEST + 1 && parts_of(metric).is_some()).then(|| {
        let message = format!("ratios of ratios go at most {} deep", ratios::DEEPEST);
        Diagnostic::error("ratio-too-deep", *span, message).help("let one of the parts read an export")
    })
}
