//! Shares of what the team deals with: "70% of clusters upgraded", "Log 90% of decisions".
//!
//! In: a sentence. Out: the share with what is done. By elimination: a share of all is the team's own work, unless others
//! decide about it or it says how well a service works.

use std::ops::Range;

use super::lead::Lead;
use super::measure::Scene;
use super::noun::{deed, head, is_participle, is_people, object};
use super::thing::{Delivery, Kind};
use crate::words::{Class, Text};

/// "Log 90% of decisions": a rate of what the team itself does, where nothing is there afterwards.
pub(super) fn share_done(text: &Text<'_>, lead: Lead) -> Option<Delivery> {
    let object = object(text, lead);
    let is_pure = lead.class.has(Class::DO.or(Class::KNOW)) && !lead.class.has(Class::MAKE);
    let is_deed = lead.class.has(Class::DELIVER) && !lead.class.has(Class::GET.or(Class::WIN));
    let until = if is_pure { text.len().min(lead.at + 9) } else { object + 3 };
    let behind = (lead.at + 1..until).find_map(|at| text.share(at)).filter(|_| is_pure || is_deed)?;
    let thing = text.phrase(behind + usize::from(text.is(behind, &["of"])));
    let is_theirs = thing.clone().last().is_some_and(|at| text.has(at, Class::OUTSIDE.or(Class::TAKEN)));
    // "Recycle 60% of household waste": of stuff there is more or less, and nothing is done one by one.
    let is_unknown = text.class(lead.at) == Class::default();
    let is_mass = |at: usize| !text.word(at).ends_with('s');
    let is_stuff = is_unknown && thing.clone().last().is_some_and(is_mass);
    let is_served = (thing.end..text.len()).any(|at| text.is_within(at) || text.is_on_time(at));
    if is_theirs && !is_pure || is_stuff || is_served {
        return None;
    }
    Some(Delivery { kind: Kind::Several, words: lead.at..thing.end.max(behind), thing })
}

/// "70% of clusters upgraded", "90% of alerts have a runbook", "80% of staff attend": a share of what the team deals with.
pub(super) fn share_handled(scene: Scene<'_, '_>) -> Option<Delivery> {
    let Scene { text, start, .. } = scene;
    let first = (start..start + 3).find(|&at| text.share(at).is_some())?;
    let is_lone = (first + 1..text.len()).all(|at| text.share(at).is_none());
    let of = text.share(first).filter(|_| is_lone)?;
    let noun = text.phrase(of + usize::from(text.is(of, &["of"])));
    let head = head(text, &noun);
    let delivery = |words: Range<usize>| Some(Delivery { kind: Kind::Several, words, thing: noun.start..head + 1 });
    if noun.is_empty() {
        return None;
    }
    let has_done = text.is(head + 1, &["have", "has", "had"]) && is_participle(text, head + 2);
    let is_served = (head + 1..text.len()).any(|at| text.has(at, Class::SERVICE));
    let joins = head + 1 + usize::from(text.is(head + 1, &["to", "will"]));
    let occasion = (joins + 1..joins + 8).find(|&at| text.has(at, Class::OCCASION));
    if let Some(occasion) = occasion.filter(|_| text.has(joins, Class::JOINS)) {
        return delivery(first..occasion + 1);
    }
    if is_people(text, head) || has_done {
        let verb = deed(text, head + 1).filter(|_| !is_served || has_done);
        return verb.and_then(|verb| delivery(first..verb + 1));
    }
    let verb = (head + 1..noun.end + 3).find(|&at| !text.has(at, Class::BE))?;
    let is_bound = (verb..text.len()).any(|at| is_people(text, at) || text.is(at, &["less"]));
    if is_served || is_bound || !text.is(of, &["of"]) {
        return None;
    }
    let own_will = Class::GAINED.or(Class::PLIGHT).or(Class::SERVED).or(Class::FEEL).or(Class::EVENT);
    let comes = text.has(head, Class::TAKEN.or(Class::OUTSIDE).or(Class::EVENT)) || text.has(verb, own_will);
    let is_piece = text.word(head).ends_with('s') && !comes;
    let is_handled = is_participle(text, verb) && is_piece && text.word(first) != "100";
    let has = text.is(verb - 1, &["have", "has"]) && text.is(verb, &["a", "an"]);
    let held = text.phrase(verb + 1);
    let has_paper = has && held.clone().last().is_some_and(|at| text.has(at, Class::PAPER));
    let end = if has_paper { held.end } else { verb + 1 };
    if is_handled || has_paper { delivery(first..end) } else { None }
}
