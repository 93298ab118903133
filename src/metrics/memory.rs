//! What was measured before, so that a book that is read again after a change of its texts measures nothing anew.
//!
//! In: groups of exports with their metrics. Out: their histories, those of before where neither the definitions nor a byte
//! of the exports are others. Of an export that changes while it is read nothing is kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::copies;
use super::export::{Group, Measured, measure_group};
use crate::error::Result;
use crate::hash::Digest;
use crate::model::calendar::Day;
use crate::model::metric::Metric;
use crate::model::zone::Zone;
use crate::par;
use crate::read::Stamp;

/// What was measured when a book was read the last time; nothing before the first time.
#[derive(Debug, Default)]
pub struct Memory {
    /// By the path of a group's first export, which belongs to no other group.
    known: BTreeMap<Arc<str>, Arc<Known>>,
    anew: usize,
}

/// A group that was measured.
#[derive(Debug)]
struct Known {
    asked: Inputs,
    metrics: Vec<Metric>,
    measured: Measured,
}

/// All that a group's histories come of, apart from the definitions.
#[derive(Debug, PartialEq)]
struct Inputs {
    files: Vec<(Arc<str>, Digest)>,
    zone: Zone,
    as_of: Day,
}

impl Memory {
    /// Returns how many exports were measured the last time, and not remembered.
    #[must_use]
    pub const fn anew(&self) -> usize {
        self.anew
    }

    /// Returns what each group's metrics say, and remembers it in the place of what was known.
    pub(super) fn measure(&mut self, groups: &[Group<'_>], zone: &Zone, as_of: Day) -> Vec<Result<Measured>> {
        let known = &self.known;
        let outcomes = par::map_ordered(groups, |group| again(known, group, zone, as_of));
        self.anew = 0;
        let mut kept = BTreeMap::new();
        let mut all = Vec::with_capacity(groups.len());
        for (group, outcome) in groups.iter().zip(outcomes) {
            all.push(outcome.map(|(measured, known, is_new)| {
                self.anew += if is_new { group.files.len() } else { 0 };
                kept.extend(known.and_then(|known| Some((group.files.first()?.path.clone(), known))));
                measured
            }));
        }
        self.known = kept;
        all
    }
}

type Outcome = (Measured, Option<Arc<Known>>, bool);

/// Returns what a group's metrics say, what is to be remembered of it, and whether it was measured now.
fn again(known: &BTreeMap<Arc<str>, Arc<Known>>, group: &Group<'_>, zone: &Zone, as_of: Day) -> Result<Outcome> {
    let stamps = stamps(group);
    let files: Option<Vec<_>> =
        group.files.iter().map(|file| Some((file.path.clone(), copies::digest(file, u64::MAX).ok()??))).collect();
    // What can't be read is told by measuring it.
    let Some((stamps, files)) = stamps.zip(files) else {
        return Ok((measure_group(group, zone, as_of)?, None, true));
    };
    let asked = Inputs { files, zone: zone.clone(), as_of };
    let before = group.files.first().and_then(|file| known.get(&file.path));
    let is_same = |known: &&Arc<Known>| known.asked == asked && known.metrics.iter().eq(metrics(group));
    if let Some(known) = before.filter(is_same) {
        return Ok((known.measured.clone(), Some(known.clone()), false));
    }
    let measured = measure_group(group, zone, as_of)?;
    let is_settled = self::stamps(group).is_some_and(|now| now == stamps);
    let known = is_settled
        .then(|| Arc::new(Known { asked, metrics: metrics(group).cloned().collect(), measured: measured.clone() }));
    Ok((measured, known, true))
}

/// Returns a group's metrics, each once for each of its parts.
fn metrics<'g>(group: &'g Group<'_>) -> impl Iterator<Item = &'g Metric> {
    group.metrics.iter().map(|asked| asked.metric)
}

/// Returns when the exports were changed the last time, where that can be told of all.
fn stamps(group: &Group<'_>) -> Option<Vec<Stamp>> {
    group.files.iter().map(|file| file.stamp().ok()).collect()
}
