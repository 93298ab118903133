//! The names of a team's key results, as its review may write them.

use std::collections::BTreeMap;

use super::team::ObjectiveDraft;
use crate::diag::{self, Diagnostic};
use crate::model::ids::Slug;
use crate::model::plan::{KeyResult, Objective};
use crate::source::Span;

/// An objective and a key result of it, by their ids of today.
type Found<'a> = (&'a Slug, &'a Slug);

/// The key results of one team, found by `objective/key-result`, or by the key result alone where only one has that id.
///
/// Earlier ids of an objective lead to it and not to its key results each, so that ids cost what they take in the text.
#[derive(Default)]
pub(super) struct KeyResultNames<'a> {
    /// The place of each objective, by all its ids with the slash behind them.
    objectives: BTreeMap<String, usize>,
    /// Each objective with its key results by all their ids.
    key_results: Vec<(&'a Slug, BTreeMap<&'a str, &'a Slug>)>,
    /// The key result of an id; nothing where several have it.
    short: BTreeMap<&'a str, Option<Found<'a>>>,
}

impl<'a> KeyResultNames<'a> {
    /// Returns the names of these objectives' key results.
    pub(super) fn of(objectives: &'a [ObjectiveDraft]) -> Self {
        let mut names = Self::default();
        for draft in objectives {
            names.add(&draft.objective, || draft.key_results.iter().map(|draft| &draft.key_result));
        }
        names
    }

    /// Returns the names of the key results of a plan's objectives.
    pub(super) fn of_plan(objectives: &'a [Objective]) -> Self {
        let mut names = Self::default();
        for objective in objectives {
            names.add(objective, || objective.key_results.iter());
        }
        names
    }

    fn add<I: Iterator<Item = &'a KeyResult>>(&mut self, of: &'a Objective, key_results: impl Fn() -> I) {
        let objective = &of.id.value;
        let mut known: BTreeMap<&'a str, &'a Slug> = BTreeMap::new();
        let ids = key_results().map(|key_result| (&key_result.id.value, &key_result.id.value));
        let former =
            key_results().flat_map(|key_result| key_result.aliases.iter().map(|alias| (alias, &key_result.id.value)));
        for (name, id) in ids.chain(former) {
            known.entry(name.as_str()).or_insert(id);
            self.short.entry(name.as_str()).and_modify(|only| *only = None).or_insert(Some((objective, id)));
        }
        let place = self.key_results.len();
        for above in std::iter::once(objective).chain(&of.aliases) {
            self.objectives.entry(format!("{above}/")).or_insert(place);
        }
        self.key_results.push((objective, known));
    }

    /// Returns the objective and key result of a name.
    pub(super) fn find(&self, name: &str) -> Option<(Slug, Slug)> {
        let (objective, key_result) = self.full(name).or_else(|| self.short.get(name).copied().flatten())?;
        Some((objective.clone(), key_result.clone()))
    }

    fn full(&self, name: &str) -> Option<Found<'a>> {
        let (above, name) = name.split_at(name.find('/')? + 1);
        let (objective, known) = &self.key_results[*self.objectives.get(above)?];
        Some((objective, known.get(name)?))
    }

    /// Says whether an objective has this id and key results.
    pub(super) fn has_objective(&self, id: &str) -> bool {
        self.objectives.get(&format!("{id}/")).is_some_and(|place| !self.key_results[*place].1.is_empty())
    }

    /// Returns all full names in order.
    fn all(&self) -> impl Iterator<Item = String> {
        let above = self.objectives.iter();
        above.flat_map(|(above, place)| self.key_results[*place].1.keys().map(move |name| format!("{above}{name}")))
    }

    /// Returns what is wrong with a name that is none, and what to write instead.
    pub(super) fn unknown(&self, name: &str, place: Span) -> Diagnostic {
        let diagnostic = Diagnostic::error("unknown-key-result", place, format!("no key result is called `{name}`"));
        let candidates: Vec<String> = self.all().take(200).collect();
        match diag::nearest(name, candidates.iter().map(String::as_str)) {
            Some(near) => diagnostic.propose(near),
            None if candidates.is_empty() => diagnostic.help("the team's file has no key results"),
            None => {
                let known: Vec<String> = candidates.iter().take(6).map(|name| format!("`{name}`")).collect();
                let more = if candidates.len() > 6 { ", …" } else { "" };
                diagnostic.help(format!("the team has {}{more}", known.join(", ")))
            }
        }
    }
}
