//! What a sentence counts or measures, looked up in the catalogue.
//!
//! In: a sentence with its goal. Out: the measure of the catalogue that it is about, with the words that say so.
//! A phrase counts only where the sentence's number is about it: "review" in "review time" is no review.

use std::ops::Range;

use super::lead::Lead;
use super::noun::{is_by_others, is_participle};
use crate::model::catalogue::{Catalogue, Measure, Part, Phrase, stem};
use crate::model::goal::{Better, Goal, Side};
use crate::model::quantity::Unit;
use crate::words::{Class, Text};

/// A measure of the catalogue in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Hit<'c> {
    /// The measure.
    pub(super) measure: &'c Measure,
    /// The words that name it.
    pub(super) words: Range<usize>,
}

/// A sentence with what is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'t, 'a> {
    /// Its words.
    pub(super) text: &'t Text<'a>,
    /// Where its statement begins.
    pub(super) start: usize,
    /// Its first verb.
    pub(super) lead: Option<Lead>,
    /// Its goal, where one is understood.
    pub(super) goal: Option<&'t Goal>,
}

/// How a noun phrase stands in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Behind a number: "20 features".
    Counted,
    /// Behind "number of".
    NumberOf,
    /// Behind "80% of".
    ShareOf,
    /// What a verb of change changes, or what the sentence begins with.
    Subject,
}

/// Returns the measure that the sentence is about.
pub(super) fn find<'c>(scene: Scene<'_, '_>, catalogue: &'c Catalogue) -> Option<Hit<'c>> {
    more_often(scene, catalogue).or_else(|| {
        let (places, count) = candidates(scene);
        places[..count].iter().find_map(|(place, phrase)| hit(scene, catalogue, *place, phrase.clone()))
    })
}

/// "Deploy 3x more frequently", "Release every week".
fn more_often<'c>(scene: Scene<'_, '_>, catalogue: &'c Catalogue) -> Option<Hit<'c>> {
    let Scene { text, lead, .. } = scene;
    let verb = lead.filter(|lead| lead.is_imperative && lead.class.has(Class::DELIVER))?.at;
    let measure = catalogue.often(&text.word(verb).to_lowercase())?;
    let often = (verb + 1..verb + 7).find(|&at| {
        let times = text.is(at, &["times", "once", "twice"]) && text.is(at + 1, &["a", "per"]);
        times && text.has(at + 2, Class::TIME)
            || text.has(at, Class::OFTEN)
            || text.is(at, &["every", "each", "per"]) && text.has(at + 1, Class::TIME)
    })?;
    let bound = (verb..often).any(|at| text.is(at, &["within", "under"]));
    (!bound).then(|| Hit { measure, words: verb..often + 1 })
}

const CANDIDATES: usize = 8;

/// Returns the noun phrases that the sentence's numbers may be about.
fn candidates(scene: Scene<'_, '_>) -> ([(Place, Range<usize>); CANDIDATES], usize) {
    let mut found: [(Place, Range<usize>); CANDIDATES] = std::array::from_fn(|_| (Place::Subject, 0..0));
    let mut count = 0;
    let mut push = |place: Place, phrase: Range<usize>| {
        if count < CANDIDATES && !phrase.is_empty() {
            found[count] = (place, phrase);
            count += 1;
        }
    };
    let Scene { text, start, lead, .. } = scene;
    let is_change = lead.is_some_and(|lead| lead.is_imperative && lead.class.has(Class::EFFECT));
    let object = lead.filter(|lead| lead.is_imperative).map(|lead| lead.at + 1);
    regular(scene).into_iter().for_each(|phrase| push(Place::Counted, phrase));
    // The verb itself is no phrase: "Reach 500 …".
    let is_verb = lead.is_some_and(|lead| lead.is_imperative && text.phrase(start).end <= lead.at + 1);
    for from in [Some(start).filter(|_| !is_verb), object.filter(|_| is_change)].into_iter().flatten() {
        let from = from + usize::from(text.is(from, &["in"]) && from > start);
        let mut phrase = text.phrase(from);
        // "Daily passengers reach 400" ends in a verb.
        if let Some(lead) = lead.filter(|lead| !lead.is_imperative && phrase.contains(&lead.at)) {
            phrase.end = lead.at;
        }
        match counted_of(text, &phrase) {
            Some((place, inner)) => push(place, inner),
            None => push(Place::Subject, phrase),
        }
    }
    for at in start..text.len() {
        if !is_about_goal(scene, at) || beside(scene, at) {
            continue;
        }
        if let Some(behind) = text.share(at) {
            let of = usize::from(text.is(behind, &["of"]));
            let phrase = text.phrase(behind + of);
            if let Some((place, inner)) = counted_of(text, &phrase) {
                push(place, inner);
            }
            // "80% of developers use the assistant", "of customers have reviews completed".
            let verb = (phrase.start..phrase.end + 1).find(|&at| text.is(at, &["use", "using", "have", "has"]));
            let deed = |at: usize| at + usize::from(text.has(at, Class::DELIVER.or(Class::DELIVERED)));
            verb.into_iter().for_each(|verb| push(Place::ShareOf, text.phrase(deed(verb + 1))));
            if of == 0 {
                push(Place::Subject, phrase.clone());
            }
            push(Place::ShareOf, phrase);
        } else if let Some(behind) = text.count(at) {
            let phrase = text.phrase(behind.end);
            let is_each = text.has(start, Class::ALL) || text.is(phrase.end, &["per", "each", "every"]);
            if behind.is_one && !is_each {
                continue;
            }
            match counted_of(text, &phrase) {
                Some((_, inner)) => push(Place::Counted, inner),
                None => push(Place::Counted, phrase),
            }
        } else if text.is_number(at) && text.has(at + 1, Class::TIME) && !text.is(at.wrapping_sub(1), &["in", "within"])
        {
            push(Place::Counted, at + 1..at + 2);
        }
    }
    (found, count)
}

/// "Keep the pace while investing 20% of the time", "Ship the suite with 100% of services on it": a share or a time that
/// says how something else is done.
fn beside(scene: Scene<'_, '_>, at: usize) -> bool {
    let Scene { text, start, lead, .. } = scene;
    let Some(lead) = lead.filter(|lead| lead.is_imperative) else { return false };
    let is_one = text.share(at).is_some() || text.has(at + 1, Class::TIME);
    let opens = |at: usize| text.is(at, &["while"]) || text.is(at, &["with"]) && !lead.class.has(Class::DO);
    is_one && lead.at >= start && (lead.at + 2..at).any(opens)
}

/// "Monthly reports", but not "Monthly report agreed": what recurs, where nothing is said of it.
fn regular(scene: Scene<'_, '_>) -> Option<Range<usize>> {
    let Scene { text, start, goal, .. } = scene;
    let phrase = text.phrase(start + 1);
    let is_said = text.has(phrase.end, Class::PAST.or(Class::BE).or(Class::DELIVERED));
    let is_regular = text.is(start, &["daily", "weekly", "monthly", "quarterly"]);
    (goal.is_none() && is_regular && !is_said).then_some(phrase)
}

/// Says whether a number can be the goal's: where start and end are stated, others only describe.
fn is_about_goal(scene: Scene<'_, '_>, at: usize) -> bool {
    if !matches!(scene.goal, Some(Goal::Move(_) | Goal::Gain(_))) {
        return true;
    }
    let text = scene.text;
    at == scene.start
        || (at.saturating_sub(2)..at).any(|at| text.has(at, Class::ABOUT_GOAL) || text.is_sign(at, &['→', '~']))
}

/// "number of X", "percentage of X", "pieces of X".
fn counted_of(text: &Text<'_>, phrase: &Range<usize>) -> Option<(Place, Range<usize>)> {
    let head = phrase.end.checked_sub(1).filter(|_| !phrase.is_empty())?;
    let joins = text.is(head, &["attendance", "participation"]) && text.is(phrase.end, &["at", "in"]);
    let links = text.is(phrase.end, &["of"]) || joins;
    if !links {
        return None;
    }
    let place = match () {
        () if text.has(head, Class::NUMBER_OF) => Place::NumberOf,
        () if text.has(head, Class::SHARE_OF) => Place::ShareOf,
        () if text.is(head, &["completion", "attendance", "participation", "delivery"]) => Place::NumberOf,
        () if text.has(head, Class::PIECE) => Place::NumberOf,
        () => return None,
    };
    Some((place, text.phrase(phrase.end + 1)))
}

/// Returns the measure that a noun phrase ends in.
fn hit<'c>(scene: Scene<'_, '_>, catalogue: &'c Catalogue, place: Place, phrase: Range<usize>) -> Option<Hit<'c>> {
    let text = scene.text;
    // "Updates/additions" are two names.
    let slash = phrase.clone().find(|&at| text.is_sign(at, &['/']));
    if let Some(slash) = slash.filter(|&slash| slash > phrase.start)
        && let Some(hit) = hit(scene, catalogue, place, phrase.start..slash)
    {
        return Some(hit);
    }
    let mut end = phrase.end;
    // "A survey score" is no count of surveys.
    let mut is_count = true;
    while end > phrase.start {
        let mut buffer = [0; 32];
        let last = text.word(end - 1);
        // "Enquiry-to-interview rate" says how many come through.
        if last.contains("-to-") {
            return None;
        }
        let last = last.rsplit(['-', '/']).next().unwrap_or(last);
        for (measure, part, pattern) in catalogue.ending_in(stem(last, &mut buffer)) {
            let Some(start) = matches(text, pattern, phrase.start..end) else { continue };
            let words = start..end;
            let applies = match part {
                Part::Measure => is_measured(scene, measure, place, &words),
                Part::Thing => is_count && is_counted(scene, measure, place, &words),
            };
            if applies {
                return Some(Hit { measure, words });
            }
        }
        // "Test coverage rate": the last word only says that the others are a number.
        if !text.has(end - 1, Class::FIGURE) {
            return None;
        }
        is_count &= !text.is(end - 1, &["index", "rating", "score", "scores"]);
        end -= 1;
    }
    None
}

/// Returns where a phrase of the catalogue begins that ends a noun phrase.
fn matches(text: &Text<'_>, pattern: &Phrase, phrase: Range<usize>) -> Option<usize> {
    let mut words = pattern.words.iter().rev();
    let mut expected = words.next()?;
    for at in phrase.clone().rev() {
        // Hyphens join words as spaces do.
        for part in text.word(at).rsplit(['-', '/']) {
            let mut buffer = [0; 32];
            let part = stem(part, &mut buffer);
            if !expected.iter().any(|word| word == part) {
                return None;
            }
            match words.next() {
                Some(next) => expected = next,
                None if pattern.alone && (at > phrase.start || is_followed(text, phrase.end)) => return None,
                None => return Some(at),
            }
        }
    }
    None
}

/// Says whether words behind a phrase say whose it is: "satisfaction of customers".
fn is_followed(text: &Text<'_>, end: usize) -> bool {
    text.is(end, &["of", "with", "among"])
}

/// Says whether the sentence wants the measure to move the way that people promise.
fn goes_its_way(scene: Scene<'_, '_>, measure: &Measure) -> bool {
    let by_goal = scene.goal.and_then(Goal::better);
    let by_verb = scene.lead.and_then(|lead| match () {
        () if lead.class.has(Class::UP) => Some(Better::Higher),
        () if lead.class.has(Class::DOWN) => Some(Better::Lower),
        () => None,
    });
    match by_goal.or(by_verb) {
        Some(better) => (better == Better::Lower) == measure.falls,
        None => true,
    }
}

fn is_measured(scene: Scene<'_, '_>, measure: &Measure, place: Place, words: &Range<usize>) -> bool {
    let text = scene.text;
    let is_effect = scene.lead.is_some_and(|lead| lead.class.has(Class::EFFECT));
    let has_number = (scene.start..text.len()).any(|at| text.is_number(at));
    let is_about = is_effect || scene.goal.is_some() || has_number;
    let is_said = measure.verbs.is_empty() || verb(scene, measure, words).is_some();
    is_about
        && is_said
        && !is_effect_unit(scene.goal)
        && place != Place::ShareOf
        && !is_limited(text, words)
        && goes_its_way(scene, measure)
}

/// Says whether counting the things is what the sentence is about.
fn is_counted(scene: Scene<'_, '_>, measure: &Measure, place: Place, words: &Range<usize>) -> bool {
    let text = scene.text;
    let is_limit = matches!(scene.goal, Some(Goal::Hold(hold)) if hold.side() != Some(Side::Above));
    // "Pages per session" say what visitors do.
    let is_use = text.is(words.end, &["per"])
        && (text.has(words.end + 1, Class::OUTSIDE)
            || text.is(words.end + 1, &["session", "visit", "transaction", "request"]));
    // "Paying subscribers" pay no attention, but money.
    let pays = words.start > 0 && text.is(words.start - 1, &["paying", "paid"]);
    // "2,000 fewer hours" are saved.
    let is_less = words.start > 0 && text.has(words.start - 1, Class::FEWER);
    if is_limit || is_use || pays || is_less || is_effect_unit(scene.goal) || !goes_its_way(scene, measure) {
        return false;
    }
    // "60% of posts are answered by other members"
    if (words.end..words.end + 3).any(|at| is_participle(text, at) && is_by_others(text, at)) {
        return false;
    }
    let verb = verb(scene, measure, words);
    let is_done = |at: usize| text.has(at, Class::PAST) && text.has(at, Class::DELIVER);
    let is_deed = measure.verbs.is_empty() || verb.is_some();
    let rises = scene.lead.is_some_and(|lead| lead.class.has(Class::EFFECT));
    match place {
        Place::Counted | Place::NumberOf => is_deed,
        Place::ShareOf => {
            let done = (words.end..words.end + 4).any(is_done)
                || (scene.start..words.start).any(|at| text.has(at, Class::DELIVER) && !text.has(at, Class::END));
            measure.shares && !is_limited(text, words) && if measure.verbs.is_empty() { done } else { verb.is_some() }
        }
        // "Attendees who become users" are counted for what they become.
        Place::Subject => {
            // "Gain a certification" gets one.
            let is_one = scene.lead.is_some_and(|lead| text.is(lead.at, &["gain"])) && !text.is_plural(words.end - 1);
            let becomes = text.has(words.end, Class::RELATIVE);
            // "Keep the newsletter 100% free of ads"
            let is_kept = matches!(scene.goal, Some(Goal::Hold(hold)) if hold.bound.limit.unit == Unit::Percent);
            let is_raised =
                scene.goal.is_some() && !is_kept || scene.lead.is_some_and(|lead| lead.class.has(Class::UP));
            is_deed && rises && is_raised && !is_one && !is_handled(text, words.end) && !becomes
        }
    }
}

/// Returns the place of one of the measure's verbs, before the words or right behind them.
fn verb(scene: Scene<'_, '_>, measure: &Measure, words: &Range<usize>) -> Option<usize> {
    let text = scene.text;
    (scene.start..(words.end + 4).min(text.len())).find(|&at| {
        let word = text.word(at);
        measure.verbs.iter().any(|verb| verb.eq_ignore_ascii_case(word))
    })
}

/// Says whether the things are what the service handles: "events processed", "requests per second".
fn is_handled(text: &Text<'_>, end: usize) -> bool {
    let word = text.word(end);
    let irregular = text.has(end, Class::SERVED);
    let participle = word.len() > 4 && word.ends_with("ed") && !text.has(end, Class::DELIVER);
    irregular || participle || text.is(end, &["per"]) && text.is(end + 1, &["second", "minute", "s", "sec"])
}

/// Says whether a limit behind the words makes a service of them: "tickets resolved within a day".
fn is_limited(text: &Text<'_>, words: &Range<usize>) -> bool {
    (words.end..words.end + 5).any(|at| {
        text.has(at, Class::SERVICE)
            || text.is(at, &["in"]) && (text.is_number(at + 1) || text.is(at + 1, &["less", "under"]))
    })
}

/// Says whether the goal counts time, money or bytes: then things are only what it is about.
pub(super) fn is_effect_unit(goal: Option<&Goal>) -> bool {
    let unit = goal.and_then(Goal::quantity).map(|quantity| &quantity.unit);
    matches!(unit, Some(Unit::Duration(_) | Unit::Money(_) | Unit::Bytes(_)))
}
