//! Whether a sentence speaks of an effect or a limit, rather than of a thing that is done or not done.
//!
//! In: a sentence. Out: yes or no. An effect is a change, a degree, an opinion, or what people outside do; a limit keeps
//! or forbids something.

use std::ops::Range;

use super::lead::Lead;
use super::measure::Scene;
use super::noun::{is_participle, is_people, object};
use crate::words::{Class, Text};

/// Verbs of change.
const CHANGE: Class = Class::UP.or(Class::DOWN).or(Class::IMPROVE);

/// Nouns that say how much or how well.
const MEASURED: Class = Class::GOOD.or(Class::BAD).or(Class::FIGURE).or(Class::KPI).or(Class::SPEED);

/// Says whether the sentence speaks of an effect or a limit.
pub(super) fn is_effect(scene: Scene<'_, '_>) -> bool {
    let Scene { text, start, lead, .. } = scene;
    let knows = text.is(start, &["we"]) && text.is(start + 1, &["know", "understand"]);
    // "Win back lost donors"
    let moves_over = lead.is_some_and(|lead| {
        lead.is_imperative && text.is(lead.at + 1, &["over", "back"]) && !text.is(lead.at, &["win"])
    });
    if knows || moves_over {
        return false;
    }
    let goes = |at: usize| text.is(at, &["go", "goes"]) && text.is(at + 1, &["up", "down"]);
    denies(scene)
        || (start + 1..start + 9).any(goes)
        || keeps_too(text, lead)
        || rules(text, start)
        || match lead {
            Some(lead) if lead.is_imperative => by_verb(text, lead),
            lead => by_statement(text, start, lead),
        }
}

/// "Measure the noise and prevent any rise": what is kept besides is a limit.
fn keeps_too(text: &Text<'_>, lead: Option<Lead>) -> bool {
    let Some(lead) = lead.filter(|lead| lead.is_imperative) else { return false };
    let keeps = |at: usize| text.has(at, Class::KEEP) && text.has(at, Class::BASE);
    (lead.at + 2..text.len()).any(|at| text.is(at, &["and"]) && keeps(at + 1))
}

/// "Each team commits to a plan", "Wash hands before every meal": a rule, which is kept or broken each time. Behind "each"
/// there is one, so that a word in -s is what it does.
fn rules(text: &Text<'_>, start: usize) -> bool {
    let each = |at: usize| text.is(at, &["each", "every"]);
    let acts = |&at: &usize| text.word(at).ends_with('s') && !text.word(at).ends_with("ss") && text.word(at).len() > 3;
    let plain = |at: &usize| text.is_word(*at) && !text.has(*at, Class::END.or(Class::BE));
    let is_rule = each(start) && (start + 2..start + 5).take_while(plain).any(|at| acts(&at) && text.is_word(at + 1));
    let times = |at: usize| text.is(at, &["before", "after"]) && each(at + 1);
    let all = each(start) || text.is(start, &["all"]);
    is_rule || all && (start..text.len()).any(|at| text.is_within(at)) || (start + 1..text.len()).any(times)
}

/// Says whether a number says how much a subject does or is, rather than stand beside a deed.
pub(super) fn is_measured(scene: Scene<'_, '_>, number: usize) -> bool {
    let Scene { text, start, lead, .. } = scene;
    let is_amount = text.share(number).is_some() || text.count(number).is_none();
    // "Rated helpful by 80% of readers", "4 out of 5".
    let theirs = text.share(number).is_some_and(|end| (end..end + 4).any(|at| is_people(text, at)));
    let is_rating = text.is(number + 1, &["out"]) && text.is(number + 2, &["of"]);
    // A share of all is no thing that is done or not done.
    let is_part = number < start + 3 && text.share(number).is_some() && text.word(number) != "100";
    if theirs || is_rating || is_part && !lead.is_some_and(|lead| lead.is_imperative) {
        return true;
    }
    match lead {
        // "Recycle 60% of scrap"
        Some(lead) if lead.is_imperative => {
            let is_share = text.share(number).is_some_and(|end| text.is(end, &["of"]));
            is_share && number <= lead.at + 3 && text.word(number) != "100"
        }
        Some(lead) => !(lead.class.has(Class::BE.or(Class::CAN)) && is_dealt_with(text, lead.at)),
        None => {
            (is_amount || number < start + 3 && text.count(number).is_some_and(|count| !count.is_one))
                && !(start..number).any(|at| is_participle(text, at))
                && !is_done_with(text, number)
        }
    }
}

/// "85% of workstations patched"
fn is_done_with(text: &Text<'_>, number: usize) -> bool {
    let behind = text.share(number).unwrap_or(number + 1);
    let ends = |at: usize| text.has(at, Class::END) && !text.is(at, &["of"]) && !text.has(at, Class::BE);
    let mut noun = (behind..behind + 8).take_while(|&at| text.is_word(at) && !ends(at));
    noun.any(|at| is_participle(text, at))
}

/// "is implemented", "has been moved", "are live"
fn is_dealt_with(text: &Text<'_>, at: usize) -> bool {
    let mut said = (at + 1..at + 4).take_while(|&at| !text.has(at, Class::ARTICLE));
    said.any(|at| is_participle(text, at) || text.has(at, Class::DELIVERED))
}

/// Says whether something is denied or forbidden: "Never miss a payroll run", "The app does not crash".
pub(super) fn denies(scene: Scene<'_, '_>) -> bool {
    let Scene { text, start, lead, .. } = scene;
    let verb = lead.map_or(start + 8, |lead| lead.at + 3).min(text.len());
    let none = text.word(start) == "0";
    let denied = none || (start..verb).any(|at| text.has(at, Class::NOT) && !text.is(at, &["without"]));
    let without = (start..text.len())
        .any(|at| text.is(at, &["without"]) && (at + 1..at + 4).any(|at| text.has(at, Class::EVENT.or(Class::FAILED))));
    let always =
        (start..text.len()).any(|at| text.is(at, &["always"]) || text.is(at, &["any"]) && text.is(at + 1, &["time"]));
    let is_deed = lead.is_some_and(|lead| lead.is_imperative);
    let has_share = (start..text.len()).any(|at| text.share(at).is_some());
    let in_time = |at: usize| text.is_on_time(at) && (has_share || !is_deed) || has_share && text.is_within(at);
    let on_time = (start..text.len()).any(in_time);
    denied || without || always || on_time
}

/// "Improve search", "Keep the lights on", "Make checkout faster".
fn by_verb(text: &Text<'_>, lead: Lead) -> bool {
    let Lead { at, class, .. } = lead;
    let object = text.phrase(object(text, lead));
    let is_measured = object.clone().any(|at| text.has(at, MEASURED)) || text.has(object.start, Class::DEGREE);
    let last = |class: Class| object.clone().last().is_some_and(|at| text.has(at, class));
    let is_last = |words: &[&str]| object.clone().last().is_some_and(|at| text.is(at, words));
    let theirs = is_last(&["audience", "community", "membership"])
        || (at + 1..at + 3).any(|at| text.has(at, Class::OUTSIDE.or(Class::PEOPLE)));
    let is_opinion = !is_a_good_one(text, at, &object)
        && (becomes_so(text, at, &object) || (at + 1..text.len()).any(|at| text.has(at, Class::OPINION)));
    match () {
        () if class.has(Class::KEEP) => true,
        () if text.is(at, &["attract", "earn", "retain", "sell"]) => true,
        // "Bring … below 100%"
        // "Add another customer"
        () if class.has(Class::WIN) && object.clone().last().is_some_and(|at| comes(text, at)) => true,
        // "Win the trust of parents"
        () if is_last(&["confidence", "loyalty", "trust"]) => true,
        // "Build a culture of feedback"
        () if text.has(at, Class::INSTIL) && last(Class::ATTITUDE) => true,
        // "Close the gap between boys and girls"
        () if text.has(at, Class::LEVELLING) && last(Class::DIFFERENCE) => true,
        // "Reinforce the bridge" ends, "deepen relationships" doesn't.
        () if text.has(at, Class::GRADED) && text.has(at + 1, Class::ARTICLE) => {
            is_quality(text, &object) || last(MEASURED.or(Class::ATTITUDE).or(Class::DIFFERENCE))
        }
        // "Enable teams to move faster"
        () if is_comparative(text) => true,
        () if text.is(at, &["meet"]) => !text.is(at + 1, &["with"]) && !theirs,
        // "Let tenants pay by card" is a thing that the service can do.
        () if text.is(at, &["let"]) => is_opinion,
        () if text.has(at, Class::PLACING) => {
            is_measured || is_quality(text, &object) || theirs || is_opinion || is_bounded(text, at)
        }
        // What is told by a number can come again, so that to be rid of it is a limit.
        () if text.has(at, Class::REMOVE) && is_bounded(text, at) => true,
        // A thing that the team makes is no effect, whatever it does with it.
        () if class.has(Class::IMPROVE) && last(Class::THING) => false,
        // "Save the map to the shared drive"
        () if text.is(at, &["save"]) && text.is(object.end, &["to"]) => false,
        // "Gain a certification" ends.
        () if class.has(CHANGE) && !text.is(at, &["gain"]) => !class.has(Class::DELIVER),
        () if class.has(Class::GET) && !class.has(Class::DELIVER) => {
            is_measured || theirs || object.clone().any(|at| comes(text, at)) || is_aim(text, &object)
        }
        // "Support dark mode" makes a thing, "support the needs of …" doesn't.
        () if text.is(at, &["support"]) => is_opinion || object.clone().any(|at| is_people(text, at)),
        () if text.is(at, &["be"]) => is_to_be(text, at + 1),
        // "Become a certified lab"
        () if text.is(at, &["become"]) && is_participle(text, object.start) => false,
        // "Hire more women"
        () if text.is(at + 1, &["fewer", "less", "more"]) => true,
        () => class.has(Class::WISH) && !class.has(Class::DELIVER),
    }
}

/// "Be profitable", but "be live", "be certified for …", "be compliant with …".
fn is_to_be(text: &Text<'_>, state: usize) -> bool {
    let done = is_participle(text, state)
        || text.has(state, Class::DELIVERED.or(Class::PREPOSITION))
        || text.is(state + 1, &["with", "to", "for"]);
    !done || text.has(state, Class::OPINION.or(Class::DEGREE))
}

/// "Make deploys boring": what is said of a thing behind it, which is then so.
fn becomes_so(text: &Text<'_>, verb: usize, object: &Range<usize>) -> bool {
    let is_last = object.clone().last().is_some_and(|at| text.has(at, Class::VIRTUE));
    text.is(verb, &["make"]) && object.len() > 1 && is_last
}

/// "Make a safe procedure", but not "Make a school safer".
fn is_a_good_one(text: &Text<'_>, verb: usize, object: &Range<usize>) -> bool {
    let is_said = object.clone().last().is_some_and(|at| text.has(at, Class::OPINION.or(Class::DEGREE)));
    text.is(verb, &["make"]) && text.is(verb + 1, &["a", "an"]) && !is_said
}

/// Says whether a word names people outside, or several of what they sign or pay.
fn comes(text: &Text<'_>, at: usize) -> bool {
    text.has(at, Class::OUTSIDE) || text.has(at, Class::TAKEN) && text.word(at).ends_with('s')
}

/// "Flakiness", "loneliness": how something is, of which there is more or less.
fn is_quality(text: &Text<'_>, object: &Range<usize>) -> bool {
    object.clone().last().is_some_and(|at| text.word(at).len() > 6 && text.word(at).ends_with("ness"))
}

/// "The sales target"
fn is_aim(text: &Text<'_>, object: &Range<usize>) -> bool {
    object.clone().last().is_some_and(|at| text.is(at, &["target", "targets", "goal", "goals"]))
}

/// Says whether a sentence ends in a comparison: "… faster".
fn is_comparative(text: &Text<'_>) -> bool {
    let last = text.len() - usize::from(text.is_sign(text.len().saturating_sub(1), &['.']));
    let last = last.saturating_sub(1);
    text.has(last, Class::OPINION.or(Class::DEGREE)) && text.word(last).ends_with("er")
}

/// Says whether a limit with its number stands behind a place.
fn is_bounded(text: &Text<'_>, start: usize) -> bool {
    let bounds = |at: usize| {
        text.has(at, Class::LIMIT) || text.is(at, &["than", "exceed"]) || text.is_sign(at, &['<', '>', '≤', '≥'])
    };
    (start + 1..text.len()).any(|at| bounds(at) && text.is_number(at + 1))
}

/// Says whether what a verb changes has a number already: conversion, the time of a search, incidents.
pub(super) fn names_measure(text: &Text<'_>, lead: Option<Lead>) -> bool {
    let number = MEASURED.or(Class::TIME).or(Class::EVENT).or(Class::TAKEN);
    lead.is_some_and(|lead| text.phrase(object(text, lead)).any(|at| text.has(at, number)))
}

/// "Customers trust us", "Deploys are faster", "Fewer noisy alerts", "The app is used by two agencies".
fn by_statement(text: &Text<'_>, start: usize, lead: Option<Lead>) -> bool {
    // "Increased share of orders"
    let is_done = |at: usize| text.has(at, Class::PAST) && text.has(at, Class::DELIVER);
    let moved = text.has(start, CHANGE)
        && text.has(start, Class::PAST.or(Class::GERUND))
        && !(start + 1..text.len().min(start + 12)).any(is_done);
    // "A larger share of residents"
    let first = start + usize::from(text.has(start, Class::ARTICLE));
    // "Twice as many pupils"
    let compares = |&at: &usize| text.is(at, &["as"]) && text.is(at + 1, &["few", "many", "much"]);
    let begins = (start..start + 3).any(|at| compares(&at))
        || moved && !text.has(start, Class::DELIVER.or(Class::PLACING))
        || text.has(first, Class::DEGREE.or(Class::MORE).or(Class::FEWER))
        || text.has(start, Class::OPINION) && !is_participle(text, start + 2);
    // "Help centre is live" says what became of a thing.
    let says_state = lead.is_some_and(|lead| lead.class.has(Class::BE) && lead.at > start);
    let wishes = text.has(start, Class::WISH) && !text.has(start, Class::DELIVER) && !says_state;
    if begins || wishes && !text.has(start + 1, Class::PREPOSITION) {
        return true;
    }
    let mut clause =
        (start + 1..start + 9).take_while(|&at| text.is_word(at) && !text.has(at, Class::END.or(Class::BE)));
    let meets = |at: usize| text.is(at, &["meet", "meets"]) && (at..at + 4).any(|at| text.has(at, Class::OPINION));
    if clause.any(|at| text.has(at, Class::FEEL) || meets(at)) {
        return true;
    }
    // "Growers earn more per hectare", but "one more stall", "more than 5".
    let is_more = |at: usize| {
        let alone = text.is(at, &["more"]) && (!text.is_noun_like(at + 1) || text.has(at + 1, Class::OFTEN));
        let said = alone || text.is(at, &["fewer", "less"]);
        said && !text.is(at + 1, &["than"]) && !text.is(at - 1, &["no", "or"])
    };
    if (start + 1..text.len()).any(is_more) {
        return true;
    }
    let is_who = (start..text.len()).take(8).any(|at| text.has(at, Class::RELATIVE));
    let is_other = |verb: usize| !is_who && lead.is_some_and(|lead| lead.class.has(Class::BE) && lead.at > verb);
    if let Some(verb) = acting(text, start).filter(|&verb| !is_other(verb)) {
        return !(verb..verb + 3).any(|at| text.has(at, Class::CAN));
    }
    let Some(lead) = lead else {
        // "Weekly readers", "Daily orders"
        let is_rate = text.has(start, Class::REGULAR);
        let told = |at: usize| text.has(at, MEASURED.or(Class::ATTITUDE)) || is_rate && comes(text, at);
        return text.phrase(start).last().is_some_and(told);
    };
    let changes =
        lead.class.has(CHANGE) && !lead.class.has(Class::DELIVER) && lead.class.has(Class::PAST.or(Class::THIRD));
    let subject = text.phrase(start);
    let is_number =
        subject.end == lead.at && text.has(lead.at.wrapping_sub(1), MEASURED) && !is_dealt_with(text, lead.at);
    let keeps = lead.class.has(Class::KEEP) || is_number;
    changes || keeps || is_judged(text, lead) || is_used(text, lead.at..lead.at + 5) || says_change(text, lead)
}

/// "… are updated and reduced", "has improved".
fn says_change(text: &Text<'_>, lead: Lead) -> bool {
    let end = (lead.at + 1..lead.at + 4).take_while(|&at| text.is_word(at) && !text.has(at, Class::END));
    end.into_iter().any(|at| text.has(at, CHANGE) && text.has(at, Class::PAST) && !text.has(at, Class::DELIVER))
}

/// Says whether an opinion or a degree is what is said of a subject: "is fast", "feel better informed".
fn is_judged(text: &Text<'_>, lead: Lead) -> bool {
    let mut said = (lead.at + 1..lead.at + 5).take_while(|&at| text.is_word(at) && !text.has(at, Class::ARTICLE));
    let has = text.is(lead.at, &["has", "have", "had"]);
    lead.class.has(Class::BE) && !has && said.any(|at| text.has(at, Class::OPINION.or(Class::DEGREE).or(Class::VIRTUE)))
}

/// "is used by", "has been adopted by".
fn is_used(text: &Text<'_>, mut words: Range<usize>) -> bool {
    if words.clone().any(|at| text.has(at, Class::CAN)) {
        return false;
    }
    words.any(|at| text.is(at, &["used", "using", "adopted", "trusted"]) && text.is(at + 1, &["by", "in"]))
}

/// Returns the verb of people at the beginning who do something of their own will: "Customers need fewer calls".
fn acting(text: &Text<'_>, start: usize) -> Option<usize> {
    let counted = |at: usize| text.share(at).or(text.count(at).map(|count| count.end));
    let passes = |at: &usize| text.has(*at, Class::ABOUT) || !text.is_word(*at) && !text.is_number(*at);
    let first = (start..start + 4).find(|at| !passes(at));
    let behind = first.and_then(counted);
    let subject = text.phrase(behind.map_or(start, |end| end + usize::from(text.is(end, &["of"]))));
    let people = subject.clone().rev().find(|&at| is_people(text, at) && text.word(at).ends_with(['s', 'e']))?;
    let verb = (people + 1..people + 4).find(|&at| !text.word(at).ends_with("ly"))?;
    let is_verb =
        text.is_word(verb) && !text.has(verb, Class::PREPOSITION.or(Class::ARTICLE)) && !is_participle(text, verb);
    // "Are using a standardised process" is no passive.
    let mut said = (verb + 1..verb + 4).take_while(|&at| !text.has(at, Class::ARTICLE));
    let is_passive = text.has(verb, Class::BE)
        && said.any(|at| is_participle(text, at) && !text.has(at, Class::PLIGHT.or(Class::GAINED)));
    let has_thing = text.is(verb, &["have", "has"])
        && (text.has(verb + 1, Class::ARTICLE)
            || text.is(verb + 1, &["access"])
            || is_participle(text, verb + 1) && !text.has(verb + 1, Class::GAINED));
    let is_there = text.has(verb, Class::BE) && (verb + 1..verb + 4).any(|at| text.has(at, Class::DELIVERED));
    let joined = text.is(verb, &["and", "or"]);
    (is_verb && !is_passive && !is_there && !has_thing && !joined).then_some(verb)
}
