//! Earlier ids of metrics, for records that were written under them.

use std::collections::BTreeMap;

use super::ids::Slug;
use super::ledger::{Committed, Value};
use super::metric::Metric;

/// Earlier ids of metrics, each with the id of today.
#[derive(Debug, Default)]
pub struct FormerMetrics(BTreeMap<Slug, Slug>);

impl FormerMetrics {
    /// Returns the earlier ids of these metrics.
    #[must_use]
    pub fn of(metrics: &BTreeMap<Slug, Metric>) -> Self {
        let aliases = |metric: &Metric| -> Vec<(Slug, Slug)> {
            metric.aliases.iter().map(|alias| (alias.value.clone(), metric.id.clone())).collect()
        };
        Self(metrics.values().flat_map(aliases).collect())
    }

    /// Gives a reference the id that the metric has today.
    pub fn update(&self, id: &mut Slug) {
        if let Some(now) = self.0.get(id) {
            id.clone_from(now);
        }
    }

    /// Returns terms with the ids that their metrics have today.
    #[must_use]
    pub fn terms<T: Committed>(&self, terms: &T) -> T {
        let mut terms = terms.clone();
        for term in T::TABLE {
            let mut value = (term.get)(&terms);
            match &mut value {
                Value::Metric(Some(metric)) => self.update(metric),
                Value::Bounds(bounds) => bounds.iter_mut().for_each(|(metric, _)| self.update(metric)),
                Value::Definition(Some(definition)) => *definition = self.definition(definition),
                _ => continue,
            }
            (term.set)(&mut terms, value);
        }
        terms
    }

    /// Returns how a metric is computed with the ids of today: a ratio of metrics names them.
    #[must_use]
    pub fn definition(&self, text: &str) -> String {
        let (ratio, rest) = text.split_at(text.find(';').unwrap_or(text.len()));
        let parts = ratio.split_once(" / ").and_then(|(of, to)| Slug::new(of).zip(Slug::new(to)));
        let Some((mut of, mut to)) = parts.filter(|_| !self.0.is_empty()) else { return text.to_owned() };
        self.update(&mut of);
        self.update(&mut to);
        format!("{of} / {to}{rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_get_the_ids_of_today() {
        let slug = |text: &str| Slug::new(text).expect("a slug");
        let former = FormerMetrics([(slug("aws-bill"), slug("cloud-bill"))].into());
        let cases = [
            ("aws-bill / orders; in $", "cloud-bill / orders; in $"),
            ("orders / aws-bill", "orders / cloud-bill"),
            ("sum of aws-bill / sum of orders; a.csv", "sum of aws-bill / sum of orders; a.csv"),
            ("last; aws-bill / orders", "last; aws-bill / orders"),
        ];
        for (text, expected) in cases {
            assert_eq!(former.definition(text), expected);
        }
    }
}
