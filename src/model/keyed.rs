//! What is said about key results, one by one: answers, judgements, entries of check-ins.
//!
//! A list in its file's order whose items are found by their key result. Few items are looked through; of many the order
//! by name is kept, since thousands of key results may ask for theirs.

use std::ops::Deref;

use super::ids::Slug;

/// Something that is said about one key result.
pub trait About {
    /// Returns the objective and the key result.
    fn about(&self) -> (&Slug, &Slug);
}

/// Items in their file's order, each found by its key result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed<T> {
    items: Vec<T>,
    /// The items' places in the order of their names; empty where there are few.
    by_name: Vec<u32>,
}

/// Items that are looked through.
const FEW: usize = 16;

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self { items: Vec::new(), by_name: Vec::new() }
    }
}

impl<T: About> From<Vec<T>> for Keyed<T> {
    fn from(mut items: Vec<T>) -> Self {
        // A book has thousands of reviews.
        items.shrink_to_fit();
        let all = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let mut by_name: Vec<u32> = if items.len() > FEW { (0..all).collect() } else { Vec::new() };
        by_name.sort_by_key(|place| items[*place as usize].about());
        Self { items, by_name }
    }
}

impl<T: About> Keyed<T> {
    /// Returns the first item about a key result.
    #[must_use]
    pub fn about(&self, objective: &Slug, key_result: &Slug) -> Option<&T> {
        let name = (objective, key_result);
        if self.by_name.is_empty() {
            return self.items.iter().find(|item| item.about() == name);
        }
        let of = |place: u32| &self.items[place as usize];
        let first = self.by_name.partition_point(|place| of(*place).about() < name);
        self.by_name.get(first).map(|place| of(*place)).filter(|item| item.about() == name)
    }
}

impl<T> Keyed<T> {
    /// Returns the items in their file's order.
    #[must_use]
    pub fn into_items(self) -> Vec<T> {
        self.items
    }
}

impl<T> Deref for Keyed<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<'a, T> IntoIterator for &'a Keyed<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Said(Slug, usize);

    impl About for Said {
        fn about(&self) -> (&Slug, &Slug) {
            (&self.0, &self.0)
        }
    }

    #[test]
    fn the_first_item_about_a_key_result_is_found_among_few_and_among_many() {
        let slug = |number: usize| Slug::new(&format!("k{number}")).expect("a slug");
        for count in [0, 1, 16, 17, 1000] {
            // Each key result twice, the latest names first.
            let items: Vec<Said> = (0..count).map(|place| Said(slug((count - place) / 2), place)).collect();
            let first: Vec<usize> =
                (0..=count / 2).filter_map(|known| items.iter().position(|item| item.0 == slug(known))).collect();
            let keyed = Keyed::from(items);
            let found = (0..=count / 2).filter_map(|known| keyed.about(&slug(known), &slug(known)));
            assert_eq!(found.map(|item| item.1).collect::<Vec<_>>(), first, "{count}");
            assert!(keyed.about(&slug(count), &slug(count + 1)).is_none());
        }
    }
}
