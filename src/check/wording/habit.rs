//! What is done again and again, without a count: "Hold office hours twice a week", "Ward huddles every morning".
//!
//! In: a sentence. Out: the habit, with the words that say how often. By elimination: what recurs is the team's own
//! activity, unless it is measured or people outside do it.

use std::ops::Range;

use super::lead::Lead;
use super::measure::Scene;
use super::noun::is_participle;
use super::several::several;
use super::thing::{Delivery, Kind};
use crate::words::{Class, Text};

/// How far behind a verb or a noun is looked for words that say how often.
const NEAR: usize = 10;

/// Returns what the sentence says is done again and again.
pub(super) fn find(scene: Scene<'_, '_>) -> Option<Delivery> {
    let Scene { text, start, lead, .. } = scene;
    match lead.filter(|lead| lead.is_imperative) {
        Some(lead) => imperative(text, lead),
        None => begun(text, start)
            .or_else(|| repeated(text, start))
            .or_else(|| occasions(text, start, lead))
            .or_else(|| plain(text, text.statement(start)).filter(|_| lead.is_none())),
    }
}

/// "Hold office hours twice a week", "Clean the filters monthly"
fn imperative(text: &Text<'_>, lead: Lead) -> Option<Delivery> {
    let class = lead.class;
    let is_effect = class.has(Class::UP.or(Class::DOWN).or(Class::IMPROVE)) && !class.has(Class::PLACING);
    let comes = class.has(Class::GET.or(Class::WIN)) && !class.has(Class::DO);
    // "Have coffee with a neighbour each week"
    let has = text.is(lead.at, &["have"]) && several(text, lead.at + 1).is_none();
    let offers = offers(text, lead);
    let is_other = is_effect && !class.has(Class::DELIVER) || comes || !class.has(Class::DELIVER);
    if class.has(Class::KEEP) || is_other && !has && !offers {
        return None;
    }
    // A report that is made may be a monthly one; one that is held is held each month.
    let links = |at: &usize| text.has(*at, Class::RELATIVE.or(Class::CONDITION)) || text.is(*at, &["to", "so"]);
    let clause = (lead.at + 1..text.len()).find(links).unwrap_or(text.len());
    let thing = text.phrase(lead.at + 1);
    // "Regularly publish …"
    let before = lead.at.checked_sub(1).filter(|&at| text.has(at, Class::OFTEN) && !text.has(at, Class::REGULAR));
    if let Some(before) = before {
        return Some(Delivery { kind: Kind::Several, words: before..thing.end.max(lead.at + 1), thing });
    }
    let often = match class.has(Class::DO) || offers {
        true => regular(text, lead.at, |_| true)
            .or_else(|| adverbial(text, lead.at, text.len()))
            .or_else(|| times(text, lead.at)),
        false => adverbial(text, lead.at, clause),
    }?;
    Some(Delivery { kind: Kind::Several, words: lead.at..often, thing })
}

/// "Provide weekly tutoring", but not "Offer a weekly plan".
fn offers(text: &Text<'_>, lead: Lead) -> bool {
    let is_act = |at: usize| text.has(at, Class::OCCASION) || text.word(at).ends_with("ing");
    text.is(lead.at, &["offer", "provide"]) && text.phrase(lead.at + 1).last().is_some_and(is_act)
}

/// "Twice a year, hold …", "Each quarter, …"
fn begun(text: &Text<'_>, start: usize) -> Option<Delivery> {
    let first = start + usize::from(text.is(start, &["once", "twice"]));
    let comma = (first + 2..first + 4).find(|&at| text.is_sign(at, &[',']))?;
    let is_regular = text.is(first, &["a", "each", "every"]) && text.has(first + 1, Class::TIME);
    let verb = text.lead(comma + 1).filter(|lead| lead.is_imperative);
    let thing = text.phrase(verb.map_or(comma, |lead| lead.at) + 1);
    is_regular.then_some(Delivery { kind: Kind::Several, words: start..comma, thing })
}

/// "The architecture is presented twice a year", "The board reviews the plan each quarter"
fn repeated(text: &Text<'_>, start: usize) -> Option<Delivery> {
    let thing = text.phrase(start);
    // "400 users log in every day"
    let theirs = |verb: usize| (start..verb).any(|at| text.has(at, Class::OUTSIDE));
    let behind = Class::OBJECT.or(Class::ARTICLE).or(Class::REGULAR);
    let has_object = |at: usize| text.has(at - 1, Class::PEOPLE) || text.has(at + 1, behind);
    let acts = |at: usize| !theirs(at) && text.has(at, Class::THIRD.or(Class::BASE)) && has_object(at);
    let told = |at: &usize| (is_participle(text, *at) || acts(*at)) && text.has(*at, Class::DO.or(Class::KNOW));
    let verb = (start + 1..text.len().min(start + NEAR)).find(told)?;
    let often = regular(text, verb, |_| true).or_else(|| adverbial(text, verb, text.len()))?;
    Some(Delivery { kind: Kind::Several, words: thing.start..often, thing })
}

/// "Weekly store walk-throughs", "Fire drills every month at all depots": occasions of the team's own, without a verb.
fn occasions(text: &Text<'_>, start: usize, lead: Option<Lead>) -> Option<Delivery> {
    // "At least one talk a month"
    let start = start + 2 * usize::from(text.is(start, &["at"]) && text.is(start + 1, &["least"]));
    let noun = text.phrase(start);
    if lead.is_some() || noun.is_empty() || goes_on(text, noun.end) {
        return None;
    }
    let thing = noun.start..noun.clone().find(|&at| is_lone(text, at)).unwrap_or(noun.end);
    let head = thing.clone().last().filter(|_| !is_measured(text, thing.clone()))?;
    let before = (start..thing.start + 1).find(|&at| text.has(at, Class::REGULAR) && !is_lone(text, at));
    let often = match before {
        // "A weekly plan for the kitchen" is one thing.
        Some(_) if text.has(start, Class::ARTICLE) && !text.is_plural(head) && !text.has(head, Class::OCCASION) => None,
        Some(at) => Some(at + 1).filter(|_| is_deed(text, head) || text.is(noun.end, &["at", "to", "with"])),
        None => adverbial(text, start, text.len()),
    }?;
    // A number of things in a time is a rate; one of them is a habit.
    let is_limit = (start..text.len()).any(|at| text.is(at, &["most"]));
    let is_one = text.is(start, &["a", "one"]) && !text.has(head, Class::EVENT) && !is_limit;
    let is_rate =
        (start..often).any(|at| text.is(at, &["per"]) && !is_one || text.count(at).is_some_and(|count| !count.is_one));
    let words = start..often.max(thing.end);
    (!is_rate).then_some(Delivery { kind: Kind::Several, words, thing })
}

/// "Bike to work three times a week": a deed that nobody knows, of which is said how often it is done.
fn plain(text: &Text<'_>, verb: usize) -> Option<Delivery> {
    let known = Class::PEOPLE.or(Class::TAKEN).or(Class::EVENT).or(Class::GOOD).or(Class::BAD).or(Class::FIGURE);
    let known =
        known.or(Class::KPI).or(Class::EFFECT).or(Class::DETERMINER).or(Class::NOT).or(Class::ALL).or(Class::MORE);
    let is_name = ["tion", "ment", "ness", "ity", "ance", "ing"].iter().any(|end| text.word(verb).ends_with(end));
    let is_verb = text.is_word(verb) && !text.has(verb, known) && !text.is_plural(verb) && !is_name;
    let often = times(text, verb).filter(|_| is_verb)?;
    Some(Delivery { kind: Kind::Several, words: verb..often, thing: text.phrase(verb + 1) })
}

/// Returns the end of "three times a week", "3x/week", behind a verb.
fn times(text: &Text<'_>, verb: usize) -> Option<usize> {
    let times = |&at: &usize| text.is(at, &["once", "times", "twice", "x"]) && is_per(text, at + 1);
    (verb + 1..text.len()).find(times).map(|at| at + 3)
}

/// "A week", "per month", "/day"
fn is_per(text: &Text<'_>, at: usize) -> bool {
    (text.is(at, &["a", "each", "every", "per"]) || text.is_sign(at, &['/'])) && text.has(at + 1, Class::TIME)
}

/// Says whether what stands behind a noun does or measures something: "Teachers regain an hour", "Daily orders above 90".
fn goes_on(text: &Text<'_>, at: usize) -> bool {
    let is_time = text.is(at, &["a"]) && text.has(at + 1, Class::TIME);
    let has_object = text.has(at, Class::ARTICLE) && !is_time;
    let is_number = text.is_number(at + 1) || text.is(at + 1, &["least"]);
    let bounds = text.has(at, Class::AT_LEAST) || text.is(at, &["of"]);
    let is_level = text.has(at, Class::LIMIT) || bounds && is_number;
    let is_said = (at..text.len()).any(|at| is_participle(text, at) || text.has(at, Class::DELIVERED));
    has_object || is_level || is_said
}

/// Says whether a noun is a number or what people outside do: "daily orders", "monthly active users".
fn is_measured(text: &Text<'_>, mut noun: Range<usize>) -> bool {
    let measured = Class::GOOD.or(Class::BAD).or(Class::FIGURE).or(Class::KPI).or(Class::SPEED).or(Class::IN_USE);
    let theirs = Class::TAKEN.or(Class::OUTSIDE).or(Class::THING);
    let head = noun.end.saturating_sub(1);
    let is_theirs = text.has(head, theirs) && !text.has(head, Class::OCCASION);
    // "Members visit"
    let acts = text.has(head, Class::BASE) && noun.len() > 1 && text.word(head - 1).ends_with('s');
    is_theirs || acts || noun.any(|at| text.has(at, measured) && !text.has(at, Class::REGULAR))
}

/// Says whether a noun is a deed or several things: "maintenance", "training", "huddles".
fn is_deed(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    let is_act = word.len() > 6 && ["ing", "tion", "ment", "ance"].iter().any(|end| word.ends_with(end));
    is_act || text.is_plural(at) || text.has(at, Class::DELIVER.or(Class::OCCASION))
}

/// Returns the end of a word that makes a habit of what stands behind it, or before it: "weekly".
fn regular(text: &Text<'_>, verb: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
    let regular = |&at: &usize| text.has(at, Class::REGULAR) && fits(at);
    (verb + 1..text.len().min(verb + NEAR)).find(regular).map(|at| at + 1)
}

/// Says whether a word of a habit belongs to no noun behind it: "Publish the list weekly".
fn is_lone(text: &Text<'_>, at: usize) -> bool {
    text.has(at, Class::REGULAR) && (!text.is_word(at + 1) || text.has(at + 1, Class::END))
}

/// Returns the end of words between a verb and `end` that say how often it is done: "twice a week", "every Friday".
fn adverbial(text: &Text<'_>, verb: usize, end: usize) -> Option<usize> {
    if let Some(at) = regular(text, verb, |at| at < end && is_lone(text, at)) {
        return Some(at);
    }
    // "Meet suppliers regularly"
    let last = end - usize::from(text.is_sign(end.saturating_sub(1), &['.']));
    if last > verb + 1 && text.has(last - 1, Class::OFTEN) && !text.has(last - 2, Class::MORE.or(Class::FEWER)) {
        return Some(last);
    }
    (verb + 1..end.min(verb + NEAR)).find_map(|at| every(text, verb, at))
}

/// Returns the end of "every month", "each term", "after each release", "twice a week".
fn every(text: &Text<'_>, verb: usize, at: usize) -> Option<usize> {
    let is_counted = text.has(at - 1, Class::TIME) || text.count(at.saturating_sub(2)).is_some();
    let times = text.is(at, &["a"]) && (text.is(at - 1, &["once", "twice", "times"]) || is_counted);
    let each = text.is(at, &["every", "each", "per"]);
    if !each && !times {
        return None;
    }
    let count = (at + 1..at + 4).take_while(|&at| text.is_number(at) || text.is_sign(at, &['-', '–'])).count();
    let is_time = text.has(at + 1 + count, Class::TIME) || text.has(at + 2, Class::TIME);
    // What follows a noun without a link says when.
    let behind_noun = at > verb + 1 && text.is_noun_like(at - 1) || text.is(at - 1, &["after", "before"]);
    let is_when = behind_noun && !text.is(at, &["per"]) && text.is_noun_like(at + 1);
    (is_time || is_when || text.is(at + 1, &["sprint", "iteration"])).then_some(at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_say_how_often_are_found() {
        for (title, expected) in [
            ("Clean the filters monthly", "monthly"),
            ("Publish the waiting list every Friday", "every Friday"),
            ("Hold a retrospective after each release", "each release"),
            ("Visit the depots twice a month", "a month"),
            ("Send updates every 4-6 weeks", "every 4"),
            ("Meet suppliers regularly", "regularly"),
        ] {
            let text = Text::new(title);
            let end = adverbial(&text, 0, text.len()).expect(title);
            assert_eq!(&title[text.bytes(end - expected.split(' ').count()..end)], expected);
        }
        for title in
            ["Repair every pothole", "Build a weekly menu planner", "Give a kit to each ward", "Stand still less often"]
        {
            let text = Text::new(title);
            assert_eq!(adverbial(&text, 0, text.len()), None, "{title}");
        }
    }
}
