//! What objectives support: the references of `supports`, and that they lead in no circle.
//!
//! In: references as they are written, the names of all objectives and the calendar. Out: references with their cycles, and a
//! diagnostic for each that leads nowhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostic;
use crate::model::calendar::{Calendar, Quarter};
use crate::model::ids::{CycleId, GoalRef, ObjectiveName, Slug};
use crate::model::plan::{Objective, Plan};
use crate::source::Spanned;
use crate::yaml::{Node, Reader};

/// A reference as it is written: two to four names.
pub(super) type Written = Spanned<Vec<Slug>>;

/// How references are written.
const FORM: &str = "write team and objective: `company/trust`; with a key result behind them, or another cycle before them: \
                    `2026/company/trust`";

/// Returns the references of a `supports:`, one or a list of them.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Written> {
    let texts = reader.texts(node, "`supports`");
    let mut found = Vec::with_capacity(texts.len());
    for text in texts {
        let names: Option<Vec<Slug>> = text.value.split('/').map(Slug::new).collect();
        match names.filter(|names| (2..=4).contains(&names.len())) {
            Some(names) => found.push(Spanned::new(names, text.span)),
            None => {
                let message = format!("`{}` names no objective", text.value);
                reader.report(Diagnostic::error("bad-reference", text.span, message).help(FORM));
            }
        }
    }
    found
}

/// Returns the reference that is meant in a cycle of a calendar; a name that is a cycle's is read as one.
pub(super) fn meant(written: &[Slug], quarter: CycleId, calendar: &Calendar) -> Option<GoalRef> {
    let cycle =
        written.first().and_then(|first| CycleId::parse(first.as_str())).filter(|id| calendar.quarter(*id).is_some());
    let (quarter, rest) = match cycle.filter(|_| written.len() > 2) {
        Some(cycle) => (cycle, &written[1..]),
        None => (quarter, written),
    };
    let [team, objective, key_result @ ..] = rest else { return None };
    let key_result = match key_result {
        [] => None,
        [key_result] => Some(key_result.clone()),
        _ => return None,
    };
    Some(GoalRef { quarter, team: team.clone(), objective: objective.clone(), key_result })
}

/// Says what is wrong with a reference before it is looked for: nothing supports what is over before it begins.
pub(super) fn out_of_time(named: &GoalRef, own: Quarter, calendar: &Calendar) -> Option<(String, String)> {
    let other = calendar.quarter(named.quarter)?;
    (!other.window.overlaps(own.window)).then(|| {
        let message = format!("{} has no day in common with {}", named.quarter, own.id);
        (message, "name an objective of the same cycle, or of a longer one that runs while this does".to_owned())
    })
}

/// Reports objectives that support each other in a circle, each circle once, and leaves out the reference that closes it.
pub(super) fn circles(plan: &mut Plan, diagnostics: &mut Vec<Diagnostic>) {
    let closing: Vec<(Spanned<GoalRef>, String)> = {
        let mut search = Search::of(plan);
        let names: Vec<ObjectiveName<'_>> = search.objectives.keys().copied().collect();
        names.into_iter().for_each(|name| search.from(name));
        search.closing
    };
    for (reference, way) in &closing {
        let message = format!("these objectives support each other in a circle: {way}");
        let help =
            "support goes from the goal that serves to the one that is served: remove `supports` from one of them";
        diagnostics.push(Diagnostic::error("bad-reference", reference, message).help(help));
    }
    let closing: BTreeSet<_> = closing.into_iter().map(|(reference, _)| reference.span).collect();
    if closing.is_empty() {
        return;
    }
    for team in plan.quarters.iter_mut().flat_map(|quarter| &mut quarter.teams) {
        for objective in &mut team.objectives {
            objective.supports.retain(|reference| !closing.contains(&reference.span));
        }
    }
}

/// A walk through all references, depth first.
struct Search<'a> {
    objectives: BTreeMap<ObjectiveName<'a>, &'a Objective>,
    done: BTreeSet<ObjectiveName<'a>>,
    closing: Vec<(Spanned<GoalRef>, String)>,
}

impl<'a> Search<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut objectives = BTreeMap::new();
        for quarter in &plan.quarters {
            for team in &quarter.teams {
                let named =
                    team.objectives.iter().map(|known| ((quarter.quarter.id, &team.team, &known.id.value), known));
                objectives.extend(named.filter(|(_, known)| !known.supports.is_empty()));
            }
        }
        Self { objectives, done: BTreeSet::new(), closing: Vec::new() }
    }

    fn from(&mut self, first: ObjectiveName<'a>) {
        // Each step of the way with the references of it that were followed.
        let mut way: Vec<(ObjectiveName<'a>, usize)> = vec![(first, 0)];
        let mut places = BTreeMap::from([(first, 0)]);
        while let Some((name, followed)) = way.last_mut() {
            let (name, place) = (*name, *followed);
            let known = self.objectives.get(&name).copied().filter(|_| !self.done.contains(&name));
            let Some(reference) = known.and_then(|known| known.supports.get(place)) else {
                self.done.insert(name);
                places.remove(&name);
                way.pop();
                continue;
            };
            *followed += 1;
            let next = reference.value.objective();
            match places.get(&next).copied() {
                Some(begin) => {
                    let names =
                        way[begin..].iter().map(|((cycle, team, objective), _)| format!("{cycle}/{team}/{objective}"));
                    let names: Vec<String> = names.collect();
                    self.closing.push((reference.clone(), names.join(", ")));
                }
                None => {
                    places.insert(next, way.len());
                    way.push((next, 0));
                }
            }
        }
    }
}
