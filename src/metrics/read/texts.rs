//! What texts stand in a column, and whether one that doesn't would belong among them.
//!
//! In: cells, one after the other. Out: the different texts, up to a limit; whether a text that none of them is belongs to
//! the same scale, so that its absence is news (no P1 where P2 and P3 stand) and no slip (no P1 where High and Low stand).

use std::collections::BTreeSet;

/// The most different texts that are kept of a column.
const MOST: usize = 64;

/// Texts that stand together in one column, scale by scale. A text belongs to a column all of whose texts are of its scale.
const SCALES: [&str; 14] = [
    "highest high medium low lowest",
    "blocker critical major minor trivial",
    "critical high medium moderate low",
    "critical urgent high normal low",
    "critical error warning warn info debug",
    "fatal error warn info debug trace",
    "true false",
    "yes no",
    "y n",
    "success successful succeeded failure failed error cancelled canceled skipped neutral timed_out action_required",
    "passed failed skipped error flaky broken",
    "pass fail skip",
    "up down degraded",
    "promoter passive detractor",
];

/// The different texts of a column.
#[derive(Debug, Clone, Default)]
pub(in crate::metrics) struct ColumnTexts {
    texts: BTreeSet<String>,
    latest: String,
    /// Whether there are more than are kept.
    overflows: bool,
}

impl ColumnTexts {
    /// Adds the text of a cell.
    #[inline]
    pub(in crate::metrics) fn add(&mut self, text: &str) {
        if self.overflows || text == self.latest {
            return;
        }
        text.clone_into(&mut self.latest);
        if text.is_empty() || self.texts.contains(text) {
            return;
        }
        self.overflows = self.texts.len() == MOST;
        if !self.overflows {
            self.texts.insert(text.to_owned());
        }
    }

    /// Adds what another column of the same name holds.
    pub(in crate::metrics) fn join(&mut self, other: &Self) {
        other.texts.iter().for_each(|text| self.add(text));
        self.overflows |= other.overflows;
    }

    /// Returns the texts in order, those that are kept.
    pub(in crate::metrics) fn iter(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// Says whether a text that stands nowhere in the column belongs there; so does each where nothing stands there.
    pub(in crate::metrics) fn would_hold(&self, text: &str) -> bool {
        text.is_empty()
            || self.texts.is_empty()
            || self.iter().any(|other| shape(other) == shape(text))
            || self.iter().all(is_number) && is_number(text)
            || SCALES.iter().any(|scale| {
                let is_of = |text: &str| scale.split(' ').any(|word| word == text.to_lowercase().trim());
                is_of(text) && self.iter().all(is_of)
            })
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
}

/// Returns what texts of one scale have in common: `P1` and `P3`, `Sev-2` and `SEV-1`, `1 - Critical` and `2 - High`; a
/// text without digits has nothing in common with others.
fn shape(text: &str) -> String {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return text.to_lowercase();
    }
    let begins = text.starts_with(|c: char| c.is_ascii_digit());
    let mut shape = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            c if c.is_ascii_digit() && shape.ends_with('#') => {}
            c if c.is_ascii_digit() => shape.push('#'),
            // What follows a rank names it: `1 - critical`.
            c if begins && c.is_alphabetic() => {
                shape.push('a');
                break;
            }
            c => shape.push(c),
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_belongs_to_a_column_of_its_scale() {
        for (text, column, expected) in [
            ("P1", "P2 P3", true),
            ("P1", "Highest High Low", false),
            ("Sev1", "SEV2 SEV3", true),
            ("Highest", "High Low", true),
            ("Critical", "Highest Low", false),
            ("Critical", "High Low", true),
            ("true", "false", true),
            ("500", "200 404", true),
            ("failed", "success", true),
            ("Bug", "Story Task", false),
            ("done", "closed", false),
            ("", "x", true),
            ("Bug", "", true),
        ] {
            let mut texts = ColumnTexts::default();
            column.split_whitespace().for_each(|cell| texts.add(cell));
            assert_eq!(texts.would_hold(text), expected, "{text} in {column}");
        }
        let mut ranks = ColumnTexts::default();
        ["2 - High", "3 - Moderate"].into_iter().for_each(|cell| ranks.add(cell));
        assert!(ranks.would_hold("1 - Critical") && !ranks.would_hold("P1"));
    }
}
