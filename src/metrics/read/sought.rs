//! Texts that conditions ask for, and whether any cell is one of them.
//!
//! In: a text and the cells of its column. Out: a cell that differs from it in nothing that people see (`Done` for
//! `done`, `500.0` for `500`), where none is exactly it. Such a condition counts nothing and looks like good news.

use std::collections::BTreeMap;

use crate::metrics::cells::number::{self, Decimals};

/// What is known of a text that a condition asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::metrics) struct Sought {
    met: bool,
    near: Option<String>,
}

impl Sought {
    /// Says whether a cell is the text, and remembers it where it nearly is.
    #[inline]
    pub(in crate::metrics) fn compare(&mut self, text: &str, cell: &str) -> bool {
        let is_it = text == cell;
        if is_it {
            self.met = true;
        } else if !self.met && self.near.is_none() && is_near(text, cell) {
            self.near = Some(cell.to_owned());
        }
        is_it
    }

    /// Says whether any cell was exactly the text.
    pub(in crate::metrics) const fn is_met(&self) -> bool {
        self.met
    }

    /// Returns the cell that is nearly the text, where none is exactly it.
    pub(in crate::metrics) fn near(&self) -> Option<&str> {
        self.near.as_deref().filter(|_| !self.met)
    }
}

/// The texts that a condition asks for, each with its place among all that a metric's conditions ask for.
#[derive(Debug)]
pub(in crate::metrics) struct Texts {
    all: Vec<(String, usize)>,
    /// Of many, the place in `all` of each text, and of those that look alike.
    exact: BTreeMap<String, usize>,
    alike: BTreeMap<String, Vec<usize>>,
}

/// Texts that are compared one by one with each cell; also how many that look alike are told apart.
const FEW: usize = 16;

impl Texts {
    /// Returns the texts with their places.
    pub(in crate::metrics) fn new(all: Vec<(String, usize)>) -> Self {
        let (mut exact, mut alike): (_, BTreeMap<String, Vec<usize>>) = (BTreeMap::new(), BTreeMap::new());
        if all.len() > FEW {
            for (place, (text, _)) in all.iter().enumerate() {
                exact.entry(text.clone()).or_insert(place);
                let alike = alike.entry(look(text)).or_default();
                if alike.len() < FEW {
                    alike.push(place);
                }
            }
        }
        Self { all, exact, alike }
    }

    /// Says whether a cell is one of the texts, and remembers it where it nearly is.
    #[inline]
    pub(in crate::metrics) fn compare(&self, cell: &str, sought: &mut [Sought]) -> bool {
        let mut compare = |(text, place): &(String, usize)| sought[*place].compare(text, cell);
        if self.exact.is_empty() {
            return self.all.iter().any(compare);
        }
        let place = self.exact.get(cell).copied();
        let alike = self.alike.get(&look(cell)).map_or(&[][..], Vec::as_slice);
        for other in alike.iter().filter(|other| place.is_none_or(|place| **other < place)) {
            compare(&self.all[*other]);
        }
        place.is_some_and(|place| compare(&self.all[place]))
    }

    /// Says whether any cell was one of the texts.
    pub(in crate::metrics) fn is_met(&self, sought: &[Sought]) -> bool {
        self.all.iter().any(|(_, place)| sought[*place].is_met())
    }

    /// Says whether a cell is one of the texts.
    pub(in crate::metrics) fn has(&self, cell: &str) -> bool {
        if self.exact.is_empty() {
            self.all.iter().any(|(text, _)| text == cell)
        } else {
            self.exact.contains_key(cell)
        }
    }
}

/// Returns what two texts have in common of which one is nearly the other.
fn look(text: &str) -> String {
    let is_number = text.as_bytes().first().is_some_and(u8::is_ascii_digit);
    let number = if is_number { number::read(text.as_bytes(), Decimals::Point).ok().flatten() } else { None };
    number.map_or_else(
        || text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" "),
        |number| number.normal().to_string(),
    )
}

fn is_near(text: &str, cell: &str) -> bool {
    if text.is_empty() || cell.is_empty() {
        return false;
    }
    let number = |text: &str| number::read(text.as_bytes(), Decimals::Point).ok().flatten();
    let is_digit = |text: &str| text.as_bytes()[0].is_ascii_digit();
    if is_digit(text) && is_digit(cell) {
        return number(text).is_some_and(|own| number(cell) == Some(own));
    }
    text.eq_ignore_ascii_case(cell)
        || (text.split_whitespace().map(str::to_lowercase)).eq(cell.split_whitespace().map(str::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_texts_each_cell_finds_its_own_and_those_that_it_nearly_is() {
        for count in [3, 20_000] {
            let names = (0..count).map(|place| (format!("v-{place}"), place));
            let texts = Texts::new(names.chain([("Done".to_owned(), count), ("500".to_owned(), count + 1)]).collect());
            let mut sought = vec![Sought::default(); count + 2];
            for place in 0..count {
                assert!(texts.compare(&format!("v-{place}"), &mut sought));
                assert!(texts.has(&format!("v-{place}")));
            }
            for other in ["done", "500.0", "V-1", "x"] {
                assert!(!texts.compare(other, &mut sought), "{other}");
                assert!(!texts.has(other), "{other}");
            }
            let near: Vec<&str> = sought.iter().filter_map(Sought::near).collect();
            assert_eq!(near, ["done", "500.0"], "{count}");
        }
    }

    #[test]
    fn what_differs_only_to_machines_is_near() {
        for (text, cell, expected) in [
            ("done", "Done", true),
            ("In Progress", "in\u{a0}progress", true),
            ("true", "TRUE", true),
            ("500", "500.0", true),
            ("geöffnet", "GEÖFFNET", true),
            ("done", "closed", false),
            ("P1", "P2", false),
            ("500", "501", false),
            ("", "x", false),
        ] {
            let mut sought = Sought::default();
            assert!(!sought.compare(text, cell));
            assert_eq!(sought.near().is_some(), expected, "{text} {cell}");
            assert!(sought.compare(text, text));
            assert_eq!(sought.near(), None, "what is met needs no other");
        }
    }
}
