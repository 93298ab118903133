//! The columns of conditions: what stands in them, and which of the texts that are asked for.
//!
//! In: the cells of a column, row by row. Out: its different texts; for each text that a condition asks for whether it was
//! met, or a cell that nearly is it. Each different cell is compared once, however many metrics ask and rows hold it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::sought::{Sought, Texts, is_near, look};
use super::texts::ColumnTexts;

/// How many different cells of a column are remembered; of more, each is compared anew.
const REMEMBERED: usize = 1 << 14;

/// A text that a condition asks for.
#[derive(Debug, Clone, Copy)]
struct Asker<'a> {
    /// The metric's place among those that read the export.
    query: usize,
    /// The text's place among all that the metric's conditions ask for.
    place: usize,
    /// The text.
    text: &'a str,
    /// All texts of its condition: what is nearly one of them and exactly another is no slip.
    condition: &'a Texts,
}

/// A column of which conditions ask.
#[derive(Debug, Default)]
pub(in crate::metrics) struct ConditionColumn<'a> {
    /// The texts that no cell was yet.
    unmet: BTreeMap<&'a str, Vec<Asker<'a>>>,
    /// The same by what those have in common that are nearly each other.
    alike: HashMap<String, Vec<Asker<'a>>>,
    /// What was met, and what was nearly.
    found: Vec<(Asker<'a>, Option<String>)>,
    seen: HashSet<Box<str>>,
    latest: String,
    /// What stands in it.
    pub(in crate::metrics) texts: ColumnTexts,
}

impl<'a> ConditionColumn<'a> {
    /// Adds what a metric's condition asks for.
    pub(in crate::metrics) fn ask(&mut self, query: usize, condition: &'a Texts) {
        for (text, place) in condition.iter() {
            let asker = Asker { query, place, text, condition };
            self.unmet.entry(text).or_default().push(asker);
            self.alike.entry(look(text)).or_default().push(asker);
        }
    }

    /// Adds the text of a cell.
    #[inline]
    pub(in crate::metrics) fn add(&mut self, cell: &str) {
        if cell != self.latest || self.seen.is_empty() {
            cell.clone_into(&mut self.latest);
            if !self.seen.contains(cell) {
                self.add_new(cell);
            }
        }
    }

    fn add_new(&mut self, cell: &str) {
        if self.seen.len() < REMEMBERED {
            self.seen.insert(cell.into());
        }
        self.texts.add(cell);
        if let Some(met) = self.unmet.remove(cell) {
            self.found.extend(met.into_iter().map(|asker| (asker, None)));
        }
        if self.unmet.is_empty() {
            return;
        }
        let Some(alike) = self.alike.get_mut(&look(cell)) else { return };
        alike.retain(|asker| {
            let is_slip = asker.text != cell && is_near(asker.text, cell) && !asker.condition.has(cell);
            if is_slip {
                self.found.push((*asker, Some(cell.to_owned())));
            }
            !is_slip
        });
    }

    /// Tells each metric what was found: calls `sought` with its place, and that of the text.
    pub(in crate::metrics) fn tell(&self, mut sought: impl FnMut(usize, usize, &dyn Fn(&mut Sought))) {
        for (asker, near) in &self.found {
            sought(asker.query, asker.place, &|sought| match near {
                Some(near) => sought.come_near(near),
                None => sought.meet(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what is known of the texts of conditions, each condition a metric's own, once cells were added.
    fn after<'c>(conditions: &[&[&str]], cells: impl IntoIterator<Item = &'c str>) -> Vec<Vec<Sought>> {
        let own = |texts: &&[&str]| Texts::new(texts.iter().map(|&text| text.to_owned()).zip(0..).collect());
        let texts: Vec<Texts> = conditions.iter().map(own).collect();
        let mut column = ConditionColumn::default();
        texts.iter().enumerate().for_each(|(query, texts)| column.ask(query, texts));
        cells.into_iter().for_each(|cell| column.add(cell));
        let mut sought: Vec<Vec<Sought>> =
            conditions.iter().map(|texts| vec![Sought::default(); texts.len()]).collect();
        column.tell(|query, place, tell| tell(&mut sought[query][place]));
        sought
    }

    #[test]
    fn each_text_is_met_or_finds_the_cell_that_it_nearly_is() {
        let sought = after(&[&["done", "500"], &["Done"], &["open"]], ["Done", "500.0", "500", "x", "Done", "DONE"]);
        assert_eq!(sought[0][0].near(), Some("Done"));
        assert!(sought[0][1].is_met() && sought[0][1].near().is_none(), "what is met needs no other");
        assert!(sought[1][0].is_met() && !sought[2][0].is_met());
        assert_eq!(sought[2][0].near(), None);
    }

    #[test]
    fn what_a_condition_asks_for_under_both_spellings_is_no_slip() {
        for condition in [["done", "Done"], ["Done", "done"]] {
            assert!(after(&[&condition], ["Done"])[0].iter().all(|text| text.near().is_none()));
        }
    }

    #[test]
    fn more_cells_than_are_remembered_are_compared_all_the_same() {
        let cells: Vec<String> = (0..REMEMBERED + 9).map(|place| format!("v-{place}")).collect();
        let last = format!("v-{}", REMEMBERED + 8);
        let sought = after(&[&[last.as_str(), "V-7"]], cells.iter().map(String::as_str));
        assert!(sought[0][0].is_met());
        assert_eq!(sought[0][1].near(), Some("v-7"));
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
            assert_eq!(after(&[&[text]], [cell])[0][0].near().is_some(), expected, "{text} {cell}");
            assert!(after(&[&[text]], [text])[0][0].is_met());
        }
    }
}
