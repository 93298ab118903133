//! Ledgers: what `okrbook lock` and `okrbook checkin` wrote, read back, and what it means for today's key results.
//!
//! In: the texts. Out: a [`Ledger`] for each quarter with its places, and what is wrong with the texts; `commit` then
//! says of each key result what was committed. A broken entry is left out and told; the rest counts.

pub(super) mod check_in;
mod commit;
pub(super) mod lock;
pub(super) mod terms;

pub use commit::commit;

use super::join::Names;
use super::layout::QuarterFiles;
use crate::diag::{Diagnostic, Level};
use crate::model::calendar::Day;
use crate::model::former::FormerMetrics;
use crate::model::ids::{CycleId, KeyResultRef, Slug};
use crate::model::ledger::{CheckIn, Ledger, Lock};
use crate::source::Sources;
use crate::yaml::Text;

/// Returns what a lock's text says by itself, where it has no fault.
#[must_use]
pub fn read_lock(text: &str) -> Option<Lock> {
    let mut sources = Sources::default();
    let file = sources.add("lock.yaml", text);
    let (lock, faults) = lock::read(Text::whole(file, text), CycleId::quarter(1, 1));
    let is_fault = |found: &Diagnostic| found.level == Level::Error;
    lock.filter(|_| !faults.iter().any(is_fault))
}

/// Returns what a check-in's text says by itself, where it has no fault.
#[must_use]
pub fn read_check_in(text: &str) -> Option<CheckIn> {
    let (check_in, _, faults) = read_said("checkin.yaml", text);
    let is_fault = |found: &Diagnostic| found.level == Level::Error;
    (!faults.iter().any(is_fault)).then_some(check_in)
}

/// Returns what a text in the shape of a check-in says, with the text for messages and what is wrong with it.
#[must_use]
pub fn read_said(path: &str, text: &str) -> (CheckIn, Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let file = sources.add(path, text);
    let nobody = Slug::new("nobody").expect("internal: letters are a slug");
    let (check_in, faults) = check_in::read(Text::whole(file, text), Day::MIN, &nobody);
    (check_in, sources, faults)
}

/// Gives what was recorded under earlier ids of teams, objectives, key results and metrics those under which the quarter
/// is planned. A lock keeps its texts, which its digest is taken of; `commit` reads them with today's ids.
pub(super) fn settle(ledger: &mut Ledger, quarter: CycleId, names: &Names, metrics: &FormerMetrics) {
    for team in ledger.lock.iter_mut().flat_map(|lock| &mut lock.teams) {
        team.owner = names.recorded(quarter, &team.owner).clone();
    }
    let mut check_ins = std::mem::take(&mut ledger.check_ins).into_all();
    for check_in in &mut check_ins {
        let team = names.recorded(quarter, &check_in.team).clone();
        let mut entries = std::mem::take(&mut check_in.entries).into_items();
        for entry in &mut entries {
            let (objective, key_result) = (entry.objective.clone(), entry.key_result.value.clone());
            let name = KeyResultRef { quarter, team: team.clone(), objective, key_result };
            if let Some(known) = names.key_result(&name) {
                entry.objective = known.objective;
                entry.key_result.value = known.key_result;
            }
            if let Some(reading) = &mut entry.reading {
                metrics.update(&mut reading.metric);
                reading.definition = metrics.definition(&reading.definition);
            }
        }
        check_in.entries = entries.into();
        check_in.team = team;
    }
    ledger.check_ins = check_ins.into();
}

/// Returns what was recorded of a quarter.
pub(super) fn read(sources: &Sources, quarter: CycleId, files: &QuarterFiles) -> (Ledger, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let lock = files.lock.and_then(|file| {
        let (lock, faults) = lock::read(Text::of(sources, file), quarter);
        diagnostics.extend(faults);
        lock
    });
    let mut check_ins = Vec::with_capacity(files.check_ins.len());
    for (day, team, file) in &files.check_ins {
        let (check_in, faults) = check_in::read(Text::of(sources, *file), *day, team);
        diagnostics.extend(faults);
        check_ins.push(check_in);
    }
    (Ledger { lock, check_ins: check_ins.into() }, diagnostics)
}
