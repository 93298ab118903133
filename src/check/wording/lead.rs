//! The verb that a sentence turns on, and where its statement begins.
//!
//! In: a text and a place in it. Out: the verb, with whether the sentence begins with it. Never judges what it says.

use crate::words::{Class, Text, WordKind};

/// A sentence's first verb.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead {
    /// Its place.
    pub(super) at: usize,
    /// What it can be.
    pub(super) class: Class,
    /// Whether the sentence begins with it: "Ship …", "We have shipped …".
    pub(super) is_imperative: bool,
}

/// How far into a sentence its verb is looked for.
const SUBJECT: usize = 16;

/// Any word that is a verb in one of its forms.
const VERB: Class = Class::DELIVER.or(Class::EFFECT).or(Class::CAPABLE).or(Class::WISH).or(Class::WIN);

impl Text<'_> {
    /// Returns the first verb from `start` on.
    pub(super) fn lead(&self, start: usize) -> Option<Lead> {
        let at = self.statement(start);
        let lead = |at: usize, is_imperative: bool| Lead { at, class: self.class(at), is_imperative };
        // "Reach out to 30 shops" arrives nowhere.
        if self.is(at, &["reach"]) && self.is(at + 1, &["out"]) {
            return Some(Lead { at, class: Class::DO.or(Class::DELIVER), is_imperative: true });
        }
        if self.begins_with_verb(at, at > start) {
            return Some(lead(at, true));
        }
        if self.is_unknown_verb(at) {
            return Some(Lead { at, class: Class::DO.or(Class::DELIVER), is_imperative: true });
        }
        self.finite(start).map(|at| lead(at, false))
    }

    /// "Refit the kiosks", "Refit 12 kiosks": a word that nobody knows before an article or a count is a verb.
    fn is_unknown_verb(&self, at: usize) -> bool {
        let is_plural = self.word(at).ends_with('s') && !self.word(at).ends_with("ss");
        // "Figure out the price"
        let several = |noun: std::ops::Range<usize>| noun.last().is_some_and(|at| self.word(at).ends_with('s'));
        let is_object =
            self.has(at + 2, Class::BEFORE_OBJECT) || self.is(at + 2, &["with"]) || several(self.phrase(at + 2));
        let is_phrasal = self.has(at + 1, Class::PARTICLE) && is_object;
        let is_known = self.has(at, Class::WORDING.or(Class::PRODUCT).or(Class::FRACTION)) && !is_phrasal;
        if !self.is_word(at) || is_plural || is_known {
            return false;
        }
        let links = self.has(at + 1, Class::PARTICLE) || self.is(at + 1, &["to", "with"]);
        let object = at + 1 + usize::from(links);
        let counts = |at: usize| self.count(at).filter(|count| self.is_noun_like(count.end));
        let begins = self.has(object, Class::BEFORE_OBJECT) || self.is(object, &["every", "each"]);
        let is_one = begins && (!self.has_number() || self.count(object + 1).is_some());
        let is_regular = self.has(object, Class::REGULAR) && self.is_noun_like(object + 1);
        // "Plant over 1,000 saplings": a turnout of that many would be people.
        let is_about = |&at: &usize| self.has(at, Class::AT_LEAST) || self.is_sign(at, &['≥', '>', '~']);
        let about = object + (object..object + 3).take_while(is_about).count();
        let is_share = self.share(about).is_some_and(|end| self.is(end, &["of"]));
        let is_share = is_share && (about == object || !self.is_measure(at));
        let comes = |at: usize| self.has(at, Class::PEOPLE.or(Class::TAKEN).or(Class::TIME));
        let is_about = counts(about).is_some_and(|count| !self.phrase(count.end).any(comes));
        // "Shoot, cut and publish 8 films"
        let mut joined = at + 1;
        while let Some(behind) = self.joined_verb(joined) {
            joined = behind;
        }
        let is_regular_thing = self.has(joined, Class::REGULAR) && self.is_noun_like(joined + 1);
        let is_joined =
            joined > at + 1 && (self.has(joined, Class::BEFORE_OBJECT) || counts(joined).is_some() || is_regular_thing);
        is_phrasal || is_joined || is_one || is_regular || is_share || is_about || counts(object).is_some()
    }

    /// "Attendance of at least 90% of pupils": a noun that says how much.
    fn is_measure(&self, at: usize) -> bool {
        let ends = ["tion", "ment", "ness", "ity", "ing", "ance"];
        let measured = Class::GOOD.or(Class::BAD).or(Class::KPI).or(Class::RISE).or(Class::FALL);
        self.has(at, measured) || ends.iter().any(|end| self.word(at).ends_with(end))
    }

    /// Returns the first word behind "and edit" or ", shoot": a verb that shares the object of the one before it. One that
    /// nobody knows is a verb before an object or another verb.
    pub(super) fn joined_verb(&self, at: usize) -> Option<usize> {
        let joins = |at: usize| self.is(at, &["and", "or", "then"]) || self.is_sign(at, &['&', '/', ',']);
        let verb = at + 1 + usize::from(self.is_sign(at, &[',']) && self.is(at + 1, &["and"]));
        let is_known = self.has(verb, Class::BASE.or(Class::PAST));
        let is_plural = self.word(verb).ends_with('s');
        let has_object = |at: usize| self.has(at, Class::ARTICLE.or(Class::REGULAR)) || self.count(at).is_some();
        let behind = verb + 1 + usize::from(self.has(verb + 1, Class::PARTICLE));
        let is_verb = self.is_word(verb) && self.class(verb).is_unknown() && !is_plural;
        let is_unknown = is_verb && (has_object(behind) || joins(verb + 1));
        (joins(at) && (is_known || is_unknown)).then_some(verb + 1)
    }

    /// Returns the first word of what is said, behind "we have", "ensure that", "formally".
    pub(super) fn statement(&self, start: usize) -> usize {
        let mut at = start;
        for _ in 0..6 {
            let is_we = at > start && self.is(at - 1, &["we"]);
            let done = self.has(at + 1, Class::PAST) || self.is_adverb(at + 1);
            let is_helper = is_we && self.is(at, &["have", "will"]) && done;
            let assures = self.is(at, &["ensure", "ensuring", "ensures"]) && self.finite(at).is_some()
                || self.is(at, &["make"]) && self.is(at + 1, &["sure"])
                || at > start && self.is(at - 1, &["make"]) && self.is(at, &["sure"]);
            // "Team to write …"
            let team = self.is(at, &["team", "teams"]) && self.is(at + 1, &["to", "will"]);
            let that = self.is(at, &["that"]) && at > start || self.is(at, &["having"]) && at == start;
            if !(self.has(at, Class::ADVERB) || self.is_adverb(at) || is_helper || assures || team || that) {
                break;
            }
            at += 1;
        }
        at
    }

    /// "Formally launch": an adverb that nobody knows, before a verb.
    fn is_adverb(&self, at: usize) -> bool {
        let verb = Class::BASE.or(Class::PAST);
        let word = self.word(at);
        let is_known = self.has(at + 1, verb) && self.has(at + 1, VERB);
        let is_unknown = !self.has(at, Class::REGULAR) && self.is_unknown_verb(at + 1);
        word.len() > 4 && word.ends_with("ly") && (is_known || is_unknown)
    }

    /// Says whether the verb at a place begins the sentence: "Ship …", "Hiring two …", "we documented".
    fn begins_with_verb(&self, at: usize, is_behind: bool) -> bool {
        if !self.has(at, VERB) {
            return false;
        }
        if self.has(at, Class::BASE) || self.has(at, Class::WISH.or(Class::WIN)) {
            // "Release notes are public", "Plan agreed with finance" begin with a noun.
            let of = self.has(at + 1, Class::BE) || self.is(at + 1, &["of", "for"]);
            let done = self.has(at + 1, Class::PAST) && !self.is_noun_like(at + 2) && !self.is_number(at + 2);
            let state = |at: &usize| {
                let third = self.has(*at, Class::THIRD) && self.has(*at, Class::EFFECT) && !self.has(*at, Class::NOUN);
                self.is(*at, &["is", "are", "was", "were"]) || third
            };
            let plain = |at: &usize| self.is_word(*at) && (!self.has(*at, Class::END) || state(at));
            let of = of || (at + 1..at + 4).take_while(plain).any(|at| state(&at));
            // "Staff attend the course"
            let acts = self.has(at, Class::PEOPLE) && self.has(at + 1, Class::ATTEND.or(Class::JOINS).or(Class::BASE));
            let of = of || acts;
            let support = self.is(at, &["support"]) && self.has(at + 1, Class::TAKEN);
            return !(self.is_word(at + 1) && (of || done || support));
        }
        let object = self.is_number(at + 1) || self.has(at + 1, Class::DETERMINER.or(Class::BEFORE_OBJECT));
        let told = self.has(at, Class::PAST.or(Class::GERUND)) && !self.has(at, Class::BE);
        told && (object || is_behind && self.has(at, Class::PAST) && !self.has(at + 1, Class::END))
    }

    /// Returns the place of the first verb behind a subject.
    fn finite(&self, start: usize) -> Option<usize> {
        let finite = |&at: &usize| {
            let class = self.class(at);
            let is_effect = class.has(Class::EFFECT) && class.has(Class::THIRD.or(Class::PAST));
            let deed = class.has(Class::THIRD) && class.has(Class::DELIVER.or(Class::CAPABLE));
            let has_object = self.has(at + 1, Class::OBJECT) || self.has(at + 1, Class::SEVERAL);
            let is_deed = deed && (!class.has(Class::NOUN) || has_object);
            let acts = class.has(Class::CAPABLE) || class.has(Class::EFFECT) && !class.has(Class::DELIVER);
            let plural = class.has(Class::BASE) && acts && self.word(at - 1).ends_with('s');
            class.has(Class::BE.or(Class::CAN)) || is_effect || is_deed || plural || self.is(at, &["will"])
        };
        let end = self.len().min(start + SUBJECT);
        let first = (start + 1..end).find(finite)?;
        // "The refactors are used": what looks like a verb may be a noun.
        let is_state = |at: &usize| self.has(*at, Class::BE.or(Class::CAN));
        let behind = (first + 1..end).take_while(|at| is_state(at) || !self.has(*at, Class::END)).find(is_state);
        Some(if is_state(&first) { first } else { behind.unwrap_or(first) })
    }

    fn has_number(&self) -> bool {
        self.words.iter().any(|word| word.kind == WordKind::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_that_share_an_object_are_found_though_nobody_knows_them() {
        for (title, object) in [
            ("Shoot, cut and publish 8 films", "8"),
            ("Translate and proofread 20 brochures", "20"),
            ("Plan, and hold the fair", "the"),
            ("Write guides and 8 films", "guides"),
        ] {
            let text = Text::new(title);
            let mut at = 1;
            while let Some(behind) = text.joined_verb(at) {
                at = behind;
            }
            assert_eq!(text.word(at), object, "{title}");
        }
    }

    #[test]
    fn adverbs_and_bounds_hide_no_verb() {
        for title in ["Thoroughly clean 90% of tanks", "Label ≥ 90% of boxes", "Reach out to 9 mayors"] {
            assert!(Text::new(title).lead(0).is_some_and(|lead| lead.is_imperative), "{title}");
        }
        for title in ["Attendance at least 90% of days", "Half the growers use it", "Staff lose fewer hours"] {
            assert!(Text::new(title).lead(0).is_none_or(|lead| !lead.is_imperative), "{title}");
        }
    }
}
