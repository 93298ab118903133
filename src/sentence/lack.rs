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

/// Reads "no P1 incidents" and "zero outages" as a hold at most at 0; returns its words, too.
pub(super) fn no_events(scene: Scene<'_, '_>) -> Option<(Goal, Range<usize>)> {
    let Scene { text, start, .. } = scene;
    let lead = (start..start + 4)
        .take_while(|&at| text.has(at, Class::HOLD) || text.has(at, Class::REACH) || text.has(at, Class::UNDERGO));
    let at = start + lead.count();
    if !text.is(at, &["no", "zero"]) && text.word(at) != "0" {
        return None;
    }
    // "No more than two rollbacks"
    if text.has(at + 1, Class::MORE.or(Class::FEWER)) {
        return None;
    }
    let event = (at + 1..at + 5).take_while(|&at| text.is_word(at)).find(|&at| text.has(at, Class::EVENT));
    let is_more =
        |at: usize| text.has(at, Class::EVENT) || text.is(at, &["or", "and"]) && text.has(at + 1, Class::EVENT);
    let events = match event {
        Some(event) => (event..event + 6).take_while(|&at| is_more(at)).last()?,
        None => failed(text, at + 1)?,
    };
    let follows = text.get(events + 1).is_none()
        || text.is(events + 1, &["and"])
        || text.is_sign(events + 1, &['.', ',', '(', ';', '/', '–', '-'])
        || text.has(events + 1, Class::AFTER_EVENT);
    if !follows {
        return None;
    }
    let per = (events + 1..events + 2).find_map(|at| super::suffix::per(text, at).0);
    let limit = Quantity { number: Number::ZERO, unit: Unit::Count, per };
    let bound = Bound { side: Side::Below, inclusive: true, limit };
    Some((Goal::Hold(Hold { bound, judge: Judge::default() }), start..events + 1))
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
