//! Texts that conditions ask for, and whether any cell is one of them.
//!
//! In: a text and the cells of its column. Out: a cell that differs from it in nothing that people see (`Done` for
//! `done`, `500.0` for `500`), where none is exactly it. Such a condition counts nothing and looks like good news.

use super::number::{self, Decimals};

/// What is known of a text that a condition asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sought {
    met: bool,
    near: Option<String>,
}

impl Sought {
    /// Says whether a cell is the text, and remembers it where it nearly is.
    #[inline]
    pub(super) fn compare(&mut self, text: &str, cell: &str) -> bool {
        let is_it = text == cell;
        if is_it {
            self.met = true;
        } else if !self.met && self.near.is_none() && is_near(text, cell) {
            self.near = Some(cell.to_owned());
        }
        is_it
    }

    /// Returns the cell that is nearly the text, where none is exactly it.
    pub(super) fn near(&self) -> Option<&str> {
        self.near.as_deref().filter(|_| !self.met)
    }
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
