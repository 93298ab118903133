//! Short names for links, made of sentences.
//!
//! In: titles. Out: ids that differ within a team's file, the same for the same titles in the same order.

use std::collections::BTreeSet;

use crate::model::ids::Slug;
use crate::read::paths::without_accents;
use crate::sentence;

/// The longest id that is made, in characters.
const LONGEST: usize = 32;

/// The ids of one file.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
}

impl Ids {
    /// Returns an objective's id.
    pub(super) fn of_objective(&mut self, title: &str) -> Slug {
        self.free(&short(title), "objective")
    }

    /// Returns a key result's id, after what it measures where the sentence says that.
    pub(super) fn of_key_result(&mut self, title: &str) -> Slug {
        let reading = sentence::read(title);
        let measure = reading.measure.and_then(|range| title.get(range)).map(short).filter(|id| id.len() > 1);
        self.free(&measure.unwrap_or_else(|| short(title)), "key-result")
    }

    /// Returns an id that nobody has.
    fn free(&mut self, wanted: &str, other: &str) -> Slug {
        let base = if wanted.is_empty() { other } else { wanted };
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let ids = std::iter::once(base.to_owned()).chain(numbered);
        let mut free = ids.filter(|id| !self.taken.contains(id)).filter_map(|id| Slug::new(&id));
        let id = free.next().expect("internal: one of endlessly many ids is free");
        self.taken.insert(id.as_str().to_owned());
        id
    }
}

/// Returns a text as the beginning of an id: whole words where they fit.
#[must_use]
pub(super) fn short(text: &str) -> String {
    let plain = crate::markdown::to_text(&without_accents(text));
    let long = Slug::suggest(&plain);
    if long.len() <= LONGEST {
        return long;
    }
    let cut = &long[..LONGEST];
    let end = if long.as_bytes()[LONGEST] == b'-' { LONGEST } else { cut.rfind('-').unwrap_or(LONGEST) };
    cut[..end].trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_and_differ() {
        let mut ids = Ids::default();
        let all: Vec<String> = [
            "Zufriedene Kunden – überall",
            "Zufriedene Kunden, überall!",
            "日本",
            "日本",
            "a-2",
            "a",
            "a",
            &"x".repeat(90),
        ]
        .iter()
        .map(|title| ids.of_objective(title).to_string())
        .collect();
        assert_eq!(
            all,
            [
                "zufriedene-kunden-uberall",
                "zufriedene-kunden-uberall-2",
                "objective",
                "objective-2",
                "a-2",
                "a",
                "a-3",
                &"x".repeat(32)
            ]
        );
    }

    #[test]
    fn key_results_are_named_after_what_they_measure() {
        let mut ids = Ids::default();
        assert_eq!(ids.of_key_result("Reduce P1 incidents from 8/quarter to 2/quarter").as_str(), "p1-incidents");
        assert_eq!(
            ids.of_key_result("Launch the new checkout in all eleven countries").as_str(),
            "launch-the-new-checkout-in-all"
        );
    }
}
