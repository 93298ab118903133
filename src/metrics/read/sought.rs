//! Texts that conditions ask for, and whether any cell is one of them.
//!
//! In: a text and the cells of its column. Out: a cell that differs from it in nothing that people see (`Done` for
//! `done`, `500.0` for `500`), where none is exactly it. Such a condition counts nothing and looks like good news.

use std::collections::BTreeSet;

use crate::metrics::cells::number::{self, Decimals};

/// What is known of a text that a condition asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::metrics) struct Sought {
    met: bool,
    near: Option<String>,
}

impl Sought {
    /// Notes that a cell is the text.
    pub(in crate::metrics) const fn meet(&mut self) {
        self.met = true;
    }

    /// Notes a cell that nearly is the text; the first one stays.
    pub(in crate::metrics) fn come_near(&mut self, cell: &str) {
        self.near.get_or_insert_with(|| cell.to_owned());
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
    /// The same, where they are many.
    many: BTreeSet<Vec<u8>>,
}

/// Texts that are compared one by one with each cell.
const FEW: usize = 16;

impl Texts {
    /// Returns the texts with their places.
    pub(in crate::metrics) fn new(all: Vec<(String, usize)>) -> Self {
        let bytes = || all.iter().map(|(text, _)| text.clone().into_bytes());
        let many = if all.len() > FEW { bytes().collect() } else { BTreeSet::new() };
        Self { all, many }
    }

    /// Returns the texts with their places.
    pub(in crate::metrics) fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        self.all.iter().map(|(text, place)| (text.as_str(), *place))
    }

    /// Says whether a cell's text, or its bytes, is one of the texts.
    #[inline]
    pub(in crate::metrics) fn has(&self, cell: impl AsRef<[u8]>) -> bool {
        let cell = cell.as_ref();
        if self.many.is_empty() {
            self.all.iter().any(|(text, _)| text.as_bytes() == cell)
        } else {
            self.many.contains(cell)
        }
    }
}

/// Returns what two texts have in common of which one is nearly the other.
pub(in crate::metrics) fn look(text: &str) -> String {
    let is_number = text.as_bytes().first().is_some_and(u8::is_ascii_digit);
    let number = if is_number { number::read(text.as_bytes(), Decimals::Point).ok().flatten() } else { None };
    number.map_or_else(
        || text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" "),
        |number| number.normal().to_string(),
    )
}

/// Says whether a cell differs from a text in nothing that people see; both must look alike.
pub(in crate::metrics) fn is_near(text: &str, cell: &str) -> bool {
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
