//! Two builds, thing by thing and fact by fact.

use std::collections::{BTreeMap, VecDeque};

use super::build::{Build, Item};
use super::fact::{Figure, What};
use super::form::Finding;
use crate::model::scorecard::QuarterState;

/// What is different.
#[derive(Debug, Clone)]
pub struct Difference {
    /// Versions, as-of days and organisations of the two builds.
    pub(super) sides: [Side; 2],
    /// Quarters, latest first; in them teams, objectives and key results.
    pub quarters: Vec<Node>,
    /// Metrics of the catalogue.
    pub metrics: Vec<Node>,
    pub(super) findings: Findings,
    /// How many quarters and key results the second build has.
    pub(super) size: (usize, usize),
}

/// What is said of a build as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) okrbook: String,
    pub(super) as_of: String,
    pub(super) organisation: Option<String>,
}

/// A thing that is there, gone, or not as it was.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its id, which is its name for ever.
    pub id: String,
    /// What it is called now.
    pub title: String,
    /// Whether it was there before and is there now.
    pub presence: Presence,
    /// Its facts that are not the same.
    pub changes: Vec<Change>,
    /// What is in it and is not the same.
    pub parts: Vec<Self>,
    /// For a quarter: whether the first build already knew how it ended.
    pub(super) was_over: bool,
}

/// Whether a thing was there before and is there now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Only now.
    Added,
    /// Only before.
    Removed,
    /// Both.
    Kept,
}

/// A fact that is not the same; nothing where it was not known.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which fact.
    pub what: What,
    /// What it was.
    pub was: Option<Figure>,
    /// What it is.
    pub is: Option<Figure>,
}

/// What is said in one build only, and what is said in other words.
#[derive(Debug, Clone, Default)]
pub(super) struct Findings {
    pub(super) new: Vec<Finding>,
    pub(super) gone: Vec<Finding>,
    pub(super) changed: Vec<(Finding, Finding)>,
}

/// Returns what is different in `after`.
#[must_use]
pub fn compare(before: &Build, after: &Build) -> Difference {
    let side = |build: &Build| Side {
        okrbook: build.okrbook.clone(),
        as_of: build.as_of.clone(),
        organisation: build.organisation.clone(),
    };
    let mut quarters = nodes(&before.quarters, &after.quarters);
    quarters.sort_by(|a, b| b.id.cmp(&a.id));
    Difference {
        sides: [side(before), side(after)],
        quarters,
        metrics: nodes(&before.metrics, &after.metrics),
        findings: findings(&before.findings, &after.findings),
        size: after.size(),
    }
}

impl Difference {
    /// Says whether nothing in the books is different; as-of days and versions are not in the books.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Findings { new, gone, changed } = &self.findings;
        let is_same_findings = new.is_empty() && gone.is_empty() && changed.is_empty();
        let is_same_organisation = self.sides[0].organisation == self.sides[1].organisation;
        self.quarters.is_empty() && self.metrics.is_empty() && is_same_findings && is_same_organisation
    }

    /// Returns the quarters that were over before and whose numbers are others now.
    pub(super) fn rewritten(&self) -> Vec<&str> {
        let quarters = self.quarters.iter().filter(|quarter| quarter.was_over && quarter.has_past_changes());
        quarters.map(|quarter| quarter.id.as_str()).collect()
    }
}

impl Node {
    fn has_past_changes(&self) -> bool {
        let here = self.presence != Presence::Kept || self.changes.iter().any(|change| change.what.is_past());
        here || self.parts.iter().any(Self::has_past_changes)
    }

    /// Returns a fact that is not the same.
    pub(super) fn change(&self, what: What) -> Option<&Change> {
        self.changes.iter().find(|change| change.what == what)
    }
}

/// Returns what is different, in the order of `after`; what is gone comes last.
fn nodes(before: &[Item], after: &[Item]) -> Vec<Node> {
    let earlier: BTreeMap<&str, &Item> = before.iter().map(|item| (item.id.as_str(), item)).collect();
    let later: BTreeMap<&str, &Item> = after.iter().map(|item| (item.id.as_str(), item)).collect();
    let there = after.iter().filter_map(|item| node(earlier.get(item.id.as_str()).copied(), Some(item)));
    let gone = before.iter().filter(|item| !later.contains_key(item.id.as_str()));
    there.chain(gone.filter_map(|item| node(Some(item), None))).collect()
}

fn node(before: Option<&Item>, after: Option<&Item>) -> Option<Node> {
    let presence = match (before, after) {
        (None, _) => Presence::Added,
        (_, None) => Presence::Removed,
        _ => Presence::Kept,
    };
    let changes = changes(before, after);
    let parts = nodes(parts_of(before), parts_of(after));
    let is_same = presence == Presence::Kept && changes.is_empty() && parts.is_empty();
    let shown = after.or(before).filter(|_| !is_same)?;
    let phase = before.and_then(|item| fact(item, What::Phase));
    let phase = phase.and_then(|phase| QuarterState::named(&phase.text));
    let was_over = matches!(phase, Some(QuarterState::Over | QuarterState::Sealed));
    Some(Node { id: shown.id.clone(), title: shown.title.clone(), presence, changes, parts, was_over })
}

fn parts_of(item: Option<&Item>) -> &[Item] {
    item.map_or(&[], |item| &item.parts)
}

fn fact(item: &Item, what: What) -> Option<&Figure> {
    item.facts.iter().find(|(known, _)| *known == what).map(|(_, figure)| figure)
}

fn changes(before: Option<&Item>, after: Option<&Item>) -> Vec<Change> {
    let mut known: Vec<What> =
        [before, after].iter().flatten().flat_map(|item| &item.facts).map(|fact| fact.0).collect();
    known.sort_unstable();
    known.dedup();
    let figure = |item: Option<&Item>, what| item.and_then(|item| fact(item, what)).cloned();
    let all = known.into_iter().map(|what| Change { what, was: figure(before, what), is: figure(after, what) });
    all.filter(|change| change.was != change.is).collect()
}

/// Pairs findings that say the same, wherever the line has gone; then those of one code at one line.
fn findings(before: &[Finding], after: &[Finding]) -> Findings {
    let mut found = Findings::default();
    let before: Vec<&Finding> = before.iter().collect();
    let after: Vec<&Finding> = after.iter().collect();
    let same = pairs(&before, &after, |finding| (&finding.code, &finding.file, &finding.message));
    let reworded = pairs(&same.gone, &same.new, |finding| (&finding.code, &finding.file, finding.line));
    let changed = same.both.into_iter().filter(|(was, is)| was.level != is.level).chain(reworded.both);
    found.changed = changed.map(|(was, is)| (was.clone(), is.clone())).collect();
    found.gone = reworded.gone.into_iter().cloned().collect();
    found.new = reworded.new.into_iter().cloned().collect();
    found
}

/// What two builds say, in order.
struct Pairs<'a> {
    /// What both say, each as it was and as it is.
    both: Vec<(&'a Finding, &'a Finding)>,
    /// What only the first one says.
    gone: Vec<&'a Finding>,
    /// What only the second one says.
    new: Vec<&'a Finding>,
}

/// Pairs findings with one key, first with first.
fn pairs<'a, K: Ord>(before: &[&'a Finding], after: &[&'a Finding], key_of: impl Fn(&'a Finding) -> K) -> Pairs<'a> {
    let mut waiting: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
    for (place, finding) in before.iter().enumerate() {
        waiting.entry(key_of(finding)).or_default().push_back(place);
    }
    let mut left: Vec<Option<&Finding>> = before.iter().copied().map(Some).collect();
    let (mut both, mut new) = (Vec::new(), Vec::new());
    for finding in after {
        let place = waiting.get_mut(&key_of(finding)).and_then(VecDeque::pop_front);
        match place.and_then(|place| left[place].take()) {
            Some(other) => both.push((other, *finding)),
            None => new.push(*finding),
        }
    }
    Pairs { both, gone: left.into_iter().flatten().collect(), new }
}
