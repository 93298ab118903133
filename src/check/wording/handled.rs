//! Things of a kind that a team deals with one by one: counted, spread over others, or a share of all of them.
//!
//! In: a sentence. Out: the count with what is counted. Never looks at what people outside do.

use std::ops::Range;

use super::measure::Scene;
use super::phrase::Lead;
use super::thing::{Delivery, Kind};
use crate::words::{Class, Text};

/// "Write guides for 5 teams": things of a kind, one for each of those that are counted.
pub(super) fn spread(text: &Text<'_>, lead: Lead, object: usize) -> Option<Delivery> {
    let thing = text.phrase(object);
    let head = thing.clone().last().map(|at| text.word(at))?;
    let is_plural = head.ends_with('s') && !head.ends_with("ss") && thing.start == object;
    if !is_plural || !text.is(thing.end, &["for", "from", "at"]) {
        return None;
    }
    let count = text.count(thing.end + 1).filter(|count| !count.is_one)?;
    let end = text.phrase(count.end).end.max(count.end);
    Some(Delivery { kind: Kind::Several, words: lead.at..end, thing })
}

/// "70% of clusters upgraded", "90% of alerts have a runbook": a share of the team's own things is dealt with.
pub(super) fn share_handled(scene: Scene<'_, '_>) -> Option<Delivery> {
    let Scene { text, start, .. } = scene;
    let first = (start..start + 3).find(|&at| text.is_number(at))?;
    let is_lone = (first + 1..text.len()).all(|at| text.share(at).is_none());
    let of = text.share(first).filter(|&end| is_lone && text.is(end, &["of"]))?;
    let thing = text.phrase(of + 1);
    let verb = (thing.end..thing.end + 3).find(|&at| !text.has(at, Class::BE))?;
    let is_outside = thing.clone().any(|at| text.has(at, Class::OUTSIDE));
    let is_bound =
        (verb..text.len()).any(|at| text.has(at, Class::SERVICE.or(Class::OUTSIDE)) || text.is(at, &["less"]));
    if thing.is_empty() || is_outside || is_bound {
        return None;
    }
    let is_handled = text.has(verb, Class::HANDLED) && text.word(first) != "100";
    let has = text.is(verb - 1, &["have", "has"]) && text.is(verb, &["a", "an"]);
    let held = text.phrase(verb + 1);
    let has_paper = has && held.clone().last().is_some_and(|at| text.has(at, Class::PAPER));
    let words = first..if has_paper { held.end } else { verb + 1 };
    (is_handled || has_paper).then_some(Delivery { kind: Kind::Several, words, thing })
}

/// Returns the words of a count of two or more and of what is counted.
pub(super) fn several(text: &Text<'_>, object: usize) -> Option<(Range<usize>, Range<usize>)> {
    let mut at = object;
    while at < object + 6 {
        if let Some(count) = text.count(at) {
            // "40 of 120 interfaces", "8 of our services".
            let of = text.is(count.end, &["of"]) && !text.has(count.end + 1, Class::ALL);
            let behind = text.count(count.end + 1).map_or(count.end + 1, |all| all.end);
            let noun = text.phrase(if of { behind } else { count.end });
            let is_noun = !noun.is_empty() && !text.has(noun.start, Class::END);
            return (!count.is_one && is_noun).then_some((at..count.end, noun));
        }
        let passes = text.has(at, Class::ABOUT) || text.is_sign(at, &['+', '~', '≥', '>', '(']);
        if !passes || text.has(at, Class::DEFINITE) {
            return None;
        }
        at += 1;
    }
    None
}
