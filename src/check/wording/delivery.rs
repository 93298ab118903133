//! Deliveries: the thing that a sentence says is to be made, known or decided.
//!
//! In: a sentence that speaks of no effect. Out: the thing, and the words that say it. Never asks whether it is one.

use super::lead::Lead;
use super::measure::Scene;
use super::noun::{is_participle, object};
use super::thing::{Delivery, Kind};
use crate::words::{Class, Text};

/// Returns what the sentence delivers.
pub(super) fn find(scene: Scene<'_, '_>) -> Delivery {
    let Scene { text, start, lead, .. } = scene;
    match lead {
        Some(lead) if lead.is_imperative => imperative(text, lead),
        lead => stated(text, start, lead),
    }
}

/// "Ship the planner", "Decide on a vendor".
fn imperative(text: &Text<'_>, lead: Lead) -> Delivery {
    let object = object(text, lead);
    let kind = match () {
        () if lead.class.has(Class::HIRE) => Kind::Hired,
        () if lead.class.has(Class::MAKE) || !lead.class.has(Class::KNOW) => Kind::Made,
        () => Kind::Known,
    };
    let thing = text.phrase(text.share(object).map_or(object, |end| end + usize::from(text.is(end, &["of"]))));
    Delivery { kind, words: lead.at..thing.end.max(lead.at + 1), thing }
}

/// "The parser is implemented", "Users can compare revisions", "Prototype of X".
fn stated(text: &Text<'_>, start: usize, lead: Option<Lead>) -> Delivery {
    if text.is(start, &["we"]) {
        return Delivery { kind: Kind::Known, words: start..text.len().min(start + 2), thing: start..start };
    }
    let start = text.statement(start);
    // "100% of".
    let start = text.share(start).map_or(start, |end| end + usize::from(text.is(end, &["of"])));
    let thing = if text.is(start, &["there"]) { text.phrase(start + 2) } else { text.phrase(start) };
    let verb = lead.map_or(thing.end, |lead| lead.at + 1).max(thing.end);
    let done = (verb.saturating_sub(1).max(start + 1)..text.len().min(verb + 4))
        .take_while(|&at| text.is_word(at))
        .find(|&at| is_participle(text, at) || text.has(at, Class::DELIVERED));
    let end = done.map_or(verb, |done| done + 1).min(text.len());
    // "Solidify funding plans": what nobody knows may be a verb.
    let is_noun = lead.is_some() || done.is_some() || text.has(start, Class::WORDING) || text.is(thing.end, &["of"]);
    let thing = if is_noun { thing } else { thing.start..thing.start };
    let words = thing.start.min(end.saturating_sub(1))..end;
    Delivery { kind: Kind::Made, words, thing }
}
