//! What checks ask of a sentence's words: its first verb, its noun phrases, its counts.
//!
//! In: a text and a place in it. Out: how far what begins there goes. Never judges.

use std::ops::Range;

use crate::words::{Class, Text, WordKind};

/// A sentence's first verb.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead {
    /// Its place.
    pub(super) at: usize,
    /// What it can be.
    pub(super) class: Class,
    /// Whether the sentence begins with it: "Ship …".
    pub(super) is_imperative: bool,
}

/// How far into a sentence its verb is looked for.
const SUBJECT: usize = 16;

impl Text<'_> {
    /// Returns where the statement behind a topic begins: "Data lake: ingestion framework in place".
    pub(super) fn behind_topic(&self, start: usize) -> Option<usize> {
        let colon = (start + 1..self.len().min(start + 7)).find(|&at| self.is_sign(at, &[':']))?;
        (self.len() > colon + 2).then_some(colon + 1)
    }

    /// Returns the first verb from `start` on.
    pub(super) fn lead(&self, start: usize) -> Option<Lead> {
        let mut at = start;
        while at < start + 4 && self.has(at, Class::ADVERB) {
            at += 1;
        }
        let verb = Class::DELIVER.or(Class::EFFECT).or(Class::CAPABLE);
        // "Release notes are public" begins with a noun.
        let is_noun = self.is_word(at + 1) && (self.has(at + 1, Class::BE) || self.is(at + 1, &["of", "for"]));
        if self.has(at, Class::BASE) && self.has(at, verb) && !is_noun {
            return Some(Lead { at, class: self.class(at), is_imperative: true });
        }
        // "Refit the kiosks": a word that nobody knows before an article is a verb.
        let unknown = self.is_word(at) && !self.has(at, Class::WORDING) && self.has(at + 1, Class::BEFORE_OBJECT);
        if unknown && !self.has_number() {
            return Some(Lead { at, class: Class::MAKE.or(Class::DELIVER), is_imperative: true });
        }
        let finite = |&at: &usize| {
            let class = self.class(at);
            let is_effect = class.has(Class::EFFECT) && class.has(Class::THIRD.or(Class::PAST));
            let deed = class.has(Class::THIRD) && class.has(Class::DELIVER.or(Class::CAPABLE));
            let is_deed = deed && (!class.has(Class::NOUN) || self.has(at + 1, Class::OBJECT));
            let plural = class.has(Class::BASE) && class.has(Class::CAPABLE) && self.word(at - 1).ends_with('s');
            class.has(Class::BE.or(Class::CAN)) || is_effect || is_deed || plural || self.is(at, &["will"])
        };
        let end = self.len().min(start + SUBJECT);
        let first = (start + 1..end).find(finite)?;
        // "The refactors are used": what looks like a verb may be a noun.
        let is_state = |at: &usize| self.has(*at, Class::BE.or(Class::CAN));
        let behind = (first + 1..end).take_while(|at| is_state(at) || !self.has(*at, Class::END)).find(is_state);
        let at = if is_state(&first) { first } else { behind.unwrap_or(first) };
        Some(Lead { at, class: self.class(at), is_imperative: false })
    }

    fn has_number(&self) -> bool {
        self.words.iter().any(|word| word.kind == WordKind::Number)
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
                let is_article = at > start && self.has(at, Class::ARTICLE);
                !ends && !is_article && (!self.has(at, Class::END) || at == start && self.has(at, Class::ALL))
            }
            Some(WordKind::Number) => at > start && self.has(at - 1, Class::NUMBERED),
            Some(WordKind::Sign('/' | '&')) => at > start && self.is_glued(at) && self.is_word(at + 1),
            _ => false,
        }
    }

    fn is_noun_like(&self, at: usize) -> bool {
        self.is_word(at) && !self.has(at, Class::END.or(Class::DETERMINER).or(Class::PAST))
    }

    /// Returns the value of the plain count at a place, where one stands there: no share, year, version or name.
    pub(super) fn count(&self, at: usize) -> Option<Count> {
        if self.has(at, Class::SEVERAL) {
            return Some(Count { is_one: false, end: at + 1 });
        }
        if self.is(at, &["one"]) {
            return Some(Count { is_one: true, end: at + 1 });
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
        let is_unit = self.is_glued(end) || self.is_sign(end, &['%', '/', '.', ')']);
        let is_time = self.has(end, Class::TIME) && !self.is(end, &["business", "working"]);
        if is_version || is_year || is_unit || is_time || self.is(end - 1, &["x"]) {
            return None;
        }
        Some(Count { is_one: digits == "1" || digits == "0", end })
    }

    /// Says whether a share of all stands at a place: "80%".
    pub(super) fn share(&self, at: usize) -> Option<usize> {
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
