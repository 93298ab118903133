//! Deliveries: what a sentence says is to be made, known, held or decided, and how many of them.
//!
//! In: a sentence without a measured goal. Out: the thing that is delivered. Silent where a verb of change leads, where
//! something is denied, and where others come of their own will.

use std::ops::Range;

use super::handled::{several, spread};
use super::measure::Scene;
use super::phrase::Lead;
use super::thing::{Delivery, Kind};
use crate::words::{Class, Text, class};

/// Returns what the sentence delivers.
pub(super) fn find(scene: Scene<'_, '_>) -> Option<Delivery> {
    match scene.lead {
        Some(lead) if lead.is_imperative => imperative(scene, lead),
        lead => state(scene, lead),
    }
}

/// "Ship the planner", "Write 10 guides".
fn imperative(scene: Scene<'_, '_>, lead: Lead) -> Option<Delivery> {
    let text = scene.text;
    if lead.class.has(Class::GET) && !lead.class.has(Class::DELIVER) {
        return won(text, lead).or_else(|| granted(text, lead)).or_else(|| held(text, lead));
    }
    let moves = lead.class.has(Class::UP.or(Class::DOWN)) && !text.is(lead.at + 1, &["over"]);
    if !(lead.class.has(Class::DELIVER) || text.is(lead.at + 1, &["over"])) || moves {
        return None;
    }
    // "Make search faster" says a change, if one without a number.
    let is_opinion = (lead.at..text.len()).any(|at| text.has(at, Class::OPINION));
    let theirs = (lead.at + 1..lead.at + 3).any(|at| text.has(at, Class::OUTSIDE));
    if text.is(lead.at, &["make", "get", "bring"]) && (is_opinion || theirs) {
        return None;
    }
    if let Some(often) = recurring(text, lead) {
        let thing = text.phrase(lead.at + 1);
        return Some(Delivery { kind: Kind::Several, words: lead.at..often, thing });
    }
    if let Some(share) = share_done(text, lead) {
        return Some(share);
    }
    let object = object(text, lead);
    if let Some(money) = earned(text, lead, object) {
        return Some(money);
    }
    let kind = if lead.class.has(Class::HIRE) {
        Kind::Hired
    } else if lead.class.has(Class::MAKE) {
        Kind::Made
    } else {
        Kind::Known
    };
    if let Some((words, noun)) = several(text, object) {
        let is_outside = noun.clone().any(|at| text.has(at, Class::OUTSIDE));
        // "200 customers/month"
        let head = noun.clone().find(|&at| text.is_sign(at, &['/'])).unwrap_or(noun.end).max(noun.start + 1);
        let is_won = is_outside && !lead.class.has(Class::DO) && text.has(head - 1, Class::OUTSIDE);
        let kind = match kind {
            Kind::Hired => Kind::Hired,
            _ if is_won => Kind::Won,
            _ => Kind::Several,
        };
        return Some(Delivery { kind, words: lead.at..words.end.max(noun.end), thing: noun });
    }
    if let Some(spread) = spread(text, lead, object) {
        return Some(spread);
    }
    let thing = text.phrase(text.share(object).map_or(object, |end| end + usize::from(text.is(end, &["of"]))));
    Some(Delivery { kind, words: lead.at..thing.end.max(lead.at + 1), thing })
}

/// "Generate $2M in orders", "Close $400k of new contracts": what others pay is a result.
fn earned(text: &Text<'_>, lead: Lead, object: usize) -> Option<Delivery> {
    let earns = text.has(lead.at, Class::EARN);
    let skipped = (object..object + 4).find(|&at| !text.has(at, Class::AT_LEAST))?;
    let is_money = text.is_sign(skipped, &['$', '€', '£', '₹']) && text.is_number(skipped + 1);
    let thing = text.phrase(skipped + 2);
    let words = skipped..thing.end.max(skipped + 2);
    (earns && is_money).then_some(Delivery { kind: Kind::Won, words, thing })
}

/// "Get 500 paying customers".
fn won(text: &Text<'_>, lead: Lead) -> Option<Delivery> {
    let (words, noun) = several(text, lead.at + 1)?;
    let is_outside = text.has(noun.end - 1, Class::OUTSIDE);
    is_outside.then_some(Delivery { kind: Kind::Won, words: words.start..noun.end, thing: noun })
}

/// "Achieve ISO 27001 certification".
fn granted(text: &Text<'_>, lead: Lead) -> Option<Delivery> {
    let phrase = text.phrase(lead.at + 1);
    let named = phrase.clone().any(|at| text.has(at, Class::GRANT) || text.is(at, &["iso", "soc", "soc2", "fedramp"]));
    let measured = (lead.at + 1..text.len()).any(|at| text.share(at).is_some());
    (named && !measured).then_some(Delivery { kind: Kind::Made, words: lead.at..phrase.end, thing: phrase })
}

/// "We have a working prototype".
fn held(text: &Text<'_>, lead: Lead) -> Option<Delivery> {
    let phrase = text.phrase(lead.at + 1);
    let is_thing = phrase.clone().last().is_some_and(|at| text.has(at, Class::THING));
    let is_one = text.is(lead.at + 1, &["a", "an", "the", "our"]) && is_plain(text, lead.at);
    let is_done = text.has(lead.at + 2, Class::PAST) && text.has(lead.at + 2, Class::DELIVER);
    let is_held = text.is(lead.at, &["have"]) && (is_thing || is_done) && is_one;
    is_held.then_some(Delivery { kind: Kind::Made, words: lead.at..phrase.end, thing: phrase })
}

/// Says whether nothing from a place on counts or judges.
fn is_plain(text: &Text<'_>, start: usize) -> bool {
    !(start..text.len()).any(|at| text.is_number(at) || text.has(at, Class::OPINION.or(Class::NOT)))
}

/// "Log 90% of decisions": a rate of what the team itself does, where nothing is there afterwards.
fn share_done(text: &Text<'_>, lead: Lead) -> Option<Delivery> {
    if !lead.class.has(Class::DO.or(Class::KNOW)) || lead.class.has(Class::MAKE) {
        return None;
    }
    let behind = (lead.at + 1..text.len().min(lead.at + 9)).find_map(|at| text.share(at))?;
    let thing = text.phrase(behind + usize::from(text.is(behind, &["of"])));
    Some(Delivery { kind: Kind::Several, words: lead.at..thing.end.max(behind), thing })
}

/// Returns the end of the words that say that an activity is done again and again: "Hold office hours twice a week".
fn recurring(text: &Text<'_>, lead: Lead) -> Option<usize> {
    if !lead.class.has(Class::DO) {
        return None;
    }
    let regular = |at: usize| text.has(at, Class::REGULAR);
    let every = |at: usize| {
        let each = text.is(at, &["every", "each", "per"])
            || text.is(at, &["a"]) && text.is(at - 1, &["once", "twice", "times"]);
        each && (text.has(at + 1, Class::TIME)
            || text.has(at + 2, Class::TIME)
            || text.is(at + 1, &["sprint", "iteration"]))
    };
    (lead.at + 1..text.len().min(lead.at + 10)).find_map(|at| match () {
        () if regular(at) => Some(at + 1),
        () if every(at) => Some(at + 2),
        () => None,
    })
}

/// Returns the first word of the verb's object, behind "and measure", "out".
fn object(text: &Text<'_>, lead: Lead) -> usize {
    let mut at = lead.at + 1;
    for _ in 0..3 {
        let joins = text.is(at, &["and", "or", "then"]) || text.is_sign(at, &['&', '/', ',']);
        if joins && text.has(at + 1, Class::BASE) {
            at += 2;
        } else if text.is(at - 1, &["talk", "speak", "meet"]) && text.is(at, &["to", "with"])
            || text.has(at, Class::PARTICLE) && !text.is_number(at + 1)
        {
            at += 1;
        }
    }
    at
}

/// "The parser is implemented", "Users can compare revisions", "Prototype of X".
fn state(scene: Scene<'_, '_>, lead: Option<Lead>) -> Option<Delivery> {
    let Scene { text, start, .. } = scene;
    let end = text.len();
    if let Some(counted) = counted(text, start, lead) {
        return Some(counted);
    }
    let verb = lead.map_or(start + 8, |lead| lead.at + 3);
    let denied = (start..end.min(verb)).any(|at| text.has(at, Class::NOT) && !text.is(at, &["without"]));
    let judged = (start..end).any(|at| text.has(at, Class::OPINION));
    let limited = (start..end).any(|at| text.has(at, Class::LIMIT) || text.is_sign(at, &['<', '>', '≤', '≥']));
    let shares =
        (start..end).any(|at| text.share(at).is_some() && text.word(at) != "100") && !is_share_done(text, start);
    let can = lead.is_some_and(|lead| (lead.at..lead.at + 3).any(|at| text.has(at, Class::CAN)));
    // "All three funders" are a known set.
    let is_known = |at: usize| at > start && text.has(at - 1, Class::DEFINITE.or(Class::ALL));
    let counted = !can && (start..end).any(|at| !is_known(at) && text.count(at).is_some_and(|count| !count.is_one));
    if !denied && text.is(start, &["we"]) && text.is(start + 1, &["know", "understand"]) {
        return Some(Delivery { kind: Kind::Known, words: start..start + 2, thing: start..start });
    }
    if denied || judged || limited || shares || counted {
        return None;
    }
    let thing = subject(text, start);
    let made = |words: Range<usize>| {
        let words = if thing.is_empty() { words } else { thing.start..words.end };
        Some(Delivery { kind: Kind::Made, words, thing: thing.clone() })
    };
    let Some(lead) = lead else { return nominal(text, start).and_then(made) };
    // "Certification obtained", "The board passes the drop test".
    let is_granted = lead.class.has(Class::GET)
        && (lead.class.has(Class::PAST) && is_end(text, lead.at + 1) || text.is(lead.at, &["passes", "pass"]));
    if is_granted && is_plain(text, start) {
        return made(lead.at..lead.at + 1);
    }
    if lead.class.has(Class::EFFECT) && !lead.class.has(Class::DELIVER.or(Class::BE)) {
        return None;
    }
    if text.is(start, &["there"]) {
        let thing = text.phrase(lead.at + 1);
        return Some(Delivery { kind: Kind::Made, words: lead.at..thing.end.max(lead.at + 1), thing });
    }
    if can {
        return made(lead.at..lead.at + 1);
    }
    if let Some(place) = participle(text, lead, end) {
        return made(lead.at..place + 1);
    }
    if text.is(lead.at, &["has", "have"]) {
        let object = text.phrase(lead.at + 1);
        let is_thing = object.clone().last().is_some_and(|at| text.has(at, Class::THING));
        return if is_thing { made(lead.at..object.end) } else { None };
    }
    if text.is(lead.at, &["runs", "run"]) && text.is(lead.at + 1, &["on", "in", "inside", "under"]) {
        return made(lead.at..lead.at + 1);
    }
    let says = lead.class.has(Class::THIRD.or(Class::BASE)) && lead.class.has(Class::DELIVER.or(Class::CAPABLE));
    if says && !lead.class.has(Class::UP.or(Class::DOWN)) { made(lead.at..lead.at + 1) } else { None }
}

/// Says whether a verb says that people give their attention.
fn is_attention(text: &Text<'_>, at: usize) -> bool {
    let joins = text.is(at, &["join", "joined"]) && (at..at + 5).any(|at| text.has(at, Class::OCCASION));
    joins || text.has(at, Class::ATTEND)
}

/// Says whether a statement ends before a place.
fn is_end(text: &Text<'_>, at: usize) -> bool {
    !text.is_word(at) || text.has(at, Class::END)
}

/// "5 templates created", "3 new integrations", "The team gives 4 talks".
fn counted(text: &Text<'_>, start: usize, lead: Option<Lead>) -> Option<Delivery> {
    let is_outside = |words: Range<usize>| words.into_iter().any(|at| text.has(at, Class::OUTSIDE));
    if let Some((words, noun)) = several(text, start) {
        let head = text.word(noun.end - 1);
        let is_thing = text.has(noun.end - 1, Class::THING)
            || head.strip_suffix('s').is_some_and(|one| class(one).has(Class::THING));
        let is_done = text.has(noun.end, Class::PAST) && text.has(noun.end, Class::DELIVER);
        let ends = !text.is_word(noun.end) || text.has(noun.end, Class::PREPOSITION);
        let is_made = is_done || is_thing && ends;
        // "3 maintainers onboarded", "400 people attend": persons are counted for what is done with them, or for coming.
        let verb = noun.clone().find(|&at| is_attention(text, at)).unwrap_or(noun.end);
        let comes = is_attention(text, verb);
        let handled = text.has(noun.end, Class::COACHED);
        if is_outside(noun.end - 1..noun.end) && ends && text.word(words.end - 1) != "1" {
            return Some(Delivery { kind: Kind::Won, words: words.start..noun.end, thing: noun });
        }
        let said = is_made && !is_outside(noun.clone()) || handled || comes;
        return said.then_some(Delivery { kind: Kind::Several, words: words.start..noun.end, thing: noun });
    }
    let lead = lead.filter(|lead| lead.class.has(Class::THIRD) && lead.class.has(Class::DELIVER))?;
    let (words, noun) = several(text, lead.at + 1)?;
    let theirs = is_outside(start..lead.at) || is_outside(noun.clone());
    (!theirs).then_some(Delivery { kind: Kind::Several, words: lead.at..words.end.max(noun.end), thing: noun })
}

/// "80% of services migrated": a share of the team's own things is done.
fn is_share_done(text: &Text<'_>, start: usize) -> bool {
    let Some(behind) = text.share(start) else { return false };
    let phrase = text.phrase(behind + usize::from(text.is(behind, &["of"])));
    let is_outside = phrase.clone().any(|at| text.has(at, Class::OUTSIDE));
    let verb = (phrase.end..phrase.end + 3).find(|&at| !text.has(at, Class::BE));
    !phrase.is_empty() && !is_outside && verb.is_some_and(|at| text.has(at, Class::PAST) && text.has(at, Class::MAKE))
}

/// Returns the words before the verb, without "100% of".
fn subject(text: &Text<'_>, start: usize) -> Range<usize> {
    let start = text.share(start).map_or(start, |end| end + usize::from(text.is(end, &["of"])));
    text.phrase(start)
}

/// Returns the place of what is done with the thing: "has been implemented", "is available".
fn participle(text: &Text<'_>, lead: Lead, end: usize) -> Option<usize> {
    let is_be = lead.class.has(Class::BE) || text.is(lead.at, &["will"]);
    let done = |at: usize| {
        let done = text.has(at, Class::PAST) && text.has(at, Class::DELIVER.or(Class::CAPABLE));
        let state = text.has(at, Class::DELIVERED)
            || ["able", "ible"].iter().any(|end| text.word(at).ends_with(end) && text.word(at).len() > 6);
        // Any other participle says a deed too, where it is no wish and no change.
        let word = text.word(at);
        let other =
            word.len() > 5 && word.ends_with("ed") && !text.has(at, Class::WORDING) && !text.has(at, Class::PLIGHT);
        let up = text.is(at, &["up", "out", "online", "on"])
            && at == lead.at + 1
            && (!text.is_word(at + 1) || text.is(at + 1, &["by", "in", "on", "for"]))
            && !text.is_number(at + 2);
        let done = done || other || up;
        let by_others = text.is(at + 1, &["by"]) && text.is(at, &["adopted", "used", "trusted"]);
        (done || state) && !by_others
    };
    let in_place = |at: usize| text.is(at, &["in"]) && text.is(at + 1, &["place", "production", "beta"]);
    if !is_be {
        return None;
    }
    let is_used = (lead.at..lead.at + 4).any(|at| text.is(at, &["used", "using", "running", "trusted"]));
    let until = if is_used { lead.at } else { end.min(lead.at + 6) };
    (lead.at + 1..until).take_while(|&at| text.is_word(at)).find(|&at| done(at) || in_place(at))
}

/// Returns the words of a sentence without a verb that name a thing: "Prototype of X", "Roadmap agreed".
fn nominal(text: &Text<'_>, start: usize) -> Option<Range<usize>> {
    let phrase = text.phrase(start);
    let ends = |at: usize| !text.is_word(at) || text.has(at, Class::END);
    let done = |&at: &usize| {
        let known = text.has(at, Class::PAST.or(Class::DELIVERED)) && text.has(at, Class::DELIVER.or(Class::DELIVERED));
        let word = text.word(at);
        let other = at > start && word.len() > 5 && word.ends_with("ed") && !text.has(at, Class::WORDING);
        (known || other) && ends(at + 1)
    };
    if let Some(place) = (start + 1..text.len().min(start + 10)).find(done) {
        return Some(start..place + 1);
    }
    let in_place = (start..text.len()).find(|&at| text.is(at, &["in"]) && text.is(at + 1, &["place", "production"]));
    if let Some(place) = in_place {
        return Some(start..place + 2);
    }
    let is_thing = phrase.clone().last().is_some_and(|at| text.has(at, Class::THING));
    let is_usable = text.has(start, Class::DELIVERED) || text.is(start, &["working", "playable", "clickable"]);
    let is_of = text.has(phrase.end, Class::OF_THING) || !text.is_word(phrase.end);
    (is_of && (is_thing || is_usable)).then_some(phrase)
}
