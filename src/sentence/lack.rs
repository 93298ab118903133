//! Sentences without a goal in numbers: "no P1 incidents", and what the others lack.
//!
//! In: a sentence, and its mentions. Out: a hold at nothing, or the remark that says what is missing. Never states
//! another goal.

use std::ops::Range;

use crate::model::goal::{Bound, Goal, Hold, Judge, Side};
use crate::model::quantity::{Number, Quantity, Unit};
use crate::model::remark::RemarkKind;

use super::amount::Flaw;
use super::limits::Scene;
use super::mention::{Mention, Role};
use super::part::Part;
use crate::words::{Class, Text};

/// Reads "no P1 incidents" and "zero letters get lost" as a hold at most at 0; returns its words, too.
pub(super) fn no_events(scene: Scene<'_, '_>) -> Option<(Goal, Range<usize>)> {
    let Scene { text, start, .. } = scene;
    let leads = Class::HOLD.or(Class::REACH).or(Class::UNDERGO);
    let lead = (start..start + 4).take_while(|&at| text.has(at, leads) || text.is(at, &["we", "there", "are"]));
    let first = start + lead.count();
    // "Not a single delivery is late"
    let is_single = text.is(first, &["not"]) && text.is(first + 1, &["a"]) && text.is(first + 2, &["single"]);
    let at = first + 2 * usize::from(is_single);
    if !is_single && !text.is(at, &["no", "zero"]) && text.word(at) != "0" {
        return None;
    }
    // "No more than two rollbacks"
    if text.has(at + 1, Class::MORE.or(Class::FEWER)) {
        return None;
    }
    let events = bad_events(text, at).or_else(|| denied_things(text, at))?;
    let per = (events + 1..events + 2).find_map(|at| super::suffix::per(text, at).0);
    let limit = Quantity { number: Number::ZERO, unit: Unit::Count, per };
    let bound = Bound { side: Side::Below, inclusive: true, limit };
    Some((Goal::Hold(Hold::within(bound, Judge::default())), start..events + 1))
}

/// Returns the last word of bad events behind the "no" at token `at`, where only their time and place are told.
fn bad_events(text: &Text<'_>, at: usize) -> Option<usize> {
    let event = (at + 1..at + 5).take_while(|&at| text.is_word(at)).find(|&at| text.has(at, Class::EVENT));
    let is_more =
        |at: usize| text.has(at, Class::EVENT) || text.is(at, &["or", "and"]) && text.has(at + 1, Class::EVENT);
    let events = match event {
        Some(event) => (event..event + 6).take_while(|&at| is_more(at)).last()?,
        None => failed(text, at + 1)?,
    };
    ends(text, events + 1).then_some(events)
}

/// Says whether a noun phrase ends before token `at`, or only its time and place are told behind.
fn ends(text: &Text<'_>, at: usize) -> bool {
    text.get(at).is_none()
        || text.is(at, &["and"])
        || text.is_sign(at, &['.', ',', '(', ';', '/', '–', '-'])
        || text.has(at, Class::AFTER_EVENT.or(Class::SUBORDINATE))
}

/// "No parcels leave the depot unlabelled", "0 double bookings across all rooms": of what is denied as a number of things
/// there may be none, whatever they do.
fn denied_things(text: &Text<'_>, at: usize) -> Option<usize> {
    let is_noun = |&at: &usize| text.is_word(at) && !text.has(at, Class::STOP.or(Class::BE));
    let mut phrase = (at + 1..at + 6).take_while(is_noun);
    let things = phrase.find(|&at| is_plural(text.word(at)));
    let Some(things) = things else {
        // "No invoice is paid late"
        let verb = (at + 2..at + 6).find(|at| !is_noun(at))?;
        let is_one = text.is(at, &["no"]) && text.has(verb, Class::BE) || text.is(at, &["single"]);
        return is_one.then_some(verb - 1);
    };
    // "No meal costs more than €5" says how much each may cost.
    let spends = |at: usize| text.has(at, Class::SPEND) && text.is(at + 1, &["more"]);
    if spends(things) || spends(things + 1) {
        return None;
    }
    // "0 hours of overtime" are no count.
    if text.has(things, Class::TIME) {
        return None;
    }
    // "Zero waste shops" are many shops.
    let told = |at: usize| text.word(at).ends_with("ed") || text.has(at, Class::DETERMINER.or(Class::DELIVERED));
    let is_compound = text.is(at, &["zero"]) && things > at + 1 && !(things == at + 2 && told(at + 1));
    let wanted = Class::GOOD.or(Class::FIGURE).or(Class::TAKEN).or(Class::OUTSIDE);
    let is_wanted = text.has(things, wanted) && (at + 1..things).all(|at| text.has(at, Class::DETERMINER));
    let acts = text.is_word(things + 1) && !text.has(things + 1, Class::STOP) || text.has(things + 1, Class::BE);
    let is_whole = ends(text, things + 1) && !is_wanted || text.is(things + 1, &["without", "with", "are"]) || acts;
    (!is_compound && is_whole).then_some(things)
}

fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
}

/// Returns the last word of "failed releases" at token `at`.
fn failed(text: &Text<'_>, at: usize) -> Option<usize> {
    let fails = text.has(at, Class::FAILED);
    let is_noun = |at: usize| text.is_word(at) && !text.has(at, Class::STOP) && !text.word(at).ends_with("ed");
    let last = (at + 1..at + 5).take_while(|&at| is_noun(at)).last()?;
    (fails && text.word(last).ends_with('s')).then_some(last)
}

/// Says what a sentence without a goal lacks, where nothing else was said.
pub(super) fn explain(scene: Scene<'_, '_>, mentions: &[Mention]) -> (RemarkKind, Range<usize>) {
    let Scene { text, start, .. } = scene;
    let counts_something =
        |mention: &&Mention| !matches!(mention.role, Role::Aside(part) if !matches!(part, Part::Note | Part::LeftOver));
    let mentions: Vec<&Mention> = mentions.iter().filter(counts_something).collect();
    let output = (start..text.len()).find(|&at| {
        let verb = text.has(at, Class::OUTPUT) || text.has(at, Class::UPGRADE);
        let passive = text.is(at.wrapping_sub(1), &["is", "are", "be"]) && text.word(at).ends_with(['d', 'e', 't']);
        verb && (at == start || passive)
    });
    let all = start..text.len();
    let factor = mentions.iter().copied().find(|mention| mention.amount.unit == Some(Unit::Factor));
    let counts = |mention: &&Mention| {
        let named = mention.amount.is_count() && !mention.amount.noun.is_empty() && mention.amount.flaw.is_none();
        named || mention.amount.unit == Some(Unit::Factor)
    };
    let count = mentions.iter().copied().find(counts);
    let range = mentions.iter().copied().find(|mention| mention.amount.flaw == Some(Flaw::Range));
    let place = |mention: &Mention| mention.key..mention.amount.tokens.end;
    let part = |at: usize| {
        text.is(at, &["half", "third", "quarter"]) && text.is(at - 1, &["in", "by", "a", "one"])
            || text.is(at, &["factor"]) && text.is(at + 1, &["of"])
    };
    let times = all.clone().find(|&at| text.has(at, Class::TIMES) || at > start && part(at));
    let frequently = factor.filter(|mention| text.has(mention.amount.tokens.end, Class::MORE) || output.is_none());
    match (frequently, times, output, count) {
        (Some(factor), ..) => (RemarkKind::Factor, place(factor)),
        (None, Some(at), ..) if mentions.is_empty() || text.is(at, &["factor"]) => (RemarkKind::Factor, at..at + 1),
        (_, _, Some(_), Some(count)) => (RemarkKind::BareCount, place(count)),
        (_, _, Some(at), None) => (RemarkKind::Milestone, at..at + 1),
        _ => match (range, mentions.first().copied()) {
            (Some(range), _) => (RemarkKind::NumberRange, place(range)),
            (None, Some(first)) => (RemarkKind::NotUnderstood, place(first)),
            (None, None) => (RemarkKind::NoNumber, all),
        },
    }
}
