//! Deeds on things that nobody counted: "Fix the top 20 leaks", "Visit all new mothers", "Hold a course in each ward".
//!
//! In: a sentence. Out: the deeds with their things. What is picked from a list, what keeps coming and what is given one to
//! each are several, as a count of them would be; all of a known set ("migrate all clusters") is one thing done or not done.

use std::ops::Range;

use super::lead::Lead;
use super::measure::Scene;
use super::noun::{is_participle, is_people, object};
use super::thing::{Delivery, Kind};
use crate::words::{Class, Text};

/// Returns the deeds on an open set of things.
pub(super) fn find(scene: Scene<'_, '_>) -> Option<Delivery> {
    let Scene { text, start, lead, .. } = scene;
    match lead.filter(|lead| lead.is_imperative) {
        Some(lead) if is_deed(lead) => {
            let object = object(text, lead);
            let picked = picked(text, object).filter(|_| !is_knowing(lead));
            let found = picked.or_else(|| keeps_coming(text, lead)).or_else(|| one_each(text, lead, object))?;
            Some(Delivery { kind: Kind::Several, words: lead.at..found.end, thing: found })
        }
        Some(_) => None,
        None => picked_and_done(text, start)
            .or_else(|| nominal(text, start))
            .or_else(|| done_everywhere(text, start))
            .or_else(|| each_does(text, start, lead)),
    }
}

/// Says whether a verb only does something, and neither changes, keeps nor gains anything.
fn is_deed(lead: Lead) -> bool {
    let effect = Class::UP.or(Class::DOWN).or(Class::IMPROVE).or(Class::KEEP).or(Class::WIN);
    lead.class.has(Class::DELIVER)
        && !lead.class.has(effect)
        && (!lead.class.has(Class::GET) || lead.class.has(Class::DO))
}

/// "Identify the top 3 risks" makes one list.
fn is_knowing(lead: Lead) -> bool {
    lead.class.has(Class::KNOW) && !lead.class.has(Class::MAKE.or(Class::DO))
}

/// "The top 20 leaks", "the 5 oldest lifts": where a list is cut off is anybody's choice.
fn picked(text: &Text<'_>, object: usize) -> Option<Range<usize>> {
    let first = object + usize::from(text.has(object, Class::ARTICLE));
    let end = match text.count(first) {
        Some(count) => Some(count.end).filter(|&end| is_superlative(text, end))?,
        None => ranked(text, first).filter(|&end| end > first + 1)?,
    };
    Some(text.phrase(end)).filter(|noun| !noun.is_empty())
}

/// Returns the first word behind "top", "top 20" or "most".
fn ranked(text: &Text<'_>, at: usize) -> Option<usize> {
    let is_rank = text.is(at, &["top", "next", "bottom"]) || is_superlative(text, at);
    let several = text.is_number(at + 1) && text.word(at + 1) != "1" && text.share(at + 1).is_none();
    let end = text.count(at + 1).filter(|count| !count.is_one).map(|count| count.end);
    is_rank.then(|| end.unwrap_or(at + 1 + usize::from(several)))
}

/// "Oldest", "most"
fn is_superlative(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    text.is(at, &["most"]) || text.class(at).is_unknown() && word.len() > 5 && word.ends_with("est")
}

/// "All new mothers", "every complaint": more of them come all the time.
fn keeps_coming(text: &Text<'_>, lead: Lead) -> Option<Range<usize>> {
    let is_pure = lead.class.has(Class::DO) && !lead.class.has(Class::MAKE.or(Class::KNOW));
    let behind = lead.at + 1 + usize::from(text.has(lead.at + 1, Class::PARTICLE));
    let object = behind + usize::from(text.is(behind, &["to", "with"]));
    if is_pure && text.is(object, &["every", "each"]) {
        return Some(text.phrase(object + 1)).filter(|noun| !noun.is_empty());
    }
    let is_new = |&at: &usize| text.is(at, &["all", "every", "each"]) && text.is(at + 1, &["new", "incoming"]);
    let at = (lead.at + 1..text.len().min(lead.at + 9)).find(is_new)?;
    let is_pure = lead.class.has(Class::DO.or(Class::KNOW)) && !lead.class.has(Class::MAKE);
    is_pure.then(|| text.phrase(at + 2)).filter(|noun| !noun.is_empty())
}

/// "Write guides for every school", "Hold a course in each ward"
fn one_each(text: &Text<'_>, lead: Lead, object: usize) -> Option<Range<usize>> {
    let thing = text.phrase(object);
    let last = thing.clone().last()?;
    let is_pure = lead.class.has(Class::DO) && !lead.class.has(Class::MAKE);
    let one = text.is(object, &["a", "an", "one"]);
    // "Feature flags in all services"
    let is_noun = Text::new(&format!("{}s", text.word(lead.at))).has(0, Class::NOUN);
    let is_known = text.has(object, Class::ARTICLE) && !one && !is_pure;
    let is_several = text.word(last).ends_with('s') && !is_people(text, last);
    let links = text.has(thing.end, Class::CIRCUMSTANCE.or(Class::PREPOSITION));
    let each = text.is(thing.end + 1, &["each", "every"]) && !text.has(thing.end + 2, Class::TIME);
    // "Give feedback to all applicants"
    let to_people = is_pure && text.phrase(thing.end + 2).last().is_some_and(|at| is_people(text, at));
    let is_several = (is_several || to_people) && !text.has(object, Class::ARTICLE);
    let made = text.is(thing.end, &["for"]) && lead.class.has(Class::MAKE.or(Class::KNOW));
    let all = text.is(thing.end + 1, &["all"]) && is_several && (made || is_pure && !is_noun);
    let given = each && (!one || is_pure);
    // "Write one report per region"
    let per = text.is(thing.end, &["per"]) && text.is_noun_like(thing.end + 1) && !text.has(thing.end + 1, Class::TIME);
    (per || links && !is_known && (given || all)).then_some(thing)
}

/// "Each branch runs a workshop"
fn each_does(text: &Text<'_>, start: usize, lead: Option<Lead>) -> Option<Delivery> {
    let lead = lead.filter(|lead| lead.class.has(Class::THIRD) && text.is(start, &["each", "every"]))?;
    let is_pure = lead.class.has(Class::DO) && !lead.class.has(Class::MAKE.or(Class::KNOW));
    let thing = text.phrase(lead.at + 1);
    let own = !text.phrase(start).any(|at| at < lead.at && text.has(at, Class::OUTSIDE) && !text.is(at, &["team"]));
    let one = text.has(lead.at + 1, Class::ARTICLE) || text.count(lead.at + 1).is_some();
    (is_pure && own && one && !thing.is_empty()).then_some(Delivery {
        kind: Kind::Several,
        words: start..thing.end,
        thing,
    })
}

/// "The top 10 leaking roofs repaired", "Most requested parts documented"
fn picked_and_done(text: &Text<'_>, start: usize) -> Option<Delivery> {
    let rank = start + usize::from(text.has(start, Class::ARTICLE));
    let is_top = text.word(rank).to_ascii_lowercase().starts_with("top-");
    let first = ranked(text, rank).or(is_top.then_some(rank + 1))?;
    let words = (first..text.len().min(first + 8)).take_while(|&at| text.is_word(at) && !text.has(at, Class::END));
    let done = words.last().filter(|&at| is_participle(text, at) && at > first)?;
    let is_told = text.has(done, Class::DO.or(Class::KNOW));
    let is_own = text.word(done - 1).ends_with('s') && (is_told || !is_people(text, done - 1));
    let is_said = text.has(done, Class::PLIGHT.or(Class::GAINED).or(Class::SERVED));
    let thing = first..done;
    (is_own && !is_said).then_some(Delivery { kind: Kind::Several, words: start..done + 1, thing })
}

/// "Hygiene audits on all wards"
fn done_everywhere(text: &Text<'_>, start: usize) -> Option<Delivery> {
    let thing = text.phrase(start);
    let deeds =
        thing.clone().last().filter(|&at| text.has(at, Class::NOUN) && text.has(at, Class::DO.or(Class::KNOW)))?;
    let links = text.has(thing.end, Class::CIRCUMSTANCE) && text.is(thing.end + 1, &["all", "every", "each"]);
    let acts = |at: usize| text.has(at, Class::BASE) && text.has(at, Class::DELIVER.or(Class::CAPABLE));
    let is_whole = !text.is_word(text.phrase(thing.end + 2).end) && !(thing.start + 1..deeds).any(acts);
    (links && is_whole).then_some(Delivery { kind: Kind::Several, words: start..deeds + 1, thing })
}

/// "Renovation of 9 shelters", "Deep cleaning of 14 classrooms": a deed as a noun, on a count of things.
fn nominal(text: &Text<'_>, start: usize) -> Option<Delivery> {
    let deed = text.phrase(start);
    let head = deed.clone().last()?;
    let word = text.word(head);
    let ends = ["ing", "tion", "sion", "ment"].iter().any(|end| word.len() > 6 && word.ends_with(end));
    let measured = Class::GOOD.or(Class::BAD).or(Class::FIGURE).or(Class::KPI).or(Class::RISE).or(Class::FALL);
    let ends = ends || text.is(head, &["delivery", "removal", "renewal"]);
    let is_deed = (ends || text.has(head, Class::DELIVER)) && !text.has(head, measured);
    // "Documentation for 10 modules"
    let is_thing = text.is(deed.end, &["for"]) && text.has(head, Class::THING.or(Class::OCCASION).or(Class::DELIVER));
    let is_deed = is_deed && text.is(deed.end, &["of"]) || is_thing;
    let count = text.count(deed.end + 1).filter(|count| is_deed && !count.is_one)?;
    let thing = text.phrase(count.end);
    let last = thing.clone().last()?;
    let is_handled = text.has(head, Class::DO.or(Class::KNOW));
    // "Screening of 400 employees", but "retention of 400 donors"
    let is_dealt_with = is_thing || word.ends_with("ing");
    let comes = is_people(text, last) && !is_dealt_with || text.has(last, Class::TAKEN) && !is_handled;
    let is_measure = text.has(last, measured.or(Class::TIME));
    (!comes && !is_measure).then_some(Delivery { kind: Kind::Several, words: start..thing.end, thing })
}
