//! The lock of a quarter: what teams commit to at its start, and amendments with their reasons.
//!
//! In: a plan that was measured. Out: the new text of `lock.yaml`, or why there is none. Never replaces a record: a team
//! that is locked is amended, and the sections of other teams stay byte for byte as they are.

use std::collections::{BTreeMap, BTreeSet};

use super::emit::splice;
use super::lock_text::{block, head};
use crate::check;
use crate::diag::{Diagnostic, Level, Place};
use crate::error::{Error, Result};
use crate::load;
use crate::model::calendar::Day;
use crate::model::goal::Goal;
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::ledger::{
    KeyResultLock, Lock, ObjectiveLock, ObjectiveTerms, Record, Start, TeamLock, Terms, definition,
};
use crate::model::plan::{KeyResult, Objective, Plan, QuarterPlan, TeamPlan};
use crate::model::scorecard::BaselineOrigin;
use crate::score;
use crate::source::{FileId, Sources, Spanned};

/// A book whose quarter is to be locked.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// What the teams wrote, with what was committed before.
    pub plan: &'a Plan,
    /// What the exports say, by metric.
    pub histories: &'a BTreeMap<Slug, History>,
    /// The book's texts.
    pub sources: &'a Sources,
    /// What is wrong with them.
    pub diagnostics: &'a [Diagnostic],
    /// The quarter.
    pub quarter: &'a QuarterPlan,
    /// Today.
    pub as_of: Day,
}

/// What locking gave.
#[derive(Debug, Default)]
pub struct Locking {
    /// The new text of the lock, where a team was locked.
    pub text: Option<String>,
    /// Teams that are locked now, with how many key results.
    pub locked: Vec<(Slug, usize)>,
    /// Teams that were locked before.
    pub before: Vec<Slug>,
    /// Why other teams could not be locked.
    pub refused: Vec<Diagnostic>,
    /// What is doubtful about what was locked.
    pub doubts: Vec<Diagnostic>,
}

/// Locks the teams that `wanted` names, all where it names none.
///
/// # Errors
///
/// A usage error where a wanted team is locked, or where the lock records something after today.
pub fn lock(inputs: &Inputs<'_>, wanted: &[Slug]) -> Result<Locking> {
    let quarter = inputs.quarter.quarter.id;
    let existing = inputs.quarter.ledger.lock.as_ref();
    refuse_later(existing, inputs)?;
    let mut locking = Locking::default();
    let text = match existing {
        Some(lock) => inputs.sources.get(lock.file).text.to_string(),
        None => head(&quarter.to_string()),
    };
    let known: BTreeMap<&Slug, &TeamLock> =
        existing.iter().flat_map(|lock| &lock.teams).rev().map(|lock| (&lock.owner, lock)).collect();
    let faults_of = faults_by_file(inputs);
    let mut locks = Vec::new();
    for team in teams(inputs, wanted)? {
        if let Some(known) = known.get(&team.team) {
            if !wanted.is_empty() {
                return Err(already(inputs, &team.team, known.on));
            }
            locking.before.push(team.team.clone());
            continue;
        }
        let faults = faults(team, faults_of.get(&team.file).map_or(&[], Vec::as_slice));
        if !faults.is_empty() {
            locking.refused.extend(faults);
            continue;
        }
        let lock = team_lock(inputs, team);
        locking.doubts.extend(doubts(team));
        locking.locked.push((team.team.clone(), lock.objectives.iter().map(|known| known.key_results.len()).sum()));
        locks.push(lock);
    }
    if !locks.is_empty() {
        locking.text = Some(put(&text, &locks)?);
    }
    Ok(locking)
}

/// Returns the lock's text with the blocks of teams in it.
///
/// # Errors
///
/// Where the text can't take it, because a person gave the file another shape.
pub(super) fn put(text: &str, locks: &[TeamLock]) -> Result<String> {
    let written: BTreeSet<&Slug> = locks.iter().map(|lock| &lock.team.value).collect();
    let known = load::read_lock(text).map(|lock| lock.teams).unwrap_or_default();
    let starts: Vec<(&str, usize)> =
        known.iter().map(|team| (team.team.value.as_str(), team.team.span.start as usize)).collect();
    let blocks: Vec<(&str, String)> = locks.iter().map(|lock| (lock.team.value.as_str(), block(lock))).collect();
    let spliced = splice(text, &starts, &blocks);
    let after = load::read_lock(&spliced).map(|lock| lock.teams).unwrap_or_default();
    let others = |teams: &[TeamLock]| -> Vec<(Slug, String)> {
        let others = teams.iter().filter(|team| !written.contains(&team.team.value));
        others.map(|team| (team.team.value.clone(), team.computed_digest().to_string())).collect()
    };
    let is_intact = |team: &&TeamLock| written.contains(&team.team.value) && team.is_intact();
    let are_there = after.iter().filter(is_intact).count() == locks.len();
    if are_there && others(&known) == others(&after) {
        return Ok(spliced);
    }
    Err(Error::usage_with_help(
        "lock.yaml doesn't have the shape in which okrbook writes it, so nothing can be added to it",
        "restore it with `git checkout`; comments are fine, but each team's section begins on a line of its own",
    ))
}

fn refuse_later(lock: Option<&Lock>, inputs: &Inputs<'_>) -> Result<()> {
    let Some(team) = lock.and_then(|lock| lock.later.first()) else { return Ok(()) };
    Err(Error::usage_with_help(
        format!("the lock already records something of {team} after {}", inputs.as_of),
        "a record can't be made before the last one: leave out `--as-of`, or give a later day",
    ))
}

fn already(inputs: &Inputs<'_>, team: &Slug, on: Day) -> Error {
    let quarter = inputs.quarter.quarter.id;
    Error::usage_with_help(
        format!("{team} is locked for {quarter} since {on}, and a lock is never overwritten"),
        format!(
            "to change a commitment, edit {} and say why: `okrbook lock {quarter} --amend {team}/OBJECTIVE/KEY-RESULT \
             --because \"…\"`",
            inputs.quarter.path(&format!("{team}.yaml"))
        ),
    )
}

/// Returns the wanted teams, all that have objectives where none is named.
fn teams<'a>(inputs: &Inputs<'a>, wanted: &[Slug]) -> Result<Vec<&'a TeamPlan>> {
    let known = &inputs.quarter.teams;
    if wanted.is_empty() {
        return Ok(known.iter().filter(|team| !team.objectives.is_empty()).collect());
    }
    let find = |id: &Slug| {
        known.iter().find(|team| team.team == *id && !team.objectives.is_empty()).ok_or_else(|| {
            let names = known.iter().map(|team| team.team.as_str());
            super::unknown_team(id.as_str(), names, inputs.quarter.quarter.id)
        })
    };
    wanted.iter().map(find).collect()
}

/// Returns the faults of each file.
fn faults_by_file<'a>(inputs: &Inputs<'a>) -> BTreeMap<FileId, Vec<&'a Diagnostic>> {
    let mut faults: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    let is_fault = |found: &&Diagnostic| found.level == Level::Error && check::rule(found.code).is_none();
    for found in inputs.diagnostics.iter().filter(is_fault) {
        if let Some(file) = found.place.file_id() {
            faults.entry(file).or_default().push(found);
        }
    }
    faults
}

/// Returns what must be mended before a team can be locked, given the faults of its file.
fn faults(team: &TeamPlan, of_file: &[&Diagnostic]) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = of_file.iter().map(|found| (*found).clone()).collect();
    for objective in &team.objectives {
        if objective.id.span == objective.title.span {
            let message = "an objective without an id can't be locked";
            let help = "add `id:` above its title: the lock knows it by that name for ever";
            faults.push(Diagnostic::error("missing-id", &objective.title, message).help(help));
        }
        for key_result in objective.key_results.iter().filter(|key_result| !key_result.has_own_id) {
            let message = "a key result without an id can't be locked";
            let help = "put a short id before the sentence, `- p1: Reduce …`: the lock knows it by that name for ever";
            faults.push(Diagnostic::error("missing-id", &key_result.title, message).help(help));
        }
    }
    faults
}

/// Returns what is locked and can't be scored.
fn doubts(team: &TeamPlan) -> Vec<Diagnostic> {
    let key_results = team.objectives.iter().flat_map(|objective| &objective.key_results);
    let vague = key_results.filter(|key_result| key_result.goal.is_none());
    let doubt = |key_result: &KeyResult| {
        let message = "this key result is locked without a goal that can be measured";
        Diagnostic::warning("no-number", &key_result.title, message)
            .help("a goal that is stated later counts as moved; amend it with its reason")
    };
    vague.map(doubt).collect()
}

fn team_lock(inputs: &Inputs<'_>, team: &TeamPlan) -> TeamLock {
    let nowhere = crate::source::Span::new(team.file, 0..0);
    TeamLock {
        team: Spanned::new(team.team.clone(), nowhere),
        owner: team.team.clone(),
        on: inputs.as_of,
        objectives: team.objectives.iter().map(|objective| objective_lock(inputs, objective)).collect(),
        digest: None,
    }
}

fn objective_lock(inputs: &Inputs<'_>, objective: &Objective) -> ObjectiveLock {
    let key_results = objective.key_results.iter().map(|key_result| KeyResultLock {
        id: key_result.id.clone(),
        record: Record::of(terms(inputs, key_result, key_result.goal.as_ref())),
        start: start(inputs, key_result),
    });
    ObjectiveLock {
        id: objective.id.clone(),
        record: Record::of(ObjectiveTerms::of(objective)),
        key_results: key_results.collect(),
    }
}

/// Returns what a key result's file says now; `goal` tells the unit of a metric that has none.
pub(super) fn terms(inputs: &Inputs<'_>, key_result: &KeyResult, goal: Option<&Goal>) -> Terms {
    let metric = key_result.metric.as_ref().and_then(|metric| inputs.plan.metrics.get(&metric.value));
    let unit = goal.and_then(Goal::quantity).map(|quantity| &quantity.unit);
    Terms::of(key_result, metric.map(|metric| definition(metric, unit, inputs.quarter.quarter.window, inputs.sources)))
}

/// Returns where the metric stood when the quarter began, with the exports that say so.
fn start(inputs: &Inputs<'_>, key_result: &KeyResult) -> Option<Start> {
    let moment = (inputs.quarter.quarter, inputs.as_of);
    let baseline = score::baseline_of(inputs.plan, inputs.histories, moment, key_result)?;
    let on = match baseline.origin {
        BaselineOrigin::BeforeQuarter(day) | BaselineOrigin::FirstInQuarter(day) | BaselineOrigin::Locked(day) => day,
        BaselineOrigin::Stated => return None,
    };
    let history = inputs.histories.get(&key_result.metric.as_ref()?.value)?;
    let data: BTreeMap<String, String> =
        history.evidence().into_iter().map(|file| (file.path.to_string(), file.sha256.to_string())).collect();
    Some(Start { value: baseline.quantity, on, data: data.into_iter().collect() })
}

/// Returns the place of a lock's file.
#[must_use]
pub fn path(quarter: &QuarterPlan) -> String {
    quarter.path("lock.yaml")
}

/// Returns what is wrong with the lock's own file; nothing may be added to it then.
#[must_use]
pub fn faults_of_file(inputs: &Inputs<'_>) -> Vec<Diagnostic> {
    let Some(lock) = &inputs.quarter.ledger.lock else { return Vec::new() };
    let path = path(inputs.quarter);
    let is_here = |place: &Place| match place {
        Place::Text(span) => span.file == lock.file,
        Place::Line(line) => *line.path == *path,
        Place::File(file) => **file == *path,
    };
    let faults = inputs.diagnostics.iter().filter(|found| found.level == Level::Error && is_here(&found.place));
    faults.filter(|found| check::rule(found.code).is_none()).cloned().collect()
}
