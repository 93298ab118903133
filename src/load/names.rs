//! The names of a team's key results, as its review may write them.

use std::collections::BTreeMap;

use super::team::ObjectiveDraft;
use crate::diag::{self, Diagnostic};
use crate::model::ids::Slug;
use crate::model::plan::{KeyResult, Objective};
use crate::source::Span;

/// The key results of one team, found by `objective/key-result`, or by the key result alone where only one has that id.
pub(super) struct KeyResultNames<'a> {
    full: BTreeMap<String, (&'a Slug, &'a Slug)>,
    short: BTreeMap<&'a str, Vec<(&'a Slug, &'a Slug)>>,
}

impl<'a> KeyResultNames<'a> {
    /// Returns the names of these objectives' key results.
    pub(super) fn of(objectives: &'a [ObjectiveDraft]) -> Self {
        let mut names = Self { full: BTreeMap::new(), short: BTreeMap::new() };
        for draft in objectives {
            names.add(&draft.objective, || draft.key_results.iter().map(|draft| &draft.key_result));
        }
        names
    }

    /// Returns the names of the key results of a plan's objectives.
    pub(super) fn of_plan(objectives: &'a [Objective]) -> Self {
        let mut names = Self { full: BTreeMap::new(), short: BTreeMap::new() };
        for objective in objectives {
            names.add(objective, || objective.key_results.iter());
        }
        names
    }

    fn add<I: Iterator<Item = &'a KeyResult>>(&mut self, of: &'a Objective, key_results: impl Fn() -> I) {
        let objective = &of.id.value;
        let ids = key_results().map(|key_result| (&key_result.id.value, &key_result.id.value));
        let former =
            key_results().flat_map(|key_result| key_result.aliases.iter().map(|alias| (alias, &key_result.id.value)));
        for (name, id) in ids.chain(former) {
            for above in std::iter::once(objective).chain(&of.aliases) {
                self.full.entry(format!("{above}/{name}")).or_insert((objective, id));
            }
            self.short.entry(name.as_str()).or_default().push((objective, id));
        }
    }

    /// Returns the objective and key result of a name.
    pub(super) fn find(&self, name: &str) -> Option<(Slug, Slug)> {
        let only = || match self.short.get(name).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        };
        let (objective, key_result) = self.full.get(name).copied().or_else(only)?;
        Some((objective.clone(), key_result.clone()))
    }

    /// Says whether an objective has this id and key results.
    pub(super) fn has_objective(&self, id: &str) -> bool {
        self.full.keys().any(|name| name.split_once('/').is_some_and(|(objective, _)| objective == id))
    }

    /// Returns what is wrong with a name that is none, and what to write instead.
    pub(super) fn unknown(&self, name: &str, place: Span) -> Diagnostic {
        let diagnostic = Diagnostic::error("unknown-key-result", place, format!("no key result is called `{name}`"));
        let candidates = self.full.keys().map(String::as_str).take(200);
        match diag::nearest(name, candidates) {
            Some(near) => diagnostic.help(format!("write `{near}`")),
            None if self.full.is_empty() => diagnostic.help("the team's file has no key results"),
            None => {
                let known: Vec<String> = self.full.keys().take(6).map(|name| format!("`{name}`")).collect();
                let more = if self.full.len() > 6 { ", …" } else { "" };
                diagnostic.help(format!("the team has {}{more}", known.join(", ")))
            }
        }
    }
}
