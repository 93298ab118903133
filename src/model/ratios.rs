//! Ratios of metrics, parts before what they are made of.
//!
//! In: which metrics are ratios, and of what. Out: how deep each one goes, and those that lead back to themselves. Walks
//! no tree by calling itself, so that a chain of any length is told like any other.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::Slug;

/// How deep ratios may go: a ratio of two metrics, of such ratios, and of ratios of those.
///
/// Each level asks twice of the one below it, so that a value of the deepest asks eight metrics that read exports.
pub const DEEPEST: usize = 3;

/// The two parts of each ratio.
pub type Parts<'a> = BTreeMap<&'a Slug, [&'a Slug; 2]>;

/// Ratios in the order in which they can be measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order<'a> {
    /// Ratios after their parts, with their depth: 1 where no part is a ratio itself.
    pub settled: Vec<(&'a Slug, usize)>,
    /// Ratios that lead back to themselves, and what is made of those.
    pub circular: BTreeSet<&'a Slug>,
}

/// Returns the order in which ratios can be measured.
#[must_use]
pub fn order<'a>(parts: &Parts<'a>) -> Order<'a> {
    let inner = |id: &&'a Slug| -> BTreeSet<&'a Slug> {
        parts.get(id).into_iter().flatten().copied().filter(|part| parts.contains_key(part)).collect()
    };
    let mut users: BTreeMap<&Slug, Vec<&Slug>> = BTreeMap::new();
    let mut open: BTreeMap<&Slug, usize> = BTreeMap::new();
    let mut depths: BTreeMap<&Slug, usize> = BTreeMap::new();
    for id in parts.keys() {
        let inner = inner(id);
        open.insert(id, inner.len());
        inner.into_iter().for_each(|part| users.entry(part).or_default().push(id));
    }
    let mut ready: Vec<&Slug> = open.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    let mut settled = Vec::with_capacity(parts.len());
    while let Some(id) = ready.pop() {
        let depth = 1 + inner(&id).iter().filter_map(|part| depths.get(part)).max().copied().unwrap_or(0);
        depths.insert(id, depth);
        settled.push((id, depth));
        for user in users.remove(id).unwrap_or_default() {
            if let Some(count) = open.get_mut(user) {
                *count -= 1;
                if *count == 0 {
                    ready.push(user);
                }
            }
        }
    }
    let circular = parts.keys().copied().filter(|id| !depths.contains_key(id)).collect();
    Order { settled, circular }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slugs(count: usize) -> Vec<Slug> {
        (0..count).filter_map(|number| Slug::new(&format!("m{number}"))).collect()
    }

    #[test]
    fn parts_stand_before_what_is_made_of_them_with_their_depth() {
        let ids = slugs(6);
        let [a, b, c, d, e, f] = &ids[..] else { panic!("six") };
        let parts = Parts::from([(a, [b, c]), (b, [c, c]), (c, [f, f]), (d, [e, f]), (e, [d, d])]);
        let found = order(&parts);
        assert_eq!(found.settled, [(c, 1), (b, 2), (a, 3)]);
        assert_eq!(found.circular, BTreeSet::from([d, e]));
    }

    #[test]
    fn a_chain_of_any_length_is_walked_without_a_deep_stack() {
        let ids = slugs(20_000);
        let parts: Parts<'_> = ids.windows(2).map(|pair| (&pair[0], [&pair[1], &pair[1]])).collect();
        let found = order(&parts);
        assert_eq!(found.settled.last(), Some(&(&ids[0], ids.len() - 1)));
        assert!(found.circular.is_empty());
    }
}
