//! The metrics of a book: those that it defines, and those that an export implies by its name.
//!
//! In: definitions of all files. Out: one metric for each id; ratios of metrics that lead nowhere or in a circle are
//! reported and left out.

use std::collections::{BTreeMap, BTreeSet};

use super::exports::Exports;
use super::query::only_file;
use crate::diag::{self, Diagnostic};
use crate::model::former::FormerMetrics;
use crate::model::ids::{RESERVED_METRICS, Slug};
use crate::model::metric::{Aggregate, Metric, MetricPlace, Query};
use crate::model::ratios;
use crate::source::Spanned;
use crate::yaml::{self, Named};

/// The metrics by id.
pub(super) struct Metrics<'a> {
    known: BTreeMap<Slug, Metric>,
    former: FormerMetrics,
    broken: BTreeSet<Slug>,
    exports: &'a Exports,
}

impl<'a> Metrics<'a> {
    /// Returns the metrics of all files' definitions; of two with one id, the first counts.
    pub(super) fn of(definitions: Vec<Metric>, exports: &'a Exports, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let (known, former) = (BTreeMap::new(), FormerMetrics::default());
        let mut metrics = Self { known, former, broken: BTreeSet::new(), exports };
        for metric in definitions {
            let Some(first) = metrics.known.get(&metric.id) else {
                metrics.known.insert(metric.id.clone(), metric);
                continue;
            };
            if let (MetricPlace::Defined(first), MetricPlace::Defined(second)) = (&first.place, &metric.place) {
                let message = format!("the metric `{}` is defined twice", metric.id);
                let diagnostic = Diagnostic::error("duplicate-id", *second, message).related(*first, "the first one");
                diagnostics.push(diagnostic.help("give one of them another id; until then the first is used"));
            }
        }
        metrics.settle_aliases(diagnostics);
        metrics.check_ratios(diagnostics);
        metrics
    }

    /// Leaves earlier ids out that lead elsewhere already, and gives references between metrics today's.
    fn settle_aliases(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let place = |metric: &Metric| match &metric.place {
            MetricPlace::Defined(span) => Some(*span),
            MetricPlace::Export(_) => None,
        };
        let known = self.known.iter_mut();
        let mut named: Vec<Named<'_>> =
            known.map(|(id, metric)| Named { id, place: place(metric), aliases: &mut metric.aliases }).collect();
        diagnostics.extend(yaml::settle("a metric", &RESERVED_METRICS, &mut named));
        self.former = FormerMetrics::of(&self.known);
        for metric in self.known.values_mut() {
            if let Query::RatioOfMetrics { of, to } = &mut metric.query {
                self.former.update(&mut of.value);
                self.former.update(&mut to.value);
            }
        }
    }

    /// Returns the earlier ids of metrics.
    pub(super) const fn former(&self) -> &FormerMetrics {
        &self.former
    }

    /// Says whether there is such a metric; one that an export implies is made when it is first asked for. A reference
    /// by an earlier id becomes one by today's.
    pub(super) fn resolve(&mut self, id: &mut Slug) -> bool {
        self.former.update(id);
        if let Some((known, _)) = self.known.get_key_value(id) {
            // References share the name's memory.
            id.clone_from(known);
            return true;
        }
        let id = &*id;
        let is_free = !self.broken.contains(id) && !RESERVED_METRICS.contains(&id.as_str());
        let Some(path) = self.exports.named(id.as_str()).filter(|_| is_free) else { return false };
        let query = only_file(vec![path.clone()], None);
        let metric = Metric::bare(id.clone(), MetricPlace::Export(path.clone()), query, Aggregate::Last);
        self.known.insert(id.clone(), metric);
        true
    }

    /// Returns a metric that is known.
    pub(super) fn get(&self, id: &Slug) -> Option<&Metric> {
        self.known.get(id)
    }

    /// Says whether the metric is defined and left out because of a fault.
    pub(super) fn is_broken(&self, id: &Slug) -> bool {
        self.broken.contains(id)
    }

    /// Remembers that a definition was left out, so that nothing takes its place.
    pub(super) fn add_broken(&mut self, ids: impl IntoIterator<Item = Slug>) {
        let known = &self.known;
        self.broken.extend(ids.into_iter().filter(|id| !known.contains_key(id)));
    }

    /// Returns the names of the metrics, for suggestions.
    pub(super) fn names(&self) -> Vec<String> {
        let implied = self.exports.stems().filter(|stem| Slug::new(stem).is_some()).map(str::to_owned);
        self.known.keys().map(Slug::to_string).take(2000).chain(implied.take(2000)).collect()
    }

    /// Returns the metrics.
    pub(super) fn finish(self) -> BTreeMap<Slug, Metric> {
        self.known
    }

    /// Takes out ratios whose parts are unknown, depend on themselves, or are ratios of ratios beyond the limit.
    fn check_ratios(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let mut parts: BTreeMap<Slug, [Spanned<Slug>; 2]> = BTreeMap::new();
        for (id, metric) in &self.known {
            if let Query::RatioOfMetrics { of, to } = &metric.query {
                parts.insert(id.clone(), [of.clone(), to.clone()]);
            }
        }
        let names = self.names();
        let mut suggestions = 50_usize;
        for (id, references) in &parts {
            for reference in references.iter().filter(|reference| !parts.contains_key(&reference.value)) {
                if !self.resolve(&mut reference.value.clone()) {
                    let diagnostic = Diagnostic::error(
                        "unknown-metric",
                        reference,
                        format!("there is no metric `{}`", reference.value),
                    );
                    let near = if suggestions == 0 {
                        None
                    } else {
                        diag::nearest(reference.value.as_str(), names.iter().map(String::as_str))
                    };
                    suggestions = suggestions.saturating_sub(1);
                    diagnostics.push(match near {
                        Some(near) => diagnostic.propose(near),
                        None => diagnostic.help("a ratio's parts are metrics that are defined themselves"),
                    });
                    self.broken.insert(id.clone());
                }
            }
        }
        self.take_out_unmeasurable(&parts, diagnostics);
        for id in &self.broken {
            self.known.remove(id);
        }
    }

    /// Takes out ratios that lead back to themselves or go too deep, and what is made of any that is left out.
    fn take_out_unmeasurable(&mut self, parts: &BTreeMap<Slug, [Spanned<Slug>; 2]>, diagnostics: &mut Vec<Diagnostic>) {
        let values = parts.iter().map(|(id, [of, to])| (id, [&of.value, &to.value])).collect();
        let order = ratios::order(&values);
        let mut deep: BTreeSet<&Slug> = BTreeSet::new();
        for &(id, depth) in &order.settled {
            let references = &parts[id];
            if references.iter().any(|reference| self.broken.contains(&reference.value)) {
                self.broken.insert(id.clone());
            } else if depth > ratios::DEEPEST {
                let Some(reference) = references.iter().find(|reference| deep.contains(&reference.value)) else {
                    continue;
                };
                diagnostics.push(too_deep(id, reference));
                self.broken.insert(id.clone());
            } else if depth == ratios::DEEPEST {
                deep.insert(id);
            }
        }
        for id in order.circular.iter().copied() {
            self.broken.insert(id.clone());
            let is_circular = |reference: &&Spanned<Slug>| order.circular.contains(&reference.value);
            let Some(reference) = parts[id].iter().find(is_circular) else { continue };
            let message = format!("the metric `{id}` is a ratio of itself");
            let diagnostic = Diagnostic::error("circular-metric", reference, message).label("leads back to it");
            diagnostics.push(diagnostic.help("let one of the two read an export"));
        }
    }
}

fn too_deep(id: &Slug, reference: &Spanned<Slug>) -> Diagnostic {
    let message = format!("the metric `{id}` is a ratio of ratios more than {} deep", ratios::DEEPEST);
    Diagnostic::error("ratio-too-deep", reference, message)
        .label(format!("is {} ratios deep itself", ratios::DEEPEST))
        .help("let one of its parts read an export that holds the finished number")
}
