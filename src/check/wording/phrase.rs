//! What checks ask of a sentence's words: its noun phrases, its counts.
//!
//! In: a text and a place in it. Out: how far what begins there goes. Never judges.

use std::ops::Range;

use crate::words::{Class, Text, WordKind};

impl Text<'_> {
    /// Returns where the statement behind a topic begins: "Data lake: ingestion framework in place".
    pub(super) fn behind_topic(&self, start: usize) -> Option<usize> {
        let near = (start + 1..self.len().min(start + 7)).take_while(|&at| !self.is_sign(at, &['(']));
        let colon = near.into_iter().find(|&at| self.is_sign(at, &[':']) && !self.is_glued(at + 1))?;
        (self.len() > colon + 2).then_some(colon + 1)
    }

    /// Returns the noun phrase that begins at a place, behind articles.
    pub(super) fn phrase(&self, at: usize) -> Range<usize> {
        let mut start = at;
        while self.has(start, Class::DETERMINER) && self.is_word(start + 1) && !self.has(start + 1, Class::END) {
            start += 1;
        }
        let mut end = start;
        while self.continues(end, start) {
            end += 1;
        }
        start..end
    }

    /// Says whether the word at a place belongs to the noun phrase that begins at `start`.
    fn continues(&self, at: usize, start: usize) -> bool {
        match self.kind(at) {
            Some(WordKind::Word) => {
                let ends = at > start && self.has(at, Class::PAST) && !self.is_noun_like(at + 1);
                // "w/ guests".
                let is_with = self.is(at, &["w"]) && self.is_sign(at + 1, &['/']);
                let is_article = at > start && self.has(at, Class::ARTICLE) || is_with;
                !ends && !is_article && (!self.has(at, Class::END) || at == start && self.has(at, Class::ALL))
            }
            Some(WordKind::Number) => at > start && self.has(at - 1, Class::NUMBERED),
            Some(WordKind::Sign('/' | '&')) => at > start && self.is_glued(at) && self.is_word(at + 1),
            _ => false,
        }
    }

    /// Says whether a word looks like several of a kind.
    pub(super) fn is_plural(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
    }

    pub(super) fn is_noun_like(&self, at: usize) -> bool {
        self.is_word(at) && !self.has(at, Class::END.or(Class::DETERMINER).or(Class::PAST))
    }

    /// Returns the value of the plain count at a place, where one stands there: no share, year, version or name.
    pub(super) fn count(&self, at: usize) -> Option<Count> {
        if self.has(at, Class::SEVERAL) {
            return Some(Count { is_one: false, end: at + 1 });
        }
        // "One million"
        if self.is(at, &["one"]) {
            let is_many = self.has(at + 1, Class::THOUSAND);
            return Some(Count { is_one: !is_many, end: at + 1 + usize::from(is_many) });
        }
        let named = at > 0
            && (self.has(at - 1, Class::NUMBERED)
                || self.is_glued(at) && !self.is_sign(at - 1, &['+', '(', '~', '>', '<', '≥', '≤', '*']));
        if !self.is_number(at) || named {
            return None;
        }
        let digits = self.word(at);
        if self.has(at + 1, Class::THOUSAND) {
            return Some(Count { is_one: false, end: at + 2 });
        }
        let is_version = digits.contains('.');
        let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        let mut end = at + 1;
        while self.is_glued(end) && (self.is(end, &["k", "m", "bn", "x"]) || self.is_sign(end, &['+', '*'])) {
            end += 1;
        }
        let is_range = self.is_sign(end, &['-', '–']) && self.is_number(end + 1);
        let is_unit = self.is_glued(end) && !is_range || self.is_sign(end, &['%', '/', '.', ')']);
        let is_time = self.has(end, Class::TIME) && !self.is(end, &["business", "working"]);
        if is_version || is_year || is_unit || is_time || self.is(end - 1, &["x"]) {
            return None;
        }
        Some(Count { is_one: end == at + 1 && matches!(digits, "0" | "1"), end })
    }

    /// Returns the end of a range that begins with a count: "2-3".
    pub(super) fn number_behind(&self, count: Count) -> Count {
        let end = count.end + 2;
        if self.is_number(end - 1) { Count { is_one: false, end } } else { count }
    }

    /// "On time"
    pub(super) fn is_on_time(&self, at: usize) -> bool {
        self.is(at, &["on"]) && self.is(at + 1, &["time"])
    }

    /// "Within 20 seconds", which a service takes, but not "within 3 months", which a project does.
    pub(super) fn is_within(&self, at: usize) -> bool {
        let is_project = (at + 1..at + 4).any(|at| self.is(at, &["month", "months", "year", "years"]));
        self.is(at, &["within", "under"]) && !is_project
    }

    /// Says whether a share of all stands at a place: "80%", "half of", "two thirds of".
    pub(super) fn share(&self, at: usize) -> Option<usize> {
        let part = at + usize::from(self.is_number(at) || self.has(at, Class::SEVERAL));
        // "Half the growers".
        let is_half = part == at && self.is(part, &["half"]) && self.is(part + 1, &["the", "our"]);
        if is_half || self.has(part, Class::FRACTION) && self.is(part + 1, &["of"]) {
            return Some(part + 1);
        }
        let end = at + 1 + usize::from(self.is_sign(at + 1, &['+']));
        let is_share = self.is_number(at) && (self.is_sign(end, &['%']) || self.is(end, &["percent"]));
        is_share.then(|| end + 1 + usize::from(self.is_sign(end + 1, &['+']) && self.is_glued(end + 1)))
    }
}

/// A number of things.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    /// Whether it is one, or none.
    pub(super) is_one: bool,
    /// The first word behind it.
    pub(super) end: usize,
}
