//! What a phrase is about, and what is said of it: people, results, deeds.
//!
//! In: a text and a place in it. Out: the noun, its deed, or yes and no. Never counts.

use std::ops::Range;

use super::lead::Lead;
use crate::words::{Class, Text};

/// Returns the first word of the verb's object, behind "and measure", "out".
pub(super) fn object(text: &Text<'_>, lead: Lead) -> usize {
    let mut at = lead.at + 1;
    for _ in 0..3 {
        if let Some(behind) = text.joined_verb(at) {
            at = behind;
        } else if text.is(at - 1, &["talk", "speak", "meet"]) && text.is(at, &["to", "with"])
            || text.has(at, Class::PARTICLE) && (!text.is_number(at + 1) || text.is(at, &["out"]))
            || text.is(at, &["back", "over"])
            || text.has(at, Class::PREPOSITION)
                && !lead.class.has(Class::MAKE.or(Class::PLACING))
                && text.count(at + 1).is_some()
        {
            at += 1;
        }
    }
    at
}

/// Returns the noun that a phrase behind a number is about: the last plural, since a verb may stand behind it.
pub(super) fn head(text: &Text<'_>, noun: &Range<usize>) -> usize {
    let plural = |&at: &usize| {
        let word = text.word(at);
        let is_whose = word.contains(['\'', '’']);
        !is_whose && word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") || is_people(text, at)
    };
    let deed = Class::ATTEND.or(Class::JOINS);
    let acting = |&at: &usize| is_people(text, at) && (text.has(at + 1, deed) || is_participle(text, at + 1));
    if let Some(people) = noun.clone().find(acting) {
        return people;
    }
    noun.clone().rev().find(plural).unwrap_or(noun.end.saturating_sub(1)).max(noun.start)
}

/// Returns the verb at a place, where it says that people give their attention or are dealt with one by one.
pub(super) fn deed(text: &Text<'_>, at: usize) -> Option<usize> {
    let helps = |at: usize| {
        text.has(at, Class::BE) && !text.has(at, Class::JOINS)
            || text.is(at, &["will"])
            || text.word(at).ends_with("ly")
    };
    let first = at;
    let at = (at..at + 4).find(|&at| !helps(at))?;
    let joins = text.has(at, Class::JOINS) && (at..at + 6).any(|at| text.has(at, Class::OCCASION));
    // "Have given feedback".
    let has = (first..at).any(|at| text.is(at, &["have", "has", "had"]));
    let told = has && text.has(at, Class::PAST) && text.has(at, Class::DO.or(Class::KNOW));
    let own_will = text.has(at, Class::GAINED.or(Class::PLIGHT)) && !text.is(at + 1, &["in"]);
    let handled = is_participle(text, at) && !own_will && !text.has(at, Class::LIMIT);
    (joins || told || text.has(at, Class::ATTEND) || handled).then_some(at)
}

/// Says whether a word names people, or bodies of them, more than one.
pub(super) fn is_people(text: &Text<'_>, at: usize) -> bool {
    text.has(at, Class::PEOPLE)
}

/// "Answered by other members", but not "tested by 5 users": what people outside do of their own will.
pub(super) fn is_by_others(text: &Text<'_>, verb: usize) -> bool {
    let asked = text.is(verb, &["approved", "reviewed", "tested", "validated"]);
    let outside = |at: usize| is_people(text, at) && !text.has(at, Class::STAFF);
    let others = text.phrase(verb + 2);
    text.is(verb + 1, &["by"]) && !asked && text.count(verb + 2).is_none() && others.last().is_some_and(outside)
}

/// Says whether a word is a participle that says a deed.
pub(super) fn is_participle(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    let told = text.has(at, Class::PAST) && !text.has(at, Class::BASE);
    told || word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed")
}

/// Says whether a number of the things says what people outside do: orders, active projects.
pub(super) fn is_result(text: &Text<'_>, noun: &Range<usize>, head: usize) -> bool {
    text.has(head, Class::TAKEN.or(Class::EVENT).or(Class::FIGURE).or(Class::KPI)) || is_in_use(text, noun)
}

/// "250 active projects"
pub(super) fn is_in_use(text: &Text<'_>, noun: &Range<usize>) -> bool {
    noun.clone().any(|at| text.has(at, Class::IN_USE))
}

/// Says whether a thing is done with what stands before: "created", "live", "in place".
pub(super) fn is_done(text: &Text<'_>, at: usize) -> bool {
    let at = at + usize::from(text.has(at, Class::BE));
    is_participle(text, at) || text.has(at, Class::DELIVERED)
}

/// Says whether nothing is said of what stands before a place.
pub(super) fn is_end(text: &Text<'_>, at: usize) -> bool {
    let verb = text.has(at, Class::BE.or(Class::CAN)) || text.is(at, &["will", "using"]);
    let with = text.is(at, &["w"]) && text.is_sign(at + 1, &['/']);
    !text.is_word(at) || text.has(at, Class::END) && !verb || with
}
