//! What was committed, told to each key result.
//!
//! In: a plan with its ledgers, and the as-of day: what was recorded after it has not happened yet. Out: the same plan
//! whose key results know what their lock says of them, with those that were dropped at their side.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::model::calendar::{Day, Window};
use crate::model::former::FormerMetrics;
use crate::model::goal::Goal;
use crate::model::ids::Slug;
use crate::model::ledger::change::{self, Change, Moved};
use crate::model::ledger::commitment::{Commitment, Locked, LockedObjective};
use crate::model::ledger::{
    Amendment, Committed, KeyResultLock, Ledger, ObjectiveLock, ObjectiveTerms, Record, TeamLock, Terms, definition,
};
use crate::model::metric::Metric;
use crate::model::plan::{KeyResult, Objective, Plan, TeamPlan, company_first};
use crate::source::{Sources, Spanned};

/// Tells each key result what its lock says of it as of a day, and leaves out what was recorded later.
///
/// Returns which goals are read otherwise than when they were locked.
pub fn commit(plan: &mut Plan, sources: &Sources, as_of: Day) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let former = FormerMetrics::of(&plan.metrics);
    for quarter in &mut plan.quarters {
        let window = quarter.quarter.window;
        let book = Book { metrics: &plan.metrics, former: &former, window, sources };
        happened(&mut quarter.ledger, as_of);
        let Some(lock) = &quarter.ledger.lock else { continue };
        let teams = quarter.teams.iter().enumerate();
        let mut places: BTreeMap<Slug, usize> = teams.map(|(place, team)| (team.team.clone(), place)).collect();
        for team_lock in &lock.teams {
            let id = &team_lock.owner;
            let place = *places.entry(id.clone()).or_insert_with(|| {
                let (objectives, dropped) = (Vec::new(), Vec::new());
                quarter.teams.push(TeamPlan { team: id.clone(), file: lock.file, objectives, review: None, dropped });
                quarter.teams.len() - 1
            });
            book.commit_team(&mut quarter.teams[place], team_lock, &mut diagnostics);
        }
        quarter.teams.sort_by(|a, b| company_first(&a.team, &b.team));
    }
    diagnostics
}

/// Leaves out what was recorded after a day.
fn happened(ledger: &mut Ledger, as_of: Day) {
    let mut check_ins = std::mem::take(&mut ledger.check_ins).into_all();
    check_ins.retain(|check_in| check_in.on <= as_of);
    ledger.check_ins = check_ins.into();
    let Some(lock) = &mut ledger.lock else { return };
    let mut later = Vec::new();
    lock.teams.retain_mut(|team| {
        let is_later = team.on > as_of;
        if is_later || !retain_made(team, as_of) {
            later.push(team.team.value.clone());
        }
        !is_later
    });
    lock.later = later;
}

/// Leaves out amendments that were made after a day, and says whether all of them stayed.
fn retain_made(team: &mut TeamLock, as_of: Day) -> bool {
    let mut all = true;
    let mut keep = |on: Day| {
        all &= on <= as_of;
        on <= as_of
    };
    for objective in &mut team.objectives {
        objective.record.amendments.retain(|amendment| keep(amendment.note.on));
        for key_result in &mut objective.key_results {
            key_result.record.amendments.retain(|amendment| keep(amendment.note.on));
        }
    }
    all
}

struct Book<'a> {
    metrics: &'a BTreeMap<Slug, Metric>,
    former: &'a FormerMetrics,
    /// The days of the quarter.
    window: Window,
    sources: &'a Sources,
}

impl Book<'_> {
    fn commit_team(&self, team: &mut TeamPlan, lock: &TeamLock, diagnostics: &mut Vec<Diagnostic>) {
        let mut gone = Gone::new(&lock.objectives, |lock| &lock.id.value);
        for objective in &mut team.objectives {
            let found = gone.take(&objective.id.value, &objective.aliases);
            self.commit_objective(objective, found, lock, diagnostics);
        }
        team.dropped = gone.left().filter_map(|lock_of| self.gone(lock_of, lock.on)).collect();
    }

    fn commit_objective(
        &self,
        objective: &mut Objective,
        lock: Option<&ObjectiveLock>,
        team: &TeamLock,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let on = team.on;
        let mut gone = Gone::new(lock.map_or(&[], |lock| &lock.key_results), |lock| &lock.id.value);
        for key_result in &mut objective.key_results {
            let found = gone.take(&key_result.id.value, &key_result.aliases);
            diagnostics.extend(found.and_then(|lock| self.reread(key_result, lock, team)));
            key_result.commitment = self.commitment(key_result, found, on);
        }
        objective.dropped = gone.left().filter_map(|lock| self.dropped(lock, on)).collect();
        objective.commitment = lock.and_then(|lock| {
            let (terms, amendments) = self.today(&lock.record)?;
            let moves = change::moves(&terms, &amendments, &ObjectiveTerms::of(objective));
            Some(Box::new(LockedObjective { on, terms, moves, place: lock.id.span }))
        });
    }

    /// Returns what was committed and amended, by the ids that metrics have today; nothing for what came later.
    fn today<T: Committed>(&self, record: &Record<T>) -> Option<(T, Vec<Amendment<T>>)> {
        let of = |known: &Amendment<T>| Amendment {
            note: known.note.clone(),
            terms: known.terms.as_ref().map(|terms| self.former.terms(terms)),
        };
        Some((self.former.terms(record.terms.as_ref()?), record.amendments.iter().map(of).collect()))
    }

    fn commitment(&self, key_result: &KeyResult, lock: Option<&KeyResultLock>, on: Day) -> Commitment {
        let Some(lock) = lock else { return Commitment::Added { on, note: None } };
        let Some((terms, amendments)) = self.today(&lock.record) else {
            return Commitment::Added { on, note: lock.record.amendments.last().map(|last| last.note.clone()) };
        };
        let now = self.now(key_result, &terms);
        let moves = change::moves(&terms, &amendments, &now);
        let (start, place) = (lock.start.clone(), lock.id.span);
        Commitment::Locked(Box::new(Locked { on, terms, start, moves, is_dropped: false, place }))
    }

    /// Returns what a key result's file says now.
    fn now(&self, key_result: &KeyResult, terms: &Terms) -> Terms {
        let metric = key_result.metric.as_ref().and_then(|metric| self.metrics.get(&metric.value));
        let unit = terms.goal.as_ref().and_then(Goal::quantity).map(|quantity| &quantity.unit);
        Terms::of(key_result, metric.map(|metric| definition(metric, unit, self.window, self.sources)))
    }

    /// Gives a key result the goal that was agreed last, where the same sentence is read otherwise now, and tells it.
    fn reread(&self, key_result: &mut KeyResult, lock: &KeyResultLock, team: &TeamLock) -> Option<Diagnostic> {
        let (terms, amendments) = self.today(&lock.record)?;
        let agreed = amendments.last().map_or(Some(&terms), |last| last.terms.as_ref())?;
        let is_by_words = key_result.by_sentence && agreed.title == key_result.title.value;
        let states_numbers = agreed.goal.as_ref().and_then(Goal::quantity).is_some();
        // A goal with numbers that no digit of the sentence can have said was stated by keys, which are gone.
        let said = !states_numbers || agreed.title.contains(|letter: char| letter.is_ascii_digit());
        if !is_by_words || !said || agreed.goal == key_result.goal {
            return None;
        }
        let moves = change::moves(agreed, &[], &self.now(key_result, agreed));
        let [moved] = &moves[..] else { return None };
        // What somebody wrote into a lock by hand is no other reading.
        if moved.change.name() != "goal" || !team.is_intact() {
            return None;
        }
        let (was, is) = moved.change.shown();
        let or_none = |goal: String| if goal.is_empty() { "no goal".to_owned() } else { goal };
        let (was, is) = (or_none(was), or_none(is));
        let message = format!("this sentence is read as {is} now, and was locked as {was}; the lock counts");
        let help = "state the goal by keys (`from:` and `to:`, `at_most:`, `at_least:`), so that no reading matters";
        key_result.goal.clone_from(&agreed.goal);
        let diagnostic = Diagnostic::warning("reread-goal", &key_result.title, message);
        Some(diagnostic.related(lock.id.span, "locked here").help(help))
    }

    /// Returns a key result that was committed and is gone, as it was committed.
    fn dropped(&self, lock: &KeyResultLock, on: Day) -> Option<KeyResult> {
        let locked = Locked {
            on,
            terms: self.former.terms(lock.record.terms.as_ref()?),
            start: lock.start.clone(),
            moves: dropped(&lock.record),
            is_dropped: true,
            place: lock.id.span,
        };
        Some(KeyResult::dropped(lock, locked, self.metrics))
    }

    /// Returns an objective that was committed and is gone, with the key results that were committed under it.
    fn gone(&self, lock: &ObjectiveLock, on: Day) -> Option<Objective> {
        let (terms, moves, place) = (lock.record.terms.clone()?, dropped(&lock.record), lock.id.span);
        let bare = Objective::bare(lock.id.clone(), Spanned::new(terms.title.clone(), place));
        Some(Objective {
            ambition: terms.ambition,
            dropped: lock.key_results.iter().filter_map(|lock| self.dropped(lock, on)).collect(),
            commitment: Some(Box::new(LockedObjective { on, terms, moves, place })),
            ..bare
        })
    }
}

/// Returns the one move of what is gone.
fn dropped<T>(record: &Record<T>) -> Vec<Moved> {
    vec![Moved { change: Change::Dropped, note: record.dropped().cloned() }]
}

/// What was locked, each found by its id and taken once; what is left is gone from the plan.
struct Gone<'a, T> {
    locks: Vec<Option<&'a T>>,
    places: BTreeMap<&'a Slug, usize>,
}

impl<'a, T> Gone<'a, T> {
    fn new(locks: &'a [T], id: impl Fn(&'a T) -> &'a Slug) -> Self {
        let places = locks.iter().enumerate().map(|(place, lock)| (id(lock), place)).collect();
        Self { locks: locks.iter().map(Some).collect(), places }
    }

    /// Takes the first that was locked under an id or an earlier one.
    fn take(&mut self, id: &Slug, aliases: &[Slug]) -> Option<&'a T> {
        let known = std::iter::once(id).chain(aliases).filter_map(|id| self.places.get(id).copied());
        let place = known.filter(|place| self.locks[*place].is_some()).min()?;
        self.locks[place].take()
    }

    fn left(&self) -> impl Iterator<Item = &'a T> {
        self.locks.iter().copied().flatten()
    }
}
