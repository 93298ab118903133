//! Amendments: a commitment that was changed, recorded with its day and its reason.
//!
//! In: a locked quarter, the name of what was changed, why. Out: the new text of `lock.yaml`, or why there is none. What
//! was committed stays in the record and goes on to be what scores count from.

use super::lock::{Inputs, faults_of_file, put, terms};
use crate::diag;
use crate::error::{Error, Result};
use crate::model::calendar::Day;
use crate::model::former::FormerMetrics;
use crate::model::ids::Slug;
use crate::model::ledger::change::{self, Moved};
use crate::model::ledger::{
    Amendment, Committed, KeyResultLock, Note, ObjectiveLock, ObjectiveTerms, Record, TeamLock,
};
use crate::model::plan::{KeyResult, Objective, TeamPlan};

/// What is amended: `TEAM/OBJECTIVE/KEY-RESULT`, or `TEAM/OBJECTIVE` for an objective itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The team.
    pub team: Slug,
    /// The objective.
    pub objective: Slug,
    /// The key result.
    pub key_result: Option<Slug>,
}

/// An amendment that was put into a lock.
#[derive(Debug)]
pub struct Amended {
    /// The new text of the lock.
    pub text: String,
    /// What was changed.
    pub moves: Vec<Moved>,
    /// Whether the thing was dropped, or added to a locked quarter.
    pub kind: Kind,
}

/// What an amendment does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It changes terms.
    Changed,
    /// It takes the thing out.
    Dropped,
    /// It tells of a thing that came after the lock.
    Added,
}

impl Target {
    /// Returns the target that `platform/reliable/p1` names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let (team, objective) = (Slug::new(parts.next()?)?, Slug::new(parts.next()?)?);
        let key_result = match parts.next() {
            Some(part) => Some(Slug::new(part)?),
            None => None,
        };
        parts.next().is_none().then_some(Self { team, objective, key_result })
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.team, self.objective)?;
        self.key_result.iter().try_for_each(|id| write!(f, "/{id}"))
    }
}

/// Records that a commitment was changed.
///
/// # Errors
///
/// A usage error where there is nothing to amend, or where the lock isn't as the program wrote it.
pub fn amend(inputs: &Inputs<'_>, target: &Target, because: &str, by: Option<&str>) -> Result<Amended> {
    let quarter = inputs.quarter.quarter.id;
    if because.trim().is_empty() {
        return Err(Error::usage_with_help("an amendment needs a reason", "say why with `--because \"…\"`"));
    }
    let lock = inputs.quarter.ledger.lock.as_ref();
    let team_lock = lock.and_then(|lock| lock.team(&target.team));
    let (Some(lock), Some(team_lock)) = (lock, team_lock) else {
        let message = format!("{} is not locked for {quarter}, so there is nothing to amend", target.team);
        return Err(Error::usage_with_help(message, format!("`okrbook lock {quarter}` records what is committed")));
    };
    check_record(inputs, team_lock)?;
    let note = Note {
        on: inputs.as_of,
        because: because.trim().to_owned(),
        by: by.map(|by| by.trim().to_owned()).filter(|by| !by.is_empty()),
    };
    let team = inputs.quarter.teams.iter().find(|team| team.team == target.team);
    let today = team.and_then(|team| find_objective(team, &target.objective));
    let mut changed = team_lock.clone();
    let subject = Subject { inputs, target, today };
    let (kind, moves) = match &target.key_result {
        Some(id) => key_result(subject, id, &mut changed, note)?,
        None => objective(subject, &mut changed, note)?,
    };
    let text = put(&inputs.sources.get(lock.file).text, &[changed])?;
    Ok(Amended { text, moves, kind })
}

/// Refuses to add to a record that is not as the program wrote it: a new digest would hide the edit.
fn check_record(inputs: &Inputs<'_>, lock: &TeamLock) -> Result<()> {
    let file = inputs.quarter.path("lock.yaml");
    if let Some(fault) = faults_of_file(inputs).first() {
        let message = format!("{file} can't be read as a lock: {}", fault.message);
        return Err(Error::usage_with_help(message, "`okrbook check` says where; restore it with `git checkout`"));
    }
    if inputs.quarter.ledger.lock.as_ref().is_some_and(|known| !known.later.is_empty()) {
        return Err(Error::usage_with_help(
            format!("{file} already records something after {}", inputs.as_of),
            "a record can't be made before the last one: leave out `--as-of`, or give a later day",
        ));
    }
    if !lock.is_intact() {
        let message =
            format!("the lock of {} in {file} was edited by hand, and an amendment would hide that", lock.team.value);
        return Err(Error::usage_with_help(message, format!("restore it first: `git checkout {file}`")));
    }
    Ok(())
}

fn find_objective<'a>(team: &'a TeamPlan, id: &Slug) -> Option<&'a Objective> {
    team.objectives.iter().find(|objective| objective.id.value == *id || objective.aliases.contains(id))
}

fn find_key_result<'a>(objective: &'a Objective, id: &Slug) -> Option<&'a KeyResult> {
    objective.key_results.iter().find(|known| known.id.value == *id || known.aliases.contains(id))
}

/// What is amended: its name, and its objective as the team's file has it now.
#[derive(Clone, Copy)]
struct Subject<'a> {
    inputs: &'a Inputs<'a>,
    target: &'a Target,
    today: Option<&'a Objective>,
}

fn key_result(subject: Subject<'_>, id: &Slug, lock: &mut TeamLock, note: Note) -> Result<(Kind, Vec<Moved>)> {
    let Subject { inputs, target, today } = subject;
    let now = today.and_then(|objective| find_key_result(objective, id));
    let names = names(lock, today);
    let is_known = |known: &Slug, aliases: &[Slug]| known == id || aliases.contains(known);
    let aliases = now.map(|now| now.aliases.as_slice()).unwrap_or_default();
    let objective = objective_lock(lock, today, target);
    let record = objective
        .and_then(|objective| objective.key_results.iter_mut().find(|record| is_known(&record.id.value, aliases)));
    match (record, now) {
        (Some(known), Some(now)) => {
            let record = &mut known.record;
            let goal = record.terms.as_ref().and_then(|terms| terms.goal.as_ref());
            let now = terms(inputs, now, goal);
            let moves = moves(inputs, record, &now);
            if moves.is_empty() && record.dropped().is_none() {
                return Err(nothing_changed(inputs, target));
            }
            check_order(record.amendments.last().map(|last| last.note.on), note.on)?;
            record.amendments.push(Amendment { note, terms: Some(now) });
            Ok((Kind::Changed, moves))
        }
        (Some(known), None) => {
            if known.record.dropped().is_some() {
                return Err(nothing_changed(inputs, target));
            }
            known.record.amendments.push(Amendment { note, terms: None });
            Ok((Kind::Dropped, Vec::new()))
        }
        (None, Some(now)) => {
            let added = Amendment { note, terms: Some(terms(inputs, now, now.goal.as_ref())) };
            let record = Record { terms: None, amendments: vec![added] };
            add(lock, today, target, KeyResultLock { id: now.id.clone(), record, start: None });
            Ok((Kind::Added, Vec::new()))
        }
        (None, None) => Err(unknown(target, &names)),
    }
}

fn objective(subject: Subject<'_>, lock: &mut TeamLock, note: Note) -> Result<(Kind, Vec<Moved>)> {
    let Subject { inputs, target, today } = subject;
    let names = names(lock, today);
    let nothing = || Error::usage(format!("nothing has changed of the objective {target}: lock and file say the same"));
    let Some(known) = objective_lock(lock, today, target) else { return Err(unknown(target, &names)) };
    let record = &mut known.record;
    let Some(today) = today else {
        if record.dropped().is_some() {
            return Err(nothing());
        }
        record.amendments.push(Amendment { note, terms: None });
        return Ok((Kind::Dropped, Vec::new()));
    };
    let now = ObjectiveTerms::of(today);
    let moves = moves(inputs, record, &now);
    if moves.is_empty() {
        return Err(nothing());
    }
    record.amendments.push(Amendment { note, terms: Some(now) });
    Ok((Kind::Changed, moves))
}

/// Returns what differs from what was agreed last.
fn moves<T: Committed>(inputs: &Inputs<'_>, record: &Record<T>, now: &T) -> Vec<Moved> {
    let former = FormerMetrics::of(&inputs.plan.metrics);
    record.latest().map(|last| change::moves(&former.terms(last), &[], now)).unwrap_or_default()
}

/// Returns the record of the target's objective, which may have been renamed.
fn objective_lock<'a>(
    lock: &'a mut TeamLock,
    today: Option<&Objective>,
    target: &Target,
) -> Option<&'a mut ObjectiveLock> {
    let aliases = today.map(|objective| objective.aliases.as_slice()).unwrap_or_default();
    let is_known = |known: &ObjectiveLock| known.id.value == target.objective || aliases.contains(&known.id.value);
    lock.objectives.iter_mut().find(|known| is_known(known))
}

/// Adds a key result that came after the lock, with its objective where that is new too.
fn add(lock: &mut TeamLock, today: Option<&Objective>, target: &Target, record: KeyResultLock) {
    if let Some(objective) = objective_lock(lock, today, target) {
        objective.key_results.push(record);
    } else if let Some(today) = today {
        let nothing = Record { terms: None, amendments: Vec::new() };
        lock.objectives.push(ObjectiveLock { id: today.id.clone(), record: nothing, key_results: vec![record] });
    }
}

/// Refuses a day before the last record's.
fn check_order(last: Option<Day>, on: Day) -> Result<()> {
    match last.filter(|last| *last > on) {
        Some(last) => Err(Error::usage(format!("the last amendment is of {last}, after {on}"))),
        None => Ok(()),
    }
}

/// Returns the names of all key results of a team's lock and of an objective's file.
fn names(lock: &TeamLock, today: Option<&Objective>) -> Vec<String> {
    let team = &lock.team.value;
    let locked = lock.objectives.iter().flat_map(|objective| {
        objective.key_results.iter().map(move |known| format!("{team}/{}/{}", objective.id.value, known.id.value))
    });
    let today = today.into_iter().flat_map(|objective| {
        objective.key_results.iter().map(move |known| format!("{team}/{}/{}", objective.id.value, known.id.value))
    });
    locked.chain(today).collect()
}

fn unknown(target: &Target, names: &[String]) -> Error {
    let message = format!("neither lock nor file has `{target}`");
    match diag::nearest(&target.to_string(), names.iter().map(String::as_str)) {
        Some(near) => Error::usage_with_help(message, format!("write `{near}`")),
        None => Error::usage_with_help(message, "name team, objective and key result: `platform/reliable/p1`"),
    }
}

fn nothing_changed(inputs: &Inputs<'_>, target: &Target) -> Error {
    Error::usage_with_help(
        format!("nothing has changed of {target}: lock and file say the same"),
        format!("edit {} first, then record why", inputs.quarter.path(&format!("{}.yaml", target.team))),
    )
}
